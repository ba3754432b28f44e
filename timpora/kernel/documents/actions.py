"""Issuing a letter: the number, the file, the public proof and the log entry, or nothing at all."""

from typing import Final

from django.conf import settings
from django.db import connection

from timpora.kernel.access import scope
from timpora.kernel.act import Act
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.documents.errors import LetterReplaced, LetterUnknown, NumbersOfOffice
from timpora.kernel.documents.letter import Letter
from timpora.kernel.documents.models import Proof, StoredLetter
from timpora.kernel.documents.numbering import number_format
from timpora.kernel.documents.queries import view_of
from timpora.kernel.documents.render import Rendered, render
from timpora.kernel.documents.token import token_new
from timpora.kernel.documents.types import Issue, LetterView
from timpora.kernel.post import is_post

# One statement takes and locks the book until the transaction ends: a rolled-back letter gives its
# number back, and no two letters share one.
TAKE: Final = """
INSERT INTO documents_series (unit, register, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (unit, register, year) DO UPDATE SET last = documents_series.last + 1 RETURNING last
"""


def store(act: Act, letter: Letter, issue: Issue) -> LetterView:
    """Issue `letter` within the deed `act`: number it, print it, keep it for good.

    Raises:
        LetterIncomplete, LetterUnprintable: nothing is issued and no number is used up.
        LetterUnknown, LetterReplaced: the letter named in `issue.replaces` cannot be replaced.
        AccessDenied: the deed's right does not reach the territory of the letter.

    """
    old = _old(act, letter, issue)
    number = number_format(
        issue.pattern or letter.pattern,
        ordinal=ordinal_take(unit=issue.unit, register=letter.classification, year=letter.dated.year),
        on=letter.dated,
        office=issue.office_code,
        classification=letter.classification,
    )
    token = token_new()
    replaces = old.number if old else ""
    rendered = render(letter, number=number, verify_at=verify_address(token), replaces=replaces)
    proof = Proof.objects.create(
        token=token,
        kind=letter.kind,
        name=letter.name,
        number=number,
        office=letter.letterhead.office,
        unit=issue.unit,
        dated=letter.dated,
        issued_at=act.at,
        sha256=rendered.sha256,
        seal=rendered.seal,
        pages=rendered.pages,
        replaces=old.proof if old else None,
    )
    row = _row(act, issue, proof, rendered)
    _note(act, issue, row)
    return view_of(row)


def _row(act: Act, issue: Issue, proof: Proof, rendered: Rendered) -> StoredLetter:
    return StoredLetter.objects.create(
        proof=proof,
        kind=proof.kind,
        number=proof.number,
        unit=issue.unit,
        wilayah=issue.wilayah,
        subject_kind=issue.about.kind,
        subject_id=issue.about.id,
        person_id=issue.about.person,
        data_digest=rendered.data_digest,
        template_digest=rendered.template_digest,
        law_digest=issue.law_digest,
        cites=list(issue.cites),
        pdf=rendered.pdf,
        issued_by_id=act.actor.id,
        issued_by=act.actor.name,
    )


def _note(act: Act, issue: Issue, row: StoredLetter) -> None:
    subject = Subject(
        kind="letter",
        id=str(row.id),
        places=(row.wilayah,),
        person=row.person_id,
        unit=row.unit,
    )
    refs = {
        "number": row.number,
        "kind": row.kind,
        "sha256": row.proof.sha256,
        "template": row.template_digest,
        "law": row.law_digest,
        "about": f"{row.subject_kind}:{row.subject_id}",
        "replaces": str(issue.replaces or ""),
    }
    act.upon(subject, tag=Tag.DOCUMENTS_LETTER_STORED, refs=refs, cites=issue.cites)


def _old(act: Act, letter: Letter, issue: Issue) -> StoredLetter | None:
    """Return the letter being corrected: of the same kind and unit, and not corrected before."""
    if issue.replaces is None:
        return None
    mine = scope(act.actor, act.permission, StoredLetter.objects.select_related("proof"))
    found = mine.filter(pk=issue.replaces, kind=letter.kind, unit=issue.unit).first()
    if found is None:
        raise LetterUnknown
    if Proof.objects.filter(replaces=found.proof).exists():
        raise LetterReplaced
    return found


def ordinal_take(*, unit: str, register: str, year: int) -> int:
    """Take the next number of a book, without a gap; others wait until this transaction ends.

    Raises `NumbersOfOffice` at a post: its office numbers the same book (ADR 0027).
    """
    if is_post():
        raise NumbersOfOffice
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [unit, register, year])
        return int(cursor.fetchone()[0])


def verify_address(token: str) -> str:
    """Return the public address at which a letter is verified."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/v/{token}"
