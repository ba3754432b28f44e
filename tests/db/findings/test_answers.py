"""Answers to the report form of an operation: refused, doubted, kept on every way, counted alike for all."""

import json
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import bayu, dodi, hasan, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.db.findings.forms import ANSWERS, with_form
from tests.db.interface.post_days import carried, handed_over, teamed
from tests.db.interface.queue_files import entry_of, queue_of
from tests.db.interface.test_report_submission import JSON, body, post
from tests.depth import times
from tests.web import signed_in
from timpora.apps.findings import actions, queries
from timpora.apps.findings.content import content_of, digest_of
from timpora.apps.findings.errors import AnswersWrong
from timpora.apps.findings.models import Original, Report, ReportConflict
from timpora.apps.findings.types import Doubt, NewReport, Outcome, Withheld
from timpora.interface.report_body import report_of
from timpora.kernel.audit.entry import canonical
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
VICTIM = replace(BUDI, outcome=Outcome.PROTECTION, signs=("Upah ditahan",), note="Ia takut.")


@pytest.fixture
def work():
    operation, target = at_work()
    with_form(operation)
    return operation, target


@pytest.fixture
def phone(work):
    return signed_in(Client(), dodi)


def told(work, **words) -> NewReport:
    return replace(visit(*work, ANNA, answers=ANSWERS), **words)


def sent(report, by=dodi):
    with acting_as(by):
        return actions.report_submit(by, report=report)


def read(report, by=bayu):
    with acting_as(by):
        view = queries.report_get(by, report.id)
    return {line.question.key: line.answer for line in view.answers}, view


def test_answers_are_kept_as_sent_and_are_part_of_what_is_hashed(work, phone):
    whole = body(work, answers=ANSWERS)
    answer = post(phone, whole)
    assert (answer.status_code, answer.json()["doubts"]) == (201, [])
    assert answer.json()["sha256"] == digest_of(canonical(whole))
    with acting_as(ratna):
        assert json.loads(Original.objects.get().content)["answers"] == ANSWERS
        assert Report.objects.get().answers == ANSWERS
    other = post(phone, whole | {"answers": ANSWERS | {"kamar": 13}})
    assert (other.status_code, other.json()["is_conflict"]) == (409, True)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"hunian": "hotel"}, "answers.hunian"),
        ({"warna": "biru"}, "answers.warna"),
        ({"kamar": 501}, "answers.kamar"),
        ({"kamar": True}, "answers.kamar"),
        ({"gerbang": "ya"}, "answers.gerbang"),
        ({"terlihat": ["alat", "alat"]}, "answers.terlihat"),
        ({"sejak": "2023-02-29"}, "answers.sejak"),
        ({"uraian": "x" * 201}, "answers.uraian"),
        ({"kamar": 1.5}, "answers.kamar"),
        ({"kamar": 10**400}, "answers.kamar"),
        ({"uraian": "a\x00"}, "answers.uraian"),
        ({"uraian": {"a": 1}}, "answers.uraian"),
        ({"terlihat": [["alat"]]}, "answers.terlihat"),
        ({"terlihat": ["alat"] * 21}, "answers.terlihat"),
        ({"uraian": "x" * 2001}, "answers.uraian"),
        ({f"k{n}": 1 for n in range(31)}, "answers"),
        (["hunian"], "answers"),
    ],
)
def test_a_wrong_answer_is_refused_at_its_question_and_nothing_is_taken(work, phone, answers, field):
    refused = post(phone, body(work, answers=answers))
    assert refused.status_code == 422
    (fault,) = refused.json()["errors"][:1]
    assert fault["field"] == field
    assert fault["message"].endswith(".")
    assert "Input should" not in fault["message"]
    with acting_as(ratna):
        assert not Report.objects.exists()
    assert post(phone, body(work, answers=ANSWERS)).status_code == 201


@settings(
    max_examples=times(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.dictionaries(st.sampled_from([*ANSWERS, "lain", "items", "constructor"]), JSON, max_size=4))
def test_whatever_is_answered_is_taken_or_refused_and_can_be_read(work, phone, answers):
    """Chance found nothing the contract lets through that a page cannot show."""
    whole = body(work, answers=answers)
    answer = post(phone, json.dumps(whole))
    assert answer.status_code in {201, 422}
    if answer.status_code == 201:
        page = reverse("posko:report", args=[work[0], whole["id"]])
        assert signed_in(Client(), bayu).get(page).status_code == 200


def test_an_operation_without_a_form_takes_no_answer(work, phone):
    with_form(work[0], {})
    refused = post(phone, body(work, answers={"kamar": 1}))
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "answers.kamar")
    taken = post(phone, body(work))
    assert (taken.status_code, taken.json()["doubts"]) == (201, [])


def test_a_required_question_left_open_is_a_doubt_and_no_refusal(work, phone):
    for answers in ({}, {"kamar": 3}, {"uraian": "  "}):
        taken = post(phone, body(work, answers=answers))
        assert (taken.status_code, taken.json()["doubts"]) == (201, ["formulir_kurang"])
    assert post(phone, body(work, answers={"hunian": "rumah"})).json()["doubts"] == []


def test_a_nil_answers_what_is_asked_of_a_nil(work):
    nil = visit(*work, answers={"hunian": "rumah"})
    assert sent(nil).doubts == ()
    assert "sejak" not in read(nil)[0]
    with pytest.raises(AnswersWrong) as refused:
        sent(visit(*work, answers={"sejak": "2024-01-01"}, device_seq=2))
    assert [fault.key for fault in refused.value.faults] == ["sejak"]


def test_the_nil_of_a_whole_office_tells_of_no_place_and_is_asked_nothing(work):
    nil = visit(work[0], None)
    assert sent(nil, by=bayu).doubts == ()
    assert read(nil) == ({}, read(nil)[1])
    assert counted(work)["hunian"] == 0
    with acting_as(ratna):
        assert {one.asked for one in queries.board(ratna, work[0]).answers} == {0}
    with pytest.raises(AnswersWrong):
        sent(visit(work[0], None, answers={"hunian": "mes"}, device_seq=2), by=bayu)


def test_a_text_is_for_those_who_may_read_names_and_the_rest_for_all(work):
    report = told(work)
    sent(report)
    answers, view = read(report)
    assert answers == ANSWERS
    hidden, view = read(report, by=ratna)
    assert hidden == ANSWERS | {"uraian": None}
    assert [line.is_hidden for line in view.answers if line.question.key == "uraian"] == [True]
    unanswered, view = read(told_without(work), by=ratna)
    assert unanswered["uraian"] is None
    assert not any(line.is_hidden for line in view.answers)


def told_without(work):
    report = told(work, answers={"hunian": "mes"}, device_seq=2)
    sent(report)
    return report


def test_whoever_may_be_a_victim_changes_no_answer_and_no_count(work):
    """What every reader sees of the answers is the same whether a sealed person was met or not (P26)."""
    open_one = told(work)
    sealed = told(work, checked=(VICTIM,), device_seq=2)
    sent(open_one)
    before = counted(work)
    sent(sealed)
    for reader in (bayu, ratna, hasan):
        assert read(open_one, by=reader)[0] == read(sealed, by=reader)[0]
    after = counted(work)
    assert {key: 2 * number for key, number in before.items()} == after
    with acting_as(bayu):
        assert [one.report_id for one in Original.objects.all()] == [open_one.id]


def counted(work, by=ratna):
    with acting_as(by):
        board = queries.board(by, work[0])
    found = {}
    for one in board.answers:
        assert one.asked == one.answered + one.unanswered
        found |= {one.question.key: one.answered, f"{one.question.key}+": one.total}
        found |= {f"{one.question.key}.{key}": number for key, number in one.shares}
    return found


def test_answers_are_counted_with_what_was_left_open(work):
    sent(told(work))
    sent(
        told(
            work,
            answers={"hunian": "rumah", "terlihat": ["dapur"], "gerbang": True, "kamar": 0},
            device_seq=2,
        )
    )
    sent(visit(*work, answers={"hunian": "mes"}, device_seq=3))
    with acting_as(ratna):
        found = {one.question.key: one for one in queries.board(ratna, work[0]).answers}
    assert "uraian" not in found
    assert found["hunian"].shares == (("mes", 2), ("rumah", 1))
    assert found["terlihat"].shares == (("alat", 1), ("dapur", 2))
    assert found["gerbang"].shares == (("ya", 1), ("tidak", 1))
    assert [(one.answered, one.unanswered) for one in found.values()] == [
        (3, 0),
        (2, 1),
        (2, 1),
        (2, 1),
        (1, 1),
    ]
    assert found["kamar"].total == 12
    with acting_as(ratna):
        taken = queries.rekap_get(ratna, work[0], DAY.date())
    assert taken.day.answers == taken.total.answers == tuple(found.values())


def test_other_answers_are_compared_and_the_chosen_ones_counted(work):
    report = told(work)
    sent(report)
    other = replace(report, answers=ANSWERS | {"hunian": "rumah"}, content="")
    sent(other)
    with acting_as(bayu):
        found = queries.comparison_get(bayu, report.id)
        assert [one.view.answers[0].answer for one in found.contents] == ["mes", "rumah"]
        stands = [one.id for one in found.contents]
        actions.conflict_settle(bayu, report_id=report.id, stands=stands[1], seen=stands, because="Regu.")
    assert counted(work)["hunian.rumah"] == 1
    assert counted(work)["hunian.mes"] == 0


def test_another_content_with_wrong_answers_is_kept_as_text_and_never_stands(work):
    report = told(work)
    sent(report)
    assert sent(replace(report, answers={"hunian": "hotel"})).is_conflict
    with acting_as(ratna):
        assert ReportConflict.objects.get().rival is None
        assert Original.objects.count() == 2


def test_answers_pass_the_quarantine(work):
    report = report_of(content_of(told(work)))
    with acting_as(dodi):
        actions.report_withhold(dodi, report=report, reason=Withheld.DEVICE)
    with acting_as(bayu):
        (row,) = queries.quarantine_list(bayu)
        actions.quarantine_decide(
            bayu, quarantine_id=row.id, is_released=True, because="Benar.", read=report_of
        )
    answers, view = read(report)
    assert answers == ANSWERS
    assert view.doubts == (Doubt.WITHHELD,)


def test_answers_come_in_with_the_file_of_a_phone(work):
    report = told(work)
    assert carried(queue_of(entry_of(report, dodi))) == [(1, "Dodi", "diterima")]
    assert read(report)[0] == ANSWERS


def test_answers_come_home_with_the_day_of_a_post():
    operation, target, team = teamed()
    with_form(operation)
    report = visit(operation, target, ANNA, answers=ANSWERS)
    (file,) = handed_over((operation, target, team), report)
    with acting_as(ratna):
        assert not Report.objects.exists()
    assert carried(file) == [(1, "Dodi", "diterima")]
    assert read(report)[0] == ANSWERS
