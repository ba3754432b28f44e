"""Whom of the register some persons may be: those who share a key with one of them, found by index.

The conditions are those of linkage's blocking rules (`intake.linkage.model.BLOCKING`) over the kept keys, so
that what a list costs follows its own length. A test holds the pairs equal to those of comparing with
everybody.
"""

from collections.abc import Collection, Iterator
from typing import Final
from uuid import UUID

from django.db import connection

from timpora.apps.registry.types import DocumentOwner, LinkRecord

_SHARE_A_SOUND: Final = "string_to_array(k.link_sounds, ' ') && n.sounds"
_RULES: Final = (
    f"k.birth = n.birth AND length(n.birth) = 10 AND {_SHARE_A_SOUND}",
    f"k.birth = n.swapped AND {_SHARE_A_SOUND}",
    "k.link_letters = n.link_letters AND n.link_letters <> ''"
    " AND (k.birth = '' OR n.birth = '' OR left(k.birth, 4) = left(n.birth, 4))",
    "k.link_document = n.link_document AND n.link_document <> ''",
    "k.link_sounds = n.link_sounds AND n.link_sounds <> ''"
    " AND (left(k.birth, 4) = left(nullif(n.birth, ''), 4) OR substr(k.birth, 6, 5) = n.day)",
)
_ASKED: Final = """
WITH n AS MATERIALIZED (
  SELECT id, birth, link_letters, link_sounds, link_document, string_to_array(link_sounds, ' ') AS sounds,
    CASE WHEN length(birth) = 10 THEN left(birth, 5) || right(birth, 2) || '-' || substr(birth, 6, 2) END
      AS swapped,
    CASE WHEN length(birth) = 10 THEN right(birth, 5) END AS day
  FROM registry_person WHERE id = ANY(%s))
"""
# Each is looked up by itself and by its key. A planner that may join as it likes compares everybody with
# everybody while the register is not counted yet (autovacuum comes once a minute), as on an office's first
# day: a minute and a half for ten thousand, and a hundred times that for ten times as many.
NEIGHBOURS: Final = _ASKED + " UNION ".join(
    "SELECT found.id FROM n CROSS JOIN LATERAL ("  # noqa: S608 - ours
    f"SELECT k.id FROM registry_person k WHERE {rule} AND k.merged_into_id IS NULL OFFSET 0) found"
    for rule in _RULES
)
LINES: Final = """
SELECT p.id, p.name, p.birth, p.sex, p.nationality, p.document, coalesce((
    SELECT r.document_state FROM registry_record r WHERE r.person_id = p.id AND r.document_number <> ''
    ORDER BY r.reported_on DESC, r.id LIMIT 1), ''), p.territories
FROM registry_person p WHERE p.merged_into_id IS NULL AND (%(all)s OR p.id = ANY(%(ids)s)) ORDER BY p.id
"""
OWNERS: Final = """
SELECT DISTINCT r.document_number, r.document_state, r.person_id, r.birth, r.name, p.territories
FROM registry_record r JOIN registry_person p ON p.id = r.person_id
WHERE r.document_number = ANY(%s) AND p.merged_into_id IS NULL
"""
BIRTHS_TOLD: Final = """
SELECT document_number, array_agg(DISTINCT birth) FROM registry_record
WHERE document_number = ANY(%s) AND length(birth) = 10 AND agency = %s GROUP BY document_number
"""
CROWDS: Final = """
SELECT id FROM (
  SELECT id, row_number() OVER (PARTITION BY document, nationality ORDER BY id) AS place FROM registry_person
  WHERE id = ANY(%s) AND document <> '') AS told WHERE place > %s
"""


def neighbours(persons: Collection[UUID]) -> set[UUID]:
    """Return who shares a key with one of `persons`, those themselves included, as far as the actor sees."""
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOURS, [list(persons)])
        return {row[0] for row in cursor.fetchall()}


def lines(persons: Collection[UUID] | None) -> Iterator[LinkRecord]:
    """Yield persons as linkage compares them, in the order of their identifiers: those named, or all."""
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"all": persons is None, "ids": list(persons or ())})
        while rows := cursor.fetchmany(5_000):
            yield from (LinkRecord(*(*told, tuple(codes))) for *told, codes in rows)


def owners(numbers: Collection[str]) -> Iterator[tuple[str, str, DocumentOwner]]:
    """Yield (number, issuing state, holder) of what the records say of these document numbers."""
    with connection.cursor() as cursor:
        # One parameter for thousands of numbers: as many parameters would take longer than the answer.
        cursor.execute(OWNERS, [list(numbers)])
        for number, state, person, birth, name, territories in cursor.fetchall():
            yield number, state, DocumentOwner(person, birth, name, tuple(territories))


def births_told(agency: str, numbers: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the full birth dates that the lists of one agency tell of document numbers."""
    with connection.cursor() as cursor:
        cursor.execute(BIRTHS_TOLD, [list(numbers), agency])
        return {number: frozenset(births) for number, births in cursor.fetchall()}


def crowds(persons: Collection[UUID], most: int) -> set[UUID]:
    """Return those of `persons` who come behind the first `most` that hold the same number of a state."""
    with connection.cursor() as cursor:
        cursor.execute(CROWDS, [list(persons), most])
        return {row[0] for row in cursor.fetchall()}
