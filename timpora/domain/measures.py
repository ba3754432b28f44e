"""Administrative measures (TAK) of Pasal 75(2): the ladder, what may follow from a ground, and the gate.

No measure is open before the trafficking and the refugee screen are finished, and none against a
person whom either screen shelters (Pasal 86-87; Perpres 125/2016). Taking no measure is always open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from timpora.domain.law.cite import LawBook
from timpora.domain.overstay import OverstayRoad
from timpora.domain.verdict import Verdict

GROUNDS_CITE: Final = "uu-6-2011/ps75/a1"
FORMS_CITE: Final = "uu-6-2011/ps75/a2"
FUGITIVE_CITE: Final = "uu-6-2011/ps75/a3"
VICTIM_CITES: Final = ("uu-6-2011/ps86", "uu-6-2011/ps87")
REFUGEE_CITE: Final = "perpres-125-2016"
CONFERENCE_CITES: Final = ("permen-imipas-2-2025/ps59", "permenkumham-4-2017")
"""Successive bases of the case conference; the old one was not read."""


class MeasureKind(StrEnum):
    """The forms of Pasal 75(2), and taking none."""

    NONE = "tidak_ada_tindakan"
    CHARGE = "biaya_beban"
    LIVE_AT = "keharusan_bertempat_tinggal"
    BARRED_FROM = "larangan_berada"
    PERMIT = "izin_tinggal_dibatasi_diubah_dibatalkan"
    LISTED = "daftar_pencegahan_penangkalan"
    DEPORTATION = "deportasi"


class Ground(StrEnum):
    """The lawful reasons for a measure; nothing else may be one."""

    NONE = "tidak_terbukti"
    OVERSTAY_CHARGE = "overstay_biaya_beban"
    OVERSTAY_DEPORTATION = "overstay_deportasi"
    DANGEROUS = "kegiatan_berbahaya_atau_patut_diduga"
    LAW_NOT_OBEYED = "tidak_menaati_peraturan"
    FLEES_PUNISHMENT = "menghindari_hukuman_di_negara_asal"


class ScreenAnswer(StrEnum):
    """What a screen found; only the first answer leaves it unfinished."""

    OPEN = "belum_selesai"
    CLEAR = "tidak_ada_tanda"
    SHELTERED = "ada_tanda"


class Permission(StrEnum):
    """Whether the state of the case lets a measure be taken."""

    OPEN = "boleh"
    HELD = "tertahan"
    UNGROUNDED = "tidak_berdasar"


class ConferenceReason(StrEnum):
    """Why a measure instead of prosecution (Pasal 59 Permen Imipas 2/2025)."""

    EVIDENCE_SHORT = "alat_bukti_kurang_dari_dua"
    REMEDIES_ABUSED = "menyalahgunakan_upaya_hukum_atau_buronan"
    MORE_EFFECTIVE = "lebih_efektif_politik_ekonomi_sosial_budaya_keamanan"


@dataclass(frozen=True, slots=True)
class Measure:
    """A rung of the ladder: its letter in Pasal 75(2), its name, and when it is the fitting one."""

    kind: MeasureKind
    letter: str
    title: str
    fits: str


@dataclass(frozen=True, slots=True)
class Screen:
    """Both screens of a person; a sign in either shelters."""

    trafficking: ScreenAnswer
    refugee: ScreenAnswer

    @property
    def is_finished(self) -> bool:
        """Tell whether both questions have an answer."""
        return ScreenAnswer.OPEN not in (self.trafficking, self.refugee)


LADDER: Final = (
    Measure(MeasureKind.NONE, "", "Tidak ada tindakan", "Fakta tidak terbukti, keliru, atau sudah selesai."),
    Measure(MeasureKind.CHARGE, "e", "Pengenaan biaya beban", "Overstay sampai dengan 60 hari."),
    Measure(
        MeasureKind.LIVE_AT,
        "d",
        "Keharusan bertempat tinggal di suatu tempat tertentu",
        "Keberadaan perlu dapat diketahui selama pemeriksaan.",
    ),
    Measure(
        MeasureKind.BARRED_FROM,
        "c",
        "Larangan berada di satu atau beberapa tempat tertentu",
        "Gangguan terikat pada tempat tertentu.",
    ),
    Measure(
        MeasureKind.PERMIT,
        "b",
        "Pembatasan, perubahan, atau pembatalan izin tinggal",
        "Kegiatan tidak sesuai dengan izin yang diberikan.",
    ),
    Measure(
        MeasureKind.LISTED,
        "a",
        "Pencantuman dalam daftar pencegahan atau penangkalan",
        "Kehadiran kembali atau keberangkatan harus dicegah dengan alasan tersendiri.",
    ),
    Measure(MeasureKind.DEPORTATION, "f", "Deportasi", "Tindakan yang lebih ringan tidak memadai."),
)
"""Mildest first. The order is the product's aid to proportion; the statute only letters the forms."""

TITLES: Final[Mapping[MeasureKind, str]] = {measure.kind: measure.title for measure in LADDER}
_GENERAL: Final = frozenset(MeasureKind) - {MeasureKind.CHARGE}

FOLLOWS: Final[Mapping[Ground, frozenset[MeasureKind]]] = {
    Ground.NONE: frozenset({MeasureKind.NONE}),
    Ground.OVERSTAY_CHARGE: frozenset({MeasureKind.NONE, MeasureKind.CHARGE}),
    Ground.OVERSTAY_DEPORTATION: frozenset({MeasureKind.NONE, MeasureKind.LISTED, MeasureKind.DEPORTATION}),
    Ground.DANGEROUS: _GENERAL,
    Ground.LAW_NOT_OBEYED: _GENERAL,
    Ground.FLEES_PUNISHMENT: frozenset({MeasureKind.NONE, MeasureKind.DEPORTATION}),
}

GROUND_CITES: Final[Mapping[Ground, tuple[str, ...]]] = {
    Ground.NONE: (GROUNDS_CITE,),
    Ground.OVERSTAY_CHARGE: ("uu-6-2011/ps78/a1",),
    Ground.OVERSTAY_DEPORTATION: ("uu-6-2011/ps78/a2", "uu-6-2011/ps78/a3"),
    Ground.DANGEROUS: (GROUNDS_CITE,),
    Ground.LAW_NOT_OBEYED: (GROUNDS_CITE,),
    Ground.FLEES_PUNISHMENT: (FUGITIVE_CITE,),
}

GROUND_TITLES: Final[Mapping[Ground, str]] = {
    Ground.NONE: "Tidak terbukti, keliru, atau sudah selesai",
    Ground.OVERSTAY_CHARGE: "Overstay yang dikenai biaya beban, Pasal 78 ayat (1)",
    Ground.OVERSTAY_DEPORTATION: "Overstay di atas batas atau biaya tidak dibayar, Pasal 78 ayat (2) dan (3)",
    Ground.DANGEROUS: "Kegiatan berbahaya atau patut diduga membahayakan keamanan, Pasal 75 ayat (1)",
    Ground.LAW_NOT_OBEYED: "Tidak menghormati atau menaati peraturan, Pasal 75 ayat (1)",
    Ground.FLEES_PUNISHMENT: "Menghindari hukuman di negara asal, Pasal 75 ayat (3)",
}
"""The words of a verdict, which a letter repeats to the person; a code tells nobody why."""

OVERSTAY_GROUNDS: Final[Mapping[OverstayRoad, Ground]] = {
    OverstayRoad.NONE: Ground.NONE,
    OverstayRoad.CHARGE: Ground.OVERSTAY_CHARGE,
    OverstayRoad.DEPORTATION: Ground.OVERSTAY_DEPORTATION,
}


def ground_of(overstay: Verdict[OverstayRoad]) -> Ground:
    """Return the ground that an overstay verdict gives for a measure."""
    return OVERSTAY_GROUNDS[overstay.outcome]


def screen_judge(screen: Screen) -> Verdict[Permission]:
    """Conclude whether any measure may be thought of for this person."""
    if not screen.is_finished:
        because = "Penapisan korban perdagangan orang dan pengungsi belum selesai."
        return Verdict(Permission.HELD, because, (*VICTIM_CITES, REFUGEE_CITE))
    if screen.trafficking is ScreenAnswer.SHELTERED:
        because = "Ada tanda korban perdagangan orang atau penyelundupan manusia; rujuk ke pelindungan."
        return Verdict(Permission.HELD, because, VICTIM_CITES)
    if screen.refugee is ScreenAnswer.SHELTERED:
        because = "Ada permohonan suaka atau status pengungsi; penanganan menurut aturan pengungsi."
        return Verdict(Permission.HELD, because, (REFUGEE_CITE,))
    because = "Penapisan selesai tanpa tanda korban atau pengungsi."
    return Verdict(Permission.OPEN, because, (*VICTIM_CITES, REFUGEE_CITE))


def measure_judge(kind: MeasureKind, *, ground: Ground, screen: Screen) -> Verdict[Permission]:
    """Conclude whether a measure may be proposed on a ground after the screens."""
    cites = GROUND_CITES[ground]
    if kind is MeasureKind.NONE:
        return Verdict(Permission.OPEN, "Tidak mengambil tindakan selalu terbuka, dengan alasan.", cites)
    gate = screen_judge(screen)
    if gate.outcome is Permission.HELD:
        return gate
    named = f"“{GROUND_TITLES[ground]}”", f"“{TITLES[kind]}”"
    if kind not in FOLLOWS[ground]:
        because = f"Dasar {named[0]} tidak membuka tindakan {named[1]}."
        return Verdict(Permission.UNGROUNDED, because, (*cites, FORMS_CITE))
    return Verdict(Permission.OPEN, f"Dasar {named[0]} membuka tindakan {named[1]}.", (*cites, FORMS_CITE))


def measures_open(*, ground: Ground, screen: Screen) -> tuple[Measure, ...]:
    """Return the rungs that may be proposed, mildest first."""
    return tuple(
        measure
        for measure in LADDER
        if measure_judge(measure.kind, ground=ground, screen=screen).outcome is Permission.OPEN
    )


def conference_cite(*, on: date, book: LawBook) -> str:
    """Return the basis of the case conference (gelar kasus) on the day."""
    return book.first_in_force(CONFERENCE_CITES, on=on)
