"""Values of the registers of an operation: use of force, injury, complaint (F44)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from timpora.kernel.carriage import Carriage


class RegisterKind(StrEnum):
    """Which register an entry belongs to."""

    FORCE = "kekuatan"
    INJURY = "cedera"
    COMPLAINT = "keluhan"


class Involved(StrEnum):
    """Who was involved, as a role and never as a person."""

    OFFICER = "petugas"
    FOREIGNER = "orang_asing"
    HOST = "pemilik_tempat"
    RESIDENT = "warga"
    OTHER_AGENCY = "instansi_lain"


REGISTERS: Final[dict[RegisterKind, str]] = {
    RegisterKind.FORCE: "Penggunaan kekuatan",
    RegisterKind.INJURY: "Cedera",
    RegisterKind.COMPLAINT: "Keluhan",
}
INVOLVED: Final[dict[Involved, str]] = {
    Involved.OFFICER: "petugas kantor",
    Involved.FOREIGNER: "orang asing",
    Involved.HOST: "pemilik atau penjaga tempat",
    Involved.RESIDENT: "warga setempat",
    Involved.OTHER_AGENCY: "petugas instansi lain",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What happened and what was done about it; with `corrects` it stands in place of an earlier entry."""

    operation_id: UUID
    unit_code: str
    kind: str
    happened_at: datetime
    place: str
    involved: tuple[str, ...]
    text: str
    done: str
    reported_to: str
    corrects: UUID | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry of a register; one that was corrected names what stands in its place."""

    id: UUID
    operation_id: UUID
    unit_code: str
    unit_name: str
    zone: str
    kind: RegisterKind
    happened_at: datetime
    place: str
    involved: tuple[Involved, ...]
    text: str
    done: str
    reported_to: str
    by: str
    written_at: datetime
    corrects: UUID | None
    because: str
    is_corrected: bool
    brought: Carriage | None = None

    @property
    def kind_label(self) -> str:
        """The register in the office's words."""
        return REGISTERS[self.kind]

    @property
    def involved_labels(self) -> tuple[str, ...]:
        """The roles in the office's words."""
        return tuple(INVOLVED[one] for one in self.involved)


@dataclass(frozen=True, slots=True)
class RegisterCount:
    """How many entries of a register stand, corrected ones left out."""

    kind: RegisterKind
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The registers of one operation within the reader's territory; an empty one is said to be empty."""

    operation_id: UUID
    operation_name: str
    counts: tuple[RegisterCount, ...]
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """An operation in the list of registers."""

    operation_id: UUID
    operation_name: str
    counts: tuple[RegisterCount, ...]
