"""Writing the carried tables into the database by COPY: the whole country in a few seconds."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection

from timpora.apps.wilayah import files, regions
from timpora.apps.wilayah.models import Checkpoint, OfficeArea, ReferenceLoad, ReferenceRow, Region
from timpora.apps.wilayah.tables import CHECKPOINTS, OFFICE_AREAS, TABLES
from timpora.apps.wilayah.types import SURE, ReferenceTable, RegionView

_REGION_COLUMNS: Final = (
    "code",
    "name",
    "label",
    "chain",
    "kind",
    "level",
    "parent",
    "lat",
    "lng",
    "precision",
    "zone",
    "is_current",
)
_WORD_COLUMNS: Final = ("word", "code", "level", "name_key", "chain_key")
_AREA_COLUMNS: Final = (
    "office_code",
    "region_code",
    "starts",
    "ends",
    "is_partial",
    "confidence",
    "source",
)


def regions_ensure() -> int:
    """Write all regions unless these very ones were the last to be written; return how many there are."""
    if ReferenceLoad.objects.filter(pk=files.regions_digest()).exists():
        return Region.objects.filter(is_current=True).count()
    return regions_write()


def regions_write() -> int:
    """Write all regions; one that the list no longer holds stays and is marked not current."""
    found = regions.regions()
    gone = set(Region.objects.values_list("code", flat=True)) - {region.code for region in found}
    Region.objects.filter(code__in=gone).update(is_current=False)
    Region.objects.exclude(code__in=gone).delete()
    _copy("wilayah_region", _REGION_COLUMNS, map(_region_values, found))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM wilayah_regionword")
        # Sorted, so that one beginning of a word lies together on few pages.
        _copy_lines("wilayah_regionword", _WORD_COLUMNS, sorted(map(_line, regions.words(found))))
        cursor.execute("ANALYZE wilayah_region, wilayah_regionword")
    return len(found)


def areas_write() -> int:
    """Write which office serves which region in which period, from the editable table."""
    rows = ReferenceRow.objects.filter(table=OFFICE_AREAS.code)
    found = [area for row in rows for area in files.areas_of(row.value, row.confidence, row.source)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM wilayah_officearea")
    OfficeArea.objects.bulk_create(
        OfficeArea(**{name: getattr(area, name) for name in _AREA_COLUMNS}) for area in found
    )
    return len(found)


def checkpoints_write() -> int:
    """Write the entry points, from the editable table."""
    rows = ReferenceRow.objects.filter(table=CHECKPOINTS.code)
    Checkpoint.objects.all().delete()
    found = Checkpoint.objects.bulk_create(_checkpoint(row) for row in rows)
    return len(found)


def derived_write(table: str) -> None:
    """Write anew what follows from an editable table after one of its rows was corrected."""
    if table == OFFICE_AREAS.code:
        areas_write()
    elif table == CHECKPOINTS.code:
        checkpoints_write()


def reference_write(now: datetime) -> int:
    """Write the editable tables; a row that an office changed or confirmed is left as the office set it."""
    kept = set(ReferenceRow.objects.exclude(edited_at=None).values_list("table", "key"))
    ReferenceRow.objects.filter(edited_at=None).delete()
    found = [row for table in TABLES.values() for row in _reference_rows(table)]
    ReferenceRow.objects.bulk_create(row for row in found if (row.table, row.key) not in kept)
    # What stood here before is no longer in the tables, should an older release come back.
    ReferenceLoad.objects.all().delete()
    marks = (files.digest(), files.regions_digest())
    ReferenceLoad.objects.bulk_create(ReferenceLoad(digest=mark, loaded_at=now) for mark in marks)
    return len(found)


def _reference_rows(table: ReferenceTable) -> Iterable[ReferenceRow]:
    for row in files.rows(table.file):
        told = dict.fromkeys(row.get(name) or table.sure for name in table.confidence)
        confidence = " / ".join(told)
        yield ReferenceRow(
            table=table.code,
            key=":".join(row[name] for name in table.key),
            value={name: row[name] for name in table.names},
            is_verified=_is_sure(confidence),
            confidence=confidence,
            source=row["source"],
        )


def _checkpoint(row: ReferenceRow) -> Checkpoint:
    value = row.value
    return Checkpoint(
        code=value["code"],
        name=value["name"],
        kind=value["kind"],
        region_code=value["regency_code"],
        office_code=value["office_code"],
        lat=float(value["lat"]) if value["lat"] else None,
        lng=float(value["lon"]) if value["lon"] else None,
        confidence=row.confidence,
        source=row.source,
    )


def _is_sure(confidence: str) -> bool:
    words = confidence.split(" / ")
    return "not verified" not in confidence and all(word.startswith(SURE) for word in words)


def _region_values(region: RegionView) -> tuple[Any, ...]:
    return (*(getattr(region, name) for name in _REGION_COLUMNS[:-1]), True)


def _copy(table: str, columns: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    _copy_lines(table, columns, map(_line, values))


def _copy_lines(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    # One block of text instead of a call for each row: twice as fast for the whole country.
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        copy.write("".join(lines))


def _line(values: Sequence[Any]) -> str:
    """Return one row in the text format of COPY; `files.rows` lets no tab, line end or backslash in."""
    return "\t".join(["\\N" if value is None else str(value) for value in values]) + "\n"
