"""An office answers for each phase until its term; the centre sees who has not, and reminds them."""

import html
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, citra, hasan, ratna
from tests.db.operations import world
from tests.web import signed_in
from timpora.apps.operations import actions, errors, queries
from timpora.apps.operations.models import Answer
from timpora.apps.operations.types import NewOperation, NewPhase, Readiness
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
THIRD = NewPhase("Tahap III", datetime(2024, 10, 7), datetime(2024, 10, 10), date(2024, 10, 1))  # noqa: DTZ001


def answers(operation, phase, by=ratna):
    with acting_as(by):
        return {o.unit_code: o for o in queries.answer_list(by, operation, phase)}


def answered(operation, phase=None, readiness=Readiness.READY, note="", by=bayu):
    with acting_as(by):
        actions.office_answer(by, operation_id=operation, readiness=readiness, note=note, phase_id=phase)


def phases(operation):
    with acting_as(ratna):
        return [phase.id for phase in queries.operation_get(ratna, operation).phases]


def added(operation, phase=THIRD, by=ratna):
    with acting_as(by):
        return actions.phase_add(by, operation_id=operation, phase=phase)


def page(client, route, *args, status=200, query="", **post):
    url = reverse(f"operations:{route}", args=args) + query
    answer = client.post(url, post) if post else client.get(url)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return html.unescape(answer.content.decode())


def test_a_new_phase_is_opened_for_all_at_once_and_answered_anew(operation):
    answered(operation)
    (first,) = phases(operation)
    third = added(operation)
    assert answers(operation, first)[world.BATULICIN].readiness is Readiness.READY
    assert {o.readiness for o in answers(operation, third).values()} == {Readiness.SILENT}
    assert len(answers(operation, third)) > 1
    answered(operation, third, Readiness.PARTLY, "Satu mobil rusak")
    found = answers(operation, third)[world.BATULICIN]
    assert (found.readiness, found.note, found.answered_by) == (Readiness.PARTLY, "Satu mobil rusak", "Bayu")
    assert answers(operation, first)[world.BATULICIN].readiness is Readiness.READY
    assert set(answers(operation, third, by=citra)) == {world.PALEMBANG}


def test_an_answer_is_never_changed_and_the_last_one_counts(operation):
    answered(operation, readiness=Readiness.NOT_READY, note="Tidak ada petugas")
    answered(operation, by=hasan)
    (first,) = phases(operation)
    assert answers(operation, first)[world.BATULICIN].answered_by == "Hasan"
    with acting_as(bayu):
        assert Answer.objects.count() == 2
        with pytest.raises(DatabaseError), transaction.atomic():
            Answer.objects.update(note="Lain")


def test_an_answer_is_for_a_phase_of_that_operation(operation):
    other = world.opened(NewOperation(name="Natal", kind="serentak", phases=(THIRD,)))
    (foreign,) = phases(other)
    with pytest.raises(AccessDenied):
        answered(operation, foreign)
    answered(operation)


def test_the_centre_reminds_those_who_have_not_answered_and_nobody_else(operation):
    answered(operation)
    (phase,) = phases(operation)
    for by in (hasan, citra):
        with acting_as(by), pytest.raises(AccessDenied):
            actions.offices_remind(by, operation_id=operation, phase_id=phase)
    with acting_as(ratna):
        count = actions.offices_remind(ratna, operation_id=operation, phase_id=phase)
        told = Entry.objects.filter(tag="operations:office:reminded").count()
    found = answers(operation, phase)
    assert count == len(found) - 1
    assert told == 1
    assert {code for code, office in found.items() if office.reminders} == set(found) - {world.BATULICIN}
    for by, unit in ((citra, world.PALEMBANG),):
        assert answers(operation, phase, by=by)[unit].reminders == 1


def test_when_all_have_answered_nobody_is_reminded():
    world.people()
    new = NewOperation(name="Mandiri", kind="mandiri", phases=(world.PHASE,))
    with acting_as(hasan):
        operation = actions.operation_open(hasan, new=new)
    (phase,) = phases(operation)
    with acting_as(hasan):
        assert actions.offices_remind(hasan, operation_id=operation, phase_id=phase) == 1
    answered(operation)
    with acting_as(hasan), pytest.raises(errors.NobodyToRemind):
        actions.offices_remind(hasan, operation_id=operation, phase_id=phase)


def test_a_term_after_the_phase_makes_no_sense(operation):
    wrong = NewPhase("Tahap III", THIRD.starts_local, THIRD.ends_local, date(2024, 10, 10))
    with pytest.raises(errors.OperationUnreadable):
        added(operation, wrong)
    added(operation)


@pytest.mark.usefixtures("carried")
def test_from_the_reminder_to_a_late_answer_on_the_pages(operation):
    centre, office = signed_in(Client(), ratna), signed_in(Client(), bayu)
    words = {"phase": "Tahap III", "starts": "2024-10-07", "ends": "2024-10-09"}
    page(centre, "phase-add", operation, status=422, **words, answer_on="2024-10-10")
    page(centre, "phase-add", operation, status=302, **words, answer_on="2024-08-21")
    page(office, "phase-add", operation, status=404)
    third = phases(operation)[-1]
    seen = page(centre, "offices", operation, query=f"?tahap={third}")
    assert "belum menjawab, lewat batas" in seen
    assert "21-08-2024" in seen
    page(centre, "remind", operation, status=302, phase_id=third)
    assert "diingatkan 1×" in page(centre, "offices", operation, query=f"?tahap={third}")
    said = {"readiness": "siap_sebagian", "note": "Satu mobil rusak", "phase_id": third}
    page(office, "answer", operation, status=422, **(said | {"note": ""}))
    page(office, "answer", operation, status=302, **said)
    seen = page(centre, "offices", operation, query=f"?tahap={third}&jawaban=siap_sebagian")
    assert "Satu mobil rusak" in seen
    assert "lewat batas" in seen
    assert "Kantor Imigrasi Palembang" not in seen


def test_the_start_page_asks_the_office_that_has_not_answered(operation):
    with acting_as(ratna):
        actions.offices_remind(ratna, operation_id=operation, phase_id=phases(operation)[0])
    office = signed_in(Client(), bayu)
    home = office.get("/").content.decode()
    assert "Jawab kesiapan kantor: Tahap II" in home
    assert "posko mengingatkan 1 kali" in home
    answered(operation)
    assert "Jawab kesiapan kantor" not in office.get("/").content.decode()


def test_the_answers_of_all_offices_take_two_statements(operation, django_assert_num_queries):
    answered(operation)
    (phase,) = phases(operation)
    with acting_as(ratna), django_assert_num_queries(2):
        assert len(queries.answer_list(ratna, operation, phase)) > 1


def test_the_phase_that_is_asked_for_is_the_coming_one(operation):
    added(operation)
    with acting_as(ratna):
        view = queries.operation_get(ratna, operation)
    now = clock.now()
    assert view.phase_next(now).name == "Tahap II"
    assert view.phase_next(now + timedelta(days=20)).name == "Tahap III"
    assert view.phase_next(now + timedelta(days=200)).name == "Tahap III"
