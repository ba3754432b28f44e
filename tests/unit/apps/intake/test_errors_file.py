"""The faulty rows back to the agency."""

# ruff: noqa: E501, the tables read best as tables

import zipfile
from datetime import date

from timpora.apps.intake.errors_file import write_errors
from timpora.apps.intake.kinds import ListKind
from timpora.apps.intake.mapping import guess, row_reader, signature
from timpora.apps.intake.reading import open_table
from timpora.apps.intake.validation import check_row

ON = date(2024, 8, 22)
LIST = (
    "Nama;No Paspor;Jenis Izin;Berlaku s.d.\r\n"
    "=1+1;A123;ITAS;kemarin\r\n"
    "SITI;A22323;ITAS;31-12-2024\r\n"
    "+62;-;ITAS;31-12-2024\r\n"
    "BUDI;A323;ITAS;31-12-2024;lebih\r\n"
)


def faults_of(table, plan):
    read = row_reader(plan, table.headers)
    for row in table.rows():
        checked = check_row(ListKind.PERMITS, read(row), on=ON, surplus=row.surplus)
        if checked.errors:
            yield row, checked.errors


def test_faulty_rows_come_back_in_the_same_columns_and_can_be_sent_again(tmp_path):
    (tmp_path / "a.csv").write_text(LIST, "utf-8", newline="")
    table = open_table(tmp_path / "a.csv", "a.csv")
    plan = guess(table, ListKind.PERMITS).plan
    count = write_errors(tmp_path / "b.xlsx", table.headers, faults_of(table, plan))
    back = open_table(tmp_path / "b.xlsx", "b.xlsx")
    assert count == 3
    assert back.headers == (*table.headers, "Kesalahan")
    assert [row.cells[:4] for row in back.rows()] == [
        ("=1+1", "A123", "ITAS", "kemarin"), ("+62", "-", "ITAS", "31-12-2024"), ("BUDI", "A323", "ITAS", "31-12-2024"),
    ]  # fmt: skip
    sentences = [row.cells[4] for row in back.rows()]
    assert sentences[0].startswith("Baris 2: ")
    assert "Berlaku sampai: Tanggal tidak terbaca" in sentences[0]
    assert "Nomor dokumen perjalanan: Wajib diisi." in sentences[1]
    assert "lebih" in sentences[2]
    # The same plan reads the mended file, and a second return has one fault column, not two.
    assert signature(back.headers) == signature(table.headers)
    assert len(list(faults_of(back, plan))) == 2
    write_errors(tmp_path / "c.xlsx", back.headers, faults_of(back, plan))
    assert open_table(tmp_path / "c.xlsx", "c").headers == back.headers


def test_nothing_in_the_file_is_a_formula_or_a_link(tmp_path):
    (tmp_path / "a.csv").write_text(LIST.replace("SITI;A223", "http://contoh.invalid;"), "utf-8", newline="")
    table = open_table(tmp_path / "a.csv", "a.csv")
    write_errors(tmp_path / "b.xlsx", table.headers, faults_of(table, guess(table, ListKind.PERMITS).plan))
    with zipfile.ZipFile(tmp_path / "b.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
