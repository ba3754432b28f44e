"""A team that does not go is dissolved: who and what it held is free again, and that it was there stays."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, citra, dodi, hasan
from tests.db.operations import encounters, world
from tests.web import signed_in
from timpora.apps.operations import actions, errors, queries
from timpora.apps.operations.models import Booking, Team, TeamMember
from timpora.domain.states import TargetState
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


def dissolved(team, by=bayu, because="Tidak jadi berangkat."):
    with acting_as(by):
        actions.team_dissolve(by, team_id=team, because=because)


def teams(operation, by=bayu):
    with acting_as(by):
        return [team.name for team in queries.team_list(by, operation)]


def test_officers_targets_and_the_name_are_free_for_another_team(operation):
    target = world.approved(operation)
    first = world.team(operation, target)
    with pytest.raises(errors.ThingBooked):
        world.team(operation, name="Regu 2")
    dissolved(first)
    assert teams(operation) == []
    with acting_as(bayu):
        assert queries.target_get(bayu, target).state is TargetState.APPROVED
        assert [step.after for step in queries.target_steps(bayu, target)][-1] == TargetState.APPROVED
        row = Team.objects.get(pk=first)
        assert (row.dissolved_by, row.dissolved_because) == ("Bayu", "Tidak jadi berangkat.")
        assert TeamMember.objects.get(team=first).name == "Dodi"
        assert all(one.released_at for one in Booking.objects.filter(team=first))
    world.issued(world.team(operation, target))
    assert teams(operation) == ["Regu 1"]
    with acting_as(dodi):
        assert [task.target.id for task in queries.task_list(dodi)] == [target]


def test_a_team_with_an_order_or_an_open_check_is_bound(operation):
    target = world.approved(operation)
    team = world.team(operation, target)
    with acting_as(bayu):
        order = actions.order_draft(bayu, team_id=team)
    with pytest.raises(errors.TeamBound):
        dissolved(team)
    with acting_as(bayu):
        actions.order_cancel(bayu, order_id=order, because="Salah hari.")
    check = encounters.reported(team)
    with pytest.raises(errors.TeamBound):
        dissolved(team)
    encounters.decided(check, is_approved=False)
    dissolved(team)


def test_once_with_a_reason_by_the_own_office_and_nothing_is_done_with_it_any_more(operation):
    team = world.team(operation)
    with pytest.raises(errors.ReasonMissing):
        dissolved(team, because=" \n")
    for by in (citra, dodi, hasan):
        if by is not hasan:
            with pytest.raises(AccessDenied):
                dissolved(team, by=by)
    with pytest.raises(AccessDenied):
        dissolved(team, by=replace(bayu, grants=citra.grants))
    dissolved(team)
    with pytest.raises(errors.TeamDissolved):
        dissolved(team)
    for act in (
        lambda: actions.team_assign(bayu, team_id=team, target_ids=[]),
        lambda: actions.team_equip(bayu, team_id=team, asset_ids=[]),
        lambda: actions.order_draft(bayu, team_id=team),
    ):
        with acting_as(bayu), pytest.raises(AccessDenied):
            act()
    with acting_as(dodi):
        assert queries.own_encounter_teams(dodi) == []
    with pytest.raises(AccessDenied):
        encounters.reported(team)


def test_the_page_offers_it_to_the_own_office_and_takes_it(operation):
    team = world.team(operation)
    desk = signed_in(Client(), bayu)
    listing, address = (
        reverse("operations:teams", args=[operation]),
        reverse("operations:team-dissolve", args=[operation, team]),
    )
    assert address in desk.get(listing).content.decode()
    assert "Tulis alasan" in desk.post(address, {"because": ""}, follow=True).content.decode()
    assert "Regu dibubarkan" in desk.post(address, {"because": "Batal."}, follow=True).content.decode()
    assert address not in desk.get(listing).content.decode()
    assert desk.post(address, {"because": "Batal."}).status_code == 404
    assert signed_in(Client(), citra).post(address, {"because": "x"}).status_code == 404
