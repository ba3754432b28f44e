"""The rekap of a day: counted as the board counts, every report on one day of its office's own zone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import bayu, citra, dodi, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.db.operations import world
from timpora.apps.findings import actions, queries
from timpora.apps.findings.queries import RekapForm
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied
from timpora.kernel.audit.models import Entry
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
ON = DAY.date()
CODES = ("titik", "kunjungan", "orang", "temuan")
# 22 August 2024, midnight in WITA, where the office of the reports is.
MIDNIGHT = DAY.replace(hour=16) - timedelta(days=1)


@pytest.fixture
def work():
    return at_work()


def sent(report, by=dodi, at=DAY):
    with clock.standing_at(at), acting_as(by):
        return actions.report_submit(by, report=report)


def rekap(operation, on=ON, by=ratna, at=DAY):
    with clock.standing_at(at), acting_as(by):
        return queries.rekap_get(by, operation, on)


def board(operation, by=ratna, at=DAY):
    with clock.standing_at(at), acting_as(by):
        return queries.board(by, operation)


def values(found):
    return {code: (found.figure(code).value, found.figure(code).remainder) for code in CODES}


def test_today_and_its_running_total_are_what_the_board_shows(work):
    operation, target = work
    sent(visit(operation, target, ANNA, BUDI, headcount=5))
    shown, taken = board(operation), rekap(operation)
    for counted in (taken.day, taken.total):
        assert values(counted) == values(shown)
        assert (counted.kinds, counted.outcomes) == (shown.kinds, shown.outcomes)
    assert taken.total.units == shown.units
    assert values(taken.day)["orang"] == (2, 3)


def test_a_report_is_of_the_day_of_its_offices_own_zone(work):
    operation, target = work
    sent(visit(operation, target, ANNA), at=MIDNIGHT - timedelta(seconds=1))
    sent(visit(operation, target, BUDI, BUDI), at=MIDNIGHT)
    later = DAY + timedelta(days=2)
    before, today = (rekap(operation, on, at=later) for on in (ON - timedelta(days=1), ON))
    after = rekap(operation, ON + timedelta(days=1), at=later)
    # At that instant it was 23.00 of the day before in WIB, where the reader is.
    assert [values(r.day)["orang"][0] for r in (before, today, after)] == [1, 2, 0]
    assert [values(r.total)["orang"][0] for r in (before, today, after)] == [1, 3, 3]


def test_the_days_add_up_to_the_board(work):
    operation, target = work
    for day, persons in enumerate((1, 3, 0, 2)):
        sent(visit(operation, target, *[ANNA] * persons), at=DAY + timedelta(days=day))
    last = DAY + timedelta(days=3)
    days = [rekap(operation, ON + timedelta(days=n), at=last).day for n in range(4)]
    shown = board(operation, at=last)
    for code in ("kunjungan", "orang", "temuan"):
        assert sum(day.figure(code).whole for day in days) == shown.figure(code).whole > 0
    for n, share in enumerate(shown.kinds):
        assert sum(day.kinds[n].value for day in days) == share.value


def test_a_past_day_keeps_who_was_silent_on_it(work):
    operation, target = work
    sent(visit(operation, target, BUDI))
    sent(visit(operation, target), at=DAY + timedelta(days=1))
    later = DAY + timedelta(days=1, hours=1)
    states = [
        {u.unit_code: u.state for u in rekap(operation, on, at=later).total.units}
        for on in (ON, ON + timedelta(days=1))
    ]
    assert [day[world.BATULICIN] for day in states] == ["melapor", "nihil"]
    assert {day[world.PALEMBANG] for day in states} == {"diam"}


def test_on_a_day_without_a_phase_nobody_is_silent_and_what_arrives_is_counted(work):
    operation, target = work
    last = max(phase.ends_local for phase in board(operation).operation.phases)
    after = last.date() + timedelta(days=2)
    at = DAY + (after - ON)
    sent(visit(operation, target, BUDI), at=at)
    taken = rekap(operation, after, at=at)
    assert values(taken.day)["orang"][0] == 1
    assert {unit.since for unit in taken.total.units if unit.unit_code != world.BATULICIN} == {None}


def test_a_reader_counts_his_own_territory_alone(work):
    operation, target = work
    sent(visit(operation, target, BUDI))
    assert values(rekap(operation, by=citra).total)["orang"] == (0, 0)
    assert values(rekap(operation, by=bayu).total)["orang"] == (1, 0)


def test_the_statements_do_not_grow_with_the_data(work):
    operation, target = work

    def statements():
        with CaptureQueriesContext(connection) as asked:
            rekap(operation)
        return len(asked)

    sent(visit(operation, target, BUDI))
    few = statements()
    for _ in range(5):
        sent(visit(operation, target, BUDI, ANNA))
    assert statements() == few


def test_taking_it_away_is_logged_with_who_which_day_and_form(work):
    operation, _target = work
    with acting_as(bayu):
        actions.rekap_take(bayu, operation_id=operation, on=ON, form=RekapForm.SHEET)
    with acting_as(ratna):
        entry = Entry.objects.get(tag=Tag.FINDINGS_REKAP_TAKEN)
    assert (entry.actor_name, entry.subject_id) == ("Bayu", str(operation))
    assert '"day":"2024-08-22"' in entry.body
    assert '"form":"xlsx"' in entry.body
    with acting_as(bayu), pytest.raises(AccessDenied):
        actions.rekap_take(bayu, operation_id=uuid4(), on=ON, form=RekapForm.SHEET)
    with acting_as(dodi), pytest.raises(AccessDenied):
        actions.rekap_take(dodi, operation_id=operation, on=ON, form=RekapForm.SHEET)
