"""A list taken in through the doors of the screens: upload, matched columns, start, progress to its end."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.client import Answer, Officer, words_of

PATIENCE = 3_600.0
PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Seconds of each part, as somebody at the screen sees them."""

    rows: int
    upload: float
    read: float
    link: float
    read_processor: float
    link_processor: float

    @property
    def whole(self) -> float:
        """Seconds from the upload to the settled list."""
        return self.upload + self.read + self.link


def take_in(sender: Officer, path: Path, rows: int, processor: Callable[[], float]) -> TakenIn:
    """Send a list and wait until it is in; `processor` tells the processor seconds of the server so far."""
    began = time.perf_counter()
    fields = {"keadaan": "22-08-2024"}
    page = _led(sender.file("/daftar/kirim", fields, "berkas", path.name, path.read_bytes()))
    chosen = _form_of(sender.get(f"{page}?jenis=stays"))
    _led(sender.form(f"{page}/masukkan", chosen))
    uploaded, first = time.perf_counter(), processor()
    linking = _wait(sender, page, "sedang dihubungkan", "selesai")
    second = processor()
    ended = _wait(sender, page, "selesai")
    last = processor()
    return TakenIn(rows, uploaded - began, linking - uploaded, ended - linking, second - first, last - second)


def _led(answer: Answer) -> str:
    if not answer.location:
        raise SystemExit(f"the list was answered {answer.code}: {words_of(answer.text)}")
    return answer.location


def _form_of(answer: Answer) -> dict[str, str]:
    """Return what the form would send as it stands: the kind, and the column chosen in each select."""
    found = {"cara": "baik"}
    kind = re.search(r'name="jenis" value="([^"]*)"', answer.text)
    if kind is None:
        raise SystemExit(f"no columns to match: {words_of(answer.text)}")
    found["jenis"] = kind.group(1)
    for name, options in re.findall(r'<select[^>]*name="(kolom-\d+)"[^>]*>(.*?)</select>', answer.text, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        if chosen:
            found[name] = chosen.group(1)
    return found


def _wait(sender: Officer, page: str, *words: str) -> float:
    began = time.perf_counter()
    while time.perf_counter() - began < PATIENCE:
        answer = sender.get(f"{page}/kemajuan")
        if any(word in answer.text for word in words):
            return time.perf_counter()
        if "ditolak" in answer.text or "tidak terbaca" in answer.text:
            raise SystemExit(f"the list was refused: {words_of(answer.text)}")
        time.sleep(PAUSE)
    raise SystemExit("the list did not come to an end")
