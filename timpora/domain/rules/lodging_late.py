"""A lodging reported a guest late: a note on record-keeping, about the lodging and not the guest."""

from datetime import date
from typing import Final

from timpora.domain.dates import date_text
from timpora.domain.law.cite import LawBook
from timpora.domain.law.clocks import deadline_after
from timpora.domain.rules.facts import FactSheet
from timpora.domain.rules.rule import Evidence, Grounds, Rule, RuleUse


def find(sheet: FactSheet, on: date, book: LawBook) -> Grounds | None:
    """Compare the day a guest came with the day of the report, over all reports up to the day."""
    late = [
        (stay, reported_on, deadline)
        for stay in sheet.stays
        if (reported_on := stay.reported_on) is not None
        and reported_on <= on
        and (deadline := deadline_after(stay.period.starts, limit="lodging_report_days", book=book)).is_past(
            reported_on
        )
    ]
    if not late:
        return None
    return Grounds(
        f"{len(late)} laporan tamu masuk sesudah batas instruksi; dicatat, bukan pelanggaran orang asing.",
        tuple(
            Evidence(
                stay.source,
                f"Tamu datang {date_text(stay.period.starts)}, batas {date_text(deadline.last_day)}, "
                f"dilaporkan {date_text(reported_on)}.",
            )
            for stay, reported_on, deadline in late
        ),
    )


RULE: Final = Rule(
    id="lodging.reported-late",
    version=1,
    title="Laporan tamu terlambat",
    use=RuleUse.RECORD_KEEPING,
    articles=("uu-6-2011/ps72", "instruksi-lapor-inap-2015"),
    innocent=(
        "Jaringan atau aplikasi pelaporan sedang terganggu.",
        "Laporan pertama ditolak sistem lalu diulang.",
        "Tamu baru menunjukkan dokumen perjalanan kemudian.",
        "Penginapan kecil belum mempunyai akun pelaporan.",
    ),
    find=find,
)
