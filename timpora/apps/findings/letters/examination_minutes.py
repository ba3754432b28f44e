"""Berita acara pemeriksaan lapangan, in Indonesian and English: what was asked, answered, seen and signed."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final

from timpora.kernel.documents.letter import Ink, Label, Letter, Official, Paired

# The notice read out before the first question. Each sentence is a duty of the officer or a right in law;
# the office may shorten it, never add a threat to it.
_RIGHTS: Final = (
    Paired(
        "Saudara dapat menjawab dalam bahasa yang Saudara kuasai dan meminta juru bahasa.",
        "You may answer in a language you command and ask for an interpreter.",
    ),
    Paired(
        "Saudara dapat meminta agar perwakilan negara Saudara diberi tahu.",
        "You may ask that the mission of your country be informed.",
    ),
    Paired(
        "Saudara dapat membaca, membetulkan, dan menambah berita acara ini sebelum menandatanganinya.",
        "You may read, correct and add to these minutes before signing them.",
    ),
    Paired(
        "Saudara dapat menolak menandatangani; penolakan dan alasannya dicatat di bawah.",
        "You may decline to sign; the refusal and its reason are recorded below.",
    ),
)
RIGHTS_WITH_ORDER: Final = (
    Paired(
        "Petugas telah memperkenalkan diri, menunjukkan surat perintah, dan menjelaskan maksud pemeriksaan.",
        "The officers have identified themselves, shown their order and explained the purpose.",
    ),
    *_RIGHTS,
)
# Pasal 30(2): without an order the officer first reports, then introduces himself and explains.
RIGHTS_WITHOUT_ORDER: Final = (
    Paired(
        "Petugas telah memperkenalkan diri dan menjelaskan maksud serta alasan tanpa surat perintah.",
        "The officers have identified themselves and explained why they act without an order.",
    ),
    *_RIGHTS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """The person examined, in the person's own words or from the document shown."""

    name: Annotated[str, Label("Nama")]
    sex: Annotated[str, Label("Jenis kelamin")]
    born: Annotated[str, Label("Tempat, tanggal lahir")]
    nationality: Annotated[str, Label("Kewarganegaraan")]
    travel_document: Annotated[str, Label("Dokumen perjalanan")]
    stay_permit: Annotated[str, Label("Izin tinggal")]
    occupation: Annotated[str, Label("Pekerjaan/kegiatan")]
    address: Annotated[str, Label("Alamat di Indonesia")]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and the answer given."""

    question: Annotated[str, Label("Pertanyaan")]
    answer: Annotated[str, Label("Jawaban")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationMinutes(Letter):
    """Minutes of one examination.

    `authority` is the surat perintah by number and date, or the ground of Pasal 30(2) for acting without
    one. `refusal` holds the reason when the person declined to sign; empty means that they sign.
    `read_back` tells how the minutes were read back to the person. `inks` are signatures drawn on glass
    (F54) for the places `diperiksa`, `pemeriksa-1`, `juru-bahasa`, `saksi-1` and so on; a place without one
    is left open for a pen.
    """

    kind: ClassVar[str] = "berita-acara"
    name: ClassVar[str] = "Berita Acara Pemeriksaan Lapangan"
    classification: ClassVar[str] = "GR.03.07"
    pattern: ClassVar[str] = "BA-{urut}/{kantor}-{klasifikasi}/{bulan_romawi}/{tahun}"

    started_at: Annotated[str, Label("Jam mulai")]
    ended_at: Annotated[str, Label("Jam selesai")]
    place: Annotated[str, Label("Tempat pemeriksaan")]
    authority: Annotated[str, Label("Surat perintah")]
    officers: Annotated[tuple[Official, ...], Label("Pemeriksa")]
    examined: Annotated[Examined, Label("Yang diperiksa")]
    language: Annotated[str, Label("Bahasa pemeriksaan")]
    interpreter: Annotated[str, Label("Juru bahasa", optional=True)] = ""
    rights: Annotated[tuple[Paired, ...], Label("Pemberitahuan hak")]
    documents: Annotated[tuple[str, ...], Label("Dokumen yang diperlihatkan", optional=True)] = ()
    exchanges: Annotated[tuple[Exchange, ...], Label("Tanya jawab")]
    observations: Annotated[tuple[str, ...], Label("Yang dilihat petugas", optional=True)] = ()
    corrections: Annotated[str, Label("Pembetulan oleh yang diperiksa", optional=True)] = ""
    read_back: Annotated[str, Label("Pembacaan kembali")]
    refusal: Annotated[str, Label("Alasan menolak menandatangani", optional=True)] = ""
    inks: Annotated[tuple[Ink, ...], Label("Tanda tangan di layar", optional=True)] = ()
    witnesses: Annotated[tuple[str, ...], Label("Saksi", optional=True)] = ()
    examined_on: Annotated[date, Label("Tanggal pemeriksaan")]
