"""A report that somebody else brings in: who wrote it and who carried it are kept apart (F51)."""

from timpora.apps.findings.sent_types import NewReport
from timpora.kernel.access import Actor, P, require
from timpora.kernel.act import Act
from timpora.kernel.audit.entry import Refs, Subject


def author_of(actor: Actor, report: NewReport) -> Actor:
    """Return who wrote a report that `actor` sends."""
    return report.author or actor


def carried_refs(act: Act, report: NewReport, subject: Subject, refs: Refs) -> Refs:
    """Return what the log notes: the deed is the carrier's, and names whose report it is.

    Raises `AccessDenied` where it is another's and the actor may not carry reports there.
    """
    author = author_of(act.actor, report)
    if author.id == act.actor.id:
        return refs
    require(act.actor, P.FINDINGS_REPORT_CARRY, places=subject.places, unit=subject.unit)
    return {**refs, "author": str(author.id)}
