"""Values of protection that cross the doors of the cases; they go out by `types`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from timpora.domain.measures import Screen
from timpora.domain.protection import Answer, Provider, Reply
from timpora.domain.states import ReferralState


@dataclass(frozen=True, slots=True)
class ReferralStepView:
    """One change of state of a referral."""

    after: ReferralState
    by_id: UUID
    by_name: str
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class ServiceAnswerView:
    """What a kind of service answered."""

    provider: Provider
    answer: Answer
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral to protection, for the holder of the seal; steps and answers newest first."""

    id: UUID
    case_id: UUID
    case_number: str
    unit_name: str
    zone: str
    screen: Screen
    replies: Mapping[str, Reply]
    note: str
    by_name: str
    at: datetime
    state: ReferralState
    steps: tuple[ReferralStepView, ...]
    answers: tuple[ServiceAnswerView, ...]

    @property
    def last(self) -> ReferralStepView | None:
        """Return the step that led to where it stands; nothing while it waits."""
        return self.steps[0] if self.steps else None

    def may_confirm(self, actor_id: UUID) -> bool:
        """Tell whether this officer is the second person who may return the case."""
        return self.state is ReferralState.REVIEWED and self.last is not None and self.last.by_id != actor_id


@dataclass(frozen=True, slots=True)
class SignsRow:
    """Signs from the field that nobody has taken over yet; the name is masked."""

    checked_id: UUID
    unit_name: str
    zone: str
    name: str
    signs: tuple[str, ...]
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral in one line, without a name; `is_mine`: it waits for this reader."""

    id: UUID
    case_id: UUID
    case_number: str
    unit_name: str
    zone: str
    state: ReferralState
    since: datetime
    by_name: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ProtectionDesk:
    """What waits for protection and what it handles, the longest waiting first."""

    signs: tuple[SignsRow, ...]
    referrals: tuple[ReferralRow, ...]

    @property
    def waiting(self) -> tuple[ReferralRow, ...]:
        """Return the referrals that wait for this reader: to be taken over, or to be confirmed."""
        return tuple(row for row in self.referrals if row.is_mine)
