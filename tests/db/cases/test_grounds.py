"""What a case may be opened from: persons met with findings; an indication and the case it led to (P26)."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import citra, hasan, lestari
from tests.db.cases import folder
from tests.db.cases.folder import CLEAR, SIGNS, bayu, intan
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.db.findings.test_submit import sent
from tests.web import signed_in
from timpora.apps.cases import actions, queries
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import Outcome
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
PASSED = replace(ANNA, outcome=Outcome.PROTECTION, signs=("dokumen_ditahan",), document_number="", mrz="")


@pytest.fixture
def work():
    folder.office()
    return at_work()


def shown(actor=bayu, page=1):
    with acting_as(actor):
        return queries.met_openable(actor, page=page)


def opened(report, by=bayu):
    with acting_as(by):
        row = queries.met_openable(by)[0][0]
        assert row.report_id == report.id
        return actions.case_open(
            by, report_id=row.report_id, checked_id=row.checked_id, because="Alamat berbeda."
        )


def screened(case, screening):
    with acting_as(intan):
        actions.screening_record(intan, case_id=case, screening=screening)


def test_those_with_findings_and_no_case_are_offered_masked(work):
    sent(report := visit(*work, ANNA, BUDI, PASSED, device_seq=1, headcount=3))
    rows, total = shown()
    assert total == 1
    assert (rows[0].report_id, len(rows[0].kinds)) == (report.id, 1)
    assert "ERIKSSON" not in rows[0].name
    assert "898902" not in rows[0].document


def test_a_foreign_office_and_who_opens_no_case_are_offered_nobody(work):
    sent(visit(*work, ANNA))
    for other in (citra, hasan, lestari):
        assert shown(other) == ([], 0)


def test_a_case_takes_its_person_from_the_list(work):
    sent(report := visit(*work, ANNA))
    case = opened(report)
    assert shown() == ([], 0)
    screened(case, CLEAR)
    assert shown() == ([], 0)


@pytest.mark.parametrize("answers", [CLEAR, SIGNS], ids=["goes on", "is sealed"])
def test_whoever_had_a_case_is_not_offered_again_when_it_is_sealed(work, answers):
    sent(report := visit(*work, ANNA))
    case = opened(report)
    assert shown() == ([], 0)
    screened(case, answers)
    assert shown() == ([], 0)


def test_the_newest_stand_first_and_cost_the_same_however_many(work, django_assert_num_queries):
    sent(visit(*work, ANNA))
    with acting_as(bayu), django_assert_num_queries(9):
        queries.met_openable(bayu)
    later = [visit(*work, ANNA, id=uuid4(), device_seq=n, note=f"Pos {n}.") for n in range(2, 25)]
    for report in later:
        sent(report)
    with acting_as(bayu), django_assert_num_queries(9):
        rows, total = queries.met_openable(bayu)
    assert (len(rows), total) == (20, 24)
    assert len(shown(page=2)[0]) == 4


def test_the_form_says_on_whom_and_a_foreign_or_mismatched_person_is_not_described(work):
    sent(visit(*work, ANNA))
    sent(other := visit(*work, BUDI, id=uuid4(), device_seq=2))
    row = shown()[0][0]
    link = f"{reverse('cases:open')}?laporan={row.report_id}&orang={row.checked_id}"
    page = signed_in(Client(), bayu).get(link).content.decode()
    assert "Perkara ini dibuka atas" in page
    assert row.name in page
    assert row.receipt_number in page
    assert "ERIKSSON" not in page
    mixed = link.replace(str(row.report_id), str(other.id))
    for desk, path in ((bayu, mixed), (bayu, link.replace(str(row.checked_id), str(uuid4())))):
        assert "Perkara ini dibuka atas" not in signed_in(Client(), desk).get(path).content.decode()


def test_the_page_without_an_origin_offers_them_and_leads_to_the_form(work):
    desk = signed_in(Client(), bayu)
    sent(visit(*work, ANNA))
    page = desk.get(reverse("cases:open")).content.decode()
    row = shown()[0][0]
    link = f"?laporan={row.report_id}&amp;orang={row.checked_id}"
    assert row.receipt_number in page
    assert link in page
    assert "ERIKSSON" not in page
    assert 'name="because"' in desk.get(reverse("cases:open") + link.replace("&amp;", "&")).content.decode()


def case_page(client, case):
    return client.get(reverse("cases:page", args=[case])).content.decode()


def test_the_page_of_a_case_leads_to_the_report_it_came_from(work):
    desk = signed_in(Client(), bayu)
    sent(report := visit(*work, ANNA))
    case = opened(report)
    address = reverse("posko:report", args=[report.operation_id, report.id])
    assert f'href="{address}"' in case_page(desk, case)
    assert desk.get(address).status_code == 200
    with acting_as(bayu):  # behind a wall that shows it: the scope alone refuses
        assert findings.report_whereabouts(citra, report.id) is None


def of_indication(client, found):
    return client.get(reverse("indications:page", args=[found])).content.decode()


def test_an_indication_names_the_case_that_it_led_to():
    desk = signed_in(Client(), bayu)
    folder.office()
    found = folder.indicated()
    assert "Buka perkara" in of_indication(desk, found)
    with acting_as(bayu):
        case = actions.case_open(bayu, indication_id=found, because="Overstay nyata.")
        number = queries.case_get(bayu, case).row.number
    page = of_indication(desk, found)
    assert number in page
    assert reverse("cases:page", args=[case]) in page
    assert "Buka perkara" not in page


def settled(case):
    screened(case, CLEAR)
    with acting_as(hasan):
        actions.case_close(hasan, case_id=case, because="Selesai tanpa tindakan.")


def sealed(case):
    screened(case, SIGNS)


@pytest.mark.parametrize("end", [settled, sealed])
def test_an_indication_tells_a_sealed_case_as_a_settled_one(end):
    desk = signed_in(Client(), bayu)
    folder.office()
    found = folder.indicated()
    with acting_as(bayu):
        case = actions.case_open(bayu, indication_id=found, because="Overstay nyata.")
        number = queries.case_get(bayu, case).row.number
    end(case)
    page = of_indication(desk, found)
    assert number not in page
    assert str(case) not in page
    assert "Perkara dari indikasi ini sudah selesai." in page
    assert "Buka perkara" not in page


# A protection officer who is also head of section at the case's office.
BOTH = replace(lestari, id=uuid4(), name="Puspa", grants=(*lestari.grants, *bayu.grants))


@pytest.mark.parametrize(("screening", "reader", "is_linked"), [(CLEAR, bayu, True), (SIGNS, BOTH, False)])
def test_a_sealed_case_leads_to_nothing_it_came_from_whatever_else_its_reader_may_read(
    work, screening, reader, is_linked
):
    sent(report := visit(*work, ANNA))
    case = opened(report)
    screened(case, screening)
    page = signed_in(Client(), reader).get(reverse("cases:page", args=[case])).content.decode()
    assert "Laporan lapangan" in page
    assert (reverse("posko:report", args=[report.operation_id, report.id]) in page) is is_linked
