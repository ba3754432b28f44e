"""A phone's numbers are one officer's: nobody fills his gaps, and the phone says how far they reach (P5)."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.cast import bayu, citra, dodi, hasan, ratna
from tests.conftest import DAY
from tests.db.findings.field import BUDI, DEVICE, at_work, visit
from tests.db.findings.test_devices import met, phones, revoked
from tests.db.findings.test_numbers import LATE, numbered, office_name, sent, shown, spans
from tests.db.operations import world
from tests.db.operations.world import edi
from timpora.apps.findings import actions, errors, queries
from timpora.apps.findings.models import Report
from timpora.apps.findings.owning import FURTHEST, device_is_others, device_of
from timpora.apps.findings.phone_models import DeviceOwner
from timpora.apps.findings.types import Doubt
from timpora.config.settings_test import APP_ROLE
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
OTHER = UUID(int=7)


@pytest.fixture
def work():
    return at_work()


@pytest.fixture
def both(work):
    """Dodi's team, and another team of the same office with Edi."""
    there = world.approved(work[0], name="Gudang")
    world.issued(world.team(work[0], there, name="Regu 2", leader=edi))
    return work, (work[0], there)


def doubts():
    with acting_as(ratna):
        return {row.officer_name: row.doubts for row in Report.objects.order_by("received_at")}


def test_the_report_of_another_is_kept_and_marked_and_fills_no_gap(both):
    mine, others = both
    numbered(mine, 1, 4)
    assert not sent(visit(*others, BUDI, device_seq=2), by=edi).is_conflict
    assert Doubt.DEVICE_FOREIGN in doubts()[edi.name]
    assert Doubt.DEVICE_FOREIGN not in doubts()["Dodi"]
    assert spans(shown(mine[0])) == [(2, 3)]
    (gap,) = shown(mine[0])
    assert gap.officer_name == "Dodi"
    # The owner's own fills it.
    numbered(mine, 2, 3)
    assert shown(mine[0]) == ()


def test_whoever_names_the_phone_of_another_is_not_noted_with_it(work):
    assert met()
    assert not met(by=edi)
    assert [phone.officers for phone in phones()] == [("Dodi",)]
    # Nor is it taken out of use by being named where somebody may revoke.
    with pytest.raises(AccessDenied):
        revoked(citra)
    assert not met(by=citra)
    with pytest.raises(AccessDenied):
        revoked(citra)
    assert not queries.device_is_revoked(DEVICE)


def test_whoever_comes_first_has_it_by_contact_or_by_report(both):
    mine, _ = both
    assert met(by=edi, device=OTHER)
    sent(visit(*mine, device_id=OTHER))
    assert Doubt.DEVICE_FOREIGN in doubts()["Dodi"]
    sent(visit(*mine))
    assert not met(by=edi)
    assert device_is_others(DEVICE, edi.id)
    assert not device_is_others(DEVICE, dodi.id)
    assert device_of(dodi.id, [OTHER, DEVICE]) == DEVICE
    assert device_of(edi.id, [DEVICE, uuid4(), OTHER]) == OTHER
    free = uuid4()
    assert device_of(bayu.id, [DEVICE, free]) == free
    assert device_of(bayu.id, [DEVICE, OTHER]) is None


def test_what_the_phone_gave_and_never_sent_is_missing_and_turns_red(work):
    numbered(work, 1, 2)
    met(last=4)
    (gap,) = shown(work[0])
    assert (gap.first, gap.last, gap.since, gap.is_red) == (3, 4, DAY, True)
    assert (gap.officer_name, gap.unit_name, gap.device_id) == ("Dodi", office_name(), DEVICE)
    assert [gap.is_red for gap in shown(work[0], at=LATE - timedelta(seconds=1))] == [False]
    numbered(work, 3, at=LATE)
    assert spans(shown(work[0])) == [(4, 4)]
    numbered(work, 4, at=LATE)
    assert shown(work[0]) == ()


def test_a_form_that_tells_no_number_tells_how_many_wait(work):
    numbered(work, 1, 3)
    met(queue=2)
    assert spans(shown(work[0])) == [(2, 2), (4, 4)]


def test_a_phone_of_which_nothing_ever_arrived_is_missed_in_the_operations_of_its_office(work):
    met(last=2)
    assert spans(shown(work[0], by=hasan)) == [(1, 2)]
    assert shown(work[0], by=citra) == ()
    with acting_as(ratna):
        assert '"reach":2' in Entry.objects.get(tag="findings:device:met").body


def test_what_is_outstanding_stays_known_since_it_was_told_first(work):
    numbered(work, 1)
    for minute, last in ((0, 3), (4, 5), (8, 6)):
        met(last=last, at=DAY + timedelta(minutes=minute))
    assert [(gap.first, gap.last, gap.is_red) for gap in shown(work[0])] == [(2, 6, True)]
    # Told anew after all of it arrived, it is known anew.
    numbered(work, 2, 3, 4, 5, 6, at=LATE)
    met(last=7, at=LATE)
    assert [(gap.first, gap.since) for gap in shown(work[0])] == [(7, LATE)]


def test_a_number_made_up_reaches_no_further_than_one_can_close_by_hand(work):
    numbered(work, 1)
    met(last=2**53)
    assert spans(shown(work[0])) == [(2, 1 + FURTHEST)]
    with clock.standing_at(LATE), acting_as(bayu):
        actions.gap_close(
            bayu, operation_id=work[0], device_id=DEVICE, first=2, last=1 + FURTHEST, because="Salah."
        )
    assert shown(work[0]) == ()
    with clock.standing_at(LATE), acting_as(bayu), pytest.raises(errors.GapMoved):
        actions.gap_close(bayu, operation_id=work[0], device_id=DEVICE, first=2, last=2, because="Salah.")


def test_phones_of_before_are_of_whoever_used_them_first(both):
    mine, _ = both
    numbered(mine, 1, at=DAY + timedelta(hours=1))
    numbered(mine, 3, at=DAY + timedelta(hours=2))
    met(by=edi, device=OTHER)
    migration = import_module("timpora.apps.findings.migrations.0010_device_owner")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SELECT set_config('timpora.territories', '', true)")
        cursor.execute("CREATE TEMPORARY TABLE findings_device_owner (LIKE public.findings_device_owner)")
        migration.fill(None, SimpleNamespace(connection=connection))
        cursor.execute("SELECT * FROM findings_device_owner ORDER BY since")
        found = cursor.fetchall()
        cursor.execute(f"DROP TABLE pg_temp.findings_device_owner; SET ROLE {APP_ROLE}")
    assert found == [
        (OTHER, edi.id, DAY, 0, 0, 0, None),
        (DEVICE, dodi.id, DAY + timedelta(hours=1), 2, 3, 0, None),
    ]
    assert DeviceOwner.objects.get(pk=DEVICE).highest == 3
