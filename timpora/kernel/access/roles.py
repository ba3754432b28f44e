"""The roles, as classes a citizen could read: what each means and everything it permits."""

from timpora.kernel.access.machine_roles import MejaMasuk, MejaPemasangan, MesinLatar
from timpora.kernel.access.permissions import P
from timpora.kernel.access.role import Role

_EVERYONE = (P.IDENTITY_SESSION_OPEN, P.LAW_BOOK_READ, P.WILAYAH_REFERENCE_READ)


class OperatorPosko(Role):
    """Central command post of the Directorate General."""

    slug = "hq_posko_operator"
    name = "Operator Posko Pusat"
    meaning = "Membuka tahap operasi untuk semua kantor dan melihat laporan; tidak membuka data orang."
    permissions = (
        *_EVERYONE,
        P.FINDINGS_DEVICE_READ,
        P.FINDINGS_DEVICE_REVOKE,
        P.FINDINGS_REPORT_READ,
        P.OPERATIONS_JOURNAL_READ,
        P.OPERATIONS_JOURNAL_WRITE,
        P.OPERATIONS_OPERATION_OPEN,
        P.OPERATIONS_OPERATION_READ,
        P.OPERATIONS_POSKO_WATCH,
        P.OPERATIONS_REGISTER_READ,
        P.OPERATIONS_REGISTER_WRITE,
        P.OPERATIONS_TARGET_READ,
        P.OPERATIONS_TEAM_MOVE,
        P.OPERATIONS_TEMPLATE_PUBLISH,
        P.OPERATIONS_TEMPLATE_READ,
        P.OPERATIONS_TEMPLATE_WRITE,
    )


class DirekturPengawasan(Role):
    """Director of supervision and enforcement at the centre."""

    slug = "hq_director"
    name = "Direktur Pengawasan dan Penindakan"
    meaning = "Menetapkan operasi nasional, memutus perkara pusat dan pasangan ragu; melihat seluruh wilayah."
    permissions = (
        *_EVERYONE,
        P.CASES_CASE_CLOSE,
        P.CASES_CASE_READ,
        P.CASES_MEASURE_DECIDE,
        P.DOCUMENTS_LETTER_READ,
        P.FINDINGS_REPORT_READ,
        P.INDICATIONS_INDICATION_READ,
        P.INDICATIONS_RULE_SUSPEND,
        P.INTAKE_PAIR_DECIDE,
        P.INTAKE_PAIR_READ,
        P.LAW_BOOK_LOAD,
        P.OPERATIONS_JOURNAL_READ,
        P.OPERATIONS_JOURNAL_WRITE,
        P.OPERATIONS_OPERATION_OPEN,
        P.OPERATIONS_OPERATION_READ,
        P.OPERATIONS_POSKO_WATCH,
        P.OPERATIONS_REGISTER_READ,
        P.OPERATIONS_TARGET_READ,
        P.OPERATIONS_TEMPLATE_PUBLISH,
        P.OPERATIONS_TEMPLATE_READ,
        P.OPERATIONS_TEMPLATE_WRITE,
        P.REGISTRY_PERSON_FIND,
        P.REGISTRY_PERSON_MERGE,
        P.REGISTRY_PERSON_READ,
        P.WILAYAH_REFERENCE_EDIT,
    )


class KepalaKantor(Role):
    """Head of an immigration office (Kakanim): approves targets, signs orders, decides measures."""

    slug = "kanim_head"
    name = "Kepala Kantor Imigrasi"
    meaning = (
        "Menyetujui sasaran dan pemeriksaan langsung, menandatangani surat perintah, "
        "memutus tindakan di wilayah kerjanya."
    )
    permissions = (
        *_EVERYONE,
        P.CASES_CASE_CLOSE,
        P.CASES_CASE_READ,
        P.CASES_MEASURE_DECIDE,
        P.DOCUMENTS_LETTER_READ,
        P.FINDINGS_DEVICE_READ,
        P.FINDINGS_DEVICE_REVOKE,
        P.FINDINGS_GAP_CLOSE,
        P.FINDINGS_REPORT_READ,
        P.IDENTITY_LETTERHEAD_WRITE,
        P.INDICATIONS_INDICATION_READ,
        P.OPERATIONS_ENCOUNTER_DECIDE,
        P.OPERATIONS_JOURNAL_READ,
        P.OPERATIONS_JOURNAL_WRITE,
        P.OPERATIONS_OFFICE_ANSWER,
        P.OPERATIONS_OPERATION_OPEN,
        P.OPERATIONS_OPERATION_READ,
        P.OPERATIONS_ORDER_ISSUE,
        P.OPERATIONS_POSKO_WATCH,
        P.OPERATIONS_POST_OUTFIT,
        P.OPERATIONS_REGISTER_READ,
        P.OPERATIONS_REGISTER_WRITE,
        P.OPERATIONS_RESOURCE_KEEP,
        P.OPERATIONS_TARGET_APPROVE,
        P.OPERATIONS_TARGET_READ,
        P.OPERATIONS_TEAM_FORM,
        P.OPERATIONS_TEAM_MOVE,
        P.OPERATIONS_TEMPLATE_PUBLISH,
        P.OPERATIONS_TEMPLATE_READ,
        P.OPERATIONS_TEMPLATE_WRITE,
        P.REGISTRY_PERSON_FIND,
        P.REGISTRY_PERSON_READ,
    )


class KepalaInteldakim(Role):
    """Head of the intelligence and enforcement section: prepares everything the head decides."""

    slug = "inteldakim_head"
    name = "Kepala Seksi Inteldakim"
    meaning = "Menyiapkan sasaran, regu, surat perintah; membuka perkara dan mengusulkan tindakan."
    permissions = (
        *_EVERYONE,
        P.CASES_CASE_OPEN,
        P.CASES_CASE_READ,
        P.CASES_CONFERENCE_RECORD,
        P.CASES_LETTER_DELIVER,
        P.CASES_MEASURE_EXECUTE,
        P.CASES_MEASURE_PROPOSE,
        P.CASES_OBJECTION_RECORD,
        P.CASES_SCREENING_RECORD,
        P.DOCUMENTS_LETTER_READ,
        P.FINDINGS_BREACH_EXPLAIN,
        P.FINDINGS_CONFLICT_SETTLE,
        P.FINDINGS_DEVICE_READ,
        P.FINDINGS_DEVICE_REVOKE,
        P.FINDINGS_GAP_CLOSE,
        P.FINDINGS_OFFICE_NIL,
        P.FINDINGS_QUARANTINE_DECIDE,
        P.FINDINGS_REPORT_CARRY,
        P.FINDINGS_REPORT_READ,
        P.FINDINGS_REPORT_SUBMIT,
        P.INDICATIONS_INDICATION_READ,
        P.INDICATIONS_RULE_RUN,
        P.INDICATIONS_VERDICT_GIVE,
        P.INTAKE_CROSSINGS_SEND,
        P.INTAKE_PAIR_DECIDE,
        P.INTAKE_PAIR_READ,
        P.INTAKE_PERMITS_SEND,
        P.INTAKE_SUBMISSION_READ,
        P.INTAKE_SUBMISSION_SEND,
        P.OPERATIONS_ENCOUNTER_REPORT,
        P.OPERATIONS_JOURNAL_READ,
        P.OPERATIONS_JOURNAL_WRITE,
        P.OPERATIONS_OFFICE_ANSWER,
        P.OPERATIONS_OPERATION_READ,
        P.OPERATIONS_ORDER_DRAFT,
        P.OPERATIONS_POSKO_WATCH,
        P.OPERATIONS_REGISTER_READ,
        P.OPERATIONS_REGISTER_WRITE,
        P.OPERATIONS_RESOURCE_KEEP,
        P.OPERATIONS_TARGET_PROPOSE,
        P.OPERATIONS_TARGET_READ,
        P.OPERATIONS_TASK_READ,
        P.OPERATIONS_TEAM_FORM,
        P.OPERATIONS_TEAM_MOVE,
        P.OPERATIONS_TEMPLATE_READ,
        P.OPERATIONS_TEMPLATE_WRITE,
        P.REGISTRY_PERSON_FIND,
        P.REGISTRY_PERSON_MERGE,
        P.REGISTRY_PERSON_READ,
    )


class PenyidikKeimigrasian(Role):
    """Immigration investigator (PPNS): works the case, proposes, never decides."""

    slug = "investigator_ppns"
    name = "Penyidik Keimigrasian (PPNS)"
    meaning = "Memeriksa perkara, menapis korban dan pengungsi, mengusulkan tindakan; tidak memutus."
    permissions = (
        *_EVERYONE,
        P.CASES_CASE_OPEN,
        P.CASES_CASE_READ,
        P.CASES_CONFERENCE_RECORD,
        P.CASES_LETTER_DELIVER,
        P.CASES_MEASURE_EXECUTE,
        P.CASES_MEASURE_PROPOSE,
        P.CASES_OBJECTION_RECORD,
        P.CASES_SCREENING_RECORD,
        P.DOCUMENTS_LETTER_READ,
        P.FINDINGS_REPORT_READ,
        P.INDICATIONS_INDICATION_READ,
        P.INDICATIONS_VERDICT_GIVE,
        P.REGISTRY_PERSON_FIND,
        P.REGISTRY_PERSON_READ,
    )


class PetugasLapangan(Role):
    """Officer in the field: sees the own tasks only."""

    slug = "field_officer"
    name = "Petugas Lapangan"
    meaning = "Melapor dari titik sasaran tugasnya; tidak mencari orang."
    permissions = (
        *_EVERYONE,
        P.FINDINGS_REPORT_SUBMIT,
        P.OPERATIONS_ENCOUNTER_REPORT,
        P.OPERATIONS_REGISTER_WRITE,
        P.OPERATIONS_TASK_READ,
        P.OPERATIONS_TEAM_MOVE,
    )


class SekretarisTimpora(Role):
    """Secretary of a Timpora: lists in, meetings (later issues)."""

    slug = "timpora_secretary"
    name = "Sekretaris Timpora"
    meaning = "Menerima daftar instansi anggota dan menyiapkan rapat; tidak membuka perkara."
    permissions = (
        *_EVERYONE,
        P.INTAKE_CROSSINGS_SEND,
        P.INTAKE_PERMITS_SEND,
        P.INTAKE_SUBMISSION_READ,
        P.INTAKE_SUBMISSION_SEND,
        P.OPERATIONS_OPERATION_READ,
    )


class AnggotaInstansi(Role):
    """A member agency's desk: its own lists only (F14)."""

    slug = "agency_member"
    name = "Anggota Timpora (instansi)"
    meaning = "Mengirim dan memperbaiki daftar instansinya sendiri; tidak melihat daftar instansi lain."
    permissions = (*_EVERYONE, P.INTAKE_SUBMISSION_READ, P.INTAKE_SUBMISSION_SEND)
    is_bound_to_unit = True


class AnggotaTimKecamatan(Role):
    """Member of a subdistrict team (camat, Polsek, Koramil)."""

    slug = "subdistrict_member"
    name = "Anggota Tim Kecamatan"
    meaning = "Mengirim daftar keberadaan dari kecamatannya sendiri."
    permissions = (*_EVERYONE, P.INTAKE_SUBMISSION_READ, P.INTAKE_SUBMISSION_SEND)
    is_bound_to_unit = True


class PetugasTPI(Role):
    """Checkpoint officer: sends crossings; screening comes with the bans."""

    slug = "tpi_officer"
    name = "Petugas TPI"
    meaning = "Mengirim daftar perlintasan dari tempat pemeriksaan; tidak membuka halaman orang."
    permissions = (
        *_EVERYONE,
        P.INTAKE_CROSSINGS_SEND,
        P.INTAKE_SUBMISSION_READ,
        P.INTAKE_SUBMISSION_SEND,
    )
    is_bound_to_unit = True


class PetugasPerlindungan(Role):
    """Victim protection officer: the only reader of who a victim is."""

    slug = "victim_protection_officer"
    name = "Petugas Perlindungan Korban"
    meaning = "Satu-satunya yang dapat melihat siapa korban perdagangan orang dan rujukannya."
    permissions = (*_EVERYONE, P.CASES_CASE_READ, P.CASES_PROTECTION_HANDLE, P.CASES_PROTECTION_READ)
    seals = ("tppo",)


class Auditor(Role):
    """Internal compliance: proofs, not people."""

    slug = "auditor"
    name = "Auditor Kepatuhan Internal"
    meaning = "Membaca catatan audit dan register operasi, memeriksa keutuhannya; tidak membuka isi perkara."
    permissions = (
        *_EVERYONE,
        P.ACCOUNTABILITY_AUDIT_READ,
        P.ACCOUNTABILITY_READS_LIST,
        P.OPERATIONS_REGISTER_READ,
    )


class PejabatPDP(Role):
    """Data protection officer."""

    slug = "dpo"
    name = "Pejabat Pelindungan Data Pribadi"
    meaning = "Melihat siapa membuka data siapa dan mengapa; menjawab permintaan subjek data."
    permissions = (*_EVERYONE, P.ACCOUNTABILITY_AUDIT_READ, P.ACCOUNTABILITY_READS_LIST)


class Statistisi(Role):
    """Statistician: aggregates only (later issue); sees public reference data."""

    slug = "statistician"
    name = "Statistisi"
    meaning = "Melihat angka, tidak melihat orang."
    permissions = _EVERYONE


class PenghubungDesa(Role):
    """Village liaison (PIMPASA); its room comes with the village programme."""

    slug = "village_liaison_pimpasa"
    name = "PIMPASA"
    meaning = "Membina desa; tidak mempunyai akses ke data orang asing."
    permissions = _EVERYONE


class AdminSistem(Role):
    """System administrator: accounts and reference data, no case content."""

    slug = "system_admin"
    name = "Administrator Sistem"
    meaning = "Mengelola akun dan data acuan; tidak melihat orang maupun perkara."
    permissions = (
        *_EVERYONE,
        P.IDENTITY_ASSIGNMENT_GRANT,
        P.IDENTITY_LETTERHEAD_WRITE,
        P.IDENTITY_USER_READ,
        P.LAW_BOOK_LOAD,
        P.WILAYAH_REFERENCE_EDIT,
    )


HUMAN_ROLES: tuple[type[Role], ...] = (
    OperatorPosko,
    DirekturPengawasan,
    KepalaKantor,
    KepalaInteldakim,
    PenyidikKeimigrasian,
    PetugasLapangan,
    SekretarisTimpora,
    AnggotaInstansi,
    AnggotaTimKecamatan,
    PetugasTPI,
    PetugasPerlindungan,
    Auditor,
    PejabatPDP,
    Statistisi,
    PenghubungDesa,
    AdminSistem,
)
MACHINE_ROLES: tuple[type[Role], ...] = (MesinLatar, MejaMasuk, MejaPemasangan)
ROLES: dict[str, type[Role]] = {role.slug: role for role in (*HUMAN_ROLES, *MACHINE_ROLES)}
# Who is away from these offices is replaced by a dated Plt. or Plh. (F6).
HEAD_ROLES: dict[str, type[Role]] = {
    role.slug: role for role in (DirekturPengawasan, KepalaKantor, KepalaInteldakim)
}
