"""Invented officers answer the form of their operation as the office takes it, alike for the same report."""

import json
from uuid import uuid4

import pytest

from tests.db.findings.forms import FORM
from timpora.domain.report_forms import answers_checked, read_form
from timpora.interface.console.scenario.answering import PACK, Answering
from timpora.interface.field.forms import _question

OPERATION = str(uuid4())
PACKED = json.dumps({"forms": {OPERATION: [_question(one, "id") for one in read_form(FORM).questions]}})


def body(kind, **words):
    return {"id": str(uuid4()), "operation": OPERATION, "kind": kind, "target": "x"} | words


@pytest.mark.parametrize("kind", ["pemeriksaan", "nihil"])
def test_every_answer_is_taken_and_nothing_required_is_left_open(kind):
    asked = []
    answering = Answering()
    seen = set()
    for _ in range(60):
        sent = answering.answered(body(kind), pack=lambda path: asked.append(path) or PACKED)
        checked = answers_checked(read_form(FORM), kind, sent["answers"])
        assert (checked.faults, checked.missing) == ((), ())
        seen |= set(sent["answers"])
    assert asked == [PACK]
    # Words that nobody asked for would fit no question.
    assert seen == {one.key for one in read_form(FORM).asked(kind)} - {"uraian"}


def test_a_text_that_is_required_is_written():
    form = {"questions": [{**one, "is_required": True} for one in FORM["questions"]]}
    told = json.dumps({"forms": {OPERATION: [_question(one, "id") for one in read_form(form).questions]}})
    assert Answering().answered(body("nihil"), pack=lambda _: told)["answers"]["uraian"]


def test_the_same_report_is_answered_alike_and_without_a_form_nothing_is_added():
    one = body("pemeriksaan")
    first, again = (Answering().answered(one, pack=lambda _: PACKED) for _ in range(2))
    assert first == again != one
    assert Answering().answered(one, pack=lambda _: "{}") == one
    office = {key: value for key, value in one.items() if key != "target"}
    assert Answering().answered(office, pack=lambda _: PACKED) == office
