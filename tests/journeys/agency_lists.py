"""Two lists as agencies write them, and the passport of the woman both of them name."""

from pathlib import Path

import xlsxwriter

from timpora.domain.mrz import check_digit

NAME = "CONTOH MARIA ELENA"
NUMBER = "P1234567A"
PLACE = "Mes karyawan Sarigadung"
LODGING_HEAD = (
    "No.",
    "NAMA TAMU",
    "Kebangsaan ",
    "Passport No",
    "Tgl. Lahir",
    "Check-In",
    "Penginapan",
    "Kode Wil",
)
LODGING = (
    (1, NAME, "Filipina", NUMBER, "12/08/1984", "05-07-2024", PLACE, "63.10.01"),
    (
        2,
        "WIRA LESTARI CONTOH",
        "Malaysia",
        "A7654321",
        "2 Juni 1990",
        "2024-08-20",
        "Hotel Contoh Bumbu",
        "63.10",
    ),
    (3, "SATU CONTOH", "Thailand", "AA5550001", "31/02/1990", "kemarin", "Hotel Contoh Bumbu", "63.10"),
)
PERMITS = (
    "DAFTAR PEMEGANG IZIN TINGGAL;;;;;;;;\r\n"
    "no;nama lengkap;KWN;NO PASPOR;L/P;tgl lahir;jenis izin;berlaku s/d;alamat;kode kecamatan\r\n"
    f"1;{NAME};Filipina;{NUMBER};P;12-08-1984;ITK;31-07-2024;Jl. Contoh 1 Simpang Empat;63.10.01\r\n"
    "2;WIRA LESTARI CONTOH;Malaysia;A7654321;P;02-06-1990;ITAS;31-12-2024;Jl. Contoh 2;63.10.01\r\n"
)


def lodging_list(folder: Path) -> Path:
    """Write the lodging list: a letterhead over the titles, dates in four spellings, one hopeless row."""
    file = folder / "Laporan tamu asing AGT 24 (fix).xlsx"
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Rekap")
    sheet.write(0, 0, "DINAS PARIWISATA KAB. TANAH BUMBU")
    sheet.write(1, 0, "Rekap tamu asing Agustus 2024")
    for at, row in enumerate((LODGING_HEAD, *LODGING), start=3):
        sheet.write_row(at, 0, row)
    book.close()
    return file


def permit_list(folder: Path) -> Path:
    """Write the permits whose holder the lodging list still reports present."""
    file = folder / "izin_tinggal_batulicin.csv"
    file.write_text(PERMITS, "utf-8", newline="")
    return file


def passport_zone() -> str:
    """Return the two lines under her photograph, with the digits that check them."""
    number, birth, expiry, optional = NUMBER.ljust(9, "<"), "840812", "290301", "<" * 14
    number, birth, expiry, optional = (part + check_digit(part) for part in (number, birth, expiry, optional))
    whole = number + birth + expiry + optional
    first = "P<PHLCONTOH<<MARIA<ELENA".ljust(44, "<")
    return f"{first}\n{number}PHL{birth}F{expiry}{optional}{check_digit(whole)}"
