"""Building the letters of a case from what is known: pure, so that a preview prints what will be issued."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from timpora.apps.cases.letters.measure_decision import Measure, MeasureDecision, Objection, Subject
from timpora.apps.cases.letters.objection_receipt import ObjectionReceipt
from timpora.apps.cases.types import NewObjection, PartyWords
from timpora.domain.law.cite import LawBook
from timpora.domain.measures import FORMS_CITE, LADDER, Ground, MeasureKind
from timpora.domain.particulars import Particulars, PermitChange, lack_of
from timpora.domain.words import rupiah
from timpora.kernel.documents.calendar_words import DayWords, days_long, spelled
from timpora.kernel.documents.letter import Paired, Signatory
from timpora.kernel.documents.letterhead import LetterOffice

OBJECTION_BASES: Final = ("uu-6-2011/ps77", "permen-imipas-2-2025/ps73")
DECISION_BASES: Final = ("uu-6-2011/ps75/a1", "uu-6-2011/ps75/a2", "uu-6-2011/ps76")
MINISTER: Final = "Menteri melalui Direktur Jenderal Imigrasi"
RUNGS: Final = {rung.kind: rung for rung in LADDER}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPapers:
    """All that a decision is printed from."""

    office: LetterOffice
    signatory: Signatory
    dated: date
    book: LawBook
    words: PartyWords
    kind: MeasureKind
    ground: Ground
    told: str
    because: str
    found: str
    cites: tuple[str, ...]
    charge_rupiah: int
    particulars: Particulars
    wants_ban: bool
    screened_on: date
    conference_on: date
    case_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPapers:
    """All that the receipt of an objection is printed from."""

    office: LetterOffice
    signatory: Signatory
    dated: date
    book: LawBook
    objection: NewObjection
    decision_number: str
    decision_on: date
    forward_by: date


def decision_letter(papers: DecisionPapers) -> MeasureDecision:
    """Return the decision as it would be printed; `kernel.documents.letter.missing` names its holes."""
    words = papers.words
    by = papers.signatory.position
    return MeasureDecision(
        letterhead=papers.office.letterhead(on=papers.dated),
        issued_in=papers.office.place,
        dated=papers.dated,
        decided_by=by,
        about=f"tindakan administratif keimigrasian terhadap Orang Asing atas nama {words.name}",
        considering=_considering(papers),
        legal_basis=_bases(papers.book, (*DECISION_BASES, *papers.cites), papers.dated),
        noting=(
            f"Berkas perkara nomor {papers.case_number};",
            f"Hasil gelar kasus tanggal {DayWords.of(papers.conference_on).long}.",
        ),
        subject=Subject(
            name=words.name,
            sex=words.sex,
            born=words.born,
            nationality=words.nationality,
            travel_document=words.travel_document,
            stay_permit=words.stay_permit,
            address=words.address,
            guarantor=words.guarantor,
        ),
        measures=(_measure(papers),),
        further=("Usulan Penangkalan diajukan dengan surat tersendiri menurut ketentuan.",)
        if papers.wants_ban
        else (),
        objection=_objection(papers.book, papers.dated),
        signatory=papers.signatory,
        copies=("Direktur Jenderal Imigrasi;", "Yang bersangkutan;", "Arsip."),
    )


def _considering(papers: DecisionPapers) -> tuple[str, ...]:
    said = (papers.found, papers.told, papers.because)
    return (
        *(f"bahwa {days_long(_small(one))};" for one in said if one),
        f"bahwa penapisan tanggal {DayWords.of(papers.screened_on).long} tidak menunjukkan tanda korban "
        "perdagangan orang ataupun permohonan suaka;",
        "bahwa gelar kasus menyimpulkan tindakan administratif keimigrasian sebagaimana ditetapkan di bawah.",
    )


def _small(sentence: str) -> str:
    """Return a sentence as it continues another: small first letter, no full stop."""
    trimmed = sentence.strip().rstrip(".;")
    # A name or an abbreviation keeps its capitals.
    return trimmed if trimmed[1:2].isupper() else trimmed[:1].lower() + trimmed[1:]


def _measure(papers: DecisionPapers) -> Measure:
    label = papers.book.article(FORMS_CITE, on=papers.dated).label
    basis = f"{label} huruf {RUNGS[papers.kind].letter}"
    if papers.kind is MeasureKind.CHARGE:
        return Measure(text=f"pengenaan biaya beban sebesar {rupiah(papers.charge_rupiah)}", basis=basis)
    return Measure(text=_imposed(papers.kind, papers.particulars), basis=basis)


def _imposed(kind: MeasureKind, told: Particulars) -> str:
    """Return the measure with its places, list or destination; empty, and so a hole, where one is missing."""
    if lack_of(kind, told) is not None:
        return ""
    places = "; ".join(place.told for place in told.places)
    change = f": {told.permit_words}" if told.permit_change is not PermitChange.CANCELLED else ""
    words = {
        MeasureKind.LIVE_AT: f"keharusan untuk bertempat tinggal di {places}",
        MeasureKind.BARRED_FROM: f"larangan berada di {places}",
        MeasureKind.PERMIT: f"{told.permit_change} Izin Tinggal{change}",
        MeasureKind.LISTED: f"pencantuman dalam daftar {str(told.listing).capitalize()}",
        MeasureKind.DEPORTATION: f"Deportasi dari Wilayah Indonesia ke {told.destination}",
    }
    return words.get(kind, "")


def _objection(book: LawBook, on: date) -> Objection:
    days = book.value("objection_file_working_days", on=on).value
    return Objection(
        addressed_to=MINISTER,
        term=Paired(
            f"{days} ({spelled(days)}) hari kerja sejak keputusan ini diterima.",
            f"{days} working days from receipt of this decision.",
        ),
        content=Paired(
            "Tertulis dalam bahasa Indonesia, memuat identitas, alasan, dan bukti sanggahan, serta "
            "ditandatangani Orang Asing atau kuasanya dengan surat kuasa.",
            "In writing, in Indonesian, with identity, reasons and rebutting evidence, signed by you or by a "
            "proxy holding a power of attorney.",
        ),
        effect=Paired(
            "Pengajuan keberatan tidak menunda pelaksanaan tindakan.",
            "An objection does not suspend the measure.",
        ),
        basis="; ".join(article.label for article in book.holding(OBJECTION_BASES, on=on)),
    )


def receipt_letter(papers: ReceiptPapers) -> ObjectionReceipt:
    """Return the receipt of an objection as it would be printed."""
    told = papers.objection
    parts = [part.rstrip(".;") for part in told.parts]
    minister = papers.book.value("objection_decide_working_days", on=papers.dated).value
    return ObjectionReceipt(
        letterhead=papers.office.letterhead(on=papers.dated),
        issued_in=papers.office.place,
        dated=papers.dated,
        nature="Segera",
        annex=f"{len(parts)} ({spelled(len(parts))}) berkas",
        about="Tanda terima keberatan",
        addressee=f"Sdr. {told.proxy or told.objector}",
        addressee_place=told.place,
        objector=told.objector,
        proxy=told.proxy,
        decision_number=papers.decision_number,
        decision_dated=papers.decision_on,
        received_on=told.filed_on,
        received_parts=tuple(f"{part};" for part in parts),
        next_steps=(
            "Direktur Jenderal meneruskan keberatan beserta pertimbangannya kepada Menteri paling lambat "
            f"{DayWords.of(papers.forward_by).long}.",
            f"Menteri memutus dalam {minister} hari kerja sejak menerimanya. Putusan disampaikan kepada "
            "Saudara.",
        ),
        legal_basis=_bases(papers.book, OBJECTION_BASES, papers.dated),
        signatory=papers.signatory,
        copies=("Direktur Jenderal Imigrasi;", "Arsip."),
    )


def _bases(book: LawBook, cites: Iterable[str], on: date) -> tuple[str, ...]:
    found = book.holding(dict.fromkeys(cites), on=on)
    return tuple(f"{a.citation}{'.' if a is found[-1] else ';'}" for a in found)
