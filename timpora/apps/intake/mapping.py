"""Which column is which field: guessed from titles and samples, saved by the set of titles.

A mapping names titles, not positions, so that a list whose columns were moved is read the same.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from timpora.apps.intake.cells import is_blank
from timpora.apps.intake.errors import MappingIncomplete, MappingUnknownField
from timpora.apps.intake.fields import label
from timpora.apps.intake.fitting import fit
from timpora.apps.intake.kinds import RECORDS, ListKind, fields_of
from timpora.apps.intake.reading.table import Row, Table
from timpora.apps.intake.titles import IDLE, KEYS, title_key

ERROR_TITLE: Final = "Kesalahan"
# Below this a guess is no help: the person chooses.
THRESHOLD: Final = 0.5
SAMPLES_SHOWN: Final = 3
# Remarks are idle in most lists; a permit's may say that an extension was asked for.
REMARK: Final = "remark"
FUZZY_FROM: Final = 86
# A column whose samples cannot be what its title says counts for less than half.
MISFIT: Final = 0.4


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column: the field it seems to be, how sure that is (0 to 1), and what it holds."""

    header: str
    field: str | None
    score: float
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """Titles to fields, and values that hold for the whole list (a checkpoint, a direction)."""

    kind: ListKind
    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed plan, to be looked at by a person before rows go in."""

    kind: ListKind
    columns: tuple[ColumnGuess, ...]
    score: float

    @property
    def plan(self) -> ColumnPlan:
        """Return the guess as a plan."""
        return ColumnPlan(self.kind, {column.header: column.field for column in self.columns if column.field})

    @property
    def ignored(self) -> tuple[str, ...]:
        """Return the titles that no field takes."""
        return tuple(column.header for column in self.columns if column.field is None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what people call the fields that still need a column."""
        return missing_fields(self.plan)


def signature(headers: Iterable[str]) -> str:
    """Return the same word for the same set of titles in any order; our own fault column left out."""
    keys = sorted(key for header in headers if (key := title_key(header)) != title_key(ERROR_TITLE))
    return hashlib.sha256(json.dumps(keys).encode()).hexdigest()


def guess_kind(table: Table) -> Guess:
    """Return the proposal for the kind of list that fits the titles best."""
    return max((guess(table, kind) for kind in ListKind), key=lambda proposal: proposal.score)


def guess(table: Table, kind: ListKind) -> Guess:
    """Propose a field for each column from its title and its samples."""
    samples = [_samples(table, index) for index in range(len(table.headers))]
    scored = sorted(
        (
            (_score(header, name, samples[index]), -index, name)
            for index, header in enumerate(table.headers)
            for name in fields_of(kind)
            if title_key(header) not in IDLE or name == REMARK
        ),
        reverse=True,
    )
    chosen: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, minus_index, name in scored:
        if score >= THRESHOLD and -minus_index not in chosen and name not in taken:
            chosen[-minus_index] = (name, score)
            taken.add(name)
    columns = tuple(
        ColumnGuess(header, found[0], found[1], tuple(samples[index][:SAMPLES_SHOWN]))
        for index, header in enumerate(table.headers)
        for found in [chosen.get(index, (None, 0.0))]
    )
    return Guess(kind, columns, _fitness(kind, columns))


def missing_fields(plan: ColumnPlan) -> tuple[str, ...]:
    """Return what people call the fields the list cannot do without and the plan does not fill."""
    filled = {*plan.columns.values(), *(name for name, value in plan.constants.items() if value)}
    return tuple(
        " atau ".join(label(name) for name in group)
        for group in RECORDS[plan.kind].needed
        if not filled.intersection(group)
    )


def row_reader(plan: ColumnPlan, headers: tuple[str, ...]) -> Callable[[Row], dict[str, str]]:
    """Return the function that turns rows under these titles into field -> cell.

    Raises `MappingUnknownField` and `MappingIncomplete`.
    """
    known = set(fields_of(plan.kind))
    fields = [*plan.columns.values(), *plan.constants]
    for name in fields:
        if name not in known or fields.count(name) > 1:
            raise MappingUnknownField(field=label(name) if name in known else repr(name[:40]))
    if missing := missing_fields(plan):
        raise MappingIncomplete(missing="; ".join(missing))
    places = [(index, plan.columns[header]) for index, header in enumerate(headers) if header in plan.columns]
    constants = dict(plan.constants)

    def read(row: Row) -> dict[str, str]:
        cells = row.cells
        return constants | {name: cells[index] for index, name in places}

    return read


def _samples(table: Table, index: int) -> list[str]:
    cells = (row.cells[index] for row in table.sample)
    return [cell for cell in cells if not is_blank(cell)]


def _score(header: str, name: str, samples: list[str]) -> float:
    title = _title_score(title_key(header), name)
    if title < THRESHOLD or not samples:
        return title
    agreement = fit(name, samples)
    return title if agreement is None else title * (MISFIT + (1 - MISFIT) * agreement)


def _title_score(key: str, name: str) -> float:
    phrases = KEYS.get(name, ())
    if not key or not phrases:
        return 0.0
    if key in phrases:
        return 1.0
    return max(_likeness(key, phrase) for phrase in phrases)


def _likeness(key: str, phrase: str) -> float:
    words, wanted = set(key.split()), set(phrase.split())
    if wanted <= words:
        return 0.6 + 0.3 * len(wanted) / len(words)
    ratio = fuzz.token_sort_ratio(key, phrase)
    if ratio >= FUZZY_FROM:
        return 0.9 * ratio / 100
    if words < wanted:
        return 0.4 + 0.3 * len(words) / len(wanted)
    return 0.0


def _fitness(kind: ListKind, columns: tuple[ColumnGuess, ...]) -> float:
    """Weigh the needed fields most, then how much of the list finds a place."""
    found = {column.field: column.score for column in columns if column.field}
    needed = [max((found.get(name, 0.0) for name in group), default=0.0) for group in RECORDS[kind].needed]
    useful = [column for column in columns if title_key(column.header) not in IDLE]
    return 0.6 * sum(needed) / len(needed) + 0.4 * sum(found.values()) / max(1, len(useful))
