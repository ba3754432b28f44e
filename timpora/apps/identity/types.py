"""Values that identity hands to others."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from timpora.kernel.documents.letterhead import LetterOffice


@dataclass(frozen=True, slots=True)
class UnitView:
    """An office or agency as others see it; `areas` are the codes of its working area."""

    code: str
    name: str
    short_name: str
    kind: str
    wilayah: str
    areas: tuple[str, ...]
    zone: str
    lat: float | None
    lng: float | None
    parent: str | None
    letterhead: dict[str, str]


@dataclass(frozen=True, slots=True)
class HeadedOffice:
    """An office whose letterhead an administrator keeps; `is_filled` once its own address is written."""

    unit: UnitView
    office: LetterOffice

    @property
    def is_filled(self) -> bool:
        """Return whether letters carry an address of the office's own, and no stand-in for it."""
        return bool(self.office.words.address)


@dataclass(frozen=True, slots=True)
class OfficerView:
    """An officer as letters and lists name them: `rank` where it is known, `title` the post or the role.

    `can_report` where the assignment lets them report from the field.
    """

    id: UUID
    username: str
    name: str
    nip: str
    rank: str
    title: str
    unit_code: str
    unit_name: str
    can_report: bool = False


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """An assignment as lists of accounts show it, half-open; `acting` is `Plt.`, `Plh.` or empty."""

    id: UUID
    user_id: UUID
    user_name: str
    username: str
    nip: str
    role: str
    title: str
    unit_code: str
    unit_name: str
    starts: date
    ends: date | None
    acting: str
    decree: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class NewActing:
    """Somebody to stand in for a head from `starts` until before `ends`, by a numbered decree (F6)."""

    user_id: UUID
    role: str
    unit: str
    acting: str
    starts: date
    ends: date
    decree: str


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be loaded: from the carried list of offices or a seed file.

    `letterhead` holds pairs such as `("place", "Batulicin")`: what letters print and no other column knows.
    """

    code: str
    name: str
    kind: str
    wilayah: str
    areas: tuple[str, ...] = ()
    parent: str | None = None
    short_name: str = ""
    zone: str = ""
    lat: float | None = None
    lng: float | None = None
    class_name: str = ""
    letterhead: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NewAssignment:
    """An assignment to be granted, half-open; empty `territories` means the unit's working area."""

    role: str
    unit: str
    starts: date
    territories: tuple[str, ...] = ()
    ends: date | None = None
    acting: str = ""
    decree: str = ""


@dataclass(frozen=True, slots=True)
class NewUser:
    """An officer to be added with assignments; a known username is brought up to date instead.

    `password_hash`, where given, stands for the password, already hashed by this installation.
    """

    username: str
    name: str
    password: str
    assignments: tuple[NewAssignment, ...]
    nip: str = ""
    rank: str = ""
    post: str = ""
    password_hash: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """An officer as another system lets him in: the same identifier, the password as its hash alone."""

    id: UUID
    user: NewUser
