"""What the scenario knows, as values: places, persons, their facts, and the truth that was planted."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

AS_OF = date(2024, 8, 15)
"""The day on which the agencies closed their lists."""

OPENS_ON = date(2024, 8, 21)
"""The first day of the operation."""

OFFICES = ("KANIM-BATULICIN", "KANIM-BANJARMASIN", "KANIM-PALEMBANG", "KANIM-MUARA-ENIM")
"""The four offices whose territories are populated."""


class Sign(StrEnum):
    """What was planted in a person's facts, discrepancy or innocent look-alike.

    A discrepancy calls for a question, never for a verdict; a look-alike must be cleared by the same papers.
    """

    PERMIT_ENDED = "permit_ended"
    WORK_PLACE_OTHER = "work_place_other"
    ADDRESS_OTHER = "address_other"
    NO_ENTRY = "no_entry"
    WORK_ON_VISIT = "work_on_visit"
    TRAFFICKING = "trafficking"
    REFUGEE = "refugee"
    EXTENSION_PENDING = "extension_pending"
    DEPARTED = "departed"
    NAMESAKE = "namesake"
    PASSPORT_TYPO = "passport_typo"
    PASSPORT_RENEWED = "passport_renewed"
    GUEST_BOOK = "guest_book"
    NEAR_NAMESAKE = "near_namesake"
    NAME_SWAPPED = "name_swapped"
    ONE_WORD = "one_word"
    SHORT_TRIP = "short_trip"

    @property
    def is_innocent(self) -> bool:
        """Whether the papers themselves explain what looks like a discrepancy."""
        return self not in _DISCREPANCIES


_DISCREPANCIES = frozenset(
    {
        Sign.PERMIT_ENDED,
        Sign.WORK_PLACE_OTHER,
        Sign.ADDRESS_OTHER,
        Sign.NO_ENTRY,
        Sign.WORK_ON_VISIT,
        Sign.TRAFFICKING,
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """A site, mess, hotel, house or campus with its district and a point near its town."""

    id: str
    kind: str
    name: str
    wilayah: str
    kecamatan: str
    kabupaten: str
    lat: float
    lon: float
    address: str
    office: str

    @property
    def regency(self) -> str:
        """The code of the kabupaten or kota."""
        return self.wilayah[:5]

    @property
    def line(self) -> str:
        """The address on one line, as an officer writes it."""
        return f"{self.address}, Kec. {self.kecamatan}, {self.kabupaten}"


@dataclass(frozen=True, slots=True)
class Employer:
    """An invented company with its work site and its mess."""

    id: str
    name: str
    sector: str
    site: str
    mess: str
    weight: int


@dataclass(frozen=True, slots=True)
class Permit:
    """A stay permit; `valid_until` is its last legal day, as printed on it."""

    kind: str
    number: str
    index: str
    valid_from: date
    valid_until: date
    guarantor: str
    address: str
    extension_filed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Crossing:
    """One passage of a checkpoint, at its local time, with the carrier's number."""

    checkpoint: str
    direction: str
    at: datetime
    carrier: str
    on_older_document: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """One lodging report; `ends` is open while the guest is still there."""

    place: str
    starts: date
    ends: date | None
    booked_by: str = ""
    typo_in_document: bool = False
    name_swapped: bool = False
    on_older_document: bool = False
    given_name_only: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """What the manpower office saw: the plan (RPTKA) on paper and the place of the visit."""

    employer: str
    position: str
    plan_number: str
    plan_place: str
    seen_place: str
    seen_on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """All that happened to one person. Nothing here says who that person is or whence."""

    id: str
    office: str
    permit: Permit | None = None
    crossings: tuple[Crossing, ...] = ()
    stays: tuple[Stay, ...] = ()
    work: Work | None = None
    occupation: str = ""
    one_word: bool = False
    namesake_of: str = ""
    born_near: bool = False
    renewed: bool = False
    card_number: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is, drawn after and apart from all facts."""

    surname: str
    given: str
    printed: str
    sex: str
    born_on: date
    birth_place: str
    nationality: str
    document: str
    older_document: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class Foreigner:
    """An invented person of the scenario."""

    facts: Facts
    identity: Identity

    @property
    def id(self) -> str:
        """The scenario's own number, never shown in a list."""
        return self.facts.id


@dataclass(frozen=True, slots=True)
class Truth:
    """What was planted on whom, and which lists carry the evidence."""

    sign: Sign
    person: str
    lists: tuple[str, ...]
    days: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """Everybody and everything the lists and the script draw from."""

    people: tuple[Foreigner, ...]
    crew: tuple[Foreigner, ...]
    truths: tuple[Truth, ...]

    def person(self, person_id: str) -> Foreigner:
        """Find one person; KeyError when there is none of that number."""
        for one in (*self.people, *self.crew):
            if one.id == person_id:
                return one
        raise KeyError(person_id)
