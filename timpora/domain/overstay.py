"""Overstay under Pasal 78 UU 6/2011: how many days, and which road they lead to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from timpora.domain.dates import date_text
from timpora.domain.law.cite import LawBook
from timpora.domain.verdict import Verdict
from timpora.domain.words import rupiah

CHARGE: Final = "uu-6-2011/ps78/a1"
CHARGE_UNPAID: Final = "uu-6-2011/ps78/a2"
OVER_LIMIT: Final = "uu-6-2011/ps78/a3"
CITES: Final = (CHARGE, CHARGE_UNPAID, OVER_LIMIT)

DAY_AT_LIMIT: Final = (
    "Perlu keputusan hukum: hari ke-{limit} tidak diatur tegas oleh ayat (1) maupun ayat (3) Pasal 78; "
    "dipakai jalan yang lebih ringan."
)


class OverstayRoad(StrEnum):
    """What Pasal 78 provides for."""

    NONE = "tidak_overstay"
    CHARGE = "biaya_beban"
    DEPORTATION = "deportasi_dan_penangkalan"


class ChargePayment(StrEnum):
    """What became of the charge: not yet asked or decided, paid, or not paid."""

    OPEN = "belum_ditagih"
    PAID = "lunas"
    UNPAID = "tidak_dibayar"


@dataclass(frozen=True, slots=True)
class Overstay:
    """The days, the charge they amount to (zero off that road), and the verdict."""

    days: int
    charge_rupiah: int
    verdict: Verdict[OverstayRoad]


def overstay_days(*, last_day: date, on: date) -> int:
    """Count overstay on a day; the day after the permit's last day is day 1, zero until then."""
    return max(0, (on - last_day).days)


def overstay_judge(
    *, last_day: date, on: date, book: LawBook, payment: ChargePayment = ChargePayment.OPEN
) -> Overstay:
    """Conclude which road of Pasal 78 an overstay takes on a day.

    The day exactly at the limit is settled by neither paragraph: it takes the milder road and the
    verdict says that a legal decision is needed.
    """
    days = overstay_days(last_day=last_day, on=on)
    limit = book.value("overstay_limit_days", on=on)
    if days == 0:
        because = f"Izin tinggal masih berlaku sampai dengan {date_text(last_day)}."
        return Overstay(0, 0, Verdict(OverstayRoad.NONE, because, (CHARGE,)))
    told = f"Hari terakhir izin {date_text(last_day)}; sampai {date_text(on)} telah lewat {days} hari"
    if days > limit.value:
        because = f"{told}, lebih dari {limit.value} hari."
        return Overstay(days, 0, Verdict(OverstayRoad.DEPORTATION, because, (OVER_LIMIT,)))
    doubts = (DAY_AT_LIMIT.format(limit=limit.value),) if days == limit.value else ()
    return _within_limit(days, told, doubts, payment, book=book, on=on)


def _within_limit(
    days: int, told: str, doubts: tuple[str, ...], payment: ChargePayment, *, book: LawBook, on: date
) -> Overstay:
    rate = book.value("overstay_charge_rupiah", on=on)
    charge = days * rate.value
    if not rate.is_verified:
        doubts = (*doubts, f"Tarif {rupiah(rate.value)} per hari belum diverifikasi.")
    if payment is ChargePayment.UNPAID:
        because = f"{told} dan biaya beban {rupiah(charge)} tidak dibayar."
        verdict = Verdict(OverstayRoad.DEPORTATION, because, (CHARGE, CHARGE_UNPAID, rate.cite), doubts)
        return Overstay(days, charge, verdict)
    because = f"{told}; biaya beban {days} x {rupiah(rate.value)} = {rupiah(charge)}."
    return Overstay(days, charge, Verdict(OverstayRoad.CHARGE, because, (CHARGE, rate.cite), doubts))
