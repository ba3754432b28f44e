"""An officer at a browser, without the browser: signs in, sends forms and reports, keeps the session.

The demonstration goes through the same doors as people do, so there is no other door.
"""

import json
import mimetypes
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

# At the door of a post's phones it is bound to the address (`__Host-`).
CSRF_COOKIE: Final = "timpora_csrf"
SECONDS: Final = 60
LED_ON: Final = range(300, 400)
Fields = Mapping[str, str | Sequence[str]]


class CallRefused(Exception):
    """The program refused what the scenario sent; the message names address, code and words."""


class CannotReach(Exception):
    """Nothing answers at the address."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: code, the address it came from or leads on to, the text."""

    code: int
    address: str
    text: str


class _Forms(HTTPRedirectHandler):
    """Does not open the page that a taken form leads on to: whoever wants to read it asks for it."""

    def redirect_request(self, req: Request, *about: Any) -> Request | None:
        return super().redirect_request(req, *about) if req.get_method() == "GET" else None


class Caller:
    """One officer's session at `base` (such as http://localhost:8000)."""

    def __init__(self, base: str, username: str) -> None:
        self.username = username
        self._base = base
        self._cookies = CookieJar()
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(self._cookies), _Forms)

    def sign_in(self, password: str) -> None:
        """Sign in; raises `CallRefused` where the door stays shut."""
        self.get("/masuk")
        self.post("/masuk", {"username": self.username, "password": password})

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self._send(Request(urljoin(self._base, path)))  # noqa: S310 - the address is ours

    def post(self, path: str, fields: Fields) -> Answer:
        """Send a form and say where it leads; raises `CallRefused` for a form that comes back."""
        return self._send(self._request(path, urlencode(fields, doseq=True).encode()))

    def post_file(self, path: str, fields: Fields, name: str, data: bytes, *, field: str) -> Answer:
        """Send a form with one file."""
        boundary = secrets.token_hex(16)
        body = _multipart(boundary, fields, field, name, data)
        return self._send(self._request(path, body, f"multipart/form-data; boundary={boundary}"))

    def post_json(self, path: str, body: Mapping[str, object], *, accept: Sequence[int] = ()) -> Answer:
        """Send a report as the phone does; codes in `accept` are answers, not refusals."""
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return self._send(self._request(path, text.encode(), "application/json"), accept)

    def _request(self, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> Request:
        headers = {"Content-Type": kind, "Referer": self._base, "Accept-Language": "id"}
        token = next((cookie.value for cookie in self._cookies if cookie.name.endswith(CSRF_COOKIE)), None)
        if token:
            headers["X-CSRFToken"] = token
        return Request(urljoin(self._base, path), data=body, headers=headers)  # noqa: S310 - ours

    def _send(self, request: Request, accept: Sequence[int] = ()) -> Answer:
        try:
            with self._opener.open(request, timeout=SECONDS) as response:
                return _answer(response)
        except HTTPError as error:
            if error.code in LED_ON:
                error.close()
                return Answer(error.code, urljoin(request.full_url, error.headers["Location"]), "")
            with error:
                text = error.read().decode(errors="replace")
            if error.code in accept:
                return Answer(error.code, request.full_url, text)
            raise CallRefused(
                f"{self.username}: {request.full_url} menjawab {error.code}. {_words(text)}"
            ) from error
        except (URLError, TimeoutError, ConnectionError) as error:
            raise CannotReach(f"Tidak ada yang menjawab di {self._base}: {error}") from error


def _answer(response: HTTPResponse) -> Answer:
    return Answer(response.status, response.url, response.read().decode(errors="replace"))


def _multipart(boundary: str, fields: Fields, field: str, name: str, data: bytes) -> bytes:
    parts: list[bytes] = []
    for key, value in fields.items():
        for one in [value] if isinstance(value, str) else value:
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n'
            parts.append(head.encode() + one.encode() + b"\r\n")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    parts.append(head.encode() + f"Content-Type: {kind}\r\n\r\n".encode() + data + b"\r\n")
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts)


def _words(page: str) -> str:
    """Return what a refused page says, without its markup, as far as it helps."""
    for mark in ('class="error-summary"', 'class="error"', '"detail"', '"message"'):
        at = page.find(mark)
        if at >= 0:
            return " ".join(page[at : at + 600].split())
    return " ".join(page[:300].split())
