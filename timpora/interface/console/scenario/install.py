"""Installs what a seed file says, and the carried offices, through the same deeds as everything else."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.contrib.auth.hashers import make_password

from timpora.apps.identity import actions as identity
from timpora.apps.identity import queries as units
from timpora.apps.identity.types import NewAssignment, NewUnit, NewUser
from timpora.apps.registry import actions as registry
from timpora.apps.registry.types import (
    NewCrossing,
    NewFact,
    NewPermit,
    NewRecord,
    NewStay,
    NewWork,
    Source,
)
from timpora.apps.wilayah import queries as wilayah
from timpora.interface.console.scenario.seed import OfficerSeed, PersonSeed, Seed, UnitSeed
from timpora.kernel import clock
from timpora.kernel.access.actor import system_actor
from timpora.kernel.access.machine_roles import MesinLatar

DESK = identity.INSTALLER
MACHINE = system_actor(MesinLatar.slug, "Berkas awal")
SPACE = UUID("6f1c2c0e-8a39-4b43-9d0c-4b7a7a4c2f11")
ONE_DAY = timedelta(days=1)
SEXES = {"M": "L", "F": "P", "X": "X"}


def offices_install() -> int:
    """Load the carried immigration offices as units, with the working areas of today."""
    today = clock.today("Asia/Jakarta")
    rows = [
        NewUnit(
            code=row.code,
            name=row.name,
            short_name=row.place,
            kind=row.kind,
            wilayah="ID" if row.kind == "HQ" else row.regency_code,
            areas=("ID",) if row.kind == "HQ" else row.areas_on(today),
            parent=row.parent or None,
            zone=row.zone,
            lat=row.lat,
            lng=row.lng,
            class_name=row.office_class,
            letterhead=(("place", row.place),),
        )
        for row in wilayah.office_rows()
    ]
    known = {row.code for row in rows}
    rows = [row for row in rows if row.parent is None or row.parent in known]
    return identity.units_load(DESK, units=rows)


def seed_install(seed: Seed) -> dict[str, int]:
    """Install units, officers and foreigners; what is there already is brought up to date."""
    known = {unit.code: unit for unit in units.unit_list()}
    new = [_unit(unit) for unit in seed.units if unit.code not in known or unit.name]
    if new:
        identity.units_load(DESK, units=new)
    _officers_add(seed.people)
    _persons_add(seed.persons)
    return {"units": len(new), "people": len(seed.people), "persons": len(seed.persons)}


def _unit(unit: UnitSeed) -> NewUnit:
    return NewUnit(
        code=unit.code,
        name=unit.name or unit.code,
        kind=unit.kind or "INSTANSI",
        wilayah=unit.wilayah or "ID",
        areas=unit.areas or (unit.wilayah or "ID",),
        parent=unit.parent,
    )


def _officers_add(people: Iterable[OfficerSeed]) -> None:
    # Argon2 is slow by design; officers of one file who share a password share its hash.
    hashes: dict[str, str] = {}
    for officer in people:
        if officer.password not in hashes:
            hashes[officer.password] = make_password(officer.password)
        assignments = tuple(
            NewAssignment(
                role=given.role,
                unit=given.unit,
                starts=given.starts,
                territories=given.territories,
                ends=given.ends,
                acting=given.acting or "",
            )
            for given in officer.assignments
        )
        user = NewUser(
            username=officer.username,
            name=officer.name,
            password="",
            password_hash=hashes[officer.password],
            assignments=assignments,
            nip=officer.nip or "",
            rank=officer.rank or "",
            post=officer.post or "",
        )
        identity.user_add(DESK, user=user)


def _persons_add(persons: Iterable[PersonSeed]) -> None:
    today = clock.today("Asia/Jakarta")
    posts = {row.code: row.region_code for row in wilayah.checkpoint_list()}
    rows = [(person, _record(person, posts)) for person in persons]
    by_places: dict[tuple[str, ...], list[NewRecord]] = {}
    for person, record in rows:
        by_places.setdefault(_places(person), []).append(record)
    for places, records in by_places.items():
        told = Source("Direktorat Jenderal Imigrasi", "berkas awal", today, places)
        registry.records_add(MACHINE, source=told, records=records)


def _places(person: PersonSeed) -> tuple[str, ...]:
    office = units.unit_get(person.office) if person.office else None
    told = {
        place for place in (*(s.wilayah for s in person.stays), *(p.wilayah for p in person.permits)) if place
    }
    return tuple(sorted(told or set(office.areas if office else ("ID",))))


def _record(person: PersonSeed, posts: dict[str, str]) -> NewRecord:
    passport = person.documents[0] if person.documents else None
    return NewRecord(
        id=uuid5(SPACE, f"record:{person.id}"),
        person=uuid5(SPACE, f"person:{person.id}"),
        name=person.name,
        birth=person.born_on or "",
        birth_place=person.birth_place,
        sex=SEXES.get(person.sex or "", ""),
        nationality=person.nationality or "",
        document_kind=passport.kind if passport else "",
        document_number=passport.number if passport else "",
        document_state=(passport.issued_by or "") if passport else "",
        document_ends=passport.expires_on + ONE_DAY if passport and passport.expires_on else None,
        facts=tuple(_facts(person, posts)),
    )


def _facts(person: PersonSeed, posts: dict[str, str]) -> Iterable[NewFact]:
    for permit in person.permits:
        yield NewPermit(
            kind=permit.kind,
            visa_index=permit.index,
            number=permit.number,
            starts=permit.valid_from,
            ends=permit.valid_until + ONE_DAY,
            guarantor=permit.guarantor,
            address=permit.address,
            wilayah=permit.wilayah or "",
            is_extension_pending=permit.extension_filed_on is not None,
        )
    for crossing in person.crossings:
        yield NewCrossing(
            direction=crossing.direction,
            at=crossing.at,
            checkpoint=crossing.checkpoint,
            wilayah=posts.get(crossing.checkpoint, ""),
            carrier=crossing.carrier,
        )
    for stay in person.stays:
        yield NewStay(starts=stay.starts, ends=stay.ends, lodging=stay.place, wilayah=stay.wilayah)
    for work in person.works:
        if work.plan_number or work.plan_wilayah:
            yield _work(work.employer, work.position, work.plan_wilayah, work.plan_number, None)
        if work.seen_wilayah:
            yield _work(work.employer, work.position, work.seen_wilayah, "", work.seen_on)


def _work(employer: str, position: str, place: str | None, plan: str, seen_on: date | None) -> NewWork:
    return NewWork(
        employer=employer,
        is_plan=seen_on is None,
        position=position,
        wilayah=place or "",
        plan_number=plan,
        starts=seen_on,
    )
