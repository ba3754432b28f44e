import hashlib
import io
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest
from pypdf import PdfReader

from tests import letters_cast as cast
from timpora.kernel.documents import render as module
from timpora.kernel.documents.errors import LetterIncomplete, LetterUnprintable
from timpora.kernel.documents.render import preview, render, template_digest, template_of

HOSTILE = (
    '#import "x"',
    "*bold* _it_ `raw`",
    "$ x^2 $",
    "<label> @ref // comment /* c */ \\",
    "#eval(sys.inputs.seal)",
    "] #panic() [",
    "- -- --- ... ~ 'x' \"y\"",
    "= Judul",
    "https://jahat.example/x",
)


def make(letter, number=cast.NUMBER, verify_at=cast.VERIFY_AT):
    return render(letter, number=number, verify_at=verify_at)


def words(rendered):
    pages = PdfReader(io.BytesIO(rendered.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("letter", cast.ALL, ids=lambda x: x.kind)
def test_the_same_data_gives_the_same_bytes(letter):
    first, second = make(letter), make(letter)
    assert first == second
    assert first.sha256 == hashlib.sha256(first.pdf).hexdigest()
    assert make(letter, number="X-1/2024").sha256 != first.sha256


@pytest.mark.parametrize("letter", cast.ALL, ids=lambda x: x.kind)
def test_every_kind_prints_its_number_office_and_proof(letter):
    rendered = make(letter)
    text = words(rendered)
    assert rendered.pages == len(PdfReader(io.BytesIO(rendered.pdf)).pages)
    assert f"NOMOR {cast.NUMBER}" in text or f"Nomor : {cast.NUMBER}" in text
    assert letter.letterhead.office.upper() in text
    assert f"sidik data {rendered.data_digest[:12]}" in text
    assert cast.VERIFY_AT in text
    assert f"Halaman 1 dari {rendered.pages}" in text
    assert "belum diisi" not in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_name_is_printed_letter_by_letter_and_never_obeyed(hostile):
    subject = replace(cast.DECISION.subject, name=hostile)
    text = words(make(replace(cast.DECISION, subject=subject)))
    assert hostile in text.replace("\u2010", "-")


def test_lines_typed_by_an_officer_stay_lines():
    exchange = replace(cast.MINUTES.exchanges[0], answer="baris satu\nbaris dua")
    pages = PdfReader(io.BytesIO(make(replace(cast.MINUTES, exchanges=(exchange,))).pdf)).pages
    lines = "\n".join(page.extract_text() for page in pages).splitlines()
    assert not any("baris satu" in line and "baris dua" in line for line in lines)


def test_an_incomplete_letter_is_not_printed_and_says_why():
    holed = replace(cast.ORDER, tasks=(), issued_in=" ")
    with pytest.raises(LetterIncomplete) as refused:
        make(holed)
    assert refused.value.labels == ("Tempat penerbitan", "Untuk")
    assert make(cast.ORDER).pages


@pytest.mark.parametrize("letter", cast.ALL, ids=lambda x: x.kind)
def test_a_draft_is_marked_and_lists_what_is_missing(letter):
    text = words(preview(replace(letter, issued_in="")))
    assert "KONSEP" in text
    assert "Lengkapi: Tempat penerbitan." in text
    assert "[nomor diberi saat terbit]" in text
    assert "/v/" not in text
    assert "Lengkapi:" not in words(preview(letter))


def test_a_letter_without_a_shape_in_the_fonts_is_refused():
    with pytest.raises(LetterUnprintable) as refused:
        make(replace(cast.RECEIPT, reporter="\u738b\u5c0f\u660e"))
    assert "\u738b" in str(refused.value)
    assert "\u00d1\u0130\u0141\u1ea0\u0416" in words(
        make(replace(cast.RECEIPT, reporter="\u00d1\u0130\u0141\u1ea0\u0416"))
    )


def test_long_names_stay_on_the_paper():
    endless = "KATTAKUZHIYILPUTHENPURACKAL" * 6
    rendered = make(replace(cast.RECEIPT, reporter=endless))
    assert endless in words(rendered).replace(" ", "")
    lines = PdfReader(io.BytesIO(rendered.pdf)).pages[0].extract_text().splitlines()
    assert max(len(line) for line in lines) < len(endless)


def test_forty_officers_go_to_an_annex_with_the_header_on_every_page():
    people = tuple(cast.official(at, f"Petugas Nomor {at} " + "Panjang " * (at % 9)) for at in range(1, 41))
    rendered = make(replace(cast.ORDER, personnel=people))
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(rendered.pdf)).pages]
    assert "40 orang petugas" in pages[0]
    lists = [page for page in pages if "Petugas Nomor" in page]
    assert len(lists) >= 2
    assert all("Pangkat/Golongan" in page for page in lists)
    for at in range(1, 41):
        assert sum(f"1990010120150310{at:02}" in page for page in pages) == 1
    assert "Daftar ini memuat 40 nama." in pages[-1]


def test_a_refusal_to_sign_is_recorded_in_place_of_the_signature():
    assert "Menolak menandatangani" in words(make(cast.MINUTES))
    assert "Menolak menandatangani" not in words(make(replace(cast.MINUTES, refusal="")))


def test_a_signature_drawn_on_glass_stands_at_its_place():
    assert "ditandatangani di layar, pukul 11.04 WITA" in words(make(cast.MINUTES))
    without = make(replace(cast.MINUTES, inks=()))
    assert "ditandatangani di layar" not in words(without)


def test_a_correction_names_the_letter_it_replaces():
    old = "W.19.IMI.IMI.2-GR.03.06-324/2024"
    corrected = render(cast.ORDER, number=cast.NUMBER, verify_at=cast.VERIFY_AT, replaces=old)
    assert f"Surat ini menggantikan surat Nomor {old}." in words(corrected)
    assert "menggantikan" not in words(make(cast.ORDER))


def test_office_before_name_with_its_capacity():
    text = words(make(cast.ORDER))
    assert (
        text.index("Plt. Kepala Kantor Imigrasi")
        < text.index("Ratna Puspasari")
        < text.index("NIP 198003122005012001")
    )
    assert "a.n. Direktur Jenderal Imigrasi, Direktur Pengawasan" in words(make(cast.OBJECTION))


def test_ink_and_electronic_signatures_have_their_places():
    assert "Tempat tanda tangan elektronik" in words(make(cast.ORDER))
    assert "Tempat tanda tangan elektronik" not in words(make(cast.DECISION))


def test_the_decision_tells_how_to_object_in_two_languages():
    text = words(make(cast.DECISION))
    assert "21 (dua puluh satu) hari kerja sejak keputusan ini diterima." in text
    assert "21 working days from receipt of this decision." in text
    assert "UU 6/2011 Pasal 77" in text


def test_only_shipped_fonts_are_used():
    reader = PdfReader(io.BytesIO(make(cast.DECISION).pdf))
    names = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all("Liberation" in name for name in names)
    assert (module.FONTS / "LICENSE-liberation.txt").exists()


def test_the_day_of_the_letter_is_the_day_of_the_file():
    about = PdfReader(io.BytesIO(make(cast.ORDER).pdf)).metadata
    assert about.creation_date.date() == cast.ORDER.dated
    assert about.title == f"{cast.ORDER.name} {cast.NUMBER}"


def test_the_template_digest_follows_the_wording(tmp_path):
    template = template_of(type(cast.ORDER))
    changed = tmp_path / "changed.typ"
    changed.write_text(template.read_text().replace("MEMERINTAHKAN", "MEMINTA"))
    assert template_digest(template) == make(cast.ORDER).template_digest
    assert template_digest(changed) != template_digest(template)


def _blank(value):
    if is_dataclass(value):
        return replace(value, **{field.name: _blank(getattr(value, field.name)) for field in fields(value)})
    return {str: "", tuple: (), date: None}.get(type(value), value)


@pytest.mark.parametrize("letter", cast.ALL, ids=lambda x: x.kind)
def test_a_draft_prints_however_little_is_filled(letter):
    for field in fields(letter):
        assert preview(replace(letter, **{field.name: _blank(getattr(letter, field.name))})).pages
    empty = preview(_blank(letter))
    assert "Lengkapi: Kop surat: Nama kementerian" in words(empty)


@pytest.mark.parametrize(
    ("ranks", "columns"),
    [(("", ""), ["Jabatan"]), (("Penata (III/c)", ""), ["Pangkat/Golongan", "Jabatan"])],
)
def test_ranks_have_a_column_where_one_is_known(ranks, columns):
    named = zip(cast.ORDER.personnel, ranks, strict=False)
    people = tuple(replace(one, rank=rank) for one, rank in named)
    text = words(make(replace(cast.ORDER, personnel=people)))
    assert [name for name in ("Pangkat/Golongan", "Jabatan") if name in text] == columns
    assert ("III/c" in text) == ("Pangkat/Golongan" in columns)
