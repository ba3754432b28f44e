"""The typed request of our views."""

from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from timpora.kernel.access import Actor

# Of which phones a session said it is: a revoked one takes the session along (P14), whatever it says later.
SESSION_DEVICE = "device"


def devices_of(session: SessionBase) -> list[UUID]:
    """Return every phone that a session has called itself."""
    return [UUID(one) for one in _texts(session.get(SESSION_DEVICE))]


def with_device(told: object, device: UUID) -> list[str]:
    """Return what a session keeps when it calls itself one more phone."""
    return list(dict.fromkeys([*_texts(told), str(device)]))


def _texts(told: object) -> list[str]:
    if isinstance(told, str):
        return [told]  # as sessions said it that began before one could be several
    return [str(one) for one in told] if isinstance(told, list) else []


class OfficerRequest(HttpRequest):
    """A request of a signed-in officer: the middleware has built the actor."""

    actor: Actor
    htmx: HtmxDetails
    user_id: UUID
