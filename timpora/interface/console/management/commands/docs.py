"""`timpora docs`: the pages of `docs/` that are drawn from the code, so that they cannot drift from it."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from django.core.management.base import CommandError

from timpora.domain.states import states_markdown
from timpora.interface.console.command import OfficeCommand
from timpora.interface.console.management.commands.permissions import permissions_csv

FOLDER: Final = Path(__file__).parents[5] / "docs"
PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "permissions.csv": permissions_csv,
    "states.md": states_markdown,
}


class Command(OfficeCommand):
    """Write the generated pages, or with `--check` only say which ones are no longer true."""

    help = "Menulis ulang halaman docs/ yang dibuat dari kode."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the check and, for a test, another folder."""
        parser.add_argument("--check", action="store_true", help="jangan menulis; gagal bila ada yang usang")
        parser.add_argument("--folder", type=Path, default=FOLDER, help="bawaan: docs/ proyek ini")

    def handle(self, *_args: Any, check: bool, folder: Path, **_options: Any) -> None:
        """Compare each page with what the code says now."""
        drawn = {folder / name: draw() for name, draw in PAGES.items()}
        stale = [page for page, text in drawn.items() if _kept(page) != text]
        if check and stale:
            names = ", ".join(page.name for page in stale)
            raise CommandError(f"Usang: {names}. Jalankan `make docs`.")
        for page in stale:
            page.write_text(drawn[page], encoding="utf-8")
            self.stdout.write(f"{page.name} ditulis")


def _kept(page: Path) -> str:
    return page.read_text(encoding="utf-8") if page.exists() else ""
