"""Pages for what went wrong: plain words, what to do, nothing lost."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.csrf import requires_csrf_token

MEGABYTE = 1024 * 1024
RETRY_SECONDS = 30


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE)
    return render(request, "400.html", status=400)


@requires_csrf_token
def too_large(request: HttpRequest, limit: int) -> HttpResponse:
    """Answer a body beyond what may be sent here; `limit` is in megabytes."""
    return render(request, "413.html", {"limit": limit}, status=413)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer a request that is refused for a reason that may be told."""
    return render(request, "403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer for what is absent and for what may not be seen, in the same bytes (P10)."""
    return render(request, "404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a defect of ours."""
    return render(request, "500.html", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer while the database does not; whoever sends by himself tries again after a while."""
    if request.path.startswith("/api/"):
        message = gettext("Basis data tidak menjawab. Kiriman belum diterima; kirim lagi sebentar lagi.")
        told = {"code": "basis-data-tidak-menjawab", "message": message, "errors": []}
        answer: HttpResponse = JsonResponse(told, status=503)
    else:
        answer = render(request, "503.html", status=503)
    answer["Retry-After"] = str(RETRY_SECONDS)
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form whose session has ended; what was typed can be sent again after signing in."""
    return render(request, "403.html", {"is_form": True}, status=403)
