"""Reads a `timpora-seed/1` file: offices, persons with their roles, and foreigners with their facts.

The outside contract is `docs/contract-seed.md`. Reading is pure: the caller turns what comes out into deeds.
Every fault of a file is told at once, in Indonesian, with the place where it stands.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Final, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from timpora.interface.console.scenario.seed_words import Fault, faults_of

FORMAT: Final = "timpora-seed/1"
LARGEST = 64 * 1024 * 1024
"""Bytes; a larger file is refused before it is read."""
MOST_FAULTS = 50
"""So many faults are told; a file with more is the wrong file."""

_NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400, pattern=_NO_CONTROL)
]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$", max_length=80)]
Wilayah = Annotated[str, StringConstraints(pattern=r"^(ID|\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?)$")]
Username = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{1,62}$")]
RoleCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{2,40}$")]
Nation = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3}|D)$")]
DocumentNumber = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9<-]{3,20}$")]


class SeedError(ValueError):
    """The file cannot be installed; `faults` says where and why."""

    code = "seed.refused"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("Berkas awal tidak dapat dipasang:\n" + "\n".join(str(fault) for fault in faults))


class Part(BaseModel):
    """A piece of the file: unchangeable, and a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class UnitSeed(Part):
    """An office or agency; of a unit of the reference data only the code need be given."""

    code: Code
    name: Text | None = None
    kind: Literal["HQ", "KANWIL", "KANIM", "RUDENIM", "UKK", "TPI", "INSTANSI"] | None = None
    wilayah: Wilayah | None = None
    areas: tuple[Wilayah, ...] = ()
    parent: Code | None = None


class AssignmentSeed(Part):
    """A role in a unit over territories, from `starts` up to but without `ends`."""

    role: RoleCode
    unit: Code
    territories: tuple[Wilayah, ...] = ()
    starts: date
    ends: date | None = None
    acting: Literal["Plt.", "Plh."] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends is not None and self.ends <= self.starts:
            raise ValueError("ends harus sesudah starts")
        if self.acting and self.ends is None:
            raise ValueError("Plt./Plh. harus mempunyai ends")
        return self


class OfficerSeed(Part):
    """A user of the program and what that person may do where."""

    username: Username
    name: Text
    nip: Annotated[str, StringConstraints(pattern=r"^(\d{18}|\d{8})$")] | None = None
    post: Text | None = None
    rank: Text | None = None
    password: Annotated[str, StringConstraints(min_length=10, max_length=200)]
    assignments: tuple[AssignmentSeed, ...] = ()


class DocumentSeed(Part):
    """A travel document, or the card of a refugee."""

    kind: Literal["passport", "travel_letter", "seaman_book", "unhcr_card"] = "passport"
    number: DocumentNumber
    issued_by: Nation | None = None
    expires_on: date | None = None


class PermitSeed(Part):
    """A stay permit; `valid_until` is its last day, as printed on it."""

    kind: Literal["ITK", "ITAS", "ITAP"]
    number: Text
    index: Annotated[str, StringConstraints(max_length=8)] = ""
    valid_from: date
    valid_until: date
    guarantor: Note = ""
    address: Note = ""
    wilayah: Wilayah | None = None
    extension_filed_on: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_until < self.valid_from:
            raise ValueError("valid_until tidak boleh sebelum valid_from")
        return self


class CrossingSeed(Part):
    """One passage of a checkpoint, with the offset of the checkpoint's clock."""

    checkpoint: Code
    direction: Literal["in", "out"]
    at: datetime
    document: DocumentNumber | None = None
    carrier: Note = ""

    @field_validator("at")
    @classmethod
    def _has_offset(cls, at: datetime) -> datetime:
        if at.tzinfo is None:
            raise ValueError("waktu harus menyebut zona, misalnya 2024-08-21T09:00:00+08:00")
        return at


class StaySeed(Part):
    """A lodging report; without `ends` the guest was still there."""

    place: Text
    wilayah: Wilayah
    starts: date
    ends: date | None = None
    document: DocumentNumber | None = None


class WorkSeed(Part):
    """What the manpower office saw: employer, plan (RPTKA) and the place of the visit."""

    employer: Text
    position: Note = ""
    plan_number: Note = ""
    plan_wilayah: Wilayah | None = None
    seen_wilayah: Wilayah | None = None
    seen_on: date


class PersonSeed(Part):
    """A foreigner with records; what is unknown stays out of the file."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
    name: Text
    surname: Note = ""
    given: Note = ""
    sex: Literal["M", "F", "X"] | None = None
    born_on: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None = None
    birth_place: Note = ""
    nationality: Nation | None = None
    office: Code | None = None
    documents: tuple[DocumentSeed, ...] = ()
    permits: tuple[PermitSeed, ...] = ()
    crossings: tuple[CrossingSeed, ...] = ()
    stays: tuple[StaySeed, ...] = ()
    works: tuple[WorkSeed, ...] = ()


class Seed(Part):
    """A whole file."""

    format: Literal["timpora-seed/1"]
    units: tuple[UnitSeed, ...] = ()
    people: tuple[OfficerSeed, ...] = ()
    persons: tuple[PersonSeed, ...] = ()


def read_seed(
    data: bytes,
    *,
    known_units: frozenset[str] | None = None,
    known_roles: frozenset[str] | None = None,
) -> Seed:
    """Read and check a file; SeedError tells all its faults.

    With the units and roles of the running program given, one unknown to it is a fault too.
    """
    seed = _parsed(data)
    faults = tuple(_unfit(seed, known_units, known_roles))
    if faults:
        raise SeedError(faults[:MOST_FAULTS])
    return seed


def _parsed(data: bytes) -> Seed:
    if len(data) > LARGEST:
        raise SeedError((Fault("berkas", f"lebih besar dari {LARGEST // 1024 // 1024} MB"),))
    try:
        content: object = json.loads(data.decode("utf-8-sig"))
        return Seed.model_validate(content)
    except UnicodeDecodeError as error:
        raise SeedError((Fault("berkas", "bukan teks UTF-8"),)) from error
    except json.JSONDecodeError as error:
        place = f"baris {error.lineno}, kolom {error.colno}"
        raise SeedError((Fault(place, "bukan JSON yang sah"),)) from error
    except RecursionError as error:
        raise SeedError((Fault("berkas", "bersarang terlalu dalam"),)) from error
    except ValidationError as error:
        raise SeedError(faults_of(error)[:MOST_FAULTS]) from error


def _unfit(
    seed: Seed, known_units: frozenset[str] | None, known_roles: frozenset[str] | None
) -> Iterator[Fault]:
    yield from _repeated("units", [unit.code for unit in seed.units])
    yield from _repeated("people", [officer.username for officer in seed.people])
    yield from _repeated("persons", [person.id for person in seed.persons])
    units = None if known_units is None else known_units | {unit.code for unit in seed.units}
    for at, unit in enumerate(seed.units):
        if known_units is not None and unit.code not in known_units and not (unit.name and unit.wilayah):
            yield Fault(f"units[{at}]", "satuan baru memerlukan name dan wilayah")
        if units is not None and unit.parent and unit.parent not in units:
            yield Fault(f"units[{at}].parent", f"satuan {unit.parent} tidak dikenal")
    for at, officer in enumerate(seed.people):
        for place, given in enumerate(officer.assignments):
            where = f"people[{at}].assignments[{place}]"
            if units is not None and given.unit not in units:
                yield Fault(f"{where}.unit", f"satuan {given.unit} tidak dikenal")
            if known_roles is not None and given.role not in known_roles:
                yield Fault(f"{where}.role", f"peran {given.role} tidak dikenal")


def _repeated(part: str, keys: list[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, key in enumerate(keys):
        if key in seen:
            yield Fault(f"{part}[{at}]", f"{key} disebut dua kali")
        seen.add(key)
