"""The days of the demonstration wait for their people where the machine cannot keep up."""

from datetime import UTC, datetime, timedelta

import pytest

from timpora.interface.console.scenario.acts import JournalNote, Step, Verb
from timpora.interface.console.scenario.play import LATEST, Player

EIGHT = datetime(2024, 8, 21, 8, tzinfo=UTC)
NOTE = JournalNote("jurnal", "")


class World:
    """A clock that runs while people work, and the rate it was last set to."""

    def __init__(self, work):
        self.now, self.rate, self.paces, self.work = EIGHT, 3600.0, [], work

    def pace(self, rate):
        self.rate = rate
        self.paces.append(rate)

    def do(self, _step):
        self.now += self.work * self.rate


@pytest.fixture
def played(monkeypatch):
    def play(*, work, hours):
        world = World(work)
        monkeypatch.setattr(Player, "do", lambda _self, step: world.do(step))
        monkeypatch.setattr(
            Player, "_wait", lambda _s, step, *_: setattr(world, "now", max(world.now, step.at))
        )
        steps = [Step(EIGHT + timedelta(hours=hour), "ratna", Verb.JOURNAL_WRITE, NOTE) for hour in hours]
        Player("", "", {}, {}, print).run(steps, now=lambda: world.now, pace=world.pace, speed=3600.0)
        return world

    return play


def test_who_keeps_up_is_not_held(played):
    assert played(work=timedelta(seconds=0.5), hours=[0, 1, 2, 3]).paces == []


def test_the_clock_is_held_while_people_are_late_and_let_go_afterwards(played):
    world = played(work=timedelta(seconds=3), hours=[0, 0, 0, 24])
    assert world.paces == [1.0, 3600.0]
    assert world.now - EIGHT - timedelta(hours=24) <= LATEST + timedelta(hours=3)


def test_nobody_acts_a_day_late_however_slow_the_machine_is(played):
    world = played(work=timedelta(seconds=20), hours=[0] * 50)
    assert world.now - EIGHT < timedelta(hours=24)
