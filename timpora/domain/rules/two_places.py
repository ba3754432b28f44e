"""The same night is reported from two places that cannot both be true."""

from datetime import date
from itertools import combinations
from typing import Final

from timpora.domain.dates import date_text
from timpora.domain.law.cite import LawBook
from timpora.domain.periods import holding_on
from timpora.domain.rules.facts import FactSheet, StayKind
from timpora.domain.rules.reading import places_agree
from timpora.domain.rules.rule import Evidence, Grounds, Rule, RuleUse


def find(sheet: FactSheet, on: date, _book: LawBook) -> Grounds | None:
    """Compare the lodgings reported for the night that begins on the day.

    The day of leaving is no night, and a residence kept meanwhile contradicts nothing.
    """
    nights = [stay for stay in holding_on(sheet.stays, on) if stay.kind is StayKind.LODGING]
    for one, other in combinations(nights, 2):
        if not places_agree(one.place, other.place):
            night = max(one.period.starts, other.period.starts)
            return Grounds(
                f"Malam {date_text(night)} dilaporkan menginap di wilayah {one.place} dan {other.place}.",
                tuple(
                    Evidence(
                        stay.source,
                        f"Menginap di wilayah {stay.place} sejak {date_text(stay.period.starts)}.",
                    )
                    for stay in (one, other)
                ),
            )
    return None


RULE: Final = Rule(
    id="stay.two-places",
    version=1,
    title="Menginap di dua tempat pada malam yang sama",
    use=RuleUse.INDICATION,
    articles=("uu-6-2011/ps68", "uu-6-2011/ps72"),
    innocent=(
        "Penginapan pertama terlambat melaporkan tamu sudah pergi.",
        "Satu orang memesan dua kamar, salah satunya untuk orang lain.",
        "Dua orang tercampur dalam satu catatan, atau nomor dokumen salah ketik.",
        "Paspornya dipakai orang lain tanpa sepengetahuannya.",
    ),
    find=find,
)
