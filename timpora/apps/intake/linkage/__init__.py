"""Which records are one person: by document first, then by probability, doubtful pairs to two eyes.

Nothing here merges anything, and no measure is taken on its word: it proposes pairs with reasons.
"""

from timpora.apps.intake.linkage.certain import certain_pairs
from timpora.apps.intake.linkage.probable import link
from timpora.apps.intake.linkage.records import Document, Evidence, LinkRecord, Links, Pair, Verdict

__all__ = ["Document", "Evidence", "LinkRecord", "Links", "Pair", "Verdict", "certain_pairs", "link"]
