"""English is complete: messages of the screens and sentences of the rooms below have their translation.

What is to be translated is read from the source itself, as the maker of catalogues reads it, so that this
runs on a machine without gettext.
"""

import ast
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from timpora.config.messages import LOCALE
from timpora.config.sentences import HOLE, SCREENS, catalogue, is_sentence, numbered, sentences

PACKAGE = LOCALE.parent
GLOSSARY = PACKAGE.parent / "docs/glosarium.md"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
MARK = re.compile(r"%\(\w+\)[sd]|%n|%%|\{\d\}|</?[a-z]+[^>]*>")


def in_source(text, name="x.py"):
    """List (context, message, plural) of a Python file or a template."""
    body = text
    if name.endswith(".html"):
        # Indented as the markup is, which is no Python.
        body = "\n".join(line.lstrip() for line in templatize(text, origin=name).splitlines())
    found = extract_python(BytesIO(body.encode()), KEYWORDS.keys(), [], {"encoding": "utf-8"})
    for _line, function, said, _comments in found:
        words = said if isinstance(said, tuple) else (said,)
        if function.startswith("pgettext"):
            yield words[0], words[1], None
        elif words[0]:
            yield None, words[0], words[1] if function.startswith("ngettext") else None


@pytest.fixture(scope="module")
def wanted():
    """Return every message of screens, rooms and settings that somebody marked for translation."""
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    return {
        row
        for path in files
        if "static" not in path.parts
        for row in in_source(path.read_text("utf-8"), path.name)
    }


@pytest.fixture(scope="module")
def english():
    rows = catalogue(SCREENS)
    return {(m.context, m.id[0] if isinstance(m.id, tuple) else m.id): m for m in rows if m.id}


@pytest.fixture(scope="module")
def below():
    return {m.id: m for m in catalogue() if m.id}


def strings(message):
    return list(message.string) if isinstance(message.string, tuple) else [message.string]


def lost(message):
    """List what of a message its translation lost: placeholders, tags, the space at an end."""
    said = message.id if isinstance(message.id, tuple) else (message.id,)
    faults = []
    for one, other in zip(said, strings(message), strict=True):
        apart = sorted(MARK.findall(one)) != sorted(MARK.findall(other))
        edges = (one[:1].isspace(), one[-1:].isspace()) != (other[:1].isspace(), other[-1:].isspace())
        columns = one.count("|") != other.count("|")
        if apart or edges or columns:
            faults.append((one, other))
    return faults


PAGE = """{% translate "Simpan" %}{% blocktranslate with n=x|number %}{{ n }} orang{% endblocktranslate %}
{% blocktranslate count n=x %}{{ n }} hari{% plural %}{{ n }} hari{% endblocktranslate %}
<c-page-head title="{% translate 'Cari' %}" />{{ name|default:_("tanpa nama") }}"""


def test_messages_are_found_where_screens_mark_them():
    assert set(in_source(PAGE, "x.html")) == {
        (None, "Simpan", None),
        (None, "%(n)s orang", None),
        (None, "%(n)s hari", "%(n)s hari"),
        (None, "Cari", None),
        (None, "tanpa nama", None),
    }
    code = 'x = _("a " "b")\ny = pgettext("perlintasan", "Masuk")\nz = gettext_noop("c")'
    assert set(in_source(code)) == {(None, "a b", None), ("perlintasan", "Masuk", None), (None, "c", None)}


def test_every_message_of_the_screens_has_its_english(english, wanted):
    assert len(wanted) > 1000
    missing = [row for row in wanted if (row[0], row[1]) not in english]
    assert missing == [], "cd timpora && django-admin makemessages -l en, then translate"
    assert [m.id for m in english.values() if m.fuzzy or not all(strings(m))] == []


def test_a_plural_has_both_forms(english, wanted):
    plural = {one for _context, one, many in wanted if many}
    assert plural
    assert [one for one in plural if len(strings(english[None, one])) != 2] == []


def test_every_sentence_of_the_rooms_has_its_english(english, below):
    said = sentences()
    assert len(said) > 400
    known = {one for _context, one in english} | {one for one, m in below.items() if m.string}
    missing = {text: sorted(files) for text, files in said.items() if text not in known}
    assert missing == {}, "python -m timpora.config.sentences, then translate"
    assert sorted(below.keys() - said.keys()) == [], "nobody says these any more"
    assert [m.id for m in below.values() if m.fuzzy] == []


def test_no_translation_loses_a_placeholder(english, below):
    assert [fault for m in (*english.values(), *below.values()) for fault in lost(m)] == []


def test_no_marking_hides_behind_another_name():
    hidden = []
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if "utils.translation" in text else ():
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                hidden += [(path.name, n.asname) for n in node.names if (n.asname or "_") not in KEYWORDS]
    assert hidden == []


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("Sasaran ini sudah diputus.", True),
        ("Baris %(row)s tidak terbaca", True),
        ("operations:target:read", False),
        ("SELECT id FROM registry_person", False),
        ("yyyy-mm-dd", False),
    ],
)
def test_sentences_are_told_from_codes(text, is_said):
    assert is_sentence(text) is is_said


def test_holes_are_numbered_as_they_stand():
    assert numbered("Baris {} berisi %(n)s, bukan %s.") == "Baris {1} berisi {2}, bukan {3}."
    assert HOLE.findall("tanpa lubang") == []


def kept_terms():
    """Return the terms of the glossary that stay Indonesian in English sentences."""
    part = GLOSSARY.read_text("utf-8").split("## Tetap dalam bahasa Indonesia")[1]
    return re.findall(r"^\| *([^|]+?) *\|", part, re.MULTILINE)[2:]


# What the statute calls wilayah Indonesia, wilayah kerja and kantor wilayah has plain English names.
ALSO = {"wilayah": r"|\bIndonesia\b|\bworking areas?\b|\bregional office\b"}


def test_terms_of_the_statute_stay(english, below):
    terms = kept_terms()
    assert {"surat perintah", "penjamin", "wilayah"} <= set(terms)
    gone = [
        (one, term)
        for (_context, one), m in [*english.items(), *(((None, k), v) for k, v in below.items())]
        for term in terms
        if re.search(rf"\b{re.escape(term)}(?!\w)", one, re.IGNORECASE)
        and not re.search(rf"\b{re.escape(term)}(?!\w){ALSO.get(term, '')}", strings(m)[0], re.IGNORECASE)
    ]
    assert gone == []


def test_the_path_of_the_catalogues_is_the_one_the_program_reads(settings):
    paths = {Path(folder) for folder in settings.LOCALE_PATHS}
    assert {SCREENS.parents[2], LOCALE / "rooms"} == paths
