"""The person was seen at work while holding a permit that allows no work."""

from datetime import date
from typing import Final

from timpora.domain.dates import date_text
from timpora.domain.law.cite import LawBook, WorkRight
from timpora.domain.permits import permits_on, work_right
from timpora.domain.rules.facts import FactSheet
from timpora.domain.rules.rule import Evidence, Grounds, Rule, RuleUse


def find(sheet: FactSheet, on: date, book: LawBook) -> Grounds | None:
    """Ask the visa table about the permit that held on each day of work up to the day.

    Limited or unknown rights give no discrepancy: what they allow is for a person to judge. Nor does a
    permit of which one list says that it allows work.
    """
    for work in sorted(
        (work for work in sheet.works if work.on <= on), key=lambda work: work.on, reverse=True
    ):
        permits = permits_on(sheet.permits, work.on)
        if permits and all(work_right(permit, book=book) is WorkRight.NONE for permit in permits):
            permit = permits[0]
            index = permit.visa_index or permit.kind.value
            return Grounds(
                f"Terlihat bekerja pada {date_text(work.on)} dengan izin {index} yang tidak membolehkannya.",
                (
                    Evidence(permit.source, f"Izin {index} berlaku pada {date_text(work.on)}."),
                    Evidence(work.source, f"Terlihat bekerja di wilayah {work.place}."),
                ),
            )
    return None


RULE: Final = Rule(
    id="work.not-allowed",
    version=2,
    title="Bekerja dengan izin yang tidak membolehkan bekerja",
    use=RuleUse.INDICATION,
    articles=("uu-6-2011/ps122",),
    innocent=(
        "Rapat, pembelian, kunjungan bisnis, atau kegiatan lain yang dibolehkan indeks visanya.",
        "Alih status ke izin bekerja sudah terbit, tetapi belum masuk daftar.",
        "Indeks visa salah tercatat, atau tabel indeks belum diperbarui.",
        "Berada di tempat kerja sebagai tamu, keluarga, atau peserta pelatihan.",
        "Dipaksa bekerja: dahulukan penapisan korban perdagangan orang.",
    ),
    find=find,
)
