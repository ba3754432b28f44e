"""The photos that lay on a phone, as they come in by file (F51)."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PhonePhoto:
    """A photo as its officer's phone sealed it: `report_id` is whatever report it was taken for."""

    report_id: UUID
    officer_id: UUID
    sha256: str
    data: bytes


class PhotoFate(Enum):
    """What became of a photo of a file. It says nothing of whether the photo was here before (P26)."""

    BROUGHT = "brought"
    # Its report is not here, is still in quarantine, or is not the actor's to bring.
    REPORTLESS = "reportless"
    UNNAMED = "unnamed"
    SPOILT = "spoilt"


@dataclass(frozen=True, slots=True)
class PhotoAnswer:
    """What became of a photo; `officer` is empty where its report is not the actor's to bring."""

    report_id: UUID
    fate: PhotoFate
    officer: str = ""
