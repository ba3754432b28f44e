"""What a hostile client sends before any page is reached: cookies, bodies, hosts, paths (P29)."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.cast import bayu, dodi
from tests.web import signed_in
from timpora.interface.web.edge import ODD_TEXT, TOO_LARGE, EdgeMiddleware

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "value", ['"aaaaaaaaaa\\000"', "x" * 5000, "ü" * 10, '"\\377\\376aaaaaaaa"', "'; --aaaaaa"]
)
def test_a_session_cookie_made_up_by_hand_is_no_session(value):
    client = Client(raise_request_exception=False)
    answer = client.get("/", headers={"cookie": f"timpora_session={value}"})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"]
)
def test_a_report_in_another_wrapping_is_refused_in_json(kind):
    client = signed_in(Client(raise_request_exception=False, enforce_csrf_checks=True), dodi)
    token = "a" * 32
    client.cookies["timpora_csrf"] = token
    body = (
        b'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
        + token.encode()
        + b"\r\n--x--\r\n"
    )
    answer = client.post("/api/laporan", data=body, content_type=kind, headers={"x-csrftoken": token})
    assert answer.status_code in {415, 422}
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "path",
    [
        "/static/tidak-ada",
        "/static/%00",
        "/v/%00%00",
        "/hukum/%00",
        "/tidak-ada/%ff%fe",
        "/acuan/indeks-visa/99999999999999999999999",
    ],
)
def test_an_odd_path_is_a_plain_404(path):
    client = signed_in(Client(raise_request_exception=False), bayu)
    assert client.get(path).status_code in {400, 404, 422}


def test_a_foreign_host_is_refused():
    assert (
        Client(raise_request_exception=False).get("/masuk", headers={"host": "jahat.example"}).status_code
        == 400
    )


def test_the_door_leads_nowhere_outside():
    for wanted in (
        "//jahat.example",
        "https://jahat.example/",
        "/\\jahat.example",
        "javascript:alert(1)",
        "\x00//jahat.example",
    ):
        answer = Client().get(reverse("identity:sign-in"), {"lanjut": wanted})
        assert b"jahat" not in answer.content
        assert b"javascript:alert" not in answer.content


def test_an_unsafe_verb_without_a_token_is_refused():
    client = signed_in(Client(raise_request_exception=False, enforce_csrf_checks=True), bayu)
    assert client.post("/api/laporan", data=b"{}", content_type="application/json").status_code == 403
    assert client.post(reverse("identity:sign-out")).status_code == 403


@pytest.mark.parametrize(
    ("path", "note", "status", "word"),
    [
        ("/daftar/kirim", {TOO_LARGE: 256}, 413, "256 MB"),
        ("/masuk", {ODD_TEXT: True}, 400, "tidak terbaca"),
        ("/api/laporan", {TOO_LARGE: 12}, 413, "laporan-terlalu-besar"),
    ],
)
def test_what_the_server_did_not_read_is_answered_in_words(path, note, status, word):
    request = RequestFactory().post(path)
    request.scope = note
    answer = EdgeMiddleware(None)(request)
    assert answer.status_code == status
    assert word in answer.content.decode()
