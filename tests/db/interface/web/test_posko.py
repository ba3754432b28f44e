"""The posko's pages: sums that reconcile, silence on top, persons only for whoever may open them."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import bayu, citra, dodi, hasan, intan, officer, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.db.operations import world
from tests.web import enrolled, signed_in
from timpora.apps.cases import actions as cases
from timpora.apps.cases.errors import CaseHandled
from timpora.apps.findings import actions
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import FindingKind, NewFinding, NewReport, Outcome
from timpora.kernel import clock
from timpora.kernel.access import Actor
from timpora.kernel.audit.models import Entry
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
VICTIM = replace(BUDI, outcome=Outcome.PROTECTION, signs=("paspor dipegang majikan",), findings=())


@pytest.fixture
def work() -> tuple[UUID, UUID]:
    return at_work()


def sent(report: NewReport, actor: Actor = dodi) -> UUID:
    with acting_as(actor):
        actions.report_submit(actor, report=report)
    return report.id


def page(actor: Actor, path: str, status: int = 200) -> str:
    answer = signed_in(Client(), actor).get(path)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def rows(html: str, title: str) -> list[tuple[str, int]]:
    """Read a breakdown off the page: label and figure of each line, the sum last."""
    table = html.split(f">{title}</caption>", 1)[1].split("</table>", 1)[0]
    found = re.findall(r'<th scope="row">(.*?)</th>.*?<td class="num">([\d.]+)</td>', table)
    return [(label, int(figure.replace(".", ""))) for label, figure in found]


def test_the_counts_taken_apart_add_up_with_a_visible_remainder(work):
    operation, target = work
    unknown = replace(BUDI, findings=(NewFinding(FindingKind.UNCLASSIFIED),))
    sent(visit(operation, target, ANNA, unknown, BUDI, headcount=5))
    html = page(ratna, f"/posko/{operation}")
    for title, rest, whole in (
        ("Temuan menurut jenis, seluruh operasi", "belum diklasifikasi", 2),
        ("Orang menurut hasil, seluruh operasi", "terhitung, belum dicatat", 5),
    ):
        lines = rows(html, title)
        assert lines[-1] == ("Jumlah", whole)
        assert sum(figure for _label, figure in lines[:-1]) == whole
        assert dict(lines)[rest] == (1 if whole == 2 else 2)


def test_protection_is_neither_a_line_nor_a_count_of_its_own(work):
    operation, target = work
    report = sent(visit(operation, target, VICTIM, replace(BUDI, outcome=Outcome.REFERRED_MANPOWER)))
    for actor, path in (
        (ratna, f"/posko/{operation}"),
        (ratna, f"/posko/{operation}/dinding"),
        (hasan, f"/posko/{operation}/laporan/{report}"),
        (ratna, f"/posko/{operation}/laporan/{report}"),
        (ratna, f"/posko/{operation}/laporan"),
    ):
        text = words(page(actor, path)).casefold()
        for word in ("pelindungan", "dirujuk", "disnaker", "paspor dipegang", "korban"):
            assert word not in text.replace("disnaker-", ""), (path, word)
    lines = dict(rows(page(ratna, f"/posko/{operation}"), "Orang menurut hasil, seluruh operasi"))
    assert lines["Diteruskan ke penanganan lain"] == 2


def test_by_what_may_follow_nobody_tells_a_victim_from_others_who_were_passed_on(work):
    operation, target = work
    others = [
        replace(BUDI, outcome=outcome, document_number=f"B{n}")
        for n, outcome in enumerate((Outcome.REFERRED_POLICE, Outcome.REFUGEE_NOTED, Outcome.COMPLIANT))
    ]
    others[2] = replace(others[2], findings=(NewFinding(FindingKind.UNCLASSIFIED),))
    report = sent(visit(operation, target, VICTIM, *others))
    html = page(bayu, f"/posko/{operation}/laporan/{report}")
    assert html.count("Buka perkara") == 1
    with acting_as(bayu):
        told = findings.report_get(bayu, report).checked
        for one in told[:3]:
            with pytest.raises(CaseHandled):
                cases.case_open(bayu, report_id=report, checked_id=one.id, because="x")
        assert cases.case_open(bayu, report_id=report, checked_id=told[3].id, because="x")


def test_offices_stand_by_silence_and_name_and_never_by_what_they_found(work):
    operation, target = work
    quiet = [officer(f"Kepala {n}", "kanim_head", f"KANIM-{n}", "63.71") for n in ("ZZZ", "AAA", "MMM")]
    for head in quiet:
        enrolled(head)
    other = world.opened(replace(world.NEW, name="Jagratara lain", code="lain"))
    html = page(ratna, f"/posko/{other}")
    silent = re.findall(r'data-unit="(KANIM-[A-Z]+)"', html)
    assert silent == sorted(silent)
    assert {"KANIM-AAA", "KANIM-MMM", "KANIM-ZZZ"} <= set(silent)
    sent(visit(operation, target, ANNA))
    html = page(ratna, f"/posko/{operation}")
    assert re.findall(r'data-unit="(KANIM-[A-Z]+)"', html)[-1] == "KANIM-BATULICIN"  # it reported


def test_a_nil_office_is_complete_and_a_silent_one_says_since_when(work):
    operation, _target = work
    before = words(page(ratna, f"/posko/{operation}"))
    assert "2 kantor = 0 melapor + 0 nihil + 2 diam" in before
    assert "sejak hari ini 00.00" in before
    client = signed_in(Client(), bayu)
    form = client.get(f"/posko/{operation}/nihil")
    report = form.context["form"]["report_id"].value()
    for _again in range(2):
        answer = client.post(f"/posko/{operation}/nihil", {"report_id": report, "note": "Tiga titik."})
        assert answer.status_code == 302
    after = words(page(ratna, f"/posko/{operation}"))
    assert "2 kantor = 0 melapor + 1 nihil + 1 diam" in after
    with acting_as(ratna):
        assert len(findings.report_list(ratna, operation_id=operation)) == 1


def test_only_an_office_that_takes_part_says_nil(work):
    operation, _target = work
    own = officer("Tono", "inteldakim_head", "KANIM-LAIN", "64.71")
    assert "Kirim nihil" in page(bayu, f"/posko/{operation}/nihil")
    page(own, f"/posko/{operation}/nihil", 404)
    page(hasan, f"/posko/{operation}/nihil", 404)


def test_the_centre_sees_counts_and_the_office_with_a_purpose_sees_names_and_is_logged(work):
    operation, target = work
    report = sent(visit(operation, target, ANNA))
    path = f"/posko/{operation}/laporan/{report}"
    centre, office = page(ratna, path), page(intan, path)
    for word in ("ERIKSSON", "L898902C3", "12-08-1974", "Pos depan", "Alamat di izin"):
        assert word not in centre
        assert word in office or word == "Pos depan"
    assert "Dianjurkan lapor" in centre
    assert "Alamat berbeda dari izin" in centre
    aimless = page(replace(hasan, purpose=None), path)
    assert "ERIKSSON" not in aimless
    assert "Pilih tujuan" in aimless
    with acting_as(ratna):
        read = Entry.objects.filter(tag=str(Tag.FINDINGS_REPORT_READ), subject_id=str(report))
        assert {entry.actor_name for entry in read} == {"Intan"}


def test_a_report_of_a_foreign_territory_or_operation_does_not_exist(work):
    operation, target = work
    report = sent(visit(operation, target, ANNA))
    page(hasan, f"/posko/{operation}/laporan/{report}")
    page(citra, f"/posko/{operation}/laporan/{report}", 404)
    page(hasan, f"/posko/{uuid4()}/laporan/{report}", 404)
    page(citra, f"/posko/{operation}/laporan?kantor=KANIM-BATULICIN", 404)
    assert "ERIKSSON" not in page(hasan, f"/posko/{operation}/laporan?kantor=KANIM-BATULICIN")


def test_a_conflict_is_visible_on_board_list_and_report(work):
    operation, target = work
    report = visit(operation, target, ANNA)
    sent(report)
    sent(replace(report, note="Isi lain."))
    assert "1 laporan berbeda isi" in words(page(ratna, f"/posko/{operation}"))
    assert "berbeda isi" in page(ratna, f"/posko/{operation}/laporan")
    assert "Keduanya disimpan" in page(ratna, f"/posko/{operation}/laporan/{report.id}")


def test_the_map_shows_offices_as_dots_and_approved_targets_as_squares(work):
    operation, target = work
    world.proposed(operation, name="Belum disetujui")
    points = map_points(page(ratna, f"/posko/{operation}"))
    assert points[str(target)]["shape"] == "square"
    assert points["KANIM-BATULICIN"]["tone"] == "caution"
    assert not any("Belum disetujui" in str(point["title"]) for point in points.values())
    sent(visit(operation, target, ANNA))
    points = {point["id"]: point for point in live(ratna, operation)["titik"]["baru"]}
    assert (points[str(target)]["tone"], points["KANIM-BATULICIN"]["tone"]) == ("good", "good")


def map_points(html: str) -> dict[str, dict[str, object]]:
    text = html.split('id="posko-peta-titik" type="application/json">', 1)[1].split("</script>", 1)[0]
    return {point["id"]: point for point in json.loads(text)}


def live(actor: Actor, operation: UUID, query: str = "") -> dict[str, dict[str, object]]:
    answer = signed_in(Client(), actor).get(f"/posko/{operation}/papan{query}")
    assert answer.status_code == 200
    return json.loads(answer.content)


@pytest.mark.parametrize(("path", "query"), [("", ""), ("/dinding", "?dinding=1")])
def test_the_live_parts_are_those_of_the_page(work, path, query):
    operation, target = work
    sent(visit(operation, target, ANNA))
    whole = page(ratna, f"/posko/{operation}{path}")
    told = live(ratna, operation, query)
    assert set(re.findall(r'data-piece="([\w-]+)"', whole)) == set(told["bagian"])
    assert set(re.findall(r'data-rows="(\w+)"', whole)) == set(told["daftar"])
    assert f'data-version="{told["versi"]}"' in whole


def test_a_page_that_shows_this_very_board_hears_the_hour_only(work):
    operation, target = work
    first = live(ratna, operation)
    again = live(ratna, operation, f"?versi={first['versi']}")
    assert (set(again["bagian"]), again["daftar"], again["utuh"]) == ({"saat", "tahap"}, {}, False)
    assert again["titik"] == {"baru": [], "hilang": []}
    sent(visit(operation, target, ANNA))
    changed = live(ratna, operation, f"?versi={first['versi']}")
    assert changed["versi"] != first["versi"]
    assert changed["utuh"]


def test_published_totals_stand_beside_and_are_marked(work):
    operation, _target = work
    text = words(page(ratna, f"/posko/{operation}"))
    assert "Angka terbit, hanya acuan" in text
    assert "1.293" in text
    assert "koranjuri.com" in text
    other = world.opened(replace(world.NEW, name="Wirawaspada", code="wira"))
    assert "Angka terbit" not in words(page(ratna, f"/posko/{other}"))


def test_the_phase_bar_tells_the_hour_of_each_zone_that_takes_part(work):
    operation, _target = work
    text = words(page(ratna, f"/posko/{operation}"))
    assert "Tahap II hari ke-2 dari 3" in text
    assert "21-08-2024 00.00 – 23-08-2024 24.00 waktu setempat" in text
    assert "WITA 10.00 berjalan, 38 jam lagi" in text


def statements(actor: Actor, path: str) -> int:
    client = signed_in(Client(), actor)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_statements_do_not_grow_with_offices_targets_or_reports(work):
    operation, target = work
    sent(visit(operation, target, ANNA))
    paths = [f"/posko/{operation}", f"/posko/{operation}/dinding", f"/posko/{operation}/laporan", "/posko"]
    few = [statements(ratna, path) for path in paths]
    for number in range(12):
        enrolled(officer(f"Kepala {number}", "kanim_head", f"KANIM-N{number}", "63.71"))
    many = world.opened(replace(world.NEW, name="Jagratara besar", code="besar"))
    for _number in range(4):
        world.approved(many)
    targets = [world.approved(many, name=f"Mes {number}") for number in range(3)]
    world.issued(world.team(many, *targets, leader=world.edi))
    for place in targets:
        sent(visit(many, place, ANNA, BUDI), world.edi)
    grown = [path.replace(str(operation), str(many)) for path in paths]
    assert [statements(ratna, path) for path in grown] == few


def test_each_figure_says_whether_it_is_of_today_or_of_the_whole_operation(work):
    operation, target = work
    sent(visit(operation, target, ANNA))
    html = page(ratna, f"/posko/{operation}")
    assert "Seluruh operasi" in words(html.split('class="posko-source"', 1)[1].split("</p>", 1)[0])
    assert "Hari ini" in words(html.split('class="office-sum"', 1)[1].split("</p>", 1)[0])
    with clock.standing_at(DAY + timedelta(days=20)):
        later = page(ratna, f"/posko/{operation}")
    assert "Seluruh operasi" in words(later.split('class="office-sum"', 1)[1].split("</p>", 1)[0])
