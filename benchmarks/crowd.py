"""Invented foreigners, as many as wanted and always the same: persons with records, and a lodging list."""

import csv
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID, uuid5

from timpora.apps.registry.types import NewCrossing, NewFact, NewPermit, NewRecord, NewStay, NewWork
from timpora.interface import console

NAMES = Path(console.__file__).parent / "scenario" / "names.csv"
SPACE = UUID("3d9e6f50-72a5-4b7f-9e0e-0a7f3f1f6b10")
ON = date(2024, 8, 22)
HOME = ("63.10.06", "63.10.01", "63.02.01")
NATIONS = ("CHN", "KOR", "JPN", "IND", "MYS", "AUS", "GBR", "RUS", "NGA", "PHL", "FRA", "NLD")
TITLES = (
    "No", "Nama Lengkap", "L/P", "Tgl Lahir", "Kebangsaan", "No. Paspor", "Nama Penginapan", "Alamat",
    "Tanggal Check In", "Tanggal Check Out",
)  # fmt: skip


@cache
def _names(nation: str) -> tuple[list[str], list[str]]:
    with NAMES.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["nationality"] == nation]
    given = [row["latin"] for row in rows if row["part"] == "given"]
    return given, [row["latin"] for row in rows if row["part"] == "surname"]


def name_of(dice: random.Random, nation: str) -> str:
    """Return a name in capitals as a passport writes it: two given names make namesakes rare enough."""
    given, family = _names(nation)
    return f"{dice.choice(family)} {dice.choice(given)} {dice.choice(given)}".upper()


def records(count: int, regions: Sequence[str]) -> Iterator[tuple[str, NewRecord]]:
    """Yield (region, record) of `count` persons, one to two records each; one in forty lives at home."""
    dice = random.Random(6962)
    for number in range(count):
        region = dice.choice(HOME if number % 40 == 0 else regions)
        person = uuid5(SPACE, f"person {number}")
        nation = dice.choice(NATIONS)
        told = {
            "person": person,
            "name": name_of(dice, nation),
            "birth": f"{date(1950, 1, 1) + timedelta(days=dice.randrange(19_000))}",
            "sex": "LP"[number % 2],
            "nationality": nation,
            "document_kind": "passport",
            "document_number": f"{nation[0]}{number:08}",
            "document_state": nation,
        }
        yield (
            region,
            NewRecord(id=uuid5(SPACE, f"permit {number}"), facts=_papers(dice, number, region), **told),
        )
        if number % 2:
            yield region, NewRecord(id=uuid5(SPACE, f"stay {number}"), facts=(_stay(dice, region),), **told)


def _papers(dice: random.Random, number: int, region: str) -> tuple[NewFact, ...]:
    starts = ON - timedelta(days=dice.randrange(30, 340))
    entered = datetime.combine(starts - timedelta(days=3), datetime.min.time(), UTC)
    # One permit in fifty is over, so that the rules find something.
    ends = ON - timedelta(days=dice.randrange(1, 20)) if number % 50 == 1 else starts + timedelta(days=365)
    permit = NewPermit(
        kind="ITAS", visa_index="E23", number=f"2C{number:08}", starts=starts, ends=ends,
        guarantor=f"PT Contoh {number % 997}", wilayah=region,
    )  # fmt: skip
    crossing = NewCrossing(direction="in", at=entered, checkpoint="Bandara Soekarno-Hatta", wilayah="36.71")
    return permit, crossing, *_work(dice, number, region)


def _work(dice: random.Random, number: int, region: str) -> tuple[NewFact, ...]:
    if number % 3:
        return ()
    employer = f"PT Contoh {number % 997}"
    plan = NewWork(employer=employer, is_plan=True, position="Teknisi", wilayah=region, plan_number="RPTKA-1")
    seen_on = ON - timedelta(days=dice.randrange(1, 20))
    seen = NewWork(employer=employer, is_plan=False, position="Teknisi", wilayah=region, starts=seen_on)
    return plan, seen


def _stay(dice: random.Random, region: str) -> NewStay:
    starts = ON - timedelta(days=dice.randrange(1, 25))
    return NewStay(starts=starts, lodging=f"Hotel Contoh {dice.randrange(400)}", wilayah=region)


def lodging_list(path: Path, rows: int) -> int:
    """Write a list of hotel guests as a lodging sends it, and return how many rows are faulty (1 %)."""
    dice = random.Random(2024)
    faulty = 0
    with path.open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow(TITLES)
        for number in range(rows):
            arrived = ON - timedelta(days=dice.randrange(1, 60))
            left = arrived + timedelta(days=dice.randrange(1, 12))
            born = date(1950, 1, 1) + timedelta(days=dice.randrange(19_000))
            nation = dice.choice(NATIONS)
            is_faulty = number % 100 == 50
            faulty += is_faulty
            out.writerow(
                (number + 1, name_of(dice, nation), "LP"[number % 2], f"{born:%d-%m-%Y}", nation,
                 f"H{number:08}", f"Hotel Contoh {number % 400}", "Jl. Contoh 1, Simpang Empat",
                 "31/02/2024" if is_faulty else f"{arrived:%d/%m/%Y}", f"{left:%d/%m/%Y}")
            )  # fmt: skip
    return faulty


def someone() -> str:
    """Return two name parts that a few hundred of the invented persons share."""
    given, family = _names("CHN")
    return f"{family[0]}+{given[0]}"
