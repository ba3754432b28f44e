"""Keputusan tindakan administratif keimigrasian (UU 6/2011 Pasal 75-76): reasoned, open to objection."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from timpora.kernel.documents.letter import Label, Letter, Paired, Signatory


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The person decided on, with what the decision needs to identify the right one and no more."""

    name: Annotated[str, Label("Nama")]
    sex: Annotated[str, Label("Jenis kelamin")]
    born: Annotated[str, Label("Tempat, tanggal lahir")]
    nationality: Annotated[str, Label("Kewarganegaraan")]
    travel_document: Annotated[str, Label("Dokumen perjalanan")]
    stay_permit: Annotated[str, Label("Izin tinggal")]
    address: Annotated[str, Label("Alamat di Indonesia")]
    guarantor: Annotated[str, Label("Penjamin", optional=True)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of Pasal 75(2) as imposed, with its own article."""

    text: Annotated[str, Label("Tindakan")]
    basis: Annotated[str, Label("Dasar tindakan")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """The way to object: the term counts working days from receipt (UU 6/2011 Pasal 77)."""

    addressed_to: Annotated[str, Label("Tujuan keberatan")]
    term: Annotated[Paired, Label("Tenggat keberatan")]
    content: Annotated[Paired, Label("Isi keberatan")]
    effect: Annotated[Paired, Label("Akibat keberatan")]
    basis: Annotated[str, Label("Dasar keberatan")]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDecision(Letter):
    """The decision the person concerned receives; `noting` names the gelar kasus and the evidence heard."""

    kind: ClassVar[str] = "keputusan-tak"
    name: ClassVar[str] = "Keputusan Tindakan Administratif Keimigrasian"
    classification: ClassVar[str] = "GR.03.09"
    pattern: ClassVar[str] = "{kantor}-{urut:04}.{klasifikasi} TAHUN {tahun}"

    decided_by: Annotated[str, Label("Pejabat yang memutus")]
    about: Annotated[str, Label("Tentang")]
    considering: Annotated[tuple[str, ...], Label("Menimbang")]
    legal_basis: Annotated[tuple[str, ...], Label("Mengingat")]
    noting: Annotated[tuple[str, ...], Label("Memperhatikan", optional=True)] = ()
    subject: Annotated[Subject, Label("Orang Asing")]
    measures: Annotated[tuple[Measure, ...], Label("Tindakan")]
    further: Annotated[tuple[str, ...], Label("Diktum lain", optional=True)] = ()
    objection: Annotated[Objection, Label("Hak keberatan")]
    signatory: Annotated[Signatory, Label("Penanda tangan")]
    copies: Annotated[tuple[str, ...], Label("Tembusan", optional=True)] = ()
