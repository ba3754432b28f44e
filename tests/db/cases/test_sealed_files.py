"""Photos of a visit at which somebody may be a victim: for protection once it has the case in hand (P26)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import arif, bayu, dodi, hasan, lestari, machine, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.db.findings.photos import CUT, OTHER, PHOTO, digest, named
from tests.web import signed_in
from timpora.apps.cases import actions, queries
from timpora.apps.findings import actions as field
from timpora.apps.findings.errors import PhotoMissing
from timpora.apps.findings.types import Outcome
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied
from timpora.kernel.audit.models import Entry, SealedEntry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
TOLD = replace(BUDI, name="SITI ALI", outcome=Outcome.PROTECTION, signs=("Upah ditahan",))


@pytest.fixture
def report():
    """A visit at which somebody showed signs, with one photo here and half of another."""
    report = visit(*at_work(), TOLD, ANNA, photos=(named(), named(OTHER)))
    with acting_as(dodi):
        field.report_submit(dodi, report=report)
        field.photo_take(dodi, report_id=report.id, sha256=digest(PHOTO), starts=0, data=PHOTO)
        field.photo_take(dodi, report_id=report.id, sha256=digest(OTHER), starts=0, data=OTHER[:CUT])
    return report


@pytest.fixture
def case(report):
    with acting_as(lestari):
        (signs,) = queries.protection_desk(lestari).signs
        return actions.signs_take(lestari, checked_id=signs.checked_id)


def listed(case, by=lestari):
    with acting_as(by):
        return [(photo.number, photo.is_here) for photo in queries.case_photos(by, case)]


def taken(case, number=1, by=lestari):
    with acting_as(by):
        return queries.case_photo_get(by, case, number)


def reads(model, by):
    with acting_as(by):
        return model.objects.filter(tag="findings:report:read").count()


def test_protection_lists_and_opens_them_and_the_look_is_under_the_seal(report, case):
    assert listed(case) == [(1, True), (2, False)]
    before = reads(SealedEntry, lestari)
    assert taken(case).data == PHOTO
    assert reads(SealedEntry, lestari) == before + 1
    assert reads(Entry, ratna) == 0
    with pytest.raises(PhotoMissing):
        taken(case, 2)
    for number in (0, 3):
        with pytest.raises(AccessDenied):
            taken(case, number)


def test_a_photo_that_several_contents_name_stands_once_and_keeps_its_number(report, case):
    third = OTHER[:-2] + b"\x01\xff\xd9"
    rival = replace(report, photos=(named(third), named()), note="Isi lain.")
    with clock.standing_at(DAY + timedelta(hours=1)), acting_as(dodi):
        field.report_submit(dodi, report=rival)
    assert listed(case) == [(1, True), (2, False), (3, False)]
    assert taken(case).data == PHOTO


def test_for_everybody_else_there_are_none(report, case):
    for stranger in (bayu, hasan, ratna, arif, dodi):
        with pytest.raises(AccessDenied):
            listed(case, stranger)
        with pytest.raises(AccessDenied):
            taken(case, by=stranger)
        address = reverse("protection:photo", args=[case, 1])
        assert signed_in(Client(), stranger).get(address).status_code == 404


def test_they_open_while_the_case_is_in_hand_and_not_after(report, case):
    with acting_as(lestari):
        (referral,) = queries.referral_list(lestari, case)
    desk = signed_in(Client(), lestari)
    page = desk.get(reverse("cases:page", args=[case])).content.decode()
    assert "Foto dari kunjungan" in page
    assert "belum tiba" in page
    given = desk.get(reverse("protection:photo", args=[case, 1]))
    assert given.content == PHOTO
    assert given["Content-Disposition"].startswith('attachment; filename="foto-STT-')
    assert given["Content-Security-Policy"] == "default-src 'none'; sandbox"
    desk.post(reverse("protection:end", args=[referral.id]), {"ending": "pulang_sukarela"})
    desk.post(
        reverse("protection:answer", args=[referral.id]),
        {"provider": "layanan_kesehatan", "answer": "diterima"},
    )
    desk.post(reverse("protection:end", args=[referral.id]), {"ending": "pulang_sukarela"})
    assert listed(case) == []
    with pytest.raises(AccessDenied):
        taken(case)
    assert "Foto dari kunjungan" not in desk.get(reverse("cases:page", args=[case])).content.decode()


def test_the_worker_and_the_office_see_the_same_report_as_before(report, case):
    with pytest.raises(AccessDenied):
        listed(case, machine)
    with acting_as(bayu):
        address = f"/posko/{report.operation_id}/laporan/{report.id}/foto/1"
    assert signed_in(Client(), bayu).get(address).status_code != 200
