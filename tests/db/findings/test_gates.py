"""The gates of the SOP: what is passed over is taken in, marked, and explained by the head of the section."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import bayu, citra, dodi, hasan
from tests.conftest import DAY
from tests.db.findings.field import ANNA, KEPT, at_work, visit
from tests.web import signed_in
from timpora.apps.findings import actions, queries
from timpora.apps.findings.errors import ExplanationNotWanted
from timpora.apps.findings.types import Doubt, StepDone
from timpora.apps.operations import queries as operations
from timpora.domain.sop import BreachKind, StepState
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
IDENTIFIED, EXPLAINED, SPOKEN = KEPT


def sent(*steps, checked=(ANNA,)):
    operation, target = at_work()
    report = visit(operation, target, *checked, steps=steps)
    with acting_as(dodi):
        receipt = actions.report_submit(dodi, report=report)
    return operation, report.id, receipt


def broken(report, by=bayu):
    with acting_as(by):
        view = queries.report_get(by, report)
    return {step.told.code if step.told else step.title: step.breach for step in view.steps if step.breach}


@pytest.mark.parametrize(
    ("steps", "breach"),
    [
        ((IDENTIFIED, EXPLAINED), BreachKind.MISSING),
        ((IDENTIFIED, EXPLAINED, StepDone("bahasa", DAY)), BreachKind.WITHOUT_LANGUAGE),
        ((IDENTIFIED, EXPLAINED, StepDone("bahasa", DAY, StepState.NOT_DONE)), BreachKind.WITHOUT_REASON),
        ((*KEPT, StepDone("periksa", DAY - timedelta(minutes=30))), BreachKind.AFTERWARDS),
    ],
)
def test_a_step_passed_over_is_taken_in_and_marked(steps, breach):
    operation, report, receipt = sent(*steps)
    assert Doubt.STEPS_BROKEN in receipt.doubts
    assert set(broken(report).values()) == {breach}
    with acting_as(bayu):
        assert queries.unexplained(bayu, operation) == [report]
        assert queries.board(bayu, operation).newest[0].breaches_count


@pytest.mark.parametrize(
    "last",
    [
        SPOKEN,
        StepDone("bahasa", DAY, StepState.NOT_NEEDED, because="Berbahasa Indonesia."),
        StepDone("bahasa", DAY, StepState.NOT_DONE, because="Orangnya pergi."),
        StepDone("bahasa", DAY, language="Mandarin", has_interpreter=True),
    ],
)
def test_a_step_that_is_done_or_says_why_not_breaks_nothing(last):
    operation, report, receipt = sent(IDENTIFIED, EXPLAINED, last)
    assert receipt.doubts == ()
    assert broken(report) == {}
    with acting_as(bayu):
        assert queries.unexplained(bayu, operation) == []


def test_where_nobody_was_met_nobody_is_spoken_to():
    _operation, report, receipt = sent(checked=())
    assert (receipt.doubts, broken(report)) == ((), {})


def test_the_head_of_the_section_explains_and_nobody_else():
    operation, report, _receipt = sent()
    for by in (hasan, dodi, citra):
        with acting_as(by), pytest.raises(AccessDenied):
            actions.breach_explain(by, report_id=report, text="Lupa.")
    with acting_as(bayu):
        with pytest.raises(ExplanationNotWanted):
            actions.breach_explain(bayu, report_id=report, text=" ")
        actions.breach_explain(bayu, report_id=report, text="Petugas lupa mencentang; sudah ditegur.")
        assert queries.unexplained(bayu, operation) == []
        (told,) = queries.report_get(bayu, report).explanations
        (listed,) = queries.report_list(bayu, operation_id=operation)
    assert (told.text, told.by) == ("Petugas lupa mencentang; sudah ditegur.", "Bayu")
    assert (listed.explanations[0].text, listed.breaks_order) == ("", True)


def test_a_report_that_kept_the_order_is_not_explained():
    _operation, report, _receipt = sent(*KEPT)
    with acting_as(bayu), pytest.raises(ExplanationNotWanted):
        actions.breach_explain(bayu, report_id=report, text="Tidak ada apa-apa.")


def test_the_report_says_so_and_the_start_page_asks_for_it():
    operation, report, _receipt = sent()
    client = signed_in(Client(), bayu)
    page = client.get(f"/posko/{operation}/laporan/{report}").content.decode()
    assert "Melanggar urutan SOP" in page
    assert "melanggar urutan" in client.get(f"/posko/{operation}/laporan").content.decode()
    assert "1 laporan melanggar urutan SOP: jelaskan" in client.get("/").content.decode()
    answer = client.post(f"/posko/{operation}/laporan/{report}/jelaskan", {"text": "Sudah ditegur."})
    assert answer.status_code == 302
    assert "Sudah ditegur." in client.get(f"/posko/{operation}/laporan/{report}").content.decode()
    assert "melanggar urutan SOP: jelaskan" not in client.get("/").content.decode()


def test_a_version_names_its_source_and_its_digest():
    at_work()
    for version in ("lapangan-1", "lapangan-2"):
        sop = operations.sop_get(version)
        assert sop.version == version
        assert len(sop.digest) == 64
        assert sop.source
        assert sop.is_verified is False
    with pytest.raises(KeyError):
        operations.sop_get("../models")
