"""A visitor starts the demonstration, lets the three days happen, and reads the posko.

The real command, the cast's real forms, the real play: what a first look at the program rests on. The totals
are those that the script was written to, counted by the program from what arrived.
"""

import os
import re
import signal
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.journeys.first_start import furnished_room
from tests.journeys.server_room import Room, eventually
from timpora.interface.console.scenario.caller import Caller, CallRefused
from timpora.interface.console.scenario.cast import demo_password
from timpora.interface.console.scenario.stage import Notes
from timpora.interface.console.scenario.totals import expected_totals

AWAY = "Yang tampak adalah papan terakhir"
FIGURE = re.compile(r'data-figure="(\w+)".*?data-value>([\d.]+)<.*?stat-rest">\+ ([\d.]+) ', re.DOTALL)


@pytest.fixture
def room() -> Iterator[Room]:
    with furnished_room() as room:
        yield room


def posko_figures(room: Room) -> dict[str, tuple[int, int]]:
    """What the posko's watcher reads: each figure with its remainder."""
    ratna = Caller(f"http://127.0.0.1:{room.port}", "ratna")
    ratna.sign_in(demo_password())
    return figures_of(ratna.get(f"/posko/{Notes.read(room.data).ids['operation']}").text)


def figures_of(page: str) -> dict[str, tuple[int, int]]:
    return {code: (whole_number(value), whole_number(rest)) for code, value, rest in FIGURE.findall(page)}


def present(room: Room) -> datetime:
    """What the program's clock shows."""
    ((shown,),) = room.rows("SELECT kernel_now()")
    return shown


def whole_number(text: str) -> int:
    return int(text.replace(".", ""))


def read_without_database(room: Room, figures: dict[str, tuple[int, int]]) -> None:
    """With a PostgreSQL that cannot be started the posko stays readable, and comes back when it can."""
    ratna = Caller(f"http://127.0.0.1:{room.port}", "ratna")
    ratna.sign_in(demo_password())
    page = f"/posko/{Notes.read(room.data).ids['operation']}"
    assert AWAY not in ratna.get(page).text
    settings = room.server.cluster / "postgresql.conf"
    settings.rename(settings.with_name("kept"))
    os.kill(room.pid("postgres -D"), signal.SIGKILL)
    assert eventually(lambda: AWAY in ratna.get(page).text)
    assert figures_of(ratna.get(page).text) == figures
    with pytest.raises(CallRefused):
        ratna.get("/operasi")
    settings.with_name("kept").rename(settings)
    assert eventually(lambda: AWAY not in ratna.get(page).text)
    assert figures_of(ratna.get(page).text) == figures


@pytest.mark.timeout(1200)
def test_the_demonstration_is_prepared_played_and_counted(room: Room) -> None:
    system = room.start(until="Skenario peragaan")
    assert posko_figures(room)["kunjungan"] == (0, 0)

    assert "0 langkah tanpa pintu" in room.told("scenario", "play", "jagratara-ii", "--speed", "3600")
    totals, figures = expected_totals(), posko_figures(room)
    assert figures["kunjungan"] == (totals.reports - totals.nil_reports, totals.nil_reports)
    assert figures["orang"] == (totals.checks, totals.unrecorded)
    assert figures["temuan"] == (totals.findings - totals.unclassified, totals.unclassified)
    assert room.told("audit", "verify").startswith("SAH: ")
    read_without_database(room, figures)
    room.end(system)

    # Without the demonstration the same folder lives in true time, and says so.
    system = room.start("--no-demo", until="Folder data ini berisi peragaan")
    assert present(room).year == datetime.now(tz=UTC).year
    room.end(system)

    # With it, it goes on where it stood, at its own hour and with all that was reported.
    system = room.start()
    assert "-08-2024 " in room.told("clock", "show")
    assert posko_figures(room) == figures
    room.end(system)
