"""Translations: the catalogues people edit (`.po`) made into those the program reads (`.mo`)."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_stale() -> int:
    """Compile every catalogue that is newer than its compiled twin, and return how many were."""
    stale = [source for source in LOCALE.rglob("*.po") if _is_stale(source)]
    for source in stale:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        half = source.with_suffix(f".{os.getpid()}.half")
        with half.open("wb") as file:
            write_mo(file, catalogue)
        half.replace(source.with_suffix(".mo"))
    return len(stale)


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


if __name__ == "__main__":
    compile_stale()
