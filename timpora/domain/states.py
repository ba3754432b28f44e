"""The states of a case, a referral, an operation, a target, an order and a check, and the steps between.

The tables are the only place that says which step may follow which; the diagrams in
`docs/states.md` are drawn from them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

Steps: TypeAlias = Mapping[StrEnum, frozenset[StrEnum]]
Meanings: TypeAlias = Mapping[StrEnum, str]


class StepForbidden(ValueError):
    """The table knows no such step."""

    code = "states.step-forbidden"
    message = "Langkah ini tidak dibuka oleh keadaan sekarang"

    def __init__(self, before: StrEnum, after: StrEnum, allowed: Iterable[StrEnum]) -> None:
        names = ", ".join(sorted(state.value for state in allowed)) or "tidak ada"
        super().__init__(f"{self.message}: {before.value} ke {after.value}. Yang terbuka: {names}.")
        self.before = before
        self.after = after


class CaseState(StrEnum):
    """Where a case (perkara) stands."""

    REPORTED = "dilaporkan"
    SCREENED = "disaring"
    CONFERENCE = "gelar"
    PROPOSED = "diusulkan"
    DECIDED = "diputus"
    DELIVERED = "disampaikan"
    OBJECTED = "keberatan"
    EXECUTED = "dilaksanakan"
    SHELTERED = "dilindungi"
    PROSECUTED = "penyidikan"
    CLOSED = "ditutup"


class OperationState(StrEnum):
    """Where an operation stands."""

    PLANNED = "rencana"
    APPROVED = "disetujui"
    RUNNING = "berjalan"
    ENDED = "berakhir"
    REPORTED = "dilaporkan"
    CALLED_OFF = "dibatalkan"


class TargetState(StrEnum):
    """Where a target point (titik sasaran) stands."""

    PROPOSED = "diusulkan"
    APPROVED = "disetujui"
    ASSIGNED = "ditugaskan"
    VISITED = "dikunjungi"
    REFUSED = "ditolak"
    RETRACTED = "ditarik"
    WITHDRAWN = "dicabut"


class OrderState(StrEnum):
    """Where an order (surat perintah) stands."""

    DRAFTED = "disusun"
    TO_FOLLOW = "menyusul"
    ISSUED = "diterbitkan"
    CARRIED_OUT = "dilaksanakan"
    REPORTED = "dilaporkan"
    CANCELLED = "dibatalkan"
    WITHDRAWN = "dicabut"


class EncounterState(StrEnum):
    """Where a check without an order (pemeriksaan langsung) stands; its order has states of its own."""

    REPORTED = "dilaporkan"
    APPROVED = "disetujui"
    REFUSED = "ditolak"
    NIL = "tanpa_temuan"
    FOUND = "ada_temuan"


class JournalState(StrEnum):
    """Where a message in the posko's journal stands."""

    NOTED = "dicatat"
    OPEN = "terbuka"
    SETTLED = "selesai"
    CORRECTED = "dikoreksi"


class TeamState(StrEnum):
    """Where a team (regu) is."""

    AT_OFFICE = "di_kantor"
    UNDERWAY = "di_jalan"
    ON_SITE = "di_lokasi"


class ReferralState(StrEnum):
    """Where a referral to protection (rujukan) stands; its case stays sealed until it is returned."""

    WAITING = "menunggu"
    TAKEN = "ditangani"
    SERVED = "dilayani"
    REVIEWED = "ditinjau"
    RETURNED = "dikembalikan"
    ENDED = "selesai"


CASE_STEPS: Final[Steps] = {
    CaseState.REPORTED: frozenset({CaseState.SCREENED, CaseState.CLOSED}),
    CaseState.SCREENED: frozenset({CaseState.CONFERENCE, CaseState.SHELTERED, CaseState.CLOSED}),
    CaseState.CONFERENCE: frozenset(
        {CaseState.PROPOSED, CaseState.PROSECUTED, CaseState.SCREENED, CaseState.CLOSED}
    ),
    CaseState.PROPOSED: frozenset({CaseState.DECIDED, CaseState.CONFERENCE, CaseState.SCREENED}),
    CaseState.DECIDED: frozenset({CaseState.DELIVERED, CaseState.SCREENED}),
    # An objection does not suspend the measure, so both may follow delivery in either order.
    CaseState.DELIVERED: frozenset(
        {CaseState.OBJECTED, CaseState.EXECUTED, CaseState.SCREENED, CaseState.CLOSED}
    ),
    CaseState.OBJECTED: frozenset(
        {CaseState.EXECUTED, CaseState.CONFERENCE, CaseState.SCREENED, CaseState.CLOSED}
    ),
    CaseState.EXECUTED: frozenset({CaseState.OBJECTED, CaseState.CLOSED}),
    CaseState.SHELTERED: frozenset({CaseState.SCREENED, CaseState.CLOSED}),
    CaseState.PROSECUTED: frozenset({CaseState.CONFERENCE, CaseState.SCREENED, CaseState.CLOSED}),
    CaseState.CLOSED: frozenset(),
}

OPERATION_STEPS: Final[Steps] = {
    OperationState.PLANNED: frozenset({OperationState.APPROVED, OperationState.CALLED_OFF}),
    OperationState.APPROVED: frozenset(
        {OperationState.RUNNING, OperationState.PLANNED, OperationState.CALLED_OFF}
    ),
    OperationState.RUNNING: frozenset({OperationState.ENDED, OperationState.CALLED_OFF}),
    OperationState.ENDED: frozenset({OperationState.REPORTED}),
    OperationState.REPORTED: frozenset(),
    OperationState.CALLED_OFF: frozenset(),
}

TARGET_STEPS: Final[Steps] = {
    TargetState.PROPOSED: frozenset({TargetState.APPROVED, TargetState.REFUSED, TargetState.RETRACTED}),
    TargetState.APPROVED: frozenset({TargetState.ASSIGNED, TargetState.WITHDRAWN}),
    TargetState.ASSIGNED: frozenset({TargetState.VISITED, TargetState.APPROVED, TargetState.WITHDRAWN}),
    TargetState.VISITED: frozenset(),
    TargetState.REFUSED: frozenset(),
    TargetState.RETRACTED: frozenset(),
    TargetState.WITHDRAWN: frozenset(),
}

ORDER_STEPS: Final[Steps] = {
    OrderState.DRAFTED: frozenset({OrderState.ISSUED, OrderState.CANCELLED}),
    # After an approved check without an order, the order must follow; it cannot be cancelled away.
    OrderState.TO_FOLLOW: frozenset({OrderState.ISSUED}),
    OrderState.ISSUED: frozenset({OrderState.CARRIED_OUT, OrderState.WITHDRAWN}),
    OrderState.CARRIED_OUT: frozenset({OrderState.REPORTED}),
    OrderState.REPORTED: frozenset(),
    OrderState.CANCELLED: frozenset(),
    OrderState.WITHDRAWN: frozenset(),
}

ENCOUNTER_STEPS: Final[Steps] = {
    EncounterState.REPORTED: frozenset({EncounterState.APPROVED, EncounterState.REFUSED}),
    # Nothing goes on before a competent official has approved (Pasal 30).
    EncounterState.APPROVED: frozenset({EncounterState.NIL, EncounterState.FOUND}),
    EncounterState.REFUSED: frozenset(),
    # A second report of the same check may still bring a finding.
    EncounterState.NIL: frozenset({EncounterState.FOUND}),
    EncounterState.FOUND: frozenset(),
}

JOURNAL_STEPS: Final[Steps] = {
    JournalState.NOTED: frozenset({JournalState.OPEN, JournalState.CORRECTED}),
    # A message that is handed on stays open, with another owner.
    JournalState.OPEN: frozenset({JournalState.OPEN, JournalState.SETTLED, JournalState.CORRECTED}),
    JournalState.SETTLED: frozenset({JournalState.OPEN, JournalState.CORRECTED}),
    JournalState.CORRECTED: frozenset(),
}

TEAM_STEPS: Final[Steps] = {
    TeamState.AT_OFFICE: frozenset({TeamState.UNDERWAY}),
    TeamState.UNDERWAY: frozenset({TeamState.ON_SITE, TeamState.AT_OFFICE}),
    TeamState.ON_SITE: frozenset({TeamState.UNDERWAY, TeamState.AT_OFFICE}),
}

REFERRAL_STEPS: Final[Steps] = {
    ReferralState.WAITING: frozenset({ReferralState.TAKEN}),
    ReferralState.TAKEN: frozenset({ReferralState.SERVED, ReferralState.REVIEWED, ReferralState.ENDED}),
    # A shelter may give somebody back; then another is sought.
    ReferralState.SERVED: frozenset({ReferralState.TAKEN, ReferralState.REVIEWED, ReferralState.ENDED}),
    # Back to the handling of the case leads only through a second person.
    ReferralState.REVIEWED: frozenset({ReferralState.TAKEN, ReferralState.RETURNED}),
    ReferralState.RETURNED: frozenset(),
    ReferralState.ENDED: frozenset(),
}

CASE_MEANINGS: Final[Meanings] = {
    CaseState.REPORTED: "Perkara dibuka dari temuan atau laporan.",
    CaseState.SCREENED: "Penapisan korban perdagangan orang dan pengungsi berjalan, sebelum apa pun.",
    CaseState.CONFERENCE: "Gelar kasus memilih tindakan administratif atau penyidikan, dengan alasan.",
    CaseState.PROPOSED: "Tindakan diusulkan seorang pejabat.",
    CaseState.DECIDED: "Diputus pejabat lain, tertulis dan beralasan.",
    CaseState.DELIVERED: "Keputusan diterima yang bersangkutan; jangka waktu keberatan berjalan.",
    CaseState.OBJECTED: "Keberatan diajukan; tidak menunda pelaksanaan.",
    CaseState.EXECUTED: "Tindakan dilaksanakan.",
    CaseState.SHELTERED: "Ada tanda korban atau pengungsi; ditangani pelindungan, bukan tindakan.",
    CaseState.PROSECUTED: "Diteruskan ke penyidikan.",
    CaseState.CLOSED: "Selesai.",
}

OPERATION_MEANINGS: Final[Meanings] = {
    OperationState.PLANNED: "Rencana operasi disusun.",
    OperationState.APPROVED: "Rencana disetujui; sasaran dan petugas ditetapkan.",
    OperationState.RUNNING: "Tahap sedang berjalan.",
    OperationState.ENDED: "Waktu tahap habis; laporan ditunggu.",
    OperationState.REPORTED: "Laporan akhir diterima.",
    OperationState.CALLED_OFF: "Dihentikan dengan alasan.",
}

TARGET_MEANINGS: Final[Meanings] = {
    TargetState.PROPOSED: "Titik diusulkan dengan dasar.",
    TargetState.APPROVED: "Disetujui pejabat bernama.",
    TargetState.ASSIGNED: "Ditugaskan kepada satu regu.",
    TargetState.VISITED: "Dikunjungi dan dilaporkan; nihil adalah laporan.",
    TargetState.REFUSED: "Tidak disetujui.",
    TargetState.RETRACTED: "Ditarik pengusulnya sebelum diputus, dengan alasan.",
    TargetState.WITHDRAWN: "Dicabut dengan alasan.",
}

ORDER_MEANINGS: Final[Meanings] = {
    OrderState.DRAFTED: "Surat perintah disusun.",
    OrderState.TO_FOLLOW: "Pemeriksaan tanpa surat disetujui; surat wajib menyusul paling lambat 1 hari.",
    OrderState.ISSUED: "Ditandatangani dan bernomor.",
    OrderState.CARRIED_OUT: "Petugas telah melaksanakan.",
    OrderState.REPORTED: "Hasil dilaporkan.",
    OrderState.CANCELLED: "Dibatalkan sebelum terbit.",
    OrderState.WITHDRAWN: "Dicabut sesudah terbit, dengan alasan.",
}

ENCOUNTER_MEANINGS: Final[Meanings] = {
    EncounterState.REPORTED: "Petugas melapor lebih dahulu: siapa yang ditemui, keadaan mana, mengapa.",
    EncounterState.APPROVED: "Disetujui pejabat berwenang; pemeriksaan boleh dilanjutkan tanpa surat.",
    EncounterState.REFUSED: "Tidak disetujui, dengan alasan; pemeriksaan tidak dilanjutkan.",
    EncounterState.NIL: "Diperiksa tanpa temuan; surat perintah tidak perlu menyusul.",
    EncounterState.FOUND: "Ada temuan; surat perintah menyusul paling lambat 1 hari sesudahnya.",
}

JOURNAL_MEANINGS: Final[Meanings] = {
    JournalState.NOTED: "Dicatat untuk diketahui; tidak ada yang harus menyelesaikan.",
    JournalState.OPEN: "Ada kantor atau posko yang harus menyelesaikan.",
    JournalState.SETTLED: "Diselesaikan, dengan apa yang dilakukan; dapat dibuka lagi dengan alasan.",
    JournalState.CORRECTED: "Digantikan pesan lain, dengan alasan; terbaca oleh semua pembacanya.",
}

TEAM_MEANINGS: Final[Meanings] = {
    TeamState.AT_OFFICE: "Belum berangkat, atau sudah kembali.",
    TeamState.UNDERWAY: "Berangkat, dalam perjalanan.",
    TeamState.ON_SITE: "Tiba di lokasi.",
}

REFERRAL_MEANINGS: Final[Meanings] = {
    ReferralState.WAITING: "Dirujuk; menunggu seorang petugas pelindungan mengambilnya.",
    ReferralState.TAKEN: "Ditangani petugas pelindungan bernama; layanan dicarikan.",
    ReferralState.SERVED: "Diterima penyedia layanan; hanya jenisnya yang dicatat.",
    ReferralState.REVIEWED: "Ditapis ulang dan tercatat bukan korban; menunggu petugas kedua.",
    ReferralState.RETURNED: "Dibenarkan petugas kedua; perkara kembali terbuka untuk penanganan.",
    ReferralState.ENDED: "Selesai sebagai orang yang dilindungi; perkara tetap tertutup.",
}


@dataclass(frozen=True, slots=True)
class Machine:
    """One table with its title, the states in which a thing begins, and what each state means."""

    title: str
    starts: tuple[StrEnum, ...]
    steps: Steps
    meanings: Meanings


MACHINES: Final = (
    Machine("Perkara", (CaseState.REPORTED,), CASE_STEPS, CASE_MEANINGS),
    Machine("Operasi", (OperationState.PLANNED,), OPERATION_STEPS, OPERATION_MEANINGS),
    Machine("Titik sasaran", (TargetState.PROPOSED,), TARGET_STEPS, TARGET_MEANINGS),
    Machine("Rujukan pelindungan", (ReferralState.WAITING,), REFERRAL_STEPS, REFERRAL_MEANINGS),
    Machine("Surat perintah", (OrderState.DRAFTED, OrderState.TO_FOLLOW), ORDER_STEPS, ORDER_MEANINGS),
    Machine("Pemeriksaan langsung", (EncounterState.REPORTED,), ENCOUNTER_STEPS, ENCOUNTER_MEANINGS),
    Machine("Jurnal posko", (JournalState.NOTED, JournalState.OPEN), JOURNAL_STEPS, JOURNAL_MEANINGS),
    Machine("Regu", (TeamState.AT_OFFICE,), TEAM_STEPS, TEAM_MEANINGS),
)


def may_step(before: StrEnum, after: StrEnum) -> bool:
    """Tell whether the table of the thing knows the step."""
    return after in _steps_from(before)


def require_step(before: StrEnum, after: StrEnum) -> None:
    """Raise `StepForbidden`, naming the steps that are open, unless the table knows the step."""
    if not may_step(before, after):
        raise StepForbidden(before, after, _steps_from(before))


def _steps_from(before: StrEnum) -> frozenset[StrEnum]:
    # Text enums of different kinds compare equal by value, so the kind is asked for first.
    tables = (machine.steps for machine in MACHINES if type(machine.starts[0]) is type(before))
    return next(tables)[before]


def states_markdown() -> str:
    """Draw every table as a page: a Mermaid diagram and the meaning of each state."""
    parts = ["# Keadaan dan langkah", "", "Dibuat dari `timpora/domain/states.py`; jangan disunting di sini."]
    for machine in MACHINES:
        parts += ["", f"## {machine.title}", "", "```mermaid", "stateDiagram-v2"]
        parts += [f"    [*] --> {state.value}" for state in machine.starts]
        for before, afters in machine.steps.items():
            parts += [f"    {before.value} --> {after}" for after in sorted(state.value for state in afters)]
            parts += [] if afters else [f"    {before.value} --> [*]"]
        parts += ["```", "", "| keadaan | arti |", "|---|---|"]
        parts += [f"| {state.value} | {machine.meanings[state]} |" for state in machine.steps]
    return "\n".join(parts) + "\n"
