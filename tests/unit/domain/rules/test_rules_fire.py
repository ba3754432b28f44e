"""Each rule fires on its discrepancy, and not when one fact of the same set-up is otherwise."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from timpora.domain.law.shipped import lawbook_shipped
from timpora.domain.periods import Period
from timpora.domain.permits import PermitKind
from timpora.domain.rules.facts import (
    CrossingFact,
    Direction,
    FactRef,
    FactSheet,
    GuaranteeFact,
    PermitFact,
    PlanFact,
    StayFact,
    StayKind,
    WorkFact,
)
from timpora.domain.rules.reading import places_agree
from timpora.domain.rules.registry import ALL_RULES
from timpora.domain.rules.rule import Discrepancy, RuleUse

BOOK = lawbook_shipped()
ON = date(2024, 8, 21)


def ref(name):
    return FactRef(name, f"daftar {name}", ON)


ENTRY = CrossingFact(ref("masuk"), Direction.ENTRY, date(2024, 6, 1))
EXIT = CrossingFact(ref("keluar"), Direction.EXIT, date(2024, 7, 1))
ENDED = PermitFact(ref("izin-lama"), PermitKind.ITK, Period(date(2024, 6, 1), date(2024, 8, 1)), "C2")
ITAS = PermitFact(
    ref("itas"), PermitKind.ITAS, Period(date(2024, 2, 1), date(2025, 2, 1)), "E23", place="63.10.01"
)
CARD = PermitFact(ref("kartu"), PermitKind.UNHCR, Period(date(2024, 1, 1), date(2025, 1, 1)))
HOTEL = StayFact(ref("hotel"), StayKind.LODGING, Period(date(2024, 7, 20)), "63.71", "h1", date(2024, 7, 21))
OTHER_HOTEL = StayFact(ref("hotel-2"), StayKind.LODGING, Period(date(2024, 8, 20)), "63.10", "h2")
HOUSE = StayFact(ref("rumah"), StayKind.RESIDENCE, Period(date(2024, 7, 20)), "63.71.02")
WORK = WorkFact(ref("kerja"), date(2024, 7, 25), "63.71.01")
PLAN = PlanFact(ref("rptka"), Period(date(2024, 1, 1), date(2025, 1, 1)), ("63.10",))
GONE = GuaranteeFact(ref("penjamin"), date(2024, 8, 10))


def fire(rule_id, sheet, on=ON):
    return ALL_RULES[rule_id].evaluate(sheet, on=on, book=BOOK)


FIRING = {
    "entry.no-record": FactSheet(stays=(HOTEL,), crossings_since=date(2024, 1, 1)),
    "guarantor.ended": FactSheet(permits=(ITAS,), stays=(HOUSE,), guarantees=(GONE,)),
    "lodging.reported-late": FactSheet(stays=(replace(HOTEL, reported_on=date(2024, 7, 22)),)),
    "stay.address-differs": FactSheet(permits=(ITAS,), stays=(HOUSE,)),
    "stay.after-exit": FactSheet(crossings=(ENTRY, EXIT), stays=(HOTEL,)),
    "stay.permit-ended": FactSheet(permits=(ENDED,), stays=(HOTEL,), crossings=(ENTRY,)),
    "stay.two-places": FactSheet(stays=(HOTEL, OTHER_HOTEL)),
    "work.not-allowed": FactSheet(permits=(ENDED,), works=(WORK,)),
    "work.place-not-planned": FactSheet(works=(WORK,), plans=(PLAN,)),
}

SILENT = {
    "entry.no-record": [
        {"crossings": (ENTRY,)},
        {"crossings_since": None},
        {"crossings_since": date(2024, 7, 21)},
        {"permits": (replace(ITAS, period=Period(date(2023, 1, 1))),)},
        {"permits": (CARD,)},
        {"stays": ()},
        {"stays": (replace(HOTEL, period=Period(date(2024, 7, 20), ON)),)},
    ],
    "guarantor.ended": [
        {"guarantees": (replace(GONE, ended_on=None),)},
        {"guarantees": (GONE, replace(GONE, ended_on=None))},
        {"guarantees": (replace(GONE, ended_on=date(2024, 8, 22)),)},
        {"guarantees": (replace(GONE, ended_on=date(2024, 1, 31)),)},
        {"guarantees": ()},
        {"permits": ()},
        {"stays": ()},
    ],
    "lodging.reported-late": [
        {"stays": (HOTEL,)},
        {"stays": (replace(HOTEL, reported_on=None),)},
        {"stays": (replace(HOTEL, reported_on=date(2024, 8, 22)),)},
    ],
    "stay.address-differs": [
        {"stays": (replace(HOUSE, place="63.10.01.2003"),)},
        {"stays": (replace(HOUSE, place="63"),)},
        {"stays": (replace(HOUSE, place=""),)},
        {"stays": (HOUSE, replace(HOUSE, place="63.10.01"))},
        {"stays": (replace(HOUSE, kind=StayKind.LODGING),)},
        {"stays": ()},
        {"permits": (replace(ITAS, place=""),)},
        {"permits": (ITAS, replace(ITAS, place=HOUSE.place))},
        {"permits": (replace(ITAS, place=HOUSE.place), ITAS)},
        {"permits": (replace(ITAS, kind=PermitKind.ITK),)},
        {"permits": ()},
        {"crossings": (replace(EXIT, on=date(2024, 8, 1)),)},
    ],
    "stay.after-exit": [
        {"crossings": (EXIT, replace(ENTRY, on=date(2024, 7, 10)))},
        {"crossings": (EXIT, replace(ENTRY, on=EXIT.on))},
        {"crossings": ()},
        {"stays": ()},
        {"stays": (replace(HOTEL, period=Period(date(2024, 6, 20))),)},
        {"stays": (replace(HOTEL, period=Period(EXIT.on)),)},
    ],
    "stay.permit-ended": [
        {"permits": (replace(ENDED, period=Period(date(2024, 6, 1), date(2024, 8, 22))),)},
        {"permits": (ENDED, ITAS)},
        {"permits": (ENDED, CARD)},
        {"permits": (replace(CARD, period=Period(date(2024, 1, 1), date(2024, 8, 1))),)},
        {"permits": ()},
        {"stays": ()},
        {"stays": (replace(HOTEL, period=Period(date(2024, 7, 20), ON)),)},
        {"crossings": (ENTRY, EXIT)},
    ],
    "stay.two-places": [
        {"stays": (HOTEL, replace(OTHER_HOTEL, place="63.71.03"))},
        {"stays": (HOTEL, replace(OTHER_HOTEL, kind=StayKind.RESIDENCE))},
        {"stays": (replace(HOTEL, period=Period(date(2024, 7, 20), ON)), OTHER_HOTEL)},
        {"stays": (HOTEL,)},
    ],
    "work.not-allowed": [
        {"permits": (replace(ENDED, visa_index="E23"),)},
        {"permits": (replace(ENDED, visa_index="C20"),)},
        {"permits": (replace(ENDED, visa_index=""),)},
        {"permits": (ENDED, replace(ENDED, visa_index="E23"))},
        {"permits": (replace(ENDED, visa_index="E23"), ENDED)},
        {"permits": ()},
        {"works": ()},
        {"works": (replace(WORK, on=date(2024, 8, 22)),)},
    ],
    "work.place-not-planned": [
        {"works": (replace(WORK, place="63.10.05"),)},
        {"works": (replace(WORK, place="63"),)},
        {"works": (replace(WORK, on=date(2024, 8, 22)),)},
        {"works": ()},
        {"plans": ()},
        {"plans": (replace(PLAN, places=()),)},
        {"plans": (PLAN, replace(PLAN, places=("63.71",)))},
        {"plans": (replace(PLAN, period=Period(date(2024, 1, 1), date(2024, 7, 25))),)},
    ],
}


def test_every_rule_has_its_set_up():
    assert set(FIRING) == set(SILENT) == set(ALL_RULES)
    assert len(ALL_RULES) >= 6


@pytest.mark.parametrize("rule_id", sorted(ALL_RULES))
def test_a_rule_fires_on_its_discrepancy_and_shows_facts_law_and_innocence(rule_id):
    rule, found = ALL_RULES[rule_id], fire(rule_id, FIRING[rule_id])
    assert found is not None
    assert (found.rule_id, found.rule_version, found.law) == (rule.id, rule.version, BOOK.digest)
    assert found.because.endswith(".")
    given = {fact.source for name in ("permits", "crossings", "stays", "works", "plans", "guarantees")
             for fact in getattr(FIRING[rule_id], name)}  # fmt: skip
    assert {evidence.fact for evidence in found.evidence} <= given
    assert all(evidence.says.endswith(".") for evidence in found.evidence)
    assert len(found.evidence) >= 1
    assert len(found.innocent) >= 3


@pytest.mark.parametrize(
    ("rule_id", "otherwise"),
    [(rule_id, change) for rule_id, changes in SILENT.items() for change in changes],
)
def test_a_rule_is_silent_when_one_fact_is_otherwise(rule_id, otherwise):
    assert fire(rule_id, FIRING[rule_id]) is not None
    assert fire(rule_id, replace(FIRING[rule_id], **otherwise)) is None


def test_the_boundaries_are_half_open():
    sheet = FIRING["stay.permit-ended"]
    assert fire("stay.permit-ended", sheet, date(2024, 7, 31)) is None
    found = fire("stay.permit-ended", sheet, date(2024, 8, 1))
    assert found is not None
    assert "31-07-2024" in found.because
    assert fire("guarantor.ended", FIRING["guarantor.ended"], date(2024, 8, 9)) is None
    assert fire("guarantor.ended", FIRING["guarantor.ended"], date(2024, 8, 10))
    assert fire("stay.two-places", FIRING["stay.two-places"], date(2024, 8, 19)) is None
    assert fire("stay.two-places", FIRING["stay.two-places"], date(2024, 8, 20))


@pytest.mark.parametrize("rule_id", sorted(ALL_RULES))
def test_the_day_a_rule_runs_is_no_fact(rule_id):
    """What was found is of the lists' days, so it reads the same whenever it is computed."""
    first, later = (fire(rule_id, FIRING[rule_id], ON + timedelta(days=days)) for days in (0, 9))
    assert first is not None
    assert later is not None
    assert first.because == later.because
    assert "30-08-2024" not in later.because


def test_presence_is_told_with_the_day_of_the_list():
    late = replace(HOTEL, source=replace(HOTEL.source, recorded_on=date(2024, 8, 19)))
    found = fire("stay.permit-ended", replace(FIRING["stay.permit-ended"], stays=(late,)), date(2024, 8, 22))
    assert found is not None
    assert "dilaporkan sejak 20-07-2024 menurut daftar per 19-08-2024" in found.because


def test_the_newest_work_is_shown_and_an_agreeing_one_is_passed_over():
    sheet = FactSheet(works=(WORK, replace(WORK, on=date(2024, 8, 1), place="63.10")), plans=(PLAN,))
    found = fire("work.place-not-planned", sheet)
    assert found is not None
    assert "25-07-2024" in found.because
    allowed = replace(ENDED, source=ref("baru"), period=Period(date(2024, 8, 1)), visa_index="E23")
    sheet = FactSheet(permits=(ENDED, allowed), works=(WORK, replace(WORK, on=date(2024, 8, 5))))
    found = fire("work.not-allowed", sheet)
    assert found is not None
    assert "25-07-2024" in found.because


def test_a_rule_without_law_on_the_day_has_nothing_to_say():
    long_ago = date(2011, 1, 3)
    sheet = FactSheet(
        permits=(replace(ENDED, period=Period(date(2010, 1, 1), date(2010, 6, 1))),),
        stays=(replace(HOTEL, period=Period(date(2010, 2, 1))),),
    )
    assert fire("stay.permit-ended", sheet) is not None
    assert fire("stay.permit-ended", sheet, long_ago) is None


def test_only_record_keeping_comes_from_a_late_lodging():
    uses = {rule_id: rule.use for rule_id, rule in ALL_RULES.items()}
    assert uses.pop("lodging.reported-late") is RuleUse.RECORD_KEEPING
    assert set(uses.values()) == {RuleUse.INDICATION}


def test_a_discrepancy_ranks_nothing():
    names = {field.name for field in fields(Discrepancy)}
    assert names == {
        *("rule_id", "rule_version", "use", "because", "evidence", "cites", "innocent", "law"),
    }


def test_places_agree_by_whole_steps():
    assert places_agree("63.10", "63.10.01")
    assert places_agree("63.10.01", "63.10")
    assert places_agree("", "63.10")
    assert not places_agree("63.10", "63.11")
    assert not places_agree("63.10.01", "63.10.02")


@pytest.mark.parametrize("on", [date(2024, 8, 21), date(2024, 11, 27), date(2026, 11, 22)])
def test_every_cite_of_a_rule_is_known_and_what_it_shows_was_law_on_the_day(on):
    for rule in ALL_RULES.values():
        assert all(BOOK.versions(cite) for cite in rule.articles)
        cites = BOOK.in_force(rule.articles, on=on)
        assert cites == rule.articles, rule.id
        assert len(BOOK.resolve(cites, on=on)) == len(cites)
