"""Kop surat: what stands over an office's letters, kept by its head or the administrator."""

from datetime import date
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from timpora.apps.identity import actions, queries
from timpora.apps.identity.types import HeadedOffice
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.paging import page_number, page_of
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.documents.calendar_words import DayWords
from timpora.kernel.documents.letterhead import DIRECTORATE, LetterheadWords, LetterOffice, ministry_on
from timpora.kernel.documents.numbering import number_format
from timpora.kernel.errors import Refusal
from timpora.kernel.text import cleaned

LONGEST = 160
PAGE = 50
UNPROCESSABLE = 422
# The preview shows the commonest letter of an office, a surat perintah.
SAMPLE_CLASS = "GR.03.06"
SAMPLE_PATTERN = "{kantor}-{klasifikasi}-{urut}/{tahun}"


class LetterheadForm(forms.Form):
    """The lines of a letterhead, from the ministry down to the town of the date."""

    ministry = forms.CharField(label=_("Kementerian"), max_length=LONGEST, required=False)
    directorate = forms.CharField(label=_("Direktorat jenderal"), max_length=LONGEST, required=False)
    regional_office = forms.CharField(label=_("Kantor wilayah"), max_length=LONGEST, required=False)
    office = forms.CharField(label=_("Nama kantor"), max_length=LONGEST)
    address = forms.CharField(
        label=_("Alamat"),
        max_length=LONGEST,
        help_text=_("Jalan, nomor, kota, kode pos; satu baris."),
        error_messages={"required": _("Tulis alamat kantor seperti pada kop surat Anda.")},
    )
    phone = forms.CharField(label=_("Telepon"), max_length=LONGEST, required=False)
    email = forms.EmailField(
        label=_("Surel"),
        max_length=LONGEST,
        required=False,
        error_messages={"invalid": _("Tulis alamat surel lengkap, misalnya kantor@imigrasi.go.id.")},
    )
    site = forms.CharField(label=_("Laman"), max_length=LONGEST, required=False)
    place = forms.CharField(
        label=_("Kota di depan tanggal"),
        max_length=LONGEST,
        help_text=_("Seperti pada “Batulicin, 21 Agustus 2024”."),
        error_messages={"required": _("Tulis kota tempat surat ditandatangani.")},
    )
    code = forms.CharField(
        label=_("Kode kantor dalam nomor surat"),
        max_length=40,
        required=False,
        help_text=_("Menurut tata naskah dinas, misalnya W.19.IMI.IMI.2."),
    )

    def words(self) -> LetterheadWords:
        """Return what was written; a line that repeats the register's own word follows the register."""
        return LetterheadWords(**self.cleaned_data)


def _form(held: HeadedOffice, on: date, request: OfficerRequest | None = None) -> LetterheadForm:
    words, office = held.office.words, held.office
    filled = {name: getattr(words, name) for name in LetterheadWords.__dataclass_fields__}
    filled |= {"office": words.office or office.name, "place": office.place}
    form = LetterheadForm(request.POST if request else None, initial=filled)
    standing = {
        "ministry": ministry_on(on),
        "directorate": DIRECTORATE,
        "regional_office": office.regional,
        "address": office.seat,
        "code": held.unit.code,
    }
    for name, word in standing.items():
        form.fields[name].widget.attrs["placeholder"] = word
    return form


@require_GET
@needs(P.IDENTITY_LETTERHEAD_WRITE)
def listing(request: OfficerRequest) -> HttpResponse:
    """List the offices whose letterhead the officer keeps; whoever keeps one is led to it."""
    held = queries.letterhead_list(request.actor)
    if len(held) == 1:
        return redirect("offices:letterhead", held[0].unit.code)
    text = cleaned(request.GET.get("q", ""))[:LONGEST]
    wanted = [one for one in held if _fits(one, text)]
    number = page_number(request)
    shown = wanted[(number - 1) * PAGE : number * PAGE]
    page = {
        "offices": shown,
        "empty": sum(not one.is_filled for one in held),
        "text": text,
        "page": page_of(
            number,
            size=PAGE,
            shown=len(shown),
            total=len(wanted),
            address=lambda n: f"?{urlencode([('q', text), ('hal', str(n))])}",
        ),
    }
    return render(request, "offices/list.html", page)


def _fits(held: HeadedOffice, text: str) -> bool:
    office = held.office
    searched = (
        f"{held.unit.code} {office.name} {office.words.office} {office.regional} {office.seat}".casefold()
    )
    return all(word in searched for word in text.casefold().split())


@require_http_methods(["GET", "POST"])
@needs(P.IDENTITY_LETTERHEAD_WRITE)
def letterhead(request: OfficerRequest, unit_code: str) -> HttpResponse:
    """Show an office's letterhead with a letter under it, and write it anew."""
    held = queries.letterhead_get(request.actor, unit_code)
    today = clock.today(held.unit.zone)
    if request.method == "GET":
        return _page(request, held, _form(held, today))
    form = _form(held, today, request)
    if form.is_valid():
        try:
            actions.letterhead_write(request.actor, unit_code=unit_code, words=form.words())
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Kop surat disimpan; surat berikutnya memakainya."))
            return redirect("offices:letterhead", unit_code)
    return _page(request, held, form, status=UNPROCESSABLE)


def _page(
    request: OfficerRequest, held: HeadedOffice, form: LetterheadForm, *, status: int = 200
) -> HttpResponse:
    words = _words_typed(request) if form.is_bound else held.office.words
    page = {"held": held, "form": form, "is_alone": len(queries.letterhead_list(request.actor)) == 1}
    return render(request, "offices/letterhead.html", page | _sheet(held, words), status=status)


@require_POST
@needs(P.IDENTITY_LETTERHEAD_WRITE)
def preview(request: OfficerRequest, unit_code: str) -> HttpResponse:
    """Show the letter with what is typed right now; nothing is kept."""
    held = queries.letterhead_get(request.actor, unit_code)
    return render(request, "offices/sheet.html", _sheet(held, _words_typed(request)))


def _words_typed(request: OfficerRequest) -> LetterheadWords:
    typed = {name: request.POST.get(name, "")[:LONGEST] for name in LetterheadWords.__dataclass_fields__}
    return LetterheadWords(**{name: " ".join(word.split()) for name, word in typed.items()})


def _sheet(held: HeadedOffice, words: LetterheadWords) -> dict[str, object]:
    known = held.office
    office = LetterOffice(
        name=known.name, regional=known.regional, seat=known.seat, town=known.town, words=words
    )
    today = clock.now().astimezone(ZoneInfo(held.unit.zone)).date()
    number = number_format(
        SAMPLE_PATTERN,
        ordinal=1,
        on=today,
        office=words.code or held.unit.code,
        classification=SAMPLE_CLASS,
    )
    return {
        "kop": office.letterhead(on=today),
        "place": office.place,
        "number": number,
        "dated": DayWords.of(today).long,
        "is_stand_in": not words.address,
    }


app_name = "offices"
urlpatterns = [
    path("kantor", listing, name="list"),
    path("kantor/<str:unit_code>/kop", letterhead, name="letterhead"),
    path("kantor/<str:unit_code>/kop/pratinjau", preview, name="preview"),
]
