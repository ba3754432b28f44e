"""The play begins on a stage that is set, however early it is called."""

import io
import json
import time
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management.base import CommandError

from timpora.interface.console.management.commands import demo, scenario
from timpora.interface.console.scenario.acts import OrderIssue
from timpora.interface.console.scenario.script import steps
from timpora.interface.console.scenario.stage import MORNING, Notes

EVE = MORNING - timedelta(hours=23)


def every_id() -> dict[str, str]:
    orders = [step.payload.order for step in steps() if isinstance(step.payload, OrderIssue)]
    return dict.fromkeys(["operation", *orders], "6f1c2c0e")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object) -> Notes:
    settings.DATA = tmp_path
    monkeypatch.setattr(scenario.Command, "_now", lambda _self: MORNING)
    return Notes.read(tmp_path)


def test_a_stage_is_complete_when_the_last_order_is_issued(room: Notes) -> None:
    room.ids = every_id()
    assert room.is_complete
    room.ids.popitem()
    assert not room.is_complete


def test_notes_are_never_read_by_halves(room: Notes) -> None:
    room.done = {"lists"}
    room.write()
    assert json.loads(room.file.read_text())["done"] == ["lists"]
    assert [path.name for path in room.file.parent.iterdir()] == [room.file.name]


def test_the_play_waits_until_the_start_has_set_the_stage(
    room: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def a_second_passes(_seconds: float) -> None:
        later = replace(room, ids=every_id())
        later.write()

    room.done = {"lists"}
    room.write()
    monkeypatch.setattr(scenario, "time", SimpleNamespace(sleep=a_second_passes, monotonic=time.monotonic))
    assert scenario.Command()._stage_awaited().is_complete


def test_the_play_waits_until_the_clock_is_turned(room: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    hours = iter([EVE, EVE, MORNING])
    monkeypatch.setattr(scenario.Command, "_now", lambda _self: next(hours))
    monkeypatch.setattr(
        scenario, "time", SimpleNamespace(sleep=lambda _seconds: None, monotonic=time.monotonic)
    )
    room.ids = every_id()
    room.write()
    scenario.Command()._stage_awaited()
    assert next(hours, None) is None


def test_the_play_does_not_wait_for_a_stage_that_nobody_sets(
    room: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenario, "PATIENCE_SECONDS", -1.0)
    with pytest.raises(CommandError, match="demo load"):
        scenario.Command()._stage_awaited()


def test_a_stage_whose_days_have_begun_is_not_set_anew(room: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    def turned(_words: object) -> None:
        pytest.fail("the clock of a running demonstration was turned back")

    room.ids = every_id()
    room.write()
    said = io.StringIO()
    monkeypatch.setattr(demo, "acting_as", lambda _actor: nullcontext())
    monkeypatch.setattr(demo, "as_owner", turned)
    monkeypatch.setattr(demo.clock, "now", lambda: MORNING + timedelta(hours=3))
    demo.Command(stdout=said)._load("http://127.0.0.1:9", keep_clock=False)
    assert said.getvalue() == "sudah disiapkan\n"
