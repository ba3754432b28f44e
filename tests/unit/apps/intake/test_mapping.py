"""Columns to fields, over the titles that agencies really write."""

# ruff: noqa: E501, the tables read best as tables

import csv
from datetime import date

import pytest

from timpora.apps.intake import errors
from timpora.apps.intake.kinds import ListKind
from timpora.apps.intake.mapping import ColumnPlan, guess, guess_kind, missing_fields, row_reader, signature
from timpora.apps.intake.reading import open_table
from timpora.apps.intake.validation import check_row

ON = date(2024, 8, 22)
C, P, S, W = ListKind.CROSSINGS, ListKind.PERMITS, ListKind.STAYS, ListKind.WORKERS

# kind, titles, one row beneath, fields expected in the order of the titles ("" is ignored)
LISTS = [
    (C, "No|TPI|Tgl Perlintasan|Jam|Arah|Nama Lengkap|L/P|Tgl Lahir|Kebangsaan|No. Paspor|Alat Angkut",
     "1|Pelabuhan Trisakti|21/08/2024|10:15|MASUK|WANG XIAOMING|L|01/05/1980|CHN|E1234567|KM Bahari",
     " checkpoint crossed_on crossed_time direction name sex birth_date nationality document_number carrier"),
    (C, "NO PASPOR|Nama Lengkap (sesuai paspor)|Kewarganegaraan/WN|TGL LAHIR|Tgl & Jam Perlintasan|Kedatangan/Keberangkatan"
     "|Tempat Pemeriksaan Imigrasi|Nomor Penerbangan",
     "E1234567|WANG XIAOMING|China|01-05-1980|21-08-2024 10:15|Kedatangan|TPI SMB II|SJ 101",
     "document_number name nationality birth_date crossed_on direction checkpoint carrier"),
    (C, "Passport No.;Full Name;Nationality;Date of Birth;Sex;Arrival Date;In/Out;Port;Flight Number".replace(";", "|"),
     "E1234567|WANG XIAOMING|CHN|1980-05-01|M|2024-08-21|IN|Soekarno-Hatta|GA 895",
     "document_number name nationality birth_date sex crossed_on direction checkpoint carrier"),
    (P, "No|Nama Lengkap|JK|Tgl Lahir|Kebangsaan|No. Paspor|Jenis Izin|Indeks|No. Izin|Berlaku Mulai|Berlaku s.d.|Penjamin"
     "|Alamat|Kode Wilayah|Keterangan",
     "1|SITI|P|1980-05-01|Thailand|A1234567|ITAS|E23|2C21|2024-02-01|2025-01-31|PT Contoh|Jl. Raya 1|63.10|-",
     " name sex birth_date nationality document_number permit_kind visa_index permit_number starts_on ends_on guarantor"
     " address region remark"),
    (P, "NO.|NAMA|L/P|TANGGAL LAHIR|WARGA NEGARA|PASPOR|IZIN TINGGAL|INDEKS VISA|NOMOR IZIN TINGGAL|TGL BERLAKU"
     "|TGL HABIS BERLAKU|SPONSOR|ALAMAT TINGGAL|KODE WIL|KET",
     "1|SITI|P|01/05/1980|Thailand|A1234567|ITAS|E23|2C21|01/02/2024|31/01/2025|PT Contoh|Jl. Raya 1|63.71|",
     " name sex birth_date nationality document_number permit_kind visa_index permit_number starts_on ends_on guarantor"
     " address region remark"),
    (P, "No|Nama Orang Asing|Jenis Kelamin|Tanggal Lahir|Kewarganegaraan|Nomor Paspor|ITK/ITAS/ITAP|Indeks|Nomor Dokim|Mulai"
     "|Sampai|Nama Penjamin|Alamat|Kode Kecamatan|Catatan",
     "1|SITI|P|01-05-1980|Thailand|A1234567|ITAS|E23|2C21|01-02-2024|31-01-2025|PT Contoh|Jl. Raya 1|16.71.01|",
     " name sex birth_date nationality document_number permit_kind visa_index permit_number starts_on ends_on guarantor"
     " address region remark"),
    (P, "no|nama|jk|tgl_lahir|kebangsaan|no_paspor|jenis|indeks|no_izin|tgl_mulai|tgl_akhir|penjamin|alamat|wilayah|ket",
     "1|SITI|P|1 Mei 1980|Thailand|A1234567|ITAS|E23|2C21|1 Februari 2024|31 Januari 2025|PT Contoh|Jl. Raya 1|16.03|",
     " name sex birth_date nationality document_number permit_kind visa_index permit_number starts_on ends_on guarantor"
     " address region remark"),
    (P, "NAMA LENGKAP|PASPOR NOMOR|PASPOR TGL BERAKHIR|KWN|Tempat/Tgl Lahir|Jenis Kitas|Masa Berlaku Kitas|Sponsor/Penjamin",
     "SITI|A1234567|01-01-2030|Thailand|Bangkok, 1 Mei 1980|KITAS|31-01-2025|PT Contoh",
     "name document_number document_expires_on nationality birth_place_date permit_kind ends_on guarantor"),
    (S, "Nama Tamu|Kebangsaan|No Paspor|Tgl Lahir|Check In|Check Out|Penginapan|Kode Wilayah|Dipesan Oleh",
     "SITI|Thailand|A1234567|01/05/1980|15/08/2024||Hotel Banua|63.71|PT Contoh",
     "name nationality document_number birth_date checked_in_on checked_out_on lodging_name region booked_by"),
    (S, "NAMA|WARGA NEGARA|PASSPORT NO|TGL LAHIR|TGL MASUK|TGL KELUAR|HOTEL|KODE WIL|PEMESAN",
     "SITI|THAILAND|A1234567|01/05/1980|15-08-24|-|Hotel Banua|63.71|PT Contoh",
     "name nationality document_number birth_date checked_in_on checked_out_on lodging_name region booked_by"),
    (S, "guest_name|nationality|passport|birth_date|arrival|departure|property|region|booked_by",
     "SITI|THA|A1234567|1980-05-01|2024-08-15|2024-08-17|Hotel Banua|63.71|PT Contoh",
     "name nationality document_number birth_date checked_in_on checked_out_on lodging_name region booked_by"),
    (S, "Nama Lengkap Tamu|Kewarganegaraan|Nomor Dokumen|Tanggal Lahir|Tanggal Datang|Tanggal Pulang|Tempat Menginap|Wilayah"
     "|Pemesan",
     "SITI|Thailand|A1234567|1 Mei 1980|15 Agustus 2024|masih menginap|Mess Sungai|63.71|PT Contoh",
     "name nationality document_number birth_date checked_in_on checked_out_on lodging_name region booked_by"),
    (W, "No|Nama TKA|Tempat, Tanggal Lahir|L/P|Kewarganegaraan|No. Paspor|RPTKA Nomor|RPTKA Lokasi Kerja"
     "|Hasil Pendataan Pemberi Kerja|Hasil Pendataan Jabatan|Hasil Pendataan Lokasi Kerja|Hasil Pendataan Tanggal",
     "1|SITI|Osaka, 1 Mei 1980|P|Jepang|A1234567|R-1|63.10 - Tanah Bumbu|PT Contoh|Ahli Las|63.02 - Kotabaru|20/08/2024",
     " name birth_place_date sex nationality document_number plan_number plan_location employer position work_location"
     " seen_on"),
    (W, "NAMA TENAGA KERJA ASING|PASPORT|NEGARA ASAL|NAMA PERUSAHAAN|JABATAN|LOKASI KERJA|NO. PENGESAHAN RPTKA|TGL MULAI"
     "|TGL BERAKHIR|EMAIL",
     "SITI|A1234567|Jepang|PT Contoh|Ahli Las|Site 3|R-1|01-01-2024|31-12-2024|a@b.c",
     "name document_number nationality employer position work_location plan_number starts_on ends_on "),
    (W, "Surname|Given Names|Citizenship|Paspor No.|Company Name|Job Title|Work Location|Valid Until",
     "DE VRIES|Jan|Belanda|NX1234567|PT Contoh|Welder|Batulicin|31/12/2024",
     "surname given_names nationality document_number employer position work_location ends_on"),
]  # fmt: skip


def table_of(tmp_path, titles, *rows):
    path = tmp_path / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter="\t").writerows([titles.split("|"), *(row.split("|") for row in rows)])
    return open_table(path, "a.csv")


@pytest.mark.parametrize(("kind", "titles", "row", "expected"), LISTS)
def test_titles_are_understood_and_the_row_is_read(tmp_path, kind, titles, row, expected):
    table = table_of(tmp_path, titles, row)
    proposal = guess(table, kind)
    assert [column.field or "" for column in proposal.columns] == expected.split(" ")
    assert proposal.missing == ()
    checked = check_row(kind, row_reader(proposal.plan, table.headers)(table.sample[0]), on=ON)
    assert not checked.errors
    assert not checked.notes
    assert guess_kind(table).kind is kind


def test_samples_overrule_a_misleading_title(tmp_path):
    table = table_of(tmp_path, "Nama|Paspor|Paspor Berlaku", "SITI|01-01-2030|A1234567")
    fields = {column.header: column.field for column in guess(table, P).columns}
    assert fields["Paspor"] != "document_number"


def test_what_is_missing_and_what_is_ignored_is_said(tmp_path):
    proposal = guess(table_of(tmp_path, "Nama|Zodiak", "SITI|Leo"), C)
    assert proposal.ignored == ("Zodiak",)
    assert proposal.missing == (
        "Nomor dokumen perjalanan", "Arah perlintasan", "Tempat pemeriksaan imigrasi", "Tanggal perlintasan",
    )  # fmt: skip
    assert proposal.columns[0].samples == ("SITI",)


def test_one_value_for_the_whole_list_fills_a_gap(tmp_path):
    table = table_of(tmp_path, "Nama|No Paspor|Tgl Masuk", "SITI|A123|21-08-2024")
    plan = ColumnPlan(C, guess(table, C).plan.columns, {"direction": "MASUK", "checkpoint": "TPI Trisakti"})
    assert missing_fields(plan) == ()
    checked = check_row(C, row_reader(plan, table.headers)(table.sample[0]), on=ON)
    assert (checked.record.direction, checked.record.checkpoint) == ("in", "TPI Trisakti")
    with pytest.raises(errors.MappingIncomplete, match="Arah perlintasan"):
        row_reader(ColumnPlan(C, plan.columns), table.headers)


@pytest.mark.parametrize("columns", [{"a": "name", "b": "name"}, {"a": "warna"}, {"a": "employer"}])
def test_a_plan_with_a_foreign_or_doubled_field_is_refused(columns):
    with pytest.raises(errors.MappingUnknownField):
        row_reader(ColumnPlan(C, columns), ("a", "b"))


def test_moved_columns_keep_the_signature_and_the_meaning(tmp_path):
    _, titles, row, _ = LISTS[3]
    order = list(range(len(titles.split("|"))))
    order = order[5:] + order[4::-1]
    first = table_of(tmp_path, titles, row)
    (tmp_path / "b").mkdir()
    moved = table_of(
        tmp_path / "b", *("|".join(line.split("|")[at] for at in order) for line in (titles, row))
    )
    plan = guess(first, P).plan
    assert signature(moved.headers) == signature(first.headers) == signature((*first.headers, "KESALAHAN"))
    assert row_reader(plan, moved.headers)(moved.sample[0]) == row_reader(plan, first.headers)(
        first.sample[0]
    )
    assert signature(first.headers[1:]) != signature(first.headers)
