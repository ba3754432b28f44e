"""Writes the scenario as the agencies' own lists: their headers, their spellings, their faults."""

from collections.abc import Iterable
from dataclasses import dataclass

from timpora.interface.console.scenario.cast import HEADS
from timpora.interface.console.scenario.files import crossings_file, lodging_file, permits_file, workers_file
from timpora.interface.console.scenario.people import DEFAULT_SEED
from timpora.interface.console.scenario.places import employers, places, stream
from timpora.interface.console.scenario.records import (
    AS_OF,
    OFFICES,
    Crossing,
    Foreigner,
    Permit,
    Stay,
    Work,
    World,
)
from timpora.interface.console.scenario.sheets import Dialect, Layout, Row, csv_bytes, xlsx_bytes
from timpora.interface.console.scenario.spelling import (
    Spell,
    dashed,
    dashed_short,
    in_words,
    nation,
    slashed,
    written_document,
    written_name,
)


@dataclass(frozen=True, slots=True)
class ListFile:
    """One list as a sender hands it in: bytes, how many rows, and which lines are bad and why.

    `submitted_by` is the sign-in of the one who uploads it: the agency itself where it has a desk here,
    else the office for it.
    """

    name: str
    kind: str
    sender: str
    submitted_by: str
    data: bytes
    rows: int
    bad: tuple[tuple[int, str], ...]


SENDERS = {
    "tka-disnaker-tanah-bumbu.xlsx": "DISNAKER-63-10",
    "tka-disnaker-kotabaru.xlsx": "DISNAKER-63-02",
    "tka-disnakertrans-kalsel.xlsx": "DISNAKER-63",
    "tka-disnakertrans-sumsel-palembang.xlsx": "DISNAKER-16",
    "tka-disnakertrans-sumsel-muara-enim.xlsx": "DISNAKER-16",
    "perlintasan-trisakti.csv": "KANIM-BANJARMASIN",
    "perlintasan-kotabaru.csv": "KANIM-BATULICIN",
    "perlintasan-syamsudin-noor.csv": "KANIM-BANJARMASIN",
    "perlintasan-smb-ii.csv": "KANIM-PALEMBANG",
}

DESK_OF = {
    "tka-disnaker-tanah-bumbu.xlsx": "hamdan",
    "tka-disnaker-kotabaru.xlsx": "salasiah",
    "tka-disnakertrans-kalsel.xlsx": "mahyuni",
    "tka-disnakertrans-sumsel-palembang.xlsx": "dodi",
    "tka-disnakertrans-sumsel-muara-enim.xlsx": "herlina",
    "perlintasan-trisakti.csv": "iqbal",
}


def lists(world: World, seed: int = DEFAULT_SEED) -> tuple[ListFile, ...]:
    """Write every list of the scenario, in the order of their names."""
    made = (*_crossings(world, seed), *_permits(world, seed), *_lodgings(world, seed), *_workers(world, seed))
    return tuple(sorted(made, key=lambda one: one.name))


def strew(rows: Iterable[Row], faults: tuple[Row, ...], name: str, seed: int) -> tuple[Row, ...]:
    """Strew the faulty rows among the sound ones."""
    strewn = list(rows)
    rng = stream(seed, f"bad:{name}")
    for fault in faults[: max(1, len(strewn) // 15)]:
        strewn.insert(rng.randint(0, len(strewn)), fault)
    return tuple(strewn)


def _file(name: str, kind: str, layout: Layout, rows: tuple[Row, ...], data: bytes) -> ListFile:
    numbered = enumerate(rows, start=layout.first_row)
    bad = tuple((line, row.fault) for line, row in numbered if row.fault)
    sender = SENDERS.get(name) or _office_in(name)
    return ListFile(name, kind, sender, _uploader(name, sender), data, len(rows), bad)


def _uploader(name: str, sender: str) -> str:
    return DESK_OF.get(name) or HEADS[sender][0]


def _office_in(name: str) -> str:
    for office in OFFICES:
        if name.rsplit(".", 1)[0].endswith(office.removeprefix("KANIM-").lower()):
            return office
    hotel = name.removeprefix("penginapan-").removesuffix(".csv")
    return next(p.office for p in places().values() if p.name.lower().replace(" ", "-") == hotel)


# --- perlintasan -----------------------------------------------------------------------------------------

CROSSING_HEADER = (
    "No", "TPI", "Tgl Perlintasan", "Jam", "Arah", "Nama Lengkap", "L/P", "Tgl Lahir", "Kebangsaan",
    "No. Paspor", "Alat Angkut",
)  # fmt: skip
CROSSING_FAULTS = (
    Row(("", "", "31/02/2024", "10:15", "MASUK", "CONTOH SALAH TANGGAL", "L", "01/01/1980", "CHN",
         "EX0000001", ""),
        "tanggal tidak ada"),
    Row(("", "", "02/08/2024", "11:40", "MASUK", "CONTOH TANPA PASPOR", "L", "01/01/1980", "CHN", "", ""),
        "nomor paspor kosong"),
    Row(("", "", "03/08/2024"), "kolom kurang"),
)  # fmt: skip


def _crossings(world: World, seed: int) -> list[ListFile]:
    legs: dict[str, list[tuple[Crossing, Foreigner]]] = {}
    for person in (*world.people, *world.crew):
        for leg in person.facts.crossings:
            legs.setdefault(crossings_file(leg.checkpoint, person.facts.office), []).append((leg, person))
    made = []
    for name, found in sorted(legs.items()):
        found.sort(key=lambda pair: (pair[0].at, pair[1].id))
        rows = (_crossing_row(at, leg, person) for at, (leg, person) in enumerate(found, start=1))
        spoiled = strew(rows, CROSSING_FAULTS, name, seed)
        layout = Layout((CROSSING_HEADER,))
        encoding = "utf-8-sig" if "syamsudin" in name else "utf-8"
        data = csv_bytes(layout, spoiled, Dialect(";", encoding))
        made.append(_file(name, "perlintasan", layout, spoiled, data))
    return made


def _crossing_row(number: int, leg: Crossing, person: Foreigner) -> Row:
    who = person.identity
    document = who.older_document if leg.on_older_document else who.document
    direction = "MASUK" if leg.direction == "in" else "KELUAR"
    day, hour = slashed(leg.at.date()), f"{leg.at:%H:%M}"
    sex = "L" if who.sex == "M" else "P"
    born = slashed(who.born_on)
    return Row(
        (
            number,
            leg.checkpoint,
            day,
            hour,
            direction,
            who.printed,
            sex,
            born,
            who.nationality,
            document,
            leg.carrier,
        )
    )


# --- izin tinggal ----------------------------------------------------------------------------------------

PERMIT_HEADERS = {
    "KANIM-BATULICIN": (
        "No", "Nama Lengkap", "JK", "Tgl Lahir", "Kebangsaan", "No. Paspor", "Jenis Izin", "Indeks",
        "No. Izin", "Berlaku Mulai", "Berlaku s.d.", "Penjamin", "Alamat", "Kode Wilayah", "Keterangan",
    ),
    "KANIM-BANJARMASIN": (
        "NO.", "NAMA", "L/P", "TANGGAL LAHIR", "WARGA NEGARA", "PASPOR", "IZIN TINGGAL", "INDEKS VISA",
        "NOMOR IZIN TINGGAL", "TGL BERLAKU", "TGL HABIS BERLAKU", "SPONSOR", "ALAMAT TINGGAL", "KODE WIL",
        "KET",
    ),
    "KANIM-PALEMBANG": (
        "No", "Nama Orang Asing", "Jenis Kelamin", "Tanggal Lahir", "Kewarganegaraan", "Nomor Paspor",
        "ITK/ITAS/ITAP", "Indeks",
        "Nomor Dokim", "Mulai", "Sampai", "Nama Penjamin", "Alamat", "Kode Kecamatan",
        "Catatan",
    ),
    "KANIM-MUARA-ENIM": (
        "no", "nama", "jk", "tgl_lahir", "kebangsaan", "no_paspor", "jenis", "indeks", "no_izin", "tgl_mulai",
        "tgl_akhir", "penjamin", "alamat", "wilayah", "ket",
    ),
}  # fmt: skip
PERMIT_DATES: dict[str, Spell | None] = {
    "KANIM-BATULICIN": None,
    "KANIM-BANJARMASIN": slashed,
    "KANIM-PALEMBANG": dashed,
    "KANIM-MUARA-ENIM": in_words,
}
PERMIT_FAULTS = (
    Row(("", "CONTOH NEGARA KELIRU", "L", "01/01/1980", "ATLANTIS", "EX0000002", "ITAS", "E23",
         "2CX0000002-X", "01/02/2024", "31/01/2025", "", "", "", ""), "kebangsaan tidak dikenal"),
    Row(("", "CONTOH MASA TERBALIK", "P", "01/01/1980", "Jepang", "EX0000003", "ITAS", "E23", "2CX0000003-X",
         "01/02/2024", "31/01/2023", "", "", "", ""), "akhir sebelum mulai"),
    Row(("", "CONTOH TANGGAL KATA", "P", "01/01/1980", "Jepang", "EX0000004", "ITK", "C1", "2AX0000004-X",
         "bulan lalu", "menyusul", "", "", "", ""), "tanggal tidak terbaca"),
)  # fmt: skip


def _permits(world: World, seed: int) -> list[ListFile]:
    made = []
    for office in OFFICES:
        held = [(p, p.facts.permit) for p in world.people if p.facts.office == office and p.facts.permit]
        spell = PERMIT_DATES[office]
        rows = (_permit_row(at, person, permit, spell) for at, (person, permit) in enumerate(held, start=1))
        name = permits_file(office)
        spoiled = strew(rows, PERMIT_FAULTS, name, seed)
        layout = Layout(
            headers=(PERMIT_HEADERS[office],),
            titles=(
                "DAFTAR PEMEGANG IZIN TINGGAL",
                office.replace("-", " "),
                f"Keadaan per {in_words(AS_OF)}",
            ),
            closing=("", "JUMLAH", "", "", "", "", len(held)),
        )
        made.append(_file(name, "izin_tinggal", layout, spoiled, xlsx_bytes(layout, spoiled)))
    return made


def _permit_row(number: int, person: Foreigner, permit: Permit, spell: Spell | None) -> Row:
    who, home = person.identity, places()[permit.address]
    days = (who.born_on, permit.valid_from, permit.valid_until)
    born, starts, ends = days if spell is None else tuple(map(spell, days))
    note = f"Perpanjangan diajukan {slashed(permit.extension_filed_on)}" if permit.extension_filed_on else ""
    sex = "L" if who.sex == "M" else "P"
    return Row(
        (number, who.printed, sex, born, nation(who, 1), who.document, permit.kind, permit.index,
         permit.number, starts, ends, permit.guarantor, home.line, home.wilayah, note)
    )  # fmt: skip


# --- penginapan ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Desk:
    """How one kind of reception keeps its book."""

    header: tuple[str, ...]
    dialect: Dialect
    spell: Spell
    nation_style: int
    open_end: str


DESKS = (
    Desk(("Nama Tamu", "Kebangsaan", "No Paspor", "Tgl Lahir", "Check In", "Check Out", "Penginapan",
          "Kode Wilayah", "Dipesan Oleh"), Dialect(","), slashed, 1, ""),
    Desk(("NAMA", "WARGA NEGARA", "PASSPORT NO", "TGL LAHIR", "TGL MASUK", "TGL KELUAR", "HOTEL", "KODE WIL",
          "PEMESAN"), Dialect(";", "utf-8-sig"), dashed_short, 2, "-"),
    Desk(("guest_name", "nationality", "passport", "birth_date", "arrival", "departure", "property", "region",
          "booked_by"), Dialect("\t", line_end="\n"), str, 0, ""),
    Desk(("Nama Lengkap Tamu", "Kewarganegaraan", "Nomor Dokumen", "Tanggal Lahir", "Tanggal Datang",
          "Tanggal Pulang", "Tempat Menginap", "Wilayah", "Pemesan"), Dialect(",", "cp1252"), in_words, 1,
         "masih menginap"),
)  # fmt: skip
LODGING_FAULTS = (
    Row(("", "Jepang", "EX0000005", "", "01/08/2024", "", "", "", ""), "nama kosong"),
    Row(("CONTOH KEMARIN", "Jepang", "EX0000006", "", "kemarin", "", "", "", ""), "tanggal tidak terbaca"),
    Row(('=HYPERLINK("http://contoh.invalid";"klik")', "Jepang", "EX0000007", "", "01/08/2024", "", "", "",
         ""),
        "isian berupa rumus"),
)  # fmt: skip


def _lodgings(world: World, seed: int) -> list[ListFile]:
    stays: dict[str, list[tuple[Stay, Foreigner]]] = {}
    for person in world.people:
        for stay in person.facts.stays:
            stays.setdefault(lodging_file(stay), []).append((stay, person))
    made = []
    for turn, (name, found) in enumerate(sorted(stays.items())):
        # Only the office's own collection keeps the full book; hotels differ.
        desk = DESKS[3] if "-rumah-" in name or "-mess-" in name else DESKS[turn % 3]
        rows = (lodging_row(stay, person, desk) for stay, person in found)
        spoiled = strew(rows, LODGING_FAULTS, name, seed)
        layout = Layout((desk.header,))
        data = csv_bytes(layout, spoiled, desk.dialect)
        made.append(_file(name, "penginapan", layout, spoiled, data))
    return made


def lodging_row(stay: Stay, person: Foreigner, desk: Desk) -> Row:
    """Write one stay as a reception does."""
    who, place = person.identity, places()[stay.place]
    ends = desk.spell(stay.ends) if stay.ends else desk.open_end
    # Two-digit years of birth would be read as the coming century, so such a desk writes them out.
    born = slashed(who.born_on) if desk.spell is dashed_short else desk.spell(who.born_on)
    return Row(
        (written_name(person, stay), nation(who, desk.nation_style), written_document(person, stay), born,
         desk.spell(stay.starts), ends, place.name, place.wilayah, stay.booked_by)
    )  # fmt: skip


# --- tenaga kerja asing ----------------------------------------------------------------------------------

WORKER_HEADERS = (
    ("No", "Nama TKA", "Tempat, Tanggal Lahir", "L/P", "Kewarganegaraan", "No. Paspor", "RPTKA", "",
     "Hasil Pendataan", "", "", ""),
    ("", "", "", "", "", "", "Nomor", "Lokasi Kerja", "Pemberi Kerja", "Jabatan", "Lokasi Kerja", "Tanggal"),
)  # fmt: skip
WORKER_FAULTS = (
    Row(("", "CONTOH TANPA LAHIR", "-", "L", "Jepang", "EX0000008", "", "", "", "", "", ""),
        "tanggal lahir tidak terbaca"),
    Row(("", "", "Osaka, 1 Mei 1980", "L", "Jepang", "EX0000009", "", "", "", "", "", ""), "nama kosong"),
)  # fmt: skip


def _workers(world: World, seed: int) -> list[ListFile]:
    seen: dict[str, list[tuple[Work, Foreigner]]] = {}
    for person in world.people:
        if person.facts.work:
            seen.setdefault(workers_file(person.facts.work), []).append((person.facts.work, person))
    made = []
    for name, found in sorted(seen.items()):
        rows = (_worker_row(at, work, person) for at, (work, person) in enumerate(found, start=1))
        spoiled = strew(rows, WORKER_FAULTS, name, seed)
        layout = Layout(
            headers=WORKER_HEADERS,
            titles=("DATA TENAGA KERJA ASING", f"Pendataan sampai dengan {in_words(AS_OF)}"),
            merged=((6, 7), (8, 11)),
            closing=("", "Jumlah", len(found)),
        )
        made.append(_file(name, "tka", layout, spoiled, xlsx_bytes(layout, spoiled)))
    return made


def _worker_row(number: int, work: Work, person: Foreigner) -> Row:
    who = person.identity
    born = f"{who.birth_place}, {in_words(who.born_on)}"
    planned = _where(work.plan_place) if work.plan_place else ""
    return Row(
        (number, who.printed, born, "L" if who.sex == "M" else "P", nation(who, 1), who.document,
         work.plan_number, planned, employers()[work.employer].name, work.position, _where(work.seen_place),
         slashed(work.seen_on))
    )  # fmt: skip


def _where(place_id: str) -> str:
    place = places()[place_id]
    return f"{place.regency} - {place.kabupaten}"
