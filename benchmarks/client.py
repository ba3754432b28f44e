"""An officer at a browser, without the browser, on one kept-alive connection: fit to take times with."""

import http.client
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

SECONDS = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and the milliseconds from the first byte sent to the last one read."""

    code: int
    text: str
    location: str
    milliseconds: float


class Officer:
    """A session at the server on `port` of this machine."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        self.port = port
        self.cookies: dict[str, str] = {}

    def sign_in(self, username: str, password: str) -> "Officer":
        """Sign in and choose a purpose."""
        self.get("/masuk")
        self._expect(self.form("/masuk", {"username": username, "password": password}), 302)
        self._expect(self.form("/tujuan", {"kind": "operasi", "reference": "Ukuran"}), 302)
        return self

    def get(self, path: str) -> Answer:
        """Fetch a page, without following where it leads."""
        return self._send("GET", path)

    def form(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self._send("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def json(self, path: str, body: str) -> Answer:
        """Send a report as a phone does."""
        return self._send("POST", path, body.encode(), "application/json")

    def file(self, path: str, fields: Mapping[str, str], field: str, name: str, data: bytes) -> Answer:
        """Send a form with one file."""
        edge = secrets.token_hex(16)
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        parts += [head.encode(), b"Content-Type: text/csv\r\n\r\n", data, f"\r\n--{edge}--\r\n".encode()]
        return self._send("POST", path, b"".join(parts), f"multipart/form-data; boundary={edge}")

    def _send(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        headers = {"Host": f"localhost:{self.port}", "Accept-Language": "id", "Cookie": self.cookie()}
        if body is not None:
            headers |= {"Content-Type": kind, "Referer": f"http://localhost:{self.port}/"}
            headers["X-CSRFToken"] = self.cookies.get("timpora_csrf", "")
        began = time.perf_counter()
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # The server gave up an idle connection: a browser would open another one, too.
            self._connection.close()
            began = time.perf_counter()
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
        text = response.read().decode(errors="replace")
        spent = (time.perf_counter() - began) * 1000
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(response.status, text, response.headers.get("Location", ""), spent)

    def hang_up(self) -> None:
        """Give the connection up, as after an answer that broke off; the next request opens another."""
        self._connection.close()

    def cookie(self) -> str:
        """Return the cookies as a request carries them."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    @staticmethod
    def _expect(answer: Answer, code: int) -> None:
        if answer.code != code:
            raise SystemExit(f"expected {code}, got {answer.code}: {words_of(answer.text)}")


def words_of(page: str) -> str:
    """Return what a page says, without its markup, as far as it helps."""
    main = page[max(page.find("<main"), 0) :]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())[:300]
