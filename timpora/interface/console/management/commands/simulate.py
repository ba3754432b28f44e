"""`timpora simulate`: a repeatable load through the doors that phones use, with offices that stay silent."""

import secrets
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime, timedelta
from datetime import time as hour
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import CommandError

from timpora.apps.identity import queries as identity
from timpora.domain.territory import WIB
from timpora.interface.console.command import OfficeCommand
from timpora.interface.console.management.commands.clock import as_owner
from timpora.interface.console.running import address_of
from timpora.interface.console.scenario.caller import Caller, CallRefused, CannotReach
from timpora.interface.console.scenario.cast import officers
from timpora.interface.console.scenario.install import DESK, MACHINE, seed_install
from timpora.interface.console.scenario.pages import StageBroken
from timpora.interface.console.simulation.ground import lay
from timpora.interface.console.simulation.plan import CENTRE, Place, Plan, Size, events_of, plan_make, seed_of
from timpora.interface.console.simulation.run import FOUND_SECONDS, Run, Tally
from timpora.kernel import clock
from timpora.kernel.database.session import acting_as

FASTEST: Final = 3600.0
MORNING: Final = hour(7, 30)
PREFIX: Final = "sim."
TRIES: Final = 20
AGAIN_SECONDS: Final = 1.0
NOT_SIMULATED: Final = (
    "Jam program tidak disetel, jadi ini bukan pemasangan uji. Jalankan dahulu, pada folder data tersendiri: "
    "timpora run --no-demo --data DIR --clock 2024-08-19T08:00:00+07:00"
)
NOT_A_TEST: Final = "Sistem ini memuat petugas sungguhan; simulasi hanya berjalan pada pemasangan uji."
Job = TypeVar("Job")


class Command(OfficeCommand):
    """Prepare an operation of many offices, let its days happen, and print what came of them."""

    help = "Beban yang dapat diulang: kantor dan regu melapor beberapa hari, sebagian kantor diam."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the size, the pace and where the program listens."""
        parser.add_argument("--offices", type=int, default=164)
        parser.add_argument("--teams", type=int, default=600)
        parser.add_argument("--hours", type=int, default=72)
        parser.add_argument("--speed", type=float, default=600.0, help="berapa kali lebih cepat")
        parser.add_argument("--silent", type=int, default=20, help="kantor yang tidak mengirim apa pun")
        parser.add_argument("--visits", type=int, default=2, help="kunjungan setiap regu sehari")
        parser.add_argument("--seed", type=int, default=1, help="angka yang sama, beban yang sama")
        parser.add_argument("--senders", type=int, default=8, help="ponsel yang mengirim bersamaan")
        parser.add_argument("--base", default="", help="alamat; bawaan: yang berjalan pada folder data")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, and end with an error where something was lost, refused or not told in time."""
        names = ("offices", "teams", "hours", "silent", "visits", "seed")
        size = Size(**{name: options[name] for name in names})
        if min(size.offices, size.teams, size.hours, size.visits, options["senders"]) < 1 or size.silent < 0:
            raise CommandError("Setiap ukuran sedikitnya satu.")
        if not 1 <= options["speed"] <= FASTEST:
            raise CommandError(f"--speed harus antara 1 dan {FASTEST:g}.")
        today = self._test_day()
        plan = plan_make(size, _places())
        password = secrets.token_urlsafe(16)
        self._officers(plan, password, today)
        base = options["base"] or address_of(settings.DATA, settings.PORT)
        team = _Signed(base, password)
        try:
            tally = self._play(plan, team, today + timedelta(days=1), options)
        except (CallRefused, CannotReach, StageBroken) as error:
            raise CommandError(str(error)) from error
        finally:
            # Beyond what was prepared, whole or not: its officers are free again for the next load.
            self._turn(datetime.combine(today + timedelta(days=1 + size.days), hour(5), ZoneInfo(WIB)))
        for line in told(tally, len(plan.silent)):
            self.stdout.write(line)
        if fault := fault_of(tally):
            raise CommandError(fault)

    def _test_day(self) -> date:
        with acting_as(DESK):
            now, names = clock.now().astimezone(ZoneInfo(WIB)), identity.usernames()
            if not clock.is_simulated():
                raise CommandError(NOT_SIMULATED)
        if any(not name.startswith(PREFIX) for name in names - set(officers())):
            raise CommandError(NOT_A_TEST)
        return now.date()

    def _officers(self, plan: Plan, password: str, today: date) -> None:
        began = time.monotonic()
        with acting_as(MACHINE):
            known = frozenset(unit.code for unit in identity.unit_list())
            seed = seed_of(plan, known, password=password, since=today - timedelta(days=1))
            done = seed_install(seed)
        self.stdout.write(f"{done['people']} petugas, {done['units']} kantor baru ({_since(began)})")

    def _play(self, plan: Plan, team: "_Signed", first_day: date, options: dict[str, Any]) -> Tally:
        senders, speed = options["senders"], options["speed"]
        began = time.monotonic()
        ground = lay(plan, first_day, team, lambda act, jobs: _side_by_side(senders, act, jobs))
        # Signed in beforehand: the days are for reports.
        who = {event.officer for event in events_of(plan, first_day)} | {CENTRE}
        _side_by_side(senders, lambda name: (team(name), None)[1], sorted(who))
        self.stdout.write(f"{len(ground.targets)} regu dengan surat perintah ({_since(began)})")
        morning = datetime.combine(first_day, MORNING, ZoneInfo(WIB))
        self._turn(morning, speed)
        hands = _Hands(morning, speed)
        run = Run(plan, ground, events_of(plan, first_day), phone=team)
        _side_by_side(senders, lambda _: run.send_all(wait=hands.wait), range(senders))
        return run.tally

    def _turn(self, to: datetime, rate: float = 1.0) -> None:
        as_owner(["clock", "set", to.isoformat(), "--rate", str(rate)])


class _Hands:
    """The program's clock as it was set: asking it each time would be a load of its own."""

    def __init__(self, shows: datetime, speed: float) -> None:
        self._shows, self._speed, self._began = shows, speed, time.monotonic()

    def wait(self, until: datetime) -> float:
        ahead = (until - self._shows).total_seconds() / self._speed - (time.monotonic() - self._began)
        time.sleep(max(0.0, ahead))
        return max(0.0, -ahead)


class _Signed:
    """Everybody's sessions, each opened at first need."""

    def __init__(self, base: str, password: str) -> None:
        self._base, self._password = base, password
        self._open: dict[str, Caller] = {}
        # Half of a process's connections at most wait for a hash; the load is not about the door.
        self._door = threading.BoundedSemaphore(2)

    def __call__(self, username: str) -> Caller:
        found = self._open.get(username)
        if found is None:
            with self._door:
                found = self._open[username] = self._sign_in(username)
        return found

    def _sign_in(self, username: str) -> Caller:
        """Sign in as people do, who try again where many come at once."""
        for _ in range(TRIES):
            with suppress(CallRefused):
                return self._tried(username)
            time.sleep(AGAIN_SECONDS)
        return self._tried(username)

    def _tried(self, username: str) -> Caller:
        found = Caller(self._base, username)
        found.sign_in(self._password)
        return found


def _side_by_side(senders: int, act: Callable[[Job], None], jobs: Iterable[Job]) -> None:
    with ThreadPoolExecutor(senders) as pool:
        for _ in pool.map(act, jobs):
            pass


def _places() -> list[Place]:
    with acting_as(DESK):
        units = identity.unit_list(kinds=("KANIM",))
    return [
        Place(unit.code, unit.wilayah, unit.lat, unit.lng)
        for unit in units
        if unit.lat is not None and unit.lng is not None and not unit.code.startswith("KANIM-SIM-")
    ]


def told(tally: Tally, silent: int) -> Iterable[str]:
    """Yield what came of the days, a line each."""
    sent = f"Diterima {tally.accepted} laporan, di antaranya {tally.nils} nihil kantor"
    rest = f"{tally.conflicts} isi berbeda, {len(tally.refused)} ditolak"
    yield f"{sent}; {tally.repeated} ulangan dikenali, {rest}."
    for one in tally.silences:
        when = "TIDAK ditemukan" if one.seconds is None else f"ditemukan dalam {_number(one.seconds)} detik"
        yield f"Kantor diam {one.on:%d-%m-%Y}: {silent} {when} sesudah kantor lain terakhir melapor."
    middle, slow = (1000 * tally.percentile(share) for share in (0.5, 0.99))
    late = f"paling terlambat {_number(tally.latest)} detik"
    yield f"Jawaban kiriman: p50 {middle:.0f} ms, p99 {slow:.0f} ms; {late}."


def fault_of(tally: Tally) -> str:
    """Return what did not hold, or nothing."""
    if tally.refused:
        return f"{len(tally.refused)} kiriman ditolak, misalnya: {tally.refused[0]}"
    if not tally.silences or any(one.seconds is None for one in tally.silences):
        return f"Posko tidak menyebut tepat kantor yang diam dalam {FOUND_SECONDS:.0f} detik."
    return ""


def _since(began: float) -> str:
    return f"{_number(time.monotonic() - began)} detik"


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
