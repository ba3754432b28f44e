"""Cases on screens: the path by hand, forms that keep every word, the neutral page, letters."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import citra, dodi, lestari
from tests.cast import hasan as head
from tests.conftest import DAY
from tests.db.cases import folder
from tests.db.cases.folder import CHARGE, HEARD, SIGNS, TODAY, bayu, intan
from tests.web import signed_in
from timpora.apps.cases import actions, queries
from timpora.apps.identity.actions import INSTALLER
from timpora.apps.identity.models import User
from timpora.apps.operations.grounds import GROUNDS
from timpora.apps.operations.types import Ground
from timpora.domain.states import CaseState
from timpora.interface.web.cases import articles
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
SCREEN = {**HEARD, "language": "Mandarin", "note": ""}
CONFERENCE = {
    "held_on": TODAY.isoformat(),
    "chair": "Hasan",
    "attendants": "Bayu, Kasi Inteldakim\nIntan, PPNS",
    "reason": "alat_bukti_kurang_dari_dua",
    "because": "Alat bukti pidana kurang.",
}
PROPOSAL = {
    "ground": "overstay_biaya_beban",
    "payment": "belum_ditagih",
    "kind": "biaya_beban",
    "because": "Cukup.",
}
DELIVERY = {"delivered_on": TODAY.isoformat(), "received_by": "LI WEI", "manner": "langsung", "note": ""}
OBJECTION = {
    "filed_on": TODAY.isoformat(),
    "objector": "LI WEI",
    "proxy": "",
    "place": "Batulicin",
    "parts": "surat keberatan",
}


def client_of(actor):
    client = signed_in(Client(), actor)
    with acting_as(INSTALLER):
        User.objects.filter(pk=actor.id).update(nip="197001011995031001")
    return client


@pytest.fixture(autouse=True)
def desks():
    """Sign everybody in first: enrolling an officer writes the office anew."""
    found = {one.name: client_of(one) for one in (bayu, intan, head, lestari)}
    folder.office()
    return found


def text_of(answer):
    return answer.content.decode()


def go(client, route, case, data=None, **more):
    address = reverse(f"cases:{route}", args=[case, *more.values()])
    return client.get(address) if data is None else client.post(address, data)


def page(client, case):
    return text_of(client.get(reverse("cases:page", args=[case])))


def test_the_path_by_hand_of_four_people(desks):
    found = folder.indicated()
    answer = desks["Bayu"].post(reverse("cases:open"), {"indikasi": str(found), "because": "Overstay nyata."})
    case = answer.url.rsplit("/", 1)[-1]
    assert "Mulai penapisan" in page(desks["Intan"], case)
    assert go(desks["Intan"], "screen", case, SCREEN).status_code == 302
    assert go(desks["Bayu"], "conference", case, CONFERENCE).status_code == 302
    offered = text_of(go(desks["Bayu"], "propose", case))
    assert "telah lewat 12 hari" in offered
    assert "Dasar" in offered
    assert go(desks["Bayu"], "propose", case, PROPOSAL).status_code == 302
    assert go(desks["Intan"], "sign", case, {"version": "1"}).status_code == 302
    seen = text_of(go(desks["Hasan"], "decide", case))
    assert "Rp12.000.000" in seen
    assert "data-confirm=" in seen
    assert go(desks["Hasan"], "decide", case, {"version": "1", "because": "Setuju."}).status_code == 302
    assert go(desks["Bayu"], "deliver", case, DELIVERY).status_code == 302
    shown = page(desks["Bayu"], case)
    assert "21 hari kerja lagi" in shown
    assert "belum diverifikasi" in shown
    assert go(desks["Bayu"], "object", case, OBJECTION).status_code == 302
    assert go(desks["Bayu"], "forward", case, {"forwarded_on": TODAY.isoformat()}).status_code == 302
    assert go(desks["Bayu"], "execute", case, {"because": "Lunas."}).status_code == 302
    assert go(desks["Hasan"], "close", case, {"because": "Selesai."}).status_code == 302
    with acting_as(bayu):
        view = queries.case_get(bayu, case)
    assert view.row.state is CaseState.CLOSED
    letter = desks["Bayu"].get(reverse("cases:letter", args=[case, view.decision.letter_id]))
    assert letter["Content-Type"] == "application/pdf"
    assert letter.content.startswith(b"%PDF")


def test_articles_read_as_on_the_day_of_what_cites_them():
    amended = GROUNDS[Ground.LODGING_VISIT].cites
    before, after = (articles(amended, DAY.replace(month=m), "Asia/Makassar") for m in (8, 12))
    assert "63/2024" not in str([article.label for article in before])
    assert "63/2024" in str([article.label for article in after])


def test_what_is_missing_is_linked_and_the_button_waits(desks):
    case = folder.proposed()
    with acting_as(bayu):
        actions.party_correct(bayu, case_id=case, words=replace(folder.WORDS, address=""))
    shown = text_of(go(desks["Hasan"], "decide", case))
    assert reverse("cases:party", args=[case]) + "#id_address" in shown
    assert "belum diisi" in shown
    answer = go(desks["Hasan"], "decide", case, {"version": "1", "because": "Kata-kata saya."})
    assert answer.status_code == 422
    assert "Alamat di Indonesia" in text_of(answer)
    assert "Kata-kata saya." in text_of(answer)
    assert go(desks["Hasan"], "draft", case).content.startswith(b"%PDF")


def test_a_day_is_read_day_first_whatever_the_browser_speaks(desks):
    case = folder.screened()
    shown = text_of(go(desks["Bayu"], "conference", case))
    assert f'value="{TODAY:%d-%m-%Y}"' in shown
    assert 'type="date"' not in shown
    wrong = go(desks["Bayu"], "conference", case, CONFERENCE | {"held_on": f"{TODAY:%m/%d/%Y}"})
    assert wrong.status_code == 422
    assert "Tulis tanggal sebagai hari-bulan-tahun" in text_of(wrong)
    right = CONFERENCE | {"held_on": f"{TODAY:%d-%m-%Y}"}
    assert go(desks["Bayu"], "conference", case, right).status_code == 302


def test_a_refused_form_keeps_every_word(desks):
    case = folder.conferred()
    wrong = {**PROPOSAL, "kind": "deportasi", "destination": "Tiongkok", "because": "Kata yang panjang"}
    answer = go(desks["Bayu"], "propose", case, wrong)
    assert answer.status_code == 422
    assert "tidak membuka tindakan" in text_of(answer)
    assert "Kata yang panjang" in text_of(answer)
    part = {code: reply for code, reply in SCREEN.items() if code != "utang"}
    other = folder.opened(folder.overstayer(name="B"))
    assert go(desks["Intan"], "screen", other, part).status_code == 422


def test_a_step_that_is_not_open_leads_back_to_the_case(desks):
    case = folder.opened()
    for route in ("conference", "propose", "deliver", "object"):
        assert go(desks["Bayu"], route, case).url == reverse("cases:page", args=[case])
    assert go(desks["Hasan"], "decide", case).url == reverse("cases:page", args=[case])
    answer = desks["Bayu"].post(reverse("cases:execute", args=[case]), {"because": "x"}, follow=True)
    assert "sudah berpindah keadaan" in text_of(answer)


def test_an_old_version_is_neither_signed_nor_returned(desks):
    case = folder.proposed()
    with acting_as(bayu):
        actions.measure_propose(bayu, case_id=case, proposal=CHARGE)
    for number in ("1", "", "x", "-1", "9" * 30):
        answer = desks["Intan"].post(reverse("cases:sign", args=[case]), {"version": number}, follow=True)
        assert "Usulan berubah" in text_of(answer)
    data = {"version": "2", "kembali-because": "Lengkapi."}
    assert "Lengkapi." in text_of(
        desks["Hasan"].post(reverse("cases:return", args=[case]), data, follow=True)
    )


def test_a_referred_case_is_a_neutral_page_and_in_no_list(desks):
    case = folder.screened(SIGNS)
    shown = page(desks["Bayu"], case)
    assert "dikerjakan pejabat lain" in shown
    for word in ("LI WEI", "korban", "perdagangan", "pengungsi", "dirujuk", "Paspor"):
        assert word not in shown.split("<main", 1)[1]
    for name in ("Bayu", "Intan", "Hasan"):
        listed = text_of(desks[name].get(reverse("cases:list"))).split("<main", 1)[1]
        assert "selesai atau diteruskan" in listed
        for word in ("LI WEI", "L• W", "dirujuk"):
            assert word not in listed
    for route in ("screen", "party", "conference", "propose"):
        assert go(desks["Bayu"], route, case).url == reverse("cases:page", args=[case])
    assert go(desks["Bayu"], "draft", case).status_code == 422
    listed = text_of(desks["Lestari"].get(reverse("cases:list")))
    assert str(case) in listed
    assert "LI WEI" not in listed
    assert "Paspor dipegang mandor." in page(desks["Lestari"], case)


def test_the_list_counts_by_state_and_costs_the_same(desks, django_assert_max_num_queries):
    folder.opened()
    folder.delivered()
    for name in ("A", "B"):
        folder.opened(folder.overstayer(name=name))
    with django_assert_max_num_queries(17):
        shown = text_of(desks["Bayu"].get(reverse("cases:list")))
    assert shown.index("masa keberatan") < shown.index("PK-0001")
    only = text_of(desks["Bayu"].get(reverse("cases:list"), {"keadaan": "disampaikan"}))
    assert "PK-0002" in only
    assert "PK-0001" not in only
    for odd in ({"keadaan": "\0"}, {"hal": "x"}, {"keadaan": "ditutup"}):
        assert desks["Bayu"].get(reverse("cases:list"), odd).status_code == 200


@pytest.mark.parametrize("stranger", [citra, dodi], ids=lambda a: a.name)
def test_for_others_there_is_no_such_case(stranger):
    case = folder.opened()
    client = signed_in(Client(), stranger)
    for route in ("page", "screen", "party", "conference", "propose", "decide", "deliver", "object", "draft"):
        assert go(client, route, case).status_code == 404
    letter = reverse("cases:letter", args=[case, case])
    assert client.get(letter).status_code == 404


def test_without_purpose_no_case_opens():
    case = folder.opened()
    client = signed_in(Client(), bayu.for_purpose(None))
    session = client.session
    session.pop("purpose", None)
    session.save()
    for route in ("page", "screen", "propose"):
        assert go(client, route, case).status_code == 403


@pytest.mark.parametrize("asked", [{}, {"laporan": "x", "orang": "y"}, {"indikasi": "\0"}])
def test_opening_from_nothing_teaches_and_refuses(desks, asked):
    assert "Dari apa perkara dibuka?" in text_of(desks["Bayu"].get(reverse("cases:open"), asked))
    assert desks["Bayu"].post(reverse("cases:open"), {**asked, "because": "x"}).status_code == 422


@pytest.mark.parametrize("odd", ["\0", "\u202e", "x" * 5000, "=1+1", "<script>"])
def test_odd_words_break_nothing(desks, odd):
    case = folder.opened()
    for route in ("execute", "close"):
        desk = desks["Hasan"] if route == "close" else desks["Bayu"]
        answer = desk.post(reverse(f"cases:{route}", args=[case]), {"because": odd})
        assert answer.status_code in {302, 422}
    assert "<script>" not in page(desks["Bayu"], case).split("<main", 1)[1].split("perjalanan")[0]
