"""What is kept for many is as new as the news: nothing committed is missed, however late its number comes."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db import connection

from tests.cast import citra, hasan, intan, ratna
from tests.conftest import DAY
from timpora.kernel import clock
from timpora.kernel.access import Grant, P
from timpora.kernel.access.policy import reach
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as
from timpora.kernel.outbox.kept import Kept
from timpora.kernel.outbox.models import Message
from timpora.kernel.outbox.post import WINDOW, Pulse, publish, pulse

ABOUT = "00000000-0000-4000-8000-00000000abcd"
STILL = Pulse(0, 1, 1)
READ = P.FINDINGS_REPORT_READ


def beat(actor=ratna) -> Pulse:
    with acting_as(actor):
        return pulse(ABOUT, named="operation")


def said(place: str = "63.10", **payload: str) -> None:
    with acting_as(ratna):
        publish(Tag.FINDINGS_REPORTED, Subject(kind="report", id="x", places=(place,)), payload)


@pytest.mark.django_db
def test_the_pulse_grows_with_news_of_the_thing_and_with_no_other():
    quiet = beat()
    said(operation="another")
    assert (beat().last, beat().count) == (quiet.last, quiet.count)
    said(operation=ABOUT)
    assert beat() > quiet


@pytest.mark.django_db
def test_the_pulse_beats_within_the_territory():
    mine, foreign = beat(hasan), beat(citra)
    said(operation=ABOUT)
    assert beat(hasan) > mine
    assert beat(citra) == foreign


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_a_number_that_comes_late_is_counted_all_the_same(seed):
    """Numbers are drawn before commits: whatever the order of the commits, each makes the pulse grow."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('outbox_message_id_seq') FROM generate_series(1, %s)", [WINDOW // 2])
        numbers = [row[0] for row in cursor.fetchall()]
    Random(seed).shuffle(numbers)  # noqa: S311 - a fixed draw, no secret
    beats = [beat()]
    for number in numbers:
        with acting_as(ratna):
            Message.objects.create(
                id=number,
                tag=str(Tag.FINDINGS_REPORTED),
                subject_kind="report",
                subject_id=ABOUT,
                territories=["63.10", "63", "ID"],
                at=DAY,
            )
        beats.append(beat())
    assert all(one < other for one, other in pairwise(beats))


class Maker:
    """Counts how often something was worked out, and from what."""

    def __init__(self) -> None:
        self.times = 0
        self.before: object = None

    def __call__(self, before: str | None) -> str:
        self.times += 1
        self.before = before
        return f"gambar {self.times}"


def test_it_is_made_once_until_the_pulse_grows():
    kept, make = Kept[str, str](most=2, seconds=15), Maker()
    assert kept.get("a", STILL, make) == kept.get("a", STILL, make) == "gambar 1"
    assert kept.get("a", replace(STILL, count=2), make) == "gambar 2"
    assert make.before == "gambar 1"
    # Whoever asked before that news was there gets the newer one, too.
    assert kept.get("a", STILL, make) == "gambar 2"


def test_it_grows_old_by_the_programs_clock():
    kept, make = Kept[str, str](most=2, seconds=15), Maker()
    for later, times in ((0, 1), (14, 1), (16, 2), (-60, 3)):
        with clock.standing_at(DAY + timedelta(seconds=later)):
            kept.get("a", STILL, make)
        assert make.times == times


def test_the_oldest_gives_way():
    kept, make = Kept[str, str](most=2, seconds=15), Maker()
    for key in ("a", "b", "a", "c"):
        kept.get(key, STILL, make)
    assert make.times == 3
    kept.get("a", STILL, make)
    assert make.times == 3
    kept.get("b", STILL, make)
    assert make.times == 4


def test_a_fault_keeps_nothing():
    kept, make = Kept[str, str](most=2, seconds=15), Maker()

    def fail(_before: str | None) -> str:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - ours, three lines above
        kept.get("a", STILL, fail)
    assert kept.get("a", STILL, make) == "gambar 1"


def other(actor, **words):
    return replace(actor, grants=(replace(actor.grants[0], **words),))


def test_one_reach_is_one_territory_unit_seal_and_purpose():
    mine = reach(hasan, READ)
    assert reach(replace(hasan, id=ratna.id, name="Lain"), READ) == mine
    assert reach(other(hasan, territories=("63.10",)), READ) != mine
    assert reach(citra, READ) != mine
    assert reach(replace(hasan, purpose=None), READ) != mine
    assert reach(other(hasan, role="victim_protection_officer"), READ) != mine
    assert reach(intan, P.OPERATIONS_TARGET_READ) != reach(hasan, P.OPERATIONS_TARGET_READ)


def test_a_second_seat_widens_the_reach_even_where_it_grants_nothing():
    """Row-level security lets through the territories of all grants."""
    seat = Grant("dpo", "DITJEN", "DITJEN", ("ID",))
    assert reach(replace(hasan, grants=(*hasan.grants, seat)), READ) != reach(hasan, READ)


def test_a_role_bound_to_its_unit_shares_with_its_unit_only():
    desk = Grant("agency_member", "DISNAKER-63.10", "Disnaker", ("63.10",))
    lists = P.INTAKE_SUBMISSION_READ
    one = replace(hasan, grants=(desk,))
    assert reach(one, lists) != reach(other(one, unit_code="DISPAR-63.10"), lists)
