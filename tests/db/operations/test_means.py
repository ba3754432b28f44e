"""What an office has against what it needs, and that nobody and nothing is in two places at once."""

from datetime import date, datetime
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import bayu, citra, dodi, hasan, officer, ratna
from tests.committed import committing
from tests.db.operations import world
from tests.web import enrolled
from timpora.apps.operations import actions, errors, queries
from timpora.apps.operations.models import Asset, Booking, Need
from timpora.apps.operations.types import NewAbsence, NewOperation, NewPhase
from timpora.config.settings_test import APP_ROLE
from timpora.domain.supply import Resource
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as

CAR = [("Toyota Hilux", "DA 8123 ZK")]
LATER = NewPhase("Tahap III", datetime(2024, 8, 26), datetime(2024, 8, 28))  # noqa: DTZ001 - wall times


def cars(*items, by=bayu, resource=Resource.CAR):
    with acting_as(by):
        return actions.asset_add(by, resource=resource, items=items or CAR)


def phases(operation):
    with acting_as(bayu):
        return queries.operation_get(bayu, operation).phases


def need(operation, by=bayu, target=None, **numbers):
    told = {Resource[name.upper()]: number for name, number in numbers.items()}
    (phase, *_) = phases(operation)
    with acting_as(by):
        actions.need_write(by, phase_id=phase.id, numbers=told, target_id=target)


def supply(operation, by=ratna, unit=world.BATULICIN):
    with acting_as(by):
        view = queries.operation_get(by, operation)
        return queries.supply_list(by, operation, view.phase_next(clock.now())).get(unit)


def line(operation, resource, **words):
    return next(s for s in supply(operation, **words).supplies if s.resource is resource)


@pytest.mark.django_db
def test_the_need_is_set_against_what_is_there_and_the_centre_sees_what_is_short(operation):
    cars()
    cars(("Radio", "INV-1"), ("Radio", "INV-2"), resource=Resource.RADIO)
    need(operation, personnel=5, car=3, radio=1)
    for by in (ratna, hasan):
        found = line(operation, Resource.CAR, by=by)
        assert (found.needed, found.held, found.free, found.short) == (3, 1, 1, 2)
        assert line(operation, Resource.RADIO, by=by).short == 0
        # Bayu, Dodi and Edi may go; Hasan signs.
        assert line(operation, Resource.PERSONNEL, by=by).short == 2
        assert supply(operation, by=by).short == 4
    assert supply(operation, by=citra) is None


@pytest.mark.django_db
def test_a_target_adds_its_need_until_it_is_gone(operation):
    target = world.approved(operation)
    need(operation, car=1)
    need(operation, car=2, target=target)
    assert line(operation, Resource.CAR).needed == 3
    need(operation, car=4)
    assert line(operation, Resource.CAR).needed == 6
    with acting_as(hasan):
        actions.target_withdraw(hasan, target_id=target, because="Sudah tutup.")
    assert line(operation, Resource.CAR).needed == 4
    with acting_as(bayu):
        assert [(v.target_id, v.numbers) for v in queries.need_list(bayu, operation, world.BATULICIN)] == [
            (None, ((Resource.CAR, 4),))
        ]


@pytest.mark.django_db
def test_a_team_keeps_its_phase_and_another_operation_finds_less(operation):
    (car,) = cars()
    world.team(operation, asset_ids=[car])
    other = world.opened(world.NewOperation(name="Natal", kind="serentak", phases=(world.PHASE,)))
    assert line(operation, Resource.CAR).free == 1
    assert line(other, Resource.CAR).free == 0
    assert line(other, Resource.PERSONNEL).taken == 1
    later = world.opened(world.NewOperation(name="Sesudahnya", kind="serentak", phases=(LATER,)))
    assert line(later, Resource.CAR).free == 1


@pytest.mark.django_db
def test_who_or_what_is_booked_is_named_with_where_and_until_when(operation):
    (car,) = cars()
    world.team(operation, asset_ids=[car])
    until = r"\(Regu 1, Jagratara Tahap II\) sampai 23-08-2024 24\.00 WITA"
    with pytest.raises(errors.ThingBooked, match=rf"Toyota Hilux DA 8123 ZK {until}"):
        world.team(operation, name="Regu 2", leader=world.edi, asset_ids=[car])
    with pytest.raises(errors.ThingBooked, match=rf"Dodi {until}"):
        world.team(operation, name="Regu 2", leader=dodi)
    with acting_as(bayu):
        assert [team.name for team in queries.team_list(bayu, operation)] == ["Regu 1"]


@pytest.mark.django_db
def test_the_database_itself_refuses_a_second_booking(operation):
    (car,) = cars()
    world.team(operation, asset_ids=[car])
    with acting_as(bayu):
        row = Booking.objects.get(thing_id=car)
        row.pk, row.team, row.because = None, None, "Servis"
        with pytest.raises(IntegrityError, match="booked_once_at_a_time"), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.django_db
def test_who_is_away_is_in_no_team_and_may_come_back(operation):
    days = NewAbsence(dodi.id, date(2024, 8, 23), date(2024, 8, 25), "Cuti")
    with acting_as(bayu):
        booking = actions.absence_note(bayu, new=days)
    need(operation, personnel=3)
    assert line(operation, Resource.PERSONNEL).short == 1
    with pytest.raises(errors.ThingBooked, match=r"Dodi \(Cuti\) sampai 25-08-2024 24\.00 WITA"):
        world.team(operation)
    with acting_as(citra), pytest.raises(AccessDenied):
        actions.absence_cancel(citra, booking_id=booking)
    with acting_as(bayu):
        actions.absence_cancel(bayu, booking_id=booking)
    world.team(operation)
    with acting_as(bayu), pytest.raises(errors.ThingBooked, match="Regu 1"):
        actions.absence_note(bayu, new=days)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"because": " "},
        {"first_day": date(2024, 8, 26)},
        {"thing_id": uuid4()},
        {"thing_id": citra.id},
        {"last_day": date.max},
    ],
)
def test_an_absence_is_of_the_office_and_has_its_reason(operation, wrong):
    right = {
        "thing_id": dodi.id,
        "first_day": date(2024, 8, 23),
        "last_day": date(2024, 8, 25),
        "because": "C",
    }
    with acting_as(bayu):
        with pytest.raises(errors.AbsenceUnreadable):
            actions.absence_note(bayu, new=NewAbsence(**(right | wrong)))
        actions.absence_note(bayu, new=NewAbsence(**right))


@pytest.mark.django_db
def test_a_thing_that_is_broken_is_not_there_and_says_why(operation):
    (car,) = cars()
    with acting_as(bayu), pytest.raises(errors.ReasonMissing):
        actions.asset_change(bayu, asset_id=car, is_usable=False)
    with acting_as(bayu):
        actions.asset_change(bayu, asset_id=car, is_usable=False, because="Mesin")
    assert line(operation, Resource.CAR).held == 0
    with pytest.raises(errors.TeamUnreadable):
        world.team(operation, asset_ids=[car])
    with acting_as(bayu):
        actions.asset_change(bayu, asset_id=car, is_usable=True)
    world.team(operation, asset_ids=[car])
    with acting_as(citra), pytest.raises(AccessDenied):
        actions.asset_change(citra, asset_id=car, is_usable=True)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [[("Hilux", "")], [("", "DA 1")], [], CAR, [("A", "1"), ("B", "1")]])
def test_a_thing_has_a_name_and_a_number_of_its_own(operation, wrong):
    cars()
    with pytest.raises(errors.AssetUnreadable):
        cars(*wrong) if wrong else _none()
    cars(("Hilux", "DA 2"))


def _none():
    with acting_as(bayu):
        actions.asset_add(bayu, resource=Resource.CAR, items=[])


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"car": -1}, {"car": 1000}, {}])
def test_a_need_is_a_number(operation, wrong):
    with pytest.raises(errors.NeedUnreadable):
        need(operation, **wrong)
    need(operation, car=0)


@pytest.mark.django_db
def test_a_need_is_for_the_own_office_and_its_targets(operation):
    enrolled(citra)
    theirs = world.proposed(operation, citra, wilayah="16.71.01", lat=-2.9, lng=104.7)
    with pytest.raises(errors.NeedUnreadable):
        need(operation, car=1, target=theirs)
    need(operation, by=citra, car=1, target=theirs)
    with acting_as(citra):
        assert Need.objects.count() == 1
    with acting_as(bayu):
        assert Need.objects.count() == 0


@pytest.mark.django_db
def test_a_team_changes_its_car_and_gives_the_first_back(operation):
    first, second = cars(("Hilux", "DA 1"), ("Avanza", "DA 2"))
    team = world.team(operation, asset_ids=[first])
    with acting_as(bayu):
        actions.team_equip(bayu, team_id=team, asset_ids=[second], vehicles="Pinjaman Pemda")
        things = queries.team_things(bayu, operation)[team]
        assert [one.name for one in things] == ["Avanza DA 2"]
        assert queries.team_list(bayu, operation)[0].vehicles == "Pinjaman Pemda"
    world.team(operation, name="Regu 2", leader=world.edi, asset_ids=[first])
    with acting_as(bayu), pytest.raises(errors.ThingBooked, match="Regu 2"):
        actions.team_equip(bayu, team_id=team, asset_ids=[first, second])
    with acting_as(bayu):
        assert [one.name for one in queries.team_things(bayu, operation)[team]] == ["Avanza DA 2"]
    with acting_as(citra), pytest.raises(AccessDenied):
        actions.team_equip(citra, team_id=team, asset_ids=[])


@pytest.mark.django_db
def test_what_an_office_has_is_seen_by_the_office_and_counted_for_the_centre(operation):
    (car,) = cars()
    world.team(operation, asset_ids=[car])
    with acting_as(bayu):
        view = queries.means_get(bayu)
    assert [(a.label, [b.team_name for b in a.bookings]) for a in view.assets] == [
        ("Toyota Hilux · DA 8123 ZK", ["Regu 1"])
    ]
    assert {one.name: [b.team_name for b in one.bookings] for one in view.staff}["Dodi"] == ["Regu 1"]
    with acting_as(citra):
        assert Asset.objects.count() == Booking.objects.count() == 0
    with acting_as(ratna), pytest.raises(AccessDenied):
        queries.means_get(ratna)


@pytest.mark.django_db
def test_the_numbers_of_all_offices_take_five_statements(operation, django_assert_num_queries):
    cars()
    need(operation, car=2)
    world.team(operation)
    with acting_as(ratna):
        view = queries.operation_get(ratna, operation)
        phase = view.phase_next(clock.now())
        with django_assert_num_queries(5):
            assert len(queries.supply_list(ratna, operation, phase)) > 1


UNIT, PLACE = "UKK-SARANA", "94.01"
DESKS = [officer(f"Kasi sarana {n}", "inteldakim_head", UNIT, PLACE) for n in range(6)]


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    with committing(django_db_blocker, APP_ROLE):
        yield


def test_of_six_desks_that_want_one_car_and_one_officer_at_once_one_gets_them(committed):
    sought = officer("Petugas sarana", "field_officer", UNIT, PLACE)
    head = officer("Kepala sarana", "kanim_head", UNIT, PLACE)
    for actor in (*DESKS, sought, head):
        enrolled(actor)
    new = NewOperation(name=f"Lomba {uuid4()}", kind="mandiri", phases=(world.PHASE,))
    with acting_as(head):
        operation = actions.operation_open(head, new=new)
    (car,) = cars(by=DESKS[0])
    results, together = [], Barrier(len(DESKS))

    def form(n):
        together.wait()
        # Every second desk asks for the car with an officer of its own, the others for the officer.
        leader, things = (DESKS[n].id, [car]) if n % 2 else (sought.id, [car])
        try:
            with acting_as(DESKS[n]):
                actions.team_form(
                    DESKS[n],
                    operation_id=operation,
                    name=f"Regu {n}",
                    leader_id=leader,
                    member_ids=(),
                    asset_ids=things,
                )
            results.append(f"Regu {n}")
        except errors.ThingBooked as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=form, args=(n,)) for n in range(len(DESKS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with acting_as(head):
        rows = list(
            Booking.objects.filter(thing_id=car, released_at=None).values_list("team__name", flat=True)
        )
    (winner,) = [one for one in results if isinstance(one, str)]
    assert rows == [winner]
    assert len(results) == len(DESKS)
    assert all(winner in str(one) for one in results)
