"""The rules point at discrepancies, a human judges them, and a rule that errs stops by itself."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import bayu, citra, machine, surya
from timpora.apps.indications import actions, errors, queries
from timpora.apps.indications.models import Indication
from timpora.apps.indications.types import State
from timpora.apps.registry import actions as registry
from timpora.apps.registry.types import NewPermit, NewRecord, NewStay, Source
from timpora.kernel.access import AccessDenied, NotHuman, PurposeMissing
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
ON = date(2024, 8, 22)
SOURCE = Source("HOTEL", "Laporan hotel", date(2024, 8, 20), ("63.10",))


def overstayer(**identity):
    """Return a row of somebody whose permit ended and who is still reported present."""
    facts = (
        NewPermit(kind="ITAS", starts=date(2023, 8, 11), ends=date(2024, 8, 11)),
        NewStay(starts=date(2024, 8, 18), lodging="Ebony", wilayah="63.10.01"),
    )
    return NewRecord(id=uuid4(), person=uuid4(), facts=facts, **({"name": "LI WEI"} | identity))


def add(*rows, source=SOURCE):
    with acting_as(machine):
        registry.records_add(machine, source=source, records=rows)


def run(on=ON):
    with acting_as(machine):
        return actions.rules_run(machine, on=on)


def test_the_same_discrepancy_stays_one_and_closes_when_it_is_gone():
    row = overstayer()
    add(row)
    first, second = run(), run(ON + timedelta(days=1))
    assert (first.persons, first.found, second.found, second.seen_again) == (1, 1, 0, 1)
    left = replace(
        row, id=uuid4(), facts=(NewPermit(kind="ITAS", starts=date(2024, 8, 11), ends=date(2025, 8, 11)),)
    )
    add(left, source=replace(SOURCE, reported_on=date(2024, 8, 23)))
    assert run(ON + timedelta(days=2)).gone == 1
    with acting_as(bayu):
        assert queries.indication_list(bayu) == []


def test_an_indication_shows_evidence_articles_and_innocent_explanations_and_is_logged():
    row = overstayer()
    add(row)
    run()
    with acting_as(bayu):
        (found,) = queries.indication_list(bayu)
        shown = queries.indication_get(bayu, found.id)
        assert shown.rule_id == "stay.permit-ended"
        assert shown.cites
        assert shown.innocent
        assert {e.label for e in shown.evidence} == {"HOTEL / Laporan hotel"}
        assert shown.person_name == "LI WEI"
        assert shown.wilayah == "63.10.01"
        assert Entry.objects.filter(person_id=row.person, actor_id=bayu.id).count() == 2
        with pytest.raises(PurposeMissing):
            queries.indication_get(bayu.for_purpose(None), found.id)
    with acting_as(citra):
        assert queries.indication_list(citra) == []
        with pytest.raises(AccessDenied):
            queries.indication_get(citra, found.id)
        assert not Indication.objects.exists()


def test_a_human_judges_once_with_a_reason():
    add(overstayer())
    run()
    with acting_as(bayu):
        found = queries.indication_list(bayu)[0].id
        for kind, because in (("iseng", "x"), ("dijelaskan", "  ")):
            with pytest.raises(errors.VerdictUnreadable):
                actions.verdict_give(bayu, indication_id=found, kind=kind, because=because)
        actions.verdict_give(bayu, indication_id=found, kind="dijelaskan", because="Perpanjangan berjalan")
        with pytest.raises(errors.IndicationClosed):
            actions.verdict_give(bayu, indication_id=found, kind="terverifikasi", because="x")
        (view,) = queries.indication_list(bayu, state=State.EXPLAINED)
        assert view.verdicts[0].by_name == "Bayu"
    with acting_as(bayu), pytest.raises(NotHuman):
        actions.verdict_give(
            replace(bayu, is_human=False), indication_id=found, kind="dijelaskan", because="x"
        )


def test_a_rule_that_humans_keep_overturning_stops_and_can_be_let_run_again():
    add(*[overstayer(name=f"ORANG {n}") for n in range(40)])
    run()
    with acting_as(bayu):
        for page in (1, 1):
            for view in queries.indication_list(bayu, page=page):
                actions.verdict_give(bayu, indication_id=view.id, kind="data_keliru", because="salah data")
        standing = {s.rule_id: s for s in queries.rule_standings(bayu)}["stay.permit-ended"]
        assert (standing.upheld, standing.overturned, standing.precision) == (0, 40, 0.0)
        assert "Berhenti sendiri" in standing.stopped_because
    add(overstayer(name="BARU"))
    assert run().found == 0
    with acting_as(surya):
        actions.rule_lift(
            surya, rule_id="stay.permit-ended", version=standing.version, because="data diperbaiki"
        )
    assert run().found == 1


def test_swapping_nationality_name_and_sex_changes_no_indication_to_the_last_row():
    """B3, P25: the same facts under other identities give the same discrepancies."""
    found = []
    for identity in ({"nationality": "CHN", "sex": "L"}, {"nationality": "NGA", "sex": "P", "name": "OTHER"}):
        rows = [overstayer(**identity) for _ in range(10)]
        add(*rows)
        run()
        with acting_as(machine):
            told = Indication.objects.filter(person_id__in=[r.person for r in rows])
            found.append(sorted(told.values_list("rule_id", "because", "cites", "state")))
    assert found[0] == found[1]
    assert len(found[0]) == 10


def test_a_run_asks_the_database_equally_often_however_many_persons(django_assert_num_queries):
    add(*[overstayer() for _ in range(2)])
    run()
    with CaptureQueriesContext(connection) as few:
        run(ON + timedelta(days=1))
    add(*[overstayer(name=f"LI WEI {number}") for number in range(8)])
    run(ON + timedelta(days=2))
    with django_assert_num_queries(len(few)):
        assert run(ON + timedelta(days=3)).seen_again == 10
