"""`timpora data load` and `timpora data load-boundaries FILE`: reference data into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from timpora.apps.identity import queries as identity
from timpora.apps.identity.actions import INSTALLER
from timpora.apps.wilayah import actions
from timpora.apps.wilayah.types import LoadReport
from timpora.interface.console.command import OfficeCommand
from timpora.interface.console.scenario.install import offices_install
from timpora.kernel.database.session import acting_as
from timpora.kernel.errors import Refusal

SHOWN_MAX = 10


class Command(OfficeCommand):
    """Loads the carried tables, or boundaries that the office supplies."""

    help = "Memuat data acuan bawaan (load) atau batas wilayah dari berkas GeoJSON (load-boundaries)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the two verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("load", help="muat data acuan bawaan; dilewati bila sudah sama")
        boundaries = verbs.add_parser("load-boundaries", help="muat batas wilayah dari GeoJSON")
        boundaries.add_argument("file", type=Path, help=".geojson atau .geojson.gz, berkode Kemendagri")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what was asked and say in one line what came of it."""
        try:
            with acting_as(INSTALLER):
                report = self._run(options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _told(report) if report else "Data acuan sudah yang terbaru; tidak ada yang dimuat."
        )

    def _run(self, options: dict[str, Any]) -> LoadReport | None:
        if options["verb"] == "load":
            report = actions.reference_ensure(INSTALLER)
            if report is not None or not identity.unit_list(kinds=["HQ"]):
                offices_install()
            return report
        return actions.boundaries_load(INSTALLER, path=options["file"])


_WORDS = {
    "regions": "wilayah",
    "office_areas": "wilayah kerja kantor",
    "checkpoints": "TPI",
    "reference_rows": "baris acuan",
    "province": "provinsi",
    "regency": "kabupaten/kota",
    "district": "kecamatan",
    "village": "desa/kelurahan",
}


def _told(report: LoadReport) -> str:
    parts = [f"{count} {_WORDS[name]}" for name, count in report.counts.items() if count]
    line = f"Dimuat: {', '.join(parts)} ({report.seconds:.1f} detik)."
    if not report.skipped:
        return line
    named = ", ".join(report.skipped[:SHOWN_MAX])
    more = " ..." if len(report.skipped) > SHOWN_MAX else ""
    return f"{line}\nDilewati {len(report.skipped)} kode yang tidak dikenal: {named}{more}"
