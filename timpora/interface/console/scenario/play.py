"""Plays the three days through the same doors as people use, at the pace of the program's clock."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from timpora.interface.console.scenario.acts import (
    JournalNote,
    OfficeNil,
    PhaseClose,
    Report,
    Step,
    TeamMove,
)
from timpora.interface.console.scenario.answering import Answering
from timpora.interface.console.scenario.bodies import nil_body, report_body
from timpora.interface.console.scenario.caller import Caller, CallRefused
from timpora.interface.console.scenario.records import World

REPORTS = "/api/laporan"
CENTRE = "DITJENIM"
CREATED, OK, CONFLICT = 201, 200, 409
# How far the program's clock may run ahead of the people.
LATEST = timedelta(hours=2)
Say = Callable[[str], None]


@dataclass
class Tally:
    """What the play sent, by the program's own answers."""

    reports: int = 0
    nils: int = 0
    repeats: int = 0
    messages: int = 0
    movements: int = 0
    unheard: int = 0


@dataclass
class Player:
    """Sends the steps of the operation's days; `ids` maps the scenario's keys to the program's."""

    base: str
    password: str
    ids: dict[str, str]
    world: World
    say: Say
    tally: Tally = field(default_factory=Tally)
    _answering: Answering = field(default_factory=Answering)
    _sessions: dict[str, Caller] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def run(
        self, steps: list[Step], *, now: Callable[[], datetime], pace: Callable[[float], None], speed: float
    ) -> Tally:
        """Wait for each step's moment on the program's clock, then let its person do it.

        `pace` sets the clock's rate. On a machine that cannot keep up the days wait for their people: an
        order holds on its own days only.
        """
        is_held = False
        for step in steps:
            late = now() - step.at
            if late > LATEST and not is_held:
                pace(1.0)
                is_held = True
            elif late < timedelta() and is_held:
                pace(speed)
                is_held = False
            self._wait(step, now, speed)
            self.do(step)
        return self.tally

    def _wait(self, step: Step, now: Callable[[], datetime], speed: float) -> None:
        while (ahead := (step.at - now()).total_seconds()) > 0:
            time.sleep(min(ahead / speed, 1.0))

    def do(self, step: Step) -> None:
        """Let the step's person do it once; sending twice is part of the play."""
        payload = step.payload
        if isinstance(payload, Report):
            self._report(step, payload)
        elif isinstance(payload, OfficeNil):
            self._nil(step, payload)
        elif isinstance(payload, PhaseClose):
            self._close(step, payload)
        elif isinstance(payload, JournalNote):
            self._note(step, payload)
        elif isinstance(payload, TeamMove):
            self._move(step, payload)
        else:
            self.tally.unheard += 1

    def caller(self, username: str) -> Caller:
        """Return the person's session, signing in at first need."""
        if username not in self._sessions:
            found = Caller(self.base, username)
            found.sign_in(self.password)
            self._sessions[username] = found
        return self._sessions[username]

    def _report(self, step: Step, report: Report) -> None:
        seq = self._number(f"{step.actor}:{report.id}", step.actor)
        body = report_body(report, actor=step.actor, seq=seq, ids=self.ids, world=self.world)
        code = self._sent(step.actor, body)
        self.tally.reports += code == CREATED
        self.tally.repeats += code == OK
        people = "nihil" if report.is_nil else f"{len(report.persons)} orang"
        self.say(f"{_clock(step)}  {report.office:<20} {report.target:<14} {people}")

    def _nil(self, step: Step, nil: OfficeNil) -> None:
        seq = self._number(f"{step.actor}:{nil.id}", step.actor)
        body = nil_body(nil, actor=step.actor, seq=seq, at=step.at, operation=self.ids["operation"])
        code = self._sent(step.actor, body)
        self.tally.nils += code == CREATED
        self.tally.repeats += code == OK
        self.say(f"{_clock(step)}  {nil.office:<20} nihil kantor")

    def _sent(self, actor: str, body: dict[str, object]) -> int:
        """Send a report with the answers that its operation asks for; return the program's answer."""
        caller = self.caller(actor)
        whole = self._answering.answered(body, pack=lambda path: caller.get(path).text)
        return caller.post_json(REPORTS, whole, accept=(CONFLICT,)).code

    def _note(self, step: Step, note: JournalNote) -> None:
        owner = note.office or CENTRE
        fields = {
            "text": note.text,
            "medium": note.medium,
            "priority": "segera" if note.owned else "biasa",
            "unit": note.office,
            "owner": owner if note.owned else "",
        }
        self.caller(step.actor).post(f"/posko/{self.ids['operation']}/jurnal", fields)
        self.tally.messages += 1
        self.say(f"{_clock(step)}  {note.office or CENTRE:<20} jurnal: {note.text}")

    def _move(self, step: Step, move: TeamMove) -> None:
        caller = self.caller(step.actor)
        team = self._team(caller, move.order)
        if team["state"] == move.after:
            return  # whoever had not left when the play began is not back, either
        caller.post(f"/tugas/regu/{team['id']}", {"after": move.after})
        self.tally.movements += 1
        self.say(f"{_clock(step)}  {move.office:<20} regu {move.after.replace('_', ' ')}")

    def _team(self, caller: Caller, order: str) -> dict[str, str]:
        """Return the team of an order as the officer's own phone knows it."""
        teams: list[dict[str, str]] = json.loads(caller.get("/tugas/bekal").text)["teams"]
        for team in teams:
            if team["order"] == self.ids[order]:
                return team
        raise CallRefused(f"{caller.username}: ponselnya tidak menyebut regu dengan surat {order}.")

    def _close(self, step: Step, close: PhaseClose) -> None:
        self.caller(step.actor).post(f"/operasi/{self.ids['operation']}/tutup", {"because": close.note})
        self.say(f"{_clock(step)}  {'DITJENIM':<20} operasi ditutup")

    def _number(self, key: str, actor: str) -> int:
        """Return the device's running number of a sending; a repeat keeps the number it had."""
        if key not in self._numbers:
            self._numbers[actor] = self._numbers.get(actor, 0) + 1
            self._numbers[key] = self._numbers[actor]
        return self._numbers[key]


def _clock(step: Step) -> str:
    return f"{step.at:%d-%m %H.%M}"
