from datetime import UTC, datetime, timedelta

import pytest

from timpora.interface.console.scenario.acts import (
    Checked,
    Ground,
    OrderIssue,
    PhaseOpen,
    Report,
    TargetDecide,
    TargetPropose,
    Verb,
)
from timpora.interface.console.scenario.cast import officers
from timpora.interface.console.scenario.people import generate
from timpora.interface.console.scenario.records import OFFICES, Sign
from timpora.interface.console.scenario.script import JOURNAL, PREPARED_ON, steps
from timpora.interface.console.scenario.targets import SIGNS_OF_EXPLOITATION
from timpora.interface.console.scenario.totals import count, expected_totals
from timpora.interface.console.scenario.visits import DAYS, SILENT_DAY, SILENT_OFFICE
from timpora.interface.field.book import SIGNS
from timpora.kernel.access.permissions import P
from timpora.kernel.access.roles import ROLES

NEEDS = {
    Verb.PHASE_OPEN: P.OPERATIONS_OPERATION_OPEN,
    Verb.TARGET_PROPOSE: P.OPERATIONS_TARGET_PROPOSE,
    Verb.TARGET_APPROVE: P.OPERATIONS_TARGET_APPROVE,
    Verb.TARGET_REJECT: P.OPERATIONS_TARGET_APPROVE,
    Verb.ORDER_ISSUE: P.OPERATIONS_ORDER_ISSUE,
    Verb.REPORT_SUBMIT: P.FINDINGS_REPORT_SUBMIT,
}


@pytest.fixture(scope="module")
def played():
    return steps()


@pytest.fixture(scope="module")
def totals():
    return expected_totals()


def payloads(played, kind):
    return [step.payload for step in played if isinstance(step.payload, kind)]


def test_the_script_is_the_same_every_time(played):
    assert steps.__wrapped__() == played
    assert steps(7) != played


def test_steps_run_in_time_from_the_preparation_to_the_close(played):
    assert [s.at for s in played] == sorted(s.at for s in played)
    assert played[0].verb is Verb.PHASE_OPEN
    assert played[-1].verb is Verb.PHASE_CLOSE
    assert {s.at.date() for s in played} == {PREPARED_ON, *DAYS}
    assert all(s.at.utcoffset() in {timedelta(hours=h) for h in (7, 8, 9)} for s in played)


def test_everybody_in_the_script_is_in_the_cast_and_holds_the_right(played):
    cast = officers()
    for step in played:
        roles = [ROLES[given.role] for given in cast[step.actor].assignments]
        needed = NEEDS.get(step.verb)
        assert needed is None or any(needed in role.permissions for role in roles), (step.actor, step.verb)


def test_who_proposes_a_target_never_decides_it(played):
    proposers = {s.payload.target: s.actor for s in played if isinstance(s.payload, TargetPropose)}
    deciders = {s.payload.target: s.actor for s in played if isinstance(s.payload, TargetDecide)}
    assert proposers.keys() > deciders.keys()
    assert all(proposers[target] != deciders[target] for target in deciders)


def test_one_proposal_waits_for_the_head_whose_office_the_readme_visits(played):
    proposed = {p.target: p for p in payloads(played, TargetPropose)}
    waiting = proposed.keys() - {d.target for d in payloads(played, TargetDecide)}
    assert [proposed[target].office for target in waiting] == ["KANIM-BATULICIN"]
    assert not waiting & {target for order in payloads(played, OrderIssue) for target in order.targets}
    assert not waiting & {report.target for report in payloads(played, Report)}
    ordered = [step.at for step in played if step.verb is Verb.ORDER_ISSUE]
    assert all(step.at > max(ordered) for step in played if getattr(step.payload, "target", None) in waiting)


def test_only_approved_targets_of_an_issued_order_are_visited(played):
    approved = {s.payload.target for s in played if s.verb is Verb.TARGET_APPROVE}
    rejected = {s.payload.target for s in played if s.verb is Verb.TARGET_REJECT}
    ordered = {t: order for order in payloads(played, OrderIssue) for t in order.targets}
    assert rejected
    assert not approved & rejected
    for step in played:
        if isinstance(step.payload, Report):
            assert step.payload.target in approved
            assert step.payload.order == ordered[step.payload.target].order
            assert step.actor in ordered[step.payload.target].officers
            assert step.at >= step.payload.visited_at


def test_hearsay_is_never_approved(played):
    hearsay = {p.target for p in payloads(played, TargetPropose) if p.ground is Ground.HEARSAY}
    approved = {s.payload.target for s in played if s.verb is Verb.TARGET_APPROVE}
    assert hearsay
    assert not hearsay & approved


def test_reports_stand_near_their_target(played):
    points = {p.target: p for p in payloads(played, TargetPropose)}
    for report in payloads(played, Report):
        point = points[report.target]
        assert abs(report.lat - point.lat) <= 0.0021
        assert abs(report.lon - point.lon) <= 0.0021


def test_the_office_without_network_is_silent_and_then_catches_up(played):
    sent = [s for s in played if isinstance(s.payload, Report) and s.payload.office == SILENT_OFFICE]
    opens = datetime(2024, 8, 22, 9, 30, tzinfo=UTC)  # 16.30 WIB
    begins = datetime(2024, 8, 22, 1, 0, tzinfo=UTC)
    assert not [s for s in sent if begins <= s.at < opens]
    late = [s for s in sent if s.payload.visited_at.date() == SILENT_DAY]
    assert len(late) > 3
    assert all(s.payload.was_offline and s.at >= opens for s in late)


def test_one_report_is_sent_twice_and_counts_once(played, totals):
    repeats = [s for s in played if s.is_repeat]
    assert len(repeats) == totals.repeats == 1
    first = next(s for s in played if isinstance(s.payload, Report) and s.payload.id == repeats[0].payload.id)
    assert first.payload == repeats[0].payload
    assert count([s for s in played if not s.is_repeat]).reports == totals.reports


def test_totals_reconcile_with_a_visible_remainder(totals):
    assert totals.sendings == totals.reports + totals.repeats
    assert totals.headcount == totals.checks + totals.unrecorded
    assert totals.checks == sum(n for _, n in totals.outcomes)
    assert totals.findings == sum(n for _, n in totals.by_kind)
    assert totals.offices == totals.offices_reported + totals.offices_nil + totals.offices_silent
    assert totals.unrecorded == 3
    assert totals.unclassified == 2
    assert totals.persons == totals.checks - 1
    assert totals.offices_silent == 2


def test_totals_notice_a_report_that_is_lost(played, totals):
    lost = next(s for s in played if isinstance(s.payload, Report) and s.payload.persons and not s.is_repeat)
    rest = count([s for s in played if getattr(s.payload, "id", "") != lost.payload.id])
    assert rest.reports == totals.reports - 1
    assert rest.headcount == totals.headcount - lost.payload.headcount


def test_the_scenario_is_as_large_as_an_operation(played, totals):
    assert totals.reports >= 60
    assert totals.targets_visited >= 30
    assert totals.nil_reports >= 10
    phase = next(iter(payloads(played, PhaseOpen)))
    assert len(phase.offices) == totals.offices >= 40
    assert set(OFFICES) <= set(phase.offices)
    assert len(JOURNAL) == len([s for s in played if s.verb is Verb.JOURNAL_WRITE])


def test_signs_of_exploitation_lead_to_protection_and_the_refugee_to_no_measure(played):
    world = generate()
    hidden = {t.person for t in world.truths if t.sign is Sign.TRAFFICKING}
    refugee = {t.person for t in world.truths if t.sign is Sign.REFUGEE}
    met: list[Checked] = [one for report in payloads(played, Report) for one in report.persons]
    assert {one.person for one in met if one.signs} == hidden
    assert {one.outcome.value for one in met if one.person in hidden} == {"dirujuk_pelindungan"}
    assert {one.outcome.value for one in met if one.person in refugee} == {"dicatat_pengungsi"}


def test_innocent_look_alikes_are_cleared(played):
    world = generate()
    innocent = {t.person for t in world.truths if t.sign.is_innocent and t.sign is not Sign.REFUGEE}
    met = [one for report in payloads(played, Report) for one in report.persons if one.person in innocent]
    assert len(met) > 5
    assert {one.outcome.value for one in met} == {"sesuai"}


def test_no_step_carries_a_nationality_but_targets_move_with_nobody(played):
    assert not [p for p in payloads(played, TargetPropose) if "warga" in p.reason.lower()]
    assert all(
        p.persons or "berkala" in p.reason or p.reason.startswith("Usulan")
        for p in payloads(played, TargetPropose)
    )


def test_signs_are_told_as_the_phone_words_them():
    assert set(SIGNS_OF_EXPLOITATION) <= {str(sign) for sign in SIGNS}
