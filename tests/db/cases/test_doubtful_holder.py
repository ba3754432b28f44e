"""A number typed at a visit shelters whom the register knows by it, and is no word about him (ADR 0030)."""

from dataclasses import replace

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from tests.cast import dodi, ratna
from tests.db.cases import folder
from tests.db.cases.folder import CLEAR, CONFERENCE, SIGNS, bayu, intan, overstayer
from tests.db.findings.field import BUDI, at_work, visit
from tests.web import signed_in
from timpora.apps.cases import actions, errors, queries
from timpora.apps.cases.models import Party
from timpora.apps.findings import queries as findings
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.types import FindingKind, NewFinding
from timpora.apps.indications.models import Indication
from timpora.apps.registry.models import Person
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
SLIP = replace(
    BUDI,
    name="CHEN JUN",
    document_number="E1234567",
    document_state="CHN",
    findings=(NewFinding(FindingKind.ADDRESS, "Alamat lain."),),
)
DOUBT = "Nomor paspornya dikenal di register"


@pytest.fixture
def holder():
    """Who holds the number in the register, with a verified overstay."""
    folder.office()
    row = overstayer()
    folder.indicated(row)
    return row.person


@pytest.fixture
def met(holder):
    """Somebody met who told another name; what a case may be opened on."""
    report = visit(*at_work(), SLIP)
    with acting_as(dodi):
        report_submit(dodi, report=report)
    with acting_as(bayu):
        ((row,), _) = queries.met_openable(bayu)
        assert findings.met_holder(bayu, row.checked_id) == holder
    return row


def opened(row, **more):
    with acting_as(bayu):
        return actions.case_open(
            bayu, report_id=row.report_id, checked_id=row.checked_id, because="Alamat berbeda.", **more
        )


def own_case(person):
    with acting_as(bayu):
        found = Indication.objects.get(person_id=person)
        return actions.case_open(bayu, indication_id=found.pk, because="Overstay nyata.")


def screened(case, screening):
    with acting_as(intan):
        actions.screening_record(intan, case_id=case, screening=screening)


def test_the_case_speaks_in_the_words_of_the_visit_and_says_nothing_of_the_holder(met, holder):
    before = Entry.objects.filter(person_id=holder).count()
    case = opened(met)
    with acting_as(bayu):
        party = queries.case_get(bayu, case).party
        assert (party.words.name, party.person_id, party.doubtful_holder) == ("CHEN JUN", None, holder)
        assert queries.overstay_get(bayu, case) is None
        assert queries.cases_for_person(bayu, holder) == []
        assert Entry.objects.filter(person_id=holder).count() == before


def test_an_officer_who_made_sure_says_that_it_is_the_same_human(met, holder):
    case = opened(met, is_same=True)
    with acting_as(bayu):
        party = queries.case_get(bayu, case).party
        assert (party.words.name, party.person_id, party.doubtful_holder) == ("LI WEI", holder, None)
        assert queries.overstay_get(bayu, case) is not None
        assert [row.id for row in queries.cases_for_person(bayu, holder)] == [case]


@pytest.mark.parametrize("more", [{}, {"is_same": True}])
def test_that_the_officer_said_so_stands_in_the_log(met, more):
    case = opened(met, **more)
    with acting_as(bayu):
        (line,) = Entry.objects.filter(tag="cases:case:opened", subject_id=str(case))
    assert ('"person":"said"' in line.body.replace(" ", "")) is bool(more)


def test_where_the_holder_is_sheltered_no_case_opens_on_that_human_and_one_on_the_number_stops(met, holder):
    screened(own_case(holder), SIGNS)
    with pytest.raises(errors.CaseHandled):
        opened(met, is_same=True)
    screened(case := opened(met), CLEAR)
    with acting_as(bayu), pytest.raises(errors.MeasureHeld):
        actions.conference_record(bayu, case_id=case, conference=CONFERENCE)


def test_to_who_may_not_open_the_holder_the_number_names_nobody(met, holder):
    with acting_as(ratna):
        Person.objects.filter(pk=holder).update(territories=["16.71", "ID"])
    desk = signed_in(Client(), bayu)
    asked = {"laporan": str(met.report_id), "orang": str(met.checked_id)}
    form = desk.get(reverse("cases:open"), asked).content.decode()
    assert DOUBT not in form
    assert str(holder) not in form
    answer = desk.post(reverse("cases:open"), {**asked, "because": "Sama.", "is_same": "on"})
    page = desk.get(answer["Location"]).content.decode()
    assert "CHEN JUN" in page
    assert "Belum pasti" not in page


def test_the_database_keeps_how_sure_a_case_is(met):
    case = opened(met)
    with acting_as(bayu), pytest.raises(DatabaseError, match="stays about the person"):
        Party.objects.filter(pk=case).update(person_is_sure=True)


def test_who_is_sheltered_later_stops_the_case_on_the_number_too(met, holder):
    case = opened(met)
    screened(case, CLEAR)
    screened(own_case(holder), SIGNS)
    with acting_as(bayu), pytest.raises(errors.MeasureHeld):
        actions.conference_record(bayu, case_id=case, conference=CONFERENCE)


def test_the_form_asks_and_the_case_tells(met, holder):
    desk = signed_in(Client(), bayu)
    asked = {"laporan": str(met.report_id), "orang": str(met.checked_id)}
    form = desk.get(reverse("cases:open"), asked).content.decode()
    assert DOUBT in form
    assert 'name="is_same"' in form
    assert reverse("registry:person", args=[holder]) in form
    answer = desk.post(reverse("cases:open"), {**asked, "because": "Alamat berbeda."})
    page = desk.get(answer["Location"]).content.decode()
    assert "Belum pasti siapa orangnya di register" in page
    assert reverse("registry:person", args=[holder]) not in page


def test_a_tick_opens_the_case_on_the_holder(met, holder):
    desk = signed_in(Client(), bayu)
    asked = {"laporan": str(met.report_id), "orang": str(met.checked_id)}
    answer = desk.post(reverse("cases:open"), {**asked, "because": "Stempelnya sama.", "is_same": "on"})
    page = desk.get(answer["Location"]).content.decode()
    assert "Belum pasti siapa orangnya di register" not in page
    assert reverse("registry:person", args=[holder]) in page


def test_the_page_of_the_report_leads_to_the_holder_as_a_question(met, holder):
    with acting_as(bayu):
        operation = findings.report_whereabouts(bayu, met.report_id)
    address = reverse("posko:report", args=[operation, met.report_id])
    link = reverse("registry:person", args=[holder])
    assert link in (page := signed_in(Client(), bayu).get(address).content.decode())
    assert "milik orang lain di register?" in page
