"""Tanda terima keberatan: the day of receipt starts the Directorate General's own term."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from timpora.kernel.documents.letter import Label, Letter, Signatory


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionReceipt(Letter):
    """A letter to the person who objected, or to the proxy, saying what was received and what follows."""

    kind: ClassVar[str] = "tanda-terima-keberatan"
    name: ClassVar[str] = "Tanda Terima Keberatan"
    classification: ClassVar[str] = "GR.03.10"

    nature: Annotated[str, Label("Sifat")]
    annex: Annotated[str, Label("Lampiran")]
    about: Annotated[str, Label("Hal")]
    addressee: Annotated[str, Label("Kepada")]
    addressee_place: Annotated[str, Label("Alamat tujuan")]
    objector: Annotated[str, Label("Nama yang berkeberatan")]
    proxy: Annotated[str, Label("Kuasa", optional=True)] = ""
    decision_number: Annotated[str, Label("Nomor keputusan")]
    decision_dated: Annotated[date, Label("Tanggal keputusan")]
    received_on: Annotated[date, Label("Tanggal diterima")]
    received_parts: Annotated[tuple[str, ...], Label("Berkas yang diterima")]
    next_steps: Annotated[tuple[str, ...], Label("Tahap berikutnya")]
    legal_basis: Annotated[tuple[str, ...], Label("Dasar")]
    signatory: Annotated[Signatory, Label("Penanda tangan")]
    copies: Annotated[tuple[str, ...], Label("Tembusan", optional=True)] = ()
