"""How long a sealed thing looks: by powers of two, so that its length tells little of what it holds."""

from typing import Final

LEAST: Final = 8 * 1024


def padded_size(length: int) -> int:
    """Return to how many bytes something of `length` bytes is filled up: a power of two, 8 KiB at least."""
    return max(LEAST, 1 << max(length - 1, 0).bit_length())
