"""The typed request of our views."""

from uuid import UUID

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from timpora.kernel.access import Actor


class OfficerRequest(HttpRequest):
    """A request of a signed-in officer: the middleware has built the actor."""

    actor: Actor
    htmx: HtmxDetails
    user_id: UUID
