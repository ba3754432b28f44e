"""Who takes part in a simulated operation and when each of them reports: the same for the same seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from timpora.domain.territory import WIB
from timpora.interface.console.scenario.seed import FORMAT, Seed

SPACE: Final = UUID("5b1c7c54-6f4f-4d0b-9d7b-9a0f0a5b2f64")
# Hours of Jakarta that lie within one local day of every zone.
FIRST, FIRST_UNTIL, LAST = 8, 11, 16
REPEATED, NIL = 0.05, 0.6
PEOPLE_MOST: Final = 4
CENTRE: Final = "sim.posko"
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is simulated; `visits` are those of a team on a day."""

    offices: int
    teams: int
    hours: int
    silent: int
    visits: int
    seed: int

    @property
    def days(self) -> int:
        """How many days of the operation there are; the last may be begun only."""
        return -(-self.hours // 24)


@dataclass(frozen=True, slots=True)
class Place:
    """An office where it lies: what the simulation needs of a unit."""

    code: str
    wilayah: str
    lat: float
    lng: float


@dataclass(frozen=True, slots=True)
class Team:
    """A team of one officer with one target."""

    number: int
    office: Place

    @property
    def officer(self) -> str:
        """The sign-in of its officer."""
        return f"sim.regu-{self.number:04}"

    @property
    def name(self) -> str:
        """Its name, which no other team has."""
        return f"Regu SIM {self.number:04}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Offices, those among them that send nothing, and teams."""

    size: Size
    offices: tuple[Place, ...]
    silent: frozenset[str]
    teams: tuple[Team, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One sending: by whom, at what hour of the program's clock; without a team it is an office's nil.

    `repeats` times it is sent once more, as by a phone that heard no answer.
    """

    at: datetime
    office: str
    officer: str
    team: Team | None
    key: str
    is_nil: bool
    people: int
    repeats: int


def section_of(office: str) -> str:
    """Return the sign-in of the head of the office's section."""
    return f"sim.{office.lower()}.seksi"


def head_of(office: str) -> str:
    """Return the sign-in of the head of the office."""
    return f"sim.{office.lower()}.kepala"


def plan_make(size: Size, known: Sequence[Place]) -> Plan:
    """Choose offices and silent ones; what the reference data lacks of offices is invented beside them."""
    offices = list(known)[: size.offices]
    while len(offices) < size.offices:
        like = known[len(offices) % len(known)]
        code = f"KANIM-SIM-{len(offices):03}"
        offices.append(Place(code, like.wilayah, like.lat, like.lng))
    dice = random.Random(size.seed)  # noqa: S311 - a load, not a secret
    silent = frozenset(dice.sample([one.code for one in offices], min(size.silent, len(offices) - 1)))
    teams = tuple(Team(number, offices[number % len(offices)]) for number in range(size.teams))
    return Plan(size, tuple(offices), silent, teams)


def seed_of(plan: Plan, known: frozenset[str], *, password: str, since: date) -> Seed:
    """Return the officers of the plan, and the offices that are not in the reference data, as a seed."""
    numbers = count()

    def person(username: str, role: str, place: Place) -> dict[str, object]:
        held = {"role": role, "unit": place.code, "territories": [place.wilayah], "starts": since}
        # Letters name everybody by number and rank.
        number = f"19850101201001{next(numbers):04}"
        about = {"username": username, "name": username, "nip": number, "rank": "Penata Muda (III/a)"}
        return about | {"password": password, "assignments": [held]}

    people = [person(CENTRE, "hq_posko_operator", Place("DITJENIM", "ID", 0, 0))]
    for one in plan.offices:
        people.append(person(section_of(one.code), "inteldakim_head", one))
        people.append(person(head_of(one.code), "kanim_head", one))
    people += [person(team.officer, "field_officer", team.office) for team in plan.teams]
    units = [
        {"code": one.code, "name": one.code, "kind": "KANIM", "wilayah": one.wilayah, "areas": [one.wilayah]}
        for one in plan.offices
        if one.code not in known
    ]
    return Seed.model_validate({"format": FORMAT, "units": units, "people": people})


def events_of(plan: Plan, first_day: date) -> list[Event]:
    """Return every sending of the days, by hour: each office that is not silent begins in the morning."""
    dice = random.Random(f"{plan.size.seed}:sendings")  # noqa: S311
    ends = datetime.combine(first_day, time(), ZoneInfo(WIB)) + timedelta(hours=plan.size.hours)
    found = [
        event
        for number in range(plan.size.days)
        for event in _of_day(plan, first_day + number * ONE_DAY, dice)
        if event.at < ends
    ]
    return sorted(found, key=lambda event: (event.at, event.key))


def _of_day(plan: Plan, on: date, dice: random.Random) -> Iterator[Event]:
    busy = {team.office.code for team in plan.teams}
    for team in plan.teams:
        for visit in range(plan.size.visits):
            # Thrown for silent teams too, so that who is silent changes nothing for the others.
            since, until = (FIRST, FIRST_UNTIL) if visit == 0 else (FIRST_UNTIL, LAST)
            is_nil = dice.random() < NIL
            event = Event(
                at=_hour(on, since, until, dice),
                office=team.office.code,
                officer=team.officer,
                team=team,
                key=f"{on}:{team.number}:{visit}",
                is_nil=is_nil,
                people=0 if is_nil else dice.randint(1, PEOPLE_MOST),
                repeats=int(dice.random() < REPEATED),
            )
            if team.office.code not in plan.silent:
                yield event
    for one in plan.offices:
        at, repeats = _hour(on, FIRST, FIRST_UNTIL, dice), int(dice.random() < REPEATED)
        if one.code not in busy | plan.silent:
            who = section_of(one.code)
            yield Event(at, one.code, who, None, f"{on}:{one.code}", is_nil=True, people=0, repeats=repeats)


def _hour(on: date, since: int, until: int, dice: random.Random) -> datetime:
    seconds = dice.randrange((until - since) * 3600)
    return datetime.combine(on, time(since), ZoneInfo(WIB)) + timedelta(seconds=seconds)


def body_of(event: Event, *, seq: int, operation: str, target: str | None) -> dict[str, object]:
    """Return what the phone sends; persons are invented and say so."""
    at = event.at.astimezone(UTC)
    space = uuid5(SPACE, operation)
    body: dict[str, object] = {
        "id": str(uuid5(space, event.key)),
        "operation": operation,
        "kind": "nihil" if event.is_nil else "pemeriksaan",
        "captured_at": _instant(at),
        "device": str(uuid5(space, event.officer)),
        "seq": seq,
        "note": "Simulasi.",
    }
    if target is None:
        return body
    steps = [
        {"code": code, "done_at": _instant(at - timedelta(minutes=before))}
        for code, before in (("kenalkan-diri", 9), ("jelaskan", 8), ("bahasa", 7))
    ]
    checked = [
        {"outcome": "sesuai", "name": f"CONTOH SIMULASI {at:%d%H%M} {number}", "nationality": "UTO"}
        for number in range(1, event.people + 1)
    ]
    met = {"headcount": event.people, "checked": checked, "steps": [] if event.is_nil else steps}
    return body | {"target": target} | met


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
