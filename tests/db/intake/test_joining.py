"""A list is compared only with those of the register who share a key, and that finds every pair."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid5

import pytest
from django.db import connection

from benchmarks.linkage.people import labelled
from tests.cast import citra, machine
from timpora.apps.intake import joining
from timpora.apps.intake.linkage import LinkRecord, link
from timpora.apps.registry import actions, neighbours, queries
from timpora.apps.registry.types import NewRecord, Source
from timpora.config.settings_test import APP_ROLE
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db

SPACE = UUID("5a5c7e0e-52f7-4a3f-8c61-5b8ad6a0f001")
SOURCE = Source(agency="UJI", label="Uji", reported_on=date(2024, 8, 20), places=("63.10",))

HERE = {"places": SOURCE.places}

# Pairs that only one rule each finds: day and month swapped, and words written together.
HARD = (
    [
        LinkRecord("k1", ("QORBONALI ZUBEXO",), "1980-05-01", "M", "TJK", is_known=True),
        LinkRecord("k2", ("TWUMASI AFRIYIE",), "1975", "F", "GHA", is_known=True),
    ],
    [
        LinkRecord("n1", ("QORBONALI ZUBEXO FARHODI",), "1980-01-05", "M", "TJK"),
        LinkRecord("n2", ("TWUMASIAFRIYIE",), "1975-03-02", "F", "GHA"),
    ],
)


def person_of(record: LinkRecord) -> UUID:
    return uuid5(SPACE, record.id)


def new_records(records: list[LinkRecord]) -> Iterator[NewRecord]:
    for record in records:
        document = record.documents[0] if record.documents else None
        yield NewRecord(
            id=uuid5(person_of(record), "baris"),
            person=person_of(record),
            name=record.names[0] if record.names else "",
            birth=record.birth,
            sex=record.sex,
            nationality=record.nationality,
            document_number=document.number if document else "",
            document_state=document.state if document else "",
        )


@pytest.fixture(scope="module")
def people() -> tuple[list[LinkRecord], list[LinkRecord]]:
    """Known persons, and newcomers of whom many are one of them, written as people write."""
    records, _ = labelled(11, 500)
    known = [record for record in records if record.is_known]
    fresh = [record for record in records if not record.is_known]
    return [*known, *HARD[0]], [*fresh[::4], *HARD[1]]


@pytest.fixture
def newcomers(people) -> set[UUID]:
    known, fresh = people
    with acting_as(machine):
        actions.records_add(machine, source=SOURCE, records=list(new_records([*known, *fresh])))
    return {person_of(record) for record in fresh}


def test_comparing_with_who_shares_a_key_gives_what_comparing_with_everybody_gives(people, newcomers):
    with acting_as(machine):
        few = list(joining.records_of(queries.link_candidates(machine, persons=newcomers), newcomers, **HERE))
        everybody = list(joining.records_of(queries.link_records(machine), newcomers, **HERE))
    assert len(few) < len(newcomers) + (len(everybody) - len(newcomers)) * 0.7
    assert link(few) == link(everybody)
    assert len(link(few).same) > 20
    assert len(link(few).doubtful) > 5
    found = {(pair.left, pair.right) for pair in link(few).pairs}
    for one, other in zip(*HARD, strict=True):
        assert tuple(sorted((str(person_of(one)), str(person_of(other))))) in found


def test_a_merge_and_its_undoing_keep_the_keys_true(people, newcomers):
    def found() -> set[UUID]:
        with acting_as(machine):
            return {row.person for row in queries.link_candidates(machine, persons=newcomers)}

    before = found()
    known = sorted(before - newcomers)
    with acting_as(machine):
        merge = actions.person_merge(machine, keep=known[0], absorb=known[1], because="uji")
    assert known[1] not in found()
    with acting_as(machine):
        actions.person_unmerge(machine, merge_id=merge, because="uji")
    assert found() == before


def test_candidates_are_not_told_to_whom_may_not_add_records(newcomers):
    with acting_as(citra), pytest.raises(AccessDenied):
        list(queries.link_candidates(citra, persons=newcomers))
    with acting_as(citra), pytest.raises(AccessDenied):
        list(queries.link_records(citra))


def test_whom_a_list_may_mean_is_found_by_index(newcomers):
    """On a register that the planner takes for large, no rule reads it from end to end."""
    with acting_as(machine), connection.cursor() as cursor:
        # Whatever an earlier test left the planner to believe, it knows these five hundred.
        cursor.execute(f"RESET ROLE; ANALYZE registry_person; SET ROLE {APP_ROLE}")
        # To read five hundred once and compare them in memory is cheap, and ruinous for a million.
        for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "material", "memoize"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute("EXPLAIN " + neighbours.NEIGHBOURS, [list(newcomers)])
        plan = "\n".join(line for (line,) in cursor.fetchall())
        # A register that was filled a moment ago is not counted yet. Whatever the planner believes of it, it
        # has no other way: it would compare everybody with everybody.
        for way, switch in (("nestloop", "off"), ("hashjoin", "on"), ("mergejoin", "on")):
            cursor.execute(f"SET LOCAL enable_{way} = {switch}")
        cursor.execute("EXPLAIN " + neighbours.NEIGHBOURS, [list(newcomers)])
        assert " Join" not in "\n".join(line for (line,) in cursor.fetchall())
    for index in ("person_birth", "person_link_letters", "person_link_sounds", "person_link_document"):
        assert index in plan
    assert "Seq Scan on registry_person" not in plan
