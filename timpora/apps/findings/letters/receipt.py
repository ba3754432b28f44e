"""Tanda terima laporan: what the posko holds of a report, for the officer who sent it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from timpora.kernel.documents.letter import Label, Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReceipt(Letter):
    """A receipt carries counts and times, no name of anyone met in the field."""

    kind: ClassVar[str] = "tanda-terima"
    name: ClassVar[str] = "Surat Tanda Terima Laporan"
    classification: ClassVar[str] = "GR.03.08"
    pattern: ClassVar[str] = "STT-{urut:05}/{kantor}/{bulan}-{tahun}"

    reporter: Annotated[str, Label("Pelapor")]
    reporter_unit: Annotated[str, Label("Satuan pelapor")]
    report_kind: Annotated[str, Label("Jenis laporan")]
    report_code: Annotated[str, Label("Kode laporan")]
    operation: Annotated[str, Label("Operasi", optional=True)] = ""
    place: Annotated[str, Label("Titik sasaran")]
    made_on: Annotated[date, Label("Tanggal dibuat")]
    made_at: Annotated[str, Label("Jam dibuat di lapangan")]
    received_at: Annotated[str, Label("Jam diterima posko")]
    summary: Annotated[tuple[str, ...], Label("Isi ringkas")]
    attachments: Annotated[tuple[str, ...], Label("Lampiran", optional=True)] = ()
