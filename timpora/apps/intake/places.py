"""Which place a row means: checkpoints by name, regions by code; what is not found stays unknown."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from timpora.apps.intake.cells import Note, note_of
from timpora.apps.intake.kinds import CrossingRecord, PermitRecord, PersonRecord, StayRecord, WorkRecord
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.territory import zone_of

NOON = time(12)
UNKNOWN_PLACE = "{seen!r} bukan tempat pemeriksaan yang dikenal; kabupaten/kota dikosongkan."
UNKNOWN_REGION = "{seen!r} bukan kode wilayah yang dikenal; wilayah dikosongkan."


class Gazetteer:
    """The places that one import has asked for so far."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self._checkpoints: dict[str, str] = {}
        self._known: dict[str, bool] = {}
        for row in wilayah.checkpoint_list():
            for name in (
                row.code,
                row.name,
                re.sub(r"^(?:pelabuhan|bandara|plbn)\s+", "", row.name, flags=re.I),
            ):
                self._checkpoints.setdefault(_folded(name), row.region_code)

    def prepare(self, records: Iterable[PersonRecord]) -> None:
        """Look up the region codes of a batch at once."""
        codes = {code for record in records for code in codes_of(record)} - self._known.keys()
        found = wilayah.regions_by_code(codes)
        self._known.update({code: code in found for code in codes})

    def region(self, code: str | None) -> str:
        """Return the code where the Ministry of Home Affairs has such a region, else nothing."""
        return code if code and self._known.get(code) else ""

    def checkpoint(self, text: str) -> str:
        """Return the kabupaten/kota of a checkpoint, empty where the name is not known."""
        return self._checkpoints.get(_folded(text), "")

    def misses(self, record: PersonRecord) -> Iterator[Note]:
        """Yield a note for each place that the row names and that is not known by its name or code."""
        if isinstance(record, CrossingRecord):
            if not self.checkpoint(record.checkpoint):
                yield note_of("checkpoint", UNKNOWN_PLACE, record.checkpoint)
            return
        for field, written, code in _regions_written(record):
            if not self.region(code):
                yield note_of(field, UNKNOWN_REGION, written)

    def instant(self, region: str, day: date, hour: time | None) -> datetime:
        """Return the instant of a local day and hour; a day without an hour is kept at its noon."""
        zone = ZoneInfo(zone_of(region) if region else self.zone)
        return datetime.combine(day, hour or NOON, tzinfo=zone)


def codes_of(record: PersonRecord) -> tuple[str, ...]:
    """Return the region codes that a row writes."""
    return tuple(code for _, _, code in _regions_written(record) if code)


def _regions_written(record: PersonRecord) -> Iterator[tuple[str, str, str | None]]:
    """Yield field, text and code of each region that a row writes; what is in words alone has no code."""
    if isinstance(record, PermitRecord | StayRecord):
        if record.region:
            yield "region", record.region, record.region_code
    elif isinstance(record, WorkRecord):
        if work := record.work_region or record.work_place_region:
            yield "work_region", work, record.work_place_region
        if plan := record.plan_region or record.plan_place_region:
            yield "plan_region", plan, record.plan_place_region


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", name.casefold()).split())
