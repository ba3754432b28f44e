"""Whether the steps of a field SOP were kept: what gates is done in time, or says why not (N10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class StepState(StrEnum):
    """What an officer says of a step."""

    DONE = "dilakukan"
    NOT_DONE = "tidak_dilakukan"
    NOT_NEEDED = "tidak_perlu"


class BreachKind(StrEnum):
    """How a step that gates was passed over."""

    MISSING = "tidak_disebut"
    WITHOUT_REASON = "tanpa_alasan"
    WITHOUT_LANGUAGE = "tanpa_bahasa"
    AFTERWARDS = "sesudahnya"


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step as the SOP orders it; one that asks for a language says in which one was spoken."""

    code: str
    is_gate: bool
    asks_language: bool


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step as the officer told it, at the phone's hour."""

    code: str
    at: datetime
    state: StepState
    because: str
    language: str


@dataclass(frozen=True, slots=True)
class Breach:
    """A step that gates and was not kept."""

    code: str
    kind: BreachKind


def breaches(rules: Sequence[StepRule], told: Iterable[StepTold]) -> tuple[Breach, ...]:
    """Return the gating steps that were passed over, in the order of the SOP.

    A step that gates is done, or says why not; one that asks for a language names it; and it comes before
    every later step. A step told twice counts as first told. The phone's hours are compared with each
    other only, so that a wrong clock breaks nothing.
    """
    first: dict[str, StepTold] = {}
    for step in told:
        first.setdefault(step.code, step)
    found = (_breach(rule, rules[at + 1 :], first) for at, rule in enumerate(rules) if rule.is_gate)
    return tuple(breach for breach in found if breach is not None)


def _breach(rule: StepRule, later: Sequence[StepRule], first: Mapping[str, StepTold]) -> Breach | None:
    step = first.get(rule.code)
    if step is None:
        return Breach(rule.code, BreachKind.MISSING)
    if step.state is not StepState.DONE:
        return None if step.because else Breach(rule.code, BreachKind.WITHOUT_REASON)
    if rule.asks_language and not step.language:
        return Breach(rule.code, BreachKind.WITHOUT_LANGUAGE)
    after = [first[other.code] for other in later if other.code in first]
    if any(other.state is StepState.DONE and other.at < step.at for other in after):
        return Breach(rule.code, BreachKind.AFTERWARDS)
    return None
