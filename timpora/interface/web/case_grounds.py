"""What a case may be opened from, where the officer came without an origin: persons met with findings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import QueryDict

from timpora.apps.cases import queries
from timpora.apps.findings.queries import MET_PAGE, met_get, met_holder
from timpora.apps.findings.types import FINDINGS, MetRow
from timpora.apps.wilayah import queries as wilayah
from timpora.apps.wilayah.types import RegionView
from timpora.domain.territory import zone_of
from timpora.interface.web.doubtful_holders import holders_shown
from timpora.interface.web.paging import page_of
from timpora.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class MetLine:
    """One person met, as the template writes it; `zone` is that of the place.

    `doubtful_holder` is whom the number of the document alone names.
    """

    row: MetRow
    place: str
    zone: str
    found: tuple[str, ...]
    open_query: str
    doubtful_holder: UUID | None = None


def grounds_parts(actor: Actor, number: int) -> dict[str, object]:
    """Return page `number` of those met with findings on whom no case is at hand."""
    rows, total = queries.met_openable(actor, page=number)
    names = wilayah.regions_by_code({row.wilayah for row in rows})
    lines = [_line(row, names) for row in rows]
    page = page_of(number, size=MET_PAGE, shown=len(rows), total=total, address=lambda n: _query(hal=n))
    return {"lines": lines, "page": page}


def ground_of(actor: Actor, report_id: UUID | None, checked_id: UUID | None) -> MetLine | None:
    """Return on whom a case would be opened, as lists show him; nothing where he may not be read."""
    row = met_get(actor, checked_id) if report_id and checked_id else None
    if row is None or row.report_id != report_id:
        return None
    holders = holders_shown(actor, [met_holder(actor, row.checked_id)])
    line = _line(row, wilayah.regions_by_code({row.wilayah}))
    return replace(line, doubtful_holder=next(iter(holders), None))


def _line(row: MetRow, names: Mapping[str, RegionView]) -> MetLine:
    return MetLine(
        row=row,
        place=names[row.wilayah].chain if row.wilayah in names else row.wilayah,
        zone=zone_of(row.wilayah),
        found=tuple(str(FINDINGS[kind]) for kind in row.kinds),
        open_query=_query(laporan=row.report_id, orang=row.checked_id),
    )


def _query(**words: object) -> str:
    query = QueryDict(mutable=True)
    query.update({name: str(word) for name, word in words.items()})
    return "?" + query.urlencode()
