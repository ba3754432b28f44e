"""The live style page: what the house looks like, with every component in every state."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from timpora.interface.gate import public
from timpora.interface.web.colours import TONES, colours_read, contrasts, lightness
from timpora.interface.web.style_samples import SampleForm, sample_frame, samples
from timpora.kernel import clock

GROUNDS = ("page", "surface", "sunken", "line", "edge", "text", "quiet")
ACCENTS = ("accent", "accent-solid", "accent-press", "accent-soft", "focus", "rail")
TONE_WORDS = {
    "neutral": _("Konsep"),
    "info": _("Berjalan"),
    "good": _("Disetujui"),
    "waiting": _("Menunggu putusan"),
    "caution": _("Belum diverifikasi"),
    "stop": _("Lewat tenggat"),
}
TONE_MEANINGS = {
    "neutral": _("Ada, tidak meminta apa-apa."),
    "info": _("Sedang berlangsung."),
    "good": _("Selesai atau sah."),
    "waiting": _("Menunggu orang lain."),
    "caution": _("Periksa dahulu; ada keraguan."),
    "stop": _("Berhenti, atau sudah lewat."),
}
SPACES = (4, 8, 12, 16, 20, 24, 32, 48)
SIZES = (
    ("8", 36, _("Angka dinding")),
    ("7", 26, _("Angka")),
    ("6", 20, _("Judul halaman")),
    ("5", 17, _("Judul bagian")),
    ("4", 15, _("Isi")),
    ("3", 14, _("Tabel")),
    ("2", 13, _("Keterangan")),
    ("1", 12, _("Menu, catatan kaki")),
)
ICONS = (
    "home broadcast checklist target-arrow table-import users alert-triangle gavel shield-check book "
    "database search bell user clock calendar-due map map-pin building plane-arrival plane-departure "
    "id file-text file-spreadsheet scale rubber-stamp hourglass circle-check info-circle ban eye "
    "eye-off lock printer qrcode scan camera cloud-off wifi-off refresh download upload edit trash "
    "filter arrows-join history"
)


@dataclass(frozen=True, slots=True)
class Swatch:
    """A token with its colour in both themes and how light it looks."""

    name: str
    light: str
    dark: str
    by_day: float
    by_night: float


def _swatches(names: tuple[str, ...]) -> list[Swatch]:
    found = colours_read()
    return [
        Swatch(c.name, c.light, c.dark, lightness(c.light), lightness(c.dark))
        for c in (found[name] for name in names)
    ]


@public
def style_page(request: HttpRequest) -> HttpResponse:
    """Show the look; the page holds no data of anybody and is open to everyone."""
    now = clock.now()
    page = {
        "grounds": _swatches(GROUNDS),
        "accents": _swatches(ACCENTS),
        "tones": [
            {"name": tone, "swatch": swatch, "word": TONE_WORDS[tone], "meaning": TONE_MEANINGS[tone]}
            for tone, swatch in zip(TONES, _swatches(TONES), strict=True)
        ],
        "contrasts": contrasts(),
        "colours": colours_read(),
        "sizes": SIZES,
        "spaces": SPACES,
        "icons": ICONS.split(),
        "form": SampleForm({"name": "Ratna", "found_on": "31/02/2024", "office": "b"}),
        "clean_form": SampleForm(auto_id="baru-%s"),
        **samples(now, clock.today("Asia/Makassar")),
    }
    if getattr(request, "actor", None) is None:
        page["frame"] = sample_frame(now)
    return render(request, "style/page.html", page)


app_name = "style"
urlpatterns = [path("gaya", style_page, name="page")]
