"""Opening lists: what is read, what is refused, and that refusing costs nothing."""

import resource
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.depth import times
from timpora.apps.intake import errors
from timpora.apps.intake.reading import open_table
from timpora.apps.intake.reading.raw import Cleaner

LINES = [["Nama", "No Paspor", "Kewarganegaraan"], ["SITI", "A123", "Malaysia"], ["=1+1", "-B4", "@X"]]


def write_csv(path: Path, *, separator=",", encoding="utf-8", lines=LINES, newline="\r\n") -> Path:
    path.write_bytes(newline.join(separator.join(line) for line in lines).encode(encoding))
    return path


def write_xlsx(path: Path, lines=LINES, *, at=(0, 0), prepare=None) -> Path:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet = book.add_worksheet("Data")
    for number, line in enumerate(lines, start=at[0]):
        for column, cell in enumerate(line, start=at[1]):
            sheet.write(number, column, cell)
    if prepare:
        prepare(book, sheet)
    book.close()
    return path


def cells(table):
    return [row.cells for row in table.rows()]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_separator_and_encoding(tmp_path, separator, encoding):
    lines = [*LINES, ["JOSÉ MUÑOZ", "C5", "Spanyol"]]
    table = open_table(
        write_csv(tmp_path / "a.csv", separator=separator, encoding=encoding, lines=lines), "a.csv"
    )
    assert table.headers == ("Nama", "No Paspor", "Kewarganegaraan")
    assert cells(table) == [tuple(line) for line in lines[1:]]
    assert [row.number for row in table.rows()] == [2, 3, 4]


def test_rows_can_be_read_again(tmp_path):
    table = open_table(write_xlsx(tmp_path / "a.xlsx"), "a.xlsx")
    assert cells(table) == cells(table) == [tuple(line) for line in LINES[1:]]


def test_formula_like_text_stays_text(tmp_path):
    table = open_table(write_xlsx(tmp_path / "a.xlsx"), "a.xlsx")
    assert table.sample[1].cells == ("=1+1", "-B4", "@X")
    assert not table.notices


def test_letterhead_merged_groups_and_numbering(tmp_path):
    lines = [
        ["KANTOR IMIGRASI KELAS I TPI BANJARMASIN"],
        ["Daftar Orang Asing per 21 Agustus 2024"],
        [],
        ["NO", "NAMA LENGKAP", "PASPOR", "", "", "KEWARGANEGARAAN"],
        ["", "", "NOMOR", "TGL BERAKHIR", "", ""],
        ["(1)", "(2)", "(3)", "(4)", "", "(5)"],
        ["1", "BUDI", "X1", "2030-01-01", "", "Thailand"],
    ]
    table = open_table(write_xlsx(tmp_path / "a.xlsx", lines, at=(0, 2)), "a.xlsx")
    assert table.headers == (
        "NO", "NAMA LENGKAP", "PASPOR NOMOR", "PASPOR TGL BERAKHIR", "(kolom E)", "KEWARGANEGARAAN",
    )  # fmt: skip
    assert cells(table) == [("1", "BUDI", "X1", "2030-01-01", "", "Thailand")]
    assert "rows-above" in {notice.code for notice in table.notices}


def test_first_data_row_is_not_taken_for_a_second_title_line(tmp_path):
    lines = [["Nama", "No Paspor", ""], ["SITI", "A123", "catatan"]]
    assert cells(open_table(write_csv(tmp_path / "a.csv", lines=lines), "a")) == [("SITI", "A123", "catatan")]


def test_duplicate_titles_are_told_apart(tmp_path):
    table = open_table(
        write_csv(tmp_path / "a.csv", lines=[["Nama", "Paspor", "nama"], ["A", "B", "C"]]), "a"
    )
    assert table.headers == ("Nama", "Paspor", "nama (2)")
    assert [notice.code for notice in table.notices] == ["duplicate-titles"]


def test_repeated_titles_and_blank_rows_are_left_out_and_surplus_kept(tmp_path):
    lines = [LINES[0], LINES[1], ["", "", ""], LINES[0], ["X", "Y", "Z", "lebih"]]
    rows = list(open_table(write_csv(tmp_path / "a.csv", lines=lines), "a").rows())
    assert [(row.number, row.cells, row.surplus) for row in rows] == [
        (2, tuple(LINES[1]), ()),
        (5, ("X", "Y", "Z"), ("lebih",)),
    ]


def test_what_is_left_out_is_told(tmp_path):
    lines = [LINES[0], LINES[1], LINES[0], ["JUMLAH", "", "1"], ["TOTAL", "A1", "Malaysia"]]
    table = open_table(write_csv(tmp_path / "a.csv", lines=lines), "a")
    assert [row.number for row in table.rows()] == [2, 5]
    assert {notice.code for notice in table.notices} == {"titles-repeated", "totals"}


def test_nul_bytes_and_control_characters_are_taken_out(tmp_path):
    table = open_table(write_csv(tmp_path / "a.csv", lines=[LINES[0], ["SI\x00TI\x07", "A1", "D"]]), "a")
    assert cells(table) == [("SITI", "A1", "D")]
    assert [notice.code for notice in table.notices] == ["control-characters"]


def test_lone_surrogate_in_utf16_does_not_get_through(tmp_path):
    path = tmp_path / "a.csv"
    head = "Nama,No Paspor\r\nSITI ".encode("utf-16")
    path.write_bytes(head + b"\x00\xd8" + ",A1\r\n".encode("utf-16-le"))
    for row in open_table(path, "a").rows():
        assert all(cell.encode("utf-8") is not None for cell in row.cells)


def test_excel_values_become_plain_text(tmp_path):
    def prepare(book, sheet):
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_datetime(1, 1, date(1990, 5, 1), day)
        sheet.write_number(1, 2, 31730112233)
        sheet.write_blank(900_000, 30, None, day)

    lines = [["Nama", "Tgl Lahir", "No Paspor"], ["SITI"]]
    table = open_table(write_xlsx(tmp_path / "a.xlsx", lines, prepare=prepare), "a")
    assert cells(table) == [("SITI", "1990-05-01", "31730112233")]


def test_hidden_columns_other_sheets_and_formulas_are_named(tmp_path):
    def prepare(book, sheet):
        sheet.set_column("B:B", None, None, {"hidden": 1})
        sheet.write_formula(3, 0, "=A2", None, "SITI")
        book.add_worksheet("Rekap").write(0, 0, "x")

    notices = {n.code: n.text for n in open_table(write_xlsx(tmp_path / "a", prepare=prepare), "a").notices}
    assert notices["hidden-columns"] == "Kolom tersembunyi ikut dibaca: No Paspor (B)."
    assert "Rekap" in notices["other-sheets"]
    assert notices["formulas"].startswith("1 sel")


REFUSED = [
    (b"", errors.FileEmpty),
    (b"\x00" * 4000, errors.FileEmpty),
    (b"%PDF-1.7 ...", errors.WrongFileType),
    (b"junk %PDF-1.7", errors.WrongFileType),
    (b"\x89PNG\r\n", errors.WrongFileType),
    (b"<html><table>", errors.WrongFileType),
    (b'{"a": 1}', errors.WrongFileType),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, errors.OldWorkbook),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), errors.WorkbookEncrypted),
    (b"PK\x03\x04 cut off", errors.FileUnreadable),
    (b"Nama,No Paspor\r\n", errors.NoRows),
    (b"123,456\r\n789,012\r\n", errors.NoHeader),
    (b'Nama,No Paspor\r\nSITI,"A1\r\nBUDI,B2\r\n', errors.RowUnreadable),
    (b"Nama,No Paspor\r\nSITI," + b'"' + b"x" * 200_000 + b'"', errors.RowUnreadable),
    (bytes(range(1, 32)) * 40, errors.FileUnreadable),
]


@pytest.mark.parametrize(("content", "error"), REFUSED)
def test_refusals_have_a_name_and_say_what_to_do(tmp_path, content, error):
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        list(open_table(path, path.name).rows())
    assert "%(" not in str(caught.value)
    assert str(caught.value).endswith(".")


def bomb(path: Path, *, sheet: bytes, shared: bytes = b"") -> Path:
    """A workbook around one hostile sheet."""
    write_xlsx(path)
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    kept["xl/worksheets/sheet1.xml"] = sheet
    if shared:
        kept["xl/sharedStrings.xml"] = shared
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
    return path


SPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_of(rows: bytes) -> bytes:
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (SPACE, rows)


def refused_cheaply(path: Path, error: type[Exception], *, seconds: float = 1.0) -> None:
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    with pytest.raises(error):
        open_table(path, path.name)
    assert time.perf_counter() - started < seconds
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_zip_bomb_is_refused_before_it_is_opened(tmp_path):
    path = bomb(tmp_path / "a.xlsx", sheet=sheet_of(b'<row r="1"><c r="A1"><v>1</v></c></row>' * 4_000_000))
    assert path.stat().st_size < 3_000_000
    refused_cheaply(path, errors.WorkbookBomb)


def test_declared_size_that_lies_is_refused(tmp_path):
    path = bomb(tmp_path / "a.xlsx", sheet=sheet_of(b'<row r="1"><c r="A1"><v>1</v></c></row>' * 1_000_000))
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    at = raw.rfind(size.to_bytes(4, "little"))
    raw[at : at + 4] = (5000).to_bytes(4, "little")
    path.write_bytes(raw)
    refused_cheaply(path, errors.WorkbookBomb)


def test_one_cell_in_the_last_corner_is_refused(tmp_path):
    path = bomb(tmp_path / "a.xlsx", sheet=sheet_of(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    refused_cheaply(path, errors.WorkbookTooLarge)


def test_one_long_text_named_by_many_cells_is_refused(tmp_path):
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 5001))
    shared = b'<sst xmlns="%s"><si><t>%s</t></si></sst>' % (SPACE, b"x" * 300_000)
    refused_cheaply(bomb(tmp_path / "a.xlsx", sheet=sheet_of(rows), shared=shared), errors.WorkbookBomb)


def test_entities_are_refused(tmp_path):
    sheet = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet_of(b'<row r="1"><c r="A1"><v>1</v></c></row>')
    refused_cheaply(bomb(tmp_path / "a.xlsx", sheet=sheet), errors.WorkbookBomb)


@pytest.mark.parametrize(
    ("names", "error"),
    [
        (["content.xml", "mimetype"], errors.OldWorkbook),
        (["xl/workbook.bin"], errors.OldWorkbook),
        (["word/document.xml"], errors.WrongFileType),
        (["foto.jpg"], errors.WrongFileType),
        ([f"{n}" for n in range(2001)], errors.WorkbookBomb),
    ],
)
def test_other_archives_are_named(tmp_path, names, error):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    refused_cheaply(path, error)


anything = st.text(st.characters(codec="utf-8"), max_size=12)


@settings(max_examples=times(100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=400), st.lists(st.lists(anything, max_size=5), max_size=8)))
def test_whatever_arrives_is_read_or_refused_by_name(tmp_path, content):
    path = tmp_path / "h.csv"
    if isinstance(content, list):
        content = "\n".join(";".join(line) for line in content).encode()
    path.write_bytes(content)
    try:
        for row in open_table(path, "h").rows():
            for cell in row.cells:
                assert "\x00" not in cell
                cell.encode("utf-8")
    except errors.IntakeError:
        pass


@settings(max_examples=times(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(anything, anything, anything), min_size=1, max_size=6))
def test_what_excel_writes_comes_back(tmp_path, rows):
    path = write_xlsx(tmp_path / "h.xlsx", [LINES[0], *rows])
    expected = [
        trimmed
        for row in rows
        if any(trimmed := tuple(open_cell(cell) for cell in row)) and trimmed != tuple(LINES[0])
    ]
    try:
        assert cells(open_table(path, "h"))[-len(expected) :] == expected or not expected
    except errors.IntakeError:
        assert not expected


def open_cell(cell: str) -> str:
    return Cleaner().row([cell])[0]
