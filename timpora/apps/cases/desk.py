"""What the desk of protection sees: signs from the field, and where each referral stands; no names."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from timpora.apps.cases.models import Party, ProtectionReferral, ReferralStep, ServiceAnswer
from timpora.apps.cases.types import (
    ProtectionDesk,
    ReferralRow,
    ReferralStepView,
    ReferralView,
    ServiceAnswerView,
    SignsRow,
)
from timpora.apps.findings import queries as findings
from timpora.domain.measures import Screen, ScreenAnswer
from timpora.domain.protection import Answer, Provider, Reply
from timpora.domain.states import REFERRAL_STEPS, ReferralState
from timpora.domain.territory import zone_of
from timpora.kernel.access import AccessDenied, Actor, P, require, scope

OVER = frozenset(state for state, afters in REFERRAL_STEPS.items() if not afters)


def protection_desk(actor: Actor) -> ProtectionDesk:
    """Return what waits and what is in hand, for the holder of the seal; it names nobody.

    Raises `AccessDenied` for others, `PurposeMissing` without a purpose.
    """
    require(actor, P.CASES_PROTECTION_READ)
    reported = findings.protection_list(actor)
    known = Party.objects.filter(
        checked_id__in=[one.checked_id for one in reported], case__referrals__isnull=False
    )
    taken = set(known.values_list("checked_id", flat=True))
    return ProtectionDesk(
        signs=tuple(
            SignsRow(
                checked_id=one.checked_id,
                unit_name=one.unit_name,
                zone=zone_of(one.wilayah),
                name=one.name,
                signs=one.signs,
                received_at=one.received_at,
            )
            for one in reported
            if one.checked_id not in taken
        ),
        referrals=tuple(_row(actor, one) for one in _views(_referrals(actor)) if one.state not in OVER),
    )


def _row(actor: Actor, one: ReferralView) -> ReferralRow:
    return ReferralRow(
        id=one.id,
        case_id=one.case_id,
        case_number=one.case_number,
        unit_name=one.unit_name,
        zone=one.zone,
        state=one.state,
        since=_since(one),
        by_name=one.last.by_name if one.last else "",
        is_mine=one.state is ReferralState.WAITING or one.may_confirm(actor.id),
    )


def _since(one: ReferralView) -> datetime:
    return one.last.at if one.last else one.at


def referral_list(actor: Actor, case_id: UUID) -> list[ReferralView]:
    """Return the referrals of a case, the oldest first, for the holder of the seal alone."""
    require(actor, P.CASES_PROTECTION_READ)
    return _views(_referrals(actor).filter(case_id=case_id))


def referral_get(actor: Actor, referral_id: UUID) -> ReferralView:
    """Return one referral; raises `AccessDenied` where there is none for this reader."""
    found = _views(_referrals(actor).filter(pk=referral_id))
    if not found:
        raise AccessDenied
    return found[0]


def _referrals(actor: Actor) -> QuerySet[ProtectionReferral]:
    rows = scope(actor, P.CASES_PROTECTION_READ, ProtectionReferral.objects.select_related("case"))
    return rows.order_by("at", "id")


def _views(rows: QuerySet[ProtectionReferral]) -> list[ReferralView]:
    """Return referrals with their steps and answers; the number of statements does not grow with them."""
    referrals = list(rows)
    held = {"referral__in": [row.pk for row in referrals]}
    steps: dict[UUID, list[ReferralStepView]] = {row.pk: [] for row in referrals}
    for step in ReferralStep.objects.filter(**held).order_by("-id"):
        view = ReferralStepView(ReferralState(step.after), step.by_id, step.by_name, step.at, step.because)
        steps[step.referral_id].append(view)
    answers: dict[UUID, list[ServiceAnswerView]] = {row.pk: [] for row in referrals}
    for told in ServiceAnswer.objects.filter(**held).order_by("-id"):
        said = ServiceAnswerView(Provider(told.provider), Answer(told.answer), told.by_name, told.at)
        answers[told.referral_id].append(said)
    return [_view(row, tuple(steps[row.pk]), tuple(answers[row.pk])) for row in referrals]


def _view(
    row: ProtectionReferral, steps: tuple[ReferralStepView, ...], answers: tuple[ServiceAnswerView, ...]
) -> ReferralView:
    return ReferralView(
        id=row.pk,
        case_id=row.case_id,
        case_number=row.case.number,
        unit_name=row.case.unit_name,
        zone=zone_of(row.wilayah),
        screen=Screen(ScreenAnswer(row.trafficking), ScreenAnswer(row.refugee)),
        replies={code: Reply(reply) for code, reply in row.replies.items()},
        note=row.note,
        by_name=row.by_name,
        at=row.at,
        state=steps[0].after if steps else ReferralState.WAITING,
        steps=steps,
        answers=answers,
    )
