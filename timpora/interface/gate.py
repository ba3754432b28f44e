"""Which views are public and which permission opens a door; all finer questions are asked below."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from timpora.interface.requests import OfficerRequest
from timpora.kernel.access import AccessDenied, P, holds

Args = ParamSpec("Args")
View = Callable[Concatenate[OfficerRequest, Args], HttpResponse]
PUBLIC = "timpora_is_public"


def public(
    view: Callable[Concatenate[HttpRequest, Args], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Args], HttpResponse]:
    """Let everybody in, signed in or not; every other view needs an officer."""
    setattr(view, PUBLIC, True)
    return view


def needs(*permissions: P) -> Callable[[View[Args]], View[Args]]:
    """Open the view to whoever holds one of `permissions` somewhere; for others it does not exist (404)."""

    def wrap(view: View[Args]) -> View[Args]:
        @wraps(view)
        def guarded(request: OfficerRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponse:
            if not any(holds(request.actor, permission) for permission in permissions):
                raise AccessDenied
            return view(request, *args, **kwargs)

        return guarded

    return wrap
