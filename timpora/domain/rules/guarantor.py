"""The guarantor reported no longer to stand in, while the permit still runs and the person is present."""

from datetime import date
from typing import Final

from timpora.domain.dates import date_text
from timpora.domain.law.cite import LawBook
from timpora.domain.permits import permit_on
from timpora.domain.rules.facts import FactSheet
from timpora.domain.rules.reading import presence_told, stay_on
from timpora.domain.rules.rule import Evidence, Grounds, Rule, RuleUse


def find(sheet: FactSheet, on: date, _book: LawBook) -> Grounds | None:
    """Compare the guarantor's reported end with a permit and a stay that hold on the day."""
    permit, stay = permit_on(sheet.permits, on), stay_on(sheet, on)
    if permit is None or stay is None:
        return None
    ended = [
        (ended_on, guarantee.source)
        for guarantee in sheet.guarantees
        if (ended_on := guarantee.ended_on) is not None and permit.period.starts <= ended_on <= on
    ]
    still = any(guarantee.ended_on is None or guarantee.ended_on > on for guarantee in sheet.guarantees)
    if not ended or still:
        return None
    ended_on, source = max(ended, key=lambda pair: pair[0])
    return Grounds(
        f"Penjamin melaporkan berakhir {date_text(ended_on)}, sedangkan izin {permit.kind.value} "
        f"masih berlaku dan keberadaan {presence_told(stay)}.",
        (
            Evidence(source, f"Penjaminan dilaporkan berakhir {date_text(ended_on)}."),
            Evidence(permit.source, f"Izin berlaku sejak {date_text(permit.period.starts)}."),
            Evidence(stay.source, f"Keberadaan dilaporkan sejak {date_text(stay.period.starts)}."),
        ),
    )


RULE: Final = Rule(
    id="guarantor.ended",
    version=1,
    title="Penjamin melaporkan berakhir, izin masih berjalan",
    use=RuleUse.INDICATION,
    articles=("uu-6-2011/ps63",),
    innocent=(
        "Penjamin baru sudah diajukan, tetapi belum masuk daftar.",
        "Termasuk golongan yang tidak wajib berpenjamin.",
        "Laporan penjamin dibuat karena sengketa upah atau keluarga; dengarkan kedua pihak.",
        "Sedang bersiap pulang dalam masa izin yang masih berlaku.",
        "Penjamin meninggalkan orang yang dieksploitasi: dahulukan penapisan korban.",
    ),
    find=find,
)
