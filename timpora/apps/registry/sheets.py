"""Fact sheets: what rules may see of a person, with everything that says who the person is left out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from timpora.apps.registry.models import Crossing, Permit, Record, Stay, Work
from timpora.apps.registry.types import source_told
from timpora.domain.periods import period_told
from timpora.domain.permits import PermitKind
from timpora.domain.rules import facts
from timpora.domain.territory import WIB, zone_of

# Houses in which nights are paid for; whoever is reported elsewhere (mes, kos, rumah sewa) lives there.
LODGINGS = frozenset(
    {"guest", "homestay", "hotel", "losmen", "motel", "penginapan", "resort", "villa", "wisma"}
)


@dataclass(slots=True)
class _Gathered:
    """The facts of one person while they are being collected."""

    permits: list[facts.PermitFact] = field(default_factory=list)
    crossings: list[facts.CrossingFact] = field(default_factory=list)
    stays: list[facts.StayFact] = field(default_factory=list)
    works: list[facts.WorkFact] = field(default_factory=list)
    plans: list[facts.PlanFact] = field(default_factory=list)
    guarantees: list[facts.GuaranteeFact] = field(default_factory=list)

    def sheet(self, crossings_since: date | None) -> facts.FactSheet:
        return facts.FactSheet(
            permits=tuple(self.permits),
            crossings=tuple(self.crossings),
            stays=tuple(self.stays),
            works=tuple(self.works),
            plans=tuple(self.plans),
            guarantees=tuple(self.guarantees),
            crossings_since=crossings_since,
        )


def sheets_of(
    persons: Sequence[UUID], crossings_since: date | None
) -> Iterator[tuple[UUID, facts.FactSheet]]:
    """Yield the fact sheet of each person, in the order given; six queries however many they are."""
    fields = ("pk", "person_id", "agency", "source", "row", "reported_on")
    records = {r.pk: r for r in Record.objects.filter(person_id__in=persons).only(*fields)}
    held: dict[UUID, _Gathered] = defaultdict(_Gathered)
    wanted = list(records)
    for permit in Permit.objects.filter(record_id__in=wanted).order_by("pk"):
        _permit_add(held[records[permit.record_id].person_id], permit, records[permit.record_id])
    for crossing in Crossing.objects.filter(record_id__in=wanted).order_by("pk"):
        record = records[crossing.record_id]
        held[record.person_id].crossings.append(_crossing(crossing, record))
    for stay in Stay.objects.filter(record_id__in=wanted).order_by("pk"):
        record = records[stay.record_id]
        held[record.person_id].stays.append(_stay(stay, record))
    _works_add(held, list(Work.objects.filter(record_id__in=wanted).order_by("pk")), records)
    for person in persons:
        yield person, held[person].sheet(crossings_since)


def _ref(identifier: UUID, record: Record) -> facts.FactRef:
    told = source_told(record.agency, record.source)
    label = f"{told}, baris {record.row}" if record.row is not None else told
    return facts.FactRef(fact_id=str(identifier), label=label, recorded_on=record.reported_on)


def _permit_add(held: _Gathered, permit: Permit, record: Record) -> None:
    source = _ref(permit.pk, record)
    if permit.kind in set(PermitKind) and (permit.starts or permit.ends):
        held.permits.append(
            facts.PermitFact(
                source=source,
                kind=PermitKind(permit.kind),
                period=period_told(permit.starts, permit.ends, told_on=record.reported_on),
                visa_index=permit.visa_index,
                place=permit.wilayah,
            ),
        )
    if permit.guarantor or permit.guarantor_ends:
        held.guarantees.append(facts.GuaranteeFact(source=source, ended_on=permit.guarantor_ends))


def _crossing(crossing: Crossing, record: Record) -> facts.CrossingFact:
    zone = zone_of(crossing.wilayah) if crossing.wilayah else WIB
    way = facts.Direction.ENTRY if crossing.direction == "in" else facts.Direction.EXIT
    return facts.CrossingFact(_ref(crossing.pk, record), way, crossing.at.astimezone(ZoneInfo(zone)).date())


def _stay(stay: Stay, record: Record) -> facts.StayFact:
    words = set(stay.lodging.casefold().split())
    kind = facts.StayKind.LODGING if words & LODGINGS else facts.StayKind.RESIDENCE
    return facts.StayFact(
        source=_ref(stay.pk, record),
        kind=kind,
        period=period_told(stay.starts, stay.ends, told_on=record.reported_on),
        place=stay.wilayah,
        premises=" ".join(f"{stay.lodging} {stay.address}".casefold().split()),
        reported_on=stay.reported_on,
    )


def _works_add(held: dict[UUID, _Gathered], works: list[Work], records: dict[UUID, Record]) -> None:
    seen: dict[UUID, date] = {}
    for work in works:
        record = records[work.record_id]
        if not work.is_plan and work.wilayah:
            on = work.starts or record.reported_on
            seen[record.pk] = min(on, seen.get(record.pk, on))
            source = _ref(work.pk, record)
            held[record.person_id].works.append(facts.WorkFact(source, on, work.wilayah))
    for plan in works:
        record = records[plan.record_id]
        if plan.is_plan:
            # A row that states plan and visit together says that the plan held at the visit.
            told_on = seen.get(record.pk, record.reported_on)
            period = period_told(plan.starts, plan.ends, told_on=told_on)
            places = (plan.wilayah,) if plan.wilayah else ()
            held[record.person_id].plans.append(facts.PlanFact(_ref(plan.pk, record), period, places))
