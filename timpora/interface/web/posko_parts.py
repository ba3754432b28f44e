"""The board as the page puts it together: small parts, of which only those that changed are sent.

Whatever a page of the posko shows alive is a *piece* (a place with a name), a *row* of a list (a place with
a key, in an order), or a *point* of the map. Parts are values: two renderings can be compared.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Final

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from timpora.apps.operations.types import JournalView, OperationView, OrderDue, Priority, TeamNow
from timpora.domain.states import TeamState
from timpora.interface.web.answer_words import counts_said
from timpora.interface.web.operation_words import Said, due_said
from timpora.interface.web.posko_page import WALL_OFFICES, Screen
from timpora.interface.web.posko_published import published_of
from timpora.interface.web.posko_words import PRIORITY_SAID, short_name
from timpora.kernel import clock

# These tell the hour and change by themselves; a board that differs in nothing else is the same board.
MOVING: Final = frozenset({"saat", "tahap"})
PIECES: Final = {
    "saat": "stamp",
    "tahap": "phase",
    "hilang": "gaps",
    "angka": "figures",
    "belum": "newest_none",
    "kantor": "offices",
    "sisa": "offices_more",
    "sudah": "offices_count",
    "legenda": "legend",
    "regu": "teams_sum",
    "jurnal": "journal_newest",
    "rincian": "breakdown",
    "terbit": "published",
}
# What a page does not have on this screen.
NOT_ON_WALL: Final = frozenset({"jurnal", "sudah"})
MESSAGES: Final = 5
OWED: Final = 3
Context = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the posko's desk knows besides reports: where the teams are, and its journal."""

    teams: tuple[TeamNow, ...]
    messages: tuple[JournalView, ...]
    owed: tuple[OrderDue, ...] = ()

    @property
    def late(self) -> int:
        """Return how many of the orders that must follow a check are past their last day."""
        return sum(due.clock.is_late for due in self.owed)

    @property
    def owed_shown(self) -> list[tuple[OrderDue, Said]]:
        """Return the orders that must still follow, the one due first first, with how they stand."""
        return [(due, due_said(due.clock, owes=True)) for due in self.owed[:OWED]]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many teams are where."""
        states = [team.state for team in self.teams]
        return {state.value: states.count(state) for state in TeamState}

    @property
    def open(self) -> list[JournalView]:
        """Return the messages that somebody has to settle, the most urgent first."""
        order = list(Priority)
        waiting = [message for message in self.messages if message.is_open]
        return sorted(waiting, key=lambda message: -order.index(message.priority))

    @property
    def shown(self) -> list[tuple[JournalView, Said, str, str]]:
        """Return the messages the board has room for, with the short names of office and owner."""
        rest = [m for m in self.messages if not m.is_open and not m.is_corrected]
        return [
            (m, PRIORITY_SAID[m.priority], short_name(m.unit_name), short_name(m.owner_name))
            for m in [*self.open, *rest][:MESSAGES]
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: what it was drawn from, and how it looks."""

    source: Hashable
    html: SafeString


@dataclass(frozen=True)
class Parts:
    """A board drawn once for everybody who may see the same; `points` are those of the map, by identifier."""

    operation: OperationView
    units: frozenset[str]
    pieces: Mapping[str, SafeString]
    rows: Mapping[str, Mapping[str, Row]]
    points: Mapping[str, Mapping[str, object]]
    _told: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def version(self) -> str:
        """Return what tells this board from others, the hour left aside; alike in every process."""
        digest = blake2b(digest_size=8)
        for name, html in self.pieces.items():
            if name not in MOVING:
                digest.update(f"\0{name}\0{html}".encode())
        for name, rows in self.rows.items():
            digest.update(f"\0{name}".encode())
            for key, row in rows.items():
                digest.update(f"\0{key}\0{row.html}".encode())
        digest.update(json.dumps(self.points, sort_keys=False).encode())
        return digest.hexdigest()

    @property
    def lists(self) -> dict[str, list[SafeString]]:
        """Return the lists as a page writes them."""
        return {name: [row.html for row in rows.values()] for name, rows in self.rows.items()}

    @property
    def marks(self) -> list[Mapping[str, object]]:
        """Return the points of the map in their order."""
        return list(self.points.values())

    def told(self, known: "Parts | None", version: str) -> str:
        """Return as JSON what a page must change that shows `known`, whose version it gave.

        A page that shows this very board hears the hour only; one that shows something unknown, all.
        """
        before = self if version == self.version else known
        shown = before.version if before else ""
        if shown not in self._told:
            self._told[shown] = json.dumps(self._changes(before), ensure_ascii=False, separators=(",", ":"))
        return self._told[shown]

    def _changes(self, before: "Parts | None") -> dict[str, object]:
        held = before.pieces if before else {}
        return {
            "versi": self.version,
            "utuh": before is None,
            "bagian": {
                name: html for name, html in self.pieces.items() if name in MOVING or held.get(name) != html
            },
            "daftar": {
                name: told
                for name, rows in self.rows.items()
                if (told := _row_changes(before.rows.get(name, {}) if before else None, rows))
            },
            "titik": self._point_changes(before),
            "pukul": clock.now().isoformat(),
        }

    def _point_changes(self, before: "Parts | None") -> dict[str, object]:
        held = before.points if before else {}
        return {
            "baru": [point for key, point in self.points.items() if held.get(key) != point],
            "hilang": [key for key in held if key not in self.points],
        }


def _row_changes(before: Mapping[str, Row] | None, rows: Mapping[str, Row]) -> dict[str, object]:
    held = before or {}
    fresh = {key: row.html for key, row in rows.items() if key not in held or held[key].html != row.html}
    if before is not None and not fresh and list(held) == list(rows):
        return {}
    return {"urut": list(rows), "baris": fresh}


def parts_of(screen: Screen, desk: Desk, *, is_wall: bool, before: Parts | None) -> Parts:
    """Draw a board; rows that were drawn from the same before are taken over."""
    context = {
        "desk": desk,
        "screen": screen,
        "operation": screen.board.operation,
        "answers": () if is_wall else counts_said(screen.board),
        "published": published_of(screen.board),
        "rate": clock.setting().rate,
        "is_wall": is_wall,
    }
    wanted = {name: file for name, file in PIECES.items() if not (is_wall and name in NOT_ON_WALL)}
    silent = screen.silent[:WALL_OFFICES] if is_wall else screen.silent
    lists = {
        "terbaru": _rows("newest", "one", ((str(one.report.id), one) for one in screen.fresh), context),
        "diam": _rows("office", "line", ((line.unit.unit_code, line) for line in silent), context),
    }
    if not is_wall:
        others = ((line.unit.unit_code, line) for line in screen.others)
        lists["sudah"] = _rows("office", "line", others, context)
    held = before.rows if before else {}
    return Parts(
        operation=screen.board.operation,
        units=frozenset(unit.unit_code for unit in screen.board.units),
        pieces={name: _drawn(file, context) for name, file in wanted.items()},
        rows={name: draw(held.get(name, {})) for name, draw in lists.items()},
        points={str(point["id"]): point for point in screen.points},
    )


def _rows(
    file: str, name: str, lines: Iterable[tuple[str, Hashable]], context: Context
) -> Callable[[Mapping[str, Row]], dict[str, Row]]:
    def draw(held: Mapping[str, Row]) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for key, line in lines:
            old = held.get(key)
            is_same = old is not None and old.source == line
            found[key] = old if old and is_same else Row(line, _drawn(file, {**context, name: line}))
        return found

    return draw


def _drawn(file: str, context: Context) -> SafeString:
    html = get_template(f"posko/{file}.html").render(dict(context))
    return mark_safe(html.strip())  # noqa: S308 - drawn by the template, which has escaped it
