"""Lets the days of a simulated operation happen, and looks whether the posko tells who is silent."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from timpora.domain.territory import WIB
from timpora.interface.console.scenario.answering import Answering
from timpora.interface.console.scenario.caller import Answer, CallRefused
from timpora.interface.console.simulation.ground import Ground, Officer
from timpora.interface.console.simulation.plan import CENTRE, Event, Plan, body_of

REPORTS: Final = "/api/laporan"
CREATED, OK, CONFLICT = 201, 200, 409
FOUND_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 0.5
SILENT: Final = "diam"


class Phone(Officer, Protocol):
    """An officer whose phone sends reports."""

    def post_json(self, path: str, body: dict[str, object], *, accept: tuple[int, ...] = ()) -> Answer:
        """Send a report; codes in `accept` are answers."""
        ...


@dataclass
class Silence:
    """After how many seconds all silent offices of a day stood on the board, or that they never did."""

    on: date
    offices: int
    seconds: float | None


@dataclass
class Tally:
    """What was sent, by the program's own answers."""

    accepted: int = 0
    nils: int = 0
    repeated: int = 0
    conflicts: int = 0
    refused: list[str] = field(default_factory=list)
    laps: list[float] = field(default_factory=list)
    latest: float = 0.0
    silences: list[Silence] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Return the seconds within which that share of the submissions was answered."""
        laps = sorted(self.laps)
        return laps[min(len(laps) - 1, int(share * len(laps)))] if laps else 0.0


class Run:
    """Sends the events in their order, each when the program's clock shows its hour.

    Several may send side by side. Whoever brings the last office of a day's morning looks at the board.
    """

    def __init__(
        self, plan: Plan, ground: Ground, events: list[Event], *, phone: Callable[[str], Phone]
    ) -> None:
        self.tally = Tally()
        self._plan, self._ground, self._phone = plan, ground, phone
        self._left: Iterator[Event] = iter(events)
        self._lock = threading.Lock()
        self._numbers: dict[str, int] = {}
        self._answering = Answering()
        self._wanted: dict[date, set[str]] = {}
        for event in events:
            self._wanted.setdefault(_day(event), set()).add(event.office)
        # Of a last day that ends before every office began nothing can be told.
        whole = len(plan.offices) - len(plan.silent)
        self._wanted = {on: offices for on, offices in self._wanted.items() if len(offices) == whole}

    def send_all(self, *, wait: Callable[[datetime], float]) -> None:
        """Send until nothing is left; `wait` waits for an hour and returns the seconds it is late by."""
        while event := self._next():
            late = wait(event.at)
            self._send(event)
            with self._lock:
                self.tally.latest = max(self.tally.latest, late)
                is_last = self._is_last_office(event)
            if is_last:
                self._look(_day(event))

    def _next(self) -> Event | None:
        with self._lock:
            return next(self._left, None)

    def _send(self, event: Event) -> None:
        with self._lock:
            seq = self._numbers[event.officer] = self._numbers.get(event.officer, 0) + 1
        target = self._ground.targets[event.team.number] if event.team else None
        body = body_of(event, seq=seq, operation=self._ground.operation, target=target)
        phone = self._phone(event.officer)
        for _ in range(1 + event.repeats):
            began = time.perf_counter()
            try:
                with self._lock:
                    body = self._answering.answered(body, pack=lambda path: phone.get(path).text)
                code = phone.post_json(REPORTS, body, accept=(CONFLICT,)).code
            except CallRefused as refused:
                with self._lock:
                    self.tally.refused.append(str(refused))
                return
            self._count(event, code, time.perf_counter() - began)

    def _count(self, event: Event, code: int, seconds: float) -> None:
        with self._lock:
            self.tally.laps.append(seconds)
            self.tally.accepted += code == CREATED
            self.tally.nils += code == CREATED and event.team is None
            self.tally.repeated += code == OK
            self.tally.conflicts += code == CONFLICT

    def _is_last_office(self, event: Event) -> bool:
        waiting = self._wanted.get(_day(event))
        if not waiting:
            return False
        waiting.discard(event.office)
        return not waiting

    def _look(self, on: date) -> None:
        """Look at the posko's board until it names exactly the offices that sent nothing."""
        began = time.monotonic()
        seconds: float | None = None
        while seconds is None and time.monotonic() - began < FOUND_SECONDS:
            if self._silent_now() == self._plan.silent:
                seconds = time.monotonic() - began
            else:
                time.sleep(LOOK_SECONDS)
        with self._lock:
            self.tally.silences.append(Silence(on, len(self._plan.silent), seconds))

    def _silent_now(self) -> frozenset[str]:
        told = json.loads(self._phone(CENTRE).get(f"/posko/{self._ground.operation}/papan").text)
        return frozenset(told["daftar"][SILENT]["urut"])


def _day(event: Event) -> date:
    return event.at.astimezone(ZoneInfo(WIB)).date()
