"""What this room does: load the carried tables, load boundaries, correct a reference row."""

import hashlib
import json
import time
from itertools import islice
from pathlib import Path
from typing import Final

from timpora.apps.wilayah import boundaries, loading, queries
from timpora.apps.wilayah.checks import why_not
from timpora.apps.wilayah.errors import (
    BoundaryFileUnreadable,
    ReferenceRowUnknown,
    ReferenceSourceMissing,
    ReferenceValueRefused,
)
from timpora.apps.wilayah.models import Boundary, ReferenceRow, Region
from timpora.apps.wilayah.tables import TABLES
from timpora.apps.wilayah.types import LoadReport, ReferenceRowView, ReferenceTable
from timpora.domain.territory import Level
from timpora.kernel.access import Actor, P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

TEXT_MAX: Final = 2_000
SOURCE_MAX: Final = 500
# A line of an audit entry names this many of the skipped codes; the count stands beside it.
NAMED_MAX: Final = 20
_BATCH: Final = 100


def reference_ensure(actor: Actor) -> LoadReport | None:
    """Load the carried tables unless this version is loaded already; called at every start."""
    return None if queries.reference_is_current() else reference_load(actor)


@deed(P.WILAYAH_REFERENCE_LOAD, tag=Tag.WILAYAH_REFERENCE_LOADED)
def reference_load(act: Act) -> LoadReport:
    """Load regions, office areas, checkpoints and reference tables from the files of the program.

    Rows that an office has changed or confirmed stay as the office set them.
    """
    began = time.monotonic()
    counts = {
        "regions": loading.regions_ensure(),
        "reference_rows": loading.reference_write(act.at),
        "office_areas": loading.areas_write(),
        "checkpoints": loading.checkpoints_write(),
    }
    act.upon(Subject(kind="reference", id="carried"), refs=counts)
    return LoadReport(counts=counts, skipped=(), seconds=time.monotonic() - began)


@deed(P.WILAYAH_REFERENCE_LOAD, tag=Tag.WILAYAH_BOUNDARIES_LOADED)
def boundaries_load(act: Act, *, path: Path) -> LoadReport:
    """Load outlines from a GeoJSON file, replacing those of the same codes; all of the file or nothing.

    A code that no region has is left out and named in the report. Raises `BoundaryFileUnreadable`,
    `BoundaryOutsideIndonesia`.
    """
    began = time.monotonic()
    known = set(Region.objects.values_list("code", flat=True))
    counts = {level.name.lower(): 0 for level in Level if level}
    skipped: list[str] = []
    read = boundaries.outlines(path)
    while batch := list(islice(read, _BATCH)):
        skipped += [outline.code for outline in batch if outline.code not in known]
        # The last of two features with one code wins, as a second file would.
        rows = {o.code: _boundary(act, o, path.name) for o in batch if o.code in known}
        for row in rows.values():
            counts[Level(row.level).name.lower()] += 1
        Boundary.objects.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["level", "geometry", "digest", "source", "loaded_at"],
        )
    if not any(counts.values()):
        raise BoundaryFileUnreadable(
            f"Tidak satu pun dari {len(skipped)} batas di berkas ini berkode wilayah yang dikenal."
        )
    refs: Refs = {**counts, "skipped": len(skipped), "skipped_codes": skipped[:NAMED_MAX]}
    act.upon(Subject(kind="boundaries", id=path.name), refs=refs)
    return LoadReport(counts=counts, skipped=tuple(skipped), seconds=time.monotonic() - began)


@deed(P.WILAYAH_REFERENCE_EDIT, tag=Tag.WILAYAH_REFERENCE_EDITED)
def reference_edit(act: Act, *, row_id: int, value: dict[str, str], source: str) -> ReferenceRowView:
    """Set a row of an editable table and mark it verified, on the authority of `source`.

    What was there before stays in the audit log as a digest of the old row. Raises
    `ReferenceRowUnknown`, `ReferenceSourceMissing`, `ReferenceValueRefused`.
    """
    row = ReferenceRow.objects.select_for_update().filter(pk=row_id).first()
    if row is None:
        raise ReferenceRowUnknown
    if not cleaned(source):
        raise ReferenceSourceMissing
    before = row.value
    row.value = _value_of(TABLES[row.table], row, value)
    row.source = cleaned(source)[:SOURCE_MAX]
    row.is_verified, row.confidence = True, "high"
    row.edited_by, row.edited_at = act.actor.name, act.at
    row.save()
    loading.derived_write(row.table)
    changed = sorted(name for name in row.value if row.value[name] != before.get(name))
    act.upon(
        Subject(kind="reference_row", id=f"{row.table}/{row.key}"),
        refs={"changed": changed, "source": row.source},
        payload=json.dumps({"before": before, "after": row.value}, sort_keys=True, ensure_ascii=False),
    )
    return queries.reference_view(row)


def _value_of(table: ReferenceTable, row: ReferenceRow, given: dict[str, str]) -> dict[str, str]:
    value = {name: cleaned(given.get(name, row.value.get(name, ""))) for name in table.names}
    if any(value[name] != row.value.get(name) for name in table.key):
        raise ReferenceValueRefused("Kode baris tidak dapat diganti; data lain merujuk kepadanya.")
    too_long = [name for name, text in value.items() if len(text) > TEXT_MAX]
    if too_long:
        raise ReferenceValueRefused(f"Isian {', '.join(too_long)} lebih dari {TEXT_MAX} karakter.")
    if (reason := why_not(table, value)) is not None:
        raise ReferenceValueRefused(reason)
    return value


def _boundary(act: Act, outline: boundaries.Outline, source: str) -> Boundary:
    text = json.dumps(outline.geometry, separators=(",", ":"))
    return Boundary(
        code=outline.code,
        level=outline.level,
        geometry=outline.geometry,
        digest=hashlib.sha256(text.encode()).hexdigest()[:16],
        source=source,
        loaded_at=act.at,
    )
