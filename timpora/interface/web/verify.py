"""The public page behind a letter's QR: whether this paper, or this file, is what the office issued."""

import hashlib
from dataclasses import dataclass

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from timpora.apps.identity import queries as identity
from timpora.interface.gate import public
from timpora.kernel.documents import queries
from timpora.kernel.documents.token import token_read
from timpora.kernel.documents.types import VerifiedLetter

LARGEST = 10 * 1024 * 1024
ABSENT = 404
UNPROCESSABLE = 422


class CodeForm(forms.Form):
    """The code under the QR, for whoever holds paper and no camera."""

    code = forms.CharField(
        label=_("Kode verifikasi"),
        max_length=60,
        help_text=_("16 huruf dan angka di bawah kode QR, misalnya 7KQM-29XT-BHRW-4E6P."),
    )


class FileForm(forms.Form):
    """A file that claims to be the letter; it is compared and not kept."""

    file = forms.FileField(label=_("Berkas PDF"))

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what no letter of ours can be."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                gettext("Berkas melebihi %(size)s; surat tidak pernah sebesar itu."),
                params={"size": filesizeformat(LARGEST)},
            )
        return file


@dataclass(frozen=True, slots=True)
class Comparison:
    """The digest of the file shown, and whether the register holds the same."""

    sha256: str
    is_same: bool


@public
@require_GET
def door(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    if "kode" not in request.GET:
        return _page(request, "verify/door.html", {"form": CodeForm()})
    code = token_read(request.GET["kode"])
    if code is None:
        form = CodeForm({"code": request.GET["kode"]})
        form.add_error("code", gettext("Kode terdiri atas 16 huruf dan angka. Lihat di bawah kode QR."))
        return _page(request, "verify/door.html", {"form": form}, status=UNPROCESSABLE)
    return redirect("verify:letter", code)


@public
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """Say what the register holds of this code; a file sent along is compared byte for byte."""
    found = queries.verify(token)
    if found is None:
        page = {"form": CodeForm({"code": token[:60]}), "is_unknown": True}
        return _page(request, "verify/door.html", page, status=ABSENT)
    page = {"letter": found, "issuer": _issuer(found), "form": FileForm()}
    if request.method == "GET":
        return _page(request, "verify/letter.html", page)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, "verify/letter.html", page | {"form": form}, status=UNPROCESSABLE)
    compared = _compare(found, form.cleaned_data["file"])
    return _page(request, "verify/letter.html", page | {"compared": compared})


def _issuer(found: VerifiedLetter) -> str:
    """Return the office by the register: what stands over a letter its head writes himself."""
    unit = identity.unit_get(found.unit)
    return unit.name if unit else found.unit


def _compare(found: VerifiedLetter, file: "UploadedFile[bytes]") -> Comparison:
    digest = hashlib.sha256()
    for part in file.chunks():
        digest.update(part)
    return Comparison(sha256=digest.hexdigest(), is_same=digest.hexdigest() == found.sha256)


def _page(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    answer = render(request, template, context, status=status)
    # The address is a capability: neither caches nor search engines keep it.
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    # To nobody else; with no-referrer browsers would also hide the origin that the form is checked by.
    answer["Referrer-Policy"] = "same-origin"
    return answer


app_name = "verify"
urlpatterns = [
    path("v/", door, name="door"),
    path("v/<str:token>", letter, name="letter"),
]
