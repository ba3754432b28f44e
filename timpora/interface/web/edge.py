"""What is refused before anything of a request is read: a body that is too large, text in odd codes."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from timpora.interface.web import errors

# No page but the form of the field may ask for the camera.
SHUT = "camera=(), microphone=()"
HSTS = "max-age=31536000; includeSubDomains"
# The server's note on a request whose body it did not take in: the limit in megabytes.
TOO_LARGE = "timpora.too_large"
# Its note on one whose text is in another code than UTF-8.
ODD_TEXT = "timpora.odd_text"


class EdgeMiddleware:
    """Answer what cannot be read with a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what can be read."""
        noted = getattr(request, "scope", {})
        if TOO_LARGE in noted:
            return _too_large(request, noted[TOO_LARGE])
        if ODD_TEXT in noted:
            return errors.bad_request(request)
        answer = self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", SHUT)
        if settings.IS_HSTS:
            # TLS ends before us, so Django cannot see it; over plain HTTP browsers pass this over.
            answer["Strict-Transport-Security"] = HSTS
        return answer


def _too_large(request: HttpRequest, limit: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        message = gettext("Laporan melebihi 512 kB. Bagi menjadi dua laporan.")
        return JsonResponse({"code": "laporan-terlalu-besar", "message": message, "errors": []}, status=413)
    return errors.too_large(request, limit)
