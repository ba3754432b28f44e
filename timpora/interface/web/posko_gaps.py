"""Gaps in the numbers of devices, as the posko writes them: what is missing, of which phone, since when."""

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from timpora.apps.findings.types import Board, ClosureView, GapView
from timpora.interface.web.posko_words import short_name
from timpora.interface.web.templatetags.office import when

# Gaps that are listed before it is said how many more there are; a wall has room for fewer.
DESK_GAPS: Final = 6
WALL_GAPS: Final = 2


@dataclass(frozen=True, slots=True)
class GapLine:
    """A gap that is red; `name` is the office's short one, `numbers` those that are missing."""

    gap: GapView
    name: str
    numbers: str
    since: SafeString | str


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps that are red, those known longest first; `most` are listed."""

    lines: tuple[GapLine, ...]
    most: int

    @property
    def units(self) -> frozenset[str]:
        """Return the offices that have one."""
        return frozenset(line.gap.unit_code for line in self.lines)

    @property
    def shown(self) -> tuple[GapLine, ...]:
        """Return those that are listed."""
        return self.lines[: self.most]

    @property
    def more(self) -> int:
        """Return how many are not."""
        return len(self.lines) - len(self.shown)


def gaps_of(board: Board, zone: str, *, is_wall: bool) -> Gaps:
    """Write the red gaps of a board; the hour is the office's own, else that of the reader's `zone`."""
    zones = {unit.unit_code: unit.zone for unit in board.units}
    lines = tuple(_line(gap, zones.get(gap.unit_code, zone)) for gap in board.gaps if gap.is_red)
    return Gaps(lines, WALL_GAPS if is_wall else DESK_GAPS)


def _line(gap: GapView, zone: str) -> GapLine:
    return GapLine(gap, short_name(gap.unit_name), numbers_said(gap), when(gap.since, zone))


def numbers_said(gap: GapView | ClosureView) -> str:
    """Write the numbers of a gap."""
    if gap.first == gap.last:
        return _("nomor %(first)s") % {"first": gap.first}
    return _("nomor %(first)s–%(last)s") % {"first": gap.first, "last": gap.last}
