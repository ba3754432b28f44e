"""`timpora audit verify|export|head`: prove the log, hand it out, print its head."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from timpora.apps.accountability import queries
from timpora.interface.console.command import OfficeCommand
from timpora.kernel.access.actor import system_actor
from timpora.kernel.access.roles import Auditor
from timpora.kernel.audit.log import sequence
from timpora.kernel.database.session import acting_as

DESK = system_actor(Auditor.slug, "Perintah audit")


class Command(OfficeCommand):
    """Verify the whole log from the database, or write the file that anybody can verify without us."""

    help = "Memeriksa keutuhan catatan audit, mengekspornya, atau mencetak kepalanya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the three verbs."""
        parser.add_argument("verb", choices=["verify", "export", "head"])
        parser.add_argument("--out", default="-", help="berkas ekspor; - untuk keluaran standar")

    def handle(self, *_args: Any, verb: str, out: str, **_options: Any) -> None:
        """Seal what waits, then do what was asked."""
        with acting_as(DESK):
            while sequence():
                pass
        with acting_as(DESK):
            {"verify": self._verify, "export": lambda: self._export(out), "head": self._head}[verb]()

    def _verify(self) -> None:
        found = queries.log_verify()
        if not found.is_whole:
            raise CommandError(f"TIDAK SAH: {found.fault} (tanggal {found.fault_at}).")
        root = found.head.root if found.head else "-"
        self.stdout.write(
            f"SAH: {found.entries} entri, {found.checked_checkpoints} titik periksa, akar {root}"
        )

    def _export(self, out: str) -> None:
        if out == "-":
            for line in queries.log_export():
                sys.stdout.write(line + "\n")
            return
        with open(out, "w", encoding="utf-8") as file:  # noqa: PTH123 - a path the caller names
            for line in queries.log_export():
                file.write(line + "\n")
        self.stdout.write(f"Ditulis: {out}. Periksa: python3 tools/verify_audit.py {out}")

    def _head(self) -> None:
        head = queries.checkpoint_newest()
        self.stdout.write(f"{head.size}:{head.root}" if head else "0:")
