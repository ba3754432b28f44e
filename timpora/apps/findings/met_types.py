"""What lists tell of a person met with findings."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from timpora.apps.findings.kinds import FindingKind


@dataclass(frozen=True, slots=True)
class MetRow:
    """A person met with findings in one line of a list; name and document are masked."""

    checked_id: UUID
    report_id: UUID
    receipt_number: str
    unit_name: str
    wilayah: str
    captured_at: datetime
    name: str
    document: str
    kinds: tuple[FindingKind, ...]
