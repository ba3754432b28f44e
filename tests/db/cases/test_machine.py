"""Whatever officers try, in whatever order: no measure without screen, conference, two persons (B2)."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.cast import lestari
from tests.db.cases import folder
from tests.db.cases.folder import CHARGE, CLEAR, CONFERENCE, DELIVERED, NOTHING, SIGNS, TODAY, UNFINISHED
from tests.depth import times
from timpora.apps.cases import actions
from timpora.apps.cases.models import Case, Conference, Decision, Proposal, Screening, Step
from timpora.apps.cases.types import NewObjection
from timpora.domain.measures import ScreenAnswer
from timpora.domain.states import CASE_STEPS, CaseState
from timpora.kernel.database.session import acting_as
from timpora.kernel.errors import Refusal

# Everybody may do everything here, so that only the rules of the case refuse.
GRANTS = (*folder.bayu.grants, *folder.hasan.grants)
PEOPLE = tuple(replace(one, grants=GRANTS) for one in (folder.bayu, folder.intan, folder.hasan))
WHO = st.sampled_from(PEOPLE)
PAST_GATE = {CaseState.PROPOSED, CaseState.DECIDED, CaseState.DELIVERED, CaseState.EXECUTED}
OBJECTION = NewObjection(TODAY, "LI WEI", "Simpang Empat", ("surat keberatan",))


class Cabinet(RuleBasedStateMachine):
    """One case and three officers who try everything."""

    row = 0

    @initialize()
    def open(self):
        Cabinet.row += 1
        with acting_as(folder.bayu):
            self.case = folder.opened(folder.overstayer(name=f"ORANG {Cabinet.row}"))

    def attempt(self, who, deed, **given):
        with acting_as(who):
            try:
                deed(who, case_id=self.case, **given)
            except Refusal:
                return

    @rule(who=WHO, screen=st.sampled_from([CLEAR, CLEAR, CLEAR, UNFINISHED, SIGNS]))
    def screen(self, who, screen):
        self.attempt(who, actions.screening_record, screening=screen)

    @rule(who=WHO)
    def go_on(self, who):
        """Try what an honest office would do next, so that the walk gets far enough to do harm."""
        with acting_as(lestari):
            state = CaseState(Case.objects.get(pk=self.case).state)
        version = self.version()
        deed, given = {
            CaseState.REPORTED: (actions.screening_record, {"screening": CLEAR}),
            CaseState.SCREENED: (actions.conference_record, {"conference": CONFERENCE}),
            CaseState.CONFERENCE: (actions.measure_propose, {"proposal": CHARGE}),
            CaseState.PROPOSED: (actions.measure_decide, {"version": version, "because": "x"}),
            CaseState.DECIDED: (actions.letter_deliver, {"delivery": DELIVERED}),
        }.get(state, (actions.measure_execute, {"because": "x"}))
        self.attempt(who, deed, **given)

    def version(self):
        with acting_as(lestari):
            return Proposal.objects.filter(case_id=self.case).count()

    @rule(who=WHO)
    def confer(self, who):
        self.attempt(who, actions.conference_record, conference=CONFERENCE)

    @rule(who=WHO, proposal=st.sampled_from([CHARGE, NOTHING]))
    def propose(self, who, proposal):
        self.attempt(who, actions.measure_propose, proposal=proposal)

    @rule(who=WHO, version=st.integers(1, 3))
    def sign(self, who, version):
        self.attempt(who, actions.measure_countersign, version=version)

    @rule(who=WHO, version=st.integers(1, 3))
    def send_back(self, who, version):
        self.attempt(who, actions.measure_return, version=version, because="x")

    @rule(who=WHO, version=st.integers(1, 3))
    def decide(self, who, version):
        self.attempt(who, actions.measure_decide, version=version, because="x")

    @rule(who=WHO)
    def skip_to_the_end(self, who):
        for deed, given in (
            (actions.measure_propose, {"proposal": CHARGE}),
            (actions.measure_decide, {"version": self.version(), "because": "x"}),
            (actions.letter_deliver, {"delivery": DELIVERED}),
        ):
            self.attempt(who, deed, **given)

    @rule(who=WHO)
    def deliver(self, who):
        self.attempt(who, actions.letter_deliver, delivery=DELIVERED)

    @rule(who=WHO)
    def object(self, who):
        self.attempt(who, actions.objection_record, objection=OBJECTION)

    @rule(who=WHO)
    def execute(self, who):
        self.attempt(who, actions.measure_execute, because="x")

    @invariant()
    def the_table_and_the_gate_hold(self):
        if not hasattr(self, "case"):
            return
        with acting_as(lestari):
            case = Case.objects.get(pk=self.case)
            steps = [CaseState(s.after) for s in Step.objects.filter(case=case).order_by("id")]
            assert steps[0] is CaseState.REPORTED
            assert steps[-1] == case.state
            for before, after in pairwise(steps):
                assert after in CASE_STEPS[before]
            screens = list(Screening.objects.filter(case=case).order_by("id"))
            proposals = list(Proposal.objects.filter(case=case).order_by("version"))
            for made in proposals:
                told = [s for s in screens if s.at <= made.at]
                assert told
                assert Conference.objects.filter(pk=made.conference_id, case=case).exists()
            for made in Decision.objects.filter(case=case).select_related("proposal"):
                assert made.decided_by_id != made.proposal.proposed_by_id
                assert made.kind == "tidak_ada_tindakan" or made.letter_id
            if case.state in PAST_GATE:
                assert (screens[-1].trafficking, screens[-1].refugee) == (
                    ScreenAnswer.CLEAR,
                    ScreenAnswer.CLEAR,
                )
            if case.is_sealed:
                assert case.state == CaseState.SHELTERED


@pytest.mark.django_db
def test_no_path_reaches_a_measure_without_screen_conference_and_two_persons():
    folder.office()
    run_state_machine_as_test(
        Cabinet,
        settings=settings(
            max_examples=times(8),
            stateful_step_count=18,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seen", "reached"),
    [
        (CLEAR, [CaseState.SCREENED, CaseState.CONFERENCE, CaseState.PROPOSED, CaseState.DECIDED]),
        (SIGNS, [CaseState.SHELTERED]),
    ],
)
def test_an_honest_office_gets_to_both_ends_by_the_same_rules(seen, reached):
    """Rules that never got anywhere would prove nothing of what they keep shut."""
    folder.office()
    cabinet = Cabinet()
    cabinet.open()
    cabinet.screen(who=folder.intan, screen=seen)
    for who in (folder.intan, folder.bayu, folder.hasan):
        cabinet.go_on(who=who)
    with acting_as(lestari):
        steps = Step.objects.filter(case_id=cabinet.case).order_by("id")
        assert [CaseState(step.after) for step in steps][-len(reached) :] == reached
