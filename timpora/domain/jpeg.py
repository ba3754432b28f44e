"""Whether bytes are a photo as phones make them: told by the bytes, never by a name or a header."""

from typing import Final

START: Final = b"\xff\xd8\xff"
END: Final = b"\xff\xd9"
SCAN: Final = 0xDA
# Markers that stand alone, without a length behind them.
ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
PICTURE: Final = b"\xff"


def may_begin_jpeg(data: bytes) -> bool:
    """Tell whether the first bytes of a file may be those of a JPEG."""
    return data.startswith(START[: len(data)]) and bool(data)


def is_jpeg(data: bytes) -> bool:
    """Tell whether the whole file is one JPEG: parts that follow one another up to the scan, and its end."""
    if not data.startswith(START) or not data.endswith(END):
        return False
    at, has_frame = 2, False
    while at + 4 <= len(data) and data[at : at + 1] == PICTURE:
        marker = data[at + 1]
        if marker == SCAN:
            return has_frame
        if marker in ALONE:
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2:  # noqa: PLR2004 - the length counts itself
            return False
        has_frame = has_frame or marker in FRAMES
        at += 2 + length
    return False
