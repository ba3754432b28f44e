"""Whoever may be a victim is written under seal, whatever was ticked besides (P26)."""

from uuid import UUID

from django.db import connection

from timpora.apps.findings.kinds import Outcome
from timpora.apps.findings.sent_types import NewChecked, NewReport


def needs_protection(one: NewChecked) -> bool:
    """Tell whether the officer referred the person, or ticked a sign whatever else was done."""
    return one.outcome is Outcome.PROTECTION or bool(one.signs)


def is_sealed(report: NewReport) -> bool:
    """Tell whether the text of a report names somebody who may be a victim."""
    return any(needs_protection(one) for one in report.checked)


def photos_are_sealed(report_id: UUID) -> bool:
    """Tell whether any content that ever came under a report's identifier names who may be a victim.

    The photos of all its contents lie under the seal from then on, also those that arrived before.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT findings_is_sealed(%s)", [report_id])
        return bool(cursor.fetchone()[0])
