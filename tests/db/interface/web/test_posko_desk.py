"""The posko's desk on screen and on the phone: messages in, teams out, each within what the reader may."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.cast import bayu, citra, dodi, hasan, ratna
from tests.conftest import DAY
from tests.db.findings.field import at_work
from tests.db.interface.web.test_posko import page, words
from tests.db.operations import world
from tests.web import signed_in
from timpora.apps.operations import queries
from timpora.domain.states import JournalState, TeamState
from timpora.interface.field.book import book
from timpora.kernel.access import Actor
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
FORM = {"text": "Jembatan putus di Km 12.", "medium": "wa", "priority": "darurat", "unit": world.BATULICIN}


@pytest.fixture
def operation() -> UUID:
    return at_work()[0]


def post(actor: Actor, path: str, fields: dict[str, str], status: int = 302) -> str:
    answer = signed_in(Client(), actor).post(path, fields)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def entries(operation: UUID, by: Actor = ratna) -> list[object]:
    with acting_as(by):
        return queries.journal_list(by, operation)


def team(operation: UUID) -> object:
    with acting_as(ratna):
        return queries.team_states(ratna, operation)[0]


def test_a_message_is_written_handed_on_settled_and_shown_on_the_board(operation):
    address = f"/posko/{operation}/jurnal"
    post(ratna, address, FORM | {"owner": world.BATULICIN})
    (row,) = entries(operation)
    for actor in (ratna, hasan):
        board = words(page(actor, f"/posko/{operation}"))
        assert "1 pesan terbuka" in board
        assert "Jembatan putus di Km 12." in board
        assert "Jembatan putus" in words(page(actor, address))
    assert "Jembatan" not in page(citra, address)
    post(hasan, f"{address}/{row.id}", {"because": "Lewat jalan lain."})
    assert entries(operation)[0].state is JournalState.SETTLED
    assert "pesan terbuka" not in words(page(ratna, f"/posko/{operation}"))
    post(ratna, f"{address}/{row.id}", {"because": "Masih terputus.", "owner": "DITJEN"})
    assert (entries(operation)[0].state, entries(operation)[0].owner) == (JournalState.OPEN, "DITJEN")


def test_a_message_that_cannot_be_read_keeps_what_was_typed(operation):
    address = f"/posko/{operation}/jurnal"
    later = f"{DAY + timedelta(hours=12):%Y-%m-%dT%H:%M}"
    for wrong in ({"text": " "}, {"unit": "KANIM-ASING"}, {"noted_at": later}):
        told = post(ratna, address, FORM | wrong, 422)
        assert "Jembatan putus" in told or "text" in wrong
        assert "error-summary" in told
    post(dodi, address, FORM, 404)
    post(citra, address, FORM, 422)  # Batulicin is no office of hers
    assert entries(operation) == []


def test_the_hour_of_a_message_is_one_of_the_zone_that_the_form_names(operation):
    address = f"/posko/{operation}/jurnal"
    assert "Waktu WITA; kosong berarti sekarang." in page(hasan, address)
    local = (DAY - timedelta(hours=1)).astimezone(ZoneInfo("Asia/Makassar"))
    post(hasan, address, FORM | {"owner": "", "noted_at": f"{local:%d-%m-%Y %H.%M}"})
    assert entries(operation)[0].noted_at == local.replace(second=0, microsecond=0)


def test_a_correction_stands_beside_what_it_replaces(operation):
    address = f"/posko/{operation}/jurnal"
    post(bayu, address, FORM)
    (row,) = entries(operation)
    form = page(bayu, f"{address}?koreksi={row.id}")
    assert str(row.id) in form.split('name="corrects"', 1)[1][:120]
    better = FORM | {"text": "Jembatan putus di Km 21.", "corrects": str(row.id)}
    assert "Mengapa dikoreksi" in words(post(bayu, address, better, 422))
    post(bayu, address, better | {"because": "Salah dengar."})
    text = words(page(ratna, address))
    assert "Km 12." in text
    assert "Km 21." in text
    assert "dikoreksi, lihat penggantinya" in text
    assert ": Salah dengar." in text


def test_what_a_correction_replaced_stays_on_the_owners_list_until_that_is_settled(operation):
    address = f"/posko/{operation}/jurnal"
    post(ratna, address, FORM | {"owner": world.BATULICIN})
    (row,) = entries(operation)
    said = {"text": "Jembatan putus di Km 21.", "corrects": str(row.id), "because": "Salah dengar."}
    post(ratna, address, FORM | said | {"owner": ""})
    waiting, _, rest = words(page(bayu, address)).partition("Dicatat dan selesai")
    assert ("Km 12." in waiting, "Km 21." in waiting, rest) == (True, True, "")
    better = next(one for one in entries(operation) if one.is_open)
    post(bayu, f"{address}/{better.id}", {"because": "Sudah dialihkan."})
    waiting, _, rest = words(page(bayu, address)).partition("Dicatat dan selesai")
    assert ("Km 12." in waiting, "Km 12." in rest) == (False, True)


def test_the_posko_records_what_it_hears_of_a_team_and_corrects_it(operation):
    address = f"/posko/{operation}/regu"
    one = team(operation)
    assert "1 regu = 0 di lokasi + 0 di jalan + 1 di kantor" in words(page(ratna, f"/posko/{operation}"))
    post(ratna, f"{address}/{one.id}", {"after": "di_jalan"})
    assert "1 regu = 0 di lokasi + 1 di jalan + 0 di kantor" in words(page(ratna, f"/posko/{operation}"))
    post(ratna, f"{address}/{one.id}", {"after": "di_jalan"})
    with acting_as(ratna):
        assert len(queries.movement_list(ratna, one.id)) == 1
    post(ratna, f"{address}/{one.id}", {"after": "di_kantor", "because": "Salah regu."})
    assert team(operation).state is TeamState.AT_OFFICE
    post(citra, f"{address}/{one.id}", {"after": "di_jalan"}, 404)
    post(dodi, f"{address}/{one.id}", {"after": "di_jalan"}, 404)
    assert world.BATULICIN not in page(citra, address)


def test_the_phone_knows_its_team_and_says_where_it_is(operation):
    phone = signed_in(Client(), dodi)
    (mine,) = phone.get("/tugas/bekal").json()["teams"]
    assert [move["after"] for move in book()["moves"][mine["state"]]] == ["di_jalan"]
    answer = phone.post(f"/tugas/regu/{mine['id']}", {"after": "di_jalan"})
    assert (answer.status_code, answer.json()) == (200, {"state": "di_jalan"})
    again = phone.post(f"/tugas/regu/{mine['id']}", {"after": "di_jalan"})
    assert (again.status_code, again.json()["code"]) == (422, "operations.team-elsewhere")
    assert phone.post(f"/tugas/regu/{mine['id']}", {"after": "di_bulan"}).status_code == 422
    other = signed_in(Client(), world.edi)
    assert other.post(f"/tugas/regu/{mine['id']}", {"after": "di_lokasi"}).status_code == 404
    assert team(operation).state is TeamState.UNDERWAY
