"""A decision tells its facts: what was found, when and where; and writes every day in one form."""

import re

import pytest
from django.utils import translation

from tests.db.cases import folder
from tests.db.cases.folder import CLEAR, CONFERENCE, bayu, hasan, intan
from tests.db.findings.field import ANNA, at_work, visit
from tests.db.findings.test_submit import sent
from timpora.apps.cases import actions, queries
from timpora.apps.cases.types import NewProposal
from timpora.domain.measures import Ground, MeasureKind
from timpora.domain.particulars import Particulars
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
SHORT_DAY = re.compile(r"\b\d{2}-\d{2}-\d{4}\b")
DEPORT = NewProposal(
    MeasureKind.DEPORTATION,
    Ground.OVERSTAY_DEPORTATION,
    "Ditemui pada 21-08-2024 tanpa alasan yang meringankan.",
    particulars=Particulars(destination="Tiongkok"),
)


def considered(case):
    with acting_as(hasan):
        return queries.decision_preview(hasan, case)[0].considering


def met_in_the_field():
    folder.office()
    sent(visit(*at_work(), ANNA))
    with acting_as(bayu):
        row = queries.met_openable(bayu)[0][0]
        case = actions.case_open(bayu, report_id=row.report_id, checked_id=row.checked_id, because="x")
        actions.party_correct(bayu, case_id=case, words=folder.WORDS)
    with acting_as(intan):
        actions.screening_record(intan, case_id=case, screening=CLEAR)
    with acting_as(bayu):
        actions.conference_record(bayu, case_id=case, conference=CONFERENCE)
        actions.measure_propose(bayu, case_id=case, proposal=folder.NOTHING)
    return case, row


@pytest.mark.usefixtures("carried")
def test_what_was_found_in_the_field_is_told_with_day_and_place():
    case, row = met_in_the_field()
    with translation.override("en"):
        fact = considered(case)[0]
    assert fact.startswith("bahwa pada 22 Agustus 2024 pukul 10.00 WITA di ")
    assert "Tanah Bumbu" in fact
    assert "petugas menemukan: alamat berbeda dari izin" in fact
    assert row.receipt_number in fact


def test_what_the_data_show_is_told_and_nobody_is_logged_anew():
    folder.office()
    case = folder.proposed(folder.DEPORT, folder.overstayer(last_day_before=folder.date(2024, 5, 1)))
    with acting_as(hasan):
        before = Entry.objects.count()
    said = considered(case)
    with acting_as(hasan):
        assert Entry.objects.count() == before
    assert said[0].startswith("bahwa pencocokan data pada 22 Agustus 2024 menunjukkan: ")


def test_every_day_of_the_letter_is_in_the_long_form():
    folder.office()
    case = folder.proposed(DEPORT, folder.overstayer(last_day_before=folder.date(2024, 5, 1)))
    said = " ".join(considered(case))
    assert "21 Agustus 2024" in said
    assert SHORT_DAY.findall(said) == []
