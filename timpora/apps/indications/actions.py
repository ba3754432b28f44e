"""What the indications do: run the rules, take an officer's verdict, stop a rule that errs."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from timpora.apps.indications import errors
from timpora.apps.indications.models import Indication, RuleStop, Verdict
from timpora.apps.indications.types import RunSummary, State, VerdictKind
from timpora.apps.registry import queries as registry
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.law.cite import LawBook
from timpora.domain.ledger import must_stop
from timpora.domain.rules.facts import FactSheet
from timpora.domain.rules.registry import ALL_RULES
from timpora.domain.rules.rule import Discrepancy, Rule
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.lawbook.store import lawbook
from timpora.kernel.text import cleaned

BATCH = 500
Places = tuple[str, ...]


@dataclass(slots=True)
class _Found:
    """One discrepancy of one person on its way into the table."""

    person: UUID
    places: Places
    what: Discrepancy

    @property
    def fingerprint(self) -> str:
        facts = sorted(e.fact.fact_id for e in self.what.evidence)
        told = "|".join([self.what.rule_id, str(self.what.rule_version), *facts])
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(slots=True)
class _Tally:
    persons: int = 0
    found: int = 0
    seen_again: int = 0
    gone: int = 0
    stopped: tuple[str, ...] = field(default=())


@deed(P.INDICATIONS_RULE_RUN, tag=Tag.INDICATIONS_FOUND)
def rules_run(
    act: Act,
    *,
    on: date,
    persons: Iterable[UUID] | None = None,
    crossings_since: date | None = None,
) -> RunSummary:
    """Compare the facts of persons (all in the territory, or those named) by every rule in force.

    `crossings_since` is the office's setting of that name unless given.
    The same discrepancy on the same facts stays one indication; one that is found no more is closed.
    """
    stopped = _stopped()
    rules = [rule for rule in ALL_RULES.values() if (rule.id, rule.version) not in stopped]
    tally = _Tally(stopped=tuple(sorted(rule_id for rule_id, _ in stopped)))
    since = crossings_since or wilayah.crossings_since()
    sheets = registry.fact_sheets(act.actor, persons=persons, crossings_since=since)
    book = lawbook()
    for batch in _batches(sheets):
        looked_at = [person for person, _, _ in batch]
        found = [
            _Found(person, places, what)
            for person, places, sheet in batch
            for what in _discrepancies(rules, sheet, on, book)
        ]
        _store(act, on, looked_at, found, tally)
    act.upon(
        Subject(kind="rules", id=str(on), places=act.actor.territories),
        refs={"persons": tally.persons, "found": tally.found, "gone": tally.gone, "book": book.digest},
    )
    return RunSummary(tally.persons, tally.found, tally.seen_again, tally.gone, tally.stopped)


def _stopped() -> set[tuple[str, int]]:
    return set(RuleStop.objects.filter(lifted_at=None).values_list("rule_id", "rule_version"))


def _batches(sheets: Iterator[registry.FactSheetOf]) -> Iterator[list[registry.FactSheetOf]]:
    batch: list[registry.FactSheetOf] = []
    for sheet in sheets:
        batch.append(sheet)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _discrepancies(rules: Iterable[Rule], sheet: FactSheet, on: date, book: LawBook) -> Iterator[Discrepancy]:
    for rule in rules:
        found = rule.evaluate(sheet, on=on, book=book)
        if found is not None:
            yield found


def _store(act: Act, on: date, persons: list[UUID], found: list[_Found], tally: _Tally) -> None:
    known = {
        (row.person_id, row.fingerprint): row for row in Indication.objects.filter(person_id__in=persons)
    }
    keys = {(one.person, one.fingerprint) for one in found}
    new = [one for one in found if (one.person, one.fingerprint) not in known]
    again = [known[key].pk for key in keys & known.keys()]
    gone = [row.pk for key, row in known.items() if key not in keys and row.state == State.OPEN]
    Indication.objects.bulk_create([_row(act, on, one) for one in new], ignore_conflicts=True)
    Indication.objects.filter(pk__in=again).update(seen_on=on)
    # What was closed because it had gone opens again when the same facts show it again.
    Indication.objects.filter(pk__in=again, state=State.GONE).update(state=State.OPEN)
    Indication.objects.filter(pk__in=gone).update(state=State.GONE)
    tally.persons += len(persons)
    tally.found += len(new)
    tally.seen_again += len(again)
    tally.gone += len(gone)


def _row(act: Act, on: date, one: _Found) -> Indication:
    evidence = [
        {
            "fact_id": e.fact.fact_id,
            "label": e.fact.label,
            "recorded_on": e.fact.recorded_on.isoformat(),
            "says": e.says,
        }
        for e in one.what.evidence
    ]
    return Indication(
        rule_id=one.what.rule_id,
        rule_version=one.what.rule_version,
        person_id=one.person,
        territories=list(one.places),
        because=one.what.because,
        evidence=evidence,
        cites=list(one.what.cites),
        innocent=list(one.what.innocent),
        law_digest=one.what.law,
        fingerprint=one.fingerprint,
        found_on=on,
        found_at=act.at,
        seen_on=on,
    )


@deed(P.INDICATIONS_VERDICT_GIVE, tag=Tag.INDICATIONS_VERDICT_GIVEN, is_decision=True)
def verdict_give(
    act: Act, *, indication_id: UUID, kind: str, because: str, ruled_out: Collection[str] = ()
) -> None:
    """Say as a human whether an indication holds, after ruling out the innocent explanations.

    It is upheld only with every innocent explanation in `ruled_out`. Raises `VerdictUnreadable`,
    `IndicationClosed`, `ExplanationsOpen`; `AccessDenied` for an absent or foreign one.
    """
    reason = cleaned(because)
    if kind not in set(VerdictKind) or not reason:
        raise errors.VerdictUnreadable
    rows = scope(act.actor, P.INDICATIONS_VERDICT_GIVE, Indication.objects.select_for_update())
    row = rows.filter(pk=indication_id).first()
    if row is None:
        raise AccessDenied
    if row.state != State.OPEN:
        raise errors.IndicationClosed
    if kind == VerdictKind.CONFIRMED and set(row.innocent) - set(ruled_out):
        raise errors.ExplanationsOpen
    Verdict.objects.create(
        indication=row, kind=kind, because=reason, by_id=act.actor.id, by_name=act.actor.name, at=act.at
    )
    Indication.objects.filter(pk=row.pk).update(state=kind)
    act.upon(
        Subject(kind="indication", id=str(row.pk), places=tuple(row.territories), person=row.person_id),
        refs={"rule": row.rule_id, "version": row.rule_version, "verdict": kind},
        payload=reason,
        cites=row.cites,
    )
    _stop_if_failing(act, row)


def _stop_if_failing(act: Act, row: Indication) -> None:
    counts = verdict_counts(row.rule_id, row.rule_version)
    if not must_stop(upheld=counts[0], overturned=counts[1]):
        return
    because = f"Berhenti sendiri: {counts[1]} dari {sum(counts)} penilaian menyatakan tidak terbukti."
    _, is_new = RuleStop.objects.get_or_create(
        rule_id=row.rule_id,
        rule_version=row.rule_version,
        lifted_at=None,
        defaults={"because": because, "by_name": "Buku kesalahan", "at": act.at},
    )
    if is_new:
        subject = Subject(kind="rule", id=row.rule_id, places=act.actor.territories)
        act.note(subject, refs={"because": because}, tag=Tag.INDICATIONS_RULE_SUSPENDED)
        act.publish(subject, {"because": because}, tag=Tag.INDICATIONS_RULE_SUSPENDED)


def verdict_counts(rule_id: str, version: int) -> tuple[int, int]:
    """Return how many verdicts upheld and overturned a version of a rule, as far as rows are visible."""
    told = Verdict.objects.filter(indication__rule_id=rule_id, indication__rule_version=version).aggregate(
        upheld=Count("id", filter=Q(kind=VerdictKind.CONFIRMED)),
        overturned=Count("id", filter=~Q(kind=VerdictKind.CONFIRMED)),
    )
    return told["upheld"], told["overturned"]


@deed(P.INDICATIONS_RULE_SUSPEND, tag=Tag.INDICATIONS_RULE_SUSPENDED, is_decision=True)
def rule_lift(act: Act, *, rule_id: str, version: int, because: str) -> None:
    """Let a stopped rule run again, with a reason: the centre's word, never the program's."""
    reason = cleaned(because)
    if not reason:
        raise errors.VerdictUnreadable
    stops = RuleStop.objects.filter(rule_id=rule_id, rule_version=version, lifted_at=None)
    if not stops.update(lifted_at=act.at, lifted_by=act.actor.name, lifted_because=reason):
        raise errors.RuleNotStopped
    act.upon(Subject(kind="rule", id=rule_id), refs={"lifted": True, "version": version}, payload=reason)
