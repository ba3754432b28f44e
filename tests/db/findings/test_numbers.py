"""A number that never arrived is on the board of whoever sees the report beside it, red in time (P5)."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import bayu, citra, dodi, hasan, ratna
from tests.conftest import DAY
from tests.db.findings.field import BUDI, DEVICE, at_work, visit
from tests.db.operations import world
from tests.db.operations.world import edi
from timpora.apps.findings import numbers, queries
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.errors import TaskUnknown
from timpora.apps.findings.models import ArrivedNumber
from timpora.apps.findings.owning import number_note
from timpora.apps.findings.types import GapView
from timpora.apps.identity.models import Unit
from timpora.apps.operations.types import NewPhase
from timpora.config.settings_test import APP_ROLE
from timpora.domain.numbering import ON_ITS_WAY
from timpora.kernel import clock
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
LATE = DAY + ON_ITS_WAY
PHASE, WEEK = world.PHASE, timedelta(days=7)


@pytest.fixture
def work() -> tuple[UUID, UUID]:
    return at_work()


def sent(report, by=dodi, at=DAY):
    with clock.standing_at(at), acting_as(by):
        return report_submit(by, report=report)


def numbered(work, *numbers, by=dodi, at=DAY, **words):
    for number in numbers:
        sent(visit(*work, device_seq=number, **words), by=by, at=at)


def shown(operation, by=ratna, at=LATE) -> tuple[GapView, ...]:
    with clock.standing_at(at), acting_as(by):
        return queries.board(by, operation).gaps


def spans(gaps):
    return [(gap.first, gap.last) for gap in gaps]


def office_name() -> str:
    return Unit.objects.get(code=world.BATULICIN).name


def held() -> set[tuple[UUID, int]]:
    return set(ArrivedNumber.objects.values_list("device_id", "seq"))


def test_a_gap_names_office_officer_phone_numbers_and_hour(work):
    numbered(work, 1, 2, 3)
    numbered(work, 7, at=DAY + timedelta(minutes=5))
    (gap,) = shown(work[0])
    assert gap == GapView(
        unit_code=world.BATULICIN,
        unit_name=office_name(),
        officer_name="Dodi",
        device=str(DEVICE)[-4:],
        first=4,
        last=6,
        since=DAY + timedelta(minutes=5),
        is_red=False,
        device_id=DEVICE,
        officer_id=dodi.id,
        wilayah="63.10.06",
    )


def test_it_is_on_its_way_first_and_turns_red_without_any_news(work):
    numbered(work, 1, 3)
    assert [gap.is_red for gap in shown(work[0], at=LATE - timedelta(seconds=1))] == [False]
    assert [gap.is_red for gap in shown(work[0], at=LATE)] == [True]


def test_what_arrives_closes_the_gap_whatever_the_order(work):
    numbered(work, 5, 2)
    assert spans(shown(work[0])) == [(1, 1), (3, 4)]
    numbered(work, 4, 1)
    assert spans(shown(work[0])) == [(3, 3)]
    numbered(work, 3)
    assert shown(work[0]) == ()


def test_a_repeat_a_conflict_and_a_refusal(work):
    operation, target = work
    first = visit(operation, target, device_seq=1)
    sent(first)
    sent(first)
    assert held() == {(DEVICE, 1)}
    # Another content under the same identifier arrived as well, with whatever number it bears.
    sent(replace(first, note="lain", device_seq=3))
    sent(replace(first, note="lain", device_seq=3))
    sent(replace(first, operation_id=uuid4(), device_seq=4))
    assert held() == {(DEVICE, 1), (DEVICE, 3), (DEVICE, 4)}
    # What was refused is not held by the posko, and its number is missing until it is sent rightly.
    with pytest.raises(TaskUnknown):
        sent(visit(operation, target, device_seq=2), by=edi)
    assert spans(shown(operation)) == [(2, 2)]


def test_the_nil_of_an_office_is_numbered_too(work):
    sent(visit(work[0], None, device_id=uuid4(), device_seq=2), by=bayu)
    (gap,) = shown(work[0])
    assert (gap.officer_name, gap.first, gap.last) == (bayu.name, 1, 1)


def test_who_sees_no_report_beside_the_gap_learns_nothing(work):
    numbered(work, 1, 3)
    assert spans(shown(work[0], by=hasan)) == [(2, 2)]
    assert shown(work[0], by=citra) == ()


def test_without_the_right_to_read_reports_there_is_no_gap(work):
    numbered(work, 1, 3)
    with acting_as(dodi):
        assert numbers.gaps(dodi, work[0], LATE) == ()
    with acting_as(hasan):
        assert spans(numbers.gaps(hasan, work[0], LATE)) == [(2, 2)]


def test_the_report_before_tells_where_the_one_after_is_foreign(work):
    numbered(work, 1)
    # All that is known of the one after is that it came.
    number_note(DEVICE, 3, officer_id=dodi.id, at=DAY)
    (gap,) = shown(work[0], by=hasan)
    assert (gap.first, gap.last, gap.officer_name) == (2, 2, "Dodi")


def test_a_number_used_in_another_operation_is_no_gap(work):
    # One officer with one phone, who is sent out in both.
    later = NewPhase("Tahap lain", PHASE.starts_local + WEEK, PHASE.ends_local + WEEK)
    other = world.opened(replace(world.NEW, name="Jagratara kedua", code="kedua", phases=(later,)))
    there = world.approved(other, name="Gudang")
    world.issued(world.team(other, there, name="Regu 2"))
    numbered(work, 1)
    numbered((other, there), 2)
    numbered(work, 3)
    assert shown(work[0]) == shown(other) == ()
    # A gap after it is told where the reports beside it are: before in one operation, after in the other.
    numbered((other, there), 5)
    assert spans(shown(work[0])) == spans(shown(other)) == [(4, 4)]
    # And not in an operation whose reports lie further off.
    numbered((other, there), 7)
    assert spans(shown(work[0])) == [(4, 4)]
    assert spans(shown(other)) == [(4, 4), (6, 6)]


def test_devices_are_apart_and_the_longest_known_gap_is_first(work):
    numbered(work, 2, at=DAY + timedelta(minutes=1))
    numbered(work, 3, at=DAY, device_id=UUID(int=7))
    assert [(gap.device, gap.first, gap.last) for gap in shown(work[0])] == [("0007", 1, 2), ("1111", 1, 1)]


def test_a_content_that_stands_or_not_makes_no_second_gap(work):
    report = visit(*work, BUDI, device_seq=2)
    sent(report)
    sent(replace(report, note="lain"))
    assert spans(shown(work[0])) == [(1, 1)]


def test_one_statement_whatever_there_is(work):
    def statements() -> int:
        with acting_as(ratna), CaptureQueriesContext(connection) as captured:
            queries.board(ratna, work[0])
        return len(captured)

    numbered(work, 1, 3)
    few = statements()
    numbered(work, 5, 9)
    numbered(work, 4, 8, device_id=UUID(int=7))
    assert statements() == few


def test_numbers_below_one_are_held_and_count_for_nothing(work):
    numbered(work, 0, 1)
    assert shown(work[0]) == ()
    numbered(work, 3)
    assert spans(shown(work[0])) == [(2, 2)]


def test_numbers_are_never_changed_or_taken_away(work):
    numbered(work, 1)
    for sql in ("UPDATE findings_arrived SET seq = 2", "DELETE FROM findings_arrived"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_reports_that_were_there_before_have_arrived(work):
    numbered(work, 1, 2)
    numbered(work, 2, at=DAY + timedelta(hours=1))
    migration = import_module("timpora.apps.findings.migrations.0006_arrived_numbers")
    with connection.cursor() as cursor:
        # The owner migrates, and the walls hold for the owner as well.
        cursor.execute("RESET ROLE; SELECT set_config('timpora.territories', '', true)")
        # A table of the same name in front of the real one, which holds these numbers already.
        cursor.execute("CREATE TEMPORARY TABLE findings_arrived (LIKE public.findings_arrived INCLUDING ALL)")
        migration.fill(None, SimpleNamespace(connection=connection))
        cursor.execute("SELECT device_id, seq, received_at FROM findings_arrived ORDER BY seq")
        assert cursor.fetchall() == [(DEVICE, 1, DAY), (DEVICE, 2, DAY)]
        cursor.execute(f"DROP TABLE pg_temp.findings_arrived; SET ROLE {APP_ROLE}")
