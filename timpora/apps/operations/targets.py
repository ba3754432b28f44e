"""Targets: proposed with a documented ground, decided by another official, withdrawn, visited."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import F

from timpora.apps.operations import errors
from timpora.apps.operations.desks import desk_at
from timpora.apps.operations.grounds import GROUNDS, Ground
from timpora.apps.operations.models import Operation, Participation, Target, TargetPerson, TargetStep
from timpora.apps.operations.views import own_team_targets, require_open
from timpora.apps.registry import queries as registry
from timpora.domain.geo import GeoRefused, point_read
from timpora.domain.states import TargetState, may_step
from timpora.domain.territory import Level, TerritoryError, level, within
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

NAME_MAX = 200
TEXT_MAX = 4_000
REASON_LETTERS = 5


@deed(P.OPERATIONS_TARGET_PROPOSE, tag=Tag.OPERATIONS_TARGET_PROPOSED)
def target_propose(  # noqa: PLR0913 - the fields of one form; a bundle of them would only be unpacked here
    act: Act,
    *,
    operation_id: UUID,
    name: str,
    address: str,
    wilayah: str,
    lat: float,
    lng: float,
    ground: Ground,
    ground_text: str,
    checks: str,
    person_ids: Sequence[UUID] = (),
    indication_ids: Sequence[UUID] = (),
    employer: str = "",
) -> UUID:
    """Propose a place to check, with the ground and its paper in words, and what to check there.

    Whom the lists name as working for `employer` in that kabupaten the team takes along. Raises
    `TargetUnreadable`, `OfficeNotInOperation`, `OperationClosed`, `PersonUnknown` for one out of sight.
    """
    words = _words(name[:NAME_MAX], address, ground_text, checks)
    office = _office_at(act, operation_id, (wilayah, lat, lng))
    persons = _persons(act, person_ids)
    target = Target(
        operation_id=operation_id,
        unit_code=office.unit_code,
        number=office.last_target,
        wilayah=wilayah,
        name=words[0],
        address=words[1],
        lat=lat,
        lng=lng,
        ground=ground.value,
        ground_text=words[2],
        checks=words[3],
        employer=cleaned(employer)[:NAME_MAX],
        indication_ids=list(dict.fromkeys(indication_ids)),
        proposed_by_id=act.actor.id,
        proposed_by=act.actor.name,
        proposed_at=act.at,
    )
    subject = subject_of(target)
    told = f"{words[2]}\n{target.employer}".strip()
    act.upon(subject, refs=_refs(target, persons), payload=told, cites=GROUNDS[ground].cites)
    target.save(force_insert=True)
    TargetPerson.objects.bulk_create(TargetPerson(target=target, person_id=one) for one in persons)
    steps_add(act, [(target.id, "")], TargetState.PROPOSED)
    act.publish(subject, news_of(target, TargetState.PROPOSED))
    return target.id


def _refs(target: Target, persons: Sequence[UUID]) -> Refs:
    """Return what the log says of a proposal; the company is personal to none, but whom it brings is."""
    return {
        "operation": str(target.operation_id),
        "ground": target.ground,
        "persons": [str(person) for person in persons],
        "takes_workers": bool(target.employer),
    }


def _words(*texts: str) -> list[str]:
    words = [cleaned(text)[:TEXT_MAX] for text in texts]
    if not all(words):
        raise errors.TargetUnreadable
    return words


def _persons(act: Act, ids: Sequence[UUID]) -> list[UUID]:
    wanted = list(dict.fromkeys(ids))
    if wanted and set(registry.person_rows(act.actor, wanted)) != set(wanted):
        raise errors.PersonUnknown
    return wanted


def _check_place(wilayah: str, lat: float, lng: float) -> None:
    try:
        point_read(lat, lng)
        if level(wilayah) < Level.REGENCY:
            raise errors.TargetUnreadable("Pilih wilayah sedikitnya sampai kabupaten/kota.")
    except (GeoRefused, TerritoryError) as error:
        raise errors.TargetUnreadable(str(error)) from error


def _office_at(act: Act, operation_id: UUID, place: tuple[str, float, float]) -> Participation:
    """Return the proposer's office at a place that can be visited (`_office`)."""
    _check_place(*place)
    return _office(act, operation_id, place[0])


def _office(act: Act, operation_id: UUID, wilayah: str) -> Participation:
    """Return the proposer's office in the operation, with the next number of a target taken.

    The row stays locked until the end, so that two proposals never bear one number.
    """
    operation = Operation.objects.filter(pk=operation_id).first()
    if operation is None:
        raise AccessDenied
    require_open(operation)
    units = [
        grant.unit_code
        for grant in act.actor.grants_for(act.permission)
        if any(within(wilayah, territory) for territory in grant.territories)
    ]
    if not units:
        raise AccessDenied
    taking = Participation.objects.filter(operation=operation, unit_code__in=units)
    row = taking.select_for_update().order_by("unit_code").first()
    if row is None:
        raise errors.OfficeNotInOperation
    Participation.objects.filter(pk=row.pk).update(last_target=F("last_target") + 1)
    row.last_target += 1
    return row


@deed(P.OPERATIONS_TARGET_APPROVE, tag=Tag.OPERATIONS_TARGET_APPROVED, is_decision=True)
def target_decide(act: Act, *, target_id: UUID, is_approved: bool, because: str = "") -> None:
    """Approve a target, or refuse it with the reason; somebody else proposed it, and one decides once.

    Raises `OwnProposal`, `TargetDecided` for whoever comes second, `GroundUndocumented` for hearsay.
    """
    target = _held(act, target_id)
    because = cleaned(because)[:TEXT_MAX]
    if not is_approved and not because:
        raise errors.ReasonMissing("Tulis alasan penolakan; pengusul membacanya.")
    if target.proposed_by_id == act.actor.id:
        raise errors.OwnProposal
    if is_approved and not GROUNDS[Ground(target.ground)].is_documented:
        raise errors.GroundUndocumented
    after = TargetState.APPROVED if is_approved else TargetState.REFUSED
    # Whoever comes second changes no row: the condition is asked again when the first has committed.
    changed = Target.objects.filter(pk=target.pk, state=TargetState.PROPOSED.value).update(
        state=after.value,
        decided_by_id=act.actor.id,
        decided_by=act.actor.name,
        decided_at=act.at,
        because=because,
    )
    if not changed:
        raise errors.TargetDecided
    tag = Tag.OPERATIONS_TARGET_APPROVED if is_approved else Tag.OPERATIONS_TARGET_REFUSED
    subject = subject_of(target)
    cites = GROUNDS[Ground(target.ground)].cites
    act.upon(subject, refs={"operation": str(target.operation_id)}, payload=because, cites=cites, tag=tag)
    steps_add(act, [(target.pk, TargetState.PROPOSED)], after, because=because)
    act.publish(subject, news_of(target, after), tag=tag)


@deed(P.OPERATIONS_TARGET_PROPOSE, tag=Tag.OPERATIONS_TARGET_RETRACTED)
def target_retract(act: Act, *, target_id: UUID, because: str) -> None:
    """Take the own proposal back before anybody decides on it, with the reason.

    Raises `AccessDenied` for another's proposal, `ReasonMissing` below five letters, `TargetDecided`
    where a decision was first.
    """
    target = _held(act, target_id)
    if target.proposed_by_id != act.actor.id:
        raise AccessDenied
    because = cleaned(because)[:TEXT_MAX]
    if sum(letter.isalpha() for letter in because) < REASON_LETTERS:
        raise errors.ReasonMissing("Tulis alasan penarikan, sedikitnya lima huruf.")
    changed = Target.objects.filter(pk=target.pk, state=TargetState.PROPOSED.value).update(
        state=TargetState.RETRACTED.value, because=because
    )
    if not changed:
        raise errors.TargetDecided
    act.upon(subject_of(target), refs={"operation": str(target.operation_id)}, payload=because)
    steps_add(act, [(target.pk, TargetState.PROPOSED)], TargetState.RETRACTED, because=because)
    act.publish(subject_of(target), news_of(target, TargetState.RETRACTED))


@deed(P.OPERATIONS_TARGET_APPROVE, tag=Tag.OPERATIONS_TARGET_WITHDRAWN, is_decision=True)
def target_withdraw(act: Act, *, target_id: UUID, because: str) -> None:
    """Take an approved target back with the reason: it vanishes from the team's tasks at once."""
    target = _held(act, target_id)
    because = cleaned(because)[:TEXT_MAX]
    if not because:
        raise errors.ReasonMissing("Tulis alasan pencabutan; regu membacanya.")
    before = TargetState(target.state)
    if not may_step(before, TargetState.WITHDRAWN):
        raise errors.TargetNotWithdrawn
    changed = Target.objects.filter(pk=target.pk, state=before.value).update(
        state=TargetState.WITHDRAWN.value, because=because
    )
    if not changed:
        raise errors.TargetDecided
    act.upon(subject_of(target), payload=because)
    steps_add(act, [(target.pk, before)], TargetState.WITHDRAWN, because=because)
    act.publish(subject_of(target), news_of(target, TargetState.WITHDRAWN))


@deed(P.FINDINGS_REPORT_SUBMIT, tag=Tag.OPERATIONS_TARGET_VISITED)
def target_visit(act: Act, *, target_id: UUID, officer_id: UUID | None = None) -> bool:
    """Note that a team has visited its target; return whether this was the first visit.

    For `findings`, within the deed that takes a report. A second visit changes no state and is noted.
    `officer_id` was there, where somebody else brings the report in.
    """
    rows = scope(act.actor, act.permission, Target.objects.all())
    target = rows.filter(pk=target_id, state__in=["ditugaskan", "dikunjungi"]).first()
    if target is None or not own_team_targets(officer_id or act.actor.id, [target.pk]):
        raise AccessDenied
    changed = Target.objects.filter(pk=target.pk, state=TargetState.ASSIGNED.value).update(
        state=TargetState.VISITED.value
    )
    act.upon(subject_of(target), refs={"operation": str(target.operation_id), "first": bool(changed)})
    if changed:
        steps_add(act, [(target.pk, TargetState.ASSIGNED)], TargetState.VISITED)
        act.publish(subject_of(target), news_of(target, TargetState.VISITED))
    return bool(changed)


def _held(act: Act, target_id: UUID) -> Target:
    """Return a target of the actor's own office; foreign and absent ones are the same to him."""
    target = scope(act.actor, act.permission, Target.objects.all()).filter(pk=target_id).first()
    if target is None:
        raise AccessDenied
    desk_at(act.actor, act.permission, unit=target.unit_code)
    return target


def subject_of(target: Target) -> Subject:
    """Return the target as the log names it."""
    return Subject(kind="target", id=str(target.id), places=(target.wilayah,), unit=target.unit_code)


def news_of(target: Target, state: TargetState) -> dict[str, str | int]:
    """Return what the posko needs to show the change: references only."""
    return {
        "operation": str(target.operation_id),
        "unit": target.unit_code,
        "number": target.number,
        "state": state.value,
    }


def steps_add(
    act: Act, changes: Iterable[tuple[UUID, str]], after: TargetState, *, because: str = ""
) -> None:
    """Write a row for each target whose state changed."""
    TargetStep.objects.bulk_create(
        TargetStep(
            target_id=target,
            before=str(before),
            after=after.value,
            by_id=act.actor.id,
            by=act.actor.name,
            at=act.at,
            because=because,
        )
        for target, before in changes
    )
