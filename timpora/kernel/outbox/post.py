"""Posting and delivering news; `config/wiring.py` says who hears which tag."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from timpora.domain.territory import closure
from timpora.kernel import clock
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.outbox.models import Message

log = logging.getLogger(__name__)
CHANNEL = "timpora_news"
BATCH = 200
Payload = Refs


@dataclass(frozen=True, slots=True)
class News:
    """A delivered message as its hearers get it."""

    id: int
    tag: str
    subject_kind: str
    subject_id: str
    territories: tuple[str, ...]
    payload: Payload
    at: datetime


@dataclass(frozen=True, slots=True, order=True)
class Pulse:
    """How far the news about a thing has come: it grows with every message that is committed.

    Numbers are given before a commit, so that a lower one may come later; the count since `low` tells.
    """

    low: int
    last: int
    count: int


# The window moves by whole steps, so that within one the count only grows.
WINDOW = 200
PULSE = """
SELECT s.low, coalesce(max(m.id), 0), count(m.id)
FROM (SELECT (last_value / %(window)s - 1) * %(window)s AS low FROM outbox_message_id_seq) s
LEFT JOIN outbox_message m
  ON m.id > s.low AND (m.subject_id = %(about)s OR m.payload ->> %(named)s = %(about)s)
GROUP BY s.low
"""
Hearer = Callable[[News], None]
_hearers: dict[str, tuple[Hearer, ...]] = {}


def wire(hearers: Mapping[Tag, tuple[Hearer, ...]]) -> None:
    """Take the table of who hears what; called once by `config.wiring`."""
    _hearers.clear()
    _hearers.update({str(tag): who for tag, who in hearers.items()})


def publish(tag: Tag, subject: Subject, payload: Payload | None = None) -> None:
    """Write a piece of news in the running transaction; a trigger notifies listeners at its commit."""
    Message.objects.create(
        tag=str(tag),
        subject_kind=subject.kind,
        subject_id=subject.id,
        territories=list(closure(subject.places)),
        payload=dict(payload or {}),
        at=clock.now(),
    )


def deliver() -> int:
    """Hand waiting news to its hearers, each message in a transaction of its own; return how many.

    A hearer that fails leaves its message waiting and does not hold up the others. Runs under an actor
    with national territory.
    """
    done = 0
    for identifier in list(
        Message.objects.filter(delivered_at=None).order_by("id").values_list("id", flat=True)[:BATCH]
    ):
        try:
            done += _deliver_one(identifier)
        except Exception:  # Whatever a hearer raises, the next message must go out.
            log.exception("pesan %s belum tersampaikan", identifier)
    return done


def _deliver_one(identifier: int) -> int:
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(skip_locked=True)
            .filter(pk=identifier, delivered_at=None)
            .first()
        )
        if message is None:
            return 0
        for hear in _hearers.get(message.tag, ()):
            hear(news_of(message))
        message.delivered_at = clock.now()
        message.save(update_fields=["delivered_at"])
        return 1


def news_of(message: Message) -> News:
    """Return the value of a stored message."""
    return News(
        id=message.id,
        tag=message.tag,
        subject_kind=message.subject_kind,
        subject_id=message.subject_id,
        territories=tuple(message.territories),
        payload=message.payload,
        at=message.at,
    )


def news_since(last: int, *, limit: int = 500) -> list[News]:
    """Return the news after message `last` that the asking actor's territories let through: the replay."""
    return [news_of(m) for m in Message.objects.filter(id__gt=last).order_by("id")[:limit]]


def pulse(about: str, *, named: str) -> Pulse:
    """Return the pulse of a thing within the asking actor's territories.

    News is about it where it is the subject, or where the payload names it under `named`.
    """
    with connection.cursor() as cursor:
        cursor.execute(PULSE, {"window": WINDOW, "about": about, "named": named})
        low, last, count = cursor.fetchone()
    return Pulse(low, last, count)


def news_get(ids: Iterable[int]) -> list[News]:
    """Return these messages, as far as the asking actor's territories let through, oldest first."""
    return [news_of(m) for m in Message.objects.filter(id__in=list(ids)).order_by("id")]


def news_newest() -> list[News]:
    """Return the newest message within the asking actor's territories, or none."""
    return [news_of(m) for m in Message.objects.order_by("-id")[:1]]
