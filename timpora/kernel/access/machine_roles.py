"""The roles of the program itself: never human, never deciding."""

from timpora.kernel.access.permissions import P
from timpora.kernel.access.role import Role


class MesinLatar(Role):
    """The program's own jobs: import, linkage, rules. Never human, never decides."""

    slug = "machine_worker"
    name = "Mesin latar"
    meaning = "Menjalankan impor, keterhubungan dan aturan atas perintah petugas; tidak pernah memutus."
    permissions = (
        P.FINDINGS_FILE_LOOK,
        P.INDICATIONS_RULE_RUN,
        P.INDICATIONS_RULE_SUSPEND,
        P.INTAKE_SUBMISSION_IMPORT,
        P.INTAKE_SUBMISSION_READ,
        P.OPERATIONS_OPERATION_READ,
        P.OPERATIONS_ORDER_ANNOUNCE,
        P.REGISTRY_PERSON_MERGE,
        P.REGISTRY_RECORD_ADD,
    )


class MejaMasuk(Role):
    """The sign-in desk: the only thing an unknown visitor can be."""

    slug = "machine_sign_in"
    name = "Meja masuk"
    meaning = "Memeriksa kata sandi; tidak dapat apa pun selain itu."
    permissions = (P.IDENTITY_SIGN_IN,)


class MejaPemasangan(Role):
    """The installation desk: seeds units and people from a file of the server room."""

    slug = "machine_installer"
    name = "Meja pemasangan"
    meaning = "Memuat kantor, petugas dan penugasan dari berkas di ruang server."
    permissions = (
        P.IDENTITY_ASSIGNMENT_GRANT,
        P.LAW_BOOK_LOAD,
        P.OPERATIONS_POST_INSTALL,
        P.REGISTRY_RECORD_ADD,
        P.WILAYAH_REFERENCE_LOAD,
    )
