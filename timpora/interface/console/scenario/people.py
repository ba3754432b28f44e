"""Draws the foreigners of the scenario: what happened, then what is planted, at last who they are.

The order is the point: no fact and no planted discrepancy can depend on a nationality or a name,
because neither exists yet when they are drawn.
"""

from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from random import Random

from timpora.interface.console.scenario.identities import identify
from timpora.interface.console.scenario.places import employers_of, places, places_of, stream
from timpora.interface.console.scenario.plants import plant
from timpora.interface.console.scenario.records import (
    AS_OF,
    Crossing,
    Facts,
    Permit,
    Place,
    Stay,
    Work,
    World,
)

DEFAULT_SEED = 2024

SHARES = {
    "KANIM-BATULICIN": {"ITK": 2, "ITAS": 126, "ITAP": 2},
    "KANIM-BANJARMASIN": {"ITK": 5, "ITAS": 149, "ITAP": 12},
    "KANIM-PALEMBANG": {"ITK": 200, "ITAS": 150, "ITAP": 5},
    "KANIM-MUARA-ENIM": {"ITK": 115, "ITAS": 132, "ITAP": 2},
}
"""Permit holders by office: published presence scaled to 900; the rest is assumed (README.md)."""

WIB = timezone(timedelta(hours=7), "WIB")
WITA = timezone(timedelta(hours=8), "WITA")
AIRPORT = {
    "63": "TPI-A-BANDARA-SYAMSUDIN-NOOR-BANJARBARU",
    "16": "TPI-A-BANDARA-SULTAN-MAHMUD-BADARUDDIN-II-PALEMBANG",
}
VISIT_INDEXES = (("C1", 60), ("C2", 60), ("D2", 60), ("B1", 30), ("C6", 60), ("C20", 60))
POSITIONS = (
    "Tenaga Ahli Mekanik",
    "Tenaga Ahli Listrik",
    "Penasihat Produksi",
    "Pengawas Konstruksi",
    "Manajer Teknik",
    "Tenaga Ahli Kendali Mutu",
)
VESSELS = 26
STILL_THERE = 0.7
"""Share of hotel guests who had not left when the list was sent."""
NOT_AT_WORK = 0.14
"""Share of limited stay permits for family or study."""
BY_TRISAKTI = 0.64
"""Share of Trisakti in the crew crossings of 2020 (25,518 of 40,130)."""
SYAMSUDIN_NOOR_CLOSED = date(2024, 4, 1)
"""From that month the airport had no international flights."""


@cache
def generate(seed: int = DEFAULT_SEED, identity_seed: int | None = None) -> World:
    """Draw the whole scenario; equal seeds give equal worlds.

    `identity_seed` draws other names and nationalities over the very same facts.
    """
    residents = _residents(stream(seed, "facts"))
    facts, truths = plant(residents, stream(seed, "plants"))
    who = seed if identity_seed is None else identity_seed
    crew = _crew(stream(seed, "crew"))
    people = identify((*facts, *crew), who)
    return World(people=people[: len(facts)], crew=people[len(facts) :], truths=truths)


def _residents(rng: Random) -> tuple[Facts, ...]:
    drawn: list[Facts] = []
    for office, kinds in SHARES.items():
        for kind, count in kinds.items():
            draw = {"ITK": _visitor, "ITAS": _limited, "ITAP": _permanent}[kind]
            drawn += [draw(rng, office, f"P{len(drawn) + k + 1:04d}") for k in range(count)]
    return tuple(drawn)


def _entry(rng: Random, office: str, on: date) -> Crossing:
    province = places_of(office, "hotel")[0].wilayah[:2]
    checkpoint = rng.choices(
        (AIRPORT[province], "TPI-A-BANDARA-SOEKARNO-HATTA", "TPI-A-BANDARA-JUANDA-SURABAYA"), (20, 70, 10)
    )[0]
    if checkpoint == AIRPORT["63"] and on >= SYAMSUDIN_NOOR_CLOSED:
        checkpoint = "TPI-A-BANDARA-SOEKARNO-HATTA"
    zone = WITA if checkpoint == AIRPORT["63"] else WIB
    at = datetime.combine(on, time(rng.randint(6, 22), rng.randint(0, 59)), zone)
    return Crossing(checkpoint, "in", at, f"{rng.choice(('XQ', 'ZV', 'QJ'))}{rng.randint(100, 989)}")


def _visitor(rng: Random, office: str, number: str) -> Facts:
    index, days = rng.choice(VISIT_INDEXES)
    starts = AS_OF - timedelta(days=rng.randint(3, days - 12))
    hotel = rng.choice(places_of(office, "hotel"))
    sponsor = rng.choice(employers_of(office)).name if index in {"C2", "D2", "C20"} else ""
    permit = _permit(number, ("ITK", index), (starts, days), sponsor, hotel)
    checked_in = starts + timedelta(days=rng.randint(0, 2))
    leaves = (
        None if rng.random() < STILL_THERE else min(AS_OF, checked_in + timedelta(days=rng.randint(1, 20)))
    )
    stay = Stay(hotel.id, checked_in, leaves)
    return Facts(number, office, permit, (_entry(rng, office, starts),), (stay,), occupation="pengunjung")


def _limited(rng: Random, office: str, number: str) -> Facts:
    homes = places_of(office, "house", "campus")
    if rng.random() < NOT_AT_WORK and homes:
        return _family_or_study(rng, office, number, rng.choice(homes))
    firms = employers_of(office)
    firm = rng.choices(firms, [e.weight for e in firms])[0]
    starts = AS_OF - timedelta(days=rng.randint(30, 320))
    permit = _permit(number, ("ITAS", "E23"), (starts, 365), firm.name, places()[firm.mess])
    stay = Stay(firm.mess, starts + timedelta(days=rng.randint(1, 14)), None)
    seen = AS_OF - timedelta(days=rng.randint(6, 24))
    position = rng.choice(POSITIONS)
    work = Work(firm.id, position, f"RPTKA-2024/{rng.randint(10000, 99999)}", firm.site, firm.site, seen)
    entry = _entry(rng, office, starts - timedelta(days=rng.randint(1, 20)))
    return Facts(number, office, permit, (entry,), (stay,), work, occupation=position)


def _family_or_study(rng: Random, office: str, number: str, home: Place) -> Facts:
    index, guarantor, occupation = (
        ("E30A", "Perguruan tinggi", "mahasiswa")
        if home.kind == "campus"
        else ("E31A", "Pasangan (WNI)", "ikut keluarga")
    )
    starts = AS_OF - timedelta(days=rng.randint(30, 320))
    permit = _permit(number, ("ITAS", index), (starts, 365), guarantor, home)
    entry = _entry(rng, office, starts - timedelta(days=rng.randint(1, 20)))
    stay = Stay(home.id, starts + timedelta(days=2), None)
    return Facts(number, office, permit, (entry,), (stay,), occupation=occupation)


def _permanent(rng: Random, office: str, number: str) -> Facts:
    home = rng.choice(places_of(office, "house", "campus"))
    starts = AS_OF - timedelta(days=rng.randint(100, 1500))
    permit = _permit(number, ("ITAP", ""), (starts, 1826), "Pasangan (WNI)", home)
    entry = _entry(rng, office, AS_OF - timedelta(days=rng.randint(150, 900)))
    return Facts(number, office, permit, (entry,), (Stay(home.id, starts, None),), occupation="ikut keluarga")


def _permit(
    number: str, kind: tuple[str, str], period: tuple[date, int], guarantor: str, home: Place
) -> Permit:
    (name, index), (starts, days) = kind, period
    printed = f"2{'ACE'[('ITK', 'ITAS', 'ITAP').index(name)]}{home.wilayah[:2]}JD{number[1:]}-X"
    return Permit(name, printed, index, starts, starts + timedelta(days=days - 1), guarantor, home.id)


def _crew(rng: Random) -> tuple[Facts, ...]:
    crew: list[Facts] = []
    for ship in range(VESSELS):
        trisakti = rng.random() < BY_TRISAKTI
        port = (
            "TPI-S-PELABUHAN-TRISAKTI-BANJARMASIN"
            if trisakti
            else "TPI-S-PELABUHAN-LAUT-KOTABARU-TANJUNG-PEMANCINGAN"
        )
        office = "KANIM-BANJARMASIN" if trisakti else "KANIM-BATULICIN"
        arrival = datetime.combine(
            AS_OF - timedelta(days=rng.randint(1, 44)), time(rng.randint(1, 22), 30), WITA
        )
        leaving = arrival + timedelta(days=rng.randint(3, 8), hours=1)
        legs = [Crossing(port, "in", arrival, f"MV JELITA BAHARI {ship + 1}")]
        if leaving.date() <= AS_OF:
            legs.append(Crossing(port, "out", leaving, legs[0].carrier))
        crew += [
            Facts(f"C{len(crew) + k + 1:04d}", office, crossings=tuple(legs), occupation="awak kapal")
            for k in range(rng.randint(9, 17))
        ]
    return tuple(crew)
