"""Reading issued letters: for officers by right and territory, for holders of a letter by its code."""

from uuid import UUID

from timpora.kernel.access import AccessDenied, Actor, P, PurposeMissing, scope
from timpora.kernel.audit.log import disclosure_record
from timpora.kernel.documents.models import Proof, StoredLetter
from timpora.kernel.documents.token import token_read
from timpora.kernel.documents.types import LetterFile, LetterView, VerifiedLetter


def letter_get(actor: Actor, letter_id: UUID, *, permission: P = P.DOCUMENTS_LETTER_READ) -> LetterFile:
    """Return a letter with its file; where it concerns a person, the reading is logged with its purpose.

    `permission` is another right by which a room hands out its own letters, once it has looked whose they
    are.

    Raises:
        AccessDenied: there is none, or it is not for this actor, which is the same to him.
        PurposeMissing: it concerns a person, and the session of work has no purpose yet.

    """
    rows = scope(actor, permission, StoredLetter.objects.select_related("proof__replacement"))
    row = rows.filter(pk=letter_id).first()
    if row is None:
        raise AccessDenied
    if row.person_id is not None:
        if actor.purpose is None:
            raise PurposeMissing
        disclosure_record(actor, row.person_id, (row.wilayah,), what=f"letter:{row.id}")
    return LetterFile(letter=view_of(row), pdf=bytes(row.pdf))


def letter_list(actor: Actor, *, kind: str, identifier: str) -> list[LetterView]:
    """Return the letters of one thing (`kind` and `identifier` of its log subject), oldest first."""
    rows = scope(actor, P.DOCUMENTS_LETTER_READ, StoredLetter.objects.select_related("proof__replacement"))
    mine = rows.filter(subject_kind=kind, subject_id=identifier).defer("pdf")
    return [view_of(row) for row in mine.order_by("proof__issued_at", "number")]


def verify(token: str) -> VerifiedLetter | None:
    """Return what the register says of a code, as typed by anyone; nothing if no letter bears it."""
    code = token_read(token)
    proof = Proof.objects.select_related("replaces", "replacement").filter(pk=code).first() if code else None
    if proof is None:
        return None
    return VerifiedLetter(
        name=proof.name,
        number=proof.number,
        office=proof.office,
        dated=proof.dated,
        issued_at=proof.issued_at,
        sha256=proof.sha256,
        seal=proof.seal,
        pages=proof.pages,
        replaced_by=_replaced_by(proof),
        replaces=proof.replaces.number if proof.replaces else None,
    )


def view_of(row: StoredLetter) -> LetterView:
    """Return the frozen view of a stored letter."""
    proof = row.proof
    return LetterView(
        id=row.id,
        kind=row.kind,
        name=proof.name,
        number=row.number,
        office=proof.office,
        unit=row.unit,
        wilayah=row.wilayah,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        dated=proof.dated,
        issued_at=proof.issued_at,
        issued_by=row.issued_by,
        sha256=proof.sha256,
        pages=proof.pages,
        cites=tuple(row.cites),
        token=proof.token,
        replaced_by=_replaced_by(proof),
    )


def _replaced_by(proof: Proof) -> str | None:
    newer: Proof | None = getattr(proof, "replacement", None)
    return newer.number if newer else None
