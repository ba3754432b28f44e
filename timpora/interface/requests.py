"""The typed request of our views."""

from uuid import UUID

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from timpora.kernel.access import Actor

# Of which phone a session is, once the form has told; a revoked one takes the session along (P14).
SESSION_DEVICE = "device"


class OfficerRequest(HttpRequest):
    """A request of a signed-in officer: the middleware has built the actor."""

    actor: Actor
    htmx: HtmxDetails
    user_id: UUID
