"""Static files as whole answers."""

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves the gathered files as WhiteNoise does, but each in one piece.

    Its own answers are read piece by piece, which an asynchronous server does not do without complaining of
    each; the largest of our files is a megabyte or two.
    """

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """Return the file, the asked part of it, or that it has not changed."""
        found = static_file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file as file:
                content = file.read()
        answer = HttpResponse(content, status=int(found.status))
        # A type only where the file has one: what has not changed is sent without.
        del answer["Content-Type"]
        for name, value in found.headers:
            answer[name] = value
        return answer
