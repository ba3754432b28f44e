"""Which list a fact goes to: one place that names the files, for the lists and for the planted truths."""

from timpora.interface.console.scenario.places import places
from timpora.interface.console.scenario.records import Stay, Work

CROSSINGS = {
    "TPI-S-PELABUHAN-TRISAKTI-BANJARMASIN": "perlintasan-trisakti.csv",
    "TPI-S-PELABUHAN-LAUT-KOTABARU-TANJUNG-PEMANCINGAN": "perlintasan-kotabaru.csv",
    "TPI-A-BANDARA-SYAMSUDIN-NOOR-BANJARBARU": "perlintasan-syamsudin-noor.csv",
    "TPI-A-BANDARA-SULTAN-MAHMUD-BADARUDDIN-II-PALEMBANG": "perlintasan-smb-ii.csv",
    "TPI-A-BANDARA-SOEKARNO-HATTA": "perlintasan-ekstrak-pusat.csv",
    "TPI-A-BANDARA-JUANDA-SURABAYA": "perlintasan-ekstrak-pusat.csv",
}

WORKER_LISTS = {"63.10": "tka-disnaker-tanah-bumbu.xlsx", "63.02": "tka-disnaker-kotabaru.xlsx"}
PROVINCE_WORKER_LISTS = {"63": "tka-disnakertrans-kalsel.xlsx", "16": "tka-disnakertrans-sumsel.xlsx"}


def permits_file(office: str) -> str:
    """Name the stay permit list of an office."""
    return f"izin-tinggal-{office.removeprefix('KANIM-').lower()}.xlsx"


def lodging_file(stay: Stay) -> str:
    """Name the list that reports a stay: a hotel sends its own, the office collects the others."""
    place = places()[stay.place]
    if place.kind == "hotel":
        return f"penginapan-{place.name.lower().replace(' ', '-')}.csv"
    kind = "mess" if place.kind == "mess" else "rumah"
    return f"penginapan-{kind}-{place.office.removeprefix('KANIM-').lower()}.csv"


def workers_file(work: Work) -> str:
    """Name the list of the manpower office in whose area the worker was seen."""
    regency = places()[work.seen_place].regency
    return WORKER_LISTS.get(regency) or PROVINCE_WORKER_LISTS[regency[:2]]
