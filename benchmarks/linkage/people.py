"""Invented persons, and how lists write them down: seeded, so that every run sees the same."""

import csv
import random
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files

from timpora.apps.intake.linkage import Document, LinkRecord

WEIGHTS = {
    "CHN": 30, "KOR": 7, "JPN": 7, "IND": 7, "MYS": 8, "SGP": 4, "THA": 3, "PHL": 4, "VNM": 3, "MMR": 2,
    "BGD": 3, "PAK": 2, "LKA": 1, "YEM": 2, "EGY": 1, "TUR": 1, "RUS": 3, "AUS": 5, "GBR": 3, "USA": 3,
    "NLD": 2,    "D": 2, "FRA": 2, "NGA": 2, "TLS": 1, "AFG": 1, "IRN": 1, "SOM": 1,
}  # fmt: skip
SURNAME_FIRST = {"CHN", "KOR", "JPN", "VNM", "SGP"}
SINGLE_NAMES = {"MMR": 0.2, "AFG": 0.5, "IND": 0.15, "TLS": 0.05}
SPELLINGS = {
    "MUHAMMAD": ("MOHAMMAD", "MUHAMAD", "MOHD", "MD", "MOHAMED"), "MOHAMMED": ("MUHAMMAD", "MOHD", "MD"),
    "ABDUL": ("ABD", "ABDUL"), "HUSSEIN": ("HUSAIN", "HUSEIN"), "LEE": ("YI", "RHEE"),
    "YOUSSEF": ("YUSUF", "YOUSEF"),
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    id: int
    surname: str
    given: str
    sex: str
    birth: date
    nationality: str
    birth_place: str
    document: str


class World:
    """Persons and their records, from one seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.parts: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        text = files("benchmarks.linkage").joinpath("name_parts.csv").read_text("utf-8")
        for row in csv.DictReader(text.splitlines()):
            self.parts[row["nationality"], row["part"], row["gender"]].append(row["latin"])

    def persons(self, count: int) -> list[Person]:
        made: list[Person] = []
        for number in range(count):
            # One in fifty is a sibling or namesake of someone: the hard cases.
            if made and self.dice.random() < 0.02:
                made.append(self._relative(self.dice.choice(made), number))
            else:
                made.append(self._person(number))
        return made

    def _person(self, number: int) -> Person:
        nation = self.dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        sex = self.dice.choice("MMF")
        surname = self._zipf(self._pool(nation, "surname", sex))
        given = self._zipf(self._pool(nation, "given", sex), flat=True)
        if self.dice.random() < SINGLE_NAMES.get(nation, 0):
            surname = ""
        elif nation not in SURNAME_FIRST and self.dice.random() < 0.3:
            given += " " + self.dice.choice(self._pool(nation, "given", sex))
        if nation == "MYS" and self.dice.random() < 0.5:
            given, surname = f"{given} {'BIN' if sex == 'M' else 'BINTI'} {surname}".strip(), ""
        birth = date(1950, 1, 1) + timedelta(days=self.dice.randrange(20_000))
        return Person(number, surname, given, sex, birth, nation, self._place(), self._document())

    def _relative(self, of: Person, number: int) -> Person:
        if self.dice.random() < 0.5:
            given = self.dice.choice(self._pool(of.nationality, "given", of.sex))
            return replace(of, id=number, given=given, document=self._document())
        birth = date(1950, 1, 1) + timedelta(days=self.dice.randrange(20_000))
        return replace(of, id=number, birth=birth, document=self._document(), birth_place=self._place())

    def _pool(self, nation: str, part: str, sex: str) -> list[str]:
        both = self.parts[nation, part, sex] + self.parts[nation, part, ""]
        return both or self.parts[nation, "given", sex] or self.parts[nation, "given", ""]

    def _zipf(self, pool: list[str], *, flat: bool = False) -> str:
        power = 0.4 if flat else 0.9
        return self.dice.choices(pool, [1 / (rank + 1) ** power for rank in range(len(pool))])[0]

    def _place(self) -> str:
        return "".join(self.dice.choice(("BA", "KO", "SE", "LU", "MI", "TAN", "RO")) for _ in range(3))

    def _document(self) -> str:
        return self.dice.choice("ABCDEGHKPX") + "".join(self.dice.choices("0123456789", k=8))

    def known(self, person: Person) -> LinkRecord:
        """The person as the register holds them: whole."""
        return LinkRecord(
            id=f"p{person.id:07}", names=(self._in_order(person),), birth=person.birth.isoformat(),
            sex=person.sex, nationality=person.nationality, birth_place=person.birth_place,
            documents=(Document(person.document, person.nationality),), is_known=True,
        )  # fmt: skip

    def written(self, person: Person, number: int) -> LinkRecord:
        """The person as some list writes them: with the faults that lists have."""
        dice = self.dice
        return LinkRecord(
            id=f"r{person.id:07}-{number}",
            names=(self._written_name(person),),
            birth=self._written_birth(person.birth),
            sex="" if dice.random() < 0.15 else ("F" if dice.random() < 0.01 else person.sex),
            nationality=""
            if dice.random() < 0.1
            else ("CHN" if dice.random() < 0.01 else person.nationality),
            birth_place=person.birth_place if dice.random() < 0.3 else "",
            documents=self._written_document(person),
        )

    def _in_order(self, person: Person) -> str:
        first, last = (
            (person.surname, person.given)
            if person.nationality in SURNAME_FIRST
            else (person.given, person.surname)
        )
        return f"{first} {last}".strip()

    def _written_name(self, person: Person) -> str:
        words = self._in_order(person).split()
        dice = self.dice
        words = [
            dice.choice(SPELLINGS[word]) if word in SPELLINGS and dice.random() < 0.3 else word
            for word in words
        ]
        if dice.random() < 0.2:
            words = words[1:] + words[:1]
        if len(words) > 2 and dice.random() < 0.12:
            words.pop(1)
        if person.nationality in {"CHN", "KOR"} and dice.random() < 0.25 and len(words[-1]) > 5:
            cut = len(words[-1]) // 2
            words[-1:] = [words[-1][:cut], words[-1][cut:]]
        name = " ".join(words)
        return self._typo(name) if dice.random() < 0.08 else name

    def _typo(self, text: str) -> str:
        at = self.dice.randrange(max(1, len(text) - 1))
        kind = self.dice.randrange(3)
        if kind == 0:
            return text[:at] + text[at + 1 :]
        if kind == 1:
            return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
        return text[:at] + self.dice.choice("AEIOUNRST") + text[at + 1 :]

    def _written_birth(self, birth: date) -> str:
        roll = self.dice.random()
        if roll < 0.04 and birth.day <= 12:
            return f"{birth.year}-{birth.day:02}-{birth.month:02}"
        if roll < 0.07:
            return (birth + timedelta(days=self.dice.choice((-1, 1, 10, 365)))).isoformat()
        if roll < 0.12:
            return str(birth.year)
        return "" if roll < 0.15 else birth.isoformat()

    def _written_document(self, person: Person) -> tuple[Document, ...]:
        roll = self.dice.random()
        if roll < 0.35:
            return (Document(person.document, person.nationality),)
        if roll < 0.45:
            return (Document(self._typo(person.document), person.nationality),)
        return (Document(self._document(), person.nationality),) if roll < 0.65 else ()


def labelled(seed: int, count: int) -> tuple[list[LinkRecord], dict[str, int]]:
    """Return records and, by record id, who they are: one known, none to three written down."""
    world = World(seed)
    records: list[LinkRecord] = []
    truth: dict[str, int] = {}
    for person in world.persons(count):
        made = [world.known(person)]
        made += [world.written(person, number) for number in range(world.dice.choice((0, 1, 1, 2, 3)))]
        records += made
        truth |= {record.id: person.id for record in made}
    return records, truth
