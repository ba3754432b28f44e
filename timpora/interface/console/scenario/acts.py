"""What people do in the scenario, as values that a player can send to the program's own endpoints."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias


class Verb(StrEnum):
    """One verb of the office per step."""

    PHASE_OPEN = "phase_open"
    TARGET_PROPOSE = "target_propose"
    TARGET_APPROVE = "target_approve"
    TARGET_REJECT = "target_reject"
    ORDER_ISSUE = "order_issue"
    TEAM_DEPART = "team_depart"
    TEAM_RETURN = "team_return"
    REPORT_SUBMIT = "report_submit"
    OFFICE_NIL = "office_nil"
    JOURNAL_WRITE = "journal_write"
    PHASE_CLOSE = "phase_close"


class Ground(StrEnum):
    """Why a place may be visited; each names a paper, none a person's origin."""

    PERMIT_ENDED = "izin_berakhir"
    WORK_PLACE = "tempat_kerja_lain"
    ADDRESS = "alamat_lain"
    NO_ENTRY = "tanpa_catatan_masuk"
    VISIT_WORK = "izin_kunjungan_bekerja"
    EMPLOYER_VISIT = "kunjungan_pemberi_kerja"
    LODGING_VISIT = "kunjungan_penginapan"
    HEARSAY = "informasi_lisan"


class Finding(StrEnum):
    """What was found on one person (temuan); a person may have several."""

    PERMIT_ENDED = "izin_berakhir"
    WORK_PLACE = "tempat_kerja_lain"
    ADDRESS = "alamat_lain"
    NO_ENTRY = "tanpa_catatan_masuk"
    MISUSE = "penyalahgunaan_izin"
    UNCLASSIFIED = "belum_terklasifikasi"


class Outcome(StrEnum):
    """What was done with one person at the visit, exactly one each."""

    COMPLIANT = "sesuai"
    ADVISED = "dianjurkan_lapor"
    PASSPORT_RETAINED = "paspor_ditahan_stp"
    BROUGHT_IN = "dibawa_ke_kantor"
    REFERRED_MANPOWER = "dirujuk_disnaker"
    PROTECTION = "dirujuk_pelindungan"
    REFUGEE_NOTED = "dicatat_pengungsi"


@dataclass(frozen=True, slots=True)
class PhaseOpen:
    """HQ opens a phase for offices; the days hold in each office's own time, `ends` is the day after."""

    operation: str
    order_number: str
    order_on: date
    starts: date
    ends: date
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetPropose:
    """An office proposes a place with its ground and the papers that speak for it."""

    target: str
    office: str
    place: str
    name: str
    address: str
    wilayah: str
    lat: float
    lon: float
    ground: Ground
    reason: str
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetDecide:
    """The head of office approves or rejects one target."""

    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class OrderIssue:
    """A surat perintah for one team, half-open in days."""

    order: str
    office: str
    leader: str
    officers: tuple[str, ...]
    targets: tuple[str, ...]
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class TeamMove:
    """A team leaves the office on an order, or is back."""

    order: str
    office: str
    after: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One person met and recorded. `signs` are for the protection screen and for nobody else."""

    person: str
    document: str
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one visit, with a number made on the device so that sending twice is one report.

    `headcount` is how many foreigners the team counted; it may exceed the persons recorded.
    """

    id: str
    target: str
    order: str
    office: str
    visited_at: datetime
    lat: float
    lon: float
    accuracy_m: int
    headcount: int
    persons: tuple[Checked, ...]
    note: str
    was_offline: bool = False
    breaks_order: bool = False

    @property
    def is_nil(self) -> bool:
        """Whether nobody was met (nihil), which is a report like any other."""
        return self.headcount == 0


@dataclass(frozen=True, slots=True)
class OfficeNil:
    """An office without a finding says so for a day."""

    id: str
    office: str
    day: date
    note: str


@dataclass(frozen=True, slots=True)
class JournalNote:
    """A line in the posko's journal; one of an office that is `owned` waits for that office."""

    text: str
    office: str = ""
    medium: str = "telepon"
    owned: bool = False


@dataclass(frozen=True, slots=True)
class PhaseClose:
    """HQ closes the phase."""

    operation: str
    note: str


Payload: TypeAlias = (
    PhaseOpen
    | TargetPropose
    | TargetDecide
    | OrderIssue
    | TeamMove
    | Report
    | OfficeNil
    | JournalNote
    | PhaseClose
)


@dataclass(frozen=True, slots=True)
class Step:
    """At a moment (with the office's own offset) somebody does something."""

    at: datetime
    actor: str
    verb: Verb
    payload: Payload
    is_repeat: bool = False
