"""What a case may be opened from, where the officer came without an origin: persons met with findings."""

from dataclasses import dataclass

from django.http import QueryDict

from timpora.apps.cases import queries
from timpora.apps.findings.queries import MET_PAGE
from timpora.apps.findings.types import FINDINGS, MetRow
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.territory import zone_of
from timpora.interface.web.paging import page_of
from timpora.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class MetLine:
    """One person met, as the template writes it; `zone` is that of the place."""

    row: MetRow
    place: str
    zone: str
    found: tuple[str, ...]
    open_query: str


def grounds_parts(actor: Actor, number: int) -> dict[str, object]:
    """Return page `number` of those met with findings on whom no case is at hand."""
    rows, total = queries.met_openable(actor, page=number)
    names = wilayah.regions_by_code({row.wilayah for row in rows})
    lines = [
        MetLine(
            row=row,
            place=names[row.wilayah].chain if row.wilayah in names else row.wilayah,
            zone=zone_of(row.wilayah),
            found=tuple(str(FINDINGS[kind]) for kind in row.kinds),
            open_query=_query(laporan=row.report_id, orang=row.checked_id),
        )
        for row in rows
    ]
    page = page_of(number, size=MET_PAGE, shown=len(rows), total=total, address=lambda n: _query(hal=n))
    return {"lines": lines, "page": page}


def _query(**words: object) -> str:
    query = QueryDict(mutable=True)
    query.update({name: str(word) for name, word in words.items()})
    return "?" + query.urlencode()
