"""The agencies send their lists and the sections look at what the rules make of them."""

import re
import time
from dataclasses import dataclass

from timpora.interface.console.scenario.caller import CallRefused
from timpora.interface.console.scenario.cast import HEADS
from timpora.interface.console.scenario.formular import form_read
from timpora.interface.console.scenario.lists import ListFile, lists
from timpora.interface.console.scenario.play import Player
from timpora.interface.console.scenario.records import AS_OF

WAIT_SECONDS = 300
PURPOSE = {"kind": "operasi", "reference": "Jagratara II, persiapan"}


@dataclass
class ListsIn:
    """Sends each list as its agency, and waits until the machine has read them all."""

    player: Player

    def send(self, one: ListFile) -> str:
        """Send one list with its columns as the program matched them; return the page that follows it."""
        caller = self.player.caller(one.submitted_by)
        about = {"keadaan": f"{AS_OF:%d-%m-%Y}"}
        sent = caller.post_file("/daftar/kirim", about, one.name, one.data, field="berkas")
        page = caller.get(sent.address)
        if "/masukkan" not in page.text:
            return page.address  # Sent before: the same file is the same submission.
        matched = caller.get(f"{page.address}?jenis={one.kind}")
        action, fields = form_read(matched.text, "/masukkan")
        return caller.post(action, fields).address

    def send_all(self) -> int:
        """Send every list of the scenario and wait for the end of the last; return how many."""
        pages = [(one.submitted_by, self.send(one)) for one in lists(self.player.world)]
        deadline = time.monotonic() + WAIT_SECONDS
        for username, address in pages:
            while self._is_running(username, address) and time.monotonic() < deadline:
                time.sleep(0.5)
        return len(pages)

    def _is_running(self, username: str, address: str) -> bool:
        return "/kemajuan" in self.player.caller(username).get(address).text

    def crossings_known(self, since: str) -> None:
        """Let the centre say from which day the crossing lists are whole; a rule waits for it."""
        caller = self.player.caller("teguh")
        rows = caller.get("/acuan/setelan-aturan")
        found = re.search(r"/acuan/setelan-aturan/\d+", rows.text)
        if found is None:
            raise CallRefused(f"{rows.address} tidak menyebut setelan aturan.")
        _action, fields = form_read(caller.get(found.group()).text, "")
        caller.post(found.group(), {**fields, "value": since, "sumber": "Surat Direktur, 19-08-2024"})

    def rules_run(self) -> None:
        """Let each section compare the facts of its territory."""
        for section, _head in HEADS.values():
            caller = self.player.caller(section)
            caller.post("/tujuan", PURPOSE)
            caller.post("/indikasi/jalankan", {})
