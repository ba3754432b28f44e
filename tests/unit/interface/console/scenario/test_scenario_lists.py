import csv
import io
from datetime import datetime
from functools import cache

import pytest
from openpyxl import load_workbook

from timpora.interface.console.scenario.cast import officers
from timpora.interface.console.scenario.later import later_list, write
from timpora.interface.console.scenario.lists import lists
from timpora.interface.console.scenario.people import generate
from timpora.interface.console.scenario.records import Sign
from timpora.interface.console.scenario.spelling import mistyped


@pytest.fixture(scope="module")
def world():
    return generate()


@pytest.fixture(scope="module")
def files(world):
    return {one.name: one for one in lists(world)}


@cache
def lines_of(one):
    """Every line of a list, 1-based position first, as an officer sees it."""
    if one.name.endswith(".xlsx"):
        sheet = load_workbook(io.BytesIO(one.data), read_only=True).active
        return [
            tuple("" if c is None else f"{c:%Y-%m-%d}" if isinstance(c, datetime) else str(c) for c in row)
            for row in sheet.iter_rows(values_only=True)
        ]
    text = one.data.decode("cp1252" if b"Nomor Dokumen" in one.data else "utf-8-sig")
    delimiter = max(";,\t", key=text.splitlines()[0].count)
    return [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]


def rows_about(files, name, sign_of):
    return [row for row in lines_of(files[name]) if sign_of in row]


def test_the_same_world_gives_the_same_bytes(world, files):
    assert {one.name: one.data for one in lists(world)} == {name: one.data for name, one in files.items()}
    assert {one.name: one.data for one in lists(generate(7))} != {
        name: one.data for name, one in files.items()
    }


def test_lists_are_written_to_a_folder(world, tmp_path):
    made = write(world, tmp_path / "daftar")
    assert sorted(p.name for p in (tmp_path / "daftar").iterdir()) == [one.name for one in made]
    assert (tmp_path / "daftar" / made[0].name).read_bytes() == made[0].data


def test_one_list_more_is_written_than_the_demonstration_loads(world, files, tmp_path):
    more = {one.name for one in write(world, tmp_path)} - files.keys()
    later = later_list(world, 1)
    assert more == {later.name}
    named = {row[2] for row in lines_of(later)}
    known = {row[2] for name in files if name.startswith("penginapan") for row in lines_of(files[name])}
    assert len(named & known) > 5
    assert {"EX1000001", "EX1000002", "EX1000003"} <= named - known
    assert [fault for _, fault in later.bad] == ["nama kosong"]
    assert {row[7][:5] for row in lines_of(later)[1:] if row[7]} == {"63.10"}


def test_every_list_has_a_sender_with_a_sign_in(files):
    assert {one.submitted_by for one in files.values()} <= set(officers())
    assert {one.kind for one in files.values()} == {"perlintasan", "izin_tinggal", "penginapan", "tka"}


def test_bad_rows_stand_where_the_manifest_says(files):
    for one in files.values():
        assert one.bad
        lines = lines_of(one)
        for line, _fault in one.bad:
            row = lines[line - 1]
            marked = [c for c in row if "CONTOH" in c or c.startswith(("EX000", "03/08/2024"))]
            assert marked, (one.name, line, row)


def test_every_planted_truth_can_be_found_in_the_lists_it_names(world, files):
    for truth in world.truths:
        person = world.person(truth.person)
        number = person.facts.card_number or person.identity.document
        marks = {number, person.identity.older_document or number, mistyped(number)}
        assert truth.lists
        for name in truth.lists:
            assert any(marks & set(row) for row in lines_of(files[name])), (truth, name)


def test_a_missing_entry_is_missing_from_every_crossing_list(world, files):
    numbers = {world.person(t.person).identity.document for t in world.truths if t.sign is Sign.NO_ENTRY}
    crossed = {
        cell for n, one in files.items() if one.kind == "perlintasan" for row in lines_of(one) for cell in row
    }
    assert numbers
    assert not numbers & crossed


def test_mistyped_numbers_belong_to_nobody(world, files):
    everybody = {p.identity.document for p in (*world.people, *world.crew)}
    for truth in world.truths:
        if truth.sign is Sign.PASSPORT_TYPO:
            wrong = mistyped(world.person(truth.person).identity.document)
            assert wrong not in everybody
            assert any(
                rows_about(files, name, wrong) for name in truth.lists if name.startswith("penginapan")
            )


def test_swapped_names_are_written_the_other_way_round(world, files):
    turned = 0
    for truth in world.truths:
        if truth.sign is Sign.NAME_SWAPPED:
            who = world.person(truth.person).identity
            name = next(n for n in truth.lists if n.startswith("penginapan"))
            (row,) = rows_about(files, name, who.document)
            assert sorted(row[0].split()) == sorted(who.printed.split())
            turned += row[0] != who.printed
    assert turned >= 7


def test_a_pending_extension_is_noted_in_the_permit_list(world, files):
    for truth in world.truths:
        if truth.sign is Sign.EXTENSION_PENDING:
            number = world.person(truth.person).identity.document
            (row,) = rows_about(files, truth.lists[0], number)
            assert row[-1].startswith("Perpanjangan diajukan")


def test_the_booker_of_the_hidden_group_stands_in_one_lodging_list_only(files):
    holding = [
        name for name, one in files.items() if b"Bintang Selasar" in one.data and one.kind == "penginapan"
    ]
    assert holding == ["penginapan-rumah-palembang.csv"]
