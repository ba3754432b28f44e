"""Doubtful pairs side by side: one person or two, with the reasons; the next pair appears at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from timpora.apps.intake import actions, queries
from timpora.apps.intake.types import PairPage, PairRow, PairState, Quality
from timpora.apps.registry import queries as registry
from timpora.apps.registry.types import PersonPage, PersonRow, RecordView
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.dates import date_text
from timpora.domain.names import masked
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.person_facts import birth_said, crossed_on
from timpora.interface.web.person_page import sex_word
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import Actor, P, holds
from timpora.kernel.errors import Refusal
from timpora.kernel.text import cleaned

# The bar of a reason is full at this many bits: odds of one to a million.
FULL_BAR = 20.0
LONGEST_REASON = 500
SHOWN = 6
ANSWERS = {"sama": True, "beda": False}


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of both persons."""

    label: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence and the length of its bar, 0 to 1."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Decided:
    """A pair that was decided, and how, to be taken back where it was wrong."""

    row: PairRow
    name: str
    word: str
    tone: str


@needs(P.INTAKE_PAIR_READ)
@require_safe
def pairs(request: OfficerRequest) -> HttpResponse:
    """Show the waiting pair with the strongest reasons, or the one behind `?setelah=`."""
    row = queries.pair_next(request.actor, after=_uuid(request.GET.get("setelah", "")))
    page = {
        "waiting": queries.pair_count(request.actor),
        "pair": _screen(queries.pair_get(request.actor, row.id)) if row else None,
        "decided": _decided_lines(request.actor),
        "quality": _quality(queries.linkage_quality()),
        "may_decide": holds(request.actor, P.INTAKE_PAIR_DECIDE),
        "may_list": holds(request.actor, P.INTAKE_SUBMISSION_READ),
        "zone": zone_of_actor(request.actor),
    }
    return render(request, "intake/pairs.html", page)


def _quality(measured: Quality) -> dict[str, float]:
    """Write shares as percent, one place behind the comma."""
    shares = {
        "right": measured.precision_joined,
        "found": measured.recall_joined,
        "shown": measured.recall_shown,
    }
    return {"persons": measured.persons} | {name: round(100 * share, 1) for name, share in shares.items()}


def _screen(page: PairPage) -> dict[str, object]:
    return {
        "page": page,
        "rows": _compared(page.left, page.right),
        "reasons_for": [_reason(item.sentence, item.weight) for item in page.evidence if item.weight >= 0],
        "reasons_against": [_reason(item.sentence, item.weight) for item in page.evidence if item.weight < 0],
        "percent": round(page.row.probability * 100, 1),
        "touched": _touched(page.right),
        "sources": [_joined(_source(r) for r in one.records) for one in (page.left, page.right)],
    }


def _source(record: RecordView) -> str:
    return f"{record.told_by}, {date_text(record.reported_on)}"


def _reason(sentence: str, weight: float) -> Reason:
    return Reason(sentence, min(1.0, abs(weight) / FULL_BAR))


def _compared(left: PersonPage, right: PersonPage) -> list[Compared]:
    both = (left, right)
    nations = _nations(r.nationality for page in both for r in page.records)
    posts = _posts(both)
    rows = [
        (_("Nama"), [_joined(r.name for r in page.records) for page in both]),
        (_("Tanggal lahir"), [_joined(birth_said(r.birth) for r in page.records) for page in both]),
        (_("Tempat lahir"), [_joined(r.birth_place for r in page.records) for page in both]),
        (_("Jenis kelamin"), [_joined(sex_word(r.sex) for r in page.records) for page in both]),
        (_("Kewarganegaraan"), [_joined(nations[r.nationality] for r in page.records) for page in both]),
        (_("Dokumen"), [_joined(r.document_number for r in page.records) for page in both]),
        (_("Izin tinggal"), [_joined(f"{f.kind} {f.number}".strip() for f in page.permits) for page in both]),
        (_("Penjamin"), [_joined(f.guarantor for f in page.permits) for page in both]),
        (_("Tempat menginap"), [_joined(f.lodging or f.address for f in page.stays) for page in both]),
        (_("Pemberi kerja"), [_joined(f.employer for f in page.works) for page in both]),
        (_("Perlintasan"), [_joined(_crossed(page, posts)) for page in both]),
    ]
    return [Compared(label, one, other) for label, (one, other) in rows if one or other]


def _nations(codes: Iterable[str]) -> Mapping[str, str]:
    told = set(codes)
    names = wilayah.nationality_names(told)
    return {code: f"{names[code]} ({code})" if code in names else code for code in told}


def _posts(both: Iterable[PersonPage]) -> Mapping[str, str]:
    """Return the names of the checkpoints, where any of the two has passed one."""
    if not any(page.crossings for page in both):
        return {}
    return {post.code: post.name for post in wilayah.checkpoint_list()}


def _crossed(page: PersonPage, posts: Mapping[str, str]) -> Iterable[str]:
    words = {"in": _("masuk"), "out": _("keluar")}
    return (
        f"{words[f.direction]} {date_text(crossed_on(f))} {posts.get(f.checkpoint, f.checkpoint)}".strip()
        for f in page.crossings
    )


def _joined(values: Iterable[str]) -> str:
    told = list(dict.fromkeys(value for value in values if value))
    return "; ".join(told[:SHOWN]) + ("; …" if len(told) > SHOWN else "")


def _touched(page: PersonPage) -> dict[str, int]:
    return {
        "records": len(page.records),
        "facts": len(page.permits) + len(page.crossings) + len(page.stays) + len(page.works),
    }


def _decided_lines(actor: Actor) -> list[Decided]:
    """Return the last decisions, each with its person; names are masked, the page of the person is logged."""
    rows = queries.pair_decided_list(actor, limit=SHOWN)
    people = registry.person_rows(actor, {side for row in rows for side in (row.left, row.right)})
    return [_decided(row, people) for row in rows]


def _decided(row: PairRow, people: Mapping[UUID, PersonRow]) -> Decided:
    told = [masked(people[side].name) for side in (row.left, row.right) if side in people]
    words = {
        PairState.SAME: (_("satu orang"), "good"),
        PairState.DIFFERENT: (_("dua orang"), "neutral"),
        PairState.AUTOMATIC: (_("digabung mesin"), "info"),
        PairState.WAITING: (_("menunggu"), "waiting"),
    }
    return Decided(row, _joined(told), *words[row.state])


@require_POST
@needs(P.INTAKE_PAIR_DECIDE)
def decide(request: OfficerRequest, pair_id: UUID) -> HttpResponse:
    """Decide the pair and show the next; the toast offers to take it back."""
    is_same = ANSWERS.get(request.POST.get("putusan", ""))
    because = cleaned(request.POST.get("alasan", ""))[:LONGEST_REASON]
    try:
        actions.pair_decide(request.actor, pair_id=pair_id, is_same=is_same, because=because)
    except Refusal as refusal:
        if refusal.code.startswith("access."):
            raise
        messages.error(request, str(refusal))
    else:
        text = _("Dicatat sebagai satu orang.") if is_same else _("Dicatat sebagai dua orang.")
        messages.success(request, text, extra_tags=f"undo:{reverse('intake:pair-undo', args=[pair_id])}")
    return redirect("intake:pairs")


@require_POST
@needs(P.INTAKE_PAIR_DECIDE)
def undo(request: OfficerRequest, pair_id: UUID) -> HttpResponse:
    """Take a decision back, the machine's too."""
    because = cleaned(request.POST.get("alasan", ""))[:LONGEST_REASON]
    try:
        actions.pair_undo(request.actor, pair_id=pair_id, because=because)
    except Refusal as refusal:
        if refusal.code.startswith("access."):
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Keputusan dibatalkan; pasangan kembali menunggu."))
    return redirect("intake:pairs")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
