"""`deed`: transaction, right and audit entry around every write; there is no other way to write."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import transaction

from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, NotHuman, P, require
from timpora.kernel.access.policy import NATION
from timpora.kernel.audit.entry import Note, Refs, Subject
from timpora.kernel.audit.log import append
from timpora.kernel.audit.tags import Tag
from timpora.kernel.outbox import post

Args = ParamSpec("Args")
Result = TypeVar("Result")


class SilentActError(Exception):
    """A deed wrote nothing into the audit log: a defect of the program, and the write is undone."""


class Act:
    """One deed in progress: who, when, with what right; `upon` says what it touches."""

    def __init__(self, actor: Actor, permission: P, tag: Tag) -> None:
        self.actor = actor
        self.permission = permission
        self.tag = tag
        self.at = clock.now()
        self.notes: list[Note] = []

    def upon(
        self,
        subject: Subject,
        *,
        refs: Refs | None = None,
        payload: str = "",
        cites: Sequence[str] = (),
        tag: Tag | None = None,
    ) -> Subject:
        """Name what the deed touches, refuse a foreign territory or unit, and note it for the log.

        `refs` are references for the log (never personal data), of `payload` a salted digest is logged,
        `cites` are articles, `tag` differs from the deed's own where one deed does several things.
        """
        require(self.actor, self.permission, places=subject.places, unit=subject.unit)
        return self.note(subject, refs=refs, payload=payload, cites=cites, tag=tag)

    def upon_self(self, *, refs: Refs | None = None) -> Subject:
        """Note a deed on the actor's own session or account, which belongs to no territory."""
        places = self.actor.territories or (NATION,)
        return self.note(Subject(kind="user", id=str(self.actor.id), places=places), refs=refs)

    def note(
        self,
        subject: Subject,
        *,
        refs: Refs | None = None,
        payload: str = "",
        cites: Sequence[str] = (),
        tag: Tag | None = None,
    ) -> Subject:
        """Write one line for the log without asking for a right again: for what follows from the deed."""
        self.notes.append(
            Note(tag=tag or self.tag, subject=subject, refs=refs or {}, payload=payload, cites=tuple(cites)),
        )
        return subject

    def publish(
        self, subject: Subject, payload: post.Payload | None = None, *, tag: Tag | None = None
    ) -> None:
        """Put the news of this deed in the outbox, in the same transaction."""
        post.publish(tag or self.tag, subject, payload)


def deed(
    permission: P,
    *,
    tag: Tag,
    is_decision: bool = False,
) -> Callable[[Callable[Concatenate[Act, Args], Result]], Callable[Concatenate[Actor, Args], Result]]:
    """Make `body` a deed: called with the actor, run in a transaction, logged, or undone as a whole.

    A decision (`is_decision`) is refused to every job and command. Raises `AccessDenied`,
    `PurposeMissing`, `NotHuman`; `SilentActError` where the body forgot to say what it did.
    """

    def wrap(body: Callable[Concatenate[Act, Args], Result]) -> Callable[Concatenate[Actor, Args], Result]:
        @wraps(body)
        def run(actor: Actor, /, *args: Args.args, **kwargs: Args.kwargs) -> Result:
            require(actor, permission)
            if is_decision and not actor.is_human:
                raise NotHuman
            with transaction.atomic():
                act = Act(actor, permission, tag)
                result = body(act, *args, **kwargs)
                if not act.notes:
                    raise SilentActError(body.__qualname__)
                append(actor, act.notes)
            return result

        return run

    return wrap


__all__ = ["AccessDenied", "Act", "SilentActError", "deed"]
