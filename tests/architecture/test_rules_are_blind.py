"""No rule can reach who a person is: neither by a field of the fact sheet, nor by a word of its code."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import timpora.domain.rules
from timpora.domain.rules.facts import FactSheet

RULES = Path(timpora.domain.rules.__file__).parent

FORBIDDEN = frozenset(
    {
        "nationality",
        "nationalities",
        "national",
        "citizen",
        "citizens",
        "citizenship",
        "country",
        "countries",
        "origin",
        "ethnic",
        "ethnicity",
        "race",
        "tribe",
        "religion",
        "religious",
        "faith",
        "sex",
        "gender",
        "male",
        "female",
        "birth",
        "birthplace",
        "born",
        "age",
        "name",
        "names",
        "surname",
        "surnames",
        "forename",
        "family",
        "mrz",
        "passport",
        "kebangsaan",
        "kewarganegaraan",
        "warganegara",
        "negara",
        "asal",
        "suku",
        "etnis",
        "ras",
        "agama",
        "kelamin",
        "lahir",
        "umur",
        "nama",
    }
)
# Ways around a field's name.
REFLECTION = frozenset(
    {"getattr", "vars", "eval", "exec", "asdict", "astuple", "fields", "attrgetter", "__dict__", "__slots__"}
)
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
IMPORTS = ("timpora.domain", "collections", "dataclasses", "datetime", "enum", "itertools", "typing")


def words(identifier: str) -> set[str]:
    return {word.lower() for word in WORDS.findall(identifier)}


def identifiers(tree: ast.AST) -> Iterator[str]:
    """Every name the code speaks, and every text that could be one; sentences are left out."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name))
            ):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.alias(name=name):
                yield name
            case ast.Constant(value=str(text)) if " " not in text.strip():
                yield text


def seen(source: str) -> set[str]:
    """Return what a rule may not speak of."""
    tree = ast.parse(source)
    spoken = set(identifiers(tree))
    imported = {
        module
        for node in ast.walk(tree)
        for module in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    return (
        {name for name in spoken if words(name) & FORBIDDEN}
        | (spoken & REFLECTION)
        | {module for module in imported if not module.startswith(IMPORTS)}
    )


def reachable(kind: object, path: str = "") -> Iterator[str]:
    """Walk the fields of the sheet down to plain values, and yield every path."""
    for inner in get_args(kind):
        yield from reachable(inner, path)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        for field in fields(kind):
            here = f"{path}.{field.name}"
            yield here
            yield from reachable(hints[field.name], here)


BAD = [
    "def find(sheet, on, book):\n    return sheet.person.nationality == 'X'",
    "def find(sheet, on, book):\n    return getattr(sheet, 'permits')",
    "def find(sheet, on, book):\n    return sheet.attributes['agama']",
    "def find(sheet, on, book):\n    return sheet.placeOfBirth",
    "def find(sheet, on, surname):\n    return surname",
    "def find(sheet, on, book):\n    return build(country_code=1)",
    "from timpora.domain.rules.facts import Nationality",
    "from operator import attrgetter",
    "import timpora.apps.registry.queries",
    "class Kebangsaan: ...",
]
GOOD = '''
"""The permit has ended; whatever the nationality, one sentence may say so."""
from datetime import date
from timpora.domain.permits import permit_on
RULE = Rule(id="stay.permit-ended", title="Izin berakhir", innocent=("Nama salah ketik.",))
def find(sheet, on, book):
    return permit_on(sheet.permits, on).period.last_day
'''


@pytest.mark.parametrize("source", BAD)
def test_the_scanner_tells_them_apart(source):
    assert seen(source)
    assert not seen(GOOD)


def test_no_rule_speaks_of_who_a_person_is():
    files = sorted(RULES.rglob("*.py"))
    assert len(files) >= 10
    assert {file.name: seen(file.read_text(encoding="utf-8")) for file in files} == {
        file.name: set() for file in files
    }


def test_no_field_of_the_sheet_says_who_a_person_is():
    paths = set(reachable(FactSheet))
    assert ".permits.period.starts" in paths
    assert ".stays.source.label" in paths
    assert {path for path in paths for step in path.split(".") if words(step) & FORBIDDEN} == set()
