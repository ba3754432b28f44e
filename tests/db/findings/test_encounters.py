"""A check without an order: reported first, approved by another, and its order follows (Pasal 30)."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.cast import bayu, citra, dodi, hasan, machine, officer, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, visit
from tests.db.operations import encounters, world
from tests.web import signed_in
from timpora.apps.findings import actions as findings
from timpora.apps.findings import queries as told
from timpora.apps.findings.errors import EncounterUnknown, TaskUnknown
from timpora.apps.findings.types import Outcome
from timpora.apps.operations import actions, errors, queries
from timpora.apps.operations.types import OrderWords
from timpora.domain.states import EncounterState, OrderState
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, NotHuman
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as
from timpora.kernel.documents import queries as documents
from timpora.kernel.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    world.people()
    return world.team(world.opened())


def operation_of(team):
    with acting_as(bayu):
        return queries.operation_list(bayu)[0].operation.id


def met(team, *checked, by=dodi, **words):
    """Send what came of the team's check."""
    encounter = words.pop("encounter_id", None) or encounters.approved(team)
    report = visit(operation_of(team), None, *checked, encounter_id=encounter, **words)
    with acting_as(by):
        findings.report_submit(by, report=report)
    return encounter


def seen(encounter, by=bayu):
    with acting_as(by):
        return queries.encounter_get(by, encounter)


def issue(order, because="", by=hasan):
    with acting_as(by):
        return actions.order_issue(by, order_id=order, because=because)


def test_a_finding_makes_the_order_follow_until_the_next_day(team):
    encounter = met(team, ANNA)
    view = seen(encounter)
    assert view.state is EncounterState.FOUND
    assert (view.check_on, view.clock.last_day) == (date(2024, 8, 22), date(2024, 8, 23))
    assert view.order_state is OrderState.TO_FOLLOW
    assert view.owes_order
    with acting_as(hasan):
        (due,) = queries.orders_due(hasan)
    assert (due.order_id, due.clock.is_late) == (view.order_id, False)

    number = issue(view.order_id)
    view = seen(encounter)
    assert (view.order_number, view.owes_order, view.clock.is_late) == (number, False, False)
    with acting_as(bayu):
        order = queries.order_get(bayu, view.order_id)
        file = documents.letter_get(hasan, order.letter_id)
    assert [step.after for step in order.steps] == [OrderState.TO_FOLLOW, OrderState.ISSUED]
    printed = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(file.pdf)).pages).split())
    assert "patut diduga melanggar hukum" in printed
    assert "Gudang di Simpang Empat" in printed
    assert "lewat dari batasnya" not in printed
    assert "mesin tanpa pengawas" not in printed, "what was said of somebody is not for the paper"


def test_without_a_finding_no_order_follows_until_a_second_report_brings_one(team):
    encounter = met(team, BUDI)
    assert (seen(encounter).state, seen(encounter).order_id) == (EncounterState.NIL, None)
    met(team, ANNA, encounter_id=encounter, device_seq=2)
    assert seen(encounter).owes_order
    met(team, BUDI, encounter_id=encounter, device_seq=3)
    assert seen(encounter).state is EncounterState.FOUND


def test_a_late_order_says_that_it_is_late_and_why(team):
    encounter = met(team, ANNA)
    order = seen(encounter).order_id
    with clock.standing_at(DAY + timedelta(days=3)):
        assert seen(encounter).clock.days_late == 2
        with pytest.raises(errors.LateReasonMissing):
            issue(order)
        issue(order, "Kepala kantor sakit.")
        view = seen(encounter)
        with acting_as(bayu):
            file = documents.letter_get(hasan, queries.order_get(bayu, order).letter_id)
            news = Message.objects.get(subject_id=str(order), tag=Tag.OPERATIONS_ORDER_ISSUED_LATE)
    printed = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(file.pdf)).pages).split())
    assert "2 hari lewat dari batasnya (23-08-2024): Kepala kantor sakit." in printed
    assert news.payload["operation"] == str(view.operation_id)
    with clock.standing_at(DAY + timedelta(days=30)):
        assert seen(encounter).clock.days_late == 2, "it stands as it stood on the day of the order"


def test_a_report_that_waited_without_signal_starts_the_clock_on_the_day_of_the_check(team):
    encounter = encounters.approved(team)
    with clock.standing_at(DAY + timedelta(days=2)):
        met(team, ANNA, encounter_id=encounter, captured_at=DAY + timedelta(hours=1))
        assert seen(encounter).clock.is_late
    # A phone that shows another year moves nothing.
    other = encounters.reported(team, because="Orang lain.")
    met(team, ANNA, encounter_id=encounters.decided(other), captured_at=DAY - timedelta(days=900))
    assert seen(other).check_on == date(2024, 8, 22)


def test_nobody_reports_on_what_was_not_approved(team):
    waiting = encounters.reported(team, because="Belum diputus.")
    refused = encounters.decided(encounters.reported(team, because="Lain."), is_approved=False)
    fine = encounters.approved(team)
    for encounter, by in ((waiting, dodi), (refused, dodi), (fine, world.edi)):
        with pytest.raises((EncounterUnknown, TaskUnknown)):
            met(team, ANNA, encounter_id=encounter, by=by)
    target = world.approved(operation_of(team))
    with pytest.raises(EncounterUnknown):
        met(team, ANNA, encounter_id=fine, target_id=target)
    met(team, ANNA, encounter_id=fine)


def test_only_another_human_of_the_office_decides_and_only_once(team):
    encounter = encounters.reported(team)
    for by in (citra, bayu, dodi, ratna):
        with pytest.raises(AccessDenied):
            encounters.decided(encounter, by)
    with pytest.raises(errors.OwnEncounter):
        encounters.decided(encounters.reported(team, by_head := head_in(team)), by_head)
    with pytest.raises(NotHuman):
        encounters.decided(encounter, replace(hasan, is_human=False))
    with pytest.raises(errors.ReasonMissing), acting_as(hasan):
        actions.encounter_decide(hasan, encounter_id=encounter, is_approved=True, because=" ")
    encounters.decided(encounter)
    with pytest.raises(errors.EncounterDecided):
        encounters.decided(encounter, is_approved=False)


def head_in(team):
    """Return a head who goes with the team himself, and may report."""
    both = officer("Kepala ikut", "kanim_head", "KANIM-BATULICIN", "63.10", "63.02")
    grant = replace(both.grants[0], role="inteldakim_head")
    return replace(both, grants=(*both.grants, grant))


def test_the_head_of_the_section_reports_for_a_team_and_strangers_do_not(team):
    assert seen(encounters.reported(team, bayu)).reported_by == "Bayu"
    for by in (world.edi, citra):
        with pytest.raises(AccessDenied):
            encounters.reported(team, by)
    for words in ({"because": " "}, {"met": ""}, {"place": "\n"}, {"exemption": "bosan"}):
        with pytest.raises(errors.EncounterUnreadable):
            encounters.reported(team, **words)


def test_sent_twice_while_nobody_decided_it_is_one(team):
    assert encounters.reported(team) == encounters.reported(team)
    with acting_as(hasan):
        assert len(queries.encounters_waiting(hasan)) == 1


def test_free_words_are_for_the_office_that_works_on_it(team):
    encounter = encounters.approved(team)
    assert seen(encounter, hasan).met
    masked = seen(encounter, ratna)
    assert (masked.met, masked.because, masked.decided_because, masked.is_masked) == ("", "", "", True)
    assert not any(step.because for step in masked.steps)
    with pytest.raises(AccessDenied):
        seen(encounter, citra)
    with acting_as(dodi):
        assert [task.encounter.id for task in queries.encounter_tasks(dodi)] == [encounter]
        assert queries.own_encounters(dodi)
    with acting_as(world.edi):
        assert queries.encounter_tasks(world.edi) == []


def test_an_order_that_follows_is_owed_and_is_neither_cancelled_nor_withdrawn(team):
    order = seen(met(team, ANNA)).order_id
    with acting_as(bayu):
        with pytest.raises(errors.OrderDecided):
            actions.order_cancel(bayu, order_id=order, because="Tidak jadi.")
        actions.order_reword(bayu, order_id=order, words=OrderWords(tasks=("membuat berita acara;",)))
        assert queries.order_get(bayu, order).words.tasks == ("membuat berita acara;",)
    issue(order)
    with acting_as(hasan), pytest.raises(errors.OrderFollowed):
        actions.order_withdraw(hasan, order_id=order, because="Keliru.")
    with acting_as(bayu), pytest.raises(errors.OrderDecided):
        actions.order_reword(bayu, order_id=order, words=OrderWords())


def test_the_teams_own_order_stands_beside_it(team):
    met(team, ANNA)
    with acting_as(bayu):
        actions.team_assign(bayu, team_id=team, target_ids=[world.approved(operation_of(team))])
    order = world.issued(team)
    with acting_as(bayu):
        (view,) = queries.team_list(bayu, operation_of(team))
    assert (view.order_id, view.order_state) == (order, OrderState.ISSUED)


def test_the_report_names_the_check_it_came_from(team):
    encounter = met(team, ANNA)
    with acting_as(bayu):
        (report,) = told.report_list(bayu, operation_id=operation_of(team))
    assert (report.encounter_id, report.target_id) == (encounter, None)


@pytest.mark.parametrize("signs", [(), ("dokumen_ditahan",)], ids=["no sign", "a sign"])
def test_by_the_order_that_follows_nobody_tells_a_victim_from_others_who_were_passed_on(team, signs):
    done = Outcome.BROUGHT_IN if signs else Outcome.REFERRED_POLICE
    encounter = met(team, replace(BUDI, outcome=done, signs=signs))
    assert (seen(encounter).state, seen(encounter).order_id) == (EncounterState.NIL, None)


def test_another_content_that_names_a_refused_check_is_kept(team):
    encounter = encounters.approved(team)
    refused = encounters.decided(encounters.reported(team, because="Lain."), is_approved=False)
    report = visit(operation_of(team), None, BUDI, encounter_id=encounter)
    with acting_as(dodi):
        findings.report_submit(dodi, report=report)
        receipt = findings.report_submit(dodi, report=replace(report, encounter_id=refused))
    assert receipt.is_conflict
    assert seen(refused).state is EncounterState.REFUSED


def test_an_order_that_did_not_follow_is_announced_once_and_stands_on_the_start_page(team):
    order = seen(met(team, ANNA)).order_id

    def announced(at):
        with clock.standing_at(at), acting_as(machine):
            return actions.orders_announce(machine)

    last = DAY.replace(hour=0) + timedelta(days=1, hours=15, minutes=59)  # 23.59 WITA of the last day
    with clock.standing_at(DAY + timedelta(days=9)), acting_as(dodi):
        assert actions.orders_announce(dodi) == 0
    assert announced(last) == 0
    assert [announced(last + timedelta(minutes=1)) for _ in range(2)] == [1, 0]
    with acting_as(bayu):
        news = Message.objects.get(subject_id=str(order), tag=Tag.OPERATIONS_ORDER_OVERDUE)
    assert news.payload["due"] == "2024-08-23"
    with clock.standing_at(last + timedelta(minutes=1)):
        assert "menyusul lewat batas" in signed_in(Client(), ratna).get("/").content.decode()
    # One that was issued late is no longer awaited.
    with clock.standing_at(last + timedelta(minutes=2)):
        issue(order, "Kepala kantor sakit.")
        assert "menyusul lewat batas" not in signed_in(Client(), ratna).get("/").content.decode()
