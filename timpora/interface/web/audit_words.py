"""What the verbs of the audit log mean in the office's words; a verb without a word stands as it is."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timpora.kernel.audit.tags import Tag

# The rooms of the house, by the first part of a verb.
ROOMS: Mapping[str, str | Promise] = {
    "accountability": _("Audit"),
    "cases": _("Perkara"),
    "documents": _("Surat"),
    "findings": _("Temuan"),
    "identity": _("Akun"),
    "indications": _("Indikasi"),
    "intake": _("Daftar masuk"),
    "kernel": _("Sistem"),
    "law": _("Hukum"),
    "operations": _("Operasi"),
    "registry": _("Orang"),
    "wilayah": _("Data acuan"),
}

WORDS: Mapping[str, str | Promise] = {
    Tag.ACCOUNTABILITY_SEALED_EXPORTED: _("Catatan di bawah segel diunduh"),
    Tag.CASES_CLOSED: _("Perkara ditutup"),
    Tag.CASES_CONFERENCE_RECORDED: _("Gelar perkara dicatat"),
    Tag.CASES_LETTER_DELIVERED: _("Surat disampaikan"),
    Tag.CASES_MEASURE_COUNTERSIGNED: _("Usulan diparaf"),
    Tag.CASES_MEASURE_DECIDED: _("Tindakan diputus"),
    Tag.CASES_MEASURE_EXECUTED: _("Tindakan dilaksanakan"),
    Tag.CASES_MEASURE_PROPOSED: _("Tindakan diusulkan"),
    Tag.CASES_MEASURE_RETURNED: _("Usulan dikembalikan"),
    Tag.CASES_OBJECTION_FORWARDED: _("Keberatan diteruskan"),
    Tag.CASES_OBJECTION_RECORDED: _("Keberatan dicatat"),
    Tag.CASES_OPENED: _("Perkara dibuka"),
    Tag.CASES_PARTY_CORRECTED: _("Data orang untuk surat diperbaiki"),
    Tag.CASES_PROTECTION_ANSWERED: _("Jawaban layanan dicatat"),
    Tag.CASES_PROTECTION_ENDED: _("Rujukan diselesaikan"),
    Tag.CASES_PROTECTION_REFUSED: _("Pengembalian ditolak"),
    Tag.CASES_PROTECTION_RETURNED: _("Pengembalian dibenarkan"),
    Tag.CASES_PROTECTION_REVIEWED: _("Ditinjau: bukan korban"),
    Tag.CASES_PROTECTION_TAKEN: _("Rujukan diambil"),
    Tag.CASES_READ: _("Perkara dibuka untuk dibaca"),
    Tag.CASES_SCREENED: _("Penapisan dicatat"),
    Tag.CLOCK_SET: _("Jam program disetel"),
    Tag.DOCUMENTS_LETTER_READ: _("Surat dibuka"),
    Tag.DOCUMENTS_LETTER_STORED: _("Surat disimpan"),
    Tag.FINDINGS_BREACH_EXPLAINED: _("Pelanggaran urutan SOP dijelaskan"),
    Tag.FINDINGS_CONFLICT_SETTLED: _("Benturan laporan diselesaikan"),
    Tag.FINDINGS_REKAP_TAKEN: _("Rekap harian diambil"),
    Tag.FINDINGS_REPORTED: _("Laporan diterima"),
    Tag.FINDINGS_REPORT_CONFLICTED: _("Laporan berbenturan"),
    Tag.IDENTITY_ASSIGNMENT_GRANTED: _("Penugasan diberikan"),
    Tag.IDENTITY_LANGUAGE_CHOSEN: _("Bahasa dipilih"),
    Tag.IDENTITY_LETTERHEAD_WRITTEN: _("Kop surat diubah"),
    Tag.IDENTITY_PURPOSE_CHOSEN: _("Tujuan kerja dipilih"),
    Tag.IDENTITY_SIGNED_IN: _("Masuk"),
    Tag.IDENTITY_SIGNED_OUT: _("Keluar"),
    Tag.IDENTITY_SIGN_IN_REFUSED: _("Percobaan masuk ditolak"),
    Tag.IDENTITY_UNITS_LOADED: _("Daftar unit dimuat"),
    Tag.INDICATIONS_FOUND: _("Aturan dijalankan"),
    Tag.INDICATIONS_RULE_SUSPENDED: _("Aturan dihentikan atau dijalankan kembali"),
    Tag.INDICATIONS_VERDICT_GIVEN: _("Indikasi dinilai"),
    Tag.INTAKE_IMPORTED: _("Daftar dimuat"),
    Tag.INTAKE_MAPPING_SAVED: _("Pemetaan kolom disimpan"),
    Tag.INTAKE_PAIR_DECIDED: _("Pasangan ragu diputus"),
    Tag.INTAKE_PAIR_UNDONE: _("Putusan pasangan dibatalkan"),
    Tag.INTAKE_RECEIVED: _("Daftar diterima"),
    Tag.LAW_LOADED: _("Berkas hukum dimuat"),
    Tag.OPERATIONS_OFFICE_ANSWERED: _("Kantor menjawab kesiapan"),
    Tag.OPERATIONS_OPENED: _("Operasi dibuka"),
    Tag.OPERATIONS_ORDER_DRAFTED: _("Surat perintah disusun"),
    Tag.OPERATIONS_ORDER_ISSUED: _("Surat perintah diterbitkan"),
    Tag.OPERATIONS_PHASE_OPENED: _("Tahap dibuka"),
    Tag.OPERATIONS_TARGET_APPROVED: _("Sasaran disetujui"),
    Tag.OPERATIONS_TARGET_PROPOSED: _("Sasaran diusulkan"),
    Tag.OPERATIONS_TARGET_REFUSED: _("Sasaran ditolak"),
    Tag.OPERATIONS_TEAM_FORMED: _("Regu dibentuk"),
    Tag.REGISTRY_MERGED: _("Dua orang digabung"),
    Tag.REGISTRY_PERSON_READ: _("Data orang dibuka"),
    Tag.REGISTRY_PERSON_SEARCHED: _("Orang dicari"),
    Tag.REGISTRY_RECORDS_ADDED: _("Catatan ditambahkan"),
    Tag.REGISTRY_UNMERGED: _("Penggabungan dibatalkan"),
    Tag.WILAYAH_BOUNDARIES_LOADED: _("Batas wilayah dimuat"),
    Tag.WILAYAH_REFERENCE_EDITED: _("Data acuan diubah"),
    Tag.WILAYAH_REFERENCE_LOADED: _("Data acuan dimuat"),
    Tag.FINDINGS_REPORT_READ: _("Laporan dibaca"),
    Tag.OPERATIONS_CLOSED: _("Operasi ditutup"),
    Tag.OPERATIONS_ORDER_CANCELLED: _("Konsep surat perintah dibatalkan"),
    Tag.OPERATIONS_ORDER_CARRIED_OUT: _("Surat perintah dilaksanakan"),
    Tag.OPERATIONS_ORDER_ISSUED_LATE: _("Surat perintah diterbitkan terlambat"),
    Tag.OPERATIONS_ORDER_OWED: _("Surat perintah wajib menyusul"),
    Tag.OPERATIONS_ORDER_REPORTED: _("Hasil surat perintah dilaporkan"),
    Tag.OPERATIONS_ORDER_WITHDRAWN: _("Surat perintah dicabut"),
    Tag.OPERATIONS_REGISTER_WRITTEN: _("Register operasi dicatat"),
    Tag.OPERATIONS_TARGET_VISITED: _("Sasaran dikunjungi"),
    Tag.OPERATIONS_TARGET_RETRACTED: _("Usulan sasaran ditarik"),
    Tag.OPERATIONS_TARGET_WITHDRAWN: _("Sasaran dicabut"),
    Tag.OPERATIONS_ENCOUNTER_APPROVED: _("Pemeriksaan langsung disetujui"),
    Tag.OPERATIONS_ENCOUNTER_CHECKED: _("Pemeriksaan langsung dilaporkan hasilnya"),
    Tag.OPERATIONS_ENCOUNTER_REFUSED: _("Pemeriksaan langsung tidak disetujui"),
    Tag.OPERATIONS_ENCOUNTER_REPORTED: _("Pemeriksaan langsung dimintakan persetujuan"),
    Tag.OPERATIONS_JOURNAL_CORRECTED: _("Jurnal posko dikoreksi"),
    Tag.OPERATIONS_JOURNAL_PASSED: _("Jurnal posko diteruskan"),
    Tag.OPERATIONS_JOURNAL_SETTLED: _("Jurnal posko diselesaikan"),
    Tag.OPERATIONS_JOURNAL_WRITTEN: _("Jurnal posko ditulis"),
    Tag.OPERATIONS_TEAM_MOVED: _("Regu dipindahkan"),
}


def tag_word(tag: str) -> str:
    """Return the verb in words."""
    return str(WORDS.get(tag, tag))


# What an entry is about, by the kind of its subject.
SUBJECTS: Mapping[str, str | Promise] = {
    "account": _("nama pengguna"),
    "boundaries": _("batas wilayah"),
    "case": _("perkara"),
    "clock": _("jam program"),
    "indication": _("indikasi"),
    "journal": _("jurnal posko"),
    "law": _("berkas hukum"),
    "letter": _("surat"),
    "log": _("catatan audit"),
    "office": _("kantor dalam operasi"),
    "operation": _("operasi"),
    "order": _("surat perintah"),
    "pair": _("pasangan ragu"),
    "person": _("orang"),
    "reference": _("data acuan"),
    "reference_row": _("baris data acuan"),
    "report": _("laporan"),
    "rule": _("aturan"),
    "rules": _("aturan"),
    "search": _("pencarian"),
    "submission": _("daftar"),
    "target": _("sasaran"),
    "team": _("regu"),
    "unit": _("kantor"),
    "units": _("daftar unit"),
    "user": _("petugas"),
}


def subject_word(kind: str) -> str:
    """Return what an entry is about in words; a kind without a word stands as it is."""
    return str(SUBJECTS.get(kind, kind))
