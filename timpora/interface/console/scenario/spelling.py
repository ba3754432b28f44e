"""How agencies spell things: dates, nationalities, names, document numbers."""

from collections.abc import Callable
from datetime import date

from timpora.interface.console.scenario.records import Foreigner, Identity, Stay

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

NATIONS = {
    "CHN": "Tiongkok", "KOR": "Korea Selatan", "MYS": "Malaysia", "THA": "Thailand", "IND": "India",
    "JPN": "Jepang", "PHL": "Filipina", "AUS": "Australia", "SGP": "Singapura", "GBR": "Inggris",
    "USA": "Amerika Serikat", "NLD": "Belanda", "VNM": "Vietnam", "TWN": "Taiwan", "D": "Jerman",
    "TUR": "Turki", "PAK": "Pakistan", "FRA": "Prancis", "BGD": "Bangladesh", "RUS": "Rusia",
    "MMR": "Myanmar", "EGY": "Mesir", "YEM": "Yaman", "LKA": "Sri Lanka", "NGA": "Nigeria",
}  # fmt: skip

Spell = Callable[[date], str]


def slashed(day: date) -> str:
    """Write 15/08/2024."""
    return f"{day:%d/%m/%Y}"


def dashed_short(day: date) -> str:
    """Write 15-08-24, the two-digit year of hotel desks."""
    return f"{day:%d-%m-%y}"


def dashed(day: date) -> str:
    """Write 15-08-2024."""
    return f"{day:%d-%m-%Y}"


def in_words(day: date) -> str:
    """Write 15 Agustus 2024."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def nation(identity: Identity, style: int) -> str:
    """Spell the nationality as a code, in Indonesian, or in Indonesian capitals."""
    name = NATIONS[identity.nationality]
    return (identity.nationality, name, name.upper())[style % 3]


def written_name(person: Foreigner, stay: Stay) -> str:
    """Return the name as the lodging wrote it, its parts exchanged where the desk did so."""
    who = person.identity
    if stay.given_name_only:
        return who.given or who.printed
    if not stay.name_swapped or not who.given:
        return who.printed
    one, two = f"{who.surname} {who.given}".strip(), f"{who.given} {who.surname}".strip()
    return two if who.printed == one else one


def written_document(person: Foreigner, stay: Stay) -> str:
    """Return the document number as the lodging wrote it, mistyped where the desk did so."""
    if person.facts.card_number:
        return person.facts.card_number
    who = person.identity
    number = who.older_document if stay.on_older_document else who.document
    return mistyped(number) if stay.typo_in_document else number


def mistyped(number: str) -> str:
    """Exchange the last two neighbouring signs that differ, as hurried fingers do."""
    for at in range(len(number) - 1, 1, -1):
        if number[at] != number[at - 1]:
            return number[: at - 1] + number[at] + number[at - 1] + number[at + 1 :]
    return number[:-1] + ("1" if number[-1] != "1" else "7")
