"""The key under which a phone keeps an officer's finished reports: the server gives it back after sign-in.

Worked out from the server's own secret, so that nothing is stored, and the same on every device: reports
stay sendable when the phone's lock was destroyed, and can be read by nobody who cannot sign in as their
officer. A copy of the database opens none of them.
"""

import base64
import hashlib
from uuid import UUID

from django.utils.crypto import salted_hmac

SALT = "timpora.field.queue/1"
ID_LENGTH = 12


def queue_key(officer_id: UUID) -> dict[str, str]:
    """Return the officer's key (32 bytes, in base 64) and the name by which a phone knows it."""
    key = salted_hmac(SALT, str(officer_id), algorithm="sha256").digest()
    return {"id": hashlib.sha256(key).hexdigest()[:ID_LENGTH], "key": base64.b64encode(key).decode()}
