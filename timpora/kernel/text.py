"""Text as it enters the house: one Unicode form, no control characters, every word kept."""

import unicodedata

_KEPT = {"\n", "\t"}
# Bidirectional controls can make a page show another name than the one stored.
_BIDI = {chr(c) for c in (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def cleaned(text: str) -> str:
    """Return `text` in NFC without NUL, lone surrogates, control and direction marks, trimmed."""
    kept = (c for c in text if c in _KEPT or (unicodedata.category(c) not in {"Cc", "Cs"} and c not in _BIDI))
    return unicodedata.normalize("NFC", "".join(kept)).strip()
