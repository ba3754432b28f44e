"""A person under protection stays out of reach by every way round (B2, P26)."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import bayu, machine
from tests.db.cases import folder
from timpora.apps.cases import actions, errors
from timpora.apps.cases.models import Case
from timpora.apps.registry import actions as registry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheltered():
    """Return the record of somebody referred to protection."""
    folder.office()
    row = folder.overstayer(name="NGUYEN A")
    folder.screened(folder.SIGNS, row=row)
    return row


def cleared(row):
    """Return another case, screened without signs, of the person of `row`."""
    return folder.screened(row=row)


@pytest.mark.parametrize("keeps_sheltered", [True, False])
def test_a_merge_does_not_lift_protection(sheltered, keeps_sheltered):
    other = folder.overstayer(name="NGUYEN B")
    case = cleared(other)
    keep, absorb = (sheltered, other) if keeps_sheltered else (other, sheltered)
    with acting_as(bayu):
        registry.person_merge(bayu, keep=keep.person, absorb=absorb.person, because="Dokumen sama.")
    with acting_as(bayu), pytest.raises(errors.MeasureHeld):
        actions.conference_record(bayu, case_id=case, conference=folder.CONFERENCE)


def test_somebody_else_is_not_held_up(sheltered):
    case = cleared(folder.overstayer(name="ORANG LAIN"))
    with acting_as(bayu):
        actions.conference_record(bayu, case_id=case, conference=folder.CONFERENCE)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE cases_party SET person_id = NULL",
        "UPDATE cases_party SET person_id = gen_random_uuid()",
        "DELETE FROM cases_party",
        "UPDATE cases_case SET is_sealed = false WHERE is_sealed",
        "DELETE FROM cases_referral",
        "DELETE FROM cases_screening",
        "UPDATE cases_screening SET trafficking = 'tidak_ada_tanda'",
    ],
)
def test_the_program_s_role_cannot_cut_the_thread_to_a_person(sheltered, sql):
    with acting_as(machine):
        before = _rows()
    try:
        with acting_as(machine), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('timpora.seals', 'tppo', true)")
            cursor.execute(sql)
    except DatabaseError:
        pass
    with acting_as(machine):
        assert _rows() == before


def _rows():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('timpora.seals', 'tppo', true)")
        cursor.execute("SELECT case_id, person_id FROM cases_party ORDER BY 1")
        parties = cursor.fetchall()
        cursor.execute("SELECT count(*), bool_or(trafficking = 'ada_tanda') FROM cases_screening")
        screens = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM cases_referral")
        return (
            parties,
            screens,
            cursor.fetchall(),
            list(Case.objects.order_by("id").values_list("id", "is_sealed")),
        )
