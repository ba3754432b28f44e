"""Use of force, injury, complaint: written once, corrected by a later entry, read by who answers for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, citra, dodi, hasan, officer, ratna
from tests.conftest import DAY
from tests.db.operations import world
from tests.web import signed_in
from timpora.apps.operations import actions, errors, queries
from timpora.apps.operations.models import RegisterEntry
from timpora.apps.operations.types import NewEntry
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
auditor = officer("Auditor", "auditor", "ITJEN", "ID")


def entry(operation, **words):
    said = {
        "operation_id": operation,
        "unit_code": world.BATULICIN,
        "kind": "cedera",
        "happened_at": DAY,
        "place": "Mes karyawan",
        "involved": ("petugas",),
        "text": "Jari terjepit pintu.",
        "done": "Dirawat di tempat.",
        "reported_to": "Kepala kantor",
    }
    return NewEntry(**(said | words))


def written(by, new):
    with acting_as(by):
        return actions.register_write(by, new=new)


def page(by, operation):
    with acting_as(by):
        return queries.register_get(by, operation)


def numbers(by, operation):
    return {count.kind.value: count.number for count in page(by, operation).counts}


def test_who_was_there_writes_and_who_answers_reads(operation):
    assert numbers(hasan, operation) == {"kekuatan": 0, "cedera": 0, "keluhan": 0}
    for by in (dodi, bayu, hasan, ratna):
        written(by, entry(operation))
    for by in (hasan, bayu, ratna, auditor):
        assert numbers(by, operation) == {"kekuatan": 0, "cedera": 4, "keluhan": 0}
    assert numbers(citra, operation)["cedera"] == 0, "another office reads its own"
    with pytest.raises(AccessDenied):
        page(dodi, operation)
    with acting_as(auditor):
        (row,) = [row for row in queries.register_list(auditor) if row.operation_id == operation]
    assert [count.number for count in row.counts] == [0, 4, 0]


def test_a_correction_is_a_new_entry_that_names_the_old_one(operation):
    first = written(dodi, entry(operation))
    with pytest.raises(errors.ReasonMissing):
        written(bayu, entry(operation, corrects=first))
    second = written(bayu, entry(operation, corrects=first, because="Dua orang.", text="Dua jari."))
    assert numbers(hasan, operation)["cedera"] == 1
    told = {one.id: one for one in page(hasan, operation).entries}
    assert (told[first].is_corrected, told[second].corrects, told[second].because) == (
        True,
        first,
        "Dua orang.",
    )
    with pytest.raises(errors.EntryCorrected):
        written(hasan, entry(operation, corrects=first, because="Sekali lagi."))
    with pytest.raises(AccessDenied):
        written(hasan, entry(operation, corrects=second, because="Register lain.", kind="keluhan"))


def test_nothing_written_is_changed_or_removed(operation):
    first = written(dodi, entry(operation))
    for change in (
        lambda rows: rows.update(text="Tidak terjadi apa-apa."),
        lambda rows: rows.delete(),
    ):
        with acting_as(dodi), pytest.raises(DatabaseError), transaction.atomic():
            change(RegisterEntry.objects.filter(pk=first))
    assert page(hasan, operation).entries[0].text == "Jari terjepit pintu."


@pytest.mark.parametrize(
    "words",
    [
        {"text": " "},
        {"done": ""},
        {"place": ""},
        {"reported_to": ""},
        {"involved": ("Ahmad",)},
        {"kind": "lain"},
        {"happened_at": DAY + timedelta(hours=1)},
    ],
)
def test_an_entry_says_everything(operation, words):
    with pytest.raises(errors.EntryUnreadable):
        written(dodi, entry(operation, **words))
    written(dodi, entry(operation))


def test_nobody_writes_for_another_office(operation):
    with pytest.raises(AccessDenied):
        written(citra, entry(operation))
    with pytest.raises(AccessDenied):
        written(auditor, entry(operation))
    with pytest.raises(errors.OfficeNotInOperation):
        written(ratna, entry(operation, unit_code="KANIM-TIDAK-ADA"))
    both = replace(dodi, grants=(replace(dodi.grants[0], unit_code=world.PALEMBANG),))
    with pytest.raises((AccessDenied, errors.OfficeNotInOperation)):
        written(both, entry(operation, unit_code=world.PALEMBANG))


def test_an_auditor_finds_the_registers_in_the_menu_and_others_beside_the_operations(operation):
    address = f'href="{reverse("operations:registers")}"'
    assert address in signed_in(Client(), auditor).get("/").content.decode()
    desk = signed_in(Client(), hasan)
    assert address not in desk.get("/").content.decode()
    assert address in desk.get(reverse("operations:list")).content.decode()
    assert address not in signed_in(Client(), dodi).get("/").content.decode()
