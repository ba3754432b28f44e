"""Whose a phone's numbers are, which of them arrived, and how far the phone says they reach (P5)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from timpora.apps.findings.phone_models import DeviceOwner

# Whoever uses an identifier first has it. Numbers that had arrived before anybody had it count from then on.
CLAIM: Final = """
INSERT INTO findings_device_owner (device_id, officer_id, since, arrived, highest, told)
SELECT %s, %s, %s, count(*), coalesce(max(seq), 0), 0 FROM findings_arrived WHERE device_id = %s AND seq > 0
ON CONFLICT (device_id) DO NOTHING
"""
ARRIVE: Final = """
WITH fresh AS (
  INSERT INTO findings_arrived (device_id, seq, received_at)
  SELECT device_id, %s, %s FROM findings_device_owner WHERE device_id = %s AND officer_id = %s
  ON CONFLICT DO NOTHING RETURNING device_id, seq
)
UPDATE findings_device_owner own
SET arrived = own.arrived + 1, highest = greatest(own.highest, fresh.seq)
FROM fresh WHERE own.device_id = fresh.device_id AND fresh.seq > 0
"""
# What is outstanding stays known since it was told first, however the phone counts on.
TELL: Final = """
UPDATE findings_device_owner
SET told_at = CASE WHEN told > highest THEN told_at ELSE %s END, told = %s
WHERE device_id = %s AND officer_id = %s AND greatest(told, highest) < %s
"""
# No phone gives more numbers than this while it waits; beyond, somebody made the number up.
FURTHEST: Final = 1_000


def device_claim(device_id: UUID, officer_id: UUID, at: datetime) -> None:
    """Give a phone's identifier to the officer who uses it first; a later one changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [device_id, officer_id, at, device_id])


def device_is_others(device_id: UUID, officer_id: UUID) -> bool:
    """Tell whether an identifier belongs to another officer."""
    return DeviceOwner.objects.filter(device_id=device_id).exclude(officer_id=officer_id).exists()


def device_of(officer_id: UUID, devices: Sequence[UUID]) -> UUID | None:
    """Return under which of its identifiers a phone is this officer's: his own, else one that is nobody's."""
    rows = DeviceOwner.objects.filter(device_id__in=devices)
    owners = dict(rows.values_list("device_id", "officer_id"))
    own = (device for device in devices if owners.get(device) == officer_id)
    return next(own, None) or next((device for device in devices if device not in owners), None)


def number_note(device_id: UUID, seq: int, *, officer_id: UUID, at: datetime) -> None:
    """Write down that a number arrived, in the transaction in which its content is kept; once is enough.

    Under another's identifier it is no number of that phone, and fills no gap of it.
    """
    device_claim(device_id, officer_id, at)
    with connection.cursor() as cursor:
        cursor.execute(ARRIVE, [seq, at, device_id, officer_id])


def number_reach(device_id: UUID, *, last: int, waiting: int) -> int:
    """Return up to which number a phone's reports go by its own word, or 0 where that says nothing new.

    `last` is the last number it gave; a form that does not tell it says how many wait, and they are above
    as many as arrived.
    """
    own = DeviceOwner.objects.filter(device_id=device_id).first()
    arrived, known = (own.arrived, max(own.highest, own.told)) if own else (0, 0)
    reach = min(last or arrived + waiting, known + FURTHEST)
    return reach if reach > known else 0


def number_tell(device_id: UUID, reach: int, *, officer_id: UUID, at: datetime) -> None:
    """Write down that a phone gave numbers up to `reach`; the posko misses what does not arrive."""
    with connection.cursor() as cursor:
        cursor.execute(TELL, [at, reach, device_id, officer_id, reach])
