"""An officer is told what becomes of a report with two contents; of those of others nothing (P2)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, citra, dodi
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.db.operations.world import edi
from tests.web import signed_in
from timpora.apps.findings import actions, queries
from timpora.apps.findings.own_conflicts import LASTING
from timpora.kernel import clock
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports():
    one = visit(*at_work(), BUDI)
    other = replace(one, note="Pos belakang.")
    return one, other, [sent(one), sent(other)]


def sent(report, by=dodi):
    with acting_as(by):
        return actions.report_submit(by, report=report)


def told(by=dodi, at=DAY):
    with clock.standing_at(at), acting_as(by):
        return queries.own_conflicts(by)


def settle(report, number):
    with acting_as(bayu):
        ids = [content.id for content in queries.comparison_get(bayu, report.id).contents]
        words = {"stands": ids[number], "seen": ids, "because": "Kata regu."}
        actions.conflict_settle(bayu, report_id=report.id, **words)


def test_the_sender_is_told_of_both_contents_and_that_nobody_decided(reports):
    one, _other, receipts = reports
    (conflict,) = told()
    assert (conflict.report_id, conflict.is_open, conflict.by) == (one.id, True, "")
    assert [content.number for content in conflict.contents] == [receipt.number for receipt in receipts]
    assert [(content.is_own, content.stands) for content in conflict.contents] == [(True, False)] * 2


@pytest.mark.parametrize("number", [0, 1])
def test_the_sender_is_told_which_one_stands_and_why(reports, number):
    settle(reports[0], number)
    (conflict,) = told()
    assert (conflict.is_open, conflict.by, conflict.because) == (False, "Bayu", "Kata regu.")
    assert [content.stands for content in conflict.contents] == [number == 0, number == 1]


def test_another_content_after_the_decision_opens_it_again(reports):
    settle(reports[0], 1)
    with clock.standing_at(DAY + timedelta(minutes=1)):
        sent(replace(reports[0], note="Pos ketiga."))
    assert [conflict.is_open for conflict in told(at=DAY + timedelta(minutes=2))] == [True]


@pytest.mark.parametrize("other", [edi, citra])
def test_nobody_else_is_told(reports, other):
    assert told(by=other) == ()
    assert len(told()) == 1


def test_what_is_long_past_is_told_no_more(reports):
    assert told(at=DAY + LASTING + timedelta(minutes=1)) == ()
    assert len(told(at=DAY + LASTING)) == 1


def test_the_phone_takes_it_along(reports):
    settle(reports[0], 1)
    (conflict,) = signed_in(Client(), dodi).get(reverse("field:pack")).json()["conflicts"]
    assert conflict["report"] == str(reports[0].id)
    assert [content["stands"] for content in conflict["contents"]] == [False, True]
    assert conflict["because"] == "Kata regu."


def compared(report, by=bayu):
    operation = str(report.operation_id)
    return signed_in(Client(), by).get(reverse("posko:conflict", args=[operation, report.id]))


def test_what_differs_stands_on_top_of_the_comparison_whatever_it_is(reports):
    steps = tuple(replace(step, language="Isyarat") if step.language else step for step in reports[0].steps)
    changed = (replace(ANNA, note="Membawa anak."),)
    with clock.standing_at(DAY + timedelta(minutes=1)):
        sent(replace(reports[0], checked=changed, steps=steps, lat=-3.5, device_seq=8))
    rows = compared(reports[0]).context["pairs"][1][1]
    apart = [row["label"] for row in rows if row["left"] != row["right"]]
    assert [row["label"] for row in rows[: len(apart)]] == apart
    assert {"Ponsel", "Koordinat", "Orang ke-1"} <= set(apart)
    assert any("Isyarat" in row["right"] for row in rows)
    assert any("Membawa anak." in row["right"] for row in rows)


def test_a_difference_that_may_not_be_shown_is_said(reports):
    report = visit(reports[0].operation_id, reports[0].target_id, BUDI)
    sent(report)
    sent(replace(report, checked=(replace(BUDI, name="ALO"),)))
    shown = compared(report).content.decode()
    hidden = compared(report, by=bayu.for_purpose(None)).content.decode()
    assert "Bedanya tidak terlihat" not in shown
    assert "Bedanya tidak terlihat" in hidden
    assert "ALO" not in hidden
