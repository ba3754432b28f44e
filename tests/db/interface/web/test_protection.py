"""The room of protection on screens: what waits, one tap, the ways out; for nobody else it exists."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import arif, bayu, dodi, hasan, lestari, machine, officer, ratna
from tests.conftest import DAY
from tests.db.cases import folder
from tests.db.cases.folder import CLEAR, HEARD, SIGNS
from tests.db.findings.field import BUDI, at_work, visit
from tests.web import signed_in
from timpora.apps.cases import actions, queries
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.types import Outcome
from timpora.kernel import clock
from timpora.kernel.audit.log import sequence
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
melati = officer("Melati", "victim_protection_officer", "DITJEN", "ID")
TOLD = replace(BUDI, name="SITI ALI", outcome=Outcome.PROTECTION, signs=("Upah ditahan",), note="Ia takut.")
REVIEW = {**HEARD, "language": "Mandarin", "note": "", "because": "Pamannya, bukan mandor."}


def text_of(answer):
    return " ".join(answer.content.decode().split())


def main_of(answer):
    return text_of(answer).split("<main", 1)[1]


@pytest.fixture
def signs():
    operation, target = at_work()
    with acting_as(dodi):
        report_submit(dodi, report=visit(operation, target, TOLD))
    return operation


@pytest.fixture
def desk():
    return signed_in(Client(), lestari)


@pytest.fixture
def referred():
    folder.office()
    case = folder.screened(SIGNS)
    with acting_as(lestari):
        return case, queries.referral_list(lestari, case)[0].id


def press(client, route, identifier, data=None):
    return client.post(reverse(f"protection:{route}", args=[identifier]), data or {}, follow=True)


def test_signs_wait_on_the_start_page_and_are_taken_over_with_one_tap(signs, desk):
    with clock.standing_at(DAY + timedelta(hours=3)):
        start = text_of(desk.get("/"))
    assert "1 tanda dari lapangan" in start
    assert "menunggu sejak 22-08-2024 10.00 WITA" in start
    listed = main_of(desk.get(reverse("protection:list")))
    assert "Upah ditahan" in listed
    assert "S••• A••" in listed
    for word in ("SITI", "Ia takut", "A 1234567"):
        assert word not in listed
    with acting_as(lestari):
        (one,) = queries.protection_desk(lestari).signs
    opened = text_of(press(desk, "take-signs", one.checked_id))
    for word in ("SITI ALI", "Ia takut.", "Upah ditahan", "Catat jawaban layanan"):
        assert word in opened
    assert "tanda dari lapangan" not in text_of(desk.get("/"))
    assert "PL-0001/2024" in main_of(desk.get(reverse("protection:list")))


def test_for_everybody_else_there_is_no_such_room_and_no_sign(signs, desk):
    with acting_as(lestari):
        (one,) = queries.protection_desk(lestari).signs
    for stranger in (bayu, hasan, ratna, arif, dodi):
        client = signed_in(Client(), stranger)
        for route in ("list", "log"):
            assert client.get(reverse(f"protection:{route}")).status_code == 404
        assert press(client, "take-signs", one.checked_id).status_code == 404
        start = text_of(client.get("/"))
        assert "Upah ditahan" not in start
        assert "/perlindungan" not in start
    board = signed_in(Client(), ratna)
    for path in ("", "/papan", "/dinding", "/laporan"):
        page = text_of(board.get(f"/posko/{signs}{path}")).casefold()
        for word in ("upah ditahan", "ia takut", "pelindungan", "korban"):
            assert word not in page


def test_a_referral_is_served_and_ends_protected(referred, desk):
    case, referral = referred
    assert "menunggu diambil" in main_of(desk.get(reverse("protection:list")))
    assert "Paspor dipegang mandor." in text_of(press(desk, "take", referral))
    refused = text_of(press(desk, "answer", referral, {"provider": "rumah_pelindungan", "answer": ""}))
    assert "Pilih jenis layanan dan jawabannya." in refused
    served = text_of(press(desk, "answer", referral, {"provider": "layanan_kesehatan", "answer": "diterima"}))
    assert "diterima layanan" in served
    assert "Pilih bagaimana" in text_of(press(desk, "end", referral, {"ending": "x"}))
    ended = text_of(press(desk, "end", referral, {"ending": "pulang_sukarela"}))
    assert "tetap tertutup" in ended
    assert str(case) not in main_of(desk.get(reverse("protection:list")))


def test_a_review_keeps_every_word_and_waits_for_a_second_officer(referred, desk):
    case, referral = referred
    address = reverse("protection:review", args=[referral])
    assert desk.get(address).url == reverse("cases:page", args=[case])
    press(desk, "take", referral)
    refused = desk.post(address, {**REVIEW, "utang": "ya"})
    assert refused.status_code == 422
    assert "tetap dilindungi" in text_of(refused)
    assert "Pamannya, bukan mandor." in text_of(refused)
    assert desk.post(address, REVIEW).url == reverse("cases:page", args=[case])
    own = text_of(desk.get(reverse("cases:page", args=[case])))
    assert "Menunggu petugas pelindungan lain" in own
    assert "Benarkan" not in own
    assert "petugas pelindungan lain" in text_of(press(desk, "confirm", referral, {"because": "x"}))
    second = signed_in(Client(), melati)
    assert "1 rujukan menunggu Anda" in text_of(second.get("/"))
    assert "Benarkan" in text_of(second.get(reverse("cases:page", args=[case])))
    assert "Tulis alasannya" in text_of(press(second, "confirm", referral, {"because": " "}))
    done = text_of(press(second, "confirm", referral, {"because": "Benar."}))
    assert "Rujukan dikembalikan" in done
    with acting_as(bayu):
        assert not queries.case_get(bayu, case).is_closed_to_reader


def test_a_refused_review_is_told_and_the_person_stays_protected(referred, desk):
    _case, referral = referred
    with acting_as(lestari):
        actions.referral_take(lestari, referral_id=referral)
        actions.review_record(lestari, referral_id=referral, screening=CLEAR, because="x")
    second = signed_in(Client(), melati)
    shown = text_of(press(second, "refuse", referral, {"because": "Ia takut bicara."}))
    assert "Tetap dilindungi." in shown
    assert "Ia takut bicara." in shown


def test_the_log_under_the_seal_is_read_and_proven_by_protection(referred, desk):
    case, referral = referred
    assert "Belum ada catatan" in text_of(desk.get(reverse("protection:log")))
    press(desk, "take", referral)
    page = text_of(desk.get(reverse("protection:log")))
    assert "Rujukan diambil" in page
    assert "Data orang dibuka" in page
    assert "LI WEI" not in page
    with acting_as(machine):
        sequence()
    checked = text_of(desk.post(reverse("protection:log")))
    assert "Catatan utuh" in checked
    assert "1 ikatan pada catatan umum dibuka dan cocok." in checked
    given = desk.post(reverse("protection:log-export"))
    assert given["Content-Disposition"].startswith('attachment; filename="catatan-tersegel-2024-08-22')
    assert given.content.startswith(b'{"format": "timpora-audit/1"')
    assert "Catatan di bawah segel diunduh" in text_of(desk.get(reverse("protection:log")))
    assert signed_in(Client(), arif).post(reverse("protection:log-export")).status_code == 404
    with acting_as(lestari):
        person = queries.case_get(lestari, case).party.person_id
    reads = reverse("accountability:reads", args=[person])
    assert "Lestari" in main_of(desk.get(reads))
    for reader in (bayu, arif):
        assert "Lestari" not in main_of(signed_in(Client(), reader).get(reads))
    assert "Lestari" not in main_of(signed_in(Client(), bayu).get(reverse("registry:person", args=[person])))
