"""The session of a phone with a lock: open as long as its form is, and parked otherwise (ADR 0020).

A parked session reads nothing; it tells of its phone and sends reports. It opens when the form shows the
secret that lies on the phone under the PIN, or by a sign-in, which begins another session.
"""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from hmac import compare_digest
from typing import Any, Final
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from timpora.interface.sessions import session_change
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
# `digest` of the secret that opens it, `until` when it is open, `is_final` where nothing prolongs that.
Lock = dict[str, Any]


def is_parked(session: SessionBase) -> bool:
    """Tell whether the session waits for its phone's PIN."""
    return _is_over(session.get(SESSION_LOCK))


def park(session: SessionBase, digest: str, *, is_leaving: bool = False) -> None:
    """Park the session of a phone whose form is shut: at once, after a moment where it is only being left.

    `digest` is of the secret that opens it. The first that a session hears of stays, and leaves it open for
    as long as whoever has just signed in may need.
    """

    def parked(lock: Lock | None) -> Lock | None:
        if lock is None:
            return {"digest": digest, "until": _now() + FRESH.total_seconds(), "is_final": True}
        until = _now() + (LEAVING.total_seconds() if is_leaving else 0)
        return {**lock, "until": until} if until < lock["until"] else None

    session_change(session, SESSION_LOCK, parked)


def unpark(session: SessionBase, proof: str) -> None:
    """Open the session to whoever shows the secret of its lock; one that is open takes a new lock."""
    digest = hashlib.sha256(proof.encode()).hexdigest()

    def opened(lock: Lock | None) -> Lock | None:
        is_new = lock is None or not compare_digest(str(lock["digest"]), digest)
        if is_new and _is_over(lock):
            return None
        if is_new or lock is None or lock.get("is_final") or _is_due(lock["until"]):
            return {"digest": digest, "until": _now() + IDLE.total_seconds()}
        return None

    session_change(session, SESSION_LOCK, opened)


def stay(session: SessionBase) -> None:
    """Keep an open session open: somebody is at work with it, on whichever page.

    One whose lock was never opened ends when it was said to.
    """

    def kept(lock: Lock | None) -> Lock | None:
        if lock is None or lock.get("is_final") or _is_over(lock) or not _is_due(lock["until"]):
            return None
        return {**lock, "until": _now() + IDLE.total_seconds()}

    # Asked at every page: what this request read itself tells where nothing is due.
    if kept(session.get(SESSION_LOCK)) is not None:
        session_change(session, SESSION_LOCK, kept)


def digest_of(officer_id: UUID, told: Iterable[str]) -> str:
    """Return the digest of an officer's secret among those of a phone (`officer:digest`), or nothing."""
    known = dict(one.partition(":")[::2] for one in told)
    digest = known.get(str(officer_id), "")
    return digest if len(digest) == DIGEST_LENGTH and digest.isalnum() else ""


def _is_over(lock: Lock | None) -> bool:
    return lock is not None and _now() >= lock["until"]


def _is_due(until: float) -> bool:
    return until < _now() + (IDLE - NOTED).total_seconds()


def _now() -> float:
    return clock.true_now().timestamp()
