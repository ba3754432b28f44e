"""A post on a laptop at the console (ADR 0021): `post install` puts it up, `post export` hands over a day.

`post import` brings a day in at the office, as the page does.
"""

import getpass
import os
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import CommandError

from timpora.apps.findings import queries as findings
from timpora.apps.identity import queries as identity
from timpora.apps.identity.actions import INSTALLER, SIGN_IN_DESK, sign_in
from timpora.apps.identity.errors import SignInRefused
from timpora.apps.operations.actions import outfit_install
from timpora.domain.territory import WIB
from timpora.interface.bringing import LARGEST_FILE, UNREADABLE, Brought, bring, in_order
from timpora.interface.console.command import OfficeCommand
from timpora.interface.day_files import day_files
from timpora.interface.office_mark import fingerprint, marks_check, pinned
from timpora.interface.outfit_file import (
    LARGEST,
    Opened,
    keys_promote,
    keys_stage,
    made_check,
    outfit_open,
)
from timpora.interface.queue_key import STAGED
from timpora.kernel.access import Actor
from timpora.kernel.database.session import acting_as
from timpora.kernel.errors import Refusal
from timpora.kernel.post import CARRIED, is_post

NOT_A_POST: Final = (
    "Sistem ini sudah memuat petugas dan bukan pos. Pasang pos pada folder data baru (--data DIR --no-demo): "
    "bekal membawa sandi petugas dan tidak boleh menimpa milik sistem lain."
)
# What stands in place of an address and a browser in the count of wrong passwords.
CONSOLE: Final = "127.0.0.1"


class Command(OfficeCommand):
    """Put up the post, again for what the office added since; and hand over a day without a browser."""

    help = "Memasang pos satu laptop dari bekal kantor, mengambil berkas sehari, dan memasukkannya di kantor."

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
        bring_in = verbs.add_parser("import", help="memasukkan berkas pos di kantor")
        bring_in.add_argument("files", nargs="+", type=Path, metavar="BERKAS")
        bring_in.add_argument("--as", required=True, dest="username", help="petugas yang membawa berkas")

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        """Do what was asked, or say in one sentence why not."""
        try:
            if verb == "install":
                self._install(options["file"], options["code"])
            elif verb == "export":
                self._export(options["date"], options["to"], options["username"])
            else:
                self._import(options["files"], options["username"])
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
            marks = marks_check(opened.marks, opened.text, opened.office)
            made_check(opened.made)
            count = outfit_install(INSTALLER, outfit=opened.outfit)
            # Before it is final: officers whose queue keys are lost would hand over what nobody opens.
            keys_stage(opened.keys, {opened.outfit.operation_id: opened.post}, marks, opened.made)
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
            lines = [line for line in findings.day_list(actor) if line.on == on]
        for line in lines:
            # What is written here was logged before, for good.
            with acting_as(actor):
                files = list(day_files(actor, line))
            for file in files:
                _write_new(folder / file.name, file.data)
                self.stdout.write(str(folder / file.name))
                count += 1
        if not count:
            raise CommandError(f"Tidak ada laporan tanggal {on:%d-%m-%Y} yang boleh dibawa {actor.name}.")
        self.stdout.write(f"{count} berkas. Di kantor: Ponsel, Berkas antrean, pilih semuanya sekaligus.")

    def _import(self, paths: list[Path], username: str) -> None:
        """Bring files in as the page of files does, with the rights of whoever signs in here."""
        if is_post():
            raise CommandError("Berkas sehari dimasukkan di kantor, bukan di pos.")
        for path in paths:
            if not path.is_file() or path.stat().st_size > LARGEST_FILE:
                raise CommandError(f"Berkas {path} tidak ada, atau terlalu besar.")
        actor = _signed_in(username)
        brought, unread = Brought(), 0
        files = [SimpleUploadedFile(str(path), path.read_bytes()) for path in paths]
        for file in sorted(files, key=in_order):
            try:
                # Each by itself, as at the page: what came in stays when the next does not open.
                with acting_as(actor):
                    bring(actor, file, brought)
            except UNREADABLE as refusal:
                unread += 1
                self.stdout.write(f"{file.name}: {refusal}")
        self._say(brought, actor)
        if unread or brought.refused:
            raise CommandError(
                f"{unread} berkas tidak terbuka, {brought.refused} baris tidak diterima. "
                "Simpan berkasnya, dan jangan hapus apa pun di laptop pos."
            )
        self.stdout.write("Semuanya sudah di kantor.")

    def _say(self, brought: Brought, actor: Actor) -> None:
        zone = ZoneInfo(actor.main.zone if actor.main else WIB)
        for note in brought.notes:
            at = f"{note.at.astimezone(zone):%d-%m-%Y %H.%M}"
            self.stdout.write(_line(f"{at} {note.kind}", note.officer, note.word, note.because))
        for line in brought.lines:
            self.stdout.write(_line(f"{line.number} {line.seq}", line.officer, line.word, line.because))


def _write_new(file: Path, data: bytes) -> None:
    """Write a file that is not there yet, for its owner alone; no link under its name is followed."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError as error:
        raise CommandError(f"{file} sudah ada dan tidak ditimpa. Pilih folder kosong.") from error
    with os.fdopen(handle, "wb") as opened:
        opened.write(data)


def _line(what: str, officer: str, word: object, because: str) -> str:
    told = " · ".join((what, officer or "-", str(word)))
    return f"{told}: {because}" if because else told


def _signed_in(username: str) -> Actor:
    """Return the officer who names himself and knows the password; counted and logged like any sign-in."""
    password = getpass.getpass(f"Kata sandi {username}: ")
    with acting_as(SIGN_IN_DESK):
        user = sign_in(SIGN_IN_DESK, username=username, password=password, address=CONSOLE)
    actor = identity.author_get(user.id) if user else None
    if actor is None:
        raise SignInRefused
    return actor
