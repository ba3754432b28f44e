"""An operation in full swing, made by the deeds of an office: targets, team, order, reports, cases."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from benchmarks.seed import CENTRE, OFFICE, ROLES
from timpora.apps.cases import actions as cases
from timpora.apps.findings import actions as findings
from timpora.apps.findings import queries as reports
from timpora.apps.findings.types import FindingKind, NewChecked, NewFinding, NewReport, Outcome, ReportKind
from timpora.apps.identity.actions import INSTALLER
from timpora.apps.identity.models import Unit
from timpora.apps.identity.queries import officer_list, unit_get
from timpora.apps.operations import actions as operations
from timpora.apps.operations.grounds import Ground
from timpora.apps.operations.types import NewOperation, NewPhase, Readiness
from timpora.apps.registry import queries as registry
from timpora.kernel import clock
from timpora.kernel.access import Actor, Grant, Purpose
from timpora.kernel.audit.log import disclosures_record
from timpora.kernel.database.session import acting_as

LOOKS_EACH = 25
Made = TypeVar("Made")


def lay(count: int) -> dict[str, Any]:
    """Open an operation with `count` targets of one office, a report each, a case for every second one."""
    team = officers()
    _as(INSTALLER, lambda _: Unit.objects.filter(pk=OFFICE).update(letterhead=_letterhead()))
    operation = _as(team["direktur"], _opened)
    _as(
        team["kepala"],
        lambda who: operations.office_answer(who, operation_id=operation, readiness=Readiness.READY),
    )
    targets = [_target(team, operation, number) for number in range(count)]
    squad = _as(team["inteldakim"], lambda who: operations.team_form(
        who, operation_id=operation, name="Regu 1", leader_id=team["petugas"].id, member_ids=[],
        target_ids=targets,
    ))  # fmt: skip
    order = _as(team["inteldakim"], lambda who: operations.order_draft(who, team_id=squad))
    _as(team["kepala"], lambda who: operations.order_issue(who, order_id=order))
    for number, target in enumerate(targets):
        report = _report(operation, target, number)
        _as(team["petugas"], lambda who, r=report: findings.report_submit(who, report=r))
        if number % 2:
            _case(team["inteldakim"], report.id)
    _looks(team["direktur"], count * LOOKS_EACH)
    return {"operation": str(operation), "targets": [str(target) for target in targets]}


def officers() -> dict[str, Actor]:
    """Return the officers who are measured, by the name they sign in with."""
    return {name: _officer(name, *held) for name, held in ROLES.items()}


def _officer(name: str, role: str, code: str) -> Actor:
    unit = unit_get(code)
    assert unit, code
    grant = Grant(role=role, unit_code=code, unit_name=unit.name, territories=unit.areas, zone=unit.zone)
    head = Actor(UUID(int=1), "", (Grant("kanim_head", CENTRE, "", ("ID",)),))
    found = _as(head, lambda who: {row.username: row for row in officer_list(who, unit=code)})[name]
    purpose = Purpose("operasi", "Ukuran")
    return Actor(found.id, found.name, (grant,), purpose=purpose, nip=found.nip)


def _as(actor: Actor, do: Callable[[Actor], Made]) -> Made:
    with acting_as(actor):
        return do(actor)


def _letterhead() -> dict[str, str]:
    return {"address": "Jalan Contoh 1, Simpang Empat", "place": "Batulicin", "code": "W.19.IMI.IMI.2"}


def _opened(director: Actor) -> UUID:
    today = datetime.combine(clock.today("Asia/Jakarta"), datetime.min.time())
    phase = NewPhase("Tahap I", today, today + timedelta(days=3))
    new = NewOperation(
        name=f"Ukuran {uuid4().hex[:6]}", kind="serentak", phases=(phase,), order_number="IMI.5-0001/2024",
        order_on=today.date(),
    )  # fmt: skip
    return operations.operation_open(director, new=new)


def _target(team: dict[str, Actor], operation: UUID, number: int) -> UUID:
    target = _as(team["inteldakim"], lambda who: operations.target_propose(
        who, operation_id=operation, name=f"Mes PT Contoh {number}", address=f"Jalan Contoh {number}",
        wilayah="63.10.06", lat=-3.45 + number / 1000, lng=115.99 + (number % 7) / 500,
        ground=Ground.EMPLOYER_VISIT, ground_text="Daftar TKA: 14 orang.", checks="Cocokkan paspor.",
    ))  # fmt: skip
    _as(team["kepala"], lambda who: operations.target_decide(who, target_id=target, is_approved=True))
    return target


def _report(operation: UUID, target: UUID, number: int) -> NewReport:
    found = (NewFinding(FindingKind.WORK_PLACE),)
    checked = tuple(
        NewChecked(Outcome.COMPLIANT if at else Outcome.PASSPORT_RETAINED, name=f"CONTOH {number} {at}",
                   document_number=f"E{number:05}{at}", findings=() if at else found)
        for at in range(4)
    )  # fmt: skip
    return NewReport(
        id=uuid4(), operation_id=operation, kind=ReportKind.EXAMINATION, captured_at=clock.now(),
        device_id=UUID(int=number), device_seq=1, target_id=target, headcount=4, checked=checked,
        lat=-3.45, lng=115.99, accuracy_m=12,
    )  # fmt: skip


def _case(inteldakim: Actor, report: UUID) -> None:
    view = _as(inteldakim, lambda who: reports.report_get(who, report))
    checked = view.checked[0].id
    _as(inteldakim, lambda who: cases.case_open(who, because="Ukuran", report_id=report, checked_id=checked))


def _looks(director: Actor, count: int) -> None:
    """Give the audit log the length of a working month."""
    for _ in range(count // 500 + 1):
        with acting_as(director):
            rows = registry.person_newest(director, limit=500)
            people = [(row.id, row.territories) for row in rows]
            disclosures_record(director, people, what="hasil pencarian")
