"""The person is reported present, and no entry is on record though the crossing lists reach back."""

from datetime import date
from typing import Final

from timpora.domain.dates import date_text
from timpora.domain.law.cite import LawBook
from timpora.domain.rules.facts import FactSheet
from timpora.domain.rules.reading import is_sheltered, stay_on
from timpora.domain.rules.rule import Evidence, Grounds, Rule, RuleUse


def find(sheet: FactSheet, on: date, _book: LawBook) -> Grounds | None:
    """Look for any passage up to the day; facts from before the lists begin explain its absence."""
    stay, since = stay_on(sheet, on), sheet.crossings_since
    if stay is None or since is None or is_sheltered(sheet, on):
        return None
    if any(crossing.on <= on for crossing in sheet.crossings):
        return None
    known = [permit.period.starts for permit in sheet.permits] + [
        other.period.starts for other in sheet.stays
    ]
    if min(known) < since:
        return None
    return Grounds(
        f"Keberadaan dilaporkan sejak {date_text(stay.period.starts)}, tetapi tidak ada catatan masuk; "
        f"daftar perlintasan lengkap sejak {date_text(since)}.",
        (Evidence(stay.source, f"Keberadaan dilaporkan sejak {date_text(stay.period.starts)}."),),
    )


RULE: Final = Rule(
    id="entry.no-record",
    version=1,
    title="Berada di wilayah tanpa catatan masuk",
    use=RuleUse.INDICATION,
    articles=("uu-6-2011/ps9", "uu-6-2011/ps113"),
    innocent=(
        "Masuk dengan dokumen perjalanan lain atau ejaan lain, sehingga catatan belum tersambung.",
        "Masuk lewat TPI yang daftarnya terlambat atau belum dimuat.",
        "Lahir di Indonesia, atau sudah berada di sini sebelum daftar dimulai.",
        "Masuk sebagai awak alat angkut atau dengan pas lintas batas yang dicatat terpisah.",
        "Berkewarganegaraan ganda terbatas dan masuk dengan paspor RI.",
        "Dibawa orang lain tanpa melalui pemeriksaan: dahulukan penapisan korban.",
    ),
    find=find,
)
