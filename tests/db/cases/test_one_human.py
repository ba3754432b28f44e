"""P23, P26: protection holds for the human, in every case and under every identifier of the registry."""

from dataclasses import replace

import pytest

from tests.cast import dodi, lestari, machine, officer
from tests.db.cases import folder
from tests.db.cases.folder import CHARGE, CLEAR, CONFERENCE, SIGNS, TODAY, bayu, hasan, intan
from tests.db.findings.field import BUDI, at_work, visit
from timpora.apps.cases import actions, errors, queries
from timpora.apps.cases.models import Case
from timpora.apps.cases.types import NewObjection
from timpora.apps.findings import queries as findings
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.types import Outcome
from timpora.apps.registry import actions as registry
from timpora.domain.protection import Ending
from timpora.domain.states import CaseState
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
melati = officer("Melati", "victim_protection_officer", "DITJEN", "ID")
TOLD = replace(BUDI, outcome=Outcome.PROTECTION, signs=("Upah ditahan",), note="Ia takut.")
OBJECTION = NewObjection(TODAY, "LI WEI", "Simpang Empat", ("surat keberatan",))


@pytest.fixture(autouse=True)
def office():
    folder.office()


def do(actor, deed, **given):
    with acting_as(actor):
        return deed(actor, **given)


def taken(number="E1234567"):
    """Let Dodi tick signs on whoever shows this document, and protection take them over."""
    operation, target = at_work()
    report = visit(operation, target, replace(TOLD, document_number=number, document_state="CHN"))
    do(dodi, report_submit, report=report)
    with acting_as(lestari):
        checked = findings.protection_list(lestari)[0].checked_id
    return do(lestari, actions.signs_take, checked_id=checked)


def stands(case):
    with acting_as(lestari):
        row = Case.objects.get(pk=case)
    return row.state, row.is_sealed, row.due_on


def returned(case):
    with acting_as(lestari):
        (referral,) = queries.referral_list(lestari, case)
    do(lestari, actions.review_record, referral_id=referral.id, screening=CLEAR, because="Bukan.")
    do(melati, actions.return_confirm, referral_id=referral.id, because="Benar.")


def two_of_one():
    """Return two persons of the registry whom the office then holds to be one human."""
    return folder.overstayer(), replace(folder.overstayer(name="LI WEY"), document_number="E7777777")


def merged(main, other):
    do(bayu, registry.person_merge, keep=main.person, absorb=other.person, because="Satu orang.")


@pytest.mark.parametrize("reach", [folder.opened, folder.screened, folder.conferred, folder.proposed])
def test_whatever_is_undecided_is_closed(reach):
    case = reach()
    taken()
    assert stands(case)[:2] == (CaseState.SHELTERED, True)


def test_a_decision_stands_with_its_deadline_and_is_not_carried_out():
    case = folder.delivered(CHARGE)
    before = stands(case)
    assert before[0] == CaseState.DELIVERED
    assert before[2] is not None
    protected = taken()
    assert stands(case) == before
    with pytest.raises(errors.MeasureHeld):
        do(bayu, actions.measure_execute, case_id=case, because="Dibayar.")
    returned(protected)
    assert stands(case) == before
    do(bayu, actions.measure_execute, case_id=case, because="Dibayar.")


def test_a_decision_is_not_handed_over_but_one_handed_over_is_objected_to():
    case = folder.delivered(CHARGE)
    taken()
    do(bayu, actions.objection_record, case_id=case, objection=OBJECTION)
    assert stands(case)[0] == CaseState.OBJECTED


def test_no_decision_is_handed_over_to_a_human_under_protection():
    case = folder.decided(CHARGE)
    taken()
    with pytest.raises(errors.MeasureHeld):
        do(bayu, actions.letter_deliver, case_id=case, delivery=folder.DELIVERED)
    assert stands(case)[:2] == (CaseState.DECIDED, False)


def test_the_case_of_an_absorbed_person_is_closed_with_the_others():
    main, other = two_of_one()
    case = folder.conferred(other)
    with acting_as(machine):
        registry.records_add(machine, source=folder.SOURCE, records=[main])
    merged(main, other)
    taken()
    with acting_as(bayu):
        assert queries.case_get(bayu, case).is_closed_to_reader


def test_signs_of_a_screening_close_the_others_when_protection_takes_the_referral():
    main, other = two_of_one()
    first, second = folder.conferred(other), folder.screened(row=main)
    merged(main, other)
    do(intan, actions.screening_record, case_id=second, screening=SIGNS)
    assert stands(first)[0] == CaseState.CONFERENCE
    with acting_as(lestari):
        (referral,) = queries.referral_list(lestari, second)
    do(lestari, actions.referral_take, referral_id=referral.id)
    assert stands(first)[:2] == (CaseState.SHELTERED, True)
    with acting_as(lestari):
        (told,) = queries.referral_list(lestari, first)
        assert (told.note, told.by_name, told.screen) == (referral.note, "Intan", referral.screen)
    returned(first)
    assert stands(first)[1]
    returned(second)
    assert {stands(case)[:2] for case in (first, second)} == {(CaseState.SCREENED, False)}


def test_a_case_on_somebody_taken_over_was_dealt_with_already():
    row = folder.overstayer()
    found = folder.indicated(row)
    protected = taken()
    with pytest.raises(errors.CaseHandled):
        do(bayu, actions.case_open, indication_id=found, because="x")
    returned(protected)
    assert do(bayu, actions.case_open, indication_id=found, because="x")


def test_a_case_on_somebody_else_opens():
    found = folder.indicated()
    taken("E7654321")
    assert do(bayu, actions.case_open, indication_id=found, because="x")


@pytest.mark.parametrize("is_office_first", [True, False])
def test_only_the_last_return_opens_and_it_opens_them_all(is_office_first):
    case = folder.conferred()
    cases = [case, taken()] if is_office_first else [taken(), case]
    returned(cases[0])
    assert {stands(one)[:2] for one in cases} == {(CaseState.SHELTERED, True)}
    with acting_as(intan):
        assert queries.case_get(intan, case).is_closed_to_reader
    returned(cases[1])
    assert {stands(one)[:2] for one in cases} == {(CaseState.SCREENED, False)}
    do(bayu, actions.conference_record, case_id=case, conference=CONFERENCE)


def test_nothing_opens_while_another_ended_with_the_human_protected():
    case = folder.conferred()
    protected = taken()
    with acting_as(lestari):
        (referral,) = queries.referral_list(lestari, protected)
    do(lestari, actions.referral_end, referral_id=referral.id, ending=Ending.HOME)
    returned(case)
    assert stands(case)[:2] == (CaseState.SHELTERED, True)
    with acting_as(hasan):
        assert queries.case_get(hasan, case).is_closed_to_reader
