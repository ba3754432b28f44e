"""Why a place may become a target: each ground names a paper, none names who somebody is.

Nationality, ethnicity, religion and the origin of a name are not grounds, and no table, filter or order
of this room knows them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Ground(StrEnum):
    """A lawful reason to check a place."""

    PERMIT_ENDED = "izin_berakhir"
    WORK_PLACE = "tempat_kerja_lain"
    ADDRESS = "alamat_lain"
    NO_ENTRY = "tanpa_catatan_masuk"
    WORK_RIGHT = "izin_kunjungan_bekerja"
    SPONSOR_REPORT = "laporan_penjamin"
    EMPLOYER_VISIT = "kunjungan_pemberi_kerja"
    LODGING_VISIT = "kunjungan_penginapan"
    AGENCY_REQUEST = "permintaan_instansi"
    HEARSAY = "informasi_lisan"


@dataclass(frozen=True, slots=True)
class GroundWords:
    """A ground as the office says it: its label, what paper must stand behind it, the articles."""

    label: str
    paper: str
    cites: tuple[str, ...]

    @property
    def is_documented(self) -> bool:
        """Whether a paper can stand behind it: what was only heard can be noted but never approved."""
        return bool(self.paper)


GROUNDS: Final[dict[Ground, GroundWords]] = {
    Ground.PERMIT_ENDED: GroundWords(
        "Izin tinggal berakhir, masih dilaporkan ada",
        "Data izin tinggal dan laporan keberadaan sesudah izin berakhir.",
        ("uu-6-2011/ps68", "uu-6-2011/ps78/a1"),
    ),
    Ground.WORK_PLACE: GroundWords(
        "Bekerja di tempat lain dari rencana",
        "Pengesahan RPTKA atau daftar TKA yang menyebut lokasi kerja lain.",
        ("uu-6-2011/ps68", "uu-6-2011/ps122"),
    ),
    Ground.ADDRESS: GroundWords(
        "Alamat lain dari izin tinggal",
        "Alamat pada izin tinggal dan laporan keberadaan yang berbeda.",
        ("uu-6-2011/ps68", "uu-6-2011/ps71"),
    ),
    Ground.NO_ENTRY: GroundWords(
        "Tidak ada catatan masuk",
        "Laporan keberadaan tanpa catatan perlintasan masuk.",
        ("uu-6-2011/ps68", "uu-6-2011/ps119"),
    ),
    Ground.WORK_RIGHT: GroundWords(
        "Izin kunjungan, dilaporkan bekerja",
        "Izin tinggal tanpa hak bekerja dan daftar pekerja yang memuat orangnya.",
        ("uu-6-2011/ps68", "uu-6-2011/ps122"),
    ),
    Ground.SPONSOR_REPORT: GroundWords(
        "Laporan penjamin",
        "Laporan tertulis penjamin tentang perubahan atau hilangnya orang yang dijamin.",
        ("uu-6-2011/ps63", "uu-6-2011/ps68"),
    ),
    Ground.EMPLOYER_VISIT: GroundWords(
        "Kunjungan pemberi kerja",
        "Daftar TKA pemberi kerja yang hendak dicocokkan di lokasi.",
        ("uu-6-2011/ps68", "pp-31-2013/ps180-181"),
    ),
    Ground.LODGING_VISIT: GroundWords(
        "Kunjungan penginapan",
        "Laporan tamu asing (APOA) atau kewajiban lapor yang tidak dipenuhi.",
        ("uu-6-2011/ps68", "uu-6-2011/ps72"),
    ),
    Ground.AGENCY_REQUEST: GroundWords(
        "Permintaan instansi anggota Timpora",
        "Surat instansi, dengan nomor dan tanggalnya.",
        ("uu-6-2011/ps68", "uu-6-2011/ps69"),
    ),
    Ground.HEARSAY: GroundWords("Informasi lisan, belum tertulis", "", ("uu-6-2011/ps68",)),
}
