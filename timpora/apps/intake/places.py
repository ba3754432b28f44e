"""Which place a row means: checkpoints by name, regions by code; what is not found stays unknown."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from timpora.apps.intake.kinds import CrossingRecord, PermitRecord, PersonRecord, StayRecord, WorkRecord
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.territory import zone_of

NOON = time(12)


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

    def instant(self, region: str, day: date, hour: time | None) -> datetime:
        """Return the instant of a local day and hour; a day without an hour is kept at its noon."""
        zone = ZoneInfo(zone_of(region) if region else self.zone)
        return datetime.combine(day, hour or NOON, tzinfo=zone)


def codes_of(record: PersonRecord) -> tuple[str, ...]:
    """Return the region codes that a row writes."""
    written: tuple[str | None, ...] = ()
    if isinstance(record, PermitRecord | StayRecord):
        written = (record.region_code,)
    elif isinstance(record, WorkRecord):
        written = (record.work_place_region, record.plan_place_region)
    elif isinstance(record, CrossingRecord):
        written = ()
    return tuple(code for code in written if code)


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", name.casefold()).split())
