"""How the screens say what was told of the steps of the SOP."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora.apps.findings.types import StepDone, StepLine
from timpora.domain.sop import BreachKind, StepState
from timpora.interface.web.operation_words import Said

BROKEN = {
    BreachKind.MISSING: gettext_lazy("dilewati tanpa keterangan"),
    BreachKind.WITHOUT_REASON: gettext_lazy("tidak dilakukan, tanpa alasan"),
    BreachKind.WITHOUT_LANGUAGE: gettext_lazy("bahasa tidak disebut"),
    BreachKind.AFTERWARDS: gettext_lazy("dilakukan sesudah langkah berikutnya"),
}
STATES = {
    StepState.DONE: Said(gettext_lazy("dilakukan"), "good", "check"),
    StepState.NOT_DONE: Said(gettext_lazy("tidak dilakukan"), "caution"),
    StepState.NOT_NEEDED: Said(gettext_lazy("tidak perlu"), "neutral"),
}


@dataclass(frozen=True, slots=True)
class StepSaid:
    """A step on the page of a report: its pill, what was told of it, whether it was broken."""

    line: StepLine
    said: Said
    told: str
    is_broken: bool


def step_said(line: StepLine) -> StepSaid:
    """Put a step into words."""
    if line.breach is not None:
        said = Said(BROKEN[line.breach], "stop")
    elif line.told is None:
        said = Said(_("tidak disebut"), "neutral")
    else:
        said = STATES[line.told.state]
    return StepSaid(line, said, _told(line.told), line.breach is not None)


def _told(told: StepDone | None) -> str:
    if told is None:
        return ""
    language = ""
    if told.language:
        form = _("bahasa %(name)s, penerjemah hadir") if told.has_interpreter else _("bahasa %(name)s")
        language = form % {"name": told.language}
    return "; ".join(part for part in (language, told.because) if part)
