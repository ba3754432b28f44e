"""The named cast as a seed, and the officers who report for the offices outside the two provinces."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from timpora.interface.console.scenario.places import employers, name_parts, other_offices, places, stream
from timpora.interface.console.scenario.records import Foreigner, World
from timpora.interface.console.scenario.seed import (
    FORMAT,
    CrossingSeed,
    DocumentSeed,
    OfficerSeed,
    PermitSeed,
    PersonSeed,
    Seed,
    StaySeed,
    WorkSeed,
)

CAST = Path(__file__).parent / "cast.toml"
HEADS = {
    "KANIM-BATULICIN": ("norhayati", "rusdi"),
    "KANIM-BANJARMASIN": ("mahyuni", "gusti"),
    "KANIM-PALEMBANG": ("dodi", "yusran"),
    "KANIM-MUARA-ENIM": ("herlina", "zainal"),
}
"""Who proposes and who decides in each office, never the same person."""
TEAMS = {
    "KANIM-BATULICIN": ("arbain", "lisda"),
    "KANIM-BANJARMASIN": ("fadli",),
    "KANIM-PALEMBANG": ("meilin", "rizal"),
    "KANIM-MUARA-ENIM": ("andika",),
}


@cache
def cast() -> Seed:
    """Return the units and officers of the demonstration, those of the other offices included."""
    table: dict[str, Any] = tomllib.loads(CAST.read_text(encoding="utf-8"))
    people = [_officer(entry, table) for entry in table["people"]]
    people += [_officer(entry, table) for entry in _others()]
    return Seed.model_validate({"format": FORMAT, "units": table["units"], "people": people})


def demo_password() -> str:
    """Return the published password of the demonstration."""
    return str(tomllib.loads(CAST.read_text(encoding="utf-8"))["password"])


def reporter_of(office: str) -> str:
    """Return the sign-in of the officer who reports for an office outside the two provinces."""
    return office.removeprefix("KANIM-").lower()


def _officer(entry: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    dated = [{"starts": table["starts"], **given} for given in entry["assignments"]]
    return {"password": table["password"], **entry, "assignments": dated}


def _others() -> list[dict[str, Any]]:
    given = sorted({*name_parts()["IDN", "given", "M"], *name_parts()["IDN", "given", "F"]})
    surnames = name_parts()["IDN", "surname", ""]
    others = []
    for at, office in enumerate(other_offices()):
        rng = stream(2024, f"officer:{office['code']}")
        others.append(
            {
                "username": reporter_of(office["code"]),
                "name": f"{rng.choice(given)} {rng.choice(surnames)}".title(),
                "post": f"Kasi Intelijen dan Penindakan, {office['name']}",
                "nip": f"19850101201001{1 + at % 2}{100 + at:03d}",
                "assignments": [
                    {"role": "inteldakim_head", "unit": office["code"], "territories": [office["regency"]]}
                ],
            }
        )
    return others


def seed_of(world: World) -> Seed:
    """Return cast and foreigners as one seed, the facts as registers hold them, without desk errors."""
    persons = tuple(_person(one) for one in (*world.people, *world.crew))
    return Seed(format=FORMAT, units=cast().units, people=cast().people, persons=persons)


def officers() -> dict[str, OfficerSeed]:
    """Return every officer of the cast by sign-in."""
    return {one.username: one for one in cast().people}


def _person(one: Foreigner) -> PersonSeed:
    facts, who = one.facts, one.identity
    return PersonSeed(
        id=one.id,
        name=who.printed,
        surname=who.surname,
        given=who.given,
        sex="M" if who.sex == "M" else "F",
        born_on=who.born_on.isoformat(),
        birth_place=who.birth_place,
        nationality=who.nationality,
        office=facts.office,
        documents=_documents(one),
        permits=_permits(one),
        crossings=_crossings(one),
        stays=_stays(one),
        works=_works(one),
    )


def _documents(one: Foreigner) -> tuple[DocumentSeed, ...]:
    who = one.identity
    if one.facts.card_number:
        return (DocumentSeed(kind="unhcr_card", number=one.facts.card_number),)
    held = DocumentSeed(number=who.document, issued_by=who.nationality, expires_on=who.expires_on)
    if not who.older_document:
        return (held,)
    return (held, DocumentSeed(number=who.older_document, issued_by=who.nationality))


def _permits(one: Foreigner) -> tuple[PermitSeed, ...]:
    permit = one.facts.permit
    if permit is None:
        return ()
    home = places()[permit.address]
    return (
        PermitSeed.model_validate(
            {
                "kind": permit.kind,
                "number": permit.number,
                "index": permit.index,
                "valid_from": permit.valid_from,
                "valid_until": permit.valid_until,
                "guarantor": permit.guarantor,
                "address": home.line,
                "wilayah": home.wilayah,
                "extension_filed_on": permit.extension_filed_on,
            }
        ),
    )


def _crossings(one: Foreigner) -> tuple[CrossingSeed, ...]:
    who = one.identity
    return tuple(
        CrossingSeed(
            checkpoint=leg.checkpoint,
            direction="in" if leg.direction == "in" else "out",
            at=leg.at,
            document=who.older_document if leg.on_older_document else who.document,
            carrier=leg.carrier,
        )
        for leg in one.facts.crossings
    )


def _stays(one: Foreigner) -> tuple[StaySeed, ...]:
    number = one.facts.card_number or one.identity.document
    return tuple(
        StaySeed(
            place=places()[stay.place].name,
            wilayah=places()[stay.place].wilayah,
            starts=stay.starts,
            ends=stay.ends,
            document=number,
        )
        for stay in one.facts.stays
    )


def _works(one: Foreigner) -> tuple[WorkSeed, ...]:
    work = one.facts.work
    if work is None:
        return ()
    return (
        WorkSeed(
            employer=employers()[work.employer].name,
            position=work.position,
            plan_number=work.plan_number,
            plan_wilayah=places()[work.plan_place].regency if work.plan_place else None,
            seen_wilayah=places()[work.seen_place].regency,
            seen_on=work.seen_on,
        ),
    )
