"""The session of a phone with a lock: open as long as its form is, and parked otherwise (ADR 0020).

A parked session reads nothing; it tells of its phone and sends reports. It opens when the form shows the
secret that lies on the phone under the PIN, or by a sign-in, which begins another session.
"""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from hmac import compare_digest
from typing import Final
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase, UpdateError

from timpora.kernel import clock

SESSION_LOCK: Final = "lock"
# The form shuts itself after as long.
IDLE: Final = timedelta(minutes=15)
# Whoever has just signed in may have forgotten the PIN, and chooses another within this time.
FRESH: Final = timedelta(minutes=5)
# The form was closed; whoever goes on to another page goes there at once.
LEAVING: Final = timedelta(minutes=2)
NOTED: Final = timedelta(minutes=1)
DIGEST_LENGTH: Final = 64
PROOF_MOST: Final = 100


def is_parked(session: SessionBase) -> bool:
    """Tell whether the session waits for its phone's PIN."""
    lock = session.get(SESSION_LOCK)
    return lock is not None and _now() >= lock["until"]


def park(session: SessionBase, digest: str, *, is_leaving: bool = False) -> None:
    """Park the session of a phone whose form is shut: at once, after a moment where it is only being left.

    `digest` is of the secret that opens it. The first that a session hears of stays, and leaves it open for
    as long as whoever has just signed in may need.
    """
    lock = session.get(SESSION_LOCK)
    if lock is None:
        until = _now() + FRESH.total_seconds()
        _write(session, {"digest": digest, "until": until, "is_final": True})
        return
    until = _now() + (LEAVING.total_seconds() if is_leaving else 0)
    if until < lock["until"]:
        _write(session, {**lock, "until": until})


def unpark(session: SessionBase, proof: str) -> None:
    """Open the session to whoever shows the secret of its lock; one that is open takes a new lock."""
    digest = hashlib.sha256(proof.encode()).hexdigest()
    lock = session.get(SESSION_LOCK) or {"digest": "", "until": 0.0}
    is_new = not compare_digest(str(lock["digest"]), digest)
    if is_new and is_parked(session):
        return
    if is_new or lock.get("is_final") or _is_due(lock["until"]):
        _write(session, {"digest": digest, "until": _now() + IDLE.total_seconds()})


def stay(session: SessionBase) -> None:
    """Keep an open session open: somebody is at work with it, on whichever page.

    One whose lock was never opened ends when it was said to.
    """
    lock = session.get(SESSION_LOCK)
    is_open = lock is not None and not lock.get("is_final") and not is_parked(session)
    if lock is not None and is_open and _is_due(lock["until"]):
        _write(session, {**lock, "until": _now() + IDLE.total_seconds()})


def digest_of(officer_id: UUID, told: Iterable[str]) -> str:
    """Return the digest of an officer's secret among those of a phone (`officer:digest`), or nothing."""
    known = dict(one.partition(":")[::2] for one in told)
    digest = known.get(str(officer_id), "")
    return digest if len(digest) == DIGEST_LENGTH and digest.isalnum() else ""


def _write(session: SessionBase, lock: dict[str, object]) -> None:
    """Store the lock without sending the cookie again: an answer that is late would undo a later sign-in."""
    session[SESSION_LOCK] = lock
    with suppress(UpdateError):  # The session ended meanwhile.
        session.save()
    session.modified = False


def _is_due(until: float) -> bool:
    return until < _now() + (IDLE - NOTED).total_seconds()


def _now() -> float:
    return clock.true_now().timestamp()
