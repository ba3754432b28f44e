"""What a surat perintah prints, from the order, its team and its targets; a pure function of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from timpora.apps.identity.types import UnitView
from timpora.apps.operations.letters.assignment_order import AssignmentOrder, Place
from timpora.apps.operations.types import EncounterView, MemberView, OperationView, OrderView, TargetView
from timpora.domain.law.cite import LawBook
from timpora.domain.territory import ZONE_LABELS
from timpora.kernel.documents.calendar_words import DayWords, days_long
from timpora.kernel.documents.letter import Official, Signatory
from timpora.kernel.documents.letterhead import LetterOffice

ORDER_BASES: Final = ("permen-imipas-2-2025/ps30", "permenkumham-4-2017")
STANDING_BASES: Final = ("uu-6-2011/ps68", "uu-6-2011/ps69", "pp-31-2013/ps180-181")
CONSIDERING: Final = (
    "bahwa terdapat titik sasaran yang telah disetujui dengan dasar tertulis dan perlu diperiksa;",
    "bahwa untuk pelaksanaannya perlu menugaskan petugas yang namanya tercantum dalam surat ini.",
)
TASKS: Final = (
    "melaksanakan pengawasan keimigrasian lapangan di titik sasaran;",
    "meminta keterangan dan memeriksa dokumen perjalanan serta izin tinggal;",
    "melaporkan hasil setiap kunjungan, termasuk nihil, kepada posko pada hari yang sama.",
)
FOLLOWING: Final = (
    "bahwa petugas bertemu langsung dengan orang asing dalam keadaan yang memungkinkan pemeriksaan tanpa "
    "surat perintah, dan pemeriksaan itu disetujui sebelum dilanjutkan;",
    "bahwa dalam pemeriksaan terdapat temuan, sehingga surat perintah wajib diterbitkan menyusul.",
)
FOLLOWING_TASKS: Final = (
    "membawa orang asing yang ditemui ke kantor dan membuat berita acara pemeriksaan;",
    "melaporkan hasilnya kepada pemberi perintah.",
)
COPIES: Final = ("Direktur Jenderal Imigrasi;", "Arsip.")

# Longer lists leave the letter for a page of their own; the template asks the same numbers.
OFFICERS_MOST: Final = 6
PLACES_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the head, or who stands in (`Plt.`, `Plh.`)."""

    name: str
    nip: str
    rank: str
    acting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """All that an order is printed from."""

    order: OrderView
    operation: OperationView
    targets: Sequence[TargetView]
    unit: UnitView
    office: LetterOffice
    area_names: Mapping[str, str]
    signer: Signer
    dated: date
    book: LawBook


def order_cites(book: LawBook, on: date) -> tuple[str, ...]:
    """Return the articles an order of that day rests on."""
    return (*book.in_force(STANDING_BASES, on=on), book.first_in_force(ORDER_BASES, on=on))


def order_letter(papers: Papers) -> AssignmentOrder:
    """Return the letter as it would be printed; `kernel.documents.letter.missing` names its holes."""
    order, operation = papers.order, papers.operation
    places = _places(papers)
    return AssignmentOrder(
        nature=order.words.nature,
        annex=_annex(len(order.team.members), len(places)),
        letterhead=papers.office.letterhead(on=papers.dated),
        issued_in=papers.office.place,
        dated=papers.dated,
        considering=tuple(days_long(line) for line in order.words.considering),
        legal_basis=_bases(papers, operation),
        personnel=tuple(_official(member) for member in order.team.members),
        tasks=order.words.tasks,
        places=places,
        first_day=order.first_day,
        last_day=order.last_day,
        operation=operation.name,
        urgency=_urgency(order),
        funding=order.words.funding,
        signatory=Signatory(
            capacity=papers.signer.acting,
            position=f"Kepala {papers.unit.name}",
            name=papers.signer.name,
            rank=papers.signer.rank,
            nip=papers.signer.nip,
            electronic=not order.words.is_pen_signed,
        ),
        copies=order.words.copies,
    )


def _bases(papers: Papers, operation: OperationView) -> tuple[str, ...]:
    articles = papers.book.resolve(order_cites(papers.book, papers.dated), on=papers.dated)
    lines = [f"{article.citation};" for article in articles]
    if operation.order_number:
        dated = f" tanggal {DayWords.of(operation.order_on).long}" if operation.order_on else ""
        lines.append(f"Surat Nomor {operation.order_number}{dated} tentang {operation.name}.")
    return tuple(lines)


def _official(member: MemberView) -> Official:
    return Official(
        name=member.name,
        number=member.nip,
        rank=member.rank,
        position=member.title,
        role="ketua regu" if member.is_leader else "anggota",
    )


def _places(papers: Papers) -> tuple[Place, ...]:
    """Return the targets of a team, or for an order that follows a check the place of that check alone."""
    met = papers.order.encounter
    if met is None:
        return tuple(_place(target, papers.area_names) for target in papers.targets)
    area = papers.area_names.get(met.wilayah, met.wilayah)
    return (Place(name=met.place, address=met.address, area=area),)


def _annex(officers: int, places: int) -> str:
    """Say which lists follow on pages of their own."""
    lists = ["daftar petugas"] if officers > OFFICERS_MOST else []
    lists += ["daftar sasaran"] if places > PLACES_MOST else []
    return ", ".join(lists) or "–"


def _urgency(order: OrderView) -> str:
    """Say what came before an order that follows: the exception, who approved when, and how late it is."""
    met = order.encounter
    if met is None or met.decided_at is None:
        return ""
    said = (
        f"{met.exemption_label}. Dilaporkan {met.reported_by} {_hour(met.reported_at, met)}; pemeriksaan "
        f"disetujui {met.decided_by} {_hour(met.decided_at, met)}, sebelum dilanjutkan."
    )
    if met.clock and met.clock.is_late:
        said += (
            f" Surat ini diterbitkan {met.clock.days_late} hari lewat dari batasnya "
            f"({met.clock.last_day:%d-%m-%Y}): {order.late_because}"
        )
    return said


def _hour(at: datetime, met: EncounterView) -> str:
    return f"{at.astimezone(ZoneInfo(met.zone)):%d-%m-%Y pukul %H.%M} {ZONE_LABELS[met.zone]}"


def _place(target: TargetView, area_names: Mapping[str, str]) -> Place:
    return Place(
        name=target.name, address=target.address, area=area_names.get(target.wilayah, target.wilayah)
    )
