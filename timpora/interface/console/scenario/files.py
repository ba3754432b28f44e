"""Which list a fact goes to: one place that names the files, for the lists and for the planted truths."""

from timpora.interface.console.scenario.places import places
from timpora.interface.console.scenario.records import Stay, Work

OWN_CHECKPOINTS = {
    "TPI-S-PELABUHAN-TRISAKTI-BANJARMASIN": "perlintasan-trisakti.csv",
    "TPI-S-PELABUHAN-LAUT-KOTABARU-TANJUNG-PEMANCINGAN": "perlintasan-kotabaru.csv",
    "TPI-A-BANDARA-SYAMSUDIN-NOOR-BANJARBARU": "perlintasan-syamsudin-noor.csv",
    "TPI-A-BANDARA-SULTAN-MAHMUD-BADARUDDIN-II-PALEMBANG": "perlintasan-smb-ii.csv",
}

WORKER_LISTS = {"63.10": "tka-disnaker-tanah-bumbu.xlsx", "63.02": "tka-disnaker-kotabaru.xlsx"}
PROVINCE_WORKER_LISTS = {
    "KANIM-BANJARMASIN": "tka-disnakertrans-kalsel.xlsx",
    "KANIM-PALEMBANG": "tka-disnakertrans-sumsel-palembang.xlsx",
    "KANIM-MUARA-ENIM": "tka-disnakertrans-sumsel-muara-enim.xlsx",
}


def crossings_file(checkpoint: str, office: str) -> str:
    """Name the list of a checkpoint; of those elsewhere the centre sends each office an extract."""
    short = office.removeprefix("KANIM-").lower()
    return OWN_CHECKPOINTS.get(checkpoint, f"perlintasan-ekstrak-pusat-{short}.csv")


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
    place = places()[work.seen_place]
    return WORKER_LISTS.get(place.regency) or PROVINCE_WORKER_LISTS[place.office]
