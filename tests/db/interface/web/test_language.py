"""Indonesian first: English comes by the officer's switch alone, and statutory terms stay as they are."""

import pytest
from babel.messages.pofile import read_po
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.cast import bayu
from tests.people import overstayer
from tests.web import signed_in
from timpora.apps.indications.types import STATE_NAMES, VERDICT_NAMES
from timpora.config.messages import LOCALE
from timpora.domain.rules.registry import ALL_RULES
from timpora.interface.web.errors import server_error
from timpora.interface.web.shared_words import INDICATION_WORDS, PURPOSE_WORDS, RULE_WORDS
from timpora.kernel.access.permissions import PURPOSES

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def test_what_the_browser_prefers_decides_nothing():
    page = text_of(Client(headers={"accept-language": "en-GB,en"}).get(reverse("identity:sign-in")))
    assert '<html lang="id">' in page
    assert "Kata sandi" in page


def test_the_switch_turns_every_page_and_the_door_of_this_browser():
    person = overstayer()
    client = signed_in(Client(), bayu)
    address = reverse("registry:person", args=[person])
    assert "Garis waktu" in text_of(client.get(address))
    client.post(reverse("identity:language"), {"language": "en"})
    page = text_of(client.get(address))
    assert '<html lang="en">' in page
    for words in (
        "Timeline",
        "Sources disagree",
        "overstay 12 days",
        "Entry, Syamsudin Noor",
        "Who has looked",
    ):
        assert words in page
    assert "Waiting for me" in text_of(client.get("/"))
    client.post(reverse("identity:sign-out"))
    assert "Password" in text_of(client.get(reverse("identity:sign-in")))
    client.cookies["timpora_language"] = "xx"
    assert "Kata sandi" in text_of(client.get(reverse("identity:sign-in")))


def test_nobody_is_answered_in_the_language_of_whoever_was_here_before():
    """The same thread answers a request that is refused before anybody is known."""
    client = signed_in(Client(), bayu)
    client.post(reverse("identity:language"), {"language": "en"})
    assert '<html lang="en">' in text_of(client.get("/"))
    assert '<html lang="id">' in server_error(RequestFactory().get("/")).content.decode()


def test_an_unknown_language_is_indonesian():
    client = signed_in(Client(), bayu)
    client.post(reverse("identity:language"), {"language": "../../etc"})
    assert "Menunggu saya" in text_of(client.get("/"))


def catalogue():
    with (LOCALE / "en/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="en")


def test_no_translation_is_a_guess_and_none_loses_a_placeholder():
    rows = [message for message in catalogue() if message.id]
    assert len(rows) > 400
    assert [message.id for message in rows if message.fuzzy] == []
    assert [message.id for message in rows if list(message.check())] == []


@pytest.mark.parametrize(
    "word", ["Surat perintah diterbitkan", "Plt. (pelaksana tugas)", "Wilayah", "Penjamin"]
)
def test_statutory_terms_stay(word):
    english = {m.id: m.string for m in catalogue() if isinstance(m.id, str)}[word]
    kept = {"Surat perintah diterbitkan": "Surat perintah"}.get(word, word)
    assert kept in english


def test_words_of_the_rooms_below_are_in_the_catalogue():
    assert set(PURPOSE_WORDS) == set(PURPOSES.values())
    assert set(INDICATION_WORDS) == {*STATE_NAMES.values(), *VERDICT_NAMES.values()}
    assert set(RULE_WORDS) == {rule.title for rule in ALL_RULES.values()}
    english = {m.id: m.string for m in catalogue() if isinstance(m.id, str)}
    assert [w for w in (*PURPOSE_WORDS, *INDICATION_WORDS, *RULE_WORDS) if not english.get(w)] == []
