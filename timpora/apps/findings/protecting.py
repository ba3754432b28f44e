"""Whoever may be a victim is written under seal, whatever was ticked besides (P26)."""

from contextlib import suppress
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from timpora.apps.findings.attached_models import PhotoSeal
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

    Or whether they lay under the seal where they come from. The photos of all its contents lie under it from
    then on, also those that arrived before.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT findings_is_sealed(%s)", [report_id])
        return bool(cursor.fetchone()[0])


def photos_seal(report_id: UUID) -> bool:
    """Put the photos of a report under the seal, as where they come from; tell whether it is new."""
    if photos_are_sealed(report_id):
        return False
    # Two files of a day that come in at one instant seal once.
    with suppress(IntegrityError), transaction.atomic():
        PhotoSeal(root_id=report_id).save(force_insert=True)
        return True
    return False
