"""The person was seen at work in a place other than the manpower plan (RPTKA) names."""

from datetime import date
from typing import Final

from timpora.domain.dates import date_text
from timpora.domain.law.cite import LawBook
from timpora.domain.periods import holding_on
from timpora.domain.rules.facts import FactSheet, PlanFact, WorkFact
from timpora.domain.rules.reading import places_agree
from timpora.domain.rules.rule import Evidence, Grounds, Rule, RuleUse


def find(sheet: FactSheet, on: date, _book: LawBook) -> Grounds | None:
    """Compare each work place up to the day with the plans that held when it was seen."""
    for work in sorted(
        (work for work in sheet.works if work.on <= on), key=lambda work: work.on, reverse=True
    ):
        plans = holding_on(sheet.plans, work.on)
        if plans and not any(_allows(plan, work) for plan in plans):
            return _grounds(work, plans)
    return None


def _allows(plan: PlanFact, work: WorkFact) -> bool:
    # A plan that names no place says nothing about where work is allowed.
    return not plan.places or any(places_agree(work.place, place) for place in plan.places)


def _grounds(work: WorkFact, plans: tuple[PlanFact, ...]) -> Grounds:
    named = ", ".join(sorted({place for plan in plans for place in plan.places}))
    return Grounds(
        f"Bekerja di wilayah {work.place} pada {date_text(work.on)}, sedangkan RPTKA menyebut {named}.",
        (
            Evidence(work.source, f"Terlihat bekerja di {work.place} pada {date_text(work.on)}."),
            *(
                Evidence(plan.source, f"Lokasi kerja menurut RPTKA: {', '.join(plan.places)}.")
                for plan in plans
            ),
        ),
    )


RULE: Final = Rule(
    id="work.place-not-planned",
    version=1,
    title="Tempat kerja lain dari RPTKA",
    use=RuleUse.INDICATION,
    articles=("uu-6-2011/ps122", "pp-34-2021/ps21"),
    innocent=(
        "Perubahan RPTKA atau lokasi tambahan sudah disetujui, tetapi belum masuk daftar.",
        "Kunjungan sehari, rapat, atau pelatihan atas undangan di tempat itu.",
        "Kode wilayah kantor pusat perusahaan dipakai sebagai lokasi kerja dalam daftar.",
        "Wilayah telah dimekarkan dan daftar memakai kode lama.",
        "Petugas atau pelapor salah mencatat tempat atau orangnya.",
    ),
    find=find,
)
