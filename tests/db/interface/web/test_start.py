"""The start page tells each role what waits, what is due and what is live; nothing without a part in it."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import translation

from tests.cast import arif, bayu, dodi, hasan, machine, officer, ratna
from tests.conftest import DAY
from tests.db.cases import folder
from tests.db.findings import field
from tests.db.intake.test_lists import BAD, GOOD, taken_in
from tests.db.operations import world
from tests.people import overstayer
from tests.web import signed_in
from timpora.apps.identity import actions as identity
from timpora.apps.identity.types import NewActing
from timpora.apps.indications import actions as indications
from timpora.interface.web.start_items import CASE_WORK, WAITING, items_of
from timpora.kernel import clock
from timpora.kernel.access.roles import HUMAN_ROLES
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


def home(actor):
    return signed_in(Client(), actor).get("/").content.decode()


def test_open_indications_wait_for_whoever_judges_them():
    overstayer()
    with acting_as(machine):
        indications.rules_run(machine, on=date(2024, 8, 22))
    assert "indikasi perlu dinilai" in home(bayu)
    assert "indikasi perlu dinilai" not in home(hasan)
    with acting_as(bayu):
        assert not Entry.objects.filter(tag="registry:person:read").exists()


def test_without_a_purpose_the_purpose_itself_waits_and_no_data_is_asked():
    overstayer()
    page = home(replace(bayu, purpose=None))
    assert "Pilih tujuan kerja sesi ini" in page
    assert "perlu dinilai" not in page
    assert "Pilih tujuan kerja sesi ini" not in home(dodi)


def test_an_empty_day_teaches_and_every_role_reads_what_it_is_there_for():
    assert "Tidak ada yang menunggu" in home(arif)
    for role in (ratna, arif, dodi):
        assert role.grants[0].kind.meaning in home(role)


def test_a_stand_in_sees_when_the_powers_end():
    client = signed_in(Client(), bayu)
    with acting_as(identity.INSTALLER):
        until = NewActing(
            bayu.id, "kanim_head", "KANIM-BATULICIN", "Plh.", date(2024, 8, 22), date(2024, 8, 25), "SPRIN-1"
        )
        identity.acting_grant(identity.INSTALLER, new=until)
    page = client.get("/").content.decode()
    assert "Penugasan berakhir: Plh. Kepala Kantor Imigrasi" in page
    assert "2 hari lagi (24-08-2024)" in page


@pytest.mark.parametrize("role", [role.slug for role in HUMAN_ROLES])
def test_no_provider_breaks_for_any_role_with_or_without_a_purpose(role):
    actor = replace(bayu, grants=(replace(bayu.grants[0], role=role),))
    for asked in (actor, actor.for_purpose(None)):
        with acting_as(asked):
            assert all(item.title for item in items_of(asked, WAITING))


def test_a_proposed_measure_waits_for_whoever_decides_and_its_deadline_names_nobody():
    folder.office()
    folder.proposed()
    assert "1 usulan tindakan (TAK): putusan" in home(hasan)
    assert "usulan tindakan" not in home(bayu)
    folder.delivered()
    assert "batas keberatan" not in home(bayu)
    with clock.standing_at(DAY + timedelta(days=20)):
        page = home(bayu)
    assert "batas keberatan" in page
    assert "LI WEI" not in page


def test_what_waits_for_the_head_opens_without_what_does_not_wait():
    operation, _visited = field.at_work()
    world.proposed(operation, name="Losmen Pagatan")
    address = re.search(r'href="(/operasi/[^"]+keadaan[^"]*)"', home(hasan))
    page = signed_in(Client(), hasan).get(html.unescape(address[1])).content.decode()
    assert "Losmen Pagatan" in page
    assert "Mes karyawan PT Contoh" not in page


def test_a_running_operation_stands_under_today_with_its_day_and_its_posko():
    field.at_work()
    page = home(bayu)
    assert "hari ke-" in page
    assert "Buka posko" in page
    assert "Buka posko" not in home(dodi)


def test_whoever_may_not_see_targets_reads_no_false_zero():
    world.people()
    operation = world.opened()
    world.proposed(operation)
    assert "1 sasaran" in home(bayu)
    secretary = officer("Salasiah", "timpora_secretary", "KANIM-BATULICIN", "63.10")
    assert "kantor menjawab" in home(secretary)
    assert "0 sasaran" not in home(secretary)


def test_a_list_with_rows_to_mend_waits_for_its_sender_and_is_not_plainly_done(tmp_path):
    taken_in(tmp_path, *GOOD)
    assert "baris untuk diperbaiki" not in home(bayu)
    taken_in(tmp_path, *GOOD, *BAD, name="lagi.csv")
    assert "1 daftar dengan baris untuk diperbaiki" in home(bayu)
    shown = signed_in(Client(), bayu).get("/daftar").content.decode()
    assert shown.count("selesai; ada baris untuk diperbaiki") == 1


def test_one_is_one_in_english():
    with translation.override("en"):
        said = {str(words % {"n": n}) for _permission, _states, words in CASE_WORK for n in (1, 2)}
    assert {"1 decision not yet delivered", "2 decisions not yet delivered"} <= said
