"""A measure says where, which list, whither: in the form, in what is kept, in the letter."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.db.cases import folder
from tests.db.cases.folder import bayu, hasan
from tests.web import signed_in
from timpora.apps.cases import actions, errors, queries
from timpora.apps.cases.models import Proposal
from timpora.apps.cases.types import NewProposal
from timpora.domain.measures import Ground, MeasureKind
from timpora.domain.particulars import Listing, Particulars, PermitChange, Place
from timpora.kernel.database.session import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carried")]
HARBOUR = Particulars(places=(Place("63.10.01", " Pelabuhan\nSamudera. "), Place("63.71")))
BARRED = NewProposal(
    MeasureKind.BARRED_FROM, Ground.LAW_NOT_OBEYED, "Mengganggu pelabuhan.", particulars=HARBOUR
)
FORM = {"ground": "tidak_menaati_peraturan", "kind": "larangan_berada", "because": "Kata-kata saya."}


@pytest.fixture(autouse=True)
def desk():
    client = signed_in(Client(), bayu)
    folder.office()
    return client


def printed(proposal):
    case = folder.proposed(proposal)
    with acting_as(hasan):
        letter, holes = queries.decision_preview(hasan, case)
    assert not holes
    return letter.measures[0].text


def test_the_barred_places_stand_in_the_decision_and_its_letter():
    case = folder.decided(BARRED)
    with acting_as(bayu):
        decision = queries.case_get(bayu, case).decision
    told = [place.told for place in decision.particulars.places]
    assert told[0].startswith("Pelabuhan Samudera, Kec. Batu Licin")
    assert told[1].startswith("Kota Banjarmasin")
    assert decision.letter_number


@pytest.mark.parametrize(
    ("kind", "told", "words"),
    [
        (MeasureKind.BARRED_FROM, HARBOUR, "larangan berada di Pelabuhan Samudera, Kec. Batu Licin"),
        (
            MeasureKind.LIVE_AT,
            Particulars((Place("63.71", "Jalan A 1"),)),
            "tinggal di Jalan A 1, Kota Banjarmasin",
        ),
        (MeasureKind.PERMIT, Particulars(permit_change=PermitChange.CANCELLED), "pembatalan Izin Tinggal"),
        (
            MeasureKind.PERMIT,
            Particulars(permit_change=PermitChange.RESTRICTED, permit_words="hanya di Batulicin"),
            "pembatasan Izin Tinggal: hanya di Batulicin",
        ),
        (MeasureKind.LISTED, Particulars(listing=Listing.ENTRY), "pencantuman dalam daftar Penangkalan"),
        (
            MeasureKind.DEPORTATION,
            Particulars(destination="Tiongkok"),
            "Deportasi dari Wilayah Indonesia ke Tiongkok",
        ),
    ],
)
def test_the_letter_names_what_the_measure_is_about(kind, told, words):
    assert words in printed(NewProposal(kind, Ground.LAW_NOT_OBEYED, "Alasan.", particulars=told))


@pytest.mark.parametrize(
    ("told", "because"),
    [
        (Particulars(), "sedikitnya satu tempat"),
        (Particulars(places=(Place("99.99"), Place("\0"))), "sedikitnya satu tempat"),
        (Particulars(places=tuple(Place(f"63.{n:02}") for n in range(1, 8))), "Paling banyak 5 tempat"),
    ],
)
def test_without_a_place_nobody_is_barred(told, because):
    case = folder.conferred()
    with acting_as(bayu), pytest.raises(errors.MeasureUnspecified, match=because):
        actions.measure_propose(bayu, case_id=case, proposal=replace(BARRED, particulars=told))
    with acting_as(bayu):
        assert actions.measure_propose(bayu, case_id=case, proposal=BARRED) == 1


def test_the_database_asks_for_the_place_too():
    case = folder.proposed(BARRED)
    with acting_as(bayu):
        row = Proposal.objects.get(case=case)
        row.pk, row.version, row.place_codes, row.place_words, row.place_names = None, 2, [], [], []
        with pytest.raises(IntegrityError, match="barred_from_a_place"), transaction.atomic():
            row.save(force_insert=True)


def test_a_version_of_before_that_names_no_place_is_not_decided(monkeypatch):
    case = folder.proposed(BARRED)
    monkeypatch.setattr(Proposal, "particulars", lambda _row: Particulars())
    with acting_as(hasan):
        _letter, holes = queries.decision_preview(hasan, case)
        with pytest.raises(errors.MeasureUnspecified):
            actions.measure_decide(hasan, case_id=case, version=1, because="Setuju.")
    assert [(hole.path, hole.where) for hole in holes] == [("measures[0].text", "usulan")]


def test_the_form_says_beside_the_field_what_is_missing(desk):
    case = folder.conferred()
    address = reverse("cases:propose", args=[case])
    answer = desk.post(address, FORM)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'href="#id_place_1"' in shown
    # What the measure cannot do without is not called optional; a second place is.
    assert "(boleh kosong)" not in shown.split('for="id_place_1"', 1)[1].split("</label>", 1)[0]
    assert "(boleh kosong)" in shown.split('for="id_place_2"', 1)[1].split("</label>", 1)[0]
    assert "Pilih sedikitnya satu tempat" in shown
    assert "Kata-kata saya." in shown
    lost = desk.post(address, {**FORM, "place_1": "99.99", "words_1": "Dermaga"}).content.decode()
    assert "tidak dikenal" in lost
    assert "Pilih sedikitnya satu" not in lost
    given = {**FORM, "place_1": "63.10.01", "words_1": "Dermaga", "place_3": "63.71"}
    assert desk.post(address, given).status_code == 302
    again = desk.get(address).content.decode()
    assert 'value="Dermaga"' in again
    assert 'value="63.71"' in again
    page = desk.get(reverse("cases:page", args=[case])).content.decode()
    assert "Dermaga, Kec. Batu Licin" in page


def test_the_destination_is_offered_from_the_passport(desk):
    case = folder.conferred()
    assert (
        'name="destination" value="Tiongkok"'
        in desk.get(reverse("cases:propose", args=[case])).content.decode()
    )
