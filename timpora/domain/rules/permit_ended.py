"""The permit has ended, and the person is still reported present."""

from datetime import date
from typing import Final

from timpora.domain.dates import date_text
from timpora.domain.law.cite import LawBook
from timpora.domain.permits import PermitKind, permit_ended_before, permit_on
from timpora.domain.rules.facts import FactSheet
from timpora.domain.rules.reading import presence_told, stay_on
from timpora.domain.rules.rule import Evidence, Grounds, Rule, RuleUse


def find(sheet: FactSheet, on: date, _book: LawBook) -> Grounds | None:
    """Compare the last permit's end with a stay reported for the day."""
    # A refugee's paper is no permit whose end could be overstayed.
    permits = [permit for permit in sheet.permits if permit.kind is not PermitKind.UNHCR]
    ended, stay = permit_ended_before(permits, on), stay_on(sheet, on)
    if ended is None or stay is None or permit_on(sheet.permits, on) is not None:
        return None
    permit, last_day = ended
    return Grounds(
        f"Izin {permit.kind.value} berakhir {date_text(last_day)}, tetapi keberadaan {presence_told(stay)}.",
        (
            Evidence(permit.source, f"Hari terakhir izin {date_text(last_day)}."),
            Evidence(stay.source, f"Keberadaan dilaporkan sejak {date_text(stay.period.starts)}."),
        ),
    )


RULE: Final = Rule(
    id="stay.permit-ended",
    version=1,
    title="Izin berakhir, keberadaan masih dilaporkan",
    use=RuleUse.INDICATION,
    articles=("uu-6-2011/ps48", "uu-6-2011/ps78/a1", "uu-6-2011/ps78/a3"),
    innocent=(
        "Perpanjangan atau alih status sudah diajukan atau terbit, tetapi belum masuk daftar.",
        "Orangnya sudah keluar wilayah dan catatan perlintasannya belum dimuat.",
        "Penginapan lupa melaporkan tamu sudah pergi.",
        "Dua orang tercampur dalam satu catatan, atau nomor dokumen salah ketik.",
        "Keadaan kahar atau sakit yang membuat izin dibebaskan dari biaya beban.",
    ),
    find=find,
)
