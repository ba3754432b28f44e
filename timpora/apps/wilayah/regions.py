"""From the carried list of codes and names to regions with kind, label, chain and search words; pure."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from timpora.apps.wilayah import files
from timpora.apps.wilayah.errors import CarriedDataBroken
from timpora.apps.wilayah.keys import found_under, name_words
from timpora.apps.wilayah.types import RegionView
from timpora.domain.territory import Level, zone_of

# The provinces of Papua call a kecamatan a distrik (UU 21/2001 Pasal 1).
_PAPUA: Final = frozenset({"91", "92", "93", "94", "95", "96"})
# The first of the four figures of a village code says what kind it is (Kepmendagri, explanatory part).
_VILLAGE_KINDS: Final = {"1": "kelurahan", "2": "desa", "3": "desa adat"}
# By the length of the code: 63, 63.10, 63.10.01, 63.10.01.2003.
_LEVELS: Final = {2: Level.PROVINCE, 5: Level.REGENCY, 8: Level.DISTRICT, 13: Level.VILLAGE}
_NOWHERE: Final = (None, None, "")
# How officers write a province in a hurry.
_ABBREVIATED: Final = {
    "12": "sumut",
    "13": "sumbar",
    "16": "sumsel",
    "19": "babel",
    "21": "kepri",
    "31": "dki",
    "32": "jabar",
    "33": "jateng",
    "34": "diy",
    "35": "jatim",
    "52": "ntb",
    "53": "ntt",
    "61": "kalbar",
    "62": "kalteng",
    "63": "kalsel",
    "64": "kaltim",
    "65": "kaltara",
    "71": "sulut",
    "72": "sulteng",
    "73": "sulsel",
    "74": "sultra",
    "76": "sulbar",
    "82": "malut",
}
_LABELS: Final = {
    "provinsi": "",
    "kabupaten": "Kab. ",
    "kota": "Kota ",
    "kecamatan": "Kec. ",
    "distrik": "Distrik ",
    "desa": "Desa ",
    "desa adat": "Desa Adat ",
    "kelurahan": "Kel. ",
}


class WordRow(NamedTuple):
    """One word under which a region is found; see `models.RegionWord`."""

    word: str
    code: str
    level: int
    name_key: str
    chain_key: str


def regions() -> list[RegionView]:
    """Return every carried region in the order of the codes, which is from the whole to its parts."""
    known = files.points()
    built: dict[str, RegionView] = {}
    for row in files.rows("regions.csv.gz"):
        code, name = row["code"], row["name"]
        above = _above(code, built)
        kind = kind_of(code, name)
        label = label_of(name, kind)
        lat, lng, precision = known.get(code, _NOWHERE)
        built[code] = RegionView(
            code=code,
            name=name,
            label=label,
            chain=f"{label}, {_shown(above)}" if above else label,
            kind=kind,
            level=int(_LEVELS[len(code)]),
            parent=above.code if above else None,
            lat=lat,
            lng=lng,
            precision=precision,
            zone=above.zone if above else zone_of(code),
        )
    return list(built.values())


def words(all_regions: Iterable[RegionView]) -> Iterator[WordRow]:
    """Give the search words of the regions, in no particular order."""
    chains: dict[str | None, str] = {None: ""}
    for region in all_regions:
        own = name_words(region.name)
        short = [_ABBREVIATED[region.code]] if region.code in _ABBREVIATED else []
        found = (*found_under(own), *short)
        chain = f" {' '.join(found)}{chains[region.parent]}"
        chains[region.code] = chain
        rank = rank_key(own, region.kind)
        for word in found:
            yield WordRow(word, region.code, region.level, rank, chain)


def kind_of(code: str, name: str) -> str:
    """Return what the law calls the region, from its code and the first word of its name."""
    match _LEVELS[len(code)]:
        case Level.PROVINCE:
            return "provinsi"
        case Level.REGENCY:
            return "kota" if name.startswith("Kota ") else "kabupaten"
        case Level.DISTRICT:
            return "distrik" if code[:2] in _PAPUA else "kecamatan"
        case _:
            return _VILLAGE_KINDS[code[9]]


def label_of(name: str, kind: str) -> str:
    """Return the name as people write it in a list: `Kab. Tanah Bumbu`, `Kel. Kotabaru Hilir`."""
    bare = name.removeprefix("Kabupaten ") if kind == "kabupaten" else name
    bare = bare.removeprefix("Kota ") if kind == "kota" else bare
    return _LABELS[kind] + bare.replace("Administrasi ", "Adm. ")


def rank_key(words: list[str], kind: str) -> str:
    """Return the name as a search compares it as a whole: a kota without that word."""
    return " ".join(words[1:] if kind == "kota" and len(words) > 1 else words)


def _above(code: str, built: dict[str, RegionView]) -> RegionView | None:
    step = code.rpartition(".")[0]
    if step and step not in built:
        raise CarriedDataBroken(f"Wilayah {code} tanpa induk {step}; pasang ulang program.")
    return built.get(step)


def _shown(above: RegionView) -> str:
    # Names of kabupaten are unique in the country, so the province stands next to its kabupaten only.
    return above.chain.rpartition(", ")[0] if above.level == Level.REGENCY else above.chain
