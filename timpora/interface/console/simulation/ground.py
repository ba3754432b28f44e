"""Prepares a simulated operation through the same forms as people fill: opened, approved, ordered."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Final, Protocol, TypeVar

from timpora.interface.console.scenario.caller import Answer, Fields
from timpora.interface.console.scenario.pages import UUID, StageBroken, last_id, option
from timpora.interface.console.simulation.plan import CENTRE, Place, Plan, Team, head_of, section_of

PHASE: Final = "Tahap simulasi"
Job = TypeVar("Job")


class Officer(Protocol):
    """Somebody signed in: a session over HTTP, or a test's client."""

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        ...

    def post(self, path: str, fields: Fields) -> Answer:
        """Send a form."""
        ...


SignIn = Callable[[str], Officer]
Each = Callable[[Callable[[Job], None], Iterable[Job]], None]


@dataclass
class Ground:
    """What was prepared: the operation, and the target of each team by its number."""

    operation: str
    targets: dict[int, str] = field(default_factory=dict)


def lay(plan: Plan, first_day: date, sign_in: SignIn, each: "Each[tuple[Team, ...]]") -> Ground:
    """Open the operation and send every team to a target of its own; offices are prepared side by side."""
    last_day = first_day + timedelta(days=plan.size.days - 1)
    fields = {
        "name": f"Simulasi {first_day:%d-%m-%Y}",
        "kind": "serentak",
        "order_number": "SIM-1",
        "order_on": first_day.isoformat(),
        "phase": PHASE,
        "starts": first_day.isoformat(),
        "ends": last_day.isoformat(),
        "instruction": "Beban uji; tidak ada orang sungguhan.",
        "offices": [one.code for one in plan.offices],
    }
    opened = sign_in(CENTRE).post("/operasi/buka", fields)
    ground = Ground(last_id(opened, "operasi"))

    def office(teams: tuple[Team, ...]) -> None:
        _office(ground, teams, (first_day, last_day), sign_in)

    by_office = sorted(plan.teams, key=lambda team: team.office.code)
    each(office, [tuple(teams) for _code, teams in groupby(by_office, key=lambda team: team.office.code)])
    return ground


def _office(ground: Ground, teams: tuple[Team, ...], days: tuple[date, date], sign_in: SignIn) -> None:
    place = teams[0].office
    section, head = sign_in(section_of(place.code)), sign_in(head_of(place.code))
    for team in teams:
        at = section.post(f"/operasi/{ground.operation}/usul", _target(team, place))
        target = last_id(at, "sasaran")
        head.post(f"/operasi/sasaran/{target}/putus", {"putusan": "setuju", "because": ""})
        ground.targets[team.number] = target
    address = f"/operasi/{ground.operation}/regu/bentuk"
    form = section.get(address).text
    for team in teams:
        officer = option(form, team.officer)
        fields = {
            "name": team.name,
            "phase": option(form, PHASE),
            "leader": officer,
            "members": [officer],
            "vehicles": "",
            "targets": [ground.targets[team.number]],
        }
        section.post(address, fields)
    page = section.get(f"/operasi/{ground.operation}/regu").text
    words = {
        "first_day": days[0].isoformat(),
        "last_day": days[1].isoformat(),
        "considering": "Bahwa perlu dilaksanakan pengawasan keimigrasian.",
        "tasks": "Memeriksa dokumen.\nMelaporkan hasil setiap kunjungan.",
    }
    for team in teams:
        drafted = section.post(f"/operasi/regu/{_team(page, team)}/surat", words)
        head.post(f"/operasi/surat/{last_id(drafted, 'surat')}/terbit", {})


def _target(team: Team, place: Place) -> dict[str, str]:
    return {
        "name": f"Titik simulasi {team.number:04}",
        "address": f"Jalan Simulasi {team.number}",
        "wilayah": place.wilayah,
        "lat": f"{place.lat:.6f}",
        "lng": f"{place.lng:.6f}",
        "ground": "kunjungan_pemberi_kerja",
        "ground_text": "Beban uji.",
        "checks": "Beban uji.",
    }


def _team(page: str, team: Team) -> str:
    """Return the identifier on the card that bears the team's name."""
    _before, _name, after = page.partition(team.name)
    found = re.search(rf"/regu/({UUID})/surat", after)
    if found is None:
        raise StageBroken(f"Halaman regu tidak menampilkan {team.name}.")
    return found.group(1)
