"""`timpora clock show|set`: the one clock of the program, turned only by the owner of the database."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import CommandError

from timpora.interface.console.command import OfficeCommand
from timpora.interface.console.management.commands.database import CLOCK_IS_OWNERS, instant_read
from timpora.kernel import clock
from timpora.kernel.access.actor import system_actor
from timpora.kernel.access.machine_roles import MejaPemasangan
from timpora.kernel.audit.entry import Note, Subject
from timpora.kernel.audit.log import append
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as, clock_set

DESK = system_actor(MejaPemasangan.slug, "Perintah jam")
FASTEST = 3600


class Command(OfficeCommand):
    """Show the clock, or turn it for a test or a demonstration; turning it is written in the log."""

    help = "Menunjukkan jam program, atau menyetelnya untuk pengujian dan peragaan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("show", help="tunjukkan jam")
        turn = verbs.add_parser("set", help="setel jam; `now` kembali ke waktu sebenarnya")
        turn.add_argument("instant", help="ISO-8601, `same` (waktu yang sama), atau `now` (sebenarnya)")
        turn.add_argument("--rate", type=float, default=1.0, help="berapa kali lebih cepat")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what was asked."""
        if options["verb"] == "set":
            self._set(options["instant"], options["rate"])
        with acting_as(DESK):
            shown = clock.now().astimezone(ZoneInfo("Asia/Jakarta"))
            found = clock.setting()
        kind = f"disetel, {found.rate:g}x" if found.is_simulated else "waktu sebenarnya"
        self.stdout.write(f"{shown:%d-%m-%Y %H:%M:%S} WIB ({kind})")

    def _set(self, wanted: str, rate: float) -> None:
        if not 0 < rate <= FASTEST:
            raise CommandError(f"--rate harus lebih dari 0 dan paling besar {FASTEST}.")
        if not settings.AS_OWNER:
            as_owner(["clock", "set", wanted, "--rate", str(rate)])
            return
        is_simulated = wanted != "now"
        with acting_as(DESK):
            instant = _instant(wanted)
            clock_set(instant, rate if is_simulated else 1.0, is_simulated=is_simulated)
            about = Subject(kind="clock", id=wanted)
            append(
                DESK,
                [Note(tag=Tag.CLOCK_SET, subject=about, refs={"to": instant.isoformat(), "rate": str(rate)})],
            )


def _instant(wanted: str) -> datetime:
    if wanted == "same":
        return clock.now()
    if wanted == "now":
        return clock.true_now()
    return instant_read(wanted)


def as_owner(words: list[str]) -> None:
    """Run an office command in a child that knows the owner's address, as only that role may."""
    environment = os.environ | {"TIMPORA_AS_OWNER": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "timpora", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(done.stderr.strip() or CLOCK_IS_OWNERS)
