"""Two contents of a report field by field, as the one who decides between them reads them."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from timpora.apps.findings.types import KINDS, CheckedView, ContentView, FindingView, ReportView
from timpora.interface.sentences import told
from timpora.interface.web.answer_words import answer_said
from timpora.interface.web.posko_page import finding_said, outcome_said
from timpora.interface.web.step_words import step_said

DEVICE_SHOWN = 4


def pair_rows(first: ContentView, other: ContentView, zone: str) -> list[dict[str, str]]:
    """Return both contents side by side, those that differ first; none where one cannot be read."""
    if first.view is None or other.view is None:
        return []
    left, right = dict(_fields(first.view, zone)), dict(_fields(other.view, zone))
    labels = [*left, *(label for label in right if label not in left)]
    # What a content leaves out is absent from it, and not unknown.
    none = _("tidak ada")
    rows = [
        {"label": label, "left": left.get(label) or none, "right": right.get(label) or none}
        for label in labels
    ]
    return sorted(rows, key=lambda row: row["left"] == row["right"])


def _fields(view: ReportView, zone: str) -> Iterator[tuple[str, str]]:
    """Tell what a report says, in the order of its form."""
    yield _("Jenis"), str(KINDS[view.kind])
    yield _("Dicatat"), f"{view.captured_at.astimezone(ZoneInfo(zone)):%d-%m-%Y %H.%M.%S}"
    yield _("Ponsel"), f"…{str(view.device_id)[-DEVICE_SHOWN:]}, " + _("nomor %(n)s") % {"n": view.device_seq}
    yield _("Koordinat"), "" if view.lat is None else f"{view.lat}; {view.lng} ± {view.accuracy_m} m"
    yield _("Dihitung di tempat"), str(view.headcount)
    yield _("Orang dicatat"), str(len(view.checked))
    for one in view.checked:
        found = [f for f in view.findings if f.checked_id == one.id]
        yield _("Orang ke-%(n)s") % {"n": one.position}, _person(one, found)
    yield _("Temuan pada tempat"), ", ".join(_finding(f) for f in view.findings if f.checked_id is None)
    for step in view.steps:
        said = step_said(step)
        words = (str(said.said.word), said.told)
        yield told(step.title), ": ".join(word for word in words if word)
    for line in view.answers:
        answer = answer_said(line)
        yield answer.question, answer.answer or (_("ada, tidak diperlihatkan") if answer.is_hidden else "")
    yield _("Keterangan"), view.note or (_("ada, tidak diperlihatkan") if view.has_note else "")


def _person(one: CheckedView, found: list[FindingView]) -> str:
    words = [one.name, one.document_number, one.document_state, one.birth_text, one.nationality, one.sex]
    return " · ".join(w for w in (*words, outcome_said(one.outcome), *map(_finding, found), one.note) if w)


def _finding(found: FindingView) -> str:
    return f"{finding_said(found.kind)}: {found.note}" if found.note else finding_said(found.kind)
