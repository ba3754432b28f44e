"""`timpora scenario play|lists|cast`: the demonstration's three days, its lists, its people."""

import time
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import CommandError

from timpora.interface.console.command import OfficeCommand
from timpora.interface.console.management.commands.clock import as_owner
from timpora.interface.console.running import address_of
from timpora.interface.console.scenario.caller import CallRefused, CannotReach
from timpora.interface.console.scenario.cast import cast, demo_password
from timpora.interface.console.scenario.install import DESK
from timpora.interface.console.scenario.later import write
from timpora.interface.console.scenario.people import generate
from timpora.interface.console.scenario.play import Player
from timpora.interface.console.scenario.records import OPENS_ON
from timpora.interface.console.scenario.script import steps
from timpora.interface.console.scenario.stage import MORNING, NAME, Notes
from timpora.kernel import clock
from timpora.kernel.database.session import acting_as

SLOWEST, FASTEST = 1.0, 3600.0
# The lists are noted as one; a slow machine takes a minute or two for them.
PATIENCE_SECONDS = 180.0
NOT_SIMULATED = (
    "Jam program tidak disetel, jadi ini bukan peragaan: skenario hanya dimainkan pada pemasangan peragaan "
    "(`timpora run` tanpa --no-demo)."
)


class Command(OfficeCommand):
    """Play the scenario on the running program, write the agencies' lists, or list the cast."""

    help = "Memainkan skenario, menulis daftar instansi, atau menyebut para pemeran."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        play = verbs.add_parser("play", help="mainkan tiga hari operasi lewat pintu yang sama dengan petugas")
        play.add_argument("name", choices=[NAME])
        play.add_argument("--speed", type=float, default=60.0, help="berapa kali lebih cepat; bawaan 60")
        play.add_argument("--base", default="", help="alamat program; bawaan: yang berjalan pada folder data")
        lists = verbs.add_parser("lists", help="tulis daftar para instansi ke folder")
        lists.add_argument("folder", type=Path)
        verbs.add_parser("cast", help="sebut para pemeran dan perannya")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what was asked."""
        if options["verb"] == "lists":
            files = write(generate(), options["folder"])
            self.stdout.write(f"{len(list(files))} daftar ditulis ke {options['folder']}")
        elif options["verb"] == "cast":
            for officer in cast().people:
                given = officer.assignments[0]
                self.stdout.write(f"{officer.username:<18} {officer.name:<28} {given.role:<24} {given.unit}")
        else:
            self._play(options["speed"], options["base"] or address_of(settings.DATA, settings.PORT))

    def _play(self, speed: float, base: str) -> None:
        if not SLOWEST <= speed <= FASTEST:
            raise CommandError(f"--speed harus antara {SLOWEST:g} dan {FASTEST:g}.")
        self._now()
        if not clock.is_simulated():
            raise CommandError(NOT_SIMULATED)
        notes = self._stage_awaited()
        began = self._now()
        opens = datetime.combine(OPENS_ON, datetime.min.time(), ZoneInfo("Asia/Jakarta"))
        ahead = [step for step in steps() if step.at >= max(began, opens)]
        player = Player(base, demo_password(), notes.ids, generate(), self.stdout.write)
        self.stdout.write(f"{len(ahead)} langkah dari {began:%d-%m-%Y %H.%M}, {speed:g}x; Ctrl-C berhenti.")
        wall = time.monotonic()
        _pace(speed)
        try:
            tally = player.run(ahead, now=self._now, pace=_pace, speed=speed)
        except (CallRefused, CannotReach) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            tally = player.tally
        finally:
            _pace(1.0)
        sent = f"{tally.reports} laporan, {tally.nils} nihil kantor, {tally.repeats} ulangan"
        sent += f", {tally.messages} pesan jurnal, {tally.movements} gerak regu"
        unheard = f"{tally.unheard} langkah tanpa pintu"
        self.stdout.write(f"Terkirim: {sent}; {unheard}. {time.monotonic() - wall:.0f} detik.")

    def _stage_awaited(self) -> Notes:
        """Return the notes of a stage that is set: a start shows its first page before it has set it.

        A play upon half a stage would look for orders that nobody has issued. Waiting ends when nothing more
        is being prepared.
        """
        notes, quiet_since = Notes.read(settings.DATA), time.monotonic()
        if not self._is_set(notes):
            self.stdout.write("Peragaan masih disiapkan; permainan mulai sesudahnya.")
        while not self._is_set(notes):
            if time.monotonic() - quiet_since > PATIENCE_SECONDS:
                raise CommandError("Peragaan belum disiapkan; jalankan `timpora demo load` dahulu.")
            time.sleep(1.0)
            before, notes = notes, Notes.read(settings.DATA)
            quiet_since = quiet_since if notes.done == before.done else time.monotonic()
        return notes

    def _is_set(self, notes: Notes) -> bool:
        return notes.is_complete and self._now() >= MORNING

    def _now(self) -> datetime:
        with acting_as(DESK):
            return clock.now().astimezone(ZoneInfo("Asia/Jakarta"))


def _pace(rate: float) -> None:
    as_owner(["clock", "set", "same", "--rate", str(rate)])
