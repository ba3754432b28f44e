"""Records become persons, persons are found and read with a purpose, and a merge leaves no residue."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.serializers import serialize
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import bayu, citra, dodi, machine
from tests.depth import times
from timpora.apps.intake.types import SOURCE_WORDS
from timpora.apps.registry import actions, errors, queries
from timpora.apps.registry.models import Person, PersonKey, Record
from timpora.apps.registry.profile import NAME_SOURCES
from timpora.apps.registry.types import NewCrossing, NewPermit, NewRecord, NewStay, Source
from timpora.kernel.access import AccessDenied, PurposeMissing
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db

HOTEL = Source(
    agency="HOTEL", label="Laporan Hotel Ebony, baris", reported_on=date(2024, 8, 19), places=("63.10",)
)


def record(name="LI WEI", **fields):
    fields.setdefault("person", uuid4())
    return NewRecord(id=uuid4(), name=name, **fields)


def add(*records, source=HOTEL):
    with acting_as(machine):
        return actions.records_add(machine, source=source, records=records)


def snapshot():
    with acting_as(machine):
        keys = sorted(PersonKey.objects.values_list("person_id", "key"))
        return serialize("json", [*Person.objects.order_by("id"), *Record.objects.order_by("id")]), keys


def test_a_row_sent_twice_is_one_record():
    row = record(facts=(NewStay(starts=date(2024, 8, 18), lodging="Ebony", wilayah="63.10.01"),))
    assert add(row) == 1
    assert add(row) == 0
    with acting_as(bayu):
        page = queries.person_get(bayu, row.person)
        assert [s.lodging for s in page.stays] == ["Ebony"]
        assert page.person.territories == ("63", "63.10", "63.10.01", "ID")


def test_a_person_is_read_with_a_purpose_within_the_territory_and_the_read_is_logged():
    row = record(facts=(NewPermit(kind="ITAS", ends=date(2024, 8, 10)),))
    add(row)
    with acting_as(bayu):
        assert queries.person_get(bayu, row.person).person.name == "LI WEI"
        logged = Entry.objects.filter(person_id=row.person, actor_id=bayu.id)
        assert [e.purpose for e in logged] == ["operasi: Jagratara II"]
        with pytest.raises(PurposeMissing):
            queries.person_get(bayu.for_purpose(None), row.person)
    for stranger in (citra, dodi):
        with acting_as(stranger), pytest.raises(AccessDenied):
            queries.person_get(stranger, row.person)


def test_the_wall_below_holds_when_a_query_forgets_its_scope():
    add(record())
    with acting_as(citra):
        assert not Person.objects.exists()
        assert not Record.objects.exists()
        assert not PersonKey.objects.exists()
    with acting_as(bayu):
        assert Record.objects.count() == 1


def test_search_finds_by_words_in_any_order_and_by_document():
    row = record("MUHAMMAD ALI HASSAN", document_number="A1234567")
    add(row, record("OTHER NAME"))
    with acting_as(bayu):
        for text in ("hassan muhammad", "a 1234567", "Ali"):
            assert [p.id for p in queries.person_search(bayu, text)][:1] == [row.person]
        assert queries.person_search(bayu, "tidak ada") == []
        assert Entry.objects.filter(tag="registry:person:searched", person_id=row.person).count() == 3
    with acting_as(citra):
        assert queries.person_search(citra, "Ali") == []


def test_the_profile_is_what_the_newest_document_says_and_invents_nothing():
    person = uuid4()
    passport = record("LI WEI", person=person, birth="1985-03-12", document_number="E1", nationality="CHN")
    guest = record("LIWEI", person=person, birth="1985")
    add(passport)
    add(guest, source=replace(HOTEL, reported_on=date(2024, 8, 20)))
    with acting_as(bayu):
        row = queries.person_get(bayu, person).person
    assert (row.name, row.birth, row.sex, row.document) == ("LI WEI", "1985-03-12", "", "E1")


def test_every_kind_of_list_has_its_place_in_the_order_of_names():
    assert set(NAME_SOURCES) == set(SOURCE_WORDS.values())


def test_the_name_is_spelt_as_the_source_nearest_to_the_document_spells_it():
    person = uuid4()
    spelt = {}
    for age, label in enumerate(reversed(NAME_SOURCES)):
        told = record(f"LI WEI {'ABCD'[age]}", person=person, document_number="E1")
        add(told, source=Source("KANTOR", label, date(2024, 8, 19 - age), ("63.10",)))
        spelt[label] = told.name
        with acting_as(bayu):
            page = queries.person_get(bayu, person)
        assert page.person.name == spelt[label]
    assert {row.name for row in page.records} == set(spelt.values())
    with acting_as(bayu):
        assert queries.person_rows(bayu, [person])[person].name == spelt["daftar perlintasan"]


@pytest.fixture
def two_persons():
    left = record("LI WEI", document_number="E1", facts=(NewPermit(kind="ITAS"),))
    right = record(
        "WEI LI",
        birth="1985",
        facts=(NewCrossing(direction="in", at=datetime(2024, 8, 1, tzinfo=UTC), wilayah="63.71"),),
    )
    add(left, right)
    return left.person, right.person


def test_a_merge_moves_records_and_undoing_it_leaves_both_byte_identical(two_persons):
    before = snapshot()
    with acting_as(bayu):
        merge = actions.person_merge(bayu, keep=two_persons[0], absorb=two_persons[1], because="paspor sama")
        page = queries.person_get(bayu, two_persons[1])
        assert (page.person.id, page.person.records_count) == (two_persons[0], 2)
    assert snapshot() != before
    with acting_as(bayu):
        actions.person_unmerge(bayu, merge_id=merge, because="dua orang berbeda")
    assert snapshot() == before


def test_merge_refusals_name_their_reason(two_persons):
    keep, absorb = two_persons
    with acting_as(bayu):
        merge = actions.person_merge(bayu, keep=keep, absorb=absorb, because="sama")
        cases = [
            (errors.SamePerson, lambda: actions.person_merge(bayu, keep=keep, absorb=keep, because="x")),
            (errors.PersonUnknown, lambda: actions.person_merge(bayu, keep=keep, absorb=absorb, because="x")),
            (errors.ReasonMissing, lambda: actions.person_unmerge(bayu, merge_id=merge, because=" \0 ")),
        ]
        for refusal, attempt in cases:
            with pytest.raises(refusal):
                attempt()
        actions.person_unmerge(bayu, merge_id=merge, because="beda")
        with pytest.raises(errors.MergeUndone):
            actions.person_unmerge(bayu, merge_id=merge, because="lagi")


@settings(max_examples=times(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=6))
def test_any_chain_of_merges_undone_newest_first_leaves_no_residue(pairs):
    people = [record(f"ORANG {i}", document_number=f"D{i}") for i in range(5)]
    add(*people)
    before = snapshot()
    done = []
    with acting_as(bayu):
        for left, right in pairs:
            try:
                keep, absorb = people[left].person, people[right].person
                done.append(actions.person_merge(bayu, keep=keep, absorb=absorb, because="uji"))
            except (errors.SamePerson, errors.PersonUnknown):
                continue
        for merge in reversed(done):
            actions.person_unmerge(bayu, merge_id=merge, because="uji")
    assert snapshot() == before
