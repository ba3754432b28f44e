"""Fact sheets: what rules may see of a person, with everything that says who the person is left out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from timpora.apps.registry.models import Crossing, Permit, Record, Stay, Work
from timpora.domain.periods import period_told
from timpora.domain.permits import PermitKind
from timpora.domain.rules import facts
from timpora.domain.territory import WIB, zone_of


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
    fields = ("pk", "person_id", "source", "row", "reported_on")
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
    for work in Work.objects.filter(record_id__in=wanted).order_by("pk"):
        _work_add(held[records[work.record_id].person_id], work, records[work.record_id])
    for person in persons:
        yield person, held[person].sheet(crossings_since)


def _ref(identifier: UUID, record: Record) -> facts.FactRef:
    label = f"{record.source}, baris {record.row}" if record.row is not None else record.source
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
    kind = facts.StayKind.LODGING if stay.lodging else facts.StayKind.RESIDENCE
    return facts.StayFact(
        source=_ref(stay.pk, record),
        kind=kind,
        period=period_told(stay.starts, stay.ends, told_on=record.reported_on),
        place=stay.wilayah,
        premises=" ".join(f"{stay.lodging} {stay.address}".casefold().split()),
        reported_on=stay.reported_on,
    )


def _work_add(held: _Gathered, work: Work, record: Record) -> None:
    source = _ref(work.pk, record)
    if work.is_plan:
        places = (work.wilayah,) if work.wilayah else ()
        held.plans.append(
            facts.PlanFact(source, period_told(work.starts, work.ends, told_on=record.reported_on), places)
        )
    elif work.wilayah:
        held.works.append(facts.WorkFact(source, work.starts or record.reported_on, work.wilayah))
