"""The steps of the SOP as a report tells them."""

from dataclasses import dataclass
from datetime import datetime

from timpora.domain.sop import BreachKind, StepState


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of the SOP as the officer told it, and when by the phone's clock.

    `because` says why it was not done or not needed; `language` which one was spoken, with an interpreter
    (`has_interpreter`) or without.
    """

    code: str
    done_at: datetime
    state: StepState = StepState.DONE
    because: str = ""
    language: str = ""
    has_interpreter: bool = False


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the SOP on the page of a report: what was told of it, and how it was not kept."""

    title: str
    is_gate: bool
    told: StepDone | None
    breach: BreachKind | None


@dataclass(frozen=True, slots=True)
class ExplanationView:
    """Why a report did not keep the order of the steps, as the head of the section explained it."""

    text: str
    by: str
    at: datetime
