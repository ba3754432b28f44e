"""What an officer wrote about one person met is read where the case is worked on, too."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, dodi, hasan, lestari, ratna
from tests.db.findings.field import ANNA, at_work, visit
from tests.web import signed_in
from timpora.apps.cases import actions
from timpora.apps.findings import queries as findings
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.models import CheckedPerson
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
NOTE = "Mengaku menunggu perpanjangan; <b>belum</b> ada bukti."


@pytest.fixture
def met():
    """Somebody met with a finding; the report and her row in it."""
    report = visit(*at_work(), replace(ANNA, note=NOTE))
    with acting_as(dodi):
        report_submit(dodi, report=report)
    with acting_as(ratna):
        return report, CheckedPerson.objects.get(report_id=report.id)


def page(actor, address):
    return signed_in(Client(), actor).get(address).content.decode()


def report_page(actor, report):
    return page(actor, f"/posko/{report.operation_id}/laporan/{report.id}")


def test_the_page_of_the_report_shows_it_to_whoever_may_read_names(met):
    report, _ = met
    assert "Mengaku menunggu perpanjangan; &lt;b&gt;belum" in report_page(bayu, report)
    assert "Mengaku" not in report_page(ratna, report)


def test_the_page_of_the_case_shows_it_to_whoever_works_on_it(met):
    report, row = met
    with acting_as(bayu):
        case = actions.case_open(bayu, report_id=report.id, checked_id=row.pk, because="Temuan.")
    for reader in (bayu, hasan):
        shown = page(reader, reverse("cases:page", args=[case]))
        assert "Mengaku menunggu perpanjangan; &lt;b&gt;belum" in shown
    for stranger in (ratna, lestari, dodi):
        with acting_as(stranger):
            assert findings.met_words(stranger, row.pk) == ""
