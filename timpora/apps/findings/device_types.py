"""Phones of the field and reports in quarantine, as they are shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from timpora.apps.findings.kinds import ReportKind, Withheld


@dataclass(frozen=True, slots=True)
class RevocationView:
    """Who revoked a phone, when and why."""

    by: str
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A phone with the officers who used it, the last first; `queue` is what it last said that waits."""

    device_id: UUID
    officers: tuple[str, ...]
    unit_code: str
    unit_name: str
    wilayah: str
    last_at: datetime
    queue: int
    revocation: RevocationView | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """How a report in quarantine was decided."""

    is_released: bool
    by: str
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class QuarantineView:
    """A report in quarantine: whose, when, of which phone and how much; no word of whom it names."""

    id: UUID
    report_id: UUID
    receipt_number: str
    reason: Withheld
    operation_id: UUID
    target_id: UUID | None
    unit_code: str
    unit_name: str
    wilayah: str
    officer_id: UUID
    officer_name: str
    device_id: UUID
    device_seq: int
    kind: ReportKind
    headcount: int
    checks_count: int
    findings_count: int
    captured_at: datetime
    received_at: datetime
    decision: DecisionView | None
