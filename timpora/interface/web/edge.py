"""What is refused before anything of a request is read: a body that is too large, text in odd codes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from timpora.interface.web import errors

# The server's note on a request whose body it did not take in: the limit in megabytes.
TOO_LARGE = "timpora.too_large"
# Others let a sender choose how bytes become text, and some make text that no database can hold.
CHARSETS = {"utf-8", "utf8"}


class EdgeMiddleware:
    """Answer what cannot be read with a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what can be read."""
        limit: int | None = getattr(request, "scope", {}).get(TOO_LARGE)
        if limit is not None:
            return _too_large(request, limit)
        told = (request.content_params or {}).get("charset", "utf-8")
        if told.strip("\"' ").lower() not in CHARSETS:
            return errors.bad_request(request)
        return self.get_response(request)


def _too_large(request: HttpRequest, limit: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        message = gettext("Laporan melebihi 512 kB. Bagi menjadi dua laporan.")
        return JsonResponse({"code": "laporan-terlalu-besar", "message": message, "errors": []}, status=413)
    return errors.too_large(request, limit)
