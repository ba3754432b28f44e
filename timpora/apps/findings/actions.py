"""What the office does with reports: takes them, decides between them, and answers for phones and numbers."""

from timpora.apps.findings.closing import gap_close
from timpora.apps.findings.day import day_photos_take, day_take
from timpora.apps.findings.day_photos import day_photos_bring
from timpora.apps.findings.devices import device_meet, device_revoke
from timpora.apps.findings.gates import breach_explain
from timpora.apps.findings.keeping import files_look
from timpora.apps.findings.notes import notes_bring, notes_take
from timpora.apps.findings.phone_photos import phone_photos_bring
from timpora.apps.findings.photos import photo_take
from timpora.apps.findings.quarantine import quarantine_decide, report_withhold, withheld
from timpora.apps.findings.rekap import rekap_take
from timpora.apps.findings.settling import conflict_settle
from timpora.apps.findings.taking import report_take
from timpora.apps.findings.types import NewReport, Receipt
from timpora.kernel.access import Actor

__all__ = [
    "breach_explain",
    "conflict_settle",
    "day_photos_bring",
    "day_photos_take",
    "day_take",
    "device_meet",
    "device_revoke",
    "files_look",
    "gap_close",
    "notes_bring",
    "notes_take",
    "phone_photos_bring",
    "photo_take",
    "quarantine_decide",
    "rekap_take",
    "report_submit",
    "report_withhold",
]


def report_submit(actor: Actor, *, report: NewReport) -> Receipt:
    """Take a report once, as `report_take` says; that of a revoked phone is kept and does not count (P14)."""
    return withheld(actor, report) or report_take(actor, report=report)
