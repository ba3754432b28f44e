"""The file as it arrived, kept in the database byte for byte, so that any process can read it."""

import hashlib
from pathlib import Path
from uuid import UUID

from timpora.apps.intake.models import Submission, SubmissionPart

PART_BYTES = 4_000_000


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def file_keep(submission: Submission, path: Path) -> None:
    """Store the file in parts; nothing larger than a part is held in memory."""
    with path.open("rb") as stream:
        for number, content in enumerate(iter(lambda: stream.read(PART_BYTES), b"")):
            SubmissionPart.objects.create(submission=submission, number=number, content=content)


def file_lay(submission_id: UUID, folder: Path) -> Path:
    """Lay the file out in a folder of this machine and return where."""
    path = folder / "daftar"
    with path.open("wb") as stream:
        parts = SubmissionPart.objects.filter(submission_id=submission_id).order_by("number")
        for part in parts.iterator(chunk_size=1):
            stream.write(part.content)
    return path
