"""Nationalities as agencies write them, to the code a travel document prints (ICAO Doc 9303-3).

Only an exact name, code or everyday alias is recognised. What is not recognised stays unknown:
a guessed nationality would follow a person for years.
"""

import csv
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Final

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


def _table() -> dict[str, str]:
    source = files("timpora.apps.intake").joinpath("data/nationalities.csv").read_text("utf-8")
    rows = [row for row in csv.DictReader(source.splitlines()) if row["code"] not in NOT_OFFERED]
    table: dict[str, str] = {}
    # Later, weaker spellings never overrule earlier ones: codes, names, aliases, two letters.
    for row in rows:
        table.setdefault(row["code"], INSTEAD.get(row["code"], row["code"]))
    for column in ("id", "en"):
        for row in rows:
            table.setdefault(_key(row[column]), table[row["code"]])
    for row in rows:
        for alias in row["aliases_id"].split(";"):
            table.setdefault(_key(alias), table[row["code"]])
    table.update(OWN_WORDS)
    for row in rows:
        if len(row["iso_alpha2"]) == ALPHA_2:
            table.setdefault(row["iso_alpha2"], table[row["code"]])
    table.pop("", None)
    return table


_TABLE: Final = _table()
CODES: Final = frozenset(_TABLE.values())


@lru_cache(maxsize=4096)
def nationality_code(text: str) -> str | None:
    """Return the ICAO code of a nationality as written, or None where it is not recognised."""
    whole = _key(text)
    if found := _TABLE.get(whole) or _TABLE.get(FILLERS.sub("", whole)):
        return found
    # "CHN - Tiongkok", "China (RRT)": every part that is recognised must agree.
    parts = [FILLERS.sub("", _key(part)) for part in PARTS.split(text)]
    codes = {_TABLE[part] for part in parts if part in _TABLE}
    return codes.pop() if len(codes) == 1 else None
