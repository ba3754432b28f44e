"""The person is reported to live at an address other than the permit's."""

from datetime import date
from typing import Final

from timpora.domain.dates import date_text
from timpora.domain.law.cite import LawBook
from timpora.domain.periods import holding_on
from timpora.domain.permits import RESIDENT, permits_on
from timpora.domain.rules.facts import FactSheet, StayKind
from timpora.domain.rules.reading import has_left, latest, places_agree
from timpora.domain.rules.rule import Evidence, Grounds, Rule, RuleUse


def find(sheet: FactSheet, on: date, _book: LawBook) -> Grounds | None:
    """Compare the residence reported for the day with the address of the permit that holds on it.

    Only permits that are bound to an address count, and only places lived in: a night in a hotel
    contradicts no address. Where lists tell of the permit differently, each address is the permit's.
    """
    permits = permits_on(sheet.permits, on)
    homes = [stay for stay in holding_on(sheet.stays, on) if stay.kind is StayKind.RESIDENCE]
    if not permits or any(permit.kind not in RESIDENT for permit in permits) or has_left(sheet, on):
        return None
    home, permit = latest(homes), permits[0]
    if home is None or any(places_agree(stay.place, told.place) for stay in homes for told in permits):
        return None
    return Grounds(
        f"Tinggal di wilayah {home.place} sejak {date_text(home.period.starts)}, sedangkan alamat izin "
        f"di wilayah {permit.place}.",
        (
            Evidence(permit.source, f"Alamat menurut izin di wilayah {permit.place}."),
            Evidence(home.source, f"Dilaporkan tinggal di wilayah {home.place}."),
        ),
    )


RULE: Final = Rule(
    id="stay.address-differs",
    version=2,
    title="Alamat tinggal lain dari alamat izin",
    use=RuleUse.INDICATION,
    articles=("uu-6-2011/ps71", "uu-6-2011/ps63"),
    innocent=(
        "Perubahan alamat sudah dilaporkan orangnya atau penjaminnya, tetapi belum masuk daftar.",
        "Penugasan sementara, sakit, atau kunjungan keluarga.",
        "Alamat izin memakai alamat kantor penjamin.",
        "Wilayah telah dimekarkan dan salah satu daftar memakai kode lama.",
        "Tempat lama belum melaporkan kepindahan.",
    ),
    find=find,
)
