"""`timpora law load FILE`: add or replace a law file without a release."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from timpora.interface.console.command import OfficeCommand
from timpora.kernel.access.actor import system_actor
from timpora.kernel.access.machine_roles import MejaPemasangan
from timpora.kernel.database.session import acting_as
from timpora.kernel.errors import Refusal
from timpora.kernel.lawbook.store import law_load, lawbook

DESK = system_actor(MejaPemasangan.slug, "Perintah hukum")


class Command(OfficeCommand):
    """Load a law file, or print the digest of the book in force."""

    help = "Memuat berkas hukum (texts, values, visas, calendar) atau mencetak sidik buku hukum."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the verbs."""
        parser.add_argument("verb", choices=["load", "digest"])
        parser.add_argument("file", nargs="?", type=Path, help="berkas .toml dalam folder texts/values/...")
        parser.add_argument("--as", dest="name", default="", help="nama di buku, misalnya values/biaya.toml")

    def handle(self, *_args: Any, verb: str, file: Path | None, name: str, **_options: Any) -> None:
        """Do what was asked."""
        if verb == "digest":
            with acting_as(DESK):
                self.stdout.write(lawbook().digest)
            return
        if file is None or not file.is_file():
            raise CommandError("Sebut berkas yang ada: timpora law load values/overstay.toml")
        known = name or f"{file.parent.name}/{file.name}"
        try:
            with acting_as(DESK):
                digest = law_load(DESK, name=known, text=file.read_text(encoding="utf-8"))
        except (Refusal, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Dimuat sebagai {known}. Sidik buku hukum: {digest}")
