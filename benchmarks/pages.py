"""How long the heavy pages take, beside two trivial ones on the same server in the same minutes."""

import http.client
import re
import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks import crowd
from benchmarks.client import Officer, words_of

TRIVIAL = ("/siap", "/tujuan")
WARM_UP = 3


@dataclass(slots=True)
class Page:
    """One address as one officer opens it, and the milliseconds each opening took."""

    name: str
    officer: str
    path: str
    taken: list[float] = field(default_factory=list)
    kilobytes: float = 0.0

    @property
    def p50(self) -> float:
        """The median, in milliseconds."""
        return statistics.median(self.taken)

    @property
    def p99(self) -> float:
        """The 99th percentile, in milliseconds."""
        return percentile(self.taken, 99)


def percentile(values: list[float], share: int) -> float:
    """Return the value that `share` per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def pages_of(officers: Mapping[str, Officer], operation: str, target: str) -> list[Page]:
    """Return the pages to open; persons, indications and cases are found on the lists themselves."""
    name = crowd.someone()
    person = _first(officers["inteldakim"], f"/orang?q={name}", r"/orang/([0-9a-f-]{36})")
    indication = _first(officers["inteldakim"], "/indikasi", r"/indikasi/([0-9a-f-]{36})")
    wanted = [
        ("Siap", "-", TRIVIAL[0]),
        ("Tujuan (halaman kecil, sudah masuk)", "inteldakim", TRIVIAL[1]),
        ("Halaman awal", "inteldakim", "/"),
        ("Cari orang, nasional", "direktur", f"/orang?q={name}"),
        ("Cari orang, satu kantor", "inteldakim", f"/orang?q={name}"),
        ("Orang terbaru", "direktur", "/orang"),
        ("Halaman orang", "inteldakim", person and f"/orang/{person}"),
        ("Daftar indikasi, nasional", "direktur", "/indikasi"),
        ("Daftar indikasi, satu kantor", "inteldakim", "/indikasi"),
        ("Indikasi", "inteldakim", indication and f"/indikasi/{indication}"),
        ("Daftar operasi", "direktur", "/operasi"),
        ("Operasi dan sasaran", "inteldakim", f"/operasi/{operation}"),
        ("Kantor peserta operasi", "direktur", f"/operasi/{operation}/kantor"),
        ("Sasaran", "kepala", f"/operasi/sasaran/{target}"),
        ("Posko, nasional", "operator", f"/posko/{operation}"),
        ("Papan posko, nasional", "operator", f"/posko/{operation}/papan"),
        ("Daftar perkara", "direktur", "/perkara"),
        ("Catatan audit", "auditor", "/audit"),
        ("Daftar masuk", "inteldakim", "/daftar"),
        ("Pasangan meragukan", "inteldakim", "/daftar/pasangan"),
    ]
    return [Page(*row) for row in wanted if row[2]]


def _first(officer: Officer, path: str, pattern: str) -> str:
    found = re.search(pattern, officer.get(path).text)
    return found.group(1) if found else ""


def measure(pages: list[Page], officers: Mapping[str, Officer], rounds: int) -> list[Page]:
    """Open every page once a round, so that what else the machine does falls on all alike.

    A page that is not there (a room that is not built) is left out, and said.
    """
    there = [page for page in pages if _is_there(page, officers)]
    for number in range(rounds + WARM_UP):
        for page in there:
            answer = _officer(page, officers).get(page.path)
            if answer.code != http.client.OK:
                raise SystemExit(f"{page.path} answered {answer.code}: {words_of(answer.text)}")
            page.kilobytes = len(answer.text.encode()) / 1024
            if number >= WARM_UP:
                page.taken.append(answer.milliseconds)
    return there


def _officer(page: Page, officers: Mapping[str, Officer]) -> Officer:
    return officers.get(page.officer) or next(iter(officers.values()))


def _is_there(page: Page, officers: Mapping[str, Officer]) -> bool:
    answer = _officer(page, officers).get(page.path)
    if answer.code == http.client.OK:
        return True
    print(f"  (left out: {page.path} answers {answer.code} to {page.officer})")
    return False
