"""Reading issued letters: for officers by right and territory, for holders of a letter by its code."""

from uuid import UUID

from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.audit.entry import Note, Subject
from timpora.kernel.audit.log import append, disclosure_record
from timpora.kernel.audit.tags import Tag
from timpora.kernel.documents.models import Proof, StoredLetter
from timpora.kernel.documents.token import token_read
from timpora.kernel.documents.types import LetterFile, LetterView, VerifiedLetter


def letter_get(actor: Actor, letter_id: UUID, *, permission: P = P.DOCUMENTS_LETTER_READ) -> LetterFile:
    """Return a letter with its file; the reading is logged with its purpose, and for the person if known.

    A letter may name somebody whom no record of ours knows, so a purpose is asked for all of them (P18).

    `permission` is another right by which a room hands out its own letters, once it has looked whose they
    are; what that right asks for, a purpose among it, is asked in place of it.

    Raises:
        AccessDenied: there is none, or it is not for this actor, which is the same to him.
        PurposeMissing: the session of work has no purpose yet.

    """
    rows = scope(actor, permission, StoredLetter.objects.select_related("proof__replacement"))
    row = rows.filter(pk=letter_id).first()
    if row is None:
        raise AccessDenied
    about = Subject(kind="letter", id=str(row.id), places=(row.wilayah,), unit=row.unit)
    append(actor, [Note(tag=Tag.DOCUMENTS_LETTER_READ, subject=about, refs={"number": row.number})])
    if row.person_id is not None:
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
        unit=proof.unit,
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
