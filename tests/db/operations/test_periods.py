"""Event periods tag what falls into them, and give nobody a power."""

import html
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, hasan, ratna
from tests.db.operations import world
from tests.web import signed_in
from timpora.apps.operations import actions, errors, queries
from timpora.apps.operations.models import EventPeriod
from timpora.apps.operations.types import NewOperation, NewPeriod, NewPhase
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carried")]
ROOT = Path(__file__).resolve().parents[3]


def noted(first=date(2024, 8, 23), last=date(2024, 11, 27), regions=("ID",), by=ratna, **words):
    new = NewPeriod(**({"name": "Pilkada", "basis": "PKPU 2/2024"} | words), first_day=first, last_day=last,
        regions=regions)  # fmt: skip
    with acting_as(by):
        return actions.period_add(by, new=new)


def tags(operation, by=bayu):
    with acting_as(by):
        return [p.name for p in queries.periods_of(by, queries.operation_get(by, operation))]


@pytest.mark.parametrize(
    ("first", "last", "is_tagged"),
    [
        (date(2024, 8, 23), date(2024, 11, 27), True),
        (date(2024, 8, 1), date(2024, 8, 21), True),
        (date(2024, 8, 24), date(2024, 11, 27), False),
        (date(2024, 8, 1), date(2024, 8, 20), False),
    ],
)
def test_an_operation_is_tagged_by_the_days_it_shares(operation, first, last, is_tagged):
    noted(first, last)
    assert tags(operation) == (["Pilkada"] if is_tagged else [])


def test_a_period_of_another_region_does_not_tag_an_office_s_own_operation():
    world.people()
    phase = NewPhase("Tahap", datetime(2024, 8, 21), datetime(2024, 8, 24))  # noqa: DTZ001 - wall times
    with acting_as(hasan):
        own = actions.operation_open(hasan, new=NewOperation(name="Sendiri", kind="mandiri", phases=(phase,)))
    noted(regions=("16.01",), name="OKU")
    assert tags(own) == []
    noted(regions=("63",), name="Kalsel")
    assert tags(own) == ["Kalsel"]


def test_the_centre_alone_notes_and_withdraws_with_a_reason(operation):
    with pytest.raises(AccessDenied):
        noted(by=hasan)
    period = noted()
    with acting_as(hasan), pytest.raises(AccessDenied):
        actions.period_withdraw(hasan, period_id=period, because="Keliru.")
    with acting_as(ratna), pytest.raises(errors.ReasonMissing):
        actions.period_withdraw(ratna, period_id=period, because=" ")
    assert tags(operation) == ["Pilkada"]
    with acting_as(ratna):
        actions.period_withdraw(ratna, period_id=period, because="Keliru.")
        with pytest.raises(AccessDenied):
            actions.period_withdraw(ratna, period_id=period, because="Lagi.")
        assert EventPeriod.objects.get(pk=period).because == "Keliru."
    assert tags(operation) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"basis": ""},
        {"regions": ()},
        {"regions": ("99.99",)},
        {"regions": ("x",)},
        {"first": date(2024, 11, 28)},
        {"first": date.min},
        {"last": date.max},
        {"first": date.max, "last": date.max},
    ],
)
def test_a_period_says_what_when_where_and_on_what_ground(wrong):
    world.people()
    with pytest.raises(errors.PeriodUnreadable):
        noted(**wrong)
    noted()


def test_no_rule_right_or_list_reads_a_period():
    readers = {
        path.relative_to(ROOT / "timpora").as_posix()
        for path in (ROOT / "timpora").rglob("*.py")
        if "EventPeriod" in path.read_text() or "periods_of" in path.read_text()
    }
    assert readers == {
        "apps/operations/migrations/0010_event_periods.py",
        "apps/operations/models.py",
        "apps/operations/periods.py",
        "apps/operations/plan_models.py",
        "apps/operations/queries.py",
        "interface/web/operation_parts.py",
    }


def test_a_period_is_noted_read_by_offices_and_withdrawn_on_its_page(operation):
    centre, office = signed_in(Client(), ratna), signed_in(Client(), bayu)
    url, add = reverse("operations:periods"), reverse("operations:period-add")
    words = {"name": "Pilkada 2024", "basis": "PKPU", "first_day": "2024-08-23"}
    assert "Belum ada periode" in office.get(url).content.decode()
    assert "Catat periode" not in office.get(url).content.decode()
    assert centre.post(add, words | {"last_day": "2024-08-22"}).status_code == 422
    assert centre.post(add, words | {"last_day": "2024-11-27", "regions": "63.10, 16.01"}).status_code == 302
    shown = html.unescape(office.get(url).content.decode())
    assert "Tanah Bumbu" in shown
    assert "23-08-2024 s.d. 27-11-2024" in shown
    page = reverse("operations:operation", args=[operation])
    assert "Pilkada 2024" in office.get(page).content.decode()
    (withdraw,) = {part for part in centre.get(url).content.decode().split('"') if part.endswith("/tarik")}
    assert office.post(withdraw, {"because": "Keliru."}).status_code == 404
    centre.post(withdraw, {"because": ""})
    assert "Pilkada 2024" in office.get(page).content.decode()
    centre.post(withdraw, {"because": "Keliru."})
    assert "Pilkada 2024" not in office.get(page).content.decode()
