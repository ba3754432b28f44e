"""The door: sign-in, sign-out, purpose of the session of work, language."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from timpora.apps.identity import actions, errors
from timpora.interface.gate import needs, public
from timpora.interface.parking import SESSION_LOCK
from timpora.interface.requests import SESSION_DEVICE, OfficerRequest
from timpora.interface.sessions import session_change
from timpora.interface.web.address import address_of
from timpora.interface.web.browsers import browser_known, browser_of
from timpora.interface.web.middleware import SESSION_KEY, SESSION_PURPOSE, SESSION_USER
from timpora.kernel.access import P
from timpora.kernel.access.permissions import PURPOSES
from timpora.kernel.errors import Refusal
from timpora.kernel.text import cleaned

UNPROCESSABLE = 422
BUSY = 503


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(label=_("Nama pengguna"), max_length=150)
    password = forms.CharField(label=_("Kata sandi"), max_length=200, widget=forms.PasswordInput, strip=False)


class PurposeForm(forms.Form):
    """Why data of persons is opened in this session of work."""

    kind = forms.ChoiceField(label=_("Tujuan"), choices=[(k, _(v)) for k, v in PURPOSES.items()])
    reference = forms.CharField(
        label=_("Rujukan"),
        max_length=actions.REFERENCE_LENGTH,
        help_text=_("Nomor surat, nama operasi, atau nomor perkara. Tercatat pada setiap data yang dibuka."),
    )


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let an officer in and lead on to where he wanted to go."""
    if request.method == "GET":
        return render(request, "identity/sign_in.html", {"form": SignInForm(), "next": _next(request)})
    form = SignInForm(request.POST)
    status = UNPROCESSABLE
    if form.is_valid():
        username = form.cleaned_data["username"]
        try:
            _enter(request, username, form.cleaned_data["password"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = BUSY if isinstance(refusal, errors.SignInBusy) else UNPROCESSABLE
        else:
            answer = HttpResponseRedirect(_next(request) or "/")
            browser_known(request, answer, username)
            return answer
    page = {"form": form, "next": _next(request)}
    return render(request, "identity/sign_in.html", page, status=status)


def _enter(request: HttpRequest, username: str, password: str) -> None:
    user = actions.sign_in(
        actions.SIGN_IN_DESK,
        username=username,
        password=password,
        address=address_of(request),
        browser=browser_of(request, username),
    )
    if user is None:
        raise errors.SignInRefused
    # A new session identifier at sign-in, so that one planted before is worth nothing (P13).
    request.session.cycle_key()
    for told in (SESSION_DEVICE, SESSION_LOCK):  # Which phone it is, the form tells anew.
        request.session.pop(told, None)
    # Twelve hours from now, however often something of it is written down meanwhile.
    request.session.set_expiry(timedelta(seconds=settings.SESSION_COOKIE_AGE))
    request.session[SESSION_USER] = str(user.id)
    request.session[SESSION_KEY] = user.session_key
    request.session.pop(SESSION_PURPOSE, None)


@require_POST
def sign_out(request: OfficerRequest) -> HttpResponse:
    """End the session of work."""
    actions.sign_out(request.actor)
    request.session.flush()
    return redirect("identity:sign-in")


@needs(P.IDENTITY_SESSION_OPEN)
@require_http_methods(["GET", "POST"])
def purpose(request: OfficerRequest) -> HttpResponse:
    """Choose the purpose of this session of work, once; the header shows it."""
    chosen = request.actor.purpose
    if request.method == "GET":
        initial = {"kind": chosen.kind, "reference": chosen.reference} if chosen else {}
        return render(
            request, "identity/purpose.html", {"form": PurposeForm(initial=initial), "next": _next(request)}
        )
    form = PurposeForm(request.POST)
    if form.is_valid():
        try:
            found = actions.purpose_choose(request.actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            chosen_now = {"kind": found.kind, "reference": found.reference}
            session_change(request.session, SESSION_PURPOSE, lambda _held: chosen_now)
            return HttpResponseRedirect(_next(request) or "/")
    page = {"form": form, "next": _next(request)}
    return render(request, "identity/purpose.html", page, status=UNPROCESSABLE)


@needs(P.IDENTITY_SESSION_OPEN)
@require_POST
def language(request: OfficerRequest) -> HttpResponse:
    """Switch the language of screens; statutory terms stay Indonesian."""
    chosen = actions.language_choose(request.actor, language=request.POST.get("language", "id"))
    answer = HttpResponseRedirect(_next(request) or "/")
    # The door speaks it too, the next time this browser stands there.
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return answer


def _next(request: HttpRequest) -> str:
    """Return the page of this program to go on to, or nothing: no other host, and no path to guess about."""
    wanted = cleaned(request.POST.get("lanjut") or request.GET.get("lanjut") or "")
    is_safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if is_safe and wanted.startswith("/") else ""


app_name = "identity"
urlpatterns = [
    path("masuk", sign_in, name="sign-in"),
    path("keluar", sign_out, name="sign-out"),
    path("tujuan", purpose, name="purpose"),
    path("bahasa", language, name="language"),
]
