"""What holds for every rule on every sheet."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.law.shipped import lawbook_shipped
from timpora.domain.periods import ONE_DAY, Period
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
from timpora.domain.rules.registry import ALL_RULES

BOOK = lawbook_shipped()
START = date(2024, 6, 1)
TODAY = date(2024, 8, 21)
STAYS_MONOTONE = (
    "entry.no-record",
    "lodging.reported-late",
    "stay.after-exit",
    "stay.permit-ended",
    "work.not-allowed",
    "work.place-not-planned",
)

past = st.dates(START, TODAY)
places = st.sampled_from(["63", "63.10", "63.10.01", "63.71", "16.71", ""])
sources = st.integers(0, 9).map(lambda number: FactRef(str(number), "daftar", TODAY))
ended = st.tuples(past, st.integers(1, 40)).map(lambda pair: Period(pair[0], pair[0] + pair[1] * ONE_DAY))
closed = ended.filter(lambda period: period.ends is not None and period.ends <= TODAY)
since = past.map(Period)
permits = st.builds(
    PermitFact, sources, st.sampled_from(PermitKind), closed, st.sampled_from(["A1", "C2", "E23", ""]), places
)
crossings = st.builds(CrossingFact, sources, st.sampled_from(Direction), past)
stays = st.builds(
    StayFact,
    source=sources,
    kind=st.sampled_from(StayKind),
    period=since,
    place=places,
    reported_on=st.one_of(st.none(), past),
)
works = st.builds(WorkFact, sources, past, places)
plans = st.builds(PlanFact, sources, ended, st.lists(places.filter(bool), max_size=2).map(tuple))
guarantees = st.builds(GuaranteeFact, sources, st.one_of(st.none(), past))


def few(things):
    return st.lists(things, max_size=3).map(tuple)


sheets = st.builds(
    FactSheet,
    few(permits),
    few(crossings),
    few(stays),
    few(works),
    few(plans),
    few(guarantees),
    st.one_of(st.none(), past),
)


def fired(sheet, on):
    found = {rule_id: rule.evaluate(sheet, on=on, book=BOOK) for rule_id, rule in ALL_RULES.items()}
    return {rule_id: one for rule_id, one in found.items() if one is not None}


@given(st.dates(date(2012, 1, 1), date(2030, 1, 1)))
def test_no_rule_fires_on_an_empty_sheet(on):
    assert fired(FactSheet(), on) == {}


@given(sheets, st.integers(0, 60))
def test_what_the_past_shows_no_later_day_hides(sheet, later):
    """All facts lie before today and stays go on, so waiting changes nothing."""
    today, then = fired(sheet, TODAY), fired(sheet, TODAY + later * ONE_DAY)
    for rule_id in STAYS_MONOTONE:
        assert (rule_id in today) <= (rule_id in then), rule_id


@given(sheets, st.randoms(use_true_random=False))
def test_the_order_of_facts_decides_nothing(sheet, random):
    turned = replace(
        sheet,
        **{
            name: tuple(random.sample(getattr(sheet, name), len(getattr(sheet, name))))
            for name in ("permits", "crossings", "stays", "works", "plans", "guarantees")
        },
    )
    assert set(fired(sheet, TODAY)) == set(fired(turned, TODAY))


@given(sheets)
def test_a_discrepancy_speaks_only_of_facts_of_the_sheet_and_of_law_of_the_day(sheet):
    given_facts = {
        fact.source
        for facts in (sheet.permits, sheet.crossings, sheet.stays, sheet.works, sheet.plans, sheet.guarantees)
        for fact in facts
    }
    for found in fired(sheet, TODAY).values():
        assert {evidence.fact for evidence in found.evidence} <= given_facts
        assert len(BOOK.resolve(found.cites, on=TODAY)) == len(found.cites)


@given(past, st.integers(-5, 60))
def test_a_permit_covers_its_last_day_and_not_the_next(last_day, shift):
    permit = PermitFact(
        FactRef("p", "daftar", TODAY), PermitKind.ITK, Period(date(2024, 1, 1), last_day + ONE_DAY)
    )
    stay = StayFact(FactRef("s", "daftar", TODAY), StayKind.LODGING, Period(date(2024, 1, 1)), "63.71")
    sheet = FactSheet(permits=(permit,), stays=(stay,))
    assert ("stay.permit-ended" in fired(sheet, last_day + shift * ONE_DAY)) is (shift > 0)
