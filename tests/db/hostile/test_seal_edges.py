"""What the seal of protection must hold back at its edges: words of a purpose, a second assignment (P26)."""

import json
from dataclasses import replace

import pytest

from tests.cast import arif, lestari, machine, officer
from tests.db.cases import folder
from timpora.apps.accountability import queries as accountability
from timpora.apps.cases import queries
from timpora.apps.cases.models import Case
from timpora.apps.identity import actions as identity
from timpora.kernel.access import AccessDenied
from timpora.kernel.audit.models import Entry, SealedEntry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """Return a case that was closed behind the seal."""
    folder.office()
    return folder.screened(folder.SIGNS)


def test_the_purpose_of_protection_names_no_case_in_the_common_log(case):
    with acting_as(machine):
        number = Case.objects.get(pk=case).number
    with acting_as(lestari):
        purpose = identity.purpose_choose(lestari, kind="perkara", reference=number)
    working = lestari.for_purpose(purpose)
    with acting_as(working):
        queries.case_get(working, case)
        identity.language_choose(working, language="en")
        identity.sign_out(working)
    with acting_as(arif):
        lines = list(Entry.objects.filter(actor_id=lestari.id))
        assert len(lines) == 3
        assert not [line for line in lines if number in line.body or number in line.purpose]
        assert {line.purpose.partition(":")[0] for line in lines} <= {"operasi", "perkara"}
    with acting_as(lestari):
        told = [json.loads(line.body) for line in SealedEntry.objects.filter(actor_id=lestari.id)]
        assert number in [line["note"].get("reference") for line in told]
        assert f"perkara: {number}" in [line["purpose"] for line in told]


def test_everybody_elses_purpose_is_told_in_words(case):
    with acting_as(folder.bayu):
        identity.purpose_choose(folder.bayu, kind="perkara", reference="PK-0009")
        assert not SealedEntry.objects.exists()
    with acting_as(arif):
        assert any("PK-0009" in line.body for line in Entry.objects.filter(actor_id=folder.bayu.id))


@pytest.mark.parametrize(("territory", "opens"), [("16.71", False), ("63.10", True)])
def test_the_seal_opens_cases_where_protection_was_assigned_and_nowhere_else(case, territory, opens):
    protection = officer("Melati", "victim_protection_officer", "KANIM-PALEMBANG", territory)
    desk = officer("Melati", "kanim_head", "KANIM-BATULICIN", "63.10")
    both = replace(protection, grants=(*desk.grants, *protection.grants))
    with acting_as(both):
        listed = [row.id for row in queries.case_list(both)]
        assert (case in listed) is opens
        if opens:
            assert queries.case_get(both, case).party.words.name
            return
        with pytest.raises(AccessDenied):
            queries.case_get(both, case)


@pytest.mark.parametrize(("territory", "opens"), [("16.71", False), ("63.10", True)])
def test_the_sealed_log_is_read_where_protection_was_assigned_and_nowhere_else(case, territory, opens):
    with acting_as(lestari):
        queries.case_get(lestari, case)
    protection = officer("Melati", "victim_protection_officer", "KANIM-PALEMBANG", territory)
    desk = officer("Melati", "kanim_head", "KANIM-BATULICIN", "63.10")
    both = replace(protection, grants=(*desk.grants, *protection.grants))
    person = folder_person(case)
    with acting_as(both):
        assert bool(accountability.sealed_list(both)) is opens
        looks = [read.actor_name for read in accountability.reads_of_person(both, person)]
        assert ("Lestari" in looks) is opens


def folder_person(case):
    with acting_as(lestari):
        return SealedEntry.objects.filter(actor_id=lestari.id).latest("at").person_id
