"""The questions of the screen: what counts as a sign, what leaves it open, what a child changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.law.shipped import lawbook_shipped
from timpora.domain.measures import Screen, ScreenAnswer
from timpora.domain.protection import (
    BLOCK_TITLES,
    CITES,
    QUESTIONS,
    Block,
    Reply,
    screen_of,
    screen_told,
    unanswered,
)

CLEAR, OPEN, SHELTERED = ScreenAnswer.CLEAR, ScreenAnswer.OPEN, ScreenAnswer.SHELTERED
HEARD = {q.code: Reply.YES if q.block is Block.SETTING else Reply.NO for q in QUESTIONS}
CODES = {q.code: q for q in QUESTIONS}


def of(is_child=False, **replies):
    return screen_of(HEARD | {code: Reply(reply) for code, reply in replies.items()}, is_child=is_child)


def test_all_heard_and_no_sign_is_clear():
    assert of() == Screen(CLEAR, CLEAR)
    assert unanswered(HEARD) == ()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.code)
def test_each_yes_means_what_its_block_means(question):
    found = of(**{question.code: "ya"})
    wanted = {
        Block.SETTING: Screen(CLEAR, CLEAR),
        Block.ACT: Screen(CLEAR, CLEAR),
        Block.REFUGE: Screen(CLEAR, SHELTERED),
    }.get(question.block, Screen(SHELTERED, CLEAR))
    assert found == wanted


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.code)
def test_an_open_question_leaves_its_screen_open(question):
    found = of(**{question.code: "belum_jelas"})
    wanted = {Block.SETTING: Screen(OPEN, OPEN), Block.REFUGE: Screen(CLEAR, OPEN)}.get(
        question.block, Screen(OPEN, CLEAR)
    )
    assert found == wanted
    assert unanswered(HEARD | {question.code: Reply.UNKNOWN}) == (question,)


def test_a_no_in_front_of_the_employer_proves_nothing_but_a_sign_still_counts():
    assert of(sendiri="tidak") == Screen(OPEN, OPEN)
    assert [q.code for q in unanswered(HEARD | {"sendiri": Reply.NO})] == ["sendiri"]
    assert of(sendiri="tidak", utang="ya").trafficking is SHELTERED


def test_a_child_needs_no_means():
    assert of(direkrut="ya").trafficking is CLEAR
    assert of(is_child=True, direkrut="ya").trafficking is SHELTERED
    assert of(is_child=True).trafficking is CLEAR


def test_nothing_asked_is_nothing_known():
    assert screen_of({}, is_child=False) == Screen(OPEN, OPEN)


@pytest.mark.parametrize(
    ("screen", "outcome"),
    [
        (Screen(CLEAR, CLEAR), CLEAR),
        (Screen(OPEN, CLEAR), OPEN),
        (Screen(CLEAR, OPEN), OPEN),
        (Screen(SHELTERED, OPEN), SHELTERED),
        (Screen(OPEN, SHELTERED), SHELTERED),
    ],
)
def test_the_two_screens_are_told_as_one(screen, outcome):
    told = screen_told(screen)
    assert told.outcome is outcome
    assert lawbook_shipped().resolve(told.cites) == lawbook_shipped().resolve(CITES)


@given(st.fixed_dictionaries({code: st.sampled_from(list(Reply)) for code in CODES}), st.booleans())
def test_only_a_whole_interview_without_signs_is_clear(replies, is_child):
    screen = screen_of(replies, is_child=is_child)
    is_clear = screen == Screen(CLEAR, CLEAR)
    asked = [c for c, q in CODES.items() if q.block not in {Block.SETTING, Block.ACT}]
    if is_clear:
        assert not unanswered(replies)
        assert all(replies[code] is Reply.NO for code in asked)
    # One more yes never makes a screen milder.
    for code in asked:
        harder = screen_of(replies | {code: Reply.YES}, is_child=is_child)
        assert SHELTERED in (harder.trafficking, harder.refugee)


def test_every_block_has_a_title_and_every_code_is_once():
    assert set(BLOCK_TITLES) == {q.block for q in QUESTIONS}
    assert len(CODES) == len(QUESTIONS)
