"""Nationalities as agencies write them, to the code a travel document prints (ICAO Doc 9303-3).

Only an exact name, code or everyday alias is recognised. What is not recognised stays unknown:
a guessed nationality would follow a person for years.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from timpora.apps.wilayah import queries as wilayah
from timpora.apps.wilayah.types import NationalityView

# ISO codes that no travel document prints, and the code that it prints instead.
INSTEAD: Final = {"DEU": "D", "XKX": "RKS"}
NOT_OFFERED: Final = frozenset({"UTO", "NTZ", "ANT"})
OWN_WORDS: Final = {
    "TANPA KEWARGANEGARAAN": "XXA", "TIDAK BERKEWARGANEGARAAN": "XXA", "STATELESS": "XXA", "PENGUNGSI": "XXB",
    "REFUGEE": "XXB", "GERMANY": "D", "BRITISH": "GBR", "AMERICAN": "USA", "CHINESE": "CHN", "PRC": "CHN",
    "P R CHINA": "CHN", "PEOPLES REPUBLIC OF CHINA": "CHN", "REPUBLIC OF KOREA": "KOR", "SOUTH KOREAN": "KOR",
    "UNITED STATES OF AMERICA": "USA", "GREAT BRITAIN": "GBR", "ENGLAND": "GBR", "RUSSIAN FEDERATION": "RUS",
    "FEDERASI RUSIA": "RUS", "JAPANESE": "JPN", "INDIAN": "IND", "MALAYSIAN": "MYS", "SINGAPOREAN": "SGP",
    "FILIPINO": "PHL", "THAI": "THA", "VIETNAMESE": "VNM", "AUSTRALIAN": "AUS", "DUTCH": "NLD",
    "FRENCH": "FRA", "GERMAN": "D", "RUSSIAN": "RUS", "KOREAN": "KOR", "BANGLADESHI": "BGD",
    "PAKISTANI": "PAK",
}  # fmt: skip
FILLERS: Final = re.compile(r"^(?:WARGA ?NEGARA|WNA?|NEGARA|KEWARGANEGARAAN)\s+")
PARTS: Final = re.compile(r"[-/()|:,]+")
ALPHA_2: Final = 2


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()
    return re.sub(r"[^A-Z]+", " ", plain.replace("'", "").replace("&", " DAN ")).strip()


class Nations:
    """The spellings of one table of nationalities: the carried one, or one with what offices corrected."""

    def __init__(self, rows: Iterable[NationalityView]) -> None:
        self._codes = _table([row for row in rows if row.code not in NOT_OFFERED])
        # Lists write the same few nationalities a hundred thousand times.
        self.code_of = lru_cache(maxsize=4096)(self._code_of)

    @property
    def codes(self) -> frozenset[str]:
        """Return every code that a text may turn out to be."""
        return frozenset(self._codes.values())

    def _code_of(self, text: str) -> str | None:
        """Return the ICAO code of a nationality as written, or None where it is not recognised."""
        whole = _key(text)
        if found := self._codes.get(whole) or self._codes.get(FILLERS.sub("", whole)):
            return found
        # "CHN - Tiongkok", "China (RRT)": every part that is recognised must agree.
        parts = [FILLERS.sub("", _key(part)) for part in PARTS.split(text)]
        codes = {self._codes[part] for part in parts if part in self._codes}
        return codes.pop() if len(codes) == 1 else None


def _table(rows: list[NationalityView]) -> dict[str, str]:
    table: dict[str, str] = {}
    # Later, weaker spellings never overrule earlier ones: codes, names, aliases, two letters.
    for row in rows:
        table.setdefault(row.code, INSTEAD.get(row.code, row.code))
    for name in ("name_id", "name_en"):
        for row in rows:
            table.setdefault(_key(getattr(row, name)), table[row.code])
    for row in rows:
        for alias in row.aliases:
            table.setdefault(_key(alias), table[row.code])
    table.update(OWN_WORDS)
    for row in rows:
        if len(row.alpha2) == ALPHA_2:
            table.setdefault(row.alpha2, table[row.code])
    table.pop("", None)
    return table


@lru_cache(maxsize=1)
def carried() -> Nations:
    """Return the spellings as the program carries them."""
    return Nations(wilayah.nationalities_carried())


def in_force() -> Nations:
    """Return the spellings with what offices corrected; the carried ones where nothing was loaded yet."""
    rows = wilayah.nationality_list()
    return Nations(rows) if rows else carried()
