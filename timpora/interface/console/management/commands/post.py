"""`timpora post install FILE`: puts a post up on this laptop from its office's file (ADR 0021)."""

import getpass
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import CommandError

from timpora.apps.identity import queries as identity
from timpora.apps.identity.actions import INSTALLER
from timpora.apps.operations.actions import outfit_install
from timpora.interface.console.command import OfficeCommand
from timpora.interface.outfit_file import LARGEST, keys_keep, outfit_open
from timpora.interface.queue_key import CARRIED
from timpora.kernel.database.session import acting_as
from timpora.kernel.errors import Refusal

NOT_A_POST: Final = (
    "Sistem ini sudah memuat petugas dan bukan pos. Pasang pos pada folder data baru (--data DIR --no-demo): "
    "bekal membawa sandi petugas dan tidak boleh menimpa milik sistem lain."
)


class Command(OfficeCommand):
    """Put up the post; doing it again brings what the office added since."""

    help = "Memasang pos satu laptop dari berkas bekal kantor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and the code where nobody is there to type it."""
        parser.add_argument("verb", choices=["install"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--code", default="", help="kode di kertas; tanpa ini ditanyakan")

    def handle(self, *_args: Any, file: Path, code: str, **_options: Any) -> None:
        """Install the file whole or not at all, and say in one line what came of it."""
        if not file.is_file() or file.stat().st_size > LARGEST:
            raise CommandError(f"Berkas {file} tidak ada, atau bukan berkas bekal.")
        try:
            opened = outfit_open(file.read_bytes(), code or getpass.getpass("Kode bekal: "))
            with acting_as(INSTALLER):
                if identity.usernames() and not (settings.DATA / CARRIED).exists():
                    raise CommandError(NOT_A_POST)
                count = outfit_install(INSTALLER, outfit=opened.outfit)
                # Before it is final, and not before it fits: an officer of the post whose queue key is lost
                # would hand over what nobody opens, and a file that is refused changes no key.
                keys_keep(opened.keys, {opened.outfit.operation_id: opened.post})
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        people = ", ".join(one.user.username for one in opened.outfit.officers)
        self.stdout.write(f"Pos terpasang: {count} baris baru; dapat masuk: {people}.")
