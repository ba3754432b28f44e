from pathlib import Path

import pytest

from timpora.domain.states import (
    CASE_STEPS,
    MACHINES,
    REFERRAL_STEPS,
    CaseState,
    EncounterState,
    JournalState,
    OperationState,
    OrderState,
    ReferralState,
    StepForbidden,
    TargetState,
    TeamState,
    may_step,
    require_step,
    states_markdown,
)

PAGE = Path(__file__).parents[3] / "docs" / "states.md"


@pytest.mark.parametrize(
    ("machine", "states"),
    list(
        zip(
            MACHINES,
            (
                CaseState,
                OperationState,
                TargetState,
                ReferralState,
                OrderState,
                EncounterState,
                JournalState,
                TeamState,
            ),
            strict=True,
        )
    ),
    ids=lambda given: getattr(given, "title", getattr(given, "__name__", "")),
)
def test_tables_are_total_closed_and_reachable(machine, states):
    assert list(machine.steps) == list(machine.meanings) == list(states)
    assert all(type(state) is states for afters in machine.steps.values() for state in afters)
    reached, waiting = set(machine.starts), list(machine.starts)
    while waiting:
        fresh = machine.steps[waiting.pop()] - reached
        reached |= fresh
        waiting += fresh
    assert reached == set(states)


def test_a_case_cannot_reach_a_decision_without_screen_and_conference():
    for skipped in (CaseState.SCREENED, CaseState.CONFERENCE, CaseState.PROPOSED):
        reached, waiting = {CaseState.REPORTED}, [CaseState.REPORTED]
        while waiting:
            fresh = CASE_STEPS[waiting.pop()] - reached - {skipped}
            reached |= fresh
            waiting += fresh
        assert CaseState.DECIDED not in reached


def test_a_referral_is_returned_only_through_a_review():
    before = [state for state, afters in REFERRAL_STEPS.items() if ReferralState.RETURNED in afters]
    assert before == [ReferralState.REVIEWED]
    assert not may_step(ReferralState.ENDED, ReferralState.TAKEN)


def test_signs_found_late_lead_back_to_the_screen():
    for state in (CaseState.CONFERENCE, CaseState.PROPOSED, CaseState.DECIDED, CaseState.DELIVERED):
        assert may_step(state, CaseState.SCREENED)


def test_a_step_outside_the_table_is_refused_and_the_open_ones_told():
    require_step(CaseState.REPORTED, CaseState.SCREENED)
    with pytest.raises(StepForbidden, match="disaring, ditutup"):
        require_step(CaseState.REPORTED, CaseState.DECIDED)
    with pytest.raises(StepForbidden, match="tidak ada"):
        require_step(CaseState.CLOSED, CaseState.SCREENED)


def test_states_of_one_spelling_keep_to_their_own_table():
    assert CaseState.REPORTED == OrderState.REPORTED
    assert may_step(CaseState.REPORTED, CaseState.SCREENED)
    assert not may_step(OrderState.REPORTED, CaseState.SCREENED)


def test_the_page_is_drawn_from_the_tables():
    assert PAGE.read_text(encoding="utf-8") == states_markdown(), "draw it anew, see docs/hukum/README.md"
