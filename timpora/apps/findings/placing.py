"""Where a report belongs: its target, its check without an order, or the whole office."""

from dataclasses import dataclass
from uuid import UUID

from timpora.apps.findings.errors import EncounterUnknown, NilWithPeople, OfficeUnknown, TaskUnknown
from timpora.apps.findings.types import NewReport, ReportKind
from timpora.apps.identity import queries as identity
from timpora.apps.operations import queries as operations
from timpora.domain.territory import within
from timpora.kernel.access import AccessDenied, Actor, P


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report belongs, as the server knows it: never as the device says."""

    unit_code: str
    unit_name: str
    wilayah: str


def place_of(actor: Actor, report: NewReport) -> Place:
    """Return where a report belongs; raises what `report_submit` names."""
    if report.kind is ReportKind.NIL and (report.headcount or report.checked or report.findings):
        raise NilWithPeople
    if report.encounter_id is not None:
        return _encounter_of(actor, report, report.encounter_id)
    if report.target_id is None:
        return _office_of(actor, report)
    try:
        target = operations.target_place(actor, report.target_id)
    except AccessDenied as denied:
        raise TaskUnknown from denied
    if target.operation_id != report.operation_id:
        raise TaskUnknown
    return Place(target.unit_code, _name_of(target.unit_code), target.wilayah)


def home_of(actor: Actor) -> Place:
    """Return an officer's unit, for what belongs to no task; its seat where his territory holds it."""
    grant = next(iter(actor.grants_for(P.FINDINGS_REPORT_SUBMIT)), actor.main)
    if grant is None:
        raise AccessDenied
    unit = identity.unit_get(grant.unit_code)
    is_home = unit is not None and any(within(unit.wilayah, place) for place in grant.territories)
    return Place(grant.unit_code, grant.unit_name, unit.wilayah if unit and is_home else grant.territories[0])


def _encounter_of(actor: Actor, report: NewReport, encounter_id: UUID) -> Place:
    if report.target_id is not None:
        raise EncounterUnknown
    try:
        met = operations.encounter_get(actor, encounter_id)
    except AccessDenied as denied:
        raise EncounterUnknown from denied
    if met.operation_id != report.operation_id or met.decided_at is None:
        raise EncounterUnknown
    return Place(met.unit_code, _name_of(met.unit_code), met.wilayah)


def _office_of(actor: Actor, report: NewReport) -> Place:
    if report.kind is not ReportKind.NIL:
        raise TaskUnknown
    mine = {grant.unit_code for grant in actor.grants_for(P.FINDINGS_OFFICE_NIL)}
    for office in operations.office_list(actor, report.operation_id) if mine else []:
        if office.unit_code in mine:
            return Place(office.unit_code, office.name, office.wilayah)
    raise OfficeUnknown


def _name_of(unit_code: str) -> str:
    unit = identity.unit_get(unit_code)
    return unit.name if unit else unit_code
