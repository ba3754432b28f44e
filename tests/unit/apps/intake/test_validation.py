"""Rows to records: spellings that are read, faults that are told in words."""

# ruff: noqa: E501, the tables read best as tables

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.apps.intake.countries import carried
from timpora.apps.intake.days import split_birth
from timpora.apps.intake.kinds import RECORDS, ListKind, fields_of
from timpora.apps.intake.validation import SENTENCES, check_row
from timpora.domain.dates import PartialDate

ON = date(2024, 8, 22)
CROSSING = {
    "name": "WANG XIAOMING", "document_number": "E 1234-567", "direction": "Kedatangan", "checkpoint": "TPI Trisakti",
    "crossed_on": "21/08/2024 10:15", "nationality": "RRT", "birth_date": "01-05-1980", "sex": "L",
}  # fmt: skip
PERMIT = {"name": "SITI", "document_number": "A1234567", "permit_kind": "KITAS", "ends_on": "31 Januari 2025"}
STAY = {
    "name": "SITI",
    "lodging_name": "Hotel Banua",
    "checked_in_on": "15-08-24",
    "checked_out_on": "masih menginap",
}
WORK = {"name": "SITI", "employer": "PT Contoh", "work_location": "63.10 - Tanah Bumbu"}


def record(kind, values, **more):
    checked = check_row(kind, values | more, on=ON)
    assert not checked.errors
    return checked.record


def faults(kind, values, **more):
    return {error.field: error.text for error in check_row(kind, values | more, on=ON).errors}


def test_a_crossing_is_read():
    found = record(ListKind.CROSSINGS, CROSSING)
    assert (found.document_number, found.direction, found.nationality, found.sex) == (
        "E1234567",
        "in",
        "CHN",
        "M",
    )
    assert (found.local_day, found.local_time) == (date(2024, 8, 21), time(10, 15))
    assert found.birth_date == PartialDate(1980, 5, 1)
    assert found.nationality_as_written == "RRT"


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        ("21/08/2024", "14.30 WITA", time(14, 30)),
        ("2024-08-21 00:00", "", None),
        ("21 Agustus 2024 7:05", "", time(7, 5)),
        ("21-08-2024 07.05.30", "", time(7, 5, 30)),
        ("21/08/24 2:05 PM", "", time(14, 5)),
        ("2024-08-21T23:59:59", "", time(23, 59, 59)),
    ],
)
def test_hours_in_many_spellings(day, hour, expected):
    found = record(ListKind.CROSSINGS, CROSSING, crossed_on=day, crossed_time=hour)
    assert (found.local_day, found.local_time) == (date(2024, 8, 21), expected)


def test_a_permit_a_stay_and_a_worker_are_read():
    assert record(ListKind.PERMITS, PERMIT).permit_kind == "ITAS"
    stay = record(ListKind.STAYS, STAY)
    assert (stay.checked_in_on, stay.checked_out_on) == (date(2024, 8, 15), None)
    work = record(ListKind.WORKERS, WORK)
    assert (work.work_place_region, work.plan_place_region) == ("63.10", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("6310", "63.10"), ("63.10.01.2001", "63.10.01.2001"), ("631001", "63.10.01"), ("63.10 - Tanah Bumbu", "63.10"),
     ("Tanah Bumbu", "Tanah Bumbu"), ("63.1", "63.1"), ("63", "63"), ("13", "13")],
)  # fmt: skip
def test_region_codes_become_dotted_and_names_stay(text, expected):
    assert record(ListKind.PERMITS, PERMIT, region=text).region == expected


@pytest.mark.parametrize(
    ("text", "code"), [("13 Ilir", None), ("16 ULU, Palembang", None), ("13 - Sumbar", "13")]
)
def test_a_numbered_quarter_is_no_province(text, code):
    assert record(ListKind.PERMITS, PERMIT, region=text).region_code == code


def test_unknown_nationality_and_sex_stay_unknown_with_a_note():
    checked = check_row(ListKind.CROSSINGS, CROSSING | {"nationality": "Atlantis", "sex": "Q"}, on=ON)
    assert (checked.record.nationality, checked.record.sex) == (None, None)
    assert checked.record.nationality_as_written == "Atlantis"
    assert [note.field for note in checked.notes] == ["sex", "nationality"]


def test_unknown_is_a_value():
    found = record(ListKind.STAYS, STAY, name="Z", birth_date="00-00-1985")
    assert (found.name, found.birth_date, found.nationality) == ("Z", PartialDate(1985), None)
    assert record(ListKind.STAYS, STAY, birth_date="tidak diketahui").birth_date is None


def test_two_name_columns_make_one_name():
    values = {key: value for key, value in STAY.items() if key != "name"}
    found = record(ListKind.STAYS, values, surname="DE VRIES", given_names="Jan")
    assert found.written_name == "Jan DE VRIES"
    assert faults(ListKind.STAYS, values) == {"name": "Nama kosong; tulis nama seperti tertera di dokumen."}


def test_combined_birth_column_is_split():
    found = record(ListKind.WORKERS, WORK, birth_place_date="Osaka, 1 Mei 1980")
    assert (found.birth_place, found.birth_date) == ("Osaka", PartialDate(1980, 5, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Osaka / 01-05-1980", ("Osaka", "01-05-1980")), ("New York, May 1, 1980", ("New York", "May 1, 1980")),
     ("Beijing", ("Beijing", "")), ("1980-01-02", ("", "1980-01-02"))],
)  # fmt: skip
def test_places_and_days(text, expected):
    assert split_birth(text) == expected


FAULTS = [
    (ListKind.CROSSINGS, CROSSING, "crossed_on", "31/02/2024", "tidak ada di kalender"),
    (ListKind.CROSSINGS, CROSSING, "crossed_on", "", "Wajib diisi"),
    (ListKind.CROSSINGS, CROSSING, "crossed_time", "25:00", "Jam 25:00 tidak terbaca"),
    (ListKind.CROSSINGS, CROSSING, "document_number", "", "Wajib diisi"),
    (ListKind.CROSSINGS, CROSSING, "document_number", "1.23E+11", "dipotong Excel"),
    (ListKind.CROSSINGS, CROSSING, "document_number", "護照", "tidak terbaca"),
    (ListKind.CROSSINGS, CROSSING, "direction", "ke kiri", "MASUK atau KELUAR"),
    (ListKind.CROSSINGS, CROSSING, "birth_date", "01-01-2050", "masa depan"),
    (ListKind.CROSSINGS, CROSSING, "name", '=HYPERLINK("http://contoh.invalid")', "rumus"),
    (ListKind.CROSSINGS, CROSSING, "name", "12345", "angka saja"),
    (ListKind.CROSSINGS, CROSSING, "name", "X" * 501, "melebihi"),
    (ListKind.PERMITS, PERMIT, "ends_on", "bulan lalu", "tidak terbaca"),
    (ListKind.PERMITS, PERMIT, "starts_on", "01-02-2025", None),
    (ListKind.PERMITS, PERMIT, "permit_kind", "SIM", "ITK, ITAS atau ITAP"),
    (ListKind.PERMITS, PERMIT, "visa_index", "C 1!", "tidak terbaca"),
    (ListKind.PERMITS, PERMIT, "address", "x" * 501, "melebihi 500 huruf"),
    (ListKind.WORKERS, WORK, "employer", "-", "Wajib diisi"),
    (ListKind.WORKERS, WORK, "warna", "merah", "tidak dikenal"),
]


@pytest.mark.parametrize(("kind", "values", "field", "cell", "says"), FAULTS)
def test_faults_are_told_per_field(kind, values, field, cell, says):
    found = faults(kind, values, **{field: cell})
    if says is None:
        assert found == {"ends_on": "Tanggal akhir mendahului tanggal mulai."}
    else:
        assert set(found) == {field}
        assert says in found[field]


def test_all_faults_of_a_row_are_told_at_once():
    assert set(faults(ListKind.PERMITS, {"name": "=A(1)", "ends_on": "x"})) == {
        "name", "document_number", "permit_kind", "ends_on",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        # What concerns several fields is told beside a field that cannot be read.
        ({"name": "", "ends_on": "x"}, {"name", "ends_on"}),
        ({"starts_on": "21-08-2024", "ends_on": "20-08-2024", "document_expires_on": "x"},
         {"ends_on", "document_expires_on"}),
        # And nothing is said of a field that is wrong already.
        ({"name": "=A(1)"}, {"name"}),
        ({"starts_on": "21-08-2024", "ends_on": "x"}, {"ends_on"}),
    ],
)  # fmt: skip
def test_faults_of_several_fields_are_told_with_the_others_and_once(wrong, fields):
    errors = check_row(ListKind.PERMITS, PERMIT | wrong, on=ON).errors
    assert sorted(error.field for error in errors) == sorted(fields)


def test_cells_beyond_the_titles_are_a_fault_not_lost():
    checked = check_row(ListKind.PERMITS, PERMIT, on=ON, surplus=("lebih",))
    assert checked.record is None
    assert [error.code for error in checked.errors] == ["surplus"]


def test_every_sentence_of_pydantic_that_can_arise_is_translated():
    for kind in ListKind:
        for value in ({"zzz": "1"}, {}):
            for error in check_row(kind, value, on=ON).errors:
                assert error.code in SENTENCES or "_" not in error.code


@pytest.mark.parametrize(
    ("text", "code"),
    [("CHN", "CHN"), ("RRT (China)", "CHN"), ("JPN/CHN", None), ("DEU", "D"), ("Jerman", "D"), ("korsel", "KOR"),
     ("AS", "USA"), ("UK", "GBR"), ("WN Tiongkok", "CHN"), ("Stateless", "XXA"), ("Utopia", None), ("", None)],
)  # fmt: skip
def test_nationalities_are_recognised_exactly_or_not_at_all(text, code):
    assert carried().code_of(text) == code


cell = st.one_of(
    st.text(max_size=30), st.sampled_from([*CROSSING.values(), "31-12-1999", "00-00-0000", "=1", "6310"])
)


@given(data=st.data(), kind=st.sampled_from(ListKind))
def test_any_row_gives_a_record_or_sentences(data, kind):
    values = data.draw(st.dictionaries(st.sampled_from(fields_of(kind)), cell))
    checked = check_row(kind, values, on=ON)
    assert (checked.record is None) == bool(checked.errors)
    if checked.record is not None:
        assert checked.record.nationality in carried().codes | {None}
        again = RECORDS[kind].model_dump(checked.record, mode="json")
        assert again["document_number"] is None or again["document_number"].isalnum()
    for error in checked.errors:
        assert error.sentence.endswith(".")
