"""The words of an office for the fields of a list: what a screen and an error file call them."""

from typing import Final

LABELS: Final[dict[str, str]] = {
    "name": "Nama lengkap",
    "surname": "Nama keluarga",
    "given_names": "Nama depan",
    "birth_date": "Tanggal lahir",
    "birth_place": "Tempat lahir",
    "birth_place_date": "Tempat, tanggal lahir",
    "sex": "Jenis kelamin",
    "nationality": "Kewarganegaraan",
    "document_number": "Nomor dokumen perjalanan",
    "document_kind": "Jenis dokumen",
    "document_state": "Negara penerbit dokumen",
    "document_expires_on": "Masa berlaku dokumen",
    "direction": "Arah perlintasan",
    "checkpoint": "Tempat pemeriksaan imigrasi",
    "crossed_on": "Tanggal perlintasan",
    "crossed_time": "Jam perlintasan",
    "carrier": "Alat angkut",
    "permit_kind": "Jenis izin tinggal",
    "visa_index": "Indeks visa",
    "permit_number": "Nomor izin tinggal",
    "starts_on": "Mulai berlaku",
    "ends_on": "Berlaku sampai",
    "guarantor": "Penjamin",
    "address": "Alamat",
    "region": "Kode wilayah",
    "lodging_name": "Nama penginapan",
    "checked_in_on": "Tanggal masuk",
    "checked_out_on": "Tanggal keluar",
    "reported_by": "Pelapor",
    "booked_by": "Pemesan",
    "employer": "Pemberi kerja",
    "position": "Jabatan",
    "work_location": "Lokasi kerja",
    "work_region": "Kode wilayah lokasi kerja",
    "plan_number": "Nomor RPTKA",
    "plan_location": "Lokasi kerja menurut RPTKA",
    "plan_region": "Kode wilayah menurut RPTKA",
    "seen_on": "Tanggal pendataan",
    "remark": "Keterangan",
}


def label(field: str) -> str:
    """Return what people call a field; the whole row where the fault is in no one field."""
    return LABELS.get(field, "Baris")
