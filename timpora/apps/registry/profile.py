"""A person's line as the pure result of its records: the same records always give the same line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from timpora.domain.names import name_keys

DOCUMENT_PREFIX = "dok:"
# Whose spelling of a name leads, the nearest to the travel document first. At a checkpoint a machine reads
# the zone of the passport; a permit is typed from the passport that lies before Immigration; an employer
# copies it from papers; a lodging writes what it hears or sees at its desk. A newer list of a
# kind that stands farther off never changes the name. What is not named here stands last.
NAME_SOURCES: Final = (
    "daftar perlintasan",
    "daftar izin tinggal",
    "daftar tenaga kerja asing",
    "laporan penginapan",
)


class RecordRow(NamedTuple):
    """A record as its table holds it, in the order of its columns."""

    id: UUID
    person_id: UUID
    submission_id: UUID | None
    row: int | None
    agency: str
    source: str
    reported_on: date
    recorded_at: datetime
    name: str
    birth: str
    birth_place: str
    sex: str
    nationality: str
    document_kind: str
    document_number: str
    document_state: str
    document_ends: date | None
    territories: list[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """The columns of a person and its look-up keys."""

    name: str
    birth: str
    sex: str
    nationality: str
    document: str
    territories: tuple[str, ...]
    keys: tuple[str, ...]


def document_key(number: str) -> str:
    """Return the look-up key of a document number, however it was spaced."""
    return DOCUMENT_PREFIX + "".join(c for c in number.upper() if c.isalnum())


def profile_of(records: Sequence[RecordRow]) -> Profile:
    """Say who the records are about: the newest report that knows a thing tells it, but for the name.

    The name is spelt as the source nearest to the travel document spells it (`NAME_SOURCES`). Ties fall to
    the smaller identifier, so that order of arrival never matters.
    """
    newest = sorted(records, key=lambda r: (-r.reported_on.toordinal(), str(r.id)))
    by_document = [r for r in newest if r.document_number]
    # Within one kind of source, who is told with a document is written as that has it; a list may shorten it.
    named = sorted(newest, key=lambda r: (_farness(r.source), not r.document_number))
    return Profile(
        name=_first(named, "name"),
        birth=max((r.birth for r in (*by_document, *newest) if r.birth), key=len, default=""),
        sex=_first(newest, "sex"),
        nationality=_first(newest, "nationality"),
        document=by_document[0].document_number if by_document else "",
        territories=tuple(sorted({code for r in records for code in r.territories})),
        keys=_keys(records),
    )


def _farness(source: str) -> int:
    return NAME_SOURCES.index(source) if source in NAME_SOURCES else len(NAME_SOURCES)


def _first(records: Sequence[RecordRow], field: str) -> str:
    return next((value for r in records if (value := getattr(r, field))), "")


def _keys(records: Sequence[RecordRow]) -> tuple[str, ...]:
    names = {key for record in records for key in name_keys(record.name)}
    documents = {document_key(r.document_number) for r in records if r.document_number}
    return tuple(sorted(names | documents))
