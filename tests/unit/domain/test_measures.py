from datetime import date
from itertools import product

import pytest

from timpora.domain.law.shipped import lawbook_shipped
from timpora.domain.measures import (
    CONFERENCE_CITES,
    FOLLOWS,
    GROUND_CITES,
    GROUND_TITLES,
    LADDER,
    OVERSTAY_GROUNDS,
    REFUGEE_CITE,
    VICTIM_CITES,
    Ground,
    MeasureKind,
    Permission,
    Screen,
    ScreenAnswer,
    conference_cite,
    ground_of,
    measure_judge,
    measures_open,
    screen_judge,
)
from timpora.domain.overstay import OverstayRoad, overstay_judge
from timpora.interface.web.case_words import GROUNDS

BOOK = lawbook_shipped()
CLEAR = Screen(ScreenAnswer.CLEAR, ScreenAnswer.CLEAR)
HELD = [
    Screen(*pair)
    for pair in product(ScreenAnswer, repeat=2)
    if pair != (ScreenAnswer.CLEAR, ScreenAnswer.CLEAR)
]


def test_the_tables_are_total_and_the_ladder_has_every_form_once():
    assert [measure.kind for measure in LADDER] == list(MeasureKind)
    assert sorted(measure.letter for measure in LADDER) == ["", *"abcdef"]
    assert set(FOLLOWS) == set(GROUND_CITES) == set(Ground)
    assert set(OVERSTAY_GROUNDS) == set(OverstayRoad)
    assert all(MeasureKind.NONE in kinds for kinds in FOLLOWS.values())


@pytest.mark.parametrize("screen", HELD)
@pytest.mark.parametrize("kind", [kind for kind in MeasureKind if kind is not MeasureKind.NONE])
def test_no_measure_is_open_before_both_screens_are_clear(screen, kind):
    ground = next(ground for ground in Ground if kind in FOLLOWS[ground])
    assert measure_judge(kind, ground=ground, screen=CLEAR).outcome is Permission.OPEN
    assert measure_judge(kind, ground=ground, screen=screen).outcome is Permission.HELD
    assert [measure.kind for measure in measures_open(ground=ground, screen=screen)] == [MeasureKind.NONE]


def test_the_screen_says_why_it_holds():
    unfinished = screen_judge(Screen(ScreenAnswer.SHELTERED, ScreenAnswer.OPEN))
    victim = screen_judge(Screen(ScreenAnswer.SHELTERED, ScreenAnswer.CLEAR))
    refugee = screen_judge(Screen(ScreenAnswer.CLEAR, ScreenAnswer.SHELTERED))
    assert "belum selesai" in unfinished.because
    assert victim.cites == VICTIM_CITES
    assert refugee.cites == (REFUGEE_CITE,)
    assert screen_judge(CLEAR).outcome is Permission.OPEN


def test_a_ground_opens_its_own_measures_mildest_first():
    opened = measures_open(ground=Ground.OVERSTAY_CHARGE, screen=CLEAR)
    assert [measure.kind for measure in opened] == [MeasureKind.NONE, MeasureKind.CHARGE]
    refused = measure_judge(MeasureKind.DEPORTATION, ground=Ground.OVERSTAY_CHARGE, screen=CLEAR)
    assert refused.outcome is Permission.UNGROUNDED
    assert [m.kind for m in measures_open(ground=Ground.NONE, screen=CLEAR)] == [MeasureKind.NONE]


def test_an_overstay_verdict_gives_its_ground():
    long = overstay_judge(last_day=date(2024, 1, 1), on=date(2024, 8, 21), book=BOOK)
    short = overstay_judge(last_day=date(2024, 8, 1), on=date(2024, 8, 21), book=BOOK)
    assert ground_of(long.verdict) is Ground.OVERSTAY_DEPORTATION
    assert ground_of(short.verdict) is Ground.OVERSTAY_CHARGE


def test_the_conference_rests_on_the_rule_of_its_day():
    assert conference_cite(on=date(2024, 8, 21), book=BOOK) == CONFERENCE_CITES[1]
    assert conference_cite(on=date(2026, 8, 21), book=BOOK) == CONFERENCE_CITES[0]


@pytest.mark.parametrize("on", [date(2024, 8, 21), date(2026, 11, 22)])
def test_every_cite_of_a_measure_was_law_on_the_day(on):
    for kind, ground, screen in product(MeasureKind, Ground, [CLEAR, *HELD]):
        verdict = measure_judge(kind, ground=ground, screen=screen)
        assert len(BOOK.resolve(verdict.cites, on=on)) == len(verdict.cites)


def test_a_verdict_names_ground_and_measure_in_the_words_of_the_forms_and_never_in_codes():
    for kind, ground in product(MeasureKind, Ground):
        said = measure_judge(kind, ground=ground, screen=CLEAR).because
        assert "_" not in said
        assert ground.value not in said
        assert kind is MeasureKind.NONE or f"“{GROUND_TITLES[ground]}”" in said
    assert {ground: str(word) for ground, word in GROUNDS.items()} == dict(GROUND_TITLES)
