"""Two contents under one identifier: one stands, both are kept, and the counts follow the decision."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.cast import bayu, citra, dodi, hasan, machine, officer, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.depth import times
from tests.web import signed_in
from timpora.apps.findings import actions, errors, queries
from timpora.apps.findings.models import CheckedPerson, Original, Report, Settlement
from timpora.apps.findings.taking import CONTENTS_MOST
from timpora.apps.findings.types import Comparison, NewReport, Outcome
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, NotHuman
from timpora.kernel.audit.models import Entry
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
VICTIM = replace(BUDI, outcome=Outcome.PROTECTION, signs=("paspor dipegang majikan",), findings=())


@pytest.fixture
def report() -> NewReport:
    """A report of one person; the same identifier arrives with two."""
    one = visit(*at_work(), ANNA)
    sent(one)
    sent(replace(one, checked=(ANNA, BUDI), headcount=4))
    return one


def sent(report: NewReport, by: Actor = dodi, later: timedelta = timedelta()) -> None:
    with clock.standing_at(DAY + later), acting_as(by):
        actions.report_submit(by, report=report)


def compared(report: NewReport, by: Actor = bayu) -> Comparison:
    with acting_as(by):
        return queries.comparison_get(by, report.id)


def settled(report: NewReport, stands: UUID | None = None, by: Actor = bayu, **words: object) -> None:
    found = compared(report)
    ids = [content.id for content in found.contents if content.id]
    form = {"stands": stands or ids[-1], "seen": ids, "because": "Regu membenarkan isi kedua."} | words
    with acting_as(by):
        actions.conflict_settle(by, report_id=report.id, **form)


def persons(report: NewReport, by: Actor = ratna) -> tuple[int, int, int]:
    """Return persons recorded, all persons counted, and the open conflicts of the board."""
    with acting_as(by):
        board = queries.board(by, report.operation_id)
        assert sum(share.value for share in board.outcomes) == board.figure("orang").value
        listed = queries.report_list(by, operation_id=report.operation_id)
        assert len(listed) == len(board.newest) == 1
        return board.figure("orang").value, board.figure("orang").whole, board.conflicts


def test_the_counts_follow_the_decision_and_both_contents_stay(report):
    assert persons(report) == (1, 1, 1)
    settled(report)
    assert persons(report) == (2, 4, 0)
    with acting_as(bayu):
        assert Original.objects.filter(report_id=report.id).count() == 2
        assert Report.objects.count() == 2
        assert CheckedPerson.objects.count() == 3
    found = compared(report)
    assert [content.stands for content in found.contents] == [False, True]
    assert (found.is_open, found.settlements[0].by) == (False, "Bayu")


def test_the_first_content_may_stand_as_well(report):
    settled(report, report.id)
    assert persons(report) == (1, 1, 0)


def test_the_decision_is_logged_with_what_stands_and_without_the_reason(report):
    settled(report)
    with acting_as(ratna):
        entry = Entry.objects.get(tag=str(Tag.FINDINGS_CONFLICT_SETTLED))
    assert str(compared(report).contents[1].id) in entry.body
    assert "membenarkan" not in entry.body
    assert entry.actor_name == "Bayu"


def test_only_another_named_human_of_the_office_decides(report):
    sender = replace(bayu, id=dodi.id)
    for who, refusal in (
        (sender, errors.OwnContent),
        (hasan, AccessDenied),
        (citra, AccessDenied),
        (machine, AccessDenied),
        (replace(bayu, is_human=False), NotHuman),
    ):
        with pytest.raises(refusal):
            settled(report, by=who)
    with pytest.raises(errors.ReasonMissing):
        settled(report, because="  ")
    with pytest.raises(AccessDenied):
        settled(report, UUID(int=7))
    settled(report)


def test_a_content_that_came_meanwhile_is_compared_first(report):
    seen = [content.id for content in compared(report).contents]
    later = timedelta(minutes=5)
    sent(replace(report, checked=(), headcount=2), later=later)
    with clock.standing_at(DAY + 2 * later):
        with pytest.raises(errors.ConflictMoved):
            settled(report, seen=seen)
        settled(report)
        assert persons(report) == (0, 2, 0)
        with pytest.raises(errors.ConflictMoved):
            settled(report, report.id)


def test_what_comes_after_the_decision_opens_the_matter_again(report):
    settled(report)
    later = timedelta(minutes=5)
    sent(replace(report, note="Isi ketiga."), later=later)
    with clock.standing_at(DAY + later):
        assert persons(report) == (2, 4, 1)
        settled(report, report.id)
        assert persons(report) == (1, 1, 0)


def test_a_content_of_a_place_that_was_not_the_senders_task_never_stands(report):
    later = timedelta(minutes=5)
    sent(replace(report, target_id=None), later=later)
    contents = compared(report).contents
    assert [content.view is not None for content in contents] == [True, True, False]
    with clock.standing_at(DAY + later):
        settled(report, contents[1].id)
        assert persons(report) == (2, 4, 0)


def test_a_referral_in_the_other_content_is_one_of_the_referrals(report):
    later = timedelta(minutes=5)
    sent(replace(report, checked=(VICTIM,), headcount=1), later=later)
    found = compared(report)
    assert found.contents[-1].view.checked[0].outcome is Outcome.REFERRED
    assert "paspor dipegang" not in repr(found)


def test_the_officers_receipts_are_those_of_what_was_sent(report):
    with acting_as(dodi):
        assert [receipt.report_id for receipt in queries.receipt_list(dodi)] == [report.id]


def test_a_decision_is_never_changed(report):
    settled(report)
    with acting_as(bayu), pytest.raises(DatabaseError), transaction.atomic():
        Settlement.objects.update(because="x")


@settings(max_examples=times(12), suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.one_of(st.just("send"), st.integers(0, 4)), min_size=2, max_size=7))
@example(acts=["send"] * 7)
def test_exactly_one_content_counts_whatever_comes_and_is_decided(report, acts):
    """However many contents arrive and however often it is decided, the board counts one of them."""
    with transaction.atomic():
        people, stands, is_open = [1, 4], 0, True
        for turn, act in enumerate(acts, 1):
            at = DAY + timedelta(minutes=turn)
            with clock.standing_at(at):
                if act == "send" and len(people) == CONTENTS_MOST:
                    with pytest.raises(errors.ContentsTooMany):
                        sent(replace(report, headcount=999), later=timedelta(minutes=turn))
                elif act == "send":
                    people.append(len(people) + 3)
                    sent(replace(report, headcount=people[-1]), later=timedelta(minutes=turn))
                    is_open = True
                elif act < len(people):
                    ids = [content.id for content in compared(report).contents]
                    try:
                        settled(report, ids[act])
                        assert is_open
                        stands, is_open = act, False
                    except errors.ConflictMoved:
                        assert not is_open
                _recorded, counted, conflicts = persons(report)
                assert counted == people[stands]
                assert bool(conflicts) == is_open
        numbers = list(Settlement.objects.order_by("number").values_list("number", flat=True))
        assert all(other == one + 1 for one, other in pairwise(numbers))
        transaction.set_rollback(True)


def test_the_screen_compares_marks_and_decides(report):
    client = signed_in(Client(), bayu)
    address = f"/posko/{report.operation_id}/laporan/{report.id}"
    assert f"{address}/banding" in client.get(address).content.decode()
    screen = client.get(f"{address}/banding").content.decode()
    assert "is-apart" in screen
    assert "ALI" in screen
    # Who is in one content alone is absent from the other, not unknown in it.
    assert "tidak ada" in screen
    assert "tidak diketahui" not in screen
    first, other = (content.id for content in compared(report).contents)
    form = {"seen": f"{first} {other}", "stands": str(other), "because": ""}
    assert client.post(f"{address}/banding", form).status_code == 422
    answer = client.post(f"{address}/banding", form | {"because": "Regu membenarkan."})
    assert (answer.status_code, answer.headers["Location"]) == (
        302, f"/posko/{report.operation_id}/laporan/{other}",
    )  # fmt: skip
    assert "sudah diputus" in client.get(f"{address}/banding").content.decode()
    stranger = officer("Tono", "inteldakim_head", "KANIM-LAIN", "64.71")
    assert signed_in(Client(), stranger).get(f"{address}/banding").status_code == 404
