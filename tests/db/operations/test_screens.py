"""The screens of operations, pressed as officers press them."""

import html
import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, citra, hasan, machine, officer, ratna
from tests.db.operations import world
from tests.web import signed_in
from timpora.apps.identity import queries as identity
from timpora.apps.indications import actions as indications
from timpora.apps.indications.queries import indication_list
from timpora.apps.operations import actions, queries
from timpora.apps.operations.grounds import GROUNDS
from timpora.apps.operations.types import Ground
from timpora.apps.registry import actions as registry
from timpora.apps.registry.types import NewRecord, NewStay, Source
from timpora.domain.states import TargetState
from timpora.kernel import clock
from timpora.kernel.database.session import acting_as
from timpora.kernel.lawbook.store import lawbook

pytestmark = pytest.mark.django_db
sari = officer("Sari", "timpora_secretary", "KANIM-BATULICIN", "63.10")
FORM = {
    "name": "Hotel Ebony",
    "address": "Jalan Raya Batulicin",
    "wilayah": "63.10.06",
    "lat": "-3,45",
    "lng": "115.99",
    "ground": "kunjungan_penginapan",
    "ground_text": "Laporan tamu 19-08-2024 memuat tiga orang.",
    "checks": "Cocokkan laporan tamu.",
}


def page(client, route, *args, status=200, **post):
    url = reverse(f"operations:{route}", args=args)
    answer = client.post(url, post) if post else client.get(url)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer


def desk(actor, role_client=None):
    return signed_in(role_client or Client(), actor)


def nips():
    """Signing in renews the accounts, so the service numbers are written again."""
    world.people()


@pytest.mark.usefixtures("carried")
def test_from_proposal_to_a_numbered_pdf_by_three_people(operation):
    clients = {actor.name: desk(actor) for actor in (bayu, hasan, ratna, citra)}
    nips()
    made = page(clients["Bayu"], "propose", operation, status=302, **FORM)
    target = made.url.rsplit("/", 1)[1]
    assert "Menunggu pejabat lain" in page(clients["Bayu"], "target", target).content.decode()
    assert "Setujui sasaran" in page(clients["Hasan"], "target", target).content.decode()
    assert "Setujui sasaran" not in page(clients["Ratna"], "target", target).content.decode()
    page(clients["Citra"], "target", target, status=404)
    page(clients["Hasan"], "decide", target, status=302, putusan="setuju", because="")

    with acting_as(bayu):
        phase = queries.operation_get(bayu, operation).phases[0].id
        dodi = next(o for o in identity.officer_list(bayu, unit=world.BATULICIN) if o.name == "Dodi")
    words = {"name": "Regu 1", "phase": phase, "leader": dodi.id, "targets": [target], "vehicles": "DA 1 XX"}
    page(clients["Bayu"], "team-form", operation, status=302, **words)
    with acting_as(bayu):
        team = queries.team_list(bayu, operation)[0].id
    order = page(clients["Bayu"], "draft", team, status=302, x="1").url.rsplit("/", 1)[1]
    shown = page(clients["Bayu"], "order", order).content.decode()
    assert "Semua isian lengkap" in shown
    assert "Terbitkan surat perintah" not in shown
    assert "Terbitkan surat perintah" in page(clients["Hasan"], "order", order).content.decode()
    page(clients["Hasan"], "issue", order, status=302, x="1")
    pdf = page(clients["Hasan"], "order-pdf", order)
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["Content-Type"] == "application/pdf"
    page(clients["Ratna"], "order-pdf", order, status=404)
    page(clients["Citra"], "order", order, status=404)
    assert "W.19.IMI.IMI.2-GR.03.06-1/2024" in page(clients["Ratna"], "teams", operation).content.decode()


@pytest.mark.usefixtures("carried")
@pytest.mark.parametrize(
    ("field", "wrong"),
    [("lat", "tiga"), ("wilayah", "99.99.99"), ("ground", "kebangsaan"), ("checks", " "), ("lat", "60")],
)
def test_a_wrong_proposal_comes_back_with_every_word(operation, field, wrong):
    client = desk(bayu)
    shown = page(client, "propose", operation, status=422, **(FORM | {field: wrong})).content.decode()
    assert "Laporan tamu 19-08-2024" in shown
    page(client, "propose", operation, status=302, **FORM)


@pytest.mark.usefixtures("carried")
@pytest.mark.parametrize("field", ["lat", "lng"])
def test_a_point_pasted_whole_is_split(operation, field):
    client, whole = desk(bayu), FORM | {"lat": "", "lng": ""}
    shown = page(client, "propose", operation, status=422, **(whole | {field: "48.85, 2.35"}))
    assert "Titik berada di luar Indonesia" in shown.content.decode()
    assert 'value="48.85"' in shown.content.decode()
    page(client, "propose", operation, status=302, **(whole | {field: "3°27'S 115°59'24\"E"}))
    with acting_as(bayu):
        (target,) = queries.target_list(bayu, operation_id=operation)
    assert (target.lat, target.lng) == (-3.45, 115.99)


@pytest.mark.usefixtures("carried")
def test_a_target_may_be_a_company_by_the_name_of_the_lists(operation):
    page(desk(bayu), "propose", operation, status=302, **(FORM | {"employer": " PT Contoh Jaya "}))
    with acting_as(bayu):
        (target,) = queries.target_list(bayu, operation_id=operation)
    assert target.employer == "PT Contoh Jaya"


def test_a_refusal_needs_a_reason_and_is_read_by_the_proposer(operation):
    target = world.proposed(operation)
    head = desk(hasan)
    shown = page(head, "decide", target, status=422, putusan="tolak", because="").content.decode()
    assert "Tulis alasan penolakan" in shown
    page(head, "decide", target, status=302, putusan="tolak", because="Dasar belum cukup.")
    assert "Dasar belum cukup." in page(desk(bayu), "target", target).content.decode()
    page(head, "decide", target, status=422, putusan="setuju", because="")


def test_persons_are_named_only_to_who_may_open_them_for_a_purpose(operation, person):
    target = world.proposed(operation, person_ids=[person])
    assert "LI WEI" in page(desk(hasan), "target", target).content.decode()
    without = page(desk(hasan.for_purpose(None)), "target", target).content.decode()
    assert "LI WEI" not in without
    assert "Pilih tujuan kerja" in without
    assert "LI WEI" not in page(desk(ratna), "target", target).content.decode()


def test_an_office_answers_and_the_centre_reads_it(operation):
    client = desk(bayu)
    page(client, "answer", operation, status=422, readiness="siap_sebagian", note="")
    page(client, "answer", operation, status=302, readiness="siap_sebagian", note="Satu mobil rusak")
    assert "Satu mobil rusak" in page(desk(ratna), "offices", operation).content.decode()
    assert "Satu mobil rusak" not in page(desk(citra), "offices", operation).content.decode()


def test_the_centre_opens_and_closes_and_an_office_opens_its_own():
    world.people()
    centre, head = desk(ratna), desk(hasan)
    words = {"name": "Jagratara III", "kind": "serentak", "phase": "Tahap III", "starts": "2024-10-07"}
    page(centre, "open", status=422, **words, ends="2024-10-06")
    made = page(centre, "open", status=302, **words, ends="2024-10-09").url.rsplit("/", 1)[1]
    assert "07-10-2024 00.00 – 09-10-2024 24.00" in page(centre, "list").content.decode()
    page(head, "open", status=422, **words, ends="2024-10-09")
    page(
        head,
        "open",
        status=302,
        **(words | {"kind": "mandiri", "name": "Operasi Batulicin"}),
        ends="2024-10-09",
    )
    page(centre, "close", made, status=302, because="Ditunda.")
    assert "berakhir" in page(centre, "operation", made).content.decode()


def test_each_page_of_an_operation_opens_empty_and_full_for_every_reader(operation):
    readers = [desk(actor) for actor in (ratna, hasan, bayu)]
    for full in (False, True):
        if full:
            nips()
            long = "Sangat panjang " * 12
            world.issued(world.team(operation, world.approved(operation, name=long[:190], address=long)))
        for client in readers:
            for route in ("operation", "offices", "teams"):
                page(client, route, operation)
            page(client, "list")
    for route in ("propose", "team-form"):
        page(readers[2], route, operation)
    assert (
        "Tidak ada sasaran dengan keadaan ini"
        in readers[1]
        .get(reverse("operations:operation", args=[operation]) + "?keadaan=ditolak")
        .content.decode()
    )


def test_the_page_of_targets_asks_no_more_with_more_targets(operation, django_assert_max_num_queries):
    client = desk(bayu)
    url = reverse("operations:operation", args=[operation])

    def asked():
        with django_assert_max_num_queries(40) as found:
            client.get(url)
        return len(found)

    world.proposed(operation)
    before = asked()
    for n in range(5):
        world.proposed(operation, lat=-3.5 - n / 10)
    assert asked() == before


def test_an_indication_that_is_not_there_is_not_found(operation):
    client = desk(bayu)
    url = reverse("operations:propose", args=[operation])
    assert client.get(f"{url}?indikasi={uuid4()}").status_code == 404
    assert client.get(f"{url}?indikasi=x").status_code == 404


def test_what_waits_for_the_head_is_not_what_he_proposed_himself(operation):
    target = world.proposed(operation)
    team = world.team(operation, world.approved(operation, lat=-3.5))
    with acting_as(bayu):
        order = actions.order_draft(bayu, team_id=team)
        assert queries.waiting_get(bayu).targets == queries.waiting_get(bayu).orders == ()
    with acting_as(hasan):
        found = queries.waiting_get(hasan)
    assert [t.id for t in found.targets] == [target]
    assert [(o.id, o.team_name) for o in found.orders] == [(order, "Regu 1")]
    assert found.targets[0].state is TargetState.PROPOSED


def indicated(person):
    """Let the rules find that the person's permit ended while a stay is reported."""
    on = clock.today("Asia/Makassar")
    stay = NewStay(
        starts=on - timedelta(days=3),
        lodging="Ebony",
        address="Jalan Raya 7",
        wilayah="63.10.06",
        reported_on=on,
    )
    row = NewRecord(id=uuid4(), person=person, name="LI WEI", document_number="E123", facts=(stay,))
    with acting_as(machine):
        registry.records_add(
            machine, source=Source("HOTEL", "Laporan hotel", on, ("63.10.06",)), records=[row]
        )
        indications.rules_run(machine, on=on)
    with acting_as(bayu):
        return next(i for i in indication_list(bayu) if i.rule_id == "stay.permit-ended")


@pytest.mark.usefixtures("carried")
def test_an_indication_becomes_a_proposal_with_its_ground_and_person(operation, person):
    found = indicated(person)
    client = desk(bayu)
    led = client.get(reverse("operations:target-new") + f"?indikasi={found.id}")
    assert led.url.endswith(f"/operasi/{operation}/usul?indikasi={found.id}")
    shown = client.get(led.url).content.decode()
    assert found.because in html.unescape(shown)
    assert re.findall(r'value="([a-z_]+)"[^>]*checked', shown) == ["izin_berakhir"]
    for name, told in (("name", "Ebony"), ("wilayah", "63.10.06"), ("address", "Jalan Raya 7")):
        assert re.search(f'name="{name}" value="{told}"', shown)
    target = page(client, "propose", operation, status=302, **FORM, indikasi=found.id).url.rsplit("/", 1)[1]
    with acting_as(hasan):
        view = queries.target_get(hasan, target)
        assert queries.targets_for_indications(hasan, [found.id])[found.id] == [view]
    assert (view.person_ids, view.indication_ids) == ((person,), (found.id,))
    source = re.findall(r'class="source">([^<]+)<', page(desk(hasan), "target", view.id).content.decode())
    assert source
    assert all(re.search(r", \d\d-\d\d-\d{4}$", said) for said in source)
    shown = html.unescape(page(desk(hasan), "target", target).content.decode())
    assert found.because in shown
    assert "belum dinilai seorang pun" in shown
    with acting_as(bayu):
        indications.verdict_give(
            bayu,
            indication_id=found.id,
            kind="terverifikasi",
            because="Dicek lewat telepon.",
            ruled_out=found.innocent,
        )
    shown = html.unescape(page(desk(hasan), "target", target).content.decode())
    assert "belum dinilai" not in shown
    assert "“Dicek lewat telepon.”" in shown
    assert f'href="/indikasi/{found.id}"' in shown


def test_without_one_open_operation_the_officer_chooses():
    world.people()
    client = desk(bayu)
    url = reverse("operations:target-new")
    assert "Tidak ada operasi yang terbuka" in client.get(url).content.decode()
    for name in ("Jagratara II", "Jagratara III"):
        world.opened(replace(world.NEW, name=name))
    shown = client.get(url).content.decode()
    assert "Jagratara II" in shown
    assert "Jagratara III" in shown


def test_a_target_cites_the_law_of_its_day(operation):
    target = world.proposed(operation, ground=Ground.LODGING_VISIT)
    shown = page(desk(bayu), "target", target).content.decode()
    cited = lawbook().holding(GROUNDS[Ground.LODGING_VISIT].cites, on=clock.today("Asia/Makassar"))
    newest = lawbook().resolve(GROUNDS[Ground.LODGING_VISIT].cites)
    assert {article.label for article in newest} - {article.label for article in cited}
    assert "jo. UU 63/2024" not in shown
    for article in cited:
        since = f"sejak-{article.period.starts:%Y-%m-%d}"
        assert f'href="/hukum/{article.id}#{since}">{article.label}</a>' in shown
        assert f'id="{since}"' in desk(bayu).get(f"/hukum/{article.id}").content.decode()


def test_a_reason_that_a_refusal_needs_is_not_called_optional(operation):
    shown = page(desk(hasan), "target", world.proposed(operation)).content.decode()
    assert "Wajib bila menolak" in shown
    assert "(boleh kosong)" not in shown


def test_targets_of_one_name_or_address_in_a_kabupaten_may_be_one(operation):
    first = world.proposed(operation, name="Hotel Ebony", address="Jalan Raya 1")
    named = world.proposed(operation, name="HOTEL  ebony.", address="Jalan Lain 2", lat=-3.6)
    placed = world.proposed(operation, name="Losmen", address="jalan raya, 1", lat=-3.7)
    world.proposed(operation, name="Losmen Lain", address="Jalan Lain 3", lat=-3.8)
    with acting_as(bayu):
        twins = queries.target_twins(bayu, operation)
    assert {one: {twin.target.id for twin in found} for one, found in twins.items()} == {
        first: {named, placed},
        named: {first},
        placed: {first},
    }


@pytest.mark.parametrize(("reader", "shown"), [(bayu, "1"), (sari, "–")], ids=["may read targets", "may not"])
def test_a_number_of_targets_is_for_whoever_may_read_targets(operation, reader, shown):
    world.proposed(operation)
    client = desk(reader)
    row = client.get(reverse("operations:list")).content.decode()
    assert re.search(f'data-label="Sasaran">{shown}</td>', row)
    assert ("<dt>sasaran</dt>" in client.get(reverse("posko:list")).content.decode()) is (shown == "1")
