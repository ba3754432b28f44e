"""A number never arrives: Bayu closes it with a reason, and the red line goes (P5)."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.cast import bayu, dodi, ratna
from tests.conftest import DAY
from tests.db.findings.field import BUDI, at_work, visit
from tests.journeys.phones import shot, sign_in
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.phone_models import GapClosure
from timpora.kernel import clock
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.journey
WHY = "Ponsel hilang di feri; Dodi menulis ulang kunjungannya."


def test_the_head_of_the_section_settles_the_red_line(house: str, browser: Browser):
    work = at_work()
    for number in (1, 4, 6):
        with clock.standing_at(DAY - timedelta(hours=1)), acting_as(dodi):
            report_submit(dodi, report=visit(*work, BUDI, device_seq=number))
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
    sign_in(context, house, bayu)
    page = context.new_page()
    page.goto(f"{house}/posko/{work[0]}")
    expect(page.get_by_text("nomor 2–3")).to_be_visible()
    page.get_by_role("link", name="Daftar dan penutupan").click()
    shot(page, "nomor")
    page.get_by_role("link", name="Tutup").first.click()
    shot(page, "nomor-tutup")
    page.get_by_label("Alasan").fill(WHY)
    page.get_by_role("button", name="Tutup nomor ini").click()
    expect(page.get_by_text("Nomor ditutup.")).to_be_visible()
    expect(page.get_by_role("cell", name=WHY)).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 720})
    shot(page, "nomor-360")
    page.goto(f"{house}/posko/{work[0]}")
    expect(page.get_by_text("nomor 5").first).to_be_visible()
    expect(page.get_by_text("nomor 2–3")).to_be_hidden()
    with acting_as(ratna):
        assert [(row.first, row.last, row.by) for row in GapClosure.objects.all()] == [(2, 3, "Bayu")]
    context.close()
