"""Which address a post opens to phones, and what it says to one that does not trust it yet."""

import base64
import hashlib
import os
import subprocess
import sys
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from tests.loops import played
from timpora.config import lan
from timpora.config.join import answers, door
from timpora.config.lan import Lan, LanUnusable, invitation, lan_choose, lan_environment
from timpora.kernel.authority import fingerprint_of

URL = "https://192.168.7.2:8443"
ROOT = Path(__file__).resolve().parents[3]


def choose(monkeypatch, found, asked="", host="127.0.0.1", port=8443):
    monkeypatch.setattr(lan, "_found", lambda: [IPv4Address(one) for one in found])
    return lan_choose(asked, port, host)


def test_the_only_private_address_is_taken_and_every_part_is_told_of_it(monkeypatch):
    chosen = choose(monkeypatch, ["192.168.7.2"])
    assert (chosen.url, chosen.join_url) == (URL, "http://192.168.7.2:8444/")
    assert lan_environment(chosen) == {
        "TIMPORA_LAN_ADDRESS": "192.168.7.2",
        "TIMPORA_LAN_PORT": "8443",
    }


@pytest.mark.parametrize(
    ("found", "more", "said"),
    [
        ([], {}, "tidak mempunyai alamat"),
        (["10.0.0.3", "192.168.7.2"], {}, r"10\.0\.0\.3, 192\.168\.7\.2\. Pilih satu"),
        (["192.168.7.2"], {"asked": "8.8.8.8"}, "bukan alamat jaringan lokal"),
        (["192.168.7.2"], {"asked": "192.0.2.2"}, "bukan alamat jaringan lokal"),
        (["192.168.7.2"], {"asked": "224.0.0.1"}, "bukan alamat jaringan lokal"),
        (["192.168.7.2"], {"asked": "laptop"}, "bukan alamat IPv4"),
        (["192.168.7.2"], {"host": "192.168.7.2"}, "hapus --host"),
        (["192.168.7.2"], {"port": 65535}, "--lan-port"),
        (["192.168.7.2"], {"port": 0}, "--lan-port"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_what_to_do(monkeypatch, found, more, said):
    with pytest.raises(LanUnusable, match=said):
        choose(monkeypatch, found, **more)


def test_one_of_several_is_chosen_by_hand(monkeypatch):
    found = ["10.0.0.3", "192.168.7.2"]
    assert str(choose(monkeypatch, found, asked="10.0.0.3").address) == "10.0.0.3"


def test_the_addresses_of_this_machine_are_private_ones():
    assert all(one.is_private and not one.is_loopback for one in lan._found())


def test_the_terminal_tells_where_to_join_and_what_to_compare(tmp_path):
    post = Lan(IPv4Address("192.168.7.2"), 8443)
    lan.certificate_keep(tmp_path, post)
    said = invitation(tmp_path, post, "http://localhost:8000")
    assert fingerprint_of(tmp_path / "lan") in said
    assert all(word in said for word in ("http://192.168.7.2:8444/", URL, "localhost:8000/gabung", "▀"))


def asked(path, method="GET"):
    said = []

    async def receive():
        raise AssertionError("this door reads nothing")

    async def send(message):
        said.append(message)

    scope = {"type": "http", "path": path, "method": method}
    played(lambda: door(answers(URL, b"der"))(scope, receive, send))
    return said[0]["status"], dict(said[0]["headers"]), said[1]["body"]


@pytest.mark.parametrize("path", ["/", "/gabung"])
def test_a_phone_reads_the_guide_and_no_fingerprint_that_somebody_could_have_changed(path):
    code, head, body = asked(path)
    assert (code, head[b"content-type"]) == (200, b"text/html; charset=utf-8")
    assert f'href="{URL}/masuk"'.encode() in body
    assert b"timpora-pos.crt" in body
    assert b"${" not in body
    style = body.split(b"<style>")[1].split(b"</style>")[0]
    allowed = base64.b64encode(hashlib.sha256(style).digest())
    assert head[b"content-security-policy"] == b"default-src 'none'; style-src 'sha256-%s'" % allowed


def test_a_phone_takes_the_certificate_as_one():
    code, head, body = asked("/timpora-pos.crt")
    assert (code, body, head[b"content-type"]) == (200, b"der", b"application/x-x509-ca-cert")
    assert head[b"content-disposition"] == b'attachment; filename="timpora-pos.crt"'


@pytest.mark.parametrize(
    ("path", "method", "code"),
    [
        ("/masuk", "GET", 404),
        ("/authority.pem", "GET", 404),
        ("/../lan/authority.pem", "GET", 404),
        ("/", "POST", 405),
        ("/", "HEAD", 200),
    ],
)
def test_without_tls_nothing_else_is_said_and_nothing_is_taken(path, method, code):
    answer = asked(path, method)
    assert answer[0] == code
    assert b"set-cookie" not in answer[1]
    assert (answer[2] == b"") is (method == "HEAD")


PLAIN = "timpora_session timpora_csrf"
GUARDED = "__Host-timpora_session __Host-timpora_csrf"
SETTINGS = """
from timpora.config import settings as s
cookies = s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE
behind = s.IS_HSTS, sorted(s.PROXIES), s.CSRF_TRUSTED_ORIGINS
print(s.PUBLIC_URL, s.ALLOWED_HOSTS, s.IS_TLS, *cookies, *behind, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)
"""


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, f"{URL} ['localhost', '127.0.0.1', '[::1]'] False False False False [] [] {PLAIN}"),
        ({"LAN_DOOR": "1"}, f"{URL} ['192.168.7.2'] True True True False [] [] {GUARDED}"),
        (
            {"LAN_DOOR": "1", "ALLOWED_HOSTS": "*"},
            f"{URL} ['192.168.7.2'] True True True False [] [] {GUARDED}",
        ),
        (
            {"LAN_ADDRESS": "", "PUBLIC_URL": "https://timpora.example.go.id/", "ALLOWED_HOSTS": "a"},
            "https://timpora.example.go.id/ ['a'] True True True True ['127.0.0.1', '::1'] "
            f"['https://timpora.example.go.id'] {PLAIN}",
        ),
    ],
)
def test_the_phones_door_answers_to_its_address_alone_and_the_laptop_s_own_has_no_tls(tmp_path, told, said):
    given = {"DATA": str(tmp_path), "LAN_ADDRESS": "192.168.7.2"} | told
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TIMPORA_")}
    done = subprocess.run(
        [sys.executable, "-c", SETTINGS],
        env=environment | {f"TIMPORA_{name}": value for name, value in given.items()},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == said
