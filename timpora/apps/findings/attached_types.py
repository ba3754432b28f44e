"""What belongs to a report besides its words: photos, signatures, and the Berita Acara computed from both."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo as the report names it: by its digest, so that the receipt covers it; the bytes follow.

    `size` is in bytes; place and `accuracy_m` (metres) are of the moment at which it was taken.
    """

    sha256: str
    size: int
    taken_at: datetime
    lat: float | None = None
    lng: float | None = None
    accuracy_m: int | None = None


@dataclass(frozen=True, slots=True)
class NewSignature:
    """A signature on glass, or why there is none: `state` is `menolak` or `tidak_bisa`, with a reason.

    `signed_at` is as the device wrote it. A stroke is x, y, x, y, … on a field of 1000 by 320, counted from
    its upper left corner.
    """

    signed_at: str
    strokes: tuple[tuple[int, ...], ...] = ()
    state: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class NewInCharge:
    """Whoever answers for the place, and the signature."""

    name: str
    signature: NewSignature
    role: str = ""


@dataclass(frozen=True, slots=True)
class NewMinutes:
    """What a Berita Acara prints besides, as the phone knew it; `zone` is WIB, WITA or WIT."""

    form: int
    place: str
    office: str
    order: str
    officers: tuple[str, ...]
    zone: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class PhotoState:
    """How much of a photo has arrived, in bytes; `is_whole`: all of it, with the digest that was told."""

    report_id: UUID
    sha256: str
    size: int
    arrived: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo of a report as the office sees it: when, where, whether it arrived and is the same still."""

    position: int
    sha256: str
    size: int
    taken_at: datetime
    lat: float | None
    lng: float | None
    accuracy_m: int | None
    arrived_at: datetime | None
    is_altered: bool = False


@dataclass(frozen=True, slots=True)
class MinutesView:
    """A Berita Acara of a report: of a person (`position` from 1), or of whoever is in charge (0).

    `state` is empty where it was signed; `because` is the reason of a refusal, left out where persons are
    masked.
    """

    position: int
    sha256: str
    state: str
    because: str


@dataclass(frozen=True, slots=True)
class ReportPhoto:
    """A photo of a report as protection lists it: number, when taken, bytes, whether it came."""

    number: int
    taken_at: datetime
    size: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """The very bytes of a photo or a Berita Acara, and under which name to hand them out."""

    data: bytes
    name: str
