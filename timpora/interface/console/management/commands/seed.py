"""`timpora seed FILE.json`: units, officers and foreigners from a file (docs/contract-seed.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from timpora.apps.identity import queries as identity
from timpora.interface.console.command import OfficeCommand
from timpora.interface.console.scenario.install import DESK, MACHINE, seed_install
from timpora.interface.console.scenario.seed import SeedError, read_seed
from timpora.kernel.access.roles import HUMAN_ROLES
from timpora.kernel.database.session import acting_as
from timpora.kernel.errors import Refusal


class Command(OfficeCommand):
    """Check the whole file, then install it in one transaction; a faulty file changes nothing."""

    help = "Memasang kantor, petugas, dan orang asing dari berkas timpora-seed/1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        """Install the file and say in one line what came of it."""
        if not file.is_file():
            raise CommandError(f"Berkas {file} tidak ada.")
        try:
            with acting_as(DESK):
                known = frozenset(unit.code for unit in identity.unit_list())
            seed = read_seed(
                file.read_bytes(),
                known_units=known,
                known_roles=frozenset(role.slug for role in HUMAN_ROLES),
            )
            with acting_as(MACHINE):
                done = seed_install(seed)
        except (SeedError, Refusal) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Terpasang: {done['units']} satuan, {done['people']} petugas, {done['persons']} orang asing."
        )
