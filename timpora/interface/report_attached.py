"""What a report's body says of photos, signatures and the Berita Acara; `report_body` holds the rest."""

from datetime import datetime
from typing import Annotated, Final, Self

from django.conf import settings
from django.utils.translation import gettext
from pydantic import AfterValidator, Field, model_validator

from timpora.apps.findings.types import NewInCharge, NewMinutes, NewPhoto, NewSignature
from timpora.domain.minutes_words import FORMS
from timpora.interface.report_parts import DATE_LINE, POLES, Body, Degrees, Instant, Line, degrees

# As the phone writes instants that are printed: any other way of writing would be another paper.
WRITTEN: Final = r"^(19[7-9]\d|20\d\d|21\d\d)-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|[+-]\d\d:\d\d)$"
STROKES_MOST: Final = 80
POINTS_MOST: Final = 2_000
GLASS: Final = (1_000, 320)
MEGABYTE: Final = 1024 * 1024


def _small_enough(size: int) -> int:
    if size > settings.PHOTO_MEGABYTES * MEGABYTE:
        raise ValueError(
            gettext("Foto lebih besar daripada %(most)s MB.") % {"most": settings.PHOTO_MEGABYTES}
        )
    return size


def _on_glass(stroke: list[int]) -> list[int]:
    if len(stroke) % 2 or any(n > GLASS[at % 2] for at, n in enumerate(stroke)):
        raise ValueError(gettext("Goresan di luar bidang tanda tangan."))
    return stroke


def _on_calendar(instant: str) -> str:
    datetime.fromisoformat(instant)  # A thirtieth of February is no value.
    return instant


Coordinate = Annotated[int, Field(ge=0, le=GLASS[0])]
Stroke = Annotated[
    list[Coordinate], Field(min_length=2, max_length=2 * POINTS_MOST), AfterValidator(_on_glass)
]


class PhotoBody(Body):
    """One photo: what it is by its digest, when and where it was taken."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=4), AfterValidator(_small_enough)]
    taken_at: Instant
    lat: Annotated[Degrees, degrees(POLES)] = ""
    lng: Annotated[Degrees, degrees(DATE_LINE)] = ""
    accuracy_m: Annotated[int, Field(ge=0, le=1_000_000)] | None = None

    @model_validator(mode="after")
    def place_is_whole(self) -> Self:
        """Refuse half a place."""
        if bool(self.lat) != bool(self.lng):
            raise ValueError(gettext("Lintang dan bujur diisi keduanya atau tidak sama sekali."))
        return self

    def to_photo(self) -> NewPhoto:
        """Return it as findings takes it."""
        return NewPhoto(
            sha256=self.sha256,
            size=self.size,
            taken_at=self.taken_at,
            lat=float(self.lat) if self.lat else None,
            lng=float(self.lng) if self.lng else None,
            accuracy_m=self.accuracy_m,
        )


def photos_fit(photos: list[PhotoBody]) -> list[PhotoBody]:
    """Refuse more photos than a report may have, and one photo named twice."""
    if len(photos) > settings.PHOTOS_PER_REPORT:
        raise ValueError(
            gettext("Paling banyak %(most)s foto setiap laporan.") % {"most": settings.PHOTOS_PER_REPORT}
        )
    if len({one.sha256 for one in photos}) < len(photos):
        raise ValueError(gettext("Foto yang sama disebut dua kali."))
    return photos


Photos = Annotated[list[PhotoBody], Field(max_length=100), AfterValidator(photos_fit)]


class SignatureBody(Body):
    """A signature on glass, or why there is none."""

    signed_at: Annotated[str, Field(pattern=WRITTEN), AfterValidator(_on_calendar)]
    strokes: Annotated[list[Stroke], Field(max_length=STROKES_MOST)] = Field(default_factory=list)
    state: Annotated[str, Field(pattern="^(menolak|tidak_bisa)?$")] = ""
    because: Line = ""

    @model_validator(mode="after")
    def is_one_or_the_other(self) -> Self:
        """Refuse a signature that is also a refusal, and a refusal without its reason."""
        if bool(self.strokes) == bool(self.state) or bool(self.state) != bool(self.because.strip()):
            raise ValueError(gettext("Isi goresan, atau mengapa tidak ditandatangani beserta alasannya."))
        if sum(len(stroke) for stroke in self.strokes) > 2 * POINTS_MOST:
            raise ValueError(gettext("Tanda tangan ini terlalu rinci."))
        return self

    def to_signature(self) -> NewSignature:
        """Return it as findings takes it."""
        strokes = tuple(tuple(stroke) for stroke in self.strokes)
        return NewSignature(self.signed_at, strokes, self.state, self.because)


class InChargeBody(Body):
    """Whoever answers for the place."""

    name: Annotated[Line, Field(min_length=1)]
    role: Line = ""
    signature: SignatureBody

    def to_in_charge(self) -> NewInCharge:
        """Return it as findings takes it."""
        return NewInCharge(self.name, self.signature.to_signature(), self.role)


def _known_form(form: int) -> int:
    if form not in FORMS:
        raise ValueError(gettext("Bentuk berita acara ini tidak dikenal."))
    return form


class MinutesBody(Body):
    """What a Berita Acara prints besides, as the phone knew it."""

    form: Annotated[int, AfterValidator(_known_form)]
    place: Line
    address: Annotated[Line, Field(max_length=400)] = ""
    office: Line
    order: Line
    officers: Annotated[list[Line], Field(min_length=1, max_length=40)]
    zone: Annotated[str, Field(pattern="^(WIB|WITA|WIT)$")]

    def to_minutes(self) -> NewMinutes:
        """Return it as findings takes it."""
        return NewMinutes(
            form=self.form,
            place=self.place,
            office=self.office,
            order=self.order,
            officers=tuple(self.officers),
            zone=self.zone,
            address=self.address,
        )
