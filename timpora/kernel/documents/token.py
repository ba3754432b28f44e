"""The code under the QR: read off paper and typed by people, so without look-alikes and in groups of four."""

import secrets
from typing import Final

from timpora.kernel.text import cleaned

# Crockford's alphabet: no I, L, O and U. Sixteen characters are 80 bits, beyond guessing.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 16
GROUP: Final = 4
# Letters taken for digits, and what else typing, or copying from a file, puts between the signs.
BETWEEN: Final = "- \N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}"
MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys(BETWEEN))


def token_new() -> str:
    """Draw a code that nobody can guess."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def token_read(typed: str) -> str | None:
    """Return the code as kept, forgiving case, spaces and look-alikes; nothing if it cannot be one."""
    plain = cleaned(typed).upper().translate(MISREAD)
    is_code = len(plain) == LENGTH and set(plain) <= set(ALPHABET)
    return _grouped(plain) if is_code else None


def _grouped(plain: str) -> str:
    return "-".join(plain[at : at + GROUP] for at in range(0, LENGTH, GROUP))
