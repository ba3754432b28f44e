"""Objection to an administrative measure: 21 working days to file, five to forward, five to decide."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timpora.domain.dates import date_text
from timpora.domain.law.cite import LawBook
from timpora.domain.law.clocks import Deadline, deadline_after
from timpora.domain.verdict import Verdict


class ObjectionTiming(StrEnum):
    """Whether an objection came in time."""

    IN_TIME = "tepat_waktu"
    LATE = "terlambat"


class FiledBeforeReceipt(ValueError):
    """The objection would be older than the decision it is against."""

    code = "objection.filed-before-receipt"
    message = "Tanggal keberatan mendahului tanggal keputusan diterima; periksa kedua tanggal."


@dataclass(frozen=True, slots=True)
class ObjectionClock:
    """The three clocks; the later two run only once their event has happened."""

    file: Deadline
    forward: Deadline | None
    decide: Deadline | None


def objection_clock(
    received_on: date, *, book: LawBook, filed_on: date | None = None, forwarded_on: date | None = None
) -> ObjectionClock:
    """Return the clocks that run after a decision was received, filed against, and forwarded.

    The Minister's five days run from the day the matter reached the Minister.
    """
    return ObjectionClock(
        file=deadline_after(received_on, limit="objection_file_working_days", book=book),
        forward=_after(filed_on, "objection_forward_working_days", book),
        decide=_after(forwarded_on, "objection_decide_working_days", book),
    )


def objection_judge(*, received_on: date, filed_on: date, book: LawBook) -> Verdict[ObjectionTiming]:
    """Conclude whether the objection came within the working days from receipt."""
    if filed_on < received_on:
        raise FiledBeforeReceipt(FiledBeforeReceipt.message)
    deadline = objection_clock(received_on, book=book).file
    timing = ObjectionTiming.LATE if deadline.is_past(filed_on) else ObjectionTiming.IN_TIME
    because = (
        f"Keputusan diterima {date_text(received_on)}, "
        f"hari terakhir keberatan {date_text(deadline.last_day)}, "
        f"keberatan diajukan {date_text(filed_on)}."
    )
    return Verdict(timing, because, deadline.cites, deadline.doubts)


def _after(event: date | None, limit: str, book: LawBook) -> Deadline | None:
    return None if event is None else deadline_after(event, limit=limit, book=book)
