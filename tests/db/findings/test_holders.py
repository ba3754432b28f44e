"""Whom a report means by the document it names: who is known where the officer works, and nobody else."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests.cast import bayu, dodi, machine
from tests.conftest import DAY
from tests.db.findings.field import ANNA, at_work, visit
from timpora.apps.findings import actions, queries
from timpora.apps.findings.types import CheckedView
from timpora.apps.registry import actions as registry
from timpora.apps.registry.types import NewRecord, Source
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db

HOME, AWAY = "63.10", "16.71"
GUESS = replace(ANNA, name="ANNA", birth_text="", mrz="", document_state="")


@pytest.fixture
def work() -> tuple[UUID, UUID]:
    return at_work()


def known(place: str, name: str = "ERIKSSON ANNA MARIA", birth: str = "1974-08-12") -> UUID:
    who = uuid4()
    record = NewRecord(id=uuid4(), person=who, name=name, birth=birth, document_number=ANNA.document_number)
    with acting_as(machine):
        source = Source("Disnaker", "Daftar TKA", DAY.date(), (place,))
        registry.records_add(machine, source=source, records=[record])
    return who


def shown(work, checked) -> CheckedView:
    report = visit(*work, checked)
    with acting_as(dodi):
        actions.report_submit(dodi, report=report)
    with acting_as(bayu):
        (one,) = queries.report_get(bayu, report.id).checked
    return one


def met(work, checked) -> UUID | None:
    return shown(work, checked).holder_id


@pytest.mark.parametrize("checked", [GUESS, ANNA])
def test_a_number_does_not_tell_who_is_known_elsewhere(work, checked):
    known(AWAY)
    assert met(work, checked) is None


def test_at_home_the_number_is_enough_to_shelter(work):
    who = known(HOME)
    assert met(work, GUESS) == who


@pytest.mark.parametrize(
    ("told", "is_sure"),
    [
        ({}, False),
        ({"name": "ANNA ERIKSSON"}, True),
        ({"name": "ANNA ERIKSSON", "birth_text": "12-08-1974"}, True),
        ({"name": "ANNA ERIKSSON", "birth_text": "12-08-1975"}, False),
        ({"name": "ANNA ERIKSSON", "birth_text": "entah"}, True),
        ({"name": "BUDI SANTOSO"}, False),
        ({"mrz": ANNA.mrz}, True),
        ({"document_number": "", "mrz": ANNA.mrz}, True),
        ({"name": "BUDI SANTOSO", "mrz": ANNA.mrz.replace("7408122", "7408121")}, False),
    ],
)
def test_a_number_says_who_it_is_where_the_document_or_the_words_bear_it_out(work, told, is_sure):
    who = known(HOME)
    one = shown(work, replace(GUESS, **told))
    assert (one.holder_id, one.person_id) == (who, who if is_sure else None)
    with acting_as(bayu):
        assert len(queries.visits_of_person(bayu, who)) == is_sure
        assert Entry.objects.filter(person_id=who, actor_name="Bayu").exists() is is_sure


@pytest.mark.parametrize(("state", "is_sure"), [("UTO", True), ("", False)])
def test_a_zone_proves_a_number_of_its_own_state_alone(work, state, is_sure):
    who = uuid4()
    with acting_as(machine):
        record = NewRecord(
            id=uuid4(), person=who, name="BUDI SANTOSO", document_number="L898902C3", document_state=state
        )
        source = Source("Disnaker", "Daftar TKA", DAY.date(), (HOME,))
        registry.records_add(machine, source=source, records=[record])
    one = shown(work, ANNA)
    assert (one.holder_id, one.person_id) == (who, who if is_sure else None)


def test_the_zone_of_another_document_proves_no_number(work):
    who = known(HOME)
    other = ANNA.document_number[:-1] + "7"
    with acting_as(machine):
        record = NewRecord(id=uuid4(), person=uuid4(), name="BUDI SANTOSO", document_number=other)
        source = Source("Disnaker", "Daftar TKA", DAY.date(), (HOME,))
        registry.records_add(machine, source=source, records=[record])
    one = shown(work, replace(GUESS, document_number=other, mrz=ANNA.mrz))
    assert one.person_id is None
    assert one.holder_id not in {None, who}


def test_a_number_guessed_elsewhere_does_not_hide_the_holder_at_home(work):
    who = known(HOME)
    known(AWAY, name="ANNA", birth="")
    assert met(work, GUESS) == who


@pytest.mark.parametrize(
    ("place", "name", "is_logged"),
    [(HOME, "ANNA ERIKSSON", True), (AWAY, "ANNA ERIKSSON", False), (HOME, "ANNA", False)],
)
def test_whom_the_texts_of_a_conflict_name_is_asked_behind_the_same_walls(work, place, name, is_logged):
    who = known(place)
    report = visit(*work, replace(GUESS, name=name))
    with acting_as(dodi):
        actions.report_submit(dodi, report=report)
        actions.report_submit(dodi, report=replace(report, note="Lain."))
    with acting_as(bayu):
        queries.originals_get(bayu, report.id)
        assert Entry.objects.filter(person_id=who, actor_name="Bayu").exists() is is_logged
