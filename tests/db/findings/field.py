"""Reports for tests: a team of Batulicin with an order, and what it sends."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from tests.again import again
from tests.conftest import DAY
from tests.db.operations import world
from timpora.apps.findings.types import (
    FindingKind,
    NewChecked,
    NewFinding,
    NewReport,
    Outcome,
    ReportKind,
    StepDone,
)

DEVICE = UUID("11111111-1111-4111-8111-111111111111")
MRZ = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
ANNA = NewChecked(
    outcome=Outcome.ADVISED,
    name="ERIKSSON ANNA MARIA",
    document_number="L898902C3",
    document_state="UTO",
    birth_text="12-08-1974",
    nationality="UTO",
    sex="P",
    mrz=MRZ,
    findings=(NewFinding(FindingKind.ADDRESS, "Alamat di izin: Banjarmasin."),),
)
KEPT = (
    StepDone("kenalkan-diri", DAY - timedelta(minutes=9)),
    StepDone("jelaskan", DAY - timedelta(minutes=8)),
    StepDone("bahasa", DAY - timedelta(minutes=7), language="Inggris"),
)
BUDI = NewChecked(outcome=Outcome.COMPLIANT, name="ALI", document_number="A 1234567")


@again
def at_work() -> tuple[UUID, UUID]:
    """Open the operation and send the team of Dodi to one target; return both."""
    world.people()
    operation = world.opened()
    target = world.approved(operation)
    world.issued(world.team(operation, target))
    return operation, target


def visit(operation: UUID, target: UUID | None, *checked: NewChecked, **words: object) -> NewReport:
    """Return a report of a visit; without persons it is nil."""
    report = NewReport(
        id=uuid4(),
        operation_id=operation,
        target_id=target,
        kind=ReportKind.EXAMINATION if checked else ReportKind.NIL,
        captured_at=DAY,
        device_id=DEVICE,
        device_seq=1,
        headcount=len(checked),
        checked=checked,
        lat=-3.45,
        lng=115.99,
        accuracy_m=12,
        steps=KEPT,
        note="Pos depan.",
    )
    return replace(report, **words)


def hour(text: str) -> datetime:
    """Return an instant on the test day from `HH.MM` in WITA."""
    hours, minutes = text.split(".")
    return DAY.replace(hour=int(hours) - 8, minute=int(minutes))
