"""Orders (surat perintah): drafted by one, issued and numbered by the head before the check (Pasal 30)."""

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.operations import errors
from timpora.apps.operations.desks import desk_at
from timpora.apps.operations.models import Order, Team
from timpora.apps.operations.order_letter import (
    CONSIDERING,
    COPIES,
    TASKS,
    Papers,
    order_cites,
    order_letter,
)
from timpora.apps.operations.papers import papers_of, signer_of
from timpora.apps.operations.types import OrderWords
from timpora.apps.operations.views import phase_view
from timpora.domain.states import OrderState
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.documents.actions import store
from timpora.kernel.documents.types import Issue, LetterView
from timpora.kernel.text import cleaned

TEXT_MAX = 1_000
LINES_MAX = 20


@deed(P.OPERATIONS_ORDER_DRAFT, tag=Tag.OPERATIONS_ORDER_DRAFTED)
def order_draft(act: Act, *, team_id: UUID, words: OrderWords | None = None) -> UUID:
    """Draft the order of a team; what is left empty follows from the operation and the team's phase.

    Drafting again replaces the words of a draft of the team. Raises `OrderExists` once it is issued.
    """
    rows = scope(
        act.actor, act.permission, Team.objects.select_related("phase").select_for_update(of=["self"])
    )
    team = rows.filter(pk=team_id).first()
    if team is None:
        raise AccessDenied
    desk_at(act.actor, act.permission, unit=team.unit_code)
    filled = _filled(team, words or OrderWords())
    who = {"drafted_by_id": act.actor.id, "drafted_by": act.actor.name, "drafted_at": act.at}
    order = (
        Order.objects.filter(team=team)
        .exclude(state__in=[OrderState.CANCELLED, OrderState.WITHDRAWN])
        .first()
    )
    if order is None:
        order = Order(team=team, unit_code=team.unit_code, wilayah=team.wilayah, **who, **filled)
        _insert(order)
    elif order.state != OrderState.DRAFTED:
        raise errors.OrderExists
    else:
        Order.objects.filter(pk=order.pk, state=OrderState.DRAFTED.value).update(**who, **filled)
    subject = subject_of(order)
    act.upon(subject, refs={"team": str(team.id), "operation": str(team.operation_id)})
    act.publish(subject, {"operation": str(team.operation_id), "unit": team.unit_code})
    return order.id


def _insert(order: Order) -> None:
    try:
        with transaction.atomic():
            order.save(force_insert=True)
    except IntegrityError as error:
        raise errors.OrderExists from error


def _filled(team: Team, words: OrderWords) -> dict[str, object]:
    phase = phase_view(team.phase)
    first = words.first_day or phase.starts_local.date()
    # A phase that ends at midnight has its last day before it.
    last = words.last_day or (phase.ends_local - timedelta(microseconds=1)).date()
    if first > last:
        raise errors.OrderUnreadable("Hari terakhir tidak boleh sebelum hari pertama.")
    return {
        "considering": _lines(words.considering) or list(CONSIDERING),
        "tasks": _lines(words.tasks) or list(TASKS),
        "funding": cleaned(words.funding)[:TEXT_MAX],
        "copies": _lines(words.copies) or list(COPIES),
        "first_day": first,
        "last_day": last,
    }


def _lines(lines: tuple[str, ...]) -> list[str]:
    kept = [cleaned(line)[:TEXT_MAX] for line in lines]
    return [line for line in kept if line][:LINES_MAX]


@deed(P.OPERATIONS_ORDER_ISSUE, tag=Tag.OPERATIONS_ORDER_ISSUED, is_decision=True)
def order_issue(act: Act, *, order_id: UUID) -> str:
    """Issue the order: number it without a gap, print it with its QR, keep it for good; return the number.

    From now on the team sees its tasks. Raises `OwnOrder` for the drafter, `OrderDecided`,
    `OrderTooLate`, `LetterIncomplete` naming what is missing (no number is used up then).
    """
    order = _held(act, order_id)
    grant = desk_at(act.actor, act.permission, unit=order.unit_code)
    today = clock.today(grant.zone)
    _check_issuable(act, order, today)
    papers = papers_of(order, signer=signer_of(act.actor, grant), dated=today)
    stored = _printed(act, order, papers)
    Order.objects.filter(pk=order.pk).update(
        state=OrderState.ISSUED.value,
        issued_by_id=act.actor.id,
        issued_by=act.actor.name,
        issued_at=act.at,
        number=stored.number,
        letter_id=stored.id,
        token=stored.token,
    )
    operation = str(order.team.operation_id)
    refs = {"operation": operation, "number": stored.number, "letter": str(stored.id)}
    subject = subject_of(order)
    act.upon(subject, refs=refs, cites=stored.cites)
    act.publish(subject, {"operation": operation, "unit": order.unit_code, "number": stored.number})
    return stored.number


def _check_issuable(act: Act, order: Order, today: date) -> None:
    if order.drafted_by_id == act.actor.id:
        raise errors.OwnOrder
    if order.state not in {OrderState.DRAFTED, OrderState.TO_FOLLOW}:
        raise errors.OrderDecided
    if order.last_day < today:
        raise errors.OrderTooLate


def _printed(act: Act, order: Order, papers: Papers) -> LetterView:
    issue = Issue(
        about=subject_of(order),
        unit=order.unit_code,
        office_code=papers.office.words.code or order.unit_code,
        wilayah=order.wilayah,
        law_digest=papers.book.digest,
        cites=order_cites(papers.book, papers.dated),
    )
    return store(act, order_letter(papers), issue)


@deed(P.OPERATIONS_ORDER_DRAFT, tag=Tag.OPERATIONS_ORDER_CANCELLED)
def order_cancel(act: Act, *, order_id: UUID, because: str) -> None:
    """Drop a draft, with the reason; an issued order is never dropped this way."""
    order = _held(act, order_id)
    desk_at(act.actor, act.permission, unit=order.unit_code)
    if not cleaned(because):
        raise errors.ReasonMissing
    if order.state != OrderState.DRAFTED:
        raise errors.OrderDecided
    Order.objects.filter(pk=order.pk).update(state=OrderState.CANCELLED.value)
    act.upon(subject_of(order), payload=cleaned(because))


def _held(act: Act, order_id: UUID) -> Order:
    rows = Order.objects.select_related("team").select_for_update(of=["self"])
    order = scope(act.actor, act.permission, rows).filter(pk=order_id).first()
    if order is None:
        raise AccessDenied
    return order


def subject_of(order: Order) -> Subject:
    """Return the order as the log names it."""
    return Subject(kind="order", id=str(order.id), places=(order.wilayah,), unit=order.unit_code)
