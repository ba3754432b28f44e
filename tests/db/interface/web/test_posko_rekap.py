"""The rekap on the screen and taken away: it reconciles, names nobody who was met, and holds no formula."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.cast import bayu, citra, dodi, hasan, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.web import signed_in
from timpora.apps.findings import actions, queries
from timpora.apps.findings.types import Outcome
from timpora.apps.operations import actions as operations
from timpora.apps.operations.types import Medium, NewMessage, Priority
from timpora.interface.web.posko_rekap_files import rekap_spreadsheet
from timpora.interface.web.posko_rekap_sheet import sheet_of
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
VICTIM = replace(BUDI, outcome=Outcome.PROTECTION, signs=("paspor dipegang majikan",), findings=())
SECRETS = ("ERIKSSON", "L898902C3", "A 1234567", "Pos depan", "pelindungan", "Disnaker", "paspor dipegang")
TOLD = "Wartawan NAMA-RAHASIA di gerbang"


@pytest.fixture
def operation() -> UUID:
    found, target = at_work()
    with acting_as(dodi):
        report = visit(
            found, target, ANNA, VICTIM, replace(BUDI, outcome=Outcome.REFERRED_MANPOWER), headcount=5
        )
        actions.report_submit(dodi, report=report)
    with acting_as(ratna):
        message = NewMessage(operation_id=found, text=TOLD, medium=Medium.RADIO, priority=Priority.EMERGENCY)
        operations.journal_write(ratna, message=message)
    return found


def page(actor, operation, query="", status=200):
    answer = signed_in(Client(), actor).get(f"/posko/{operation}/rekap{query}")
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def taken(actor, operation, form, day="22-08-2024", status=200):
    sent = {"bentuk": form, "hari": day}
    answer = signed_in(Client(), actor).post(f"/posko/{operation}/rekap/ambil", sent)
    assert answer.status_code == status
    return answer


def message(actor, operation):
    html = taken(actor, operation, "pesan").content.decode()
    return re.search(r"<textarea[^>]*data-words>(.*?)</textarea>", html, re.DOTALL)[1]


def cells(content):
    book = load_workbook(BytesIO(content))
    return [[cell for cell in row if cell.value is not None] for row in book.active.iter_rows()]


def test_every_count_on_the_page_adds_up_and_stands_beside_its_running_total(operation):
    html = page(ratna, operation)
    parts = re.findall(r'data-count="(.*?)".*?<tbody>(.*?)</tbody>', html)
    assert {"Kantor", "Titik dikunjungi", "Orang diperiksa", "Orang menurut hasil"} <= {t for t, _ in parts}
    for title, body in parts:
        figures = [int(n) for n in re.findall(r'</th><td class="num">(\d+)</td>', body)]
        assert sum(figures[:-1]) == figures[-1], title
    people = dict(parts)["Orang menurut hasil"]
    assert re.search(r'Diteruskan ke penanganan lain</th><td class="num">2</td><td class="num">2<', people)
    assert "keadaan per 10.00 WITA" in html


def test_nobody_who_was_met_is_on_the_page_or_in_what_is_taken(operation):
    texts = [page(ratna, operation), message(ratna, operation)]
    files = [taken(ratna, operation, form).content for form in ("pdf", "xlsx")]
    texts.append(" ".join(str(cell.value) for row in cells(files[1]) for cell in row))
    for text in texts:
        for word in SECRETS:
            assert word.casefold() not in text.casefold(), word
    assert TOLD in texts[0]
    assert all(TOLD not in text for text in texts[1:])
    assert files[0].startswith(b"%PDF-")


def test_the_spreadsheet_holds_counts_and_texts_without_a_formula_and_names_who_took_it(operation):
    answer = taken(bayu, operation, "xlsx")
    assert "22-08-2024.xlsx" in answer["Content-Disposition"]
    rows = cells(answer.content)
    assert {cell.data_type for row in rows for cell in row} == {"s", "n"}
    told = {row[0].value: [cell.value for cell in row[1:]] for row in rows if row}
    assert told["Diambil oleh"] == ["Bayu, KANIM-BATULICIN"]
    assert told["Orang diperiksa"] == [3, 3, "orang"]
    with zipfile.ZipFile(BytesIO(answer.content)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def test_a_text_that_looks_like_a_formula_stays_text():
    found, _target = at_work()
    with acting_as(ratna):
        sheet = sheet_of(queries.rekap_get(ratna, found, DAY.date()), None, ratna)
    evil = replace(sheet, source='=HYPERLINK("http://x")', notes=("=1+1", "@SUM(A1)"))
    assert {c.data_type for row in cells(rekap_spreadsheet(evil)) for c in row} == {
        "s",
        "n",
    }


def test_the_message_says_the_hour_and_who_is_silent(operation):
    told = message(ratna, operation)
    assert "keadaan per" in told
    assert "Kantor yang diam" in told
    assert "- Orang diperiksa: 3 / 3" in told


def test_only_whoever_reads_the_board_takes_it_and_of_his_own_territory(operation):
    page(dodi, operation, status=404)
    taken(dodi, operation, "xlsx", status=404)
    assert "- Orang diperiksa: 0 / 0" not in message(hasan, operation)
    assert "- Jumlah: 0 / 0" in message(citra, operation)
    assert TOLD not in page(citra, operation)


@pytest.mark.parametrize("day", ["23-08-2024", "2024-08-22", "kemarin", "32-08-2024"])
def test_a_day_that_is_none_or_has_not_begun_has_no_page(operation, day):
    page(ratna, operation, f"?hari={day}", status=404)
    taken(ratna, operation, "pdf", day=day, status=404)
    taken(ratna, operation, "docx", status=404)
