"""What a line of the log says that it is about, where it is about a report."""

from timpora.apps.findings.models import Report
from timpora.kernel.audit.entry import Subject


def subject_of(report: Report, *, seal: str = "") -> Subject:
    """Return a report as the subject of a deed or a look; with `seal` the line stands in the log under it."""
    return Subject(
        kind="report", id=str(report.pk), places=(report.wilayah,), unit=report.unit_code, seal=seal
    )
