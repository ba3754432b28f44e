"""For which places a list may speak: a stay or work is told by those in whose area it is.

Else anybody's file could be brought before an office, or a sign be planted there, by an agency at the other
end of the country. Crossings and permits come from Immigration alone, which is told of other checkpoints by
the centre and of addresses by the holders, so their places stay free.
"""

from collections.abc import Iterator
from functools import lru_cache

from timpora.apps.intake.kinds import PersonRecord, StayRecord, WorkRecord
from timpora.domain.territory import closure, within


def strays(record: PersonRecord, places: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each region of a row that lies outside the places of its list.

    Of a worker met at a visit the plan (RPTKA) may name a place elsewhere: that it does is what the visit
    found out.
    """
    if isinstance(record, StayRecord):
        if _is_outside(record.region_code, places):
            yield "region", str(record.region_code)
    elif isinstance(record, WorkRecord):
        work, plan = record.work_place_region, record.plan_place_region
        if _is_outside(work, places):
            yield "work_region" if record.work_region else "work_location", str(work)
        if _is_outside(plan, places) and not (record.is_visit and work and not _is_outside(work, places)):
            yield "plan_region" if record.plan_region else "plan_location", str(plan)


@lru_cache(maxsize=10_000)  # the rows of a list name the same few places
def _is_outside(code: str | None, places: tuple[str, ...]) -> bool:
    # A larger region that holds one of the places tells nothing that the list does not tell by itself.
    return bool(code) and code not in closure(places) and not any(within(str(code), one) for one in places)
