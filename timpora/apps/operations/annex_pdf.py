"""Whether a PDF does more than show pages: looked for in its plain bytes and in what it has packed (P31).

Names are read as a reader reads them (`/J#61vaScript` is one of them), and every part that unfolds as most
PDFs pack theirs is looked through. A part packed in a rarer way is not: what that leaves stands in the
threat model.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from timpora.apps.operations import template_errors as errors

# What makes a PDF do something, carry another file, or close itself.
LOADS: Final = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|Encrypt\b|XFA[\s\[])")
LONGEST_NAME: Final = 64
ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
PART: Final = re.compile(rb"stream\r?\n")
# A PDF of 10 MB has some thousands of parts; what they unfold to fits into memory only piece by piece.
MAX_PARTS: Final = 20_000
MAX_TOTAL: Final = 200_000_000
PIECE: Final = 4_096


def pdf_loads(data: bytes) -> bool:
    """Tell whether a PDF does something; raises `AnnexTooLarge` where it unfolds too far for a look."""
    return _is_named(data) or any(_is_named(piece) for piece in _unfolded(data))


def _is_named(plain: bytes) -> bool:
    return LOADS.search(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), plain)) is not None


def _unfolded(data: bytes) -> Iterator[bytes]:
    total = 0
    for number, part in enumerate(PART.finditer(data)):
        before = b""
        for piece in _pieces(data, part.end()):
            total += len(piece)
            if total > MAX_TOTAL:
                raise errors.AnnexTooLarge
            # A name may lie on the cut.
            yield before + piece
            before = piece[-LONGEST_NAME:]
        if number >= MAX_PARTS:
            raise errors.AnnexTooLarge


def _pieces(data: bytes, at: int) -> Iterator[bytes]:
    """Yield what a part unfolds to, as far as it does; its own bytes say where it ends, and no word."""
    unfolding = zlib.decompressobj()
    while at < len(data) and not unfolding.eof:
        try:
            yield unfolding.decompress(data[at : at + PIECE])
        except zlib.error:
            return
        at += PIECE
