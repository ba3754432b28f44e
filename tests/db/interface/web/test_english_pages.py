"""Whoever switched to English reads no Indonesian but names, letters, typed words and terms of the law."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, hasan, intan, machine, officer, ratna
from tests.db.cases import folder
from tests.db.operations import world
from tests.people import overstayer
from tests.url_table import TABLE
from tests.web import PASSWORD, signed_in
from timpora.apps.identity.models import User
from timpora.apps.indications import actions as indications
from timpora.apps.indications.models import Indication
from timpora.kernel.access.roles import HUMAN_ROLES, ROLES
from timpora.kernel.database.session import acting_as
from timpora.kernel.lawbook.store import lawbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carried")]

# Words of screens that stand in no name of an office, a person or a statute.
STOP = re.compile(
    r"\b(alasan|atau|baris|batal|belum|berikutnya|berkas|bila|boleh|buka|cari|dengan|dibuka|ditemukan|diterima"
    r"|hapus|hari|ini|isi|kembali|keadaan|kirim|kolom|kosong|lain|lanjut|lewat|lihat|masih|menunggu|pilih|perkara"
    r"|petugas|putusan|sasaran|sebelumnya|sejak|selesai|semua|simpan|sudah|tambah|terbuka|terlambat|tidak|tulis"
    r"|tutup|ubah|unduh|untuk|usulan|yang)\b",
    re.IGNORECASE,
)
SAID = (
    "aria-label",
    "title",
    "placeholder",
    "alt",
    "data-confirm",
    "data-offline",
    "data-refused",
    "data-draft",
)
EMPTY = {"br", "img", "input", "meta", "link", "hr", "rect", "use", "wbr", "path", "circle", "line"}
# What people of the tests typed, kept as they wrote it.
TYPED = (
    *(str(word) for word in (folder.CONFERENCE.because, folder.CHARGE.because)),
    *("Overstay nyata.", "Sudah dicek.", "Setuju dengan usulan.", "Perintah dan laporan"),
    *("Daftar TKA Disnaker 12-08-2024 memuat 14 orang.", "Cocokkan paspor, ITAS dan RPTKA."),
)
# Names of offices held stay as they are.
TITLES = tuple(role.name for role in ROLES.values())


class Reading(HTMLParser):
    """What a page says in the reader's language: its text and labels, without what is marked Indonesian."""

    def __init__(self):
        super().__init__()
        self.inside = []
        self.said = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag not in EMPTY:
            self.inside.append((tag, named.get("lang")))
        if not self.is_silent():
            words = [v for k, v in attrs if v and (k in SAID or k.startswith("data-word"))]
            self.said += words

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not self.is_silent():
            self.said.append(" ".join(data.split()))

    def is_silent(self):
        return any(tag in ("script", "style", "kbd") or lang == "id" for tag, lang in self.inside)


def names_of_law():
    book = lawbook()
    return [
        name
        for versions in book.texts.values()
        for one in versions
        for name in (one.citation, one.citation.split(" ", 2)[-1], one.label)
    ]


def indonesian(page):
    reading = Reading()
    reading.feed(page)
    laws = sorted(names_of_law(), key=len, reverse=True)
    found = []
    for said in reading.said:
        rest = said
        for name in (*TYPED, *TITLES, *laws):
            rest = rest.replace(name, "")
        if STOP.search(rest):
            found.append(said)
    return found


def english(actor):
    client = signed_in(Client(), actor)
    User.objects.filter(pk=actor.id).update(language="en")
    return client


def read(client, name, **kwargs):
    answer = client.get(reverse(name, kwargs=kwargs))
    page = answer.content.decode()
    assert '<html lang="en">' in page, (name, answer.status_code)
    return indonesian(page)


def test_the_reader_tells_interface_from_letters_and_labels():
    page = '<p>Save</p><article lang="id"><p>Menimbang yang lain</p></article><b title="Tutup">Semua</b>'
    assert indonesian(page) == ["Tutup", "Semua"]
    assert indonesian("<script>tidak</script><p>Surat perintah, penjamin</p>") == []


# Data, or the form's page by a name of its language: `field:home` answers the same one.
NO_PAGES = (
    "map:b",
    "map:h",
    "wilayah:search",
    "api:",
    "field:manifest",
    "field:pack",
    "field:shell",
    "field:who",
    "field:worker",
)


def shown(row, name):
    """Whether the address answers a page to a holder in the matrix of addresses."""
    return row.code in (200, 404) and not name.startswith(NO_PAGES)


def role_for(row):
    slugs = [r.slug for r in HUMAN_ROLES if any(p in ROLES[r.slug].permissions for p in row.opens_for)]
    return slugs[0] if slugs else "kanim_head"


ADDRESSES = {name: row for name, row in TABLE.items() if shown(row, name)}
BY_ROLE = {
    role: [n for n, row in ADDRESSES.items() if role_for(row) == role]
    for role in sorted({role_for(row) for row in ADDRESSES.values()})
}


@pytest.mark.parametrize("role", BY_ROLE)
def test_no_page_of_the_table_shows_words_of_the_other_language(role):
    client = english(officer(role, role, "KANIM-BATULICIN", "63.10"))
    found = {name: read(client, name, **ADDRESSES[name].kwargs) for name in BY_ROLE[role]}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("role", [role.slug for role in HUMAN_ROLES])
def test_the_start_page_of_every_role_is_english(role):
    assert read(english(officer(role, role, "KANIM-BATULICIN", "63.10")), "start:home") == []


def test_a_person_and_an_indication_are_told_in_english():
    person = overstayer()
    with acting_as(machine):
        indications.rules_run(machine, on=date(2024, 8, 22))
        found = list(Indication.objects.values_list("id", flat=True))
    client = english(bayu)
    assert found
    assert read(client, "registry:person", person_id=person) == []
    assert read(client, "indications:list") == []
    for one in found:
        assert read(client, "indications:page", indication_id=one) == []


def test_a_case_is_told_in_english_at_every_step():
    folder.office()
    case = folder.proposed()
    steps = {
        bayu: ("page", "party", "propose"),
        hasan: ("page", "decide"),
        intan: ("page", "screen"),
    }
    found = {
        (actor.name, step): read(english(actor), f"cases:{step}", case_id=case)
        for actor, names in steps.items()
        for step in names
    }
    assert {key: words for key, words in found.items() if words} == {}


def test_a_decided_case_is_told_in_english():
    folder.office()
    case = folder.delivered()
    client = english(bayu)
    assert read(client, "cases:page", case_id=case) == []
    assert read(client, "cases:object", case_id=case) == []
    assert read(client, "cases:list") == []


def test_an_operation_is_told_in_english():
    world.people()
    operation = world.opened()
    target = world.approved(operation)
    other = world.proposed(operation)
    order = world.issued(world.team(operation, target))
    client = english(bayu)
    for name in ("operation", "offices", "teams", "propose", "team-form"):
        assert read(client, f"operations:{name}", operation_id=operation) == [], name
    for one in (target, other):
        assert read(client, "operations:target", target_id=one) == []
    assert read(client, "operations:order", order_id=order) == []
    watcher = english(ratna)
    for name in ("operation", "rekap", "reports", "wall"):
        assert read(watcher, f"posko:{name}", operation_id=operation) == [], name


def test_a_refusal_is_told_in_english():
    folder.office()
    case = folder.proposed()
    answer = english(bayu).post(
        reverse("cases:close", kwargs={"case_id": case}), {"because": ""}, follow=True
    )
    assert indonesian(answer.content.decode()) == []
    form = english(bayu).post(reverse("cases:propose", kwargs={"case_id": case}), {"ground": "x"})
    assert form.status_code == 422
    assert indonesian(form.content.decode()) == []


def test_days_are_written_as_in_the_office():
    person = overstayer()
    page = english(bayu).get(reverse("registry:person", args=[person])).content.decode()
    assert "10-08-2024" in page
    assert not re.search(r"\b(Aug|August) \d|\d{4}-\d{2}-\d{2}<", page)


def test_the_switch_outlives_the_session_and_goes_with_the_officer_to_another_browser():
    client = signed_in(Client(), bayu)
    client.post(reverse("identity:language"), {"language": "en"})
    client.post(reverse("identity:sign-out"))
    other = Client()
    door = other.post(reverse("identity:sign-in"), {"username": "bayu", "password": PASSWORD})
    assert door.status_code == 302
    assert '<html lang="en">' in other.get(reverse("start:home")).content.decode()
    other.post(reverse("identity:language"), {"language": "id"})
    assert '<html lang="id">' in other.get(reverse("start:home")).content.decode()
