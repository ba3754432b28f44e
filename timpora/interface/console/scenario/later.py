"""One list more than the demonstration has loaded: for whoever wants to bring a list in by hand (README)."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from timpora.interface.console.scenario.lists import (
    LODGING_FAULTS,
    Desk,
    ListFile,
    lists,
    lodging_row,
    strew,
)
from timpora.interface.console.scenario.people import DEFAULT_SEED
from timpora.interface.console.scenario.places import places
from timpora.interface.console.scenario.records import Foreigner, Stay, World
from timpora.interface.console.scenario.sheets import Dialect, Layout, Row, csv_bytes
from timpora.interface.console.scenario.spelling import slashed

NAME: Final = "penginapan-susulan-batulicin.csv"
OFFICE: Final = "KANIM-BATULICIN"
SENDER: Final = "salasiah"
KNOWN: Final = 12
TYPO_AT, SWAPPED_AT = 1, 2
FROM: Final = date(2024, 8, 18)
# Titles that no saved mapping knows, so that the columns are matched by hand.
DESK: Final = Desk(
    ("Nama tamu", "Warga negara", "No. dok. perjalanan", "Lahir", "Datang", "Pulang", "Tempat", "Kode wil.",
     "Yang memesan"),
    Dialect(";", "utf-8-sig"), slashed, 1, "",
)  # fmt: skip
NEW: Final = (
    ("CONTOH TAMU BARU", "Swedia", "EX1000001", "02/05/1986"),
    ("CONTOH TAMU KEDUA", "Kanada", "EX1000002", "17/11/1990"),
    ("CONTOH TAMU KETIGA", "Belanda", "EX1000003", "30/01/1979"),
)


def write(world: World, folder: Path, seed: int = DEFAULT_SEED) -> tuple[ListFile, ...]:
    """Write all lists and this one into `folder`, made when it is missing; return what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    made = sorted((*lists(world, seed), later_list(world, seed)), key=lambda one: one.name)
    for one in made:
        (folder / one.name).write_bytes(one.data)
    return tuple(made)


def later_list(world: World, seed: int) -> ListFile:
    """Return stays of the days before the phase: some of people whom lists named before, some of new ones.

    Among them a document written wrong, a name turned round, and rows that cannot be read.
    """
    stays = [(person, stay) for person in world.people for stay in person.facts.stays[:1] if _is_here(stay)]
    known = [_again(person, stay, at) for at, (person, stay) in enumerate(stays[:KNOWN])]
    place = places()[stays[0][1].place]
    day = slashed(FROM)
    new = [Row((*who, day, "", place.name, place.wilayah, "")) for who in NEW]
    rows = strew([*known, *new], LODGING_FAULTS, NAME, seed)
    layout = Layout((DESK.header,))
    bad = tuple((line, row.fault) for line, row in enumerate(rows, start=layout.first_row) if row.fault)
    data = csv_bytes(layout, rows, DESK.dialect)
    return ListFile(NAME, "penginapan", OFFICE, SENDER, data, len(rows), bad)


def _is_here(stay: Stay) -> bool:
    place = places()[stay.place]
    return place.office == OFFICE and place.wilayah.startswith("63.10")


def _again(person: Foreigner, stay: Stay, at: int) -> Row:
    later = replace(stay, starts=FROM, ends=None, booked_by="", typo_in_document=at == TYPO_AT)
    later = replace(later, name_swapped=at == SWAPPED_AT)
    return lodging_row(later, person, DESK)
