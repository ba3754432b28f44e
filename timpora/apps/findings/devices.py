"""Phones of the field: what they last told, and taking one out of use (P14)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.findings.device_types import DeviceView, RevocationView
from timpora.apps.findings.errors import BecauseMissing, DeviceRevoked
from timpora.apps.findings.owning import device_claim, device_is_others, number_reach, number_tell
from timpora.apps.findings.phone_models import Device, Revocation
from timpora.apps.findings.placing import home_of
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, require, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import nation_reached
from timpora.kernel.text import cleaned

# A phone asks every minute; it is written down, and logged, this often.
NOTED: Final = timedelta(minutes=10)
BECAUSE_MAX: Final = 1_000
SHOWN: Final = 500


def device_is_revoked(device_id: UUID) -> bool:
    """Tell whether a phone was revoked, wherever that was; nothing else of it is learnt."""
    with nation_reached():
        return Revocation.objects.filter(device_id=device_id).exists()


def devices_revoked(devices: Iterable[UUID]) -> UUID | None:
    """Return one of some phones that was revoked, wherever that was."""
    with nation_reached():
        rows = Revocation.objects.filter(device_id__in=list(devices))
        return rows.values_list("device_id", flat=True).first()


def revocation_count(officer_id: UUID) -> int:
    """Return how many phones of an officer were revoked, wherever; it only grows."""
    with nation_reached():
        mine = Device.objects.filter(officer_id=officer_id).values("device_id")
        return Revocation.objects.filter(device_id__in=mine).count()


def device_meet(actor: Actor, *, device_id: UUID, queue: int, last: int = 0) -> bool:
    """Note that an officer's phone is in contact, how many reports wait on it and the `last` number it gave.

    Written down every ten minutes, whenever the queue empties or begins to fill, and when the phone tells of
    numbers that have not arrived. The identifier of another officer's phone is not written down: returns
    whether it is one's own.
    """
    require(actor, P.FINDINGS_REPORT_SUBMIT)
    if device_is_others(device_id, actor.id):
        return False
    rows = Device.objects.filter(device_id=device_id, officer_id=actor.id)
    known = scope(actor, P.FINDINGS_REPORT_SUBMIT, rows).order_by("-last_at").first()
    is_fresh = known is not None and clock.now() - known.last_at < NOTED
    reach = number_reach(device_id, last=last, waiting=queue)
    if known is None or not is_fresh or bool(known.queue) != bool(queue) or reach:
        _device_note(actor, device_id=device_id, queue=queue, reach=reach)
    return True


@deed(P.FINDINGS_REPORT_SUBMIT, tag=Tag.FINDINGS_DEVICE_MET)
def _device_note(act: Act, *, device_id: UUID, queue: int, reach: int) -> None:
    home = home_of(act.actor)
    subject = Subject(kind="device", id=str(device_id), places=(home.wilayah,), unit=home.unit_code)
    act.upon(subject, refs={"queue": queue, "reach": reach})
    device_claim(device_id, act.actor.id, act.at)
    number_tell(device_id, reach, officer_id=act.actor.id, at=act.at)
    said = {
        "officer_name": act.actor.name,
        "unit_name": home.unit_name,
        "wilayah": home.wilayah,
        "last_at": act.at,
        "queue": queue,
    }
    # The row of an officer who was moved lies where he was, behind walls that are no longer his.
    with nation_reached():
        Device.objects.update_or_create(
            device_id=device_id,
            officer_id=act.actor.id,
            unit_code=home.unit_code,
            defaults=said,
            create_defaults={**said, "first_at": act.at},
        )


@deed(P.FINDINGS_DEVICE_REVOKE, tag=Tag.FINDINGS_DEVICE_REVOKED, is_decision=True)
def device_revoke(act: Act, *, device_id: UUID, because: str) -> None:
    """Take a phone out of use for good: it purges itself, and what it still sends is withheld.

    Raises `AccessDenied` for a phone that no officer of the territory used, `BecauseMissing`,
    `DeviceRevoked`.
    """
    row = scope(act.actor, act.permission, Device.objects.filter(device_id=device_id)).first()
    if row is None:
        raise AccessDenied
    because = cleaned(because)[:BECAUSE_MAX]
    if not because:
        raise BecauseMissing
    subject = Subject(kind="device", id=str(device_id), places=(row.wilayah,), unit=row.unit_code)
    act.upon(subject, payload=because)
    try:
        with transaction.atomic():
            Revocation(
                device_id=device_id,
                unit_code=row.unit_code,
                wilayah=row.wilayah,
                because=because,
                by_id=act.actor.id,
                by=act.actor.name,
                at=act.at,
            ).save(force_insert=True)
    except IntegrityError as error:
        raise DeviceRevoked from error
    act.publish(subject, {"unit": row.unit_code})


def device_list(actor: Actor) -> list[DeviceView]:
    """Return the phones of the actor's territory, those last heard of first."""
    rows = scope(actor, P.FINDINGS_DEVICE_READ, Device.objects.order_by("-last_at", "id"))
    found: defaultdict[UUID, list[Device]] = defaultdict(list)
    for row in rows[:SHOWN]:
        found[row.device_id].append(row)
    revoked = {one.device_id: one for one in Revocation.objects.filter(device_id__in=list(found))}
    return [_view(mine, revoked.get(device)) for device, mine in found.items()]


def device_get(actor: Actor, device_id: UUID) -> DeviceView:
    """Return one phone; raises `AccessDenied` for an absent or foreign one alike."""
    rows = Device.objects.filter(device_id=device_id).order_by("-last_at", "id")
    mine = list(scope(actor, P.FINDINGS_DEVICE_READ, rows))
    if not mine:
        raise AccessDenied
    return _view(mine, Revocation.objects.filter(device_id=device_id).first())


def _view(rows: list[Device], revoked: Revocation | None) -> DeviceView:
    last = rows[0]
    return DeviceView(
        device_id=last.device_id,
        officers=tuple(dict.fromkeys(row.officer_name for row in rows)),
        unit_code=last.unit_code,
        unit_name=last.unit_name,
        wilayah=last.wilayah,
        last_at=last.last_at,
        queue=last.queue,
        revocation=RevocationView(revoked.by, revoked.at, revoked.because) if revoked else None,
    )
