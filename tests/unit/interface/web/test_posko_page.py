"""The posko's words and lines: local hours by zone, short names, groups that point at nobody."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from timpora.apps.findings.types import Outcome
from timpora.apps.operations.types import OperationView, PhaseView
from timpora.domain.states import OperationState
from timpora.domain.territory import WIB, WIT, WITA
from timpora.interface.web.posko_page import outcome_said, passed_on_label, phase_bar
from timpora.interface.web.posko_words import short_name


def wall_time(day: int, hour: int = 0) -> datetime:
    return datetime(2024, 8, day, hour)  # noqa: DTZ001 - it holds in each office's own zone


def operation(*phases: tuple[datetime, datetime]) -> OperationView:
    rows = [PhaseView(uuid4(), n, f"Tahap {n}", *phase) for n, phase in enumerate(phases, start=1)]
    return OperationView(
        id=uuid4(),
        code="jagratara",
        name="Jagratara",
        kind="serentak",
        state=OperationState.RUNNING,
        sop_version="1",
        opened_by="Ratna",
        opened_at=datetime(2024, 8, 1, tzinfo=UTC),
        order_number="",
        order_on=date(2024, 8, 1),
        instruction="",
        area="ID",
        phases=tuple(rows),
    )


THREE_DAYS = (wall_time(21), wall_time(24))


def test_at_one_instant_the_east_is_already_at_work_and_the_west_is_not():
    # 22.30 WIB of the day before = 23.30 WITA = 00.30 WIT.
    bar = phase_bar(operation(THREE_DAYS), [WIB, WITA, WIT], datetime(2024, 8, 20, 15, 30, tzinfo=UTC))
    said = {zone.label: (f"{zone.at:%H.%M}", zone.said) for zone in bar.zones}
    assert said == {
        "WIB": ("22.30", "mulai 1 jam lagi"),
        "WITA": ("23.30", "mulai 30 menit lagi"),
        "WIT": ("00.30", "berjalan, 2 hari lagi"),
    }
    assert bar.name == "Tahap 1"
    assert [zone.is_before for zone in bar.zones] == [True, True, False]


def test_the_end_is_past_the_last_day():
    at_end = datetime(2024, 8, 23, 17, tzinfo=UTC)  # midnight in WIB
    bar = phase_bar(operation(THREE_DAYS), [WIB], at_end)
    assert (bar.name, bar.zones[0].said, bar.zones[0].place) == ("", "selesai", 1000)
    assert bar.days == 3


def test_while_no_phase_runs_the_bar_says_where_the_operation_stands():
    phases = operation((wall_time(1), wall_time(3)), (wall_time(9), wall_time(11)))
    between, after = (
        phase_bar(phases, [WIB, WIT], datetime(2024, 8, day, tzinfo=UTC)).standing for day in (5, 12)
    )
    early = phase_bar(phases, [WIB, WIT], datetime(2024, 7, 31, tzinfo=UTC)).standing
    assert (early, between, after) == (
        "Operasi belum dimulai",
        "Tidak ada tahap yang berjalan",
        "Operasi sudah selesai",
    )


def test_two_phases_lie_on_one_axis():
    bar = phase_bar(
        operation((wall_time(1), wall_time(3)), (wall_time(9), wall_time(11))),
        [WITA],
        datetime(2024, 8, 9, 1, tzinfo=UTC),
    )
    assert [(s.starts, s.width, s.is_now) for s in bar.stretches] == [(0, 200, False), (800, 200, True)]
    assert (bar.name, bar.day, bar.days) == ("Tahap 2", 1, 2)
    assert bar.zones[0].said == "berjalan, 39 jam lagi"


def test_an_operation_without_phases_has_no_bar():
    assert phase_bar(operation(), [WIB], datetime(2024, 8, 9, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Kantor Imigrasi Kelas I Khusus TPI Makassar", "Kanim Makassar"),
        ("Kantor Imigrasi Kelas II Non TPI Muara Enim", "Kanim Muara Enim"),
        ("Kantor Imigrasi Kelas II TPI Batulicin", "Kanim Batulicin"),
        ("Disnaker Tanah Bumbu", "Disnaker Tanah Bumbu"),
    ],
)
def test_short_names(name, short):
    assert short_name(name) == short


def test_whoever_was_passed_on_is_said_in_one_word():
    said = {outcome: outcome_said(outcome) for outcome in Outcome}
    passed = {outcome for outcome, word in said.items() if word == passed_on_label()}
    assert passed == {
        Outcome.PROTECTION,
        Outcome.REFERRED,
        Outcome.REFERRED_MANPOWER,
        Outcome.REFERRED_POLICE,
        Outcome.REFUGEE_NOTED,
    }
