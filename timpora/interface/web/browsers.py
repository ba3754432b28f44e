"""Browsers in which an account was open before: wrong passwords from elsewhere do not close it there."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from timpora.apps.identity import actions

KNOWN_FOR = timedelta(days=30)
SALT = "timpora.browser"


def browser_of(request: HttpRequest, username: str) -> str:
    """Return the name of the browser where `username` was open within 30 days, or nothing."""
    found = request.get_signed_cookie(_cookie(username), "", salt=SALT, max_age=KNOWN_FOR)
    return str(found or "")


def browser_known(request: HttpRequest, answer: HttpResponse, username: str) -> None:
    """Give the browser a name of its own for this account, signed and sent to the door alone."""
    answer.set_signed_cookie(
        _cookie(username),
        browser_of(request, username) or secrets.token_urlsafe(16),
        salt=SALT,
        max_age=KNOWN_FOR,
        path=reverse(settings.LOGIN_URL),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _cookie(username: str) -> str:
    # Django signs the cookie's name with its value: one account's cookie is none for another.
    return f"timpora_browser_{actions.account_digest(username)[:32]}"
