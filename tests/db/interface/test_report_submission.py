"""`POST /api/laporan`: the contract of docs/contract-reports.md, on good and on hostile input (P2, P29)."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import arif, dodi, ratna
from tests.db.findings.field import DEVICE, at_work
from tests.depth import times
from tests.web import signed_in
from timpora.apps.findings.content import digest_of, receipt_number
from timpora.apps.findings.models import Original, Report
from timpora.kernel.audit.entry import canonical
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
ADDRESS = "/api/laporan"


@pytest.fixture
def work():
    return at_work()


@pytest.fixture
def phone(work):
    return signed_in(Client(), dodi)


def body(work, **words):
    operation, target = work
    return {
        "id": str(uuid4()),
        "operation": str(operation),
        "target": str(target),
        "kind": "pemeriksaan",
        "captured_at": "2024-08-22T10:00:00.000+08:00",
        "device": str(DEVICE),
        "seq": 1,
        "headcount": 1,
        "checked": [{"outcome": "sesuai", "name": "ALI", "findings": [{"kind": "alamat_lain"}]}],
        "steps": [
            {"code": "kenalkan-diri", "done_at": "2024-08-22T09:51:00.000+08:00"},
            {"code": "jelaskan", "done_at": "2024-08-22T09:52:00.000+08:00"},
            {"code": "bahasa", "done_at": "2024-08-22T09:53:00.000+08:00", "language": "Inggris"},
        ],
        "lat": "-3.450000",
        "lng": "115.99",
        "accuracy_m": 12,
    } | words


def post(client, value):
    text = value if isinstance(value, str | bytes) else json.dumps(value)
    return client.post(ADDRESS, text, content_type="application/json")


def test_a_new_report_gets_a_receipt_with_the_digest_of_its_canonical_text(work, phone):
    sent = body(work)
    answer = post(phone, sent)
    digest = digest_of(canonical(sent))
    assert answer.status_code == 201
    receipt = answer.json()
    assert (receipt["report"], receipt["sha256"]) == (sent["id"], digest)
    assert receipt["number"] == receipt_number(digest)
    assert receipt["verify_at"].endswith(f"/tugas/tanda-terima/{sent['id']}")
    assert receipt["qr"].startswith("data:image/svg+xml")
    assert (receipt["is_repeat"], receipt["is_conflict"], receipt["doubts"]) == (False, False, [])
    assert phone.get(f"/tugas/tanda-terima/{sent['id']}").status_code == 200
    with acting_as(ratna):
        assert Original.objects.get().content == canonical(sent)


def test_spaces_and_order_of_the_body_do_not_matter(work, phone):
    sent = body(work)
    first = post(phone, sent)
    turned = json.dumps(dict(reversed(sent.items())), indent=4, ensure_ascii=False)
    again = post(phone, turned)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"is_repeat": True}


def test_another_content_answers_conflict_and_is_kept(work, phone):
    sent = body(work)
    post(phone, sent)
    other = sent | {"note": "lain"}
    for repeated in (False, True):
        answer = post(phone, other)
        assert answer.status_code == 409
        assert answer.json()["sha256"] == digest_of(canonical(other))
        assert (answer.json()["is_conflict"], answer.json()["is_repeat"]) == (True, repeated)
    with acting_as(ratna):
        assert Original.objects.count() == 2


def test_a_stranger_is_told_to_sign_in_and_nothing_is_taken(work):
    answer = post(Client(), body(work))
    assert (answer.status_code, answer.json()["code"]) == (401, "masuk-dahulu")


def test_without_the_right_or_the_task_nothing_is_taken(work):
    assert post(signed_in(Client(), arif), body(work)).status_code == 404
    phone = signed_in(Client(), dodi)
    answer = post(phone, body(work, target=str(uuid4())))
    assert (answer.status_code, answer.json()["code"]) == (422, "findings.task-unknown")
    with acting_as(ratna):
        assert not Report.objects.exists()


def test_a_forged_page_cannot_send(work):
    strict = signed_in(Client(enforce_csrf_checks=True), dodi)
    assert post(strict, body(work)).status_code == 403


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"kind": "lain"}, "kind"),
        ({"captured_at": "kemarin"}, "captured_at"),
        ({"captured_at": "2024-08-22T10:00:00"}, "captured_at"),
        ({"captured_at": 1724292000}, "captured_at"),
        ({"captured_at": "9999-12-31T23:59:59-12:00"}, "captured_at"),
        ({"captured_at": "0001-01-01T00:00:00+14:00"}, "captured_at"),
        ({"seq": -1}, "seq"),
        ({"seq": 2**53}, "seq"),
        ({"seq": 10**400}, "seq"),
        ({"seq": 1.0}, "seq"),
        ({"seq": "1"}, "seq"),
        ({"headcount": 10**9}, "headcount"),
        ({"lat": "91"}, "lat"),
        ({"lat": -3.45}, "lat"),
        ({"lat": "NaN"}, "lat"),
        ({"lat": "1e5"}, "lat"),
        ({"lng": ""}, ""),
        ({"note": "a\x00b"}, "note"),
        ({"note": "x" * 4001}, "note"),
        ({"checked": [{"outcome": "sesuai", "name": "a\x00"}]}, "checked.0.name"),
        ({"checked": [{"outcome": "dirujuk"}]}, "checked.0.outcome"),
        ({"checked": [{}]}, "checked.0.outcome"),
        ({"checked": [{"outcome": "sesuai", "sex": "M"}]}, "checked.0.sex"),
        ({"checked": "semua"}, "checked"),
        ({"checked": [{"outcome": "sesuai"}] * 501}, "checked"),
        ({"rahasia": 1}, "rahasia"),
        ({"id": "1"}, "id"),
        ({"device": None}, "device"),
    ],
)
def test_a_fault_is_told_in_indonesian_with_its_field(work, phone, words, field):
    answer = post(phone, body(work, **words))
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"][:1]
    assert fault["field"] == field
    assert fault["message"]
    assert "Input should" not in fault["message"]
    assert "Value error" not in fault["message"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b'"AAA"',
        b"{",
        b"\xff\xfe",
        b'{"note": "\\ud800"}',
        b'{"id": ' + b"[" * 100_000,
        b'{"seq": ' + b"9" * 100_000 + b"}",
        b'{"seq": 1e999}',
        b'{"lat": NaN}',
        b"x" * 200_000,
    ],
)
def test_what_is_no_report_is_refused_and_never_a_fault_of_ours(phone, raw):
    answer = post(phone, raw)
    assert answer.status_code == 422
    assert answer.json()["code"] == "laporan-belum-benar"


def test_a_flood_is_refused_by_its_size(work, phone):
    assert post(phone, b" " * (512 * 1024 + 1)).status_code == 413
    assert post(phone, b" " * (6 * 1024 * 1024)).status_code == 413


@pytest.mark.parametrize("text", ["é", "e\u0301", "𠮷野", "محمد", "O'Brien", "<b>", "=1+1", " \t ", "\u2028"])
def test_every_human_text_comes_back_as_it_was_sent(work, phone, text):
    sent = body(work, note=text)
    assert post(phone, sent).json()["sha256"] == digest_of(canonical(sent))
    with acting_as(ratna):
        assert json.loads(Original.objects.get().content)["note"] == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
FIELDS = [
    "id", "operation", "target", "kind", "captured_at", "device", "seq", "headcount", "checked", "findings",
    "steps", "lat", "lng", "accuracy_m", "note", "encounter", "answers", "lain",
]  # fmt: skip


@settings(
    max_examples=times(100),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4))
def test_no_value_of_any_field_is_a_fault_of_ours(work, phone, words):
    assert post(phone, json.dumps(body(work) | words)).status_code in {200, 201, 409, 422}
