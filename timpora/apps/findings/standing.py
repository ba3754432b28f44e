"""Which contents count: of several under one identifier one stands, the first until somebody decides."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from timpora.apps.findings.models import Report, ReportConflict, Settlement


def standing(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Return those reports that count. Conflicts are few, so both lists of what does not are short."""
    last = Settlement.objects.filter(report=OuterRef("report")).order_by("-number").values("stands")[:1]
    conflicts = ReportConflict.objects.exclude(rival=None).annotate(chosen=Subquery(last))
    fallen = conflicts.filter(chosen=F("rival")).values("report")
    waiting = conflicts.filter(Q(chosen=None) | ~Q(chosen=F("rival"))).values("rival")
    return rows.exclude(pk__in=fallen).exclude(pk__in=waiting)


def unsettled(rows: QuerySet[ReportConflict]) -> QuerySet[ReportConflict]:
    """Return those conflicts that nobody has settled since they arrived."""
    since = Settlement.objects.filter(report=OuterRef("report"), at__gte=OuterRef("received_at"))
    return rows.filter(~Exists(since))
