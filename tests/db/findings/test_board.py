"""The board: who reported, who is silent since when, and counts that reconcile to the last person."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import bayu, citra, dodi, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.db.operations import world
from tests.db.operations.world import edi
from timpora.apps.findings import queries
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.types import Board, FindingKind, NewChecked, NewFinding, NewReport, Outcome
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as

KINDS = list(FindingKind)
pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return at_work()


def sent(report, by=dodi, at=DAY):
    with clock.standing_at(at), acting_as(by):
        return report_submit(by, report=report)


def shown(operation, by=ratna, at=DAY) -> Board:
    with clock.standing_at(at), acting_as(by):
        return queries.board(by, operation)


def unit(board, code=world.BATULICIN):
    return next(unit for unit in board.units if unit.unit_code == code)


def test_an_office_reports_says_nil_or_is_silent_since(work):
    operation, target = work
    board = shown(operation)
    # 22 August, midnight in WITA: the day's window.
    assert unit(board).state == "diam"
    assert unit(board).since == DAY.replace(hour=16) - timedelta(days=1)
    sent(visit(operation, target))
    assert (unit(shown(operation)).state, unit(shown(operation)).since) == ("nihil", DAY)
    later = DAY + timedelta(hours=1)
    sent(visit(operation, target, BUDI), at=later)
    board = shown(operation, at=later)
    assert (unit(board).state, unit(board).since) == ("melapor", later)
    assert unit(board, world.PALEMBANG).state == "diam"
    assert [u.unit_code for u in board.units_in("melapor")] == [world.BATULICIN]


def test_the_next_day_everybody_starts_anew_and_silence_counts_from_the_last_report(work):
    operation, target = work
    sent(visit(operation, target, BUDI))
    tomorrow = shown(operation, at=DAY + timedelta(days=1))
    assert (unit(tomorrow).state, unit(tomorrow).since) == ("diam", DAY)
    after = shown(operation, at=DAY + timedelta(days=30))
    assert unit(after).state == "melapor"


def test_the_nil_of_an_office_counts_as_a_report_and_as_no_visit(work):
    sent(visit(work[0], None), by=bayu)
    board = shown(work[0])
    assert unit(board).state == "nihil"
    assert board.figure("kunjungan").whole == 0
    assert unit(board).nil_reports == 1


def test_before_the_first_phase_nobody_is_silent_since_anything(work):
    board = shown(work[0], at=DAY - timedelta(days=5))
    assert {u.since for u in board.units} == {None}


def test_a_reader_counts_only_the_own_territory(work):
    sent(visit(*work, BUDI))
    assert shown(work[0]).figure("orang").value == 1
    foreign = shown(work[0], by=citra)
    assert [u.unit_code for u in foreign.units] == [world.PALEMBANG]
    assert all(f.whole == 0 for f in foreign.figures)
    assert foreign.newest == ()


def test_an_absent_operation_has_no_board(work):
    with pytest.raises(AccessDenied):
        shown(work[1])


def test_nobody_can_be_named_from_the_board(work):
    sent(visit(*work, ANNA))
    board = shown(work[0], by=bayu)
    assert len(board.newest) == 1
    assert not any(word in repr(board) for word in ("ERIKSSON", "L898902C3", "12-08-1974", "Pos depan"))


def test_a_conflict_is_on_the_board(work):
    report = visit(*work, BUDI)
    sent(report)
    sent(replace(report, note="lain"))
    assert shown(work[0]).conflicts == 1
    assert shown(work[0]).newest[0].conflicts_count == 1


def _random_report(rng: Random, operation, target) -> NewReport:
    outcomes = [o for o in Outcome if o is not Outcome.REFERRED]
    people = tuple(
        NewChecked(
            outcome=rng.choice(outcomes),
            name=f"ORANG {rng.randint(1, 9)}",
            findings=tuple(
                NewFinding(rng.choice(list(FindingKind))) for _ in range(rng.choice((0, 0, 1, 3)))
            ),
        )
        for _ in range(rng.choice((0, 0, 1, 2, 5)))
    )
    of_place = (NewFinding(rng.choice(KINDS)),) if people and rng.random() < 0.3 else ()
    headcount = len(people) + (rng.choice((0, 0, 2)) if people else 0)
    return visit(operation, target, *people, headcount=headcount, findings=of_place)


@pytest.mark.parametrize("seed", range(6))
def test_figures_reconcile_whatever_was_reported(work, seed):
    operation, first = work
    second = world.approved(operation, name="Gudang")
    world.issued(world.team(operation, second, name="Regu 2", leader=edi))
    world.approved(operation, name="Belum dikunjungi")
    rng = Random(seed)  # noqa: S311 - a fixed draw, no secret
    reports = [_random_report(rng, operation, rng.choice((first, second))) for _ in range(12)]
    for report in reports:
        for _ in range(rng.choice((1, 1, 2))):
            sent(report, by=dodi if report.target_id == first else edi)
    board = shown(operation)

    checks = [one for report in reports for one in report.checked]
    found = [f for r in reports for f in (*r.findings, *(f for one in r.checked for f in one.findings))]
    kinds = Counter(str(f.kind) for f in found)
    outcomes = Counter("dirujuk" if one.outcome is Outcome.PROTECTION else str(one.outcome) for one in checks)
    assert {s.code: s.value for s in board.kinds if s.value} == dict(kinds)
    assert {s.code: s.value for s in board.outcomes if s.value} == dict(outcomes)

    visited = len({report.target_id for report in reports})
    points, visits, people, findings = board.figures
    assert (points.value, points.remainder) == (visited, 3 - visited)
    assert visits.whole == len(reports)
    assert visits.remainder == sum(not report.checked for report in reports)
    assert (people.value, people.whole) == (len(checks), sum(r.headcount for r in reports))
    assert sum(s.value for s in board.outcomes) == people.value
    assert findings.remainder == kinds["belum_terklasifikasi"]
    assert findings.whole == len(found) == sum(s.value for s in board.kinds)
    for name, total in (("checks", people.value), ("findings", findings.whole), ("reports", len(reports))):
        assert sum(getattr(u, name) for u in board.units) == total
    with acting_as(ratna):
        counts = queries.target_counts(ratna, operation)
        assert sum(c.checks for c in counts.values()) == people.value
        assert sum(c.reports for c in counts.values()) == visits.whole


def test_the_number_of_statements_does_not_grow(work):
    def statements() -> int:
        with acting_as(ratna), CaptureQueriesContext(connection) as captured:
            queries.board(ratna, work[0])
        return len(captured)

    sent(visit(*work, ANNA, BUDI))
    few = statements()
    for _ in range(15):
        sent(visit(*work, ANNA, BUDI, ANNA))
    assert statements() == few
    assert few <= 15
