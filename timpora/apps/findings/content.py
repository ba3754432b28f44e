"""The canonical content of a report and what follows from its digest; docs/contract.md states the rule."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid5

from timpora.apps.findings.attached_types import NewInCharge, NewMinutes, NewPhoto, NewSignature
from timpora.apps.findings.types import NewChecked, NewFinding, NewReport, StepDone
from timpora.domain.sop import StepState
from timpora.kernel.audit.entry import canonical
from timpora.kernel.documents.token import ALPHABET

NUMBER_LENGTH: Final = 10
BITS: Final = 5


def content_of(report: NewReport) -> str:
    """Return the canonical text: as the device hashed it, or as the fields say where none was sent."""
    return report.content or canonical(_without_empty(_fields(report)))


def digest_of(content: str) -> str:
    """Return the SHA-256 of the text in UTF-8, in small hexadecimal digits."""
    return hashlib.sha256(content.encode()).hexdigest()


def receipt_number(sha256: str) -> str:
    """Return the number of the receipt: fifty bits of the content's digest, easy to read out.

    It follows from the content alone, so that the phone, the posko and a radio tell the same number.
    """
    bits = int(sha256, 16) >> (256 - BITS * NUMBER_LENGTH)
    signs = [ALPHABET[bits >> (BITS * at) & 31] for at in reversed(range(NUMBER_LENGTH))]
    half = NUMBER_LENGTH // 2
    return f"STT-{''.join(signs[:half])}-{''.join(signs[half:])}"


def checked_id(report: UUID, position: int) -> UUID:
    """Return the identifier of the person at `position` (from 1), the same whoever works it out."""
    return uuid5(report, f"orang/{position}")


def rival_id(report: UUID, sha256: str) -> UUID:
    """Return the identifier under which another content of a report is read."""
    return uuid5(report, f"isi/{sha256}")


def finding_id(report: UUID, position: int, number: int) -> UUID:
    """Return the identifier of a finding: the n-th of a person, or of the place at position 0."""
    return uuid5(report, f"temuan/{position}/{number}")


def _fields(report: NewReport) -> dict[str, object]:
    return {
        "id": str(report.id),
        "operation": str(report.operation_id),
        "target": str(report.target_id or ""),
        "encounter": str(report.encounter_id or ""),
        "kind": str(report.kind),
        "captured_at": instant(report.captured_at),
        "device": str(report.device_id),
        "seq": report.device_seq,
        "headcount": report.headcount,
        "checked": [_without_empty(_checked(one)) for one in report.checked],
        "findings": [_finding(one) for one in report.findings],
        "steps": [step_fields(step) for step in report.steps],
        "lat": _degrees(report.lat),
        "lng": _degrees(report.lng),
        "accuracy_m": report.accuracy_m,
        "note": report.note,
        "answers": dict(report.answers) or None,
        "photos": [_photo(one) for one in report.photos],
        "in_charge": report.in_charge and _in_charge(report.in_charge),
        "minutes": report.minutes and _minutes(report.minutes),
    }


def _photo(one: NewPhoto) -> dict[str, object]:
    return _without_empty(
        {
            "sha256": one.sha256,
            "size": one.size,
            "taken_at": instant(one.taken_at),
            "lat": _degrees(one.lat),
            "lng": _degrees(one.lng),
            "accuracy_m": one.accuracy_m,
        }
    )


def _in_charge(one: NewInCharge) -> dict[str, object]:
    return _without_empty({"name": one.name, "role": one.role, "signature": _signature(one.signature)})


def _signature(one: NewSignature) -> dict[str, object]:
    strokes = [list(stroke) for stroke in one.strokes]
    told = {"signed_at": one.signed_at, "strokes": strokes, "state": one.state, "because": one.because}
    return _without_empty(told)


def _minutes(one: NewMinutes) -> dict[str, object]:
    return _without_empty({**asdict(one), "officers": list(one.officers)})


def step_fields(step: StepDone) -> dict[str, object]:
    """Return a step as devices write it; one that was done says no more than that and its language."""
    is_done = step.state is StepState.DONE
    return _without_empty(
        {
            "code": step.code,
            "done_at": instant(step.done_at),
            "state": "" if is_done else str(step.state),
            "because": step.because,
            "language": step.language,
            "interpreter": step.has_interpreter or "",
        }
    )


def _checked(one: NewChecked) -> dict[str, object]:
    return {
        "outcome": str(one.outcome),
        "name": one.name,
        "document_number": one.document_number,
        "document_state": one.document_state,
        "birth": one.birth_text,
        "nationality": one.nationality,
        "sex": one.sex,
        "mrz": one.mrz,
        "findings": [_finding(found) for found in one.findings],
        "signs": list(one.signs),
        "note": one.note,
        "signature": one.signature and _signature(one.signature),
    }


def _finding(found: NewFinding) -> dict[str, object]:
    return _without_empty({"kind": str(found.kind), "note": found.note})


def _without_empty(fields: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value not in ("", None, [])}


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"


def instant(at: datetime) -> str:
    """Return an instant as devices write it: UTC with milliseconds and a Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
