"""What the registry answers; every look at a person is logged with the session's purpose."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from timpora.apps.registry.models import Crossing, Merge, Permit, Person, PersonKey, Record, Stay, Work
from timpora.apps.registry.neighbours import births_told, crowds, lines, neighbours, owners
from timpora.apps.registry.profile import document_key
from timpora.apps.registry.sheets import sheets_of
from timpora.apps.registry.types import (
    CrossingFact,
    DocumentOwner,
    LinkRecord,
    MergeView,
    PermitFact,
    PersonBrief,
    PersonPage,
    PersonRow,
    PlaceTold,
    RecordView,
    StayFact,
    WorkFact,
)
from timpora.domain.linkage import same_from_afar
from timpora.domain.names import name_keys
from timpora.domain.rules.facts import FactSheet
from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.audit.entry import Note, Subject
from timpora.kernel.audit.log import append, disclosure_record, disclosures_record
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import nation_reached
from timpora.kernel.text import cleaned

SEARCH_LIMIT = 25
WORKERS_MOST = 200
SHEETS_AT_ONCE = 2_000
FactSheetOf = tuple[UUID, tuple[str, ...], FactSheet]


def person_get(actor: Actor, person_id: UUID, *, what: str = "halaman orang") -> PersonPage:
    """Return everything known of a person, after logging that it was shown (B4, P18).

    Raises `AccessDenied` for an absent or foreign person alike, `PurposeMissing` without a purpose.
    """
    person = scope(actor, P.REGISTRY_PERSON_READ, Person.objects.all()).filter(pk=person_id).first()
    if person is None:
        raise AccessDenied
    if person.merged_into_id:
        return person_get(actor, person.merged_into_id, what=what)
    disclosure_record(actor, person.pk, person.territories, what=what)
    records = {row.pk: _record(row) for row in Record.objects.filter(person=person)}
    merges = Merge.objects.filter(Q(kept=person) | Q(absorbed=person)).order_by("-at")
    held = {"record__in": list(records)}
    return PersonPage(
        person=_row(person),
        records=tuple(sorted(records.values(), key=lambda r: (r.reported_on, str(r.id)), reverse=True)),
        permits=tuple(_permit(f, records) for f in Permit.objects.filter(**held).order_by("starts", "id")),
        crossings=tuple(_crossing(f, records) for f in Crossing.objects.filter(**held).order_by("at", "id")),
        stays=tuple(_stay(f, records) for f in Stay.objects.filter(**held).order_by("starts", "id")),
        works=tuple(_work(f, records) for f in Work.objects.filter(**held).order_by("starts", "id")),
        merges=tuple(_merge(row) for row in merges),
    )


def person_search(actor: Actor, text: str, *, limit: int = SEARCH_LIMIT) -> list[PersonRow]:
    """Return persons whose names or documents hold the words of `text`, best first; the search is logged.

    Every row shown is a disclosure, so the log keeps the identifiers of the persons listed (P18).
    """
    rows = scope(actor, P.REGISTRY_PERSON_FIND, Person.objects.filter(merged_into=None))
    wanted = [*name_keys(cleaned(text)), document_key(text)]
    hits = (
        PersonKey.objects.filter(key__in=wanted)
        .values("person_id")
        .annotate(hits=Count("key"))
        .order_by("-hits", "person_id")[: limit * 8]
    )
    rank = {hit["person_id"]: hit["hits"] for hit in hits}
    best = sorted(rows.filter(pk__in=list(rank)), key=lambda p: (-rank[p.pk], p.name, str(p.pk)))[:limit]
    _search_log(actor, text, best)
    return [_row(person) for person in best]


def _search_log(actor: Actor, text: str, shown: Iterable[Person]) -> None:
    people = [(person.pk, person.territories) for person in shown]
    about = Subject(kind="search", id=str(len(people)), places=actor.territories)
    append(actor, [Note(tag=Tag.REGISTRY_PERSON_SEARCHED, subject=about, payload=text)])
    disclosures_record(actor, people, what="hasil pencarian", tag=Tag.REGISTRY_PERSON_SEARCHED)


def person_rows(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, PersonRow]:
    """Return the lines of some persons for lists; merged ones answer under their old identifier too."""
    wanted = list(ids)
    rows = scope(actor, P.REGISTRY_PERSON_READ, Person.objects.all()).filter(pk__in=wanted)
    found: dict[UUID, PersonRow] = {}
    for person in rows.select_related("merged_into"):
        found[person.pk] = _row(person.merged_into or person)
    return found


def person_lines(actor: Actor, ids: Iterable[UUID], *, what: str) -> list[PersonRow]:
    """Return the lines of some persons unmasked, after logging that each was shown; by name."""
    rows = sorted(person_rows(actor, ids).items(), key=lambda row: (row[1].name, str(row[0])))
    disclosures_record(actor, [(row.id, row.territories) for _, row in rows], what=what)
    return [row for _, row in rows]


def person_briefs(actor: Actor, permission: P, ids: Iterable[UUID], *, what: str) -> dict[UUID, PersonBrief]:
    """Return the minimum about some persons to whoever holds `permission` at their places; logged.

    For officers who may not open the page of a person but were ordered to check him.
    """
    rows = scope(actor, permission, Person.objects.all()).filter(pk__in=list(ids))
    people = {person.pk: person.merged_into or person for person in rows.select_related("merged_into")}
    held = Permit.objects.filter(record__person__in=[person.pk for person in people.values()])
    newest = {
        permit.record.person_id: permit
        for permit in held.select_related("record").order_by("record__reported_on", "ends", "id")
    }
    disclosures_record(actor, [(p.pk, p.territories) for p in people.values()], what=what)
    return {asked: _brief(person, newest.get(person.pk)) for asked, person in people.items()}


def workers_of(actor: Actor, permission: P, *, employer: str, within_code: str, on: date) -> list[UUID]:
    """Return whom the lists name as working for an employer on a day, at places within one code or unknown.

    Identifiers alone, of persons within the actor's sight; whoever shows more logs it.
    """
    if not employer:
        return []
    here = Q(wilayah="") | Q(wilayah=within_code) | Q(wilayah__startswith=f"{within_code}.")
    lasting = Q(starts=None) | Q(starts__lte=on), Q(ends=None) | Q(ends__gt=on)
    works = Work.objects.filter(here, *lasting, employer__iexact=employer)
    people = scope(actor, permission, Person.objects.filter(merged_into=None))
    found = people.filter(records__works__in=works).distinct().order_by("name", "id")
    return list(found.values_list("pk", flat=True)[:WORKERS_MOST])


def _brief(person: Person, permit: Permit | None) -> PersonBrief:
    return PersonBrief(
        id=person.pk,
        name=person.name,
        birth=person.birth,
        document=person.document,
        permit_kind=permit.kind if permit else "",
        permit_ends=permit.ends if permit else None,
        permit_as_of=permit.record.recorded_at if permit else None,
    )


def person_newest(actor: Actor, *, limit: int = SEARCH_LIMIT) -> list[PersonRow]:
    """Return the persons changed last in the actor's territory, for an empty search page.

    It is not logged as a disclosure, so screens show these lines masked.
    """
    rows = scope(actor, P.REGISTRY_PERSON_FIND, Person.objects.filter(merged_into=None))
    return [_row(person) for person in rows.order_by("-changed_at", "id")[:limit]]


def person_places(person_ids: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Return the territories of the persons whom the running transaction may see; others are missing."""
    found = Person.objects.filter(pk__in=person_ids).values_list("pk", "territories")
    return {pk: tuple(codes) for pk, codes in found}


def person_resolve(person_id: UUID) -> UUID:
    """Return under which identifier a person is held now, following merges."""
    seen = person_id
    while (
        into := Person.objects.filter(pk=seen).values_list("merged_into_id", flat=True).first()
    ) is not None:
        seen = into
    return seen


def document_owners(
    actor: Actor, numbers: Iterable[tuple[str, str]]
) -> Mapping[tuple[str, str], list[DocumentOwner]]:
    """Return who is known under document numbers, keyed by (number, issuing state) as stored."""
    if P.REGISTRY_RECORD_ADD not in actor.permissions:
        return {}
    pairs = set(numbers)
    found: dict[tuple[str, str], list[DocumentOwner]] = {}
    for number, state, owner in owners({number for number, _ in pairs}):
        if (number, state) in pairs:
            found.setdefault((number, state), []).append(owner)
    return found


def human_shown(
    actor: Actor, *, numbers: Collection[str], births: Collection[str], names: Collection[str]
) -> UUID | None:
    """Return the one human whom the whole register surely knows by a document shown to protection.

    Sure is a number with the same full birth date and half of the name's sounds (`same_from_afar`), since
    it is asked behind every wall; several such humans are nobody. `births` are written `YYYY-MM-DD`. The
    answer is for closing what goes on about that human, and reaches no screen.
    """
    if P.CASES_PROTECTION_HANDLE not in actor.permissions:
        raise AccessDenied
    told: dict[UUID, tuple[set[str], set[str]]] = {}
    with nation_reached():
        for _, _, owner in owners(numbers):
            known_names, known_births = told.setdefault(owner.person, (set(), set()))
            known_names.add(owner.name)
            known_births.add(owner.birth)
    same = {
        person
        for person, (known, days) in told.items()
        if any(same_from_afar(names, birth, known, day) for birth in births for day in days)
    }
    return same.pop() if len(same) == 1 else None


def births_told_by(actor: Actor, agency: str, numbers: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Return the full birth dates that the lists of one agency tell of document numbers so far."""
    if P.REGISTRY_RECORD_ADD not in actor.permissions:
        raise AccessDenied
    return births_told(agency, numbers)


def crowded(actor: Actor, *, persons: Collection[UUID], most: int) -> set[UUID]:
    """Return those of `persons` who come behind the first `most` that hold the same number of a state."""
    if P.REGISTRY_RECORD_ADD not in actor.permissions:
        raise AccessDenied
    return crowds(persons, most)


def link_records(actor: Actor, *, persons: Collection[UUID] | None = None) -> Iterator[LinkRecord]:
    """Return persons as linkage compares them: all, or those named."""
    if P.REGISTRY_RECORD_ADD not in actor.permissions:
        raise AccessDenied
    return lines(persons)


def link_candidates(actor: Actor, *, persons: Collection[UUID]) -> Iterator[LinkRecord]:
    """Return `persons` and everybody who may be one of them, as linkage compares them."""
    if P.REGISTRY_RECORD_ADD not in actor.permissions:
        raise AccessDenied
    return lines({*persons, *neighbours(persons)})


def fact_sheets(
    actor: Actor,
    *,
    persons: Iterable[UUID] | None = None,
    crossings_since: date | None = None,
) -> Iterator[FactSheetOf]:
    """Yield (person, territories, fact sheet) for the rules: all persons, or those named.

    `crossings_since` is the day from which the crossing lists are held without a gap; without it the
    lack of an entry record proves nothing.
    """
    rows = scope(actor, P.INDICATIONS_RULE_RUN, Person.objects.filter(merged_into=None)).order_by("id")
    if persons is not None:
        rows = rows.filter(pk__in=list(persons))
    places = {pk: tuple(codes) for pk, codes in rows.values_list("pk", "territories")}
    ids = list(places)
    for start in range(0, len(ids), SHEETS_AT_ONCE):
        for person, sheet in sheets_of(ids[start : start + SHEETS_AT_ONCE], crossings_since):
            yield person, places[person], sheet


def place_told(actor: Actor, fact_ids: Collection[UUID]) -> PlaceTold | None:
    """Return the place that facts tell of, the newest list first: where somebody stays, or was seen at work.

    Whoever asks has been shown the facts already; others' facts and facts without a place tell nothing.
    """
    persons = scope(actor, P.REGISTRY_PERSON_READ, Person.objects.all())
    named = {"pk__in": fact_ids, "record__person__in": persons}
    stay = Stay.objects.filter(**named).order_by("-record__reported_on", "-starts", "pk").first()
    if stay is not None:
        return PlaceTold(stay.lodging, stay.address, stay.wilayah)
    seen = Work.objects.filter(**named, is_plan=False)
    work = seen.order_by("-record__reported_on", "-starts", "pk").first()
    return PlaceTold(work.employer, work.place, work.wilayah) if work is not None else None


def merge_get(actor: Actor, merge_id: UUID) -> MergeView:
    """Return one merge; raises `AccessDenied` where it is absent or foreign."""
    row = scope(actor, P.REGISTRY_PERSON_READ, Merge.objects.all()).filter(pk=merge_id).first()
    if row is None:
        raise AccessDenied
    return _merge(row)


def person_count(actor: Actor, *, at_most: int) -> int:
    """Return how many persons the actor's territory holds, `at_most` where there are as many or more.

    The wall looks at each row that is counted, so a whole nation is not counted for one line of a page.
    """
    rows = scope(actor, P.REGISTRY_PERSON_FIND, Person.objects.filter(merged_into=None))
    return rows.values("pk")[:at_most].count()


def _row(p: Person) -> PersonRow:
    return PersonRow(
        id=p.pk,
        name=p.name,
        birth=p.birth,
        sex=p.sex,
        nationality=p.nationality,
        document=p.document,
        territories=tuple(p.territories),
        records_count=p.records_count,
        changed_at=p.changed_at,
    )


def _record(r: Record) -> RecordView:
    return RecordView(
        id=r.pk,
        name=r.name,
        birth=r.birth,
        birth_place=r.birth_place,
        sex=r.sex,
        nationality=r.nationality,
        document_kind=r.document_kind,
        document_number=r.document_number,
        document_state=r.document_state,
        document_ends=r.document_ends,
        agency=r.agency,
        source=r.source,
        reported_on=r.reported_on,
        recorded_at=r.recorded_at,
        submission_id=r.submission_id,
        row=r.row,
    )


Records = Mapping[UUID, RecordView]


def _permit(f: Permit, records: Records) -> PermitFact:
    return PermitFact(
        id=f.pk,
        kind=f.kind,
        visa_index=f.visa_index,
        number=f.number,
        starts=f.starts,
        ends=f.ends,
        guarantor=f.guarantor,
        guarantor_ends=f.guarantor_ends,
        address=f.address,
        wilayah=f.wilayah,
        is_extension_pending=f.is_extension_pending,
        record=records[f.record_id],
    )


def _crossing(f: Crossing, records: Records) -> CrossingFact:
    return CrossingFact(
        f.pk, f.direction, f.checkpoint, f.wilayah, f.at, f.has_time, f.carrier, records[f.record_id]
    )


def _stay(f: Stay, records: Records) -> StayFact:
    return StayFact(
        f.pk, f.lodging, f.address, f.wilayah, f.starts, f.ends, f.reported_on, records[f.record_id]
    )


def _work(f: Work, records: Records) -> WorkFact:
    return WorkFact(
        id=f.pk,
        employer=f.employer,
        position=f.position,
        place=f.place,
        wilayah=f.wilayah,
        plan_number=f.plan_number,
        is_plan=f.is_plan,
        starts=f.starts,
        ends=f.ends,
        record=records[f.record_id],
    )


def _merge(m: Merge) -> MergeView:
    return MergeView(
        id=m.pk,
        kept=m.kept_id,
        absorbed=m.absorbed_id,
        records=tuple(m.records),
        because=m.because,
        by_name=m.by_name,
        at=m.at,
        undone_at=m.undone_at,
        undone_by=m.undone_by,
        undone_because=m.undone_because,
    )
