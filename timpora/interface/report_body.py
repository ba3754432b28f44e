"""The body of a report, checked field by field; docs/contract-reports.md is its description for others."""

import json
from typing import Annotated, Final, Self
from uuid import UUID

from django.utils.translation import gettext
from pydantic import AfterValidator, Field, model_validator

from timpora.apps.findings.types import (
    FindingKind,
    NewChecked,
    NewFinding,
    NewReport,
    Outcome,
    ReportKind,
    StepDone,
)
from timpora.domain.sop import StepState
from timpora.interface.report_attached import InChargeBody, MinutesBody, Photos, SignatureBody
from timpora.interface.report_parts import (
    DATE_LINE,
    POLES,
    Answers,
    Body,
    Count,
    Degrees,
    Instant,
    Line,
    Prose,
    degrees,
)
from timpora.kernel.audit.entry import canonical

LARGEST_INTEGER: Final = 2**53 - 1


def _sendable(outcome: Outcome) -> Outcome:
    if outcome is Outcome.REFERRED:
        raise ValueError(gettext("Sebutkan ke mana dirujuk."))
    return outcome


class FindingBody(Body):
    """One finding."""

    kind: FindingKind
    note: Prose = ""

    def to_finding(self) -> NewFinding:
        """Return it as findings takes it."""
        return NewFinding(kind=self.kind, note=self.note)


Findings = Annotated[list[FindingBody], Field(max_length=20)]


class CheckedBody(Body):
    """One person."""

    outcome: Annotated[Outcome, AfterValidator(_sendable)]
    name: Line = ""
    document_number: Annotated[Line, Field(max_length=40)] = ""
    document_state: Annotated[Line, Field(max_length=3)] = ""
    birth: Annotated[Line, Field(max_length=60)] = ""
    nationality: Annotated[Line, Field(max_length=3)] = ""
    sex: Annotated[str, Field(pattern="^[LPX]?$")] = ""
    mrz: Annotated[Line, Field(max_length=400)] = ""
    findings: Findings = Field(default_factory=list)
    signs: Annotated[list[Line], Field(max_length=20)] = Field(default_factory=list)
    note: Prose = ""
    signature: SignatureBody | None = None

    def to_checked(self) -> NewChecked:
        """Return it as findings takes it."""
        return NewChecked(
            outcome=self.outcome,
            name=self.name,
            document_number=self.document_number,
            document_state=self.document_state,
            birth_text=self.birth,
            nationality=self.nationality,
            sex=self.sex,
            mrz=self.mrz,
            findings=tuple(one.to_finding() for one in self.findings),
            signs=tuple(self.signs),
            note=self.note,
            signature=self.signature.to_signature() if self.signature else None,
        )


class StepBody(Body):
    """One step of the SOP: done, or why not; for a language, which one and whether by an interpreter."""

    code: Annotated[Line, Field(max_length=60)]
    done_at: Instant
    state: StepState = StepState.DONE
    because: Annotated[Line, Field(max_length=200)] = ""
    language: Annotated[Line, Field(max_length=60)] = ""
    interpreter: bool = False

    def to_step(self) -> StepDone:
        """Return it as findings takes it."""
        return StepDone(self.code, self.done_at, self.state, self.because, self.language, self.interpreter)


class ReportBody(Body):
    """One report; degrees are text, so that its canonical form holds no fractions."""

    id: UUID
    operation: UUID
    target: UUID | None = None
    encounter: UUID | None = None
    kind: ReportKind
    captured_at: Instant
    device: UUID
    seq: Annotated[int, Field(ge=0, le=LARGEST_INTEGER)]
    headcount: Count = 0
    checked: Annotated[list[CheckedBody], Field(max_length=500)] = Field(default_factory=list)
    findings: Findings = Field(default_factory=list)
    steps: Annotated[list[StepBody], Field(max_length=60)] = Field(default_factory=list)
    lat: Annotated[Degrees, degrees(POLES)] = ""
    lng: Annotated[Degrees, degrees(DATE_LINE)] = ""
    accuracy_m: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    note: Prose = ""
    answers: Answers = Field(default_factory=dict)
    photos: Photos = Field(default_factory=list)
    in_charge: InChargeBody | None = None
    minutes: MinutesBody | None = None

    @model_validator(mode="after")
    def place_is_whole(self) -> Self:
        """Refuse half a place."""
        if bool(self.lat) != bool(self.lng):
            raise ValueError(gettext("Lintang dan bujur diisi keduanya atau tidak sama sekali."))
        return self

    @model_validator(mode="after")
    def what_was_signed_is_told(self) -> Self:
        """Refuse a signature on a paper of which nothing is told."""
        if self.minutes is None and (self.in_charge or any(one.signature for one in self.checked)):
            raise ValueError(gettext("Tanda tangan memerlukan keterangan berita acara."))
        return self

    def to_report(self, content: str) -> NewReport:
        """Return it as findings takes it, with the canonical text of what was sent."""
        return NewReport(
            id=self.id,
            operation_id=self.operation,
            target_id=self.target,
            encounter_id=self.encounter,
            kind=self.kind,
            captured_at=self.captured_at,
            device_id=self.device,
            device_seq=self.seq,
            headcount=self.headcount,
            checked=tuple(one.to_checked() for one in self.checked),
            findings=tuple(one.to_finding() for one in self.findings),
            steps=tuple(one.to_step() for one in self.steps),
            lat=float(self.lat) if self.lat else None,
            lng=float(self.lng) if self.lng else None,
            accuracy_m=self.accuracy_m,
            note=self.note,
            answers=self.answers,
            photos=tuple(one.to_photo() for one in self.photos),
            in_charge=self.in_charge.to_in_charge() if self.in_charge else None,
            minutes=self.minutes.to_minutes() if self.minutes else None,
            content=content,
        )


def report_of(text: str) -> NewReport:
    """Return the report that a text tells; raises `ValueError` where it tells none."""
    body = ReportBody.model_validate_json(text, strict=True)
    return body.to_report(canonical(json.loads(text)))
