"""`timpora permissions --csv`: the table of roles and permissions, as signed off."""

import csv
import io
from argparse import ArgumentParser
from typing import Any

from timpora.interface.console.command import OfficeCommand
from timpora.kernel.access.permissions import NEEDS_PURPOSE, P
from timpora.kernel.access.roles import ROLES


class Command(OfficeCommand):
    """Print one row a permission, one column a role."""

    help = "Mencetak tabel peran dan izin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the format; CSV is the only one."""
        parser.add_argument("--csv", action="store_true", help="keluaran CSV (selalu)")

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the table to standard output."""
        self.stdout.write(permissions_csv(), ending="")


def permissions_csv() -> str:
    """Return the table as CSV text: one row a permission, one column a role."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["permission", "needs_purpose", *ROLES])
    for permission in P:
        held = ["1" if permission in role.permissions else "0" for role in ROLES.values()]
        writer.writerow([permission, "1" if permission in NEEDS_PURPOSE else "0", *held])
    return table.getvalue()
