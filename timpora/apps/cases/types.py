"""Values of the cases that cross their doors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from timpora.apps.cases.referral_types import (
    ProtectionDesk,
    ReferralRow,
    ReferralStepView,
    ReferralView,
    ServiceAnswerView,
    SignsRow,
)
from timpora.domain.measures import ConferenceReason, Ground, MeasureKind, Screen, ScreenAnswer
from timpora.domain.objection import ObjectionTiming
from timpora.domain.overstay import ChargePayment
from timpora.domain.particulars import Particulars
from timpora.domain.protection import Care, Reply
from timpora.domain.states import CaseState


class Due(StrEnum):
    """What a deadline of a case is for."""

    NOTHING = ""
    OBJECTION = "keberatan"
    FORWARD = "penerusan"
    MINISTER = "putusan_menteri"


class Manner(StrEnum):
    """How a decision reached the person."""

    IN_PERSON = "langsung"
    PROXY = "kuasa"
    POST = "pos_tercatat"
    REFUSED = "ditolak_diterima"


@dataclass(frozen=True, slots=True)
class NewScreening:
    """A screen as an officer records it: a reply a question, what calls for care, the language used."""

    replies: Mapping[str, Reply]
    language: str
    care: frozenset[Care] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewConference:
    """A conference as held: attendants by name and office, the reason of Pasal 59 and its words."""

    held_on: date
    chair: str
    attendants: tuple[str, ...]
    reason: ConferenceReason
    because: str


@dataclass(frozen=True, slots=True)
class NewProposal:
    """A measure as proposed; `wants_ban` notes that a ban should be proposed afterwards.

    `payment` says what became of the overstay charge, where that is the ground; `particulars` where the
    measure holds, which list, whither.
    """

    kind: MeasureKind
    ground: Ground
    because: str
    payment: ChargePayment = ChargePayment.OPEN
    wants_ban: bool = False
    particulars: Particulars = field(default_factory=Particulars)


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A decision handed over on a local day."""

    delivered_on: date
    received_by: str
    manner: Manner
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewObjection:
    """An objection as received; `parts` are the papers that came with it."""

    filed_on: date
    objector: str
    place: str
    parts: tuple[str, ...]
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class PartyWords:
    """The words the letters print of the person; empty where nobody knows."""

    name: str
    sex: str = ""
    born: str = ""
    nationality: str = ""
    travel_document: str = ""
    stay_permit: str = ""
    address: str = ""
    guarantor: str = ""


@dataclass(frozen=True, slots=True)
class PartyView:
    """Whom a case is about and where it came from; `doubtful_holder`: whom a number alone names."""

    person_id: UUID | None
    doubtful_holder: UUID | None
    report_id: UUID | None
    checked_id: UUID | None
    indication_id: UUID | None
    origin: str
    words: PartyWords


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in one line; `name` and `document` are empty where the reader may not know them."""

    id: UUID
    number: str
    unit_code: str
    unit_name: str
    wilayah: str
    zone: str
    state: CaseState
    is_sealed: bool
    name: str
    document: str
    opened_at: datetime
    changed_at: datetime
    due_on: date | None
    due_what: Due
    due_left: int | None


@dataclass(frozen=True, slots=True)
class IndicationCase:
    """What an indication led to: the case at hand, or none where it is settled or elsewhere."""

    row: CaseRow | None


@dataclass(frozen=True, slots=True)
class StepView:
    """One change of state with its reason and articles."""

    before: str
    after: CaseState
    by_name: str
    at: datetime
    because: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScreeningView:
    """The screen as last recorded."""

    screen: Screen
    outcome: ScreenAnswer
    told: str
    cites: tuple[str, ...]
    replies: Mapping[str, Reply]
    care: tuple[Care, ...]
    language: str
    note: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConferenceView:
    """A case conference as recorded."""

    held_on: date
    chair: str
    attendants: tuple[str, ...]
    reason: ConferenceReason
    because: str
    cite: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CountersignView:
    """Initials under the version shown."""

    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A version of a proposal; `lost_signs` counts the initials that fell with earlier versions."""

    id: UUID
    version: int
    kind: MeasureKind
    title: str
    letter: str
    ground: Ground
    because: str
    told: str
    cites: tuple[str, ...]
    doubts: tuple[str, ...]
    overstay_days: int | None
    charge_rupiah: int | None
    particulars: Particulars
    wants_ban: bool
    proposed_by_id: UUID
    proposed_by: str
    at: datetime
    law_digest: str
    signs: tuple[CountersignView, ...]
    lost_signs: int


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision with its letter."""

    kind: MeasureKind
    title: str
    particulars: Particulars
    decided_by: str
    decided_on: date
    because: str
    cites: tuple[str, ...]
    letter_id: UUID | None
    letter_number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A delivery with the last day for an objection, and what is doubtful about that day."""

    delivered_on: date
    received_by: str
    manner: Manner
    note: str
    file_by: date | None
    left: int | None
    doubts: tuple[str, ...]
    cites: tuple[str, ...]
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection with its clocks."""

    filed_on: date
    objector: str
    proxy: str
    parts: tuple[str, ...]
    timing: ObjectionTiming
    told: str
    cites: tuple[str, ...]
    doubts: tuple[str, ...]
    forward_by: date
    forward_left: int
    forwarded_on: date | None
    decide_by: date | None
    decide_left: int | None
    letter_id: UUID
    letter_number: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OverstayView:
    """What the registry's facts say of an overstay on a day, with the permit and its source."""

    ground: Ground
    days: int
    charge_rupiah: int
    because: str
    cites: tuple[str, ...]
    doubts: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with everything its page shows; nothing but the row where it is sealed from the reader."""

    row: CaseRow
    opened_by: str
    party: PartyView | None = None
    steps: tuple[StepView, ...] = ()
    screening: ScreeningView | None = None
    conference: ConferenceView | None = None
    proposal: ProposalView | None = None
    decision: DecisionView | None = None
    delivery: DeliveryView | None = None
    objection: ObjectionView | None = None
    open_states: tuple[CaseState, ...] = field(default=())

    @property
    def is_closed_to_reader(self) -> bool:
        """Tell whether the reader learns no more than that the case is elsewhere."""
        return self.party is None

    @property
    def screen(self) -> Screen:
        """Return both screens; unfinished where none was recorded."""
        return self.screening.screen if self.screening else Screen(ScreenAnswer.OPEN, ScreenAnswer.OPEN)

    @property
    def screen_is_clear(self) -> bool:
        """Tell whether the screen is finished without signs."""
        return self.screening is not None and self.screening.outcome is ScreenAnswer.CLEAR


@dataclass(frozen=True, slots=True)
class HoleView:
    """A field that a letter still lacks: its name and where it is filled (`pihak`, `usulan`, `akun`)."""

    path: str
    label: str
    where: str


__all__ = [
    "CaseRow",
    "CaseView",
    "ConferenceView",
    "CountersignView",
    "DecisionView",
    "DeliveryView",
    "Due",
    "HoleView",
    "Manner",
    "NewConference",
    "NewDelivery",
    "NewObjection",
    "NewProposal",
    "NewScreening",
    "ObjectionView",
    "OverstayView",
    "PartyView",
    "PartyWords",
    "ProposalView",
    "ProtectionDesk",
    "ReferralRow",
    "ReferralStepView",
    "ReferralView",
    "ScreeningView",
    "ServiceAnswerView",
    "SignsRow",
    "StepView",
]
