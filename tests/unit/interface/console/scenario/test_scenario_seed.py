import json
from datetime import date
from pathlib import Path

import pytest

from timpora.interface.console.scenario.cast import cast, demo_password, officers, seed_of
from timpora.interface.console.scenario.people import generate
from timpora.interface.console.scenario.places import other_offices
from timpora.interface.console.scenario.records import OFFICES
from timpora.interface.console.scenario.seed import FORMAT, SeedError, read_seed
from timpora.kernel.access.roles import ROLES

PERSON = {"id": "P1", "name": "BUDI", "documents": [{"number": "X1234567", "issued_by": "D"}]}
OFFICER = {
    "username": "uji",
    "name": "Uji",
    "password": "sandi-panjang",
    "assignments": [{"role": "field_officer", "unit": "KANIM-BATULICIN", "starts": "2024-01-01"}],
}
GOOD = {"format": FORMAT, "units": [], "people": [OFFICER], "persons": [PERSON]}
KNOWN_UNITS = frozenset({"DITJENIM", *OFFICES, *(office["code"] for office in other_offices())})


def file(**changes):
    return json.dumps(GOOD | changes).encode()


def faults(data, **known):
    with pytest.raises(SeedError) as refused:
        read_seed(data, **known)
    return {fault.where: fault.what for fault in refused.value.faults}


def test_a_good_file_is_read():
    seed = read_seed(file(), known_units=KNOWN_UNITS, known_roles=frozenset(ROLES))
    assert seed.people[0].assignments[0].starts == date(2024, 1, 1)
    assert seed.persons[0].born_on is None


def test_a_byte_order_mark_does_no_harm():
    assert read_seed(b"\xef\xbb\xbf" + file()) == read_seed(file())


@pytest.mark.parametrize(
    ("data", "where", "word"),
    [
        (b"\xff\xfe", "berkas", "UTF-8"),
        (b'{"format":', "baris 1, kolom 11", "JSON"),
        (b"[]", "berkas", "objek"),
        (b"[" * 100_000, "berkas", "bersarang"),
        (file(format="timpora-seed/9"), "format", "timpora-seed/1"),
        (file(perosns=[]), "perosns", "ejaannya"),
        (file(persons=[PERSON, PERSON]), "persons[1]", "dua kali"),
        (file(persons=[PERSON | {"name": "A\x00B"}]), "persons[0].name", "kendali"),
        (file(persons=[PERSON | {"name": ""}]), "persons[0].name", "pendek"),
        (file(persons=[PERSON | {"nationality": "china"}]), "persons[0].nationality", "CHN"),
        (file(persons=[PERSON | {"born_on": "31/12/1980"}]), "persons[0].born_on", "TTTT"),
        (file(people=[OFFICER | {"password": "pendek"}]), "people[0].password", "pendek"),
        (file(people=[OFFICER | {"nip": "12"}]), "people[0].nip", "18 angka"),
        (file(people=[OFFICER, OFFICER]), "people[1]", "dua kali"),
        (file(people={}), "people", "daftar"),
        (file(units=[{"code": "satu dua"}]), "units[0].code", "huruf besar"),
    ],
)
def test_a_faulty_file_is_refused_with_place_and_reason(data, where, word):
    found = faults(data)
    assert where in found
    assert word in found[where]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"starts": "31-02-2024"}, "tanggal"),
        ({"starts": "2024-02-01", "ends": "2024-02-01"}, "sesudah"),
        ({"acting": "Plh."}, "ends"),
        ({"territories": ["63.1"]}, "Kemendagri"),
    ],
)
def test_a_faulty_assignment_is_refused(changes, word):
    given = OFFICER["assignments"][0] | changes
    found = faults(file(people=[OFFICER | {"assignments": [given]}]))
    assert any(word in what for what in found.values())


def test_unknown_units_and_roles_are_faults_of_this_program_only():
    assert read_seed(file())
    found = faults(file(), known_units=frozenset(), known_roles=frozenset())
    assert found == {
        "people[0].assignments[0].unit": "satuan KANIM-BATULICIN tidak dikenal",
        "people[0].assignments[0].role": "peran field_officer tidak dikenal",
    }
    assert "units[0]" in faults(file(units=[{"code": "BARU"}]), known_units=KNOWN_UNITS)


def test_a_crossing_without_zone_and_a_permit_backwards_are_refused():
    crossing = {"checkpoint": "TPI-X", "direction": "in", "at": "2024-08-01T10:00:00"}
    permit = {"kind": "ITK", "number": "1", "valid_from": "2024-08-02", "valid_until": "2024-08-01"}
    found = faults(file(persons=[PERSON | {"crossings": [crossing], "permits": [permit]}]))
    assert any("zona" in what for what in found.values())
    assert any("valid_until" in what for what in found.values())


def test_a_flood_of_faults_is_cut_short():
    assert len(faults(file(persons=[{"id": f"P{n}"} for n in range(500)]))) <= 50


def test_the_whole_scenario_is_a_valid_seed():
    whole = seed_of(generate())
    data = whole.model_dump_json(exclude_none=True).encode()
    assert read_seed(data, known_units=KNOWN_UNITS, known_roles=frozenset(ROLES)) == whole
    assert len(whole.persons) > 1200


def test_the_cast_fills_every_role_of_people():
    filled = {given.role for one in cast().people for given in one.assignments}
    assert filled == {slug for slug in ROLES if not slug.startswith("machine_")}
    assert len({one.nip for one in cast().people}) == len(cast().people)


def test_the_four_offices_have_a_head_a_section_head_and_people_in_the_field():
    for office in OFFICES:
        roles = {g.role for one in cast().people for g in one.assignments if g.unit == office}
        assert {"kanim_head", "inteldakim_head", "field_officer"} <= roles


def test_the_acting_head_stands_in_for_five_days_only():
    (acting,) = [g for one in cast().people for g in one.assignments if g.acting]
    assert acting.role == "kanim_head"
    assert (acting.ends - acting.starts).days == 5


def test_everybody_signs_in_with_the_published_password():
    assert {one.password for one in officers().values()} == {demo_password()}


def test_the_example_of_the_contract_is_a_good_file():
    text = (Path(__file__).parents[5] / "docs" / "contract-seed.md").read_text(encoding="utf-8")
    example = text.split("```json")[1].split("```")[0]
    seed = read_seed(example.encode(), known_units=KNOWN_UNITS, known_roles=frozenset(ROLES))
    assert seed.persons[0].permits[0].valid_until == date(2025, 1, 31)
