"""What a surat perintah prints, from the order, its team and its targets; a pure function of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from timpora.apps.identity.types import UnitView
from timpora.apps.operations.letters.assignment_order import AssignmentOrder, Place
from timpora.apps.operations.types import MemberView, OperationView, OrderView, TargetView
from timpora.domain.law.cite import LawBook
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
COPIES: Final = ("Direktur Jenderal Imigrasi;", "Arsip.")


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
    return AssignmentOrder(
        letterhead=papers.office.letterhead(on=papers.dated),
        issued_in=papers.office.place,
        dated=papers.dated,
        considering=tuple(days_long(line) for line in order.words.considering),
        legal_basis=_bases(papers, operation),
        personnel=tuple(_official(member) for member in order.team.members),
        tasks=order.words.tasks,
        places=tuple(_place(target, papers.area_names) for target in papers.targets),
        first_day=order.first_day,
        last_day=order.last_day,
        operation=operation.name,
        funding=order.words.funding,
        signatory=Signatory(
            capacity=papers.signer.acting,
            position=f"Kepala {papers.unit.name}",
            name=papers.signer.name,
            rank=papers.signer.rank,
            nip=papers.signer.nip,
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


def _place(target: TargetView, area_names: Mapping[str, str]) -> Place:
    return Place(
        name=target.name, address=target.address, area=area_names.get(target.wilayah, target.wilayah)
    )
