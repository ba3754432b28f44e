"""Which records are one person: by document first, then by probability, doubtful pairs to two eyes.

Nothing here merges anything, and no measure is taken on its word: it proposes pairs with reasons.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import cast

from timpora.apps.intake.linkage.certain import certain_pairs
from timpora.apps.intake.linkage.records import Document, Evidence, LinkRecord, Links, Pair, Verdict

__all__ = ["Document", "Evidence", "LinkRecord", "Links", "Pair", "Verdict", "certain_pairs", "link"]


def link(records: Iterable[LinkRecord]) -> Links:
    """Return every pair that is, or may be, one person; see `probable.link`."""
    # Splink, DuckDB and what they bring are a third of what every process would load at its start; only
    # the worker that compares a list needs them.
    probable = import_module("timpora.apps.intake.linkage.probable")
    return cast("Links", probable.link(records))
