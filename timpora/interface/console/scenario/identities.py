"""Gives every set of facts a person: nationality, names, birth, documents. Runs last, reads no planted sign.

Nationalities of residents follow the published shares of Kalimantan Selatan (29 March 2019: 445 holders);
the countries that were not published share the rest. They shape the demonstration only.
"""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from timpora.interface.console.scenario.places import name_parts, stream
from timpora.interface.console.scenario.records import AS_OF, Facts, Foreigner, Identity

RESIDENTS = {
    "CHN": 220, "KOR": 44, "MYS": 35, "THA": 24, "IND": 15, "JPN": 12, "PHL": 12, "AUS": 10, "SGP": 8,
    "GBR": 7, "USA": 7, "NLD": 6, "VNM": 6, "TWN": 6, "D": 5, "TUR": 5, "PAK": 5, "FRA": 4, "BGD": 3,
    "RUS": 3, "MMR": 3, "EGY": 2, "YEM": 1, "LKA": 1, "NGA": 1,
}  # fmt: skip
CREW = {"PHL": 30, "CHN": 25, "MMR": 14, "IND": 10, "VNM": 9, "KOR": 5, "RUS": 4, "BGD": 3}
SURNAME_FIRST = frozenset({"CHN", "KOR", "VNM", "TWN", "SGP"})
PASSPORT = {"CHN": "EJ#######", "KOR": "M########", "MYS": "A########", "D": "C0#######", "IND": "Z#######"}
BIRTH_PLACES = {
    "CHN": ("Jiangsu", "Shandong", "Hebei"), "KOR": ("Busan", "Daegu"), "MYS": ("Ipoh", "Kuching"),
    "THA": ("Chiang Mai", "Khon Kaen"), "IND": ("Chennai", "Pune"), "JPN": ("Osaka", "Chiba"),
    "PHL": ("Cebu", "Iloilo"), "AUS": ("Perth", "Darwin"), "SGP": ("Singapore",), "GBR": ("Leeds", "Hull"),
    "USA": ("Houston", "Denver"), "NLD": ("Utrecht", "Breda"), "VNM": ("Hai Phong", "Da Nang"),
    "TWN": ("Taichung", "Tainan"), "D": ("Bremen", "Essen"), "TUR": ("Izmir", "Bursa"),
    "PAK": ("Lahore", "Multan"), "FRA": ("Lille", "Nantes"), "BGD": ("Sylhet", "Khulna"),
    "RUS": ("Omsk", "Perm"), "MMR": ("Yangon", "Mandalay"), "EGY": ("Tanta", "Aswan"), "YEM": ("Aden",),
    "LKA": ("Galle", "Kandy"), "NGA": ("Ibadan", "Kano"),
}  # fmt: skip
MIDDLE = 15
MEN = 0.88
"""Share of men among the published permit holders of Kalimantan Selatan, rounded."""


def identify(people: tuple[Facts, ...], seed: int) -> tuple[Foreigner, ...]:
    """Give each of `people` an identity of its own stream; document numbers never repeat."""
    taken: set[str] = set()
    known: dict[str, Identity] = {}
    for facts in people:
        known[facts.id] = _identity(facts, stream(seed, f"identity:{facts.id}"), taken)
    for facts in people:
        if facts.namesake_of:
            own, other = known[facts.id], known[facts.namesake_of]
            named = _named_after(own, other)
            known[facts.id] = replace(named, born_on=_near(other.born_on)) if facts.born_near else named
    return tuple(Foreigner(facts, known[facts.id]) for facts in people)


def _identity(facts: Facts, rng: Random, taken: set[str]) -> Identity:
    shares = CREW if facts.occupation == "awak kapal" else RESIDENTS
    nationality = rng.choices(list(shares), list(shares.values()))[0]
    sex = "M" if rng.random() < MEN else "F"
    surname, given = _names(rng, nationality, sex)
    if facts.one_word:
        # A single name is the primary identifier of the machine-readable zone.
        surname, given = given.split()[0], ""
    return Identity(
        surname=surname,
        given=given,
        printed=_printed(surname, given, nationality),
        sex=sex,
        born_on=date(1964, 1, 1) + timedelta(days=rng.randint(0, 14600)),
        birth_place=rng.choice(BIRTH_PLACES[nationality]),
        nationality=nationality,
        document=_number(rng, nationality, taken),
        older_document=_number(rng, nationality, taken) if facts.renewed else "",
        expires_on=AS_OF + timedelta(days=rng.randint(220, 3200)),
    )


def _printed(surname: str, given: str, nationality: str) -> str:
    order = (surname, given) if nationality in SURNAME_FIRST else (given, surname)
    return " ".join(part for part in order if part)


def _names(rng: Random, nationality: str, sex: str) -> tuple[str, str]:
    parts = name_parts()
    given = [*parts.get((nationality, "given", sex), ()), *parts.get((nationality, "given", ""), ())]
    surnames = parts.get((nationality, "surname", sex)) or parts.get((nationality, "surname", ""), ())
    if nationality == "MYS":
        father = rng.choice(parts["MYS", "given", "M"])
        return f"{'BIN' if sex == 'M' else 'BINTI'} {father}", rng.choice(given)
    if not surnames:
        return "", " ".join(rng.sample(given, 2))
    return rng.choice(surnames), rng.choice(given)


def _number(rng: Random, nationality: str, taken: set[str]) -> str:
    pattern = PASSPORT.get(nationality, f"{rng.choice('BFGHKLNPRT')}########")
    while True:
        number = "".join(str(rng.randint(0, 9)) if c == "#" else c for c in pattern)
        if number not in taken:
            taken.add(number)
            return number


def _near(day: date) -> date:
    """Return another day of the same month: no slip of a desk, another person's birthday."""
    return day.replace(day=day.day + 9 if day.day <= MIDDLE else day.day - 9)


def _named_after(own: Identity, other: Identity) -> Identity:
    return Identity(
        surname=other.surname,
        given=other.given,
        printed=other.printed,
        sex=other.sex,
        born_on=own.born_on,
        birth_place=other.birth_place,
        nationality=other.nationality,
        document=own.document,
        older_document=own.older_document,
        expires_on=own.expires_on,
    )
