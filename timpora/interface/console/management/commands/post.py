"""`timpora post install` puts a post up on this laptop, `timpora post export` hands over a day (ADR 0021)."""

import getpass
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import CommandError

from timpora.apps.findings import queries as findings
from timpora.apps.identity import queries as identity
from timpora.apps.identity.actions import INSTALLER, SIGN_IN_DESK, sign_in
from timpora.apps.identity.errors import SignInRefused
from timpora.apps.operations.actions import outfit_install
from timpora.interface.console.command import OfficeCommand
from timpora.interface.day_files import day_files
from timpora.interface.office_mark import fingerprint, marks_check, pinned
from timpora.interface.outfit_file import (
    LARGEST,
    Opened,
    keys_promote,
    keys_stage,
    outfit_open,
)
from timpora.interface.queue_key import CARRIED, STAGED, is_post
from timpora.kernel.access import Actor
from timpora.kernel.database.session import acting_as
from timpora.kernel.errors import Refusal

NOT_A_POST: Final = (
    "Sistem ini sudah memuat petugas dan bukan pos. Pasang pos pada folder data baru (--data DIR --no-demo): "
    "bekal membawa sandi petugas dan tidak boleh menimpa milik sistem lain."
)
# What stands in place of an address and a browser in the count of wrong passwords.
CONSOLE: Final = "127.0.0.1"


class Command(OfficeCommand):
    """Put up the post, again for what the office added since; and hand over a day without a browser."""

    help = "Memasang pos satu laptop dari berkas bekal kantor, dan mengambil berkas sehari untuk kantor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb and what it needs; what is secret is asked for where it is not told."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        install = verbs.add_parser("install", help="memasang pos dari berkas bekal")
        install.add_argument("file", type=Path)
        install.add_argument("--code", default="", help="kode di kertas; tanpa ini ditanyakan")
        export = verbs.add_parser("export", help="menulis semua berkas sehari ke sebuah folder")
        export.add_argument(
            "--date", required=True, type=date.fromisoformat, help="hari, misalnya 2024-08-22"
        )
        export.add_argument("--to", required=True, type=Path, metavar="DIR", help="folder tujuan")
        export.add_argument("--as", required=True, dest="username", help="petugas yang membawa laporan")

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        """Do what was asked, or say in one sentence why not."""
        try:
            if verb == "install":
                self._install(options["file"], options["code"])
            else:
                self._export(options["date"], options["to"], options["username"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _install(self, file: Path, code: str) -> None:
        """Install the file whole or not at all, and say what came of it."""
        if not file.is_file() or file.stat().st_size > LARGEST:
            raise CommandError(f"Berkas {file} tidak ada, atau bukan berkas bekal.")
        opened = outfit_open(file.read_bytes(), code or getpass.getpass("Kode bekal: "))
        count = self._put_up(opened)
        # After it is final: until here the post went on with the keys it had.
        keys_promote()
        people = ", ".join(one.user.username for one in opened.outfit.officers)
        self.stdout.write(f"Pos terpasang: {count} baris baru; dapat masuk: {people}.")
        self.stdout.write(
            f"Tanda kantor: {fingerprint(pinned()[0]['key'])}. Bandingkan dengan halaman bekal."
        )

    def _put_up(self, opened: Opened) -> int:
        with acting_as(INSTALLER):
            is_ours = any((settings.DATA / name).exists() for name in (CARRIED, STAGED))
            if identity.usernames() and not is_ours:
                raise CommandError(NOT_A_POST)
            marks = marks_check(opened.marks, opened.text)
            count = outfit_install(INSTALLER, outfit=opened.outfit)
            # Before it is final: officers whose queue keys are lost would hand over what nobody opens.
            keys_stage(opened.keys, {opened.outfit.operation_id: opened.post}, marks)
        return count

    def _export(self, on: date, folder: Path, username: str) -> None:
        """Write what the page of the day hands out, with the rights of whoever signs in here."""
        if not is_post():
            raise CommandError("Hanya pos yang mengambil berkas sehari.")
        if not folder.is_dir():
            raise CommandError(f"Folder {folder} tidak ada.")
        actor = _signed_in(username)
        count = 0
        with acting_as(actor):
            for line in findings.day_list(actor):
                if line.on != on:
                    continue
                for file in day_files(actor, line):
                    (folder / file.name).write_bytes(file.data)
                    self.stdout.write(str(folder / file.name))
                    count += 1
        if not count:
            raise CommandError(f"Tidak ada laporan tanggal {on:%d-%m-%Y} yang boleh dibawa {actor.name}.")
        self.stdout.write(f"{count} berkas. Di kantor: Ponsel, Berkas antrean, pilih semuanya sekaligus.")


def _signed_in(username: str) -> Actor:
    """Return the officer who names himself and knows the password; counted and logged like any sign-in."""
    password = getpass.getpass(f"Kata sandi {username}: ")
    with acting_as(SIGN_IN_DESK):
        user = sign_in(SIGN_IN_DESK, username=username, password=password, address=CONSOLE)
    actor = identity.author_get(user.id) if user else None
    if actor is None:
        raise SignInRefused
    return actor
