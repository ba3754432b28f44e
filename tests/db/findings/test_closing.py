"""A gap is closed by hand with a reason, by whoever may; what still arrives is taken (P5)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from tests.cast import arif, bayu, citra, dodi, hasan, ratna
from tests.conftest import DAY
from tests.db.findings.field import DEVICE, at_work
from tests.db.findings.test_numbers import LATE, numbered, sent, shown, spans
from tests.db.findings.test_numbers import visit as visit_of
from tests.web import signed_in
from timpora.apps.findings import actions, errors, queries
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, NotHuman
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    made = at_work()
    numbered(made, 1, 4, 6)
    return made


def close(work, by=bayu, at=LATE, **words):
    asked = {"device_id": DEVICE, "first": 2, "last": 3, "because": "Ponsel hilang di feri."} | words
    with clock.standing_at(at), acting_as(by):
        actions.gap_close(by, operation_id=work[0], **asked)


def closed(work, by=bayu):
    with acting_as(by):
        return queries.closure_list(by, work[0])


@pytest.mark.parametrize("by", [bayu, hasan])
def test_a_closed_gap_is_red_for_nobody_and_the_others_stay(work, by):
    close(work, by=by)
    for reader in (ratna, hasan, bayu):
        assert spans(shown(work[0], by=reader)) == [(5, 5)]
    (row,) = closed(work)
    assert (row.first, row.last, row.by, row.because) == (2, 3, by.name, "Ponsel hilang di feri.")
    assert closed(work, by=citra) == []
    with acting_as(ratna):
        assert Entry.objects.get(tag="findings:gap:closed").actor_name == by.name


def test_what_still_arrives_is_taken_and_opens_nothing_again(work):
    close(work)
    numbered(work, 3, at=LATE)
    assert spans(shown(work[0])) == [(5, 5)]
    numbered(work, 2, at=LATE)
    assert spans(shown(work[0])) == [(5, 5)]


def test_closing_one_gap_closes_none_before_or_after_it(work):
    close(work, first=5, last=5)
    numbered(work, 8, at=LATE)
    assert spans(shown(work[0])) == [(2, 3), (7, 7)]


def test_a_number_that_somebody_made_up_hides_no_later_hole(work):
    # Closed, the gap below it would cover whatever the phone loses from now on.
    forged = 2**53 - 1
    numbered(work, forged, at=LATE)
    with pytest.raises(errors.GapTooWide):
        close(work, first=7, last=forged - 1, at=LATE + timedelta(hours=1))
    numbered(work, 8, at=LATE)
    assert spans(shown(work[0], at=LATE + timedelta(hours=1))) == [
        (2, 3),
        (5, 5),
        (7, 7),
        (9, forged - 1),
    ]


def test_a_gap_that_opens_later_is_another_one(work):
    close(work)
    numbered(work, 9, at=LATE)
    assert spans(shown(work[0])) == [(5, 5), (7, 8)]


@pytest.mark.parametrize(
    "words",
    [
        {"at": DAY},  # still on its way
        {"first": 2, "last": 2},
        {"first": 1, "last": 1},
        {"device_id": uuid4()},
        {"first": 10**30, "last": 10**31},
    ],
    ids=["on its way", "a part", "arrived", "another phone", "absurd"],
)
def test_only_a_red_gap_is_closed_and_exactly_as_it_is(work, words):
    with pytest.raises(errors.GapMoved):
        close(work, **words)
    assert closed(work) == []


def test_it_is_closed_once_by_a_human_with_the_right_a_reason_and_other_hands(work):
    for by in (dodi, ratna, arif):
        with pytest.raises(AccessDenied):
            close(work, by=by)
    with pytest.raises(errors.GapMoved):  # Citra sees no report beside it, so there is none for her
        close(work, by=citra)
    with pytest.raises(errors.BecauseMissing):
        close(work, because=" \n ")
    with pytest.raises(NotHuman):
        close(work, by=type(bayu)(bayu.id, bayu.name, bayu.grants, is_human=False))
    close(work)
    with pytest.raises(errors.GapMoved):
        close(work)


def test_nobody_closes_the_gap_beside_the_own_reports(work):
    phone = uuid4()
    sent(visit_of(work[0], None, device_id=phone, device_seq=2), by=bayu)
    with pytest.raises(errors.OwnPhone):
        close(work, device_id=phone, first=1, last=1)
    close(work, by=hasan, device_id=phone, first=1, last=1)


def test_a_closing_is_never_changed_or_taken_away(work):
    close(work)
    for sql in ("UPDATE findings_gap_closure SET last = 9", "DELETE FROM findings_gap_closure"):
        with pytest.raises(DatabaseError), acting_as(bayu), connection.cursor() as cursor:
            cursor.execute(sql)


def test_the_desk_lists_closes_and_says_what_was_closed(work):
    with clock.standing_at(LATE + timedelta(minutes=1)):
        desk = signed_in(Client(), bayu)
        board = desk.get(reverse("posko:operation", args=[work[0]])).content.decode()
        listing = reverse("posko:numbers", args=[work[0]])
        assert listing in board
        address = reverse("posko:number-close", args=[work[0], DEVICE, 2, 3])
        assert address in desk.get(listing).content.decode()
        assert address not in signed_in(Client(), ratna).get(listing).content.decode()
        assert desk.post(address, {"because": ""}).status_code == 422
        assert desk.post(address, {"because": "Ponsel hilang."}).status_code == 302
        assert desk.get(address).status_code == 404
        page = desk.get(listing).content.decode()
        assert address not in page
        assert "Ponsel hilang." in page
