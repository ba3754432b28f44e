"""How this room refuses."""

from timpora.kernel.errors import Refusal


class WilayahError(Refusal):
    """Something about places or reference tables cannot be done."""

    code = "wilayah.error"
    message = "Data wilayah tidak dapat diproses."


class RegionUnknown(WilayahError):
    """No region has this code."""

    code = "wilayah.region-unknown"
    message = "Kode wilayah tidak dikenal. Pilih wilayah dari daftar."


class BoundaryFileUnreadable(WilayahError):
    """The file given is no GeoJSON of boundaries keyed by Kemendagri code."""

    code = "wilayah.boundary-file-unreadable"
    message = "Berkas batas tidak dapat dibaca."


class BoundaryOutsideIndonesia(WilayahError):
    """A geometry lies outside Indonesia: another country, metres instead of degrees, or lat/lng swapped."""

    code = "wilayah.boundary-outside"
    message = "Ada batas di luar Indonesia."


class ReferenceRowUnknown(WilayahError):
    """The editable table has no such row."""

    code = "wilayah.reference-unknown"
    message = "Baris acuan tidak ditemukan."


class ReferenceValueRefused(WilayahError):
    """An edited row is not what the table can hold."""

    code = "wilayah.reference-refused"
    message = "Isian tidak dapat diterima."


class ReferenceSourceMissing(WilayahError):
    """A row was changed or confirmed without saying on what authority."""

    code = "wilayah.reference-source-missing"
    message = "Sebutkan sumbernya, misalnya nomor peraturan atau surat."


class CarriedDataBroken(WilayahError):
    """A data file of the program itself is missing or damaged."""

    code = "wilayah.carried-data-broken"
    message = "Berkas data bawaan rusak; pasang ulang program."
