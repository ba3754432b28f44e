"""What the indications answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from timpora.apps.indications.models import Indication, RuleStop, Verdict
from timpora.apps.indications.types import (
    EvidenceView,
    IndicationView,
    RuleStanding,
    State,
    VerdictKind,
    VerdictView,
)
from timpora.apps.registry import queries as registry
from timpora.apps.registry.types import PersonRow
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.ledger import interval
from timpora.domain.rules.registry import ALL_RULES
from timpora.domain.territory import codes_told, places_told
from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.audit.log import disclosure_record, disclosures_record

PAGE = 30
# As a passport prints it, and as the office writes it.
SEXES = {"M": "L", "F": "P"}


def indication_get(actor: Actor, indication_id: UUID) -> IndicationView:
    """Return one indication, after logging that its person was shown.

    Raises `AccessDenied` for an absent or foreign one, `PurposeMissing` without a purpose.
    """
    row = (
        scope(actor, P.INDICATIONS_INDICATION_READ, Indication.objects.all()).filter(pk=indication_id).first()
    )
    if row is None:
        raise AccessDenied
    disclosure_record(actor, row.person_id, row.territories, what="indikasi")
    return _views(actor, [row])[0]


def indication_said(actor: Actor, indication_id: UUID) -> tuple[date, str] | None:
    """Return when an indication was found and what it says, which names nobody, for a letter of its case.

    Whoever reads the case is logged there. Nothing for an absent or foreign one.
    """
    rows = scope(actor, P.INDICATIONS_INDICATION_READ, Indication.objects.filter(pk=indication_id))
    return rows.values_list("found_on", "because").first()


def indication_list(
    actor: Actor, *, state: str = State.OPEN, rule: str = "", place: str = "", page: int = 1
) -> list[IndicationView]:
    """Return one page of indications, newest first; never ordered by who the person is.

    Every person listed is logged as shown.
    """
    rows = _narrowed(actor, state, rule, place).order_by("-found_at", "id")
    start = (max(page, 1) - 1) * PAGE
    found = list(rows[start : start + PAGE])
    shown = [(row.person_id, row.territories) for row in found]
    disclosures_record(actor, shown, what="daftar indikasi")
    return _views(actor, found)


def indication_count(actor: Actor, *, state: str = State.OPEN, rule: str = "", place: str = "") -> int:
    """Return how many indications a list with these filters has in all."""
    return _narrowed(actor, state, rule, place).count()


def _narrowed(actor: Actor, state: str, rule: str, place: str) -> QuerySet[Indication]:
    rows = scope(actor, P.INDICATIONS_INDICATION_READ, Indication.objects.all())
    if state:
        rows = rows.filter(state=state)
    if rule:
        rows = rows.filter(rule_id=rule)
    return rows.filter(territories__contains=[place]) if place else rows


def indication_counts(actor: Actor) -> dict[str, int]:
    """Return how many indications stand in each state in the actor's territory."""
    rows = scope(actor, P.INDICATIONS_INDICATION_READ, Indication.objects.all())
    return dict(rows.values_list("state").annotate(n=Count("id")))


def open_for_person(actor: Actor, person_id: UUID) -> list[IndicationView]:
    """Return the open and verified indications of a person whose page is being shown."""
    rows = scope(actor, P.INDICATIONS_INDICATION_READ, Indication.objects.all())
    return _views(
        actor, list(rows.filter(person_id=person_id).exclude(state=State.GONE).order_by("-found_at"))
    )


def rule_standings(actor: Actor) -> list[RuleStanding]:
    """Return every rule with its articles, its open indications, its record and whether it is stopped."""
    rows = scope(actor, P.INDICATIONS_INDICATION_READ, Indication.objects.all())
    opened = dict(rows.filter(state=State.OPEN).values_list("rule_id").annotate(n=Count("id")))
    told: dict[tuple[str, int, str], int] = {
        (rule, version, kind): n
        for rule, version, kind, n in Verdict.objects.values_list(
            "indication__rule_id", "indication__rule_version", "kind"
        ).annotate(n=Count("id"))
    }
    stops = {(s.rule_id, s.rule_version): s.because for s in RuleStop.objects.filter(lifted_at=None)}
    return [_standing(rule_id, opened.get(rule_id, 0), told, stops) for rule_id in ALL_RULES]


def _standing(
    rule_id: str,
    open_count: int,
    told: dict[tuple[str, int, str], int],
    stops: dict[tuple[str, int], str],
) -> RuleStanding:
    rule = ALL_RULES[rule_id]
    by_kind = {kind: told.get((rule_id, rule.version, kind), 0) for kind in VerdictKind}
    upheld = by_kind[VerdictKind.CONFIRMED]
    overturned = sum(by_kind.values()) - upheld
    found = interval(upheld=upheld, overturned=overturned)
    return RuleStanding(
        rule_id=rule_id,
        version=rule.version,
        title=rule.title,
        use=rule.use,
        articles=rule.articles,
        innocent=rule.innocent,
        open_count=open_count,
        upheld=upheld,
        overturned=overturned,
        precision=found.share if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
        stopped_because=stops.get((rule_id, rule.version), ""),
    )


def _views(actor: Actor, rows: list[Indication]) -> list[IndicationView]:
    people = registry.person_rows(actor, {row.person_id for row in rows})
    places = _places(rows)
    said: dict[UUID, list[VerdictView]] = defaultdict(list)
    for verdict in Verdict.objects.filter(indication__in=rows).order_by("at"):
        view = VerdictView(VerdictKind(verdict.kind), verdict.because, verdict.by_name, verdict.at)
        said[verdict.indication_id].append(view)
    return [_view(row, people.get(row.person_id), said[row.pk], places) for row in rows]


def _places(rows: list[Indication]) -> dict[str, str]:
    """Return the names of all places that the sentences of these rows name by code."""
    texts = [text for row in rows for text in (row.because, *(told["says"] for told in row.evidence))]
    codes = {code for text in texts for code in codes_told(text)}
    return {code: region.chain for code, region in wilayah.regions_by_code(codes).items()} if codes else {}


def _line(person: PersonRow) -> str:
    born = "-".join(reversed(person.birth.split("-")))
    sex = SEXES.get(person.sex, person.sex)
    return " · ".join(part for part in (sex, born, person.document) if part)


def _view(
    row: Indication, person: PersonRow | None, said: Iterable[VerdictView], places: Mapping[str, str]
) -> IndicationView:
    rule = ALL_RULES.get(row.rule_id)
    return IndicationView(
        id=row.pk,
        rule_id=row.rule_id,
        rule_version=row.rule_version,
        title=rule.title if rule else row.rule_id,
        person_id=row.person_id,
        person_name=person.name if person else "",
        person_line=_line(person) if person else "",
        territories=tuple(row.territories),
        because=places_told(row.because, places),
        evidence=tuple(
            EvidenceView(**told | {"says": places_told(told["says"], places)}) for told in row.evidence
        ),
        cites=tuple(row.cites),
        innocent=tuple(row.innocent),
        law_digest=row.law_digest,
        found_on=row.found_on,
        found_at=row.found_at,
        seen_on=row.seen_on,
        state=State(row.state),
        verdicts=tuple(said),
    )
