"""`timpora demo cast|load`: the demonstration's people, and what they prepare through the open doors."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from timpora.apps.identity import queries as identity
from timpora.interface.console.command import OfficeCommand
from timpora.interface.console.management.commands.clock import as_owner
from timpora.interface.console.running import address_of
from timpora.interface.console.scenario.caller import CallRefused, CannotReach
from timpora.interface.console.scenario.cast import cast, demo_password, officers
from timpora.interface.console.scenario.install import MACHINE, seed_install
from timpora.interface.console.scenario.people import generate
from timpora.interface.console.scenario.play import Player
from timpora.interface.console.scenario.signins import SHOWN, sign_ins_text
from timpora.interface.console.scenario.stage import MORNING, Notes, Stage, StageBroken
from timpora.kernel import clock
from timpora.kernel.database.session import acting_as

EVE = "2024-08-20T08:00:00+07:00"


NOT_A_DEMO = (
    "Basis data ini berisi akun yang bukan pemeran peragaan. Kata sandi peragaan diketahui umum, jadi "
    "pemeran tidak dipasang di sini. Jalankan dengan --no-demo, atau pakai folder data lain."
)


def _refuse_real(usernames: frozenset[str]) -> None:
    """Refuse to install people with a published password beside officers who are at work.

    A name in common proves nothing: an officer called as one of the cast would get the published password.
    A demonstration is known by all of those whom the start command names.
    """
    if usernames and not usernames.issuperset(SHOWN):
        raise CommandError(NOT_A_DEMO)


class Command(OfficeCommand):
    """Install the cast and let it prepare Jagratara II; finishes what an earlier call began."""

    help = "Menyiapkan skenario peragaan pada program yang sedang berjalan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb and where the program listens."""
        parser.add_argument("verb", choices=["cast", "load"])
        parser.add_argument("--base", default="", help="alamat; bawaan: yang berjalan pada folder data")
        parser.add_argument("--keep-clock", action="store_true", help="jangan menyetel jam")

    def handle(self, *_args: Any, verb: str, base: str, keep_clock: bool, **_options: Any) -> None:
        """Do what was asked and say in one line what came of it."""
        with acting_as(MACHINE):
            known = identity.usernames()
            _refuse_real(known)
            # A start says `cast` before it opens the doors, and `load` afterwards: once is enough.
            if verb == "cast" or not known.issuperset(officers()):
                seed_install(cast())
        (settings.DATA / "sign-ins.txt").write_text(sign_ins_text())
        if verb == "cast":
            self.stdout.write(f"{len(officers())} pemeran")
        else:
            self._load(base, keep_clock=keep_clock)

    def _load(self, base: str, *, keep_clock: bool) -> None:
        began, notes = time.monotonic(), Notes.read(settings.DATA)
        with acting_as(MACHINE):
            is_past = clock.now() > MORNING
        if notes.is_complete and is_past:
            # What a later release adds to the eve would find its operation under way, or closed.
            self.stdout.write("sudah disiapkan")
            return
        if not keep_clock:
            as_owner(["clock", "set", EVE])
        address = base or address_of(settings.DATA, settings.PORT)
        player = Player(address, demo_password(), notes.ids, generate(), self.stdout.write)
        try:
            done = Stage(player, notes).prepare()
        except (StageBroken, CallRefused, CannotReach) as error:
            raise CommandError(str(error)) from error
        if not keep_clock:
            as_owner(["clock", "set", MORNING.isoformat()])
        self.stdout.write(f"{done} langkah persiapan ({time.monotonic() - began:.0f} detik)")
