"""The red strip of the posko: which numbers are missing, of whom, since when; nothing while none is."""

from uuid import UUID

import pytest

from tests.cast import citra, hasan, ratna
from tests.conftest import DAY
from tests.db.findings.field import BUDI, at_work, visit
from tests.db.interface.web.test_posko import page, sent, words
from tests.db.interface.web.test_posko_rekap import message as rekap_text
from tests.db.operations import world
from timpora.domain.numbering import ON_ITS_WAY
from timpora.interface.web.posko_gaps import DESK_GAPS, WALL_GAPS
from timpora.kernel import clock

pytestmark = pytest.mark.django_db
TITLE = "Nomor laporan hilang"


@pytest.fixture
def operation() -> UUID:
    operation, target = at_work()
    for number in (3, 7):
        sent(visit(operation, target, BUDI, device_seq=number))
    return operation


def later(actor, path):
    with clock.standing_at(DAY + ON_ITS_WAY):
        return words(page(actor, path))


@pytest.mark.parametrize(
    ("actor", "path", "line"),
    [
        (ratna, "", "nomor 4–6 · Dodi · ponsel …1111 · sejak hari ini 10.00 WITA"),
        (hasan, "", "nomor 1–2 · Dodi · ponsel …1111 · sejak hari ini 10.00 WITA"),
        (ratna, "/dinding", "nomor 4–6 · ponsel …1111 · sejak hari ini 10.00 WITA"),
    ],
)
def test_the_strip_names_office_officer_phone_numbers_and_hour(operation, actor, path, line):
    text = later(actor, f"/posko/{operation}{path}")
    assert f"{TITLE} (2)" in text
    assert f"{world.BATULICIN} {line}" in text


def test_the_office_is_marked_in_the_list(operation):
    with clock.standing_at(DAY + ON_ITS_WAY):
        html = page(ratna, f"/posko/{operation}")
    marked = {
        code: "nomor laporan hilang" in html.split(f'data-unit="{code}"', 1)[1].split("</li>", 1)[0]
        for code in (world.BATULICIN, world.PALEMBANG)
    }
    assert marked == {world.BATULICIN: True, world.PALEMBANG: False}


def test_nothing_is_shown_before_and_to_whoever_sees_no_report_of_the_phone(operation):
    assert TITLE not in words(page(ratna, f"/posko/{operation}"))
    assert TITLE not in later(citra, f"/posko/{operation}")


@pytest.mark.parametrize(("path", "most"), [("", DESK_GAPS), ("/dinding", WALL_GAPS)])
def test_many_are_capped_and_the_rest_is_counted(path, most):
    operation, target = at_work()
    for number in range(2, 24, 2):
        sent(visit(operation, target, device_seq=number))
    text = later(ratna, f"/posko/{operation}{path}")
    assert f"{TITLE} (11)" in text
    assert text.count("ponsel …1111") == most
    assert f"dan {11 - most} deret nomor lainnya" in text


@pytest.mark.parametrize("day", ["21-08-2024", "22-08-2024"])
def test_the_rekap_counts_those_there_are_when_it_is_taken(operation, day):
    path = f"/posko/{operation}/rekap?hari={day}"
    assert TITLE not in words(page(ratna, path))
    assert f"{TITLE} Hari ini Seluruhnya Saat rekap diambil 2" in later(ratna, path)


def test_the_message_of_the_rekap_has_their_number_alone(operation):
    with clock.standing_at(DAY + ON_ITS_WAY):
        text = rekap_text(ratna, operation)
    assert f"*{TITLE}* (deret)\n- Saat rekap diambil: 2\n" in text
    assert "1111" not in text
    assert TITLE not in rekap_text(ratna, operation)
