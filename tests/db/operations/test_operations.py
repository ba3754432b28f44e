"""From the centre's opening to a team's tasks: who may, who sees, and what the database forbids."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.cast import bayu, citra, dodi, hasan, ratna
from tests.db.operations import world
from timpora.apps.identity.actions import INSTALLER
from timpora.apps.identity.models import User
from timpora.apps.operations import actions, errors, queries
from timpora.apps.operations.models import Order, Participation, Target, TargetStep, Team
from timpora.apps.operations.types import Ground, NewOperation, NewPhase, OrderWords, Readiness
from timpora.domain.states import OperationState, TargetState
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, NotHuman
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as
from timpora.kernel.documents.errors import LetterIncomplete
from timpora.kernel.documents.models import Series
from timpora.kernel.outbox.models import Message

pytestmark = pytest.mark.django_db


def tags(*wanted):
    with acting_as(ratna):
        return [m.tag for m in Message.objects.order_by("id") if m.tag.startswith(wanted)]


def test_the_whole_way_from_opening_to_tasks(operation, person):
    target = world.approved(operation, person_ids=[person])
    team = world.team(operation, target)
    with acting_as(dodi):
        assert queries.task_list(dodi) == []
        with pytest.raises(AccessDenied):
            queries.target_get(dodi, target)
    order = world.issued(team)
    with acting_as(dodi):
        [task] = queries.task_list(dodi)
        assert (
            queries.target_get(dodi, target).id == queries.order_get(dodi, order).team.target_ids[0] == target
        )
        assert (task.target.id, task.order_number) == (target, "W.19.IMI.IMI.2-GR.03.06-1/2024")
        assert [(p.name, p.document, p.permit) for p in task.persons] == [
            ("LI WEI", "E123", "ITAS s.d. 10-08-2024")
        ]
        assert task.steps[0].is_gate
        assert Entry.objects.filter(person_id=person, actor_id=dodi.id).exists()
    for outsider in (world.edi, citra):
        with acting_as(outsider):
            assert queries.task_list(outsider) == []
    assert tags("operations:operation", "operations:target:approved", "operations:order:issued") == [
        "operations:operation:opened",
        "operations:target:approved",
        "operations:order:issued",
    ]


def test_a_field_officer_without_a_purpose_is_logged_with_the_order_as_purpose(operation, person):
    order = world.issued(world.team(operation, world.approved(operation, person_ids=[person])))
    nobody = dodi.for_purpose(None)
    with acting_as(nobody):
        assert len(queries.task_list(nobody)[0].persons) == 1
        logged = Entry.objects.get(person_id=person, actor_id=dodi.id)
        assert queries.order_get(nobody, order).number in logged.purpose


def test_tasks_vanish_with_the_operation_and_with_a_withdrawn_target(operation):
    first, second = world.approved(operation), world.approved(operation, name="Hotel Ebony", lat=-3.5)
    world.issued(world.team(operation, first, second))
    with acting_as(hasan):
        actions.target_withdraw(hasan, target_id=second, because="Alamat keliru.")
    with acting_as(dodi):
        assert [t.target.id for t in queries.task_list(dodi)] == [first]
    for days, count in ((2, 1), (4, 0)):
        with clock.standing_at(clock.now() + timedelta(days=days)), acting_as(dodi):
            assert len(queries.task_list(dodi)) == count


def test_phases_hold_in_each_office_s_own_time(operation):
    with acting_as(ratna):
        view = queries.operation_get(ratna, operation)
    [phase] = view.phases
    assert phase.starts_at("Asia/Jayapura") == datetime(2024, 8, 20, 15, 0, tzinfo=UTC)
    assert phase.starts_at("Asia/Jakarta") == datetime(2024, 8, 20, 17, 0, tzinfo=UTC)
    at = datetime(2024, 8, 23, 15, 30, tzinfo=UTC)
    assert queries.phase_now(view, "Asia/Jakarta", at) == phase
    assert queries.phase_now(view, "Asia/Jayapura", at) is None


@pytest.mark.parametrize(
    ("day", "state"),
    [(20, OperationState.APPROVED), (22, OperationState.RUNNING), (24, OperationState.ENDED)],
)
def test_the_clock_says_whether_an_operation_runs(operation, day, state):
    with clock.standing_at(datetime(2024, 8, day, 2, tzinfo=UTC)), acting_as(ratna):
        assert queries.operation_get(ratna, operation).state is state


def test_only_the_centre_opens_for_all_and_an_office_only_for_itself():
    world.people()
    own = NewOperation(name="Operasi mandiri Batulicin", kind="mandiri", phases=(world.PHASE,))
    with acting_as(hasan):
        with pytest.raises(AccessDenied):
            actions.operation_open(hasan, new=world.NEW)
        with pytest.raises(AccessDenied):
            actions.operation_open(hasan, new=replace(own, offices=(world.PALEMBANG,)))
        made = actions.operation_open(hasan, new=own)
        assert [o.unit_code for o in queries.office_list(hasan, made)] == [world.BATULICIN]
    with acting_as(citra):
        assert queries.operation_list(citra) == []
        with pytest.raises(AccessDenied):
            queries.operation_get(citra, made)
    with acting_as(bayu), pytest.raises(AccessDenied):
        actions.operation_open(bayu, new=own)


def test_an_operation_needs_a_name_a_known_kind_and_a_phase_that_ends_after_it_begins():
    world.people()
    backwards = NewPhase("x", world.PHASE.ends_local, world.PHASE.starts_local)
    aware = NewPhase("x", datetime(2024, 8, 21, tzinfo=UTC), datetime(2024, 8, 22, tzinfo=UTC))
    for wrong in (
        {"name": " "},
        {"kind": "razia"},
        {"phases": ()},
        {"phases": (backwards,)},
        {"phases": (aware,)},
        {"offices": ("KANIM-TIDAK-ADA",)},
    ):
        with acting_as(ratna), pytest.raises(errors.OperationUnreadable):
            actions.operation_open(ratna, new=replace(world.NEW, **wrong))
    world.opened()
    with pytest.raises(errors.OperationCodeTaken):
        world.opened()


def test_an_office_answers_for_itself_and_a_lack_needs_words(operation):
    with acting_as(bayu):
        with pytest.raises(errors.ReadinessUnreadable):
            actions.office_answer(bayu, operation_id=operation, readiness=Readiness.PARTLY)
        with pytest.raises(AccessDenied):
            actions.office_answer(
                bayu, operation_id=operation, readiness=Readiness.READY, unit=world.PALEMBANG
            )
        actions.office_answer(bayu, operation_id=operation, readiness=Readiness.PARTLY, note="Satu mobil")
    with acting_as(ratna):
        found = {o.unit_code: o for o in queries.office_list(ratna, operation)}
        row = queries.operation_list(ratna)[0]
    assert (found[world.BATULICIN].readiness, found[world.BATULICIN].note) == (Readiness.PARTLY, "Satu mobil")
    assert found[world.PALEMBANG].readiness is Readiness.SILENT
    assert (row.offices, row.offices_answered) == (2, 1)
    with acting_as(citra):
        assert [o.unit_code for o in queries.office_list(citra, operation)] == [world.PALEMBANG]


def test_an_office_that_is_not_in_the_operation_adds_nothing_to_it():
    world.people()
    operation = world.opened(replace(world.NEW, offices=(world.PALEMBANG,)))
    with pytest.raises(errors.OfficeNotInOperation):
        world.proposed(operation)
    with acting_as(bayu), pytest.raises(errors.OfficeNotInOperation):
        actions.office_answer(bayu, operation_id=operation, readiness=Readiness.READY)


def test_after_the_end_nothing_is_added(operation):
    with acting_as(ratna):
        with pytest.raises(errors.ReasonMissing):
            actions.operation_close(ratna, operation_id=operation, because=" ")
        actions.operation_close(ratna, operation_id=operation, because="Tahap selesai.")
        assert queries.operation_get(ratna, operation).state is OperationState.ENDED
    with pytest.raises(errors.OperationClosed):
        world.proposed(operation)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"ground_text": ""},
        {"checks": "\0"},
        {"wilayah": "63"},
        {"wilayah": "tidak ada"},
        {"lat": 51.5},
        {"lng": float("nan")},
    ],
)
def test_a_proposal_lacks_nothing_that_makes_it_checkable(operation, wrong):
    with pytest.raises(errors.TargetUnreadable):
        world.proposed(operation, **wrong)
    assert world.proposed(operation)


def test_a_proposal_stays_within_the_proposer_s_territory_and_sight(operation, person):
    with pytest.raises(AccessDenied):
        world.proposed(operation, wilayah="16.71.01", lat=-2.98, lng=104.75)
    with pytest.raises(errors.PersonUnknown):
        world.proposed(operation, person_ids=[uuid4()])
    target = world.proposed(operation, person_ids=[person, person])
    with acting_as(citra):
        assert queries.target_list(citra, operation_id=operation) == []
        assert not Target.objects.exists()
        assert not TargetStep.objects.exists()
        with pytest.raises(AccessDenied):
            queries.target_get(citra, target)
    with acting_as(bayu):
        assert queries.target_get(bayu, target).person_ids == (person,)


def test_targets_of_an_office_are_numbered_one_by_one(operation):
    for lat in (-3.45, -3.46, -3.47):
        world.proposed(operation, lat=lat)
    with acting_as(ratna):
        codes = [t.code for t in queries.target_list(ratna, operation_id=operation)]
    assert codes == ["BATULICIN-01", "BATULICIN-02", "BATULICIN-03"]


def test_another_human_decides_once_and_a_refusal_says_why(operation):
    target = world.proposed(operation)
    twin = replace(bayu, grants=(*bayu.grants, *hasan.grants))
    with acting_as(twin), pytest.raises(errors.OwnProposal):
        actions.target_decide(twin, target_id=target, is_approved=True)
    with acting_as(hasan):
        with pytest.raises(NotHuman):
            actions.target_decide(replace(hasan, is_human=False), target_id=target, is_approved=True)
        with pytest.raises(errors.ReasonMissing):
            actions.target_decide(hasan, target_id=target, is_approved=False)
        actions.target_decide(hasan, target_id=target, is_approved=False, because="Dasar kurang.")
        with pytest.raises(errors.TargetDecided):
            actions.target_decide(hasan, target_id=target, is_approved=True)
        view = queries.target_get(hasan, target)
    assert (view.state, view.decided_by, view.because) == (TargetState.REFUSED, "Hasan", "Dasar kurang.")


def test_a_head_of_another_office_with_the_same_territory_does_not_decide(operation):
    target = world.proposed(operation)
    other = replace(hasan, grants=(replace(hasan.grants[0], unit_code=world.PALEMBANG),))
    with acting_as(other), pytest.raises(AccessDenied):
        actions.target_decide(other, target_id=target, is_approved=True)


def test_what_was_only_heard_can_be_refused_but_never_approved(operation):
    target = world.proposed(operation, ground=Ground.HEARSAY)
    with acting_as(hasan):
        with pytest.raises(errors.GroundUndocumented):
            actions.target_decide(hasan, target_id=target, is_approved=True)
        forced = {"decided_by_id": hasan.id, "decided_by": "Hasan", "decided_at": clock.now()}
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.filter(pk=target).update(state="disetujui", **forced)
        actions.target_decide(hasan, target_id=target, is_approved=False, because="Tidak tertulis.")


def test_the_database_says_no_where_the_program_forgets(operation):
    target = world.proposed(operation)
    team = world.team(operation, world.approved(operation, lat=-3.5))
    with acting_as(bayu):
        order = actions.order_draft(bayu, team_id=team)
    decided = {"decided_by": "Bayu", "decided_at": clock.now()}
    for wrong in (
        lambda: Target.objects.filter(pk=target).update(state="disetujui"),
        lambda: Target.objects.filter(pk=target).update(state="disetujui", decided_by_id=bayu.id, **decided),
        lambda: Target.objects.filter(pk=target).update(state="ditolak", decided_by_id=hasan.id, **decided),
        lambda: Target.objects.filter(pk=target).update(ground="kebangsaan"),
        lambda: TargetStep.objects.update(by="x"),
        lambda: Order.objects.filter(pk=order).update(state="diterbitkan"),
        lambda: Order.objects.filter(pk=order).update(
            issued_by_id=bayu.id, issued_by="x", issued_at=clock.now(), letter_id=uuid4(), number="1"
        ),
        lambda: Participation.objects.update(readiness="siap"),
    ):
        with acting_as(bayu), pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_a_post_is_printed_as_the_post_and_an_unknown_rank_not_at_all(operation):
    with acting_as(INSTALLER):
        User.objects.filter(pk=dodi.id).update(post="Analis Keimigrasian", rank="")
    target = world.approved(operation)
    with acting_as(bayu):
        order = actions.order_draft(bayu, team_id=world.team(operation, target, leader=dodi))
        official = queries.order_preview(bayu, order).letter.personnel[0]
    assert (official.name, official.rank, official.position) == ("Dodi", "", "Analis Keimigrasian")


def test_an_officer_is_in_one_team_at_a_time(operation):
    world.team(operation, name="Regu 1", leader=dodi)
    with pytest.raises(errors.ThingBooked, match=r"waktu itu: Dodi \(Regu 1, "):
        world.team(operation, name="Regu 2", leader=world.edi, member_ids=[dodi.id])
    with acting_as(bayu):
        assert Team.objects.count() == 1
    with pytest.raises(errors.TeamUnreadable):
        world.team(operation, name="Regu 1", leader=world.edi)
    later = NewPhase("Tahap III", datetime(2024, 10, 7), datetime(2024, 10, 10))  # noqa: DTZ001 - a wall time
    with acting_as(ratna):
        phase = actions.phase_add(ratna, operation_id=operation, phase=later)
    world.team(operation, name="Regu 1", leader=dodi, phase_id=phase)


def test_a_team_is_of_the_own_office_and_its_targets_are_approved_and_free(operation):
    with pytest.raises(errors.TeamUnreadable):
        world.team(operation, leader=citra)
    waiting = world.proposed(operation)
    with pytest.raises(errors.TargetNotFree):
        world.team(operation, waiting)
    target = world.approved(operation, lat=-3.5)
    first = world.team(operation, target)
    with pytest.raises(errors.TargetNotFree):
        world.team(operation, target, name="Regu 2", leader=world.edi)
    with acting_as(bayu):
        assert [t.target_ids for t in queries.team_list(bayu, operation)] == [(target,)]
        assert queries.target_get(bayu, target).team_ids == (first,)
    with acting_as(citra):
        assert queries.team_list(citra, operation) == []


def test_targets_join_a_team_until_its_order_is_issued(operation):
    team = world.team(operation, world.approved(operation))
    more, late = world.approved(operation, lat=-3.5), world.approved(operation, lat=-3.6)
    with acting_as(bayu):
        actions.team_assign(bayu, team_id=team, target_ids=[more])
    world.issued(team)
    with acting_as(bayu), pytest.raises(errors.OrderDecided):
        actions.team_assign(bayu, team_id=team, target_ids=[late])


def test_an_order_is_issued_once_by_another_before_the_last_day_is_over(operation):
    team = world.team(operation, world.approved(operation))
    with acting_as(bayu):
        order = actions.order_draft(bayu, team_id=team)
        assert actions.order_draft(bayu, team_id=team, words=OrderWords(funding="DIPA")) == order
        with pytest.raises(AccessDenied):
            actions.order_issue(bayu, order_id=order)
    twin = replace(bayu, grants=(*hasan.grants, *bayu.grants))
    with acting_as(twin), pytest.raises(errors.OwnOrder):
        actions.order_issue(twin, order_id=order)
    with (
        clock.standing_at(clock.now() + timedelta(days=3)),
        acting_as(hasan),
        pytest.raises(errors.OrderTooLate),
    ):
        actions.order_issue(hasan, order_id=order)
    with acting_as(hasan):
        number = actions.order_issue(hasan, order_id=order)
        with pytest.raises(errors.OrderDecided):
            actions.order_issue(hasan, order_id=order)
        view = queries.order_get(hasan, order)
    assert (view.number, view.issued_by, view.words.funding) == (number, "Hasan", "DIPA")
    assert (str(view.first_day), str(view.last_day)) == ("2024-08-21", "2024-08-23")
    with acting_as(bayu):
        with pytest.raises(errors.OrderExists):
            actions.order_draft(bayu, team_id=team)
        with pytest.raises(errors.OrderDecided):
            actions.order_cancel(bayu, order_id=order, because="salah")


def test_an_incomplete_order_takes_no_number(operation):
    team = world.team(operation)
    books = list(Series.objects.values_list())  # Races of other tests may have left theirs.
    with acting_as(bayu):
        order = actions.order_draft(bayu, team_id=team)
        assert [hole.path for hole in queries.order_preview(bayu, order).missing] == ["places"]
    with acting_as(hasan), pytest.raises(LetterIncomplete):
        actions.order_issue(hasan, order_id=order)
    assert list(Series.objects.values_list()) == books
    with acting_as(bayu):
        actions.team_assign(bayu, team_id=team, target_ids=[world.approved(operation)])
    with acting_as(hasan):
        assert actions.order_issue(hasan, order_id=order).endswith("-1/2024")


def test_a_cancelled_draft_leaves_room_for_a_new_one(operation):
    team = world.team(operation, world.approved(operation))
    with acting_as(bayu):
        order = actions.order_draft(bayu, team_id=team)
        with pytest.raises(errors.ReasonMissing):
            actions.order_cancel(bayu, order_id=order, because="")
        actions.order_cancel(bayu, order_id=order, because="Regu berubah.")
        assert actions.order_draft(bayu, team_id=team) != order


def test_a_visit_is_noted_once_and_only_by_the_team(operation):
    target = world.approved(operation)
    world.issued(world.team(operation, target))
    with acting_as(world.edi), pytest.raises(AccessDenied):
        actions.target_visit(world.edi, target_id=target)
    with acting_as(dodi):
        assert actions.target_visit(dodi, target_id=target)
        assert not actions.target_visit(dodi, target_id=target)
        assert [t.target.state for t in queries.task_list(dodi)] == [TargetState.VISITED]


def test_two_targets_at_one_place_or_for_one_person_warn_each_other(operation, person):
    first = world.proposed(operation, person_ids=[person])
    near = world.proposed(operation, lat=-3.4505, name="Gudang", address="Jalan Kedua 2")
    far_same = world.proposed(operation, lat=-3.9, person_ids=[person], name="Toko", address="Jalan Ketiga 3")
    alone = world.proposed(operation, lat=-3.7, name="Kapal", address="Dermaga 4")
    with acting_as(bayu):
        found = queries.target_twins(bayu, operation)
    assert [(t.target.id, t.has_same_person) for t in found[first]] == [(near, False), (far_same, True)]
    assert 50 < found[near][0].metres < 60
    assert alone not in found


def test_lists_ask_a_fixed_number_of_questions(operation, person, django_assert_num_queries):
    def counted():
        with acting_as(bayu):
            with django_assert_num_queries(4):
                queries.target_list(bayu, operation_id=operation)
            with django_assert_num_queries(4):
                queries.team_list(bayu, operation)
        with acting_as(ratna), django_assert_num_queries(2):
            queries.operation_list(ratna)
        with acting_as(dodi), django_assert_num_queries(12):
            queries.task_list(dodi)

    one = world.approved(operation, person_ids=[person])
    world.issued(world.team(operation, one, name="Regu 0"))
    counted()
    more = [world.approved(operation, lat=-3.5 - n / 10, person_ids=[person]) for n in range(3)]
    later = NewPhase("Tahap III", datetime(2024, 8, 24), datetime(2024, 8, 26))  # noqa: DTZ001 - a wall time
    with acting_as(ratna):
        phase = actions.phase_add(ratna, operation_id=operation, phase=later)
    world.issued(world.team(operation, *more, name="Regu 1", phase_id=phase))
    counted()
