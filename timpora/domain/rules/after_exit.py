"""A stay is reported for a day after the last exit."""

from datetime import date
from typing import Final

from timpora.domain.dates import date_text
from timpora.domain.law.cite import LawBook
from timpora.domain.periods import holding_on
from timpora.domain.rules.facts import Direction, FactSheet
from timpora.domain.rules.reading import last_crossing, latest
from timpora.domain.rules.rule import Evidence, Grounds, Rule, RuleUse


def find(sheet: FactSheet, on: date, _book: LawBook) -> Grounds | None:
    """Look for a stay that began after the last exit and holds on the day.

    A stay that began before the exit and was never closed is a lodging's omission, not a presence.
    """
    crossing = last_crossing(sheet, on)
    if crossing is None or crossing.direction is not Direction.EXIT:
        return None
    stay = latest(stay for stay in holding_on(sheet.stays, on) if stay.period.starts > crossing.on)
    if stay is None:
        return None
    return Grounds(
        f"Keluar wilayah {date_text(crossing.on)}, tetapi keberadaan dilaporkan mulai "
        f"{date_text(stay.period.starts)} tanpa catatan masuk kembali.",
        (
            Evidence(crossing.source, f"Keluar wilayah pada {date_text(crossing.on)}."),
            Evidence(stay.source, f"Keberadaan dilaporkan mulai {date_text(stay.period.starts)}."),
        ),
    )


RULE: Final = Rule(
    id="stay.after-exit",
    version=1,
    title="Keberadaan dilaporkan sesudah keluar wilayah",
    use=RuleUse.INDICATION,
    articles=("uu-6-2011/ps9", "uu-6-2011/ps71"),
    innocent=(
        "Masuk kembali lewat TPI yang daftarnya terlambat, atau dengan dokumen lain.",
        "Penginapan melaporkan tanggal yang salah, atau pesanan yang batal.",
        "Paspornya dipakai orang lain tanpa sepengetahuannya.",
        "Dua orang tercampur dalam satu catatan.",
    ),
    find=find,
)
