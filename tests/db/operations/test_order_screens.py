"""An order and a check without one, pressed on their pages: each step, and each refusal with what to do."""

import html

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from tests.cast import bayu, citra, hasan
from tests.db.operations import encounters, world
from tests.db.operations.test_screens import desk, page
from timpora.apps.operations import queries
from timpora.domain.states import EncounterState, OrderState
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
WHY = {"because": "Sasaran dipindahkan ke tahap berikut."}


@pytest.fixture
def team(operation):
    return world.team(operation, world.approved(operation))


@pytest.fixture
def desks():
    """Bayu's desk and Hasan's, signed in after the team stands; signing in renews the accounts."""
    clients = desk(bayu), desk(hasan)
    world.people()
    return clients


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def state(order) -> OrderState:
    with acting_as(bayu):
        return queries.order_get(bayu, order).state


def read(client: Client, route: str, thing: object) -> str:
    return html.unescape(page(client, route, thing).content.decode())


def test_words_of_a_draft_are_changed_and_a_gap_is_named(team, desks):
    bayu_desk, hasan_desk = desks
    order = page(bayu_desk, "draft", team, status=302, x="1").url.rsplit("/", 1)[1]
    typed = {
        "first_day": "2024-08-21",
        "last_day": "2024-08-23",
        "considering": "Daftar TKA memuat 14 orang.",
        "tasks": "Periksa dokumen perjalanan.\nCatat kegiatan di tempat.",
        "nature": "Segera",
    }
    for wrong in ({"last_day": "besok"}, {"last_day": "2024-08-20"}, {"tasks": " "}):
        shown = page(bayu_desk, "order", order, status=422, **(typed | wrong)).content.decode()
        assert "Daftar TKA memuat 14 orang." in shown
    assert "Konsep disimpan." in said(page(bayu_desk, "order", order, status=302, **typed))
    assert "Catat kegiatan di tempat." in read(hasan_desk, "order", order)


def test_an_order_is_issued_carried_out_and_reported_with_a_reason_each(team, desks):
    bayu_desk, hasan_desk = desks
    order = page(bayu_desk, "draft", team, status=302, x="1").url.rsplit("/", 1)[1]
    page(hasan_desk, "issue", order, status=302, x="1")
    assert "sudah" in page(hasan_desk, "issue", order, status=422, x="1").content.decode()
    for step, after in (("laksana", OrderState.CARRIED_OUT), ("lapor", OrderState.REPORTED)):
        page(bayu_desk, "order-step", order, status=422, langkah=step, because=" ")
        assert state(order) is not after
        page(bayu_desk, "order-step", order, status=302, langkah=step, **WHY)
        assert state(order) is after
        page(bayu_desk, "order-step", order, status=422, langkah=step, **WHY)
    assert WHY["because"] in read(bayu_desk, "order", order)


def test_a_draft_is_dropped_and_an_issued_order_withdrawn(team, desks):
    bayu_desk, hasan_desk = desks
    first = page(bayu_desk, "draft", team, status=302, x="1").url.rsplit("/", 1)[1]
    page(bayu_desk, "order-step", first, status=302, langkah="batal", **WHY)
    assert state(first) is OrderState.CANCELLED
    page(hasan_desk, "issue", first, status=422, x="1")
    order = page(bayu_desk, "draft", team, status=302, x="1").url.rsplit("/", 1)[1]
    page(hasan_desk, "issue", order, status=302, x="1")
    page(hasan_desk, "order-withdraw", order, status=422, because="")
    page(hasan_desk, "order-withdraw", order, status=302, **WHY)
    assert state(order) is OrderState.WITHDRAWN


def test_an_unknown_step_and_a_foreign_order_are_not_there(team, desks):
    bayu_desk, _hasan_desk = desks
    order = page(bayu_desk, "draft", team, status=302, x="1").url.rsplit("/", 1)[1]
    page(bayu_desk, "order-step", order, status=404, langkah="terbang", **WHY)
    page(desk(citra), "order-step", order, status=404, langkah="batal", **WHY)
    page(bayu_desk, "order-pdf", order, status=404)
    assert state(order) is OrderState.DRAFTED


def test_a_check_without_an_order_is_reported_and_decided_by_another(operation, team, desks):
    bayu_desk, hasan_desk = desks
    form = encounters.WORDS | {"team": team}
    wrong = page(bayu_desk, "encounter-report", operation, status=422, **(form | {"because": ""}))
    assert encounters.WORDS["met"] in wrong.content.decode()
    made = page(bayu_desk, "encounter-report", operation, status=302, **form).url.rsplit("/", 1)[1]
    assert encounters.WORDS["place"] in read(bayu_desk, "encounters", operation)

    assert 'value="setuju"' not in read(bayu_desk, "encounter", made)
    assert 'value="setuju"' in read(hasan_desk, "encounter", made)
    page(hasan_desk, "encounter-decide", made, status=422, putusan="setuju", because="")
    page(hasan_desk, "encounter-decide", made, status=302, putusan="setuju", because="Keadaannya jelas.")
    page(hasan_desk, "encounter-decide", made, status=422, putusan="tolak", because="Berubah pikiran.")
    with acting_as(hasan):
        assert queries.encounter_get(hasan, made).state is EncounterState.APPROVED
    assert "Keadaannya jelas." in read(bayu_desk, "encounter", made)


def test_a_check_is_refused_with_the_reason_that_the_team_reads(operation, team, desks):
    bayu_desk, hasan_desk = desks
    form = encounters.WORDS | {"team": team}
    made = page(bayu_desk, "encounter-report", operation, status=302, **form).url.rsplit("/", 1)[1]
    answer = page(hasan_desk, "encounter-decide", made, status=302, putusan="tolak", because="Tunggu surat.")
    assert said(answer) == ["Pemeriksaan langsung tidak disetujui."]
    assert "Tunggu surat." in read(bayu_desk, "encounter", made)


def test_an_approved_target_is_taken_back_with_a_reason(operation, desks):
    bayu_desk, hasan_desk = desks
    target = world.approved(operation)
    assert said(page(hasan_desk, "withdraw", target, status=302, because="")) == ["Tulis alasan pencabutan."]
    page(bayu_desk, "withdraw", target, status=404, **WHY)
    done = page(hasan_desk, "withdraw", target, status=302, **WHY)
    assert "Sasaran dicabut; hilang dari tugas regu." in said(done)
    again = page(hasan_desk, "withdraw", target, status=302, **WHY)
    assert said(again)[-1].startswith("Sasaran ini tidak dapat dicabut")
    assert WHY["because"] in read(bayu_desk, "target", target)
