"""The way of a referral: taken over, served, and out of it only protected or with two persons (P23, P26)."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.cast import arif, dodi, lestari, machine, officer, ratna, surya
from tests.db.cases import folder
from tests.db.cases.folder import CLEAR, CONFERENCE, SIGNS, UNFINISHED, bayu, hasan, intan
from tests.db.findings.field import BUDI, at_work, visit
from tests.depth import times
from timpora.apps.cases import actions, errors, queries
from timpora.apps.cases.models import Case, ReferralStep, Screening
from timpora.apps.findings import queries as findings
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.types import Outcome
from timpora.domain.protection import Answer, Ending, Provider
from timpora.domain.states import REFERRAL_STEPS, CaseState, ReferralState
from timpora.kernel.access import AccessDenied, PurposeMissing
from timpora.kernel.audit.models import Entry, SealedEntry
from timpora.kernel.database.session import acting_as
from timpora.kernel.errors import Refusal
from timpora.kernel.outbox.models import Message

pytestmark = pytest.mark.django_db
melati = officer("Melati", "victim_protection_officer", "DITJEN", "ID")
OTHERS = (bayu, intan, hasan, surya, ratna, arif, dodi)
TOLD = replace(
    BUDI, outcome=Outcome.PROTECTION, signs=("Di bawah 18 tahun", "Upah ditahan"), note="Ia takut."
)


def do(actor, deed, **given):
    with acting_as(actor):
        return deed(actor, **given)


@pytest.fixture
def referred():
    """Return a case with signs and its referral."""
    folder.office()
    case = folder.screened(SIGNS)
    with acting_as(lestari):
        return case, queries.referral_list(lestari, case)[0].id


@pytest.fixture
def signs():
    """Return somebody met in the field on whom Dodi ticked signs."""
    operation, target = at_work()
    report = visit(operation, target, TOLD)
    with acting_as(dodi):
        report_submit(dodi, report=report)
    with acting_as(lestari):
        (found,) = findings.protection_list(lestari)
    return found.checked_id


def case_of(case):
    with acting_as(lestari):
        return Case.objects.get(pk=case)


def returned(case, referral):
    do(lestari, actions.referral_take, referral_id=referral)
    do(lestari, actions.review_record, referral_id=referral, screening=CLEAR, because="Sudah jelas.")
    do(melati, actions.return_confirm, referral_id=referral, because="Saya dengar sendiri.")


def test_signs_from_the_field_are_taken_over_by_one_and_exist_for_nobody_else(signs):
    with acting_as(lestari):
        (waiting,) = queries.protection_desk(lestari).signs
        assert (waiting.checked_id, waiting.signs) == (signs, TOLD.signs)
        assert TOLD.name not in str(waiting)
        before = Message.objects.count(), Entry.objects.count()
    case = do(lestari, actions.signs_take, checked_id=signs)
    with acting_as(lestari):
        desk = queries.protection_desk(lestari)
        assert desk.signs == ()
        assert [row.state for row in desk.referrals] == [ReferralState.TAKEN]
        shown = queries.case_get(lestari, case)
        assert (shown.party.words.name, shown.screening.care) == ("ALI", ("anak",))
        assert queries.referral_list(lestari, case)[0].note == "Di bawah 18 tahun · Upah ditahan · Ia takut."
        # Neither news nor the common log tell that anything happened.
        assert (Message.objects.count(), Entry.objects.count()) == before
        assert SealedEntry.objects.filter(tag="cases:protection:taken").count() == 1
    for reader in OTHERS:
        with acting_as(reader):
            assert not Case.objects.exists()
            for query in (queries.protection_desk, lambda one: queries.referral_list(one, case)):
                with pytest.raises(AccessDenied):
                    query(reader)
            with pytest.raises(AccessDenied):
                queries.case_get(reader, case)
            assert queries.case_list(reader) == []
    with pytest.raises(errors.ReferralMoved):
        do(melati, actions.signs_take, checked_id=signs)


def test_only_protection_takes_over_and_only_with_a_purpose(signs):
    for stranger in OTHERS:
        with pytest.raises(AccessDenied):
            do(stranger, actions.signs_take, checked_id=signs)
    with pytest.raises(PurposeMissing):
        do(lestari.for_purpose(None), actions.signs_take, checked_id=signs)
    with pytest.raises(AccessDenied):
        do(lestari, actions.signs_take, checked_id=uuid4())
    assert do(lestari, actions.signs_take, checked_id=signs)


def signs_on(number):
    """Let Dodi tick signs on whoever shows the document with this number."""
    operation, target = at_work()
    report = visit(operation, target, replace(TOLD, document_number=number, document_state="CHN"))
    with acting_as(dodi):
        report_submit(dodi, report=report)
    with acting_as(lestari):
        return findings.protection_list(lestari)[0].checked_id


@pytest.mark.parametrize(("number", "is_closed"), [("E1234567", True), ("E7654321", False)])
def test_what_offices_have_open_on_the_person_is_closed_by_the_take_over(number, is_closed):
    folder.office()
    case = folder.conferred()
    taken = do(lestari, actions.signs_take, checked_id=signs_on(number))
    assert taken != case
    with acting_as(bayu):
        assert queries.case_get(bayu, case).is_closed_to_reader is is_closed
    if is_closed:
        with pytest.raises(errors.CaseReferred):
            do(intan, actions.screening_record, case_id=case, screening=CLEAR)
    with acting_as(lestari):
        assert queries.case_get(lestari, taken).row.state is CaseState.SHELTERED
        assert Case.objects.filter(state=CaseState.SHELTERED).count() == 1 + int(is_closed)


def test_a_service_answers_by_category_and_the_referral_ends_protected(referred):
    case, referral = referred
    answer = {"referral_id": referral, "provider": Provider.SHELTER}
    with pytest.raises(errors.ReferralMoved):
        do(lestari, actions.service_answer_record, answer=Answer.ACCEPTED, **answer)
    do(lestari, actions.referral_take, referral_id=referral)
    for said, state in ((Answer.FULL, ReferralState.TAKEN), (Answer.ACCEPTED, ReferralState.SERVED)):
        do(lestari, actions.service_answer_record, answer=said, **answer)
        with acting_as(lestari):
            found = queries.referral_get(lestari, referral)
            assert (found.state, found.answers[0].answer) == (state, said)
    do(lestari, actions.referral_end, referral_id=referral, ending=Ending.HOME)
    closed = case_of(case)
    assert (closed.state, closed.is_sealed) == (CaseState.CLOSED, True)
    with acting_as(bayu):
        assert queries.case_get(bayu, case).is_closed_to_reader
    with pytest.raises(errors.ReferralMoved):
        do(lestari, actions.referral_take, referral_id=referral)


def test_back_to_the_case_only_with_a_clear_review_and_a_second_person(referred):
    case, referral = referred
    do(lestari, actions.referral_take, referral_id=referral)
    review = {"referral_id": referral, "because": "Ternyata pamannya."}
    for unclear in (SIGNS, UNFINISHED):
        with pytest.raises(errors.ReviewNotClear):
            do(lestari, actions.review_record, screening=unclear, **review)
    with pytest.raises(errors.ReferralMoved):
        do(melati, actions.return_confirm, referral_id=referral, because="x")
    do(lestari, actions.review_record, screening=CLEAR, **review)
    with pytest.raises(errors.SecondPersonNeeded):
        do(lestari, actions.return_confirm, referral_id=referral, because="x")
    for stranger in (*OTHERS, replace(machine, purpose=bayu.purpose)):
        with pytest.raises(AccessDenied):
            do(stranger, actions.return_confirm, referral_id=referral, because="x")
    assert case_of(case).is_sealed
    do(melati, actions.return_confirm, referral_id=referral, because="Saya dengar sendiri.")
    with acting_as(bayu):
        shown = queries.case_get(bayu, case)
        assert (shown.row.state, shown.row.is_sealed) == (CaseState.SCREENED, False)
        # What was said with the signs stays with protection.
        assert "mandor" not in str(shown)
        assert not [s for s in Screening.objects.filter(trafficking="ada_tanda") if s.replies or s.note]
    do(bayu, actions.conference_record, case_id=case, conference=CONFERENCE)


def test_a_refused_review_leaves_the_person_protected(referred):
    case, referral = referred
    do(lestari, actions.referral_take, referral_id=referral)
    with pytest.raises(errors.ReferralMoved):
        do(melati, actions.return_refuse, referral_id=referral, because="x")
    do(lestari, actions.review_record, referral_id=referral, screening=CLEAR, because="x")
    do(melati, actions.return_refuse, referral_id=referral, because="Ia belum berani bicara.")
    assert case_of(case).is_sealed
    with pytest.raises(errors.ReferralMoved):
        do(melati, actions.return_confirm, referral_id=referral, because="x")


def test_a_returned_case_that_shows_signs_again_is_referred_again(referred):
    case, referral = referred
    returned(case, referral)
    do(intan, actions.screening_record, case_id=case, screening=SIGNS)
    assert case_of(case).is_sealed
    with acting_as(lestari):
        states = {one.state for one in queries.referral_list(lestari, case)}
        assert states == {ReferralState.RETURNED, ReferralState.WAITING}


def test_a_case_that_began_sealed_exists_for_its_office_once_it_is_returned(signs):
    case = do(lestari, actions.signs_take, checked_id=signs)
    with acting_as(lestari):
        referral = queries.referral_list(lestari, case)[0].id
    do(lestari, actions.review_record, referral_id=referral, screening=CLEAR, because="Bukan korban.")
    with acting_as(bayu), pytest.raises(AccessDenied):
        queries.case_get(bayu, case)
    do(melati, actions.return_confirm, referral_id=referral, because="Benar.")
    with acting_as(bayu):
        assert queries.case_get(bayu, case).row.state is CaseState.SCREENED


STEP = """
INSERT INTO cases_referralstep (referral_id, wilayah, before, after, by_id, by_name, at, because)
SELECT %s, '63.10', %s, %s, {who}, 'x', now(), 'x'
"""
UNSEAL = "UPDATE cases_case SET is_sealed = false, state = 'disaring' WHERE id = '{case}'"


def refused(actor, statement, *params):
    with acting_as(actor), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement, params)
                return cursor.rowcount == 0
        except DatabaseError:
            return True


def test_sql_as_the_program_opens_no_case_either(referred):
    case, referral = referred
    mine = STEP.format(who=f"'{lestari.id}'")
    assert refused(lestari, UNSEAL.format(case=case))
    assert refused(lestari, mine, referral, "menunggu", "dikembalikan")
    assert refused(lestari, mine, referral, "ditinjau", "dikembalikan")
    do(lestari, actions.referral_take, referral_id=referral)
    do(lestari, actions.review_record, referral_id=referral, screening=CLEAR, because="x")
    assert refused(lestari, mine, referral, "ditinjau", "dikembalikan")
    assert refused(bayu, STEP.format(who="gen_random_uuid()"), referral, "ditinjau", "dikembalikan")
    assert refused(lestari, UNSEAL.format(case=case))
    assert refused(lestari, "UPDATE cases_case SET state = 'gelar' WHERE id = %s", case)
    assert refused(lestari, "DELETE FROM cases_referralstep")
    do(melati, actions.return_confirm, referral_id=referral, because="x")
    assert not case_of(case).is_sealed


class Desk(RuleBasedStateMachine):
    """One referral; two officers of protection and the office try everything, in any order."""

    row = 0

    @initialize()
    def refer(self):
        Desk.row += 1
        self.case = folder.screened(SIGNS, folder.overstayer(name=f"ORANG {Desk.row}"))
        with acting_as(lestari):
            self.referral = queries.referral_list(lestari, self.case)[0].id

    def attempt(self, who, deed, **given):
        with acting_as(who):
            try:
                deed(who, **given)
            except Refusal:
                return

    WHO = st.sampled_from([lestari, lestari, melati, melati, bayu, hasan])

    @rule(who=st.sampled_from([lestari, melati]), is_victim=st.booleans())
    def go_on(self, who, is_victim):
        """Try what an honest desk would do next, so that the walk gets far enough to do harm."""
        with acting_as(lestari):
            state = queries.referral_get(lestari, self.referral).state
        review = {"screening": CLEAR, "because": "x"}
        accepted = {"provider": Provider.SHELTER, "answer": Answer.ACCEPTED}
        deed, given = {
            ReferralState.WAITING: (actions.referral_take, {}),
            ReferralState.TAKEN: (actions.service_answer_record, accepted)
            if is_victim
            else (actions.review_record, review),
            ReferralState.SERVED: (actions.referral_end, {"ending": Ending.HOME})
            if is_victim
            else (actions.review_record, review),
        }.get(state, (actions.return_confirm, {"because": "x"}))
        self.attempt(who, deed, referral_id=self.referral, **given)

    @rule(who=WHO)
    def take(self, who):
        self.attempt(who, actions.referral_take, referral_id=self.referral)

    @rule(who=WHO, answer=st.sampled_from(list(Answer)))
    def answer(self, who, answer):
        given = {"referral_id": self.referral, "provider": Provider.HEALTH, "answer": answer}
        self.attempt(who, actions.service_answer_record, **given)

    @rule(who=WHO, screening=st.sampled_from([CLEAR, CLEAR, CLEAR, UNFINISHED, SIGNS]))
    def review(self, who, screening):
        given = {"referral_id": self.referral, "screening": screening, "because": "x"}
        self.attempt(who, actions.review_record, **given)

    @rule(who=WHO)
    def confirm(self, who):
        self.attempt(who, actions.return_confirm, referral_id=self.referral, because="x")

    @rule(who=WHO)
    def refuse(self, who):
        self.attempt(who, actions.return_refuse, referral_id=self.referral, because="x")

    @rule(who=WHO, chance=st.integers(0, 3))
    def end(self, who, chance):
        if chance == 0:
            self.attempt(who, actions.referral_end, referral_id=self.referral, ending=Ending.STAYS)

    @rule()
    def the_office_tries(self):
        self.attempt(bayu, actions.conference_record, case_id=self.case, conference=CONFERENCE)
        self.attempt(hasan, actions.case_close, case_id=self.case, because="x")

    @invariant()
    def the_seal_holds(self):
        if not hasattr(self, "case"):
            return
        with acting_as(lestari):
            steps = list(ReferralStep.objects.filter(referral_id=self.referral).order_by("id"))
            before = ReferralState.WAITING
            for one in steps:
                assert ReferralState(one.after) in REFERRAL_STEPS[before]
                before = ReferralState(one.after)
            case = Case.objects.get(pk=self.case)
            assert case.is_sealed is (before is not ReferralState.RETURNED)
            if before is ReferralState.RETURNED:
                assert steps[-2].after == ReferralState.REVIEWED
                assert steps[-2].by_id != steps[-1].by_id
                screen = Screening.objects.filter(case=case).latest("id")
                assert screen.trafficking == "tidak_ada_tanda"
            if before is ReferralState.ENDED:
                assert case.state == CaseState.CLOSED


def test_whatever_is_tried_only_two_persons_open_what_was_sealed():
    folder.office()
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=times(8),
            stateful_step_count=14,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize(
    ("is_victim", "reached"),
    [
        (False, [ReferralState.TAKEN, ReferralState.REVIEWED, ReferralState.RETURNED]),
        (True, [ReferralState.TAKEN, ReferralState.SERVED, ReferralState.ENDED]),
    ],
)
def test_an_honest_desk_gets_to_both_ends_by_the_same_rules(is_victim, reached):
    """Rules that never got anywhere would prove nothing of what they keep shut."""
    folder.office()
    desk = Desk()
    desk.refer()
    for who in (lestari, lestari, melati):
        desk.go_on(who=who, is_victim=is_victim)
        desk.the_seal_holds()
    with acting_as(lestari):
        steps = ReferralStep.objects.filter(referral_id=desk.referral).order_by("id")
        assert [ReferralState(step.after) for step in steps] == reached
