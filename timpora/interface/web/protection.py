"""The room of protection: signs from the field, referrals, the ways out, and the log under the seal."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from timpora.apps.accountability import queries as accountability
from timpora.apps.cases import actions, queries
from timpora.apps.cases.types import ReferralRow
from timpora.domain.protection import CITES
from timpora.domain.states import ReferralState
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.audit_words import subject_word, tag_word
from timpora.interface.web.case_forms import ReasonForm
from timpora.interface.web.case_words import Word
from timpora.interface.web.paging import page_number
from timpora.interface.web.posko_attached import JPEG, handed
from timpora.interface.web.protection_forms import AnswerForm, EndForm, ReviewForm
from timpora.interface.web.protection_words import REFERRAL_STATES
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.errors import Refusal
from timpora.kernel.lawbook.store import lawbook

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Line:
    """A referral as the list writes it."""

    row: ReferralRow
    state: Word
    tone: str


@require_GET
@needs(P.CASES_PROTECTION_READ)
def listing(request: OfficerRequest) -> HttpResponse:
    """Show what waits, the longest first, and what is in hand; nobody is named."""
    desk = queries.protection_desk(request.actor)
    lines = [Line(row, *REFERRAL_STATES[row.state]) for row in desk.referrals]
    shown = {
        "signs": desk.signs,
        "waiting": [line for line in lines if line.row.is_mine],
        "others": [line for line in lines if not line.row.is_mine],
    }
    return render(request, "protection/list.html", shown)


@require_POST
@needs(P.CASES_PROTECTION_HANDLE)
def take_signs(request: OfficerRequest, checked_id: UUID) -> HttpResponse:
    """Take over signs from the field with one tap."""
    return _done(
        request,
        lambda: actions.signs_take(request.actor, checked_id=checked_id),
        _("Anda menanganinya sekarang. Perkaranya tertutup bagi semua yang lain."),
    )


@require_POST
@needs(P.CASES_PROTECTION_HANDLE)
def take(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """Take over a referral."""
    return _done(
        request,
        lambda: actions.referral_take(request.actor, referral_id=referral_id),
        _("Anda menanganinya sekarang."),
    )


@require_POST
@needs(P.CASES_PROTECTION_HANDLE)
def answer(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """Record what a kind of service answered."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _back(request, referral_id, gettext("Pilih jenis layanan dan jawabannya."))
    provider, said = form.answered()
    return _done(
        request,
        lambda: actions.service_answer_record(
            request.actor, referral_id=referral_id, provider=provider, answer=said
        ),
        _("Jawaban tersimpan."),
        referral_id,
    )


@require_POST
@needs(P.CASES_PROTECTION_HANDLE)
def end(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """End a referral with the person protected."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return _back(request, referral_id, gettext("Pilih bagaimana rujukan ini berakhir."))
    return _done(
        request,
        lambda: actions.referral_end(request.actor, referral_id=referral_id, ending=form.ended()),
        _("Rujukan selesai; perkaranya tetap tertutup."),
        referral_id,
    )


@require_http_methods(["GET", "POST"])
@needs(P.CASES_PROTECTION_HANDLE)
def review(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """Ask the screen anew; only without a sign it goes on to a second person."""
    referral = queries.referral_get(request.actor, referral_id)
    if referral.state not in {ReferralState.TAKEN, ReferralState.SERVED}:
        return redirect("cases:page", referral.case_id)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_record(
                request.actor,
                referral_id=referral_id,
                screening=form.screening(),
                because=form.cleaned_data["because"],
            )
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Tersimpan; menunggu petugas pelindungan kedua."))
            return redirect("cases:page", referral.case_id)
    page = {
        "referral": referral,
        "form": form,
        "articles": lawbook().holding(CITES, on=clock.today(referral.zone)),
    }
    return render(request, "protection/review.html", page, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@needs(P.CASES_PROTECTION_HANDLE)
def confirm(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """Confirm as the second person that the case may be handled again."""
    because = _reason(request)
    queries.referral_get(request.actor, referral_id)
    try:
        actions.return_confirm(request.actor, referral_id=referral_id, because=because)
    except AccessDenied:
        raise
    except Refusal as refusal:
        return _back(request, referral_id, str(refusal))
    # From the last return on the case is the office's again, and no longer for protection to read.
    messages.success(
        request,
        gettext("Rujukan dikembalikan. Perkara terbuka bagi kantor bila tidak ada rujukan lain lagi."),
    )
    return redirect("protection:list")


@require_POST
@needs(P.CASES_PROTECTION_HANDLE)
def refuse(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """Refuse a review: the person stays protected."""
    because = _reason(request)
    return _done(
        request,
        lambda: actions.return_refuse(request.actor, referral_id=referral_id, because=because),
        _("Tetap dilindungi."),
        referral_id,
    )


@require_safe
@needs(P.CASES_PROTECTION_HANDLE)
def photo(request: OfficerRequest, case_id: UUID, position: int) -> HttpResponse:
    """Hand out a photo of the visit behind a case in hand; that it was stands in the log under the seal."""
    return handed(queries.case_photo_get(request.actor, case_id, position), JPEG)


@require_http_methods(["GET", "POST"])
@needs(P.CASES_PROTECTION_READ)
def log(request: OfficerRequest) -> HttpResponse:
    """Show the log under the seal; a POST goes through the whole of it."""
    number = page_number(request)
    entries = accountability.sealed_list(request.actor, page=number)
    is_asked = request.method == "POST"
    bonds = accountability.bonds_open(request.actor) if is_asked else []
    page = {
        "lines": [(entry, tag_word(entry.tag), subject_word(entry.subject_kind)) for entry in entries],
        "number": number,
        "previous_url": f"?hal={number - 1}" if number > 1 else "",
        "next_url": f"?hal={number + 1}" if len(entries) == accountability.PAGE else "",
        "outcome": accountability.sealed_verify(request.actor) if is_asked else None,
        "bonds": len(bonds),
        "loose": [bond for bond in bonds if not bond.holds],
        "zone": zone_of_actor(request.actor),
    }
    return render(request, "protection/log.html", page)


@require_POST
@needs(P.CASES_PROTECTION_READ)
def log_export(request: OfficerRequest) -> HttpResponse:
    """Hand out the log under the seal as the file that the separate verifier reads."""
    lines = accountability.sealed_export(request.actor)
    answer = HttpResponse("\n".join([*lines, ""]), content_type="application/jsonl; charset=utf-8")
    day = clock.today(zone_of_actor(request.actor))
    answer["Content-Disposition"] = f'attachment; filename="catatan-tersegel-{day:%Y-%m-%d}.jsonl"'
    return answer


def _reason(request: OfficerRequest) -> str:
    form = ReasonForm(request.POST)
    return form.cleaned_data["because"] if form.is_valid() else ""


def _done(
    request: OfficerRequest, deed: Callable[[], UUID], said: Word, referral_id: UUID | None = None
) -> HttpResponse:
    """Do a step of one button and open its case, or tell the refusal where the button was."""
    try:
        case_id = deed()
    except AccessDenied:
        raise
    except Refusal as refusal:
        return _back(request, referral_id, str(refusal))
    messages.success(request, str(said))
    return redirect("cases:page", case_id)


def _back(request: OfficerRequest, referral_id: UUID | None, said: str) -> HttpResponse:
    messages.error(request, said)
    if referral_id is None:
        return redirect("protection:list")
    return redirect("cases:page", queries.referral_get(request.actor, referral_id).case_id)


app_name = "protection"
urlpatterns = [
    path("perlindungan", listing, name="list"),
    path("perlindungan/catatan", log, name="log"),
    path("perlindungan/catatan/ekspor", log_export, name="log-export"),
    path("perlindungan/perkara/<uuid:case_id>/foto/<int:position>", photo, name="photo"),
    path("perlindungan/tanda/<uuid:checked_id>/ambil", take_signs, name="take-signs"),
    path("perlindungan/rujukan/<uuid:referral_id>/ambil", take, name="take"),
    path("perlindungan/rujukan/<uuid:referral_id>/jawaban", answer, name="answer"),
    path("perlindungan/rujukan/<uuid:referral_id>/selesai", end, name="end"),
    path("perlindungan/rujukan/<uuid:referral_id>/tinjau", review, name="review"),
    path("perlindungan/rujukan/<uuid:referral_id>/kembalikan", confirm, name="confirm"),
    path("perlindungan/rujukan/<uuid:referral_id>/tolak", refuse, name="refuse"),
]
