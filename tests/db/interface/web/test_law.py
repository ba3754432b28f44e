"""The law on screens: every cite of rule, value and verdict leads to a page that says what it is."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, installer
from tests.web import signed_in
from timpora.domain.law.shipped import lawbook_shipped
from timpora.domain.rules.registry import ALL_RULES
from timpora.interface.web.templatetags.hukum import pasal
from timpora.interface.web.templatetags.office import cite_label, cite_url
from timpora.kernel.database.session import acting_as
from timpora.kernel.lawbook.store import law_load

pytestmark = pytest.mark.django_db
FILE = """
[statute]
id = "perda-uji-1"
label = "Perda Uji 1"
title = "Peraturan Daerah Uji Nomor 1"
[[article]]
id = "perda-uji-1/ps1"
title = "Uji"
label = "Perda Uji 1 Pasal 1"
citation = "Pasal 1 Perda Uji"
paraphrase_id = "Bunyi uji."
paraphrase_en = "Test wording."
from = 2024-01-01
source = "https://contoh.invalid"
confidence = "low"
"""


def text_of(answer):
    return answer.content.decode()


def test_every_article_of_the_book_has_its_page_where_dasar_links_to():
    client = signed_in(Client(), bayu)
    cites = sorted(lawbook_shipped().texts)
    assert len(cites) > 50
    for cite in cites[::7] + [c for rule in ALL_RULES.values() for c in rule.articles]:
        answer = client.get(cite_url(cite))
        assert answer.status_code == 200, cite
    assert 'href="/hukum/uu-6-2011/ps78/a3">UU 6/2011' in pasal("uu-6-2011/ps78/a3")
    assert ">tidak/ada<" in pasal("tidak/ada")


def test_a_page_that_has_only_the_id_of_an_article_still_names_it():
    assert (cite_label("permenkumham-4-2017"), cite_label("tidak/ada")) == (
        "Permenkumham 4/2017",
        "tidak/ada",
    )


def test_an_article_shows_versions_status_source_and_what_stands_on_it():
    page = text_of(signed_in(Client(), bayu).get("/hukum/uu-6-2011/ps64"))
    assert page.count("berlaku hari ini") == 2
    assert "tidak berlaku hari ini" in page
    limit = text_of(signed_in(Client(), bayu).get("/hukum/uu-6-2011/ps78/a3"))
    assert "Batas overstay" in limit
    assert "60 hari" in limit
    assert "Izin berakhir, keberadaan masih dilaporkan" in limit


@pytest.mark.parametrize("cite", ["tidak-ada", "uu-6-2011/ps9999", "uu-6-2011/../..", "a" * 3000])
def test_an_unknown_article_is_not_there(cite):
    assert signed_in(Client(), bayu).get(f"/hukum/{cite}").status_code == 404


def test_the_list_names_digest_loaded_files_and_what_is_unverified():
    client = signed_in(Client(), bayu)
    before = text_of(client.get(reverse("law:list")))
    assert "belum diverifikasi" in before
    assert "Rp1.000.000" in before
    assert "Peraturan Daerah Uji" not in before
    with acting_as(installer):
        digest = law_load(installer, name="texts/perda-uji.toml", text=FILE)
    after = text_of(client.get(reverse("law:list")))
    assert "Peraturan Daerah Uji Nomor 1" in after
    assert digest in after
    assert "belum diverifikasi" in text_of(client.get("/hukum/perda-uji-1/ps1"))
    assert "Perda Uji 1 Pasal 1" in text_of(client.get("/hukum/perda-uji-1"))
