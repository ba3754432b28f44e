"""What this room hands out: frozen values, never rows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise

# Words of confidence that need no check by an office (data/LICENSES.md); "not verified" takes it back.
SURE: Final = ("high", "sourced")


@dataclass(frozen=True, slots=True)
class RegionView:
    """A province, kabupaten/kota, kecamatan or desa/kelurahan.

    `name` is the official one (`Kabupaten Tanah Bumbu`), `label` as people say it (`Kab. Tanah Bumbu`),
    `chain` the label with all that contains it. `lat`/`lng` is a point for a map of the country, or
    nothing; `precision` says how it was found (data/LICENSES.md). `zone` is an IANA name.
    """

    code: str
    name: str
    label: str
    chain: str
    kind: str
    level: int
    parent: str | None
    lat: float | None
    lng: float | None
    precision: str
    zone: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One office serving one kabupaten/kota from `starts` until before `ends` (none = open).

    `is_partial` says that it serves only some kecamatan, which the sources do not name.
    """

    office_code: str
    region_code: str
    starts: date
    ends: date | None
    is_partial: bool
    confidence: str
    source: str

    def holds_on(self, day: date) -> bool:
        """Tell whether the office served the region on that day."""
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An immigration office as carried: `kind` is KANIM, KANWIL, RUDENIM, UKK or HQ.

    `office_class` is `I KHUSUS`, `I`, `II`, `III` or empty; `is_tpi` whether it runs a checkpoint, unknown
    where the sources do not say; the point is that of its town, as near as it is known.
    """

    code: str
    kind: str
    name: str
    place: str
    office_class: str
    is_tpi: bool | None
    province_code: str
    regency_code: str
    parent: str
    zone: str
    lat: float | None
    lng: float | None
    source: str
    areas: tuple[AreaRow, ...]

    def areas_on(self, day: date) -> tuple[str, ...]:
        """Return the codes of the regions the office served on that day, shared ones included."""
        return tuple(sorted({area.region_code for area in self.areas if area.holds_on(day)}))


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """An entry point (TPI): `kind` is udara, laut or darat; many seaports have no known point."""

    code: str
    name: str
    kind: str
    region_code: str
    office_code: str
    lat: float | None
    lng: float | None
    zone: str
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the file and how the office reads it."""

    name: str
    label: str | Promise
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceTable:
    """A carried table that an office may correct; `key` identifies a row, `listed` shows in a list."""

    code: str
    title: str | Promise
    meaning: str | Promise
    file: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    listed: tuple[str, ...]
    sure: str = ""
    confidence: tuple[str, ...] = ("confidence",)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names in the order they are shown."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class ReferenceRowView:
    """One row of an editable table; `value` holds its columns as text."""

    id: int
    table: str
    key: str
    value: dict[str, str]
    is_verified: bool
    confidence: str
    source: str
    edited_by: str
    edited_at: datetime | None

    @property
    def is_edited(self) -> bool:
        """Whether an office changed or confirmed the row; a release no longer overwrites it."""
        return self.edited_at is not None


@dataclass(frozen=True, slots=True)
class TableView:
    """An editable table with how many of its rows await verification."""

    code: str
    title: str | Promise
    meaning: str | Promise
    rows: int
    unverified: int


@dataclass(frozen=True, slots=True)
class NationalityView:
    """A code as printed in a machine-readable passport (`D` for Germany), with names to match lists by."""

    code: str
    kind: str
    alpha2: str
    name_id: str
    name_en: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A total that an office or the press published: for comparison on a screen, never for a rule."""

    table: str
    values: dict[str, str]
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: rows by kind, and what was left out with the reason."""

    counts: dict[str, int]
    skipped: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class BoundaryView:
    """The outline of a region as GeoJSON geometry text, with a digest for the browser's cache."""

    code: str
    level: int
    geometry: str
    digest: str
    source: str
