"""Photos and signatures for tests of reports."""

import hashlib
from uuid import UUID

from tests.conftest import DAY
from timpora.apps.findings.types import NewInCharge, NewMinutes, NewPhoto, NewSignature

PHOTO = (
    b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x04cd\xff\xda\x00\x02" + bytes(range(250)) * 400 + b"\xff\xd9"
)
# The smallest piece that is taken before the last one.
CUT = 64 * 1024
OTHER = PHOTO[:-2] + b"\x00\xff\xd9"
INK = NewSignature("2024-08-22T02:00:00.000Z", strokes=((1, 2, 300, 200),))
DECLINED = NewSignature("2024-08-22T02:00:00.000Z", state="menolak", because="Menunggu kuasa hukum.")
MINUTES = NewMinutes(1, "Mes karyawan PT Contoh", "KANIM-BATULICIN", "W.19-1", ("Dodi",), "WITA", "Angsana")
IN_CHARGE = NewInCharge("BUDI", DECLINED, "Kepala mes")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def named(data: bytes = PHOTO) -> NewPhoto:
    """Return the photo as a report names it."""
    return NewPhoto(digest(data), len(data), DAY, -3.45, 115.99, 8)


def address(report: UUID | str, data: bytes = PHOTO) -> str:
    """Return where the photo of a report is asked for and sent."""
    return f"/api/laporan/{report}/foto/{digest(data)}"
