"""Dodi answers the operation's report form without signal; the posko counts what he answered."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import ratna
from tests.db.findings.field import at_work
from tests.db.findings.forms import FORM, with_form
from tests.journeys.phones import await_true, await_worker, open_target, opened, phone_of, shot, unlock
from timpora.apps.findings import queries
from timpora.apps.findings.models import Report
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.journey
# The questions have come along once the worker keeps what is loaded later.
KEPT = """caches.open('timpora-kamera').then((kept) => kept.keys())
  .then((all) => all.some(({ url }) => url.includes('/form/questions')))"""


@pytest.fixture
def work(house: str):
    operation, target = at_work()
    with_form(operation)
    return operation, target


@pytest.fixture
def phone(house: str, work, browser: Browser) -> Iterator[BrowserContext]:
    with phone_of(browser, house) as context:
        yield context


@pytest.fixture
def page(house: str, phone: BrowserContext) -> Page:
    page = opened(phone, house)
    await_worker(page)
    await_true(page, KEPT)
    return page


def held() -> list[Report]:
    with acting_as(ratna):
        return list(Report.objects.order_by("received_at"))


def finish_nil(page: Page) -> None:
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    expect(page.get_by_role("heading", name="Formulir laporan")).to_be_visible()


def test_a_form_is_answered_without_signal_and_counted_at_the_posko(house, work, phone, page):
    phone.set_offline(True)
    page.reload()
    unlock(page)
    finish_nil(page)
    expect(page.get_by_text("1 pertanyaan wajib belum dijawab.")).to_be_visible()
    expect(page.get_by_text("Sejak kapan dipakai?")).to_have_count(0)
    shot(page, "formulir-kosong")
    page.get_by_label("Mes pekerja").check()
    page.get_by_label("Alat berat").check()
    page.get_by_role("group", name="Apakah gerbang dijaga?").get_by_label("Tidak").check()
    page.get_by_label("Berapa kamar?").fill("12x")
    expect(page.get_by_text("Isi bilangan bulat dari 0 sampai 500")).to_be_visible()
    page.get_by_label("Uraikan tempatnya.").fill("Di belakang gudang.")
    page.reload()
    unlock(page)
    # What was typed is there again, also what does not fit yet.
    expect(page.get_by_label("Mes pekerja")).to_be_checked()
    expect(page.get_by_label("Berapa kamar?")).to_have_value("12x")
    page.get_by_label("Berapa kamar?").fill("12")
    expect(page.get_by_text("wajib belum dijawab")).to_have_count(0)
    shot(page, "formulir")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("1 belum terkirim · tersimpan di ponsel")).to_be_visible()
    assert held() == []
    phone.set_offline(False)
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    counted(work)


def counted(work) -> None:
    (report,) = held()
    assert report.answers == {
        "hunian": "mes",
        "terlihat": ["alat"],
        "gerbang": False,
        "kamar": 12,
        "uraian": "Di belakang gudang.",
    }
    assert report.doubts == []
    with acting_as(ratna):
        found = {one.question.key: one for one in queries.board(ratna, work[0]).answers}
    assert (found["hunian"].shares, found["kamar"].total) == ((("mes", 1), ("rumah", 0)), 12)


def test_required_questions_left_open_are_told_and_never_hold_a_report_back(page):
    finish_nil(page)
    page.get_by_label("Rumah").check()
    page.get_by_role("button", name="Kosongkan jawaban").locator("visible=true").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Pertanyaan wajib formulir laporan belum dijawab")).to_be_visible()
    (report,) = held()
    assert (report.answers, report.doubts) == ({}, ["formulir_kurang"])


def test_a_form_that_changed_keeps_every_word_and_sends_what_it_takes(house, work, page):
    finish_nil(page)
    page.get_by_label("Mes pekerja").check()
    page.get_by_label("Berapa kamar?").fill("12")
    page.get_by_label("Uraikan tempatnya.").fill("Pintu samping.")
    expect(page.get_by_text(re.compile("^Tersimpan di ponsel"))).to_be_visible()
    kept = [one for one in FORM["questions"] if one["key"] in {"kamar", "uraian"}]
    # Whoever drafts a form may ask under a name that every object of a browser has of itself.
    own = {**kept[1], "key": "constructor", "is_required": True}
    with_form(work[0], {"questions": [{**kept[0], "max": 10}, own]})
    page.goto(f"{house}/tugas")
    with page.expect_response(lambda answer: "/tugas/bekal?" in answer.url) as renewed:
        unlock(page)
    renewed.value.finished()
    expect(page.get_by_text("Draf", exact=True)).to_be_visible()
    page.get_by_text("Mes karyawan PT Contoh").first.click()
    page.get_by_role("button", name="Nihil").click()
    told = page.locator("[data-slot=form]")
    expect(told.get_by_text("Formulir berubah sejak ini dijawab.")).to_be_visible()
    expect(told.get_by_text("uraian: Pintu samping.")).to_be_visible()
    expect(told.get_by_text("hunian: mes")).to_be_visible()
    expect(told.get_by_text("Isi bilangan bulat dari 0 sampai 10")).to_be_visible()
    shot(page, "formulir-berubah")
    expect(told.get_by_text("1 pertanyaan wajib belum dijawab.")).to_be_visible()
    expect(page.get_by_label("Uraikan tempatnya.")).to_have_value("")
    page.get_by_label("Uraikan tempatnya.").fill("Pintu depan.")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    (report,) = held()
    assert report.answers == {"constructor": "Pintu depan."}
