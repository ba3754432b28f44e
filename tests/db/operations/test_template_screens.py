"""The pages of templates: drafted, previewed, published, opened from, and their annexes handed out."""

import html
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, citra, dodi, hasan, ratna, surya
from tests.db.operations import templates, world
from tests.web import signed_in
from timpora.apps.operations import actions, queries
from timpora.apps.operations.report_forms import form_of
from timpora.interface.web.operation_questions import key_of
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
WORDS = {
    "name": "Jagratara", "kinds": ["serentak", "mandiri"], "sop_version": "lapangan-2",
    "instruction": "Tepat waktu.",
    "tahap1-name": "Tahap II", "tahap1-offset": "0", "tahap1-length": "3", "tahap1-answer_before": "2",
    "tahap2-name": "Tahap III", "tahap2-offset": "30", "tahap2-length": "2", "tahap2-answer_before": "",
    "tahap3-name": "", "tahap3-offset": "", "tahap3-length": "", "tahap3-answer_before": "",
}  # fmt: skip
PLACE = {
    "text_id": "Jenis tempat", "text_en": "Kind of place", "kind": "pilihan",
    "choices": "Mes karyawan | Quarters\nHotel", "asked_for": ["pemeriksaan", "nihil"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def offices():
    world.people(surya)


def read(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return html.unescape(answer.content.decode())


def seen_on(client, url):
    return read(client, url).split('name="seen" value="')[1].split('"')[0]


def begun(desk):
    made = desk.post(reverse("operations:template-begin"), WORDS)
    assert made.status_code == 302
    return made.url


def drafted(posko):
    """Draft a template with a question and an annex."""
    url = begun(posko)
    form = reverse("operations:question-add", args=[url.split("/")[-1]])
    assert posko.post(form, PLACE | {"seen": seen_on(posko, form)}).status_code == 302
    file = SimpleUploadedFile("x.pdf", templates.PDF, "application/pdf")
    said = {"title": "Lembar bantu", "seen": seen_on(posko, url), "berkas": file}
    assert posko.post(f"{url}/lampiran", said).status_code == 302
    return url


def published(url):
    """Let the director publish; return the address of the version."""
    director = signed_in(Client(), surya)
    assert "Terbitkan versi" in read(director, url)
    assert director.post(f"{url}/terbit", {"seen": seen_on(director, url)}).status_code == 302
    (version,) = {part for part in read(director, url).split('"') if "/templat/versi/" in part}
    assert "Buka operasi dari versi ini" in read(director, version)
    return version


def test_a_draft_shows_what_it_will_be_and_its_author_may_not_publish_it():
    posko = signed_in(Client(), ratna)
    assert "Belum ada templat" in read(posko, reverse("operations:templates"))
    url = drafted(posko)
    page = read(posko, url)
    for words in ("Mes karyawan, Hotel", "Anda pengubah terakhir", "belum diverifikasi", "Lembar bantu"):
        assert words in page
    assert "Terbitkan versi" not in page
    # The pages say no to whoever may not, whatever the button says.
    posko.post(f"{url}/terbit", {"seen": seen_on(posko, url)})
    assert "Pengubah terakhir tidak boleh" in read(posko, url)
    published(url)


def test_a_draft_of_another_waits_on_the_start_page_of_who_may_publish_it():
    posko, director, section = (signed_in(Client(), one) for one in (ratna, surya, bayu))
    start, said = reverse("start:home"), "1 rancangan templat operasi"
    template = templates.begun(phases=())
    assert said not in read(director, start)
    with acting_as(ratna):
        seen = queries.template_get(ratna, template).seen
        actions.template_write(ratna, template_id=template, seen=seen, words=templates.WORDS)
    assert said in read(director, start)
    assert said not in read(posko, start)
    assert said not in read(section, start)
    assert said not in read(signed_in(Client(), hasan), start)
    templates.published(template)
    assert said not in read(director, start)


def test_an_operation_is_opened_from_a_template_and_shows_it():
    posko, office = signed_in(Client(), ratna), signed_in(Client(), bayu)
    version = published(drafted(posko)).split("/")[-1]
    page = read(posko, f"{reverse('operations:open')}?templat={version}&mulai=2024-08-21")
    for said in ("21-08-2024", "23-08-2024", "19-08-2024", "20-09-2024", "21-09-2024", "Tepat waktu."):
        assert said in page
    words = {
        "templat": version, "name": "Jagratara II", "kind": "serentak", "phase": "Tahap II",
        "starts": "2024-08-22", "ends": "2024-08-23", "instruction": "Diubah pembuka.",
        "tahap2-phase": "Tahap III", "tahap2-starts": "2024-09-20", "tahap2-ends": "2024-09-21",
    }  # fmt: skip
    made = posko.post(reverse("operations:open"), words)
    with acting_as(ratna):
        view = queries.operation_get(ratna, made.url.split("/")[-1])
    assert [phase.name for phase in view.phases] == ["Tahap II", "Tahap III"]
    assert (view.instruction, view.template_title) == ("Diubah pembuka.", "Jagratara, versi 1")
    assert [one.key for one in form_of(view.id).questions] == ["jenis_tempat"]
    page = read(office, f"{made.url}/templat")
    assert "Jagratara, versi 1" in page
    assert "Mes karyawan" in page


def test_an_annex_is_handed_out_to_be_saved_and_can_do_nothing():
    _, version = templates.jagratara()
    with acting_as(ratna):
        operation = actions.operation_open(ratna, new=replace(world.NEW, template_version=version))
    office = signed_in(Client(), bayu)
    page = read(office, reverse("operations:operation-template", args=[operation]))
    (link,) = {part for part in page.split('"') if "/lampiran/" in part}
    answer = office.get(link)
    assert (answer.content, answer["Content-Type"]) == (templates.PDF, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="Lembar bantu.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert signed_in(Client(), dodi).get(link).status_code == 404


def test_an_emptied_phase_is_a_phase_less_and_half_a_phase_is_told():
    _, version = templates.jagratara()
    desk = signed_in(Client(), ratna)
    words = {
        "templat": str(version), "name": "Jagratara II", "kind": "serentak", "phase": "Tahap II",
        "starts": "2024-08-22", "ends": "2024-08-23", "tahap2-phase": "",
        "tahap2-starts": "", "tahap2-ends": "", "tahap2-answer_on": "",
    }  # fmt: skip
    half = desk.post(reverse("operations:open"), words | {"tahap2-phase": "Tahap III"})
    assert half.status_code == 422
    assert "Tahap ke-2, Hari pertama" in half.content.decode()
    assert "Dari templat Jagratara, versi 1" in half.content.decode()
    made = desk.post(reverse("operations:open"), words)
    assert made.status_code == 302
    with acting_as(ratna):
        assert len(queries.operation_get(ratna, made.url.split("/")[-1]).phases) == 1


def test_without_a_choice_the_form_is_as_before_and_a_foreign_template_fills_nothing():
    _, version = templates.jagratara(bayu, hasan, kinds=("mandiri",))
    url = reverse("operations:open")
    assert "Isi dari templat" not in read(signed_in(Client(), ratna), url)
    head = signed_in(Client(), hasan)
    assert "Tanpa templat" in read(head, url)
    assert "Dari templat" not in read(head, f"{url}?templat=&mulai=2024-08-21")
    assert "Dari templat Jagratara, versi 1" in read(head, f"{url}?templat={version}&mulai=")
    foreign = f"{url}?templat={version}&mulai=2024-08-21"
    assert "Dari templat" not in read(signed_in(Client(), ratna), foreign)
    assert signed_in(Client(), citra).get(foreign).status_code == 404
    for words in (
        {},
        {"name": "A", "kind": "serentak", "phase": "I", "starts": "2024-08-22", "ends": "2024-08-23"},
    ):
        answer = signed_in(Client(), ratna).post(url, {"templat": str(version)} | words)
        assert answer.status_code == 422
        assert "Dari templat" not in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tahap1-length": ""}, "Tahap baris 1"),
        ({"tahap1-offset": "-1"}, "Tahap baris 1, Mulai, hari sejak awal"),
        ({"tahap3-answer_before": "2"}, "Tahap baris 3"),
        ({"kinds": []}, "Untuk jenis operasi"),
        ({"sop_version": "lapangan-9"}, "Versi SOP lapangan"),
    ],
)
def test_what_is_said_by_half_comes_back_with_every_word(change, said):
    desk = signed_in(Client(), ratna)
    answer = desk.post(reverse("operations:template-begin"), WORDS | change)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert said in page
    assert "Tepat waktu." in page
    begun(desk)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"choices": "Mes"}, "isi 2 sampai 20 pilihan"),
        ({"text_id": "Kewarganegaraan penghuni"}, "ditanyakan pada orangnya"),
        ({"kind": "angka", "min": "9", "max": "1"}, "angka terkecil melebihi"),
        ({"asked_for": []}, "Ditanyakan dalam"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_why(change, said):
    desk = signed_in(Client(), ratna)
    form = reverse("operations:question-add", args=[begun(desk).split("/")[-1]])
    answer = desk.post(form, PLACE | {"seen": seen_on(desk, form)} | change)
    assert answer.status_code == 422
    assert said in html.unescape(answer.content.decode())
    assert desk.post(form, PLACE | {"seen": seen_on(desk, form)}).status_code == 302


def test_a_changed_question_keeps_its_key_and_those_of_its_choices():
    desk = signed_in(Client(), ratna)
    url = begun(desk)
    form = f"{url}/pertanyaan"
    desk.post(form, PLACE | {"seen": seen_on(desk, form)})
    own = f"{form}/jenis_tempat"
    assert "Mes karyawan | Quarters" in read(desk, own)
    said = {
        "text_id": "Tempat apa",
        "choices": "Hotel\nPabrik\nMes karyawan | Staff",
        "seen": seen_on(desk, own),
    }
    assert desk.post(own, PLACE | said).status_code == 302
    (question,) = templates.seen(url.split("/")[-1]).form.questions
    assert (question.key, question.text_id) == ("jenis_tempat", "Tempat apa")
    assert [(one.key, one.text_en) for one in question.choices] == [
        ("hotel", ""), ("pabrik", ""), ("mes_karyawan", "Staff"),
    ]  # fmt: skip
    assert desk.get(f"{form}/lain").status_code == 404


def test_a_draft_that_moved_on_is_told_and_not_overwritten():
    desk, other = signed_in(Client(), ratna), signed_in(Client(), surya)
    url = begun(desk)
    old = seen_on(desk, f"{url}/isi")
    assert (
        other.post(f"{url}/isi", WORDS | {"name": "Lain", "seen": seen_on(other, f"{url}/isi")}).status_code
        == 302
    )
    answer = desk.post(f"{url}/isi", WORDS | {"seen": old})
    assert answer.status_code == 422
    assert "sudah diubah orang lain" in answer.content.decode()
    assert templates.seen(url.split("/")[-1]).words.name == "Lain"


def test_a_file_that_is_none_of_the_five_is_told_at_its_field():
    desk = signed_in(Client(), ratna)
    url = begun(desk)
    for data in (b"MZ", b"<svg onload='x'/>", b""):
        said = {
            "title": "Apa",
            "seen": seen_on(desk, url),
            "berkas": SimpleUploadedFile("a.pdf", data, "application/pdf"),
        }
        answer = desk.post(f"{url}/lampiran", said)
        assert answer.status_code == 422
        assert "pilih berkas PDF, DOCX" in html.unescape(answer.content.decode())
    assert templates.seen(url.split("/")[-1]).annexes == ()


def test_a_withdrawn_version_says_why_and_opens_nothing():
    template, version = templates.jagratara()
    desk = signed_in(Client(), ratna)
    page = reverse("operations:template-version", args=[version])
    desk.post(f"{page}/tarik", {"because": ""})
    assert "Tarik versi" in read(desk, page)
    desk.post(f"{page}/tarik", {"because": "SOP diganti."})
    shown = read(desk, page)
    assert "SOP diganti." in shown
    assert "Buka operasi dari versi ini" not in shown
    assert "semua versi ditarik" in read(desk, reverse("operations:templates"))
    office = signed_in(Client(), hasan)
    assert "SOP diganti." in read(office, page)
    assert office.post(f"{page}/tarik", {"because": "Saya."}).status_code == 404
    assert office.get(reverse("operations:template", args=[template])).status_code == 404


def test_questions_of_english_readers_are_english():
    _, version = templates.jagratara()
    desk = signed_in(Client(), ratna)
    page = reverse("operations:template-version", args=[version])
    assert "Jenis tempat yang dikunjungi" in read(desk, page)
    assert "Kind of place visited" not in read(desk, page)
    desk.post(reverse("identity:language"), {"language": "en"})
    assert "Kind of place visited" in read(desk, page)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Jenis tempat?", "jenis_tempat"),
        ("3 orang", "p_3_orang"),
        ("Été · 2", "ete_2"),
        ("中文", "p"),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_key_is_made_of_words(text, key):
    assert key_of(text, ()) == key
    assert key_of(text, (key,)) not in {key}
    assert len(key_of(text, (key,))) <= 40
