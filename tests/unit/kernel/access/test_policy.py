"""Permission ∧ territory ∧ unit ∧ purpose: who may do what where, in one policy."""

from dataclasses import replace

import pytest

from tests.cast import citra, dodi, hasan, officer, ratna, wulan
from timpora.domain.territory import MalformedCode
from timpora.kernel.access import AccessDenied, P, PurposeMissing, may, require
from timpora.kernel.access.policy import why_not

HERE, ELSEWHERE = ("63.10.01",), ("16.71",)


def test_a_right_holds_inside_the_territory_and_nowhere_else():
    assert may(hasan, P.OPERATIONS_TARGET_APPROVE, places=HERE)
    assert not may(hasan, P.OPERATIONS_TARGET_APPROVE, places=ELSEWHERE)
    assert not may(dodi, P.OPERATIONS_TARGET_APPROVE, places=HERE)


def test_a_code_is_compared_by_whole_steps():
    assert may(hasan, P.OPERATIONS_TARGET_APPROVE, places=("63.10",))
    assert not may(hasan, P.OPERATIONS_TARGET_APPROVE, places=("63.11",))
    assert not may(hasan, P.OPERATIONS_TARGET_APPROVE, places=("63",))
    with pytest.raises(MalformedCode):  # a code cut short never reaches a comparison
        may(hasan, P.OPERATIONS_TARGET_APPROVE, places=("63.1",))


def test_a_member_agency_is_held_to_its_own_lists_within_the_shared_territory():
    own, neighbour = "DISNAKER-63.10", "POLRES-63.10"
    assert may(wulan, P.INTAKE_SUBMISSION_READ, places=HERE, unit=own)
    assert not may(wulan, P.INTAKE_SUBMISSION_READ, places=HERE, unit=neighbour)
    # An officer of immigration is held to the territory alone.
    assert may(hasan, P.OPERATIONS_TARGET_APPROVE, places=HERE, unit=neighbour)


def test_one_assignment_does_not_lend_its_territory_to_another():
    both = replace(
        hasan,
        grants=(*hasan.grants, *officer("x", "field_officer", "KANIM-PALEMBANG", "16.71").grants),
    )
    assert may(both, P.FINDINGS_REPORT_SUBMIT, places=ELSEWHERE)
    assert not may(both, P.OPERATIONS_TARGET_APPROVE, places=ELSEWHERE)


def test_without_a_purpose_nobody_opens_a_person():
    idle = hasan.for_purpose(None)
    require(hasan, P.REGISTRY_PERSON_READ, places=HERE)
    assert not may(idle, P.REGISTRY_PERSON_READ, places=HERE)
    with pytest.raises(PurposeMissing):
        require(idle, P.REGISTRY_PERSON_READ, places=HERE)
    # Outside the territory the answer is the same as for a thing that is not there, purpose or none.
    with pytest.raises(AccessDenied):
        require(citra.for_purpose(None), P.REGISTRY_PERSON_READ, places=HERE)


def test_a_refusal_says_which_wall_stood_in_the_way():
    assert why_not(dodi, P.OPERATIONS_TARGET_APPROVE, places=HERE).startswith("tidak ada peran")
    assert "16.71" in why_not(hasan, P.OPERATIONS_TARGET_APPROVE, places=ELSEWHERE)
    assert why_not(ratna, P.OPERATIONS_POSKO_WATCH, places=ELSEWHERE) is None
