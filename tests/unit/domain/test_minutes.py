"""A Berita Acara follows from the report alone, byte for byte, on the phone as in the office (B13)."""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unit.domain.papers import BARE, EVERY, LONG, NUMBER, REFUSAL, SHA256, WHOLE
from timpora.apps.findings.kinds import SENDABLE, FindingKind
from timpora.domain.minutes import PASSED_ON, minutes_pdf, signed_positions
from timpora.domain.minutes_words import FORMS
from timpora.domain.paper import Paper, printable, width_of, wrapped

FIELD = Path(__file__).parents[3] / "timpora/interface/field/static/field"
SCRIPT = Path(__file__).parent / "papers.mjs"
# What form 1 printed when it was new.
PRINTED = {"whole": "1396ec0ab1cdc4d5", "bare": "89aff17598e58c0a", "long": "af9889e9a617a07f"}


def drawn(content, position):
    return minutes_pdf(content, sha256=SHA256, number=NUMBER, position=position).decode("latin-1")


def words(content, position):
    return " ".join(re.findall(r"Td \((.*)\) Tj", drawn(content, position)))


def test_there_is_one_for_each_who_signed_or_declined():
    assert signed_positions(WHOLE) == [0, 1, 3]
    assert signed_positions({"checked": [{"signature": {}}]}) == []
    assert signed_positions({"minutes": {}, "checked": [{"outcome": "sesuai"}]}) == []


def test_it_names_hour_order_officers_person_findings_and_where_it_comes_from():
    told = words(WHOLE, 1)
    for part in (
        "Kamis, 22-08-2024, 11.02 WIT",
        "W.19-0012",
        "Dodi, Gülsen Lukasz Nguyen",
        "ERIKSSON ANNA MARIA",
        "Alamat berbeda dari izin / address differs from the permit",
        "Inggris, dengan juru bahasa",
        "You may decline to sign",
        "Dihitung dari catatan petugas",
        SHA256,
        NUMBER,
    ):
        assert part in told
    # The hour is that of the place: past midnight there it is the next day.
    assert "Jumat, 23-08-2024, 01.03 WIT" in words(WHOLE, 0)


def test_a_signature_is_drawn_and_a_refusal_said():
    assert "1.2 w 1 J 1 j" in drawn(WHOLE, 1)
    assert "1.2 w" not in drawn(WHOLE, 0)
    assert "Menunggu kuasa \\(hukum\\)." in words(WHOLE, 0)
    assert "Tangan diperban." in words(WHOLE, 3)
    assert "Menunggu" not in words(WHOLE, 1)


@pytest.mark.parametrize(
    "one", [{"outcome": "sesuai", "signs": ["Diancam"]}, *({"outcome": o} for o in PASSED_ON)]
)
def test_whoever_was_referred_reads_no_more_than_that(one):
    told = words(WHOLE | {"checked": [one | {"signature": REFUSAL, "note": "Takut majikan"}]}, 1)
    assert "Dirujuk / referred" in told
    assert not re.search("Diancam|Takut|pelindungan|polri|pengungsi|Sesuai", told, re.IGNORECASE)


def test_one_person_reads_nothing_of_another():
    assert "ERIKSSON" not in words(WHOLE, 3) + words(WHOLE, 0)


def test_no_paper_tells_of_photos_since_those_beside_a_victim_are_hidden():
    bare = {key: value for key, value in WHOLE.items() if key != "photos"}
    for position in signed_positions(WHOLE):
        assert drawn(WHOLE, position) == drawn(bare, position)


def test_it_goes_on_to_a_second_sheet_and_counts_them():
    assert "/Count 2 /Kids [6 0 R 8 0 R]" in drawn(LONG, 1)
    assert "Lembar / sheet 2/2" in words(LONG, 1)
    assert "Lembar / sheet 1/1" in words(BARE, 1)


def test_every_word_that_a_report_may_hold_has_its_words():
    form = FORMS[1]
    assert set(form["findings"]) == {kind.value for kind in FindingKind}
    assert set(form["outcomes"]) == {str(o) for o in SENDABLE} - PASSED_ON | {"dirujuk"}


def test_a_form_that_was_printed_is_never_changed():
    """Phones in the field print the form they know: another word is another form."""
    told = json.dumps(FORMS[1], sort_keys=True, ensure_ascii=False)
    assert (
        hashlib.sha256(told.encode()).hexdigest()
        == "1424e52f21ecf1af70eae2ee3199dc60ada2ddb2064df7560414dafcbb184f8d"
    )
    papers = {
        name: hashlib.sha256(drawn(c, 1).encode("latin-1")).hexdigest()[:16] for name, c in EVERY.items()
    }
    assert papers == PRINTED


def test_signs_that_the_font_lacks_are_written_by_their_number():
    assert printable("Á é ß") == "Á é ß"
    assert printable("Łódź ş ế") == "Lódz s e"
    assert printable("李🙂ʼǀ") == "[674E][1F642][02BC][01C0]"
    assert printable("a\nb\x7fc\x9fd") == "a b c d"
    assert printable("€•–") == "\x80\x95\x96"


def test_lines_are_wrapped_and_a_word_that_is_too_long_is_cut():
    assert wrapped("", size=10, width=100) == [""]
    assert wrapped("satu dua tiga", size=10, width=45) == ["satu dua", "tiga"]
    lines = wrapped("x" * 50 + " y", size=10, width=100)
    assert "".join(lines) == "x" * 50 + " y"
    assert all(width_of(line) <= 10_000 for line in lines)


def test_the_file_is_as_its_table_says():
    pdf = drawn(WHOLE, 1)
    table = int(re.search(r"startxref\n(\d+)\n", pdf)[1])
    assert pdf[table:].startswith("xref\n0 8\n")
    for number, start in enumerate(re.findall(r"(\d{10}) 00000 n", pdf), start=1):
        assert pdf[int(start) :].startswith(f"{number} 0 obj\n")
    for length, text in re.findall(r"/Length (\d+) >>\nstream\n(.*?)\nendstream", pdf, re.DOTALL):
        assert int(length) == len(text)
    assert Paper().pdf("x").startswith(b"%PDF-1.4\n")


@pytest.mark.skipif(shutil.which("node") is None, reason="no JavaScript engine; the journey compares as well")
def test_the_phone_computes_the_same_bytes():
    asks = [[name, position] for name, content in EVERY.items() for position in signed_positions(content)]
    given = {"contents": EVERY, "asks": asks, "forms": FORMS, "sha256": SHA256, "number": NUMBER}
    run = subprocess.run(
        [str(shutil.which("node")), SCRIPT, FIELD],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    for (name, position), digest in zip(asks, json.loads(run.stdout), strict=True):
        assert digest == hashlib.sha256(drawn(EVERY[name], position).encode("latin-1")).hexdigest(), name
