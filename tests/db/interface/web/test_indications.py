"""Indications on screens: evidence, articles, explanations ruled out first, verdicts by humans, the rules."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import bayu, citra, hasan, machine, surya
from tests.people import overstayer
from tests.web import signed_in
from timpora.apps.indications import actions, queries
from timpora.apps.indications.types import State
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
RULE = "stay.permit-ended"


def text_of(answer):
    """The page as it reads: days are kept from breaking by spans that say nothing."""
    return re.sub(r'<span class="nowrap">([0-9-]+)</span>', r"\1", answer.content.decode())


@pytest.fixture
def found():
    """Return the indication of an overstay."""
    overstayer()
    with acting_as(machine):
        actions.rules_run(machine, on=date(2024, 8, 22))
    with acting_as(bayu):
        return next(view for view in queries.indication_list(bayu, rule=RULE))


def judge(client, found, **data):
    return client.post(reverse("indications:verdict", args=[found.id]), {"because": "Sudah dicek", **data})


def test_the_list_says_what_does_not_agree_and_logs_whom_it_shows(found):
    page = text_of(signed_in(Client(), bayu).get(reverse("indications:list")))
    assert found.because in page
    assert reverse("indications:page", args=[found.id]) in page
    with acting_as(bayu):
        assert Entry.objects.filter(person_id=found.person_id, actor_id=bayu.id).exists()
    assert found.because not in text_of(signed_in(Client(), citra).get(reverse("indications:list")))


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ({"aturan": RULE}, True),
        ({"aturan": "entry.none"}, True),  # No such rule: the filter is left out.
        ({"aturan": "stay.two-places"}, False),
        ({"wilayah": "63.10"}, True),
        ({"wilayah": "16.71"}, True),  # Not of the assignment: left out as well.
        ({"keadaan": "dijelaskan"}, False),
        ({"keadaan": "\0"}, True),
        ({"hal": "999999999"}, True),
        ({"hal": "2"}, False),
    ],
)
def test_filters_narrow_by_state_rule_and_place_only(found, query, is_shown):
    answer = signed_in(Client(), bayu).get(reverse("indications:list"), query)
    assert (found.because in text_of(answer)) is is_shown


def test_no_filter_of_the_list_is_about_who_the_person_is(found):
    client = signed_in(Client(), bayu)
    plain = text_of(client.get(reverse("indications:list")))
    for name in ("kebangsaan", "nationality", "nama", "q", "order", "urut"):
        asked = text_of(client.get(reverse("indications:list"), {name: "PAK"}))
        assert asked.count(found.because) == plain.count(found.because)


def test_the_list_asks_the_database_as_often_for_one_as_for_many():
    client = signed_in(Client(), bayu)
    asked = []
    for _ in range(2):
        for _ in range(4):
            overstayer()
        with acting_as(machine):
            actions.rules_run(machine, on=date(2024, 8, 22))
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("indications:list"))
        asked.append(len(found))
    assert asked[0] == asked[1] < 18


def test_the_page_shows_evidence_articles_and_explanations_and_answers_strangers_as_absent(found):
    page = text_of(signed_in(Client(), bayu).get(reverse("indications:page", args=[found.id])))
    for words in (found.because, "UU 6/2011 Pasal 78", "Laporan Hotel Ebony", *found.innocent):
        assert words in page
    foreign = signed_in(Client(), citra).get(reverse("indications:page", args=[found.id]))
    assert foreign.status_code == 404
    unasked = signed_in(Client(), replace(bayu, purpose=None)).get(
        reverse("indications:page", args=[found.id])
    )
    assert unasked.status_code == 403


def test_it_is_upheld_only_once_every_innocent_explanation_is_ruled_out(found):
    client = signed_in(Client(), bayu)
    some = judge(client, found, kind="terverifikasi", ruled_out=list(found.innocent[:1]))
    assert some.status_code == 422
    assert "Singkirkan dahulu" in text_of(some)
    assert "Sudah dicek" in text_of(some)
    assert judge(client, found, kind="terverifikasi", ruled_out=list(found.innocent)).status_code == 302
    with acting_as(bayu):
        assert queries.indication_get(bayu, found.id).state == State.CONFIRMED
    assert "Sudah dicek" in text_of(client.get(reverse("indications:page", args=[found.id])))
    late = judge(client, found, kind="dijelaskan")
    assert late.status_code == 422


def test_what_upholding_needs_is_not_called_optional(found):
    shown = text_of(signed_in(Client(), bayu).get(reverse("indications:page", args=[found.id])))
    assert "Sudah disingkirkan" in shown
    assert "(boleh kosong)" not in shown


def test_an_explanation_needs_a_reason_and_the_right_to_judge(found):
    assert judge(signed_in(Client(), bayu), found, kind="dijelaskan", because=" ").status_code == 422
    assert judge(signed_in(Client(), bayu), found).status_code == 422
    assert judge(signed_in(Client(), hasan), found, kind="dijelaskan").status_code == 404
    assert judge(signed_in(Client(), bayu), found, kind="dijelaskan").status_code == 302


def test_the_rules_are_run_over_the_own_territory_by_whom_may():
    overstayer()
    assert signed_in(Client(), hasan).post(reverse("indications:run")).status_code == 404
    answer = signed_in(Client(), bayu).post(reverse("indications:run"), follow=True)
    assert "Data 1 orang dibandingkan" in text_of(answer)
    with acting_as(bayu):
        assert queries.indication_count(bayu) > 0


def test_the_catalogue_shows_each_rule_with_its_record(found):
    client = signed_in(Client(), bayu)
    page = text_of(client.get(reverse("indications:rules")))
    assert "Belum ada penilaian petugas" in page
    judge(client, found, kind="dijelaskan")
    page = text_of(client.get(reverse("indications:rules")))
    assert "0 dari 1 penilaian" in page
    assert "Jalankan kembali" not in page


def test_only_the_centre_lifts_a_stopped_rule():
    for _ in range(24):
        overstayer()
    with acting_as(machine):
        actions.rules_run(machine, on=date(2024, 8, 22))
    with acting_as(bayu):
        for view in queries.indication_list(bayu, rule=RULE):
            actions.verdict_give(bayu, indication_id=view.id, kind="data_keliru", because="salah")
    address = reverse("indications:lift", args=[RULE, 1])
    centre = signed_in(Client(), surya)
    assert "Jalankan kembali" in text_of(centre.get(reverse("indications:rules")))
    assert signed_in(Client(), bayu).post(address, {"because": "x"}).status_code == 404
    assert centre.post(address, {"because": " "}).status_code == 422
    assert centre.post(address, {"because": "diperbaiki"}).status_code == 302
    again = centre.post(address, {"because": "diperbaiki"})
    assert again.status_code == 422
    assert "tidak sedang dihentikan" in text_of(again)
