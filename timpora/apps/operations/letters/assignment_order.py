"""Surat perintah Pengawasan Keimigrasian (Permen Imipas 2/2025 Pasal 30): who goes where, why, until when."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from timpora.kernel.documents.letter import Label, Letter, Official, Signatory


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A target point as the order names it; never a person's name."""

    name: Annotated[str, Label("Nama tempat")]
    address: Annotated[str, Label("Alamat")]
    area: Annotated[str, Label("Kecamatan, kabupaten/kota")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentOrder(Letter):
    """The order an officer shows at the door.

    `last_day` is printed and belongs to the order. `urgency` is filled only when the order follows the
    event (Pasal 30: the same day or at most one day later) and says what the officers met.
    """

    kind: ClassVar[str] = "surat-perintah"
    name: ClassVar[str] = "Surat Perintah Pengawasan Keimigrasian"
    classification: ClassVar[str] = "GR.03.06"

    nature: Annotated[str, Label("Sifat")] = "Biasa"
    annex: Annotated[str, Label("Lampiran", optional=True)] = "–"
    considering: Annotated[tuple[str, ...], Label("Menimbang")]
    legal_basis: Annotated[tuple[str, ...], Label("Dasar")]
    personnel: Annotated[tuple[Official, ...], Label("Petugas")]
    tasks: Annotated[tuple[str, ...], Label("Untuk")]
    places: Annotated[tuple[Place, ...], Label("Sasaran")]
    first_day: Annotated[date, Label("Tanggal mulai")]
    last_day: Annotated[date, Label("Tanggal selesai")]
    operation: Annotated[str, Label("Nama operasi", optional=True)] = ""
    urgency: Annotated[str, Label("Keadaan mendesak", optional=True)] = ""
    funding: Annotated[str, Label("Pembebanan biaya", optional=True)] = ""
    signatory: Annotated[Signatory, Label("Penanda tangan")]
    copies: Annotated[tuple[str, ...], Label("Tembusan", optional=True)] = ()
