"""Answers to the report form where the posko reads and counts them."""

import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import bayu, dodi, ratna
from tests.db.findings.field import ANNA, at_work, visit
from tests.db.findings.forms import ANSWERS, with_form
from tests.web import signed_in
from timpora.apps.findings import actions
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
TEXT = ANSWERS["uraian"]


@pytest.fixture
def work():
    operation, target = at_work()
    with_form(operation)
    return operation, target


def sent(report):
    with acting_as(dodi):
        actions.report_submit(dodi, report=report)
    return report


@pytest.fixture
def reports(work):
    return [sent(visit(*work, ANNA, answers=ANSWERS)), sent(visit(*work, answers={"kamar": 3}, device_seq=2))]


def got(address, by=ratna, language="id"):
    client = signed_in(Client(), by)
    client.post(reverse("identity:language"), {"language": language})
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def facts(html):
    found = re.findall(r"<dt[^>]*>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", html)
    return {label: re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", said)).strip() for label, said in found}


def test_a_report_shows_its_questions_and_says_what_was_left_open(work, reports):
    told = facts(got(f"/posko/{work[0]}/laporan/{reports[0].id}", by=bayu))
    assert told["Apa bangunannya?"] == "Mes pekerja"
    assert told["Apa yang terlihat?"] == "Alat berat, Dapur umum"
    assert (told["Apakah gerbang dijaga?"], told["Berapa kamar?"]) == ("tidak", "12")
    assert (told["Uraikan tempatnya."], told["Sejak kapan dipakai?"]) == (TEXT, "29-02-2024")
    left = facts(got(f"/posko/{work[0]}/laporan/{reports[1].id}", by=bayu))
    assert left["Apa bangunannya?"] == "wajib, belum dijawab"
    assert left["Apakah gerbang dijaga?"] == "tidak dijawab"
    assert "Sejak kapan dipakai?" not in left


def test_a_text_is_not_shown_to_whoever_may_not_read_names(work, reports):
    html = got(f"/posko/{work[0]}/laporan/{reports[0].id}")
    assert TEXT not in html
    assert "Dijawab; isinya untuk yang berwenang" in html
    assert facts(html)["Apa bangunannya?"] == "Mes pekerja"


def test_the_board_counts_each_question_with_its_remainder(work, reports):
    html = got(f"/posko/{work[0]}")
    part = re.search(r"<h2>Apa bangunannya\? .*?</section>", html)[0]
    assert re.findall(r'<th scope="row">(.*?)</th>.*?<td class="num">(\d+)</td>', part) == [
        ("Mes pekerja", "1"),
        ("Rumah", "0"),
        ("tidak dijawab", "1"),
        ("Jumlah", "2"),
    ]
    assert "Berapa kamar? · jumlah 15" in html
    assert TEXT not in html
    assert "Sejak kapan dipakai?" not in html


def test_the_rekap_has_the_counts_in_every_form_and_no_text(work, reports):
    client = signed_in(Client(), ratna)
    ask = {"hari": "22-08-2024"}
    page = client.get(f"/posko/{work[0]}/rekap?hari=22-08-2024").content.decode()
    sheet = client.post(f"/posko/{work[0]}/rekap/ambil", ask | {"bentuk": "xlsx"}).content
    said = client.post(f"/posko/{work[0]}/rekap/ambil", ask | {"bentuk": "pesan"}).content.decode()
    paper = client.post(f"/posko/{work[0]}/rekap/ambil", ask | {"bentuk": "pdf"})
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(sheet)).active.iter_rows()]
    assert ["Mes pekerja", 1, 1, "laporan"] in rows
    assert ["tidak dijawab", 1, 1, "laporan"] in rows
    assert ["Berapa kamar?", 15, 15, "menurut pertanyaannya"] in rows
    assert "- Mes pekerja: 1 / 1" in said
    assert "Alat berat" in page
    assert paper.content.startswith(b"%PDF")
    for text in (page, said, str(rows)):
        assert TEXT not in text


def test_two_contents_are_compared_answer_by_answer(work, reports):
    sent(visit(*work, ANNA, id=reports[0].id, answers=ANSWERS | {"hunian": "rumah"}))
    html = got(f"/posko/{work[0]}/laporan/{reports[0].id}/banding", by=bayu)
    assert re.search(r"Apa bangunannya\?.*?Mes pekerja.*?Rumah", html)


def test_questions_are_read_in_english_where_they_have_it(work, reports):
    told = facts(got(f"/posko/{work[0]}/laporan/{reports[0].id}", by=bayu, language="en"))
    assert told["What is the building?"] == "Workers&#x27; lodging"
    assert told["Berapa kamar?"] == "12"
