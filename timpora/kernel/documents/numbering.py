"""How letter numbers look, such as `IMI.5-GR.03.06-325/2024`; the pattern is data of the kind or office."""

import re
from datetime import date
from typing import Final

from timpora.kernel.documents.errors import PatternInvalid

ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
SLOT: Final = re.compile(r"\{([a-z_]+)(?::0(\d))?\}")
KNOWN: Final = frozenset({"kantor", "klasifikasi", "urut", "tahun", "bulan", "bulan_romawi"})
NEEDED: Final = ("urut", "tahun")


def number_format(pattern: str, *, ordinal: int, on: date, office: str, classification: str) -> str:
    """Write the number of the `ordinal`-th letter of its series in the year of `on`.

    Slots: `{kantor}` `{klasifikasi}` `{urut}` `{tahun}` `{bulan}` `{bulan_romawi}`; `{urut:04}` pads.

    Raises:
        PatternInvalid: the pattern names an unknown slot, or lacks the ordinal or the year.

    """
    pattern_check(pattern)
    if ordinal < 1:
        raise PatternInvalid("Nomor urut dimulai dari 1.")
    values = {
        "kantor": office,
        "klasifikasi": classification,
        "urut": str(ordinal),
        "tahun": str(on.year),
        "bulan": f"{on.month:02}",
        "bulan_romawi": ROMAN[on.month - 1],
    }
    return SLOT.sub(lambda slot: values[slot[1]].zfill(int(slot[2] or 0)), pattern)


def pattern_check(pattern: str) -> None:
    """Refuse a pattern that could give two letters one number, or that nobody can read.

    Raises:
        PatternInvalid: says which slot is unknown or lacking.

    """
    named = [slot[1] for slot in SLOT.finditer(pattern)]
    if unknown := sorted(set(named) - KNOWN):
        raise PatternInvalid(f"Pola nomor surat memuat yang tidak dikenal: {', '.join(unknown)}.")
    if lacking := [slot for slot in NEEDED if slot not in named]:
        raise PatternInvalid(f"Pola nomor surat harus memuat: {', '.join(lacking)}.")
    if "{" in SLOT.sub("", pattern) or "}" in SLOT.sub("", pattern):
        raise PatternInvalid("Kurung kurawal dalam pola nomor surat tidak berpasangan.")
