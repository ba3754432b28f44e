"""A revoked phone: its session does nothing more, and what it sends is kept and decided (P14)."""

import json
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, dodi, hasan, ratna
from tests.db.findings.field import BUDI, DEVICE, at_work, visit
from tests.db.interface.queue_files import entry_of
from tests.web import signed_in
from timpora.apps.findings import queries
from timpora.apps.findings.content import content_of
from timpora.apps.findings.models import Report
from timpora.interface.field.views import MOST_NAMES
from timpora.interface.web.callers import actor_of
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return at_work()


@pytest.fixture
def phone(work) -> Client:
    client = signed_in(Client(), dodi)
    assert contact(client).json()["is_revoked"] is False
    return client


def contact(client, device=DEVICE, queue=1):
    return client.post(reverse("field:contact"), {"ponsel": str(device), "antre": queue})


def revoke(by=bayu, because="Hilang di pasar."):
    return signed_in(Client(), by).post(reverse("devices:revoke", args=[DEVICE]), {"because": because})


def send(client, report):
    return client.post(reverse("api:report-submit"), content_of(report), "application/json")


def test_the_office_lists_the_phone_and_revokes_it_with_a_reason(phone):
    page = signed_in(Client(), hasan).get(reverse("devices:list")).content.decode()
    assert "…1111" in page
    assert "Dodi" in page
    assert revoke(because=" ").status_code == 422
    assert revoke().status_code == 302
    assert "Ponsel ini sudah dicabut." in revoke().content.decode()
    assert "Hilang di pasar." in signed_in(Client(), ratna).get(reverse("devices:list")).content.decode()


def test_the_phone_hears_of_it_and_its_session_opens_nothing_more(phone):
    assert phone.get(reverse("field:pack")).status_code == 200
    revoke()
    told = contact(phone).json()
    assert told["is_revoked"] is True
    # Whoever found it and its open session gets no key to what lies on it.
    assert told.keys() == {"officer", "is_revoked"}
    assert "now" not in told
    for name in ("field:home", "field:pack", "field:encounter-new", "start:home", "law:list", "devices:file"):
        answer = phone.get(reverse(name))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/masuk"), name
    assert phone.get(reverse("field:who")).status_code == 200
    # No stream either: whoever listens is asked for the same session.
    with acting_as(dodi):
        assert actor_of(phone.cookies["timpora_session"].value) is None


SEALED = "application/vnd.timpora.antrean+json"


def hand_over(client, entry):
    return client.post(reverse("api:report-submit"), json.dumps(entry), SEALED)


def test_a_revoked_phone_hands_its_queue_over_as_it_lies(phone, work):
    revoke()
    report = visit(*work, BUDI)
    for entry in (entry_of(report, dodi), entry_of(report, dodi, is_sealed=False)):
        answer = hand_over(phone, entry)
        assert (answer.status_code, answer.json()["is_withheld"]) == (202, True)
        assert answer.json()["sha256"] == entry["sha256"]
    other = entry_of(visit(*work, BUDI, device_seq=2), bayu)
    for wrong in (other, entry_of(report, dodi) | {"sealed": "AAAA"}, {}, []):
        assert hand_over(phone, wrong).json()["code"] == "tidak-terbaca"
    assert hand_over(phone, {"text": "x" * 1024 * 1024}).status_code == 413
    assert hand_over(Client(), other).status_code == 401


OTHER = "22222222-2222-4222-8222-222222222222"


def test_a_revoked_phone_that_calls_itself_another_stays_revoked(phone):
    revoke()
    assert contact(phone, device=OTHER).json()["is_revoked"] is True
    assert contact(phone, device=OTHER).json()["is_revoked"] is True
    assert phone.get(reverse("field:pack")).status_code == 302


def test_a_phone_that_called_itself_another_before_is_revoked_all_the_same(phone):
    assert contact(phone, device=OTHER).json()["is_revoked"] is False
    revoke()
    assert contact(phone, device=OTHER).json()["is_revoked"] is True
    assert phone.get(reverse("field:pack")).status_code == 302
    with acting_as(dodi):
        assert actor_of(phone.cookies["timpora_session"].value) is None


def test_a_session_that_calls_itself_ever_more_phones_is_sent_to_the_door(phone):
    names = [f"22222222-2222-4222-8222-{n:012}" for n in range(MOST_NAMES)]
    assert [contact(phone, device=name).status_code for name in names] == [200] * (MOST_NAMES - 1) + [422]
    revoke()
    assert contact(phone).json()["is_revoked"] is True


def test_a_report_that_names_another_phone_is_withheld_by_the_session_it_came_in(phone, work):
    revoke()
    answer = send(phone, visit(*work, BUDI, device_id=UUID(OTHER)))
    assert (answer.status_code, answer.json()["is_withheld"]) == (202, True)
    with acting_as(ratna):
        assert not Report.objects.exists()


def test_another_phone_of_the_same_officer_goes_on(phone):
    revoke()
    other = Client()
    other.cookies = signed_in(Client(), dodi).cookies
    assert contact(other, device=OTHER).json()["is_revoked"] is False
    assert other.get(reverse("field:pack")).status_code == 200


def test_a_phone_that_signs_in_again_gets_no_tasks(phone):
    revoke()
    fresh = signed_in(Client(), dodi)
    told = fresh.get(reverse("field:pack"), {"ponsel": str(DEVICE)}).json()
    assert told["is_revoked"] is True
    assert "tasks" not in told
    assert "tasks" in fresh.get(reverse("field:pack"), {"ponsel": "x"}).json()


def test_what_it_sends_is_acknowledged_as_kept_and_released_by_the_office(phone, work):
    revoke()
    report = visit(*work, BUDI)
    answer = send(phone, report)
    assert answer.status_code == 202
    assert answer.json()["is_withheld"] is True
    assert send(phone, report).json()["is_repeat"] is True
    desk = signed_in(Client(), bayu)
    page = desk.get(reverse("devices:quarantine")).content.decode()
    assert answer.json()["number"] in page
    assert "ALI" not in page
    assert "1 laporan di karantina" in desk.get(reverse("start:home")).content.decode()
    with acting_as(bayu):
        (row,) = queries.quarantine_list(bayu)
    address = reverse("devices:decide", args=[row.id])
    shown = desk.get(address).content.decode()
    assert "Dodi" in shown
    assert "ALI" not in shown
    assert desk.post(address, {"decision": "lepas"}).status_code == 422
    assert desk.post(address, {"decision": "entah", "because": "x"}).status_code == 422
    assert desk.post(address, {"decision": "lepas", "because": "Dodi membenarkan."}).status_code == 302
    assert (
        "Laporan ini sudah diputus."
        in desk.post(address, {"decision": "tolak", "because": "Ragu."}).content.decode()
    )
    with acting_as(ratna):
        assert [one.officer_name for one in Report.objects.all()] == ["Dodi"]
    assert send(phone, report).status_code == 200
    assert "Dodi membenarkan." in desk.get(reverse("devices:quarantine")).content.decode()


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"ponsel": "x", "antre": 1},
        {"ponsel": str(DEVICE), "antre": -1},
        {"ponsel": str(DEVICE), "antre": "9" * 9},
    ],
)
def test_a_contact_that_says_nothing_right_notes_nothing(work, said):
    answer = signed_in(Client(), dodi).post(reverse("field:contact"), said)
    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"]
    with acting_as(bayu):
        assert queries.device_list(bayu) == []


def test_who_may_only_look_revokes_nothing(phone):
    with acting_as(dodi):
        assert not queries.device_is_revoked(DEVICE)
    assert signed_in(Client(), dodi).get(reverse("devices:list")).status_code == 404
    assert signed_in(Client(), dodi).post(reverse("devices:revoke", args=[DEVICE])).status_code == 404
