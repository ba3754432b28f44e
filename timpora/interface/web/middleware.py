"""The edge: one transaction a request, in which database and program know who asks."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from timpora.apps.findings import queries as findings
from timpora.apps.identity import queries
from timpora.interface.gate import PUBLIC
from timpora.interface.parking import is_parked, stay
from timpora.interface.requests import devices_of
from timpora.interface.web import errors
from timpora.interface.web.posko_still import pass_end, without_database
from timpora.kernel.access import AccessDenied, Actor, Purpose, PurposeMissing
from timpora.kernel.database.outage import Away, is_away, outage
from timpora.kernel.database.session import assume
from timpora.kernel.errors import Refusal

SESSION_USER = "user"
SESSION_KEY = "key"
SESSION_PURPOSE = "purpose"
# Set on a request in whose midst the database went away.
LOST = "database_is_lost"
SERVER_FAULT = 500
UNPROCESSABLE = 422
# What the session of a revoked phone may still do: hear of it, and hand over what was finished.
LEFT = frozenset({"field:contact", "field:who", "identity:sign-out"})
# What a parked session may do: open the form, which holds nothing, show its lock's secret, send reports.
WHILE_PARKED = LEFT | {"api:photo", "field:home"}
LOCKED = 423


class OfficerMiddleware:
    """Build the actor, set the row-level security of the transaction, word the refusals.

    The transaction ends before the answer leaves, and is undone where the answer is a fault of ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request inside its transaction."""
        if request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        try:
            outage.check()
            response = self._answer(request)
        except (Away, InterfaceError, OperationalError) as error:
            if not isinstance(error, Away):
                if not is_away(error):
                    raise
                outage.suspect()
            return without_database(request)
        if not getattr(request, LOST, False):
            pass_end(request, response)
        return _uncached(request, response)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        # What is answered afterwards without a session must not speak the language of whoever was here.
        with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
            assume(None)
            # It answers; others need not wait for what this request may still take.
            outage.learn(is_away=False)
            actor = _actor_of(request)
            request.actor = actor  # type: ignore[attr-defined]
            if actor:
                assume(actor)
            _speak(request, actor)
            response = self.get_response(request)
            is_lost = getattr(request, LOST, False)
            if is_lost or response.status_code >= SERVER_FAULT:
                transaction.set_rollback(True)
        if is_lost:
            outage.suspect()
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: Any,
        kwargs: Any,
    ) -> HttpResponse | None:
        """Send whoever has not signed in to the door, and come back afterwards."""
        is_open = getattr(view, PUBLIC, False)
        if not is_open and (getattr(request, "actor", None) is None or _is_revoked(request)):
            return _door(request)
        if not is_open and not _is_any_of(request, WHILE_PARKED):
            if is_parked(request.session):
                return _parked(request)
            stay(request.session)
        if any("\0" in word for word in kwargs.values() if isinstance(word, str)):
            raise Http404  # Nothing is called so, and the database would not even take the question.
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Word a refusal: absent for what may not be seen, 403 without a purpose, 422 for the rest."""
        if is_away(error):
            setattr(request, LOST, True)
            return without_database(request)
        if not isinstance(error, Refusal):
            return None
        # What a refused deed had written is gone with its own savepoint; the request's reads stay logged.
        if isinstance(error, AccessDenied):
            return errors.not_found(request, error)
        if isinstance(error, PurposeMissing):
            return render(request, "identity/purpose_needed.html", status=403)
        return render(request, "422.html", {"refusal": error}, status=UNPROCESSABLE)


def _is_any_of(request: HttpRequest, names: frozenset[str]) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name in names


def _is_revoked(request: HttpRequest) -> bool:
    """Tell whether the session is of a revoked phone, and asks for anything but what is left to it."""
    devices = devices_of(request.session)
    if not devices or request.resolver_match is None or _is_any_of(request, LEFT):
        return False
    return findings.devices_revoked(devices) is not None


def _parked(request: HttpRequest) -> HttpResponse:
    """Ask for the PIN, and say nothing of anybody; what was typed is sent again afterwards by reloading."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = reverse("field:home")
        return answer
    return render(request, "identity/parked.html", status=LOCKED)


def _door(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = reverse(settings.LOGIN_URL)
        return answer
    query = urlencode({"lanjut": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{query}")


def _actor_of(request: HttpRequest) -> Actor | None:
    stored = request.session.get(SESSION_USER)
    if not stored:
        return None
    purpose = request.session.get(SESSION_PURPOSE)
    actor = queries.actor_get(
        UUID(stored),
        session_key=request.session.get(SESSION_KEY, -1),
        purpose=Purpose(**purpose) if purpose else None,
    )
    if actor is None or not actor.grants:
        # Revoked, closed or out of assignment: the session is over wherever it was opened (P14).
        request.session.flush()
        return None
    return actor


def _speak(request: HttpRequest, actor: Actor | None) -> None:
    """Speak the officer's language; at the door that of the last switch, and Indonesian before any."""
    told = actor.language if actor else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = told if told in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    translation.activate(language)
    request.LANGUAGE_CODE = language


def _uncached(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if getattr(request, "actor", None) is not None and "Cache-Control" not in response:
        response["Cache-Control"] = "no-store"
    return response
