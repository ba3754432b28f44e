"""An annex is told from its bytes; what would do something when opened is refused unopened."""

import io
import random
import string
import zipfile
import zlib

import pytest

from timpora.apps.operations import annex_pdf
from timpora.apps.operations import template_errors as errors
from timpora.apps.operations.annex_files import LARGEST, AnnexKind, annex_read

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
TYPES = '<?xml version="1.0"?><Types><Default Extension="xml" ContentType="application/xml"/></Types>'
RELATION = (
    '<?xml version="1.0"?><Relationships><Relationship Id="r1" Type="{0}" Target="{1}"{2}/></Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def packed(*parts: tuple[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", method) as archive:
        for name, text in parts:
            archive.writestr(name, text)
    return box.getvalue()


def docx(*more: tuple[str, str | bytes], types: str = TYPES) -> bytes:
    return packed(("[Content_Types].xml", types), ("word/document.xml", "<w/>"), *more)


def relating(text: str, encoding: str = "utf-8") -> bytes:
    return docx(("word/_rels/settings.xml.rels", text.encode(encoding)))


def packed_pdf(inside: bytes, level: int = 9) -> bytes:
    body = b"<< /Type /ObjStm >>\nstream\r\n" + zlib.compress(inside, level) + b"\nendstream\n"
    return PDF.replace(b"trailer", body + b"trailer")


XLSX = packed(("[Content_Types].xml", TYPES), ("xl/workbook.xml", "<x/>"))


def chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def png(*more: bytes, width: int = 2, height: int = 2) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    return b"".join(
        [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", size), *more, chunk(b"IDAT", b"x"), chunk(b"IEND", b"")]
    )


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2, "big") + body


def jpeg(
    *more: bytes, width: int = 2, height: int = 2, behind: bytes = b"", later: bytes | None = None
) -> bytes:
    scan = segment(0xDA, b"\x01") + b"a\xff\x00b\xff\xd0c"
    frame = b"\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\x01\x01\x11\x00"
    head = segment(0xE0, b"JFIF\x00")
    return (
        b"\xff\xd8"
        + head
        + b"".join(more)
        + segment(0xC0, frame)
        + scan
        + (b"" if later is None else later + segment(0xC4, b"\xff\xd9") + scan)
        + b"\xff\xd9"
        + behind
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, AnnexKind.PDF),
        (docx(), AnnexKind.DOCX),
        (XLSX, AnnexKind.XLSX),
        (png(), AnnexKind.PNG),
        (jpeg(), AnnexKind.JPEG),
    ],
)
def test_the_five_forms_are_taken_as_they_are(data, kind):
    read = annex_read(data)
    assert (read.kind, read.data) == (kind, data)


MACRO = "application/vnd.ms-word.document.macroEnabled"
FETCHED = RELATION.format(OFFICE + "attachedTemplate", "http://x/", ' TargetMode="External"')
PREFIXED = FETCHED.replace("Relationship", "r:Relationship").replace("ships>", "ships xmlns:r='x'>", 1)
LOADED = {
    "a script": PDF.replace(b"/Type", b"/JavaScript (app.alert(1)) /Type"),
    "a program": PDF.replace(b"/Type", b"/Launch /Type"),
    "a file within": PDF.replace(b"/Type", b"/EmbeddedFile /Type"),
    "a script by another spelling": PDF.replace(b"/Type", b"/J#61vaScript (app.alert(1)) /Type"),
    "a script that is packed": packed_pdf(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>"),
    "a script that is packed and spelt otherwise": packed_pdf(b"1 0 << /S /JavaScr#69pt >>"),
    "a password": PDF.replace(b"/Root", b"/Encrypt 2 0 R /Root"),
    "an archive behind a PDF": PDF + packed(("a", "b")) + b"%%EOF",
    "a macro": docx(("word/vbaProject.bin", b"x")),
    "a macro by its type": docx(types=TYPES.replace("application/xml", MACRO)),
    "an object": docx(("word/embeddings/oleObject1.bin", b"x")),
    "a path upwards": docx(("../../etc/passwd", b"x")),
    "a template from elsewhere": docx(("word/_rels/settings.xml.rels", FETCHED)),
    "a template after a line's end": relating(FETCHED.replace("<Relationship ", "<Relationship\n")),
    "a template under a prefix": relating(PREFIXED),
    "a template spelt otherwise": relating(FETCHED.replace("External", "Ext&#101;rnal")),
    "a template that calls itself a link": relating(
        FETCHED.replace("http://x/", "http://x/relationships/hyperlink")
    ),
    "a template that says it is inside": relating(FETCHED.replace(' TargetMode="External"', "")),
    "a template beside it": relating(FETCHED.replace("http://x/", "templat.dotx")),
    "a template of a neighbour": relating(FETCHED.replace("http://x/", "&#92;&#92;10.0.0.1&#92;a")),
    "a template in another encoding": relating(FETCHED.replace("?>", ' encoding="utf-16"?>'), "utf-16"),
    "a macro spelt otherwise": docx(types=TYPES.replace("application/xml", MACRO.replace("E", "&#69;"))),
    "an entity": docx(("word/_rels/document.xml.rels", "<!DOCTYPE a [<!ENTITY b 'c'>]><Relationships/>")),
}


@pytest.mark.parametrize("what", LOADED)
def test_a_file_that_does_something_is_refused(what):
    with pytest.raises(errors.AnnexLoaded):
        annex_read(LOADED[what])


def test_a_script_is_found_wherever_a_packed_part_is_cut_to_be_looked_through():
    letters = "".join(random.Random(1).choices(string.ascii_letters, k=20_000)).encode()  # noqa: S311
    assert annex_read(packed_pdf(letters)).kind is AnnexKind.PDF
    for at in (*range(5_300, 5_800, 3), 19_000):
        with pytest.raises(errors.AnnexLoaded):
            annex_read(packed_pdf(letters[:at] + b"/Launch" + letters[at:]))


def test_a_link_that_is_only_read_may_stand():
    link = RELATION.format(OFFICE + "hyperlink", "https://www.imigrasi.go.id/", ' TargetMode="External"')
    assert annex_read(docx(("word/_rels/document.xml.rels", link))).kind is AnnexKind.DOCX


UNREADABLE = {
    "nothing": b"",
    "a word": b"halo",
    "a program": b"MZ" + bytes(100),
    "a page": b"<html><script>alert(1)</script></html>",
    "a drawing with scripts": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "half a PDF": PDF[:20],
    "half an archive": docx()[:-30],
    "an archive with words behind it": docx() + b"<script>",
    "an archive that begins elsewhere": b"PK\x03\x04 kata " + docx(),
    "an archive of anything": packed(("a.txt", "b")),
    "an archive with a part twice": docx(("WORD/document.xml", "x")),
    "half a picture": png()[:-4],
    "a picture with words behind it": png() + b"<script>",
    "a picture of nothing": png(width=0),
    "half a photo": jpeg()[:-2],
    "a photo whose scan never ends": jpeg()[:-4] + b"\xff\x00\xff\xd0\xff",
    "a photo that is no photo between its scans": jpeg()[:-2] + b"\xff\xc4\x00\x01\xff\xd9",
    "relations in signs that nothing reads": relating("<?xml version='1.0' encoding='cp037'?><a/>", "cp037"),
    "relations that are no XML": relating("<Relationships>"),
    "a photo with words behind it": jpeg(behind=b"<script>"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_none_of_the_five_is_refused(what):
    with pytest.raises(errors.AnnexUnreadable):
        annex_read(UNREADABLE[what])


def bomb() -> bytes:
    return docx(("word/media/a.bin", bytes(9_000_000)))


@pytest.mark.parametrize(
    "data",
    [bomb(), png(width=50_000, height=50_000), jpeg(width=50_000, height=50_000), PDF + bytes(LARGEST)],
    ids=["bomb", "png", "jpeg", "long"],
)
def test_what_would_unfold_too_far_is_refused(data):
    with pytest.raises(errors.AnnexTooLarge):
        annex_read(data)


@pytest.mark.parametrize(("limit", "data"), [("MAX_TOTAL", packed_pdf(bytes(9_000))), ("MAX_PARTS", PDF)])
def test_a_pdf_is_looked_through_only_so_far(monkeypatch, limit, data):
    many = data.replace(b"trailer", b"stream\n" * 5_000 + b"trailer")
    assert annex_read(many).kind is AnnexKind.PDF
    monkeypatch.setattr(annex_pdf, limit, 4_000)
    with pytest.raises(errors.AnnexTooLarge):
        annex_read(many)


def test_of_a_picture_where_and_by_what_it_was_taken_is_left_out():
    told = png(chunk(b"tEXt", b"Author\x00Sari"), chunk(b"eXIf", b"MM\x00*GPS"))
    assert annex_read(told).data == png()
    photo = jpeg(segment(0xE1, b"Exif\x00\x00GPS"), segment(0xFE, b"Sari"), segment(0xED, b"Photoshop"))
    assert annex_read(photo).data == jpeg()
    second = jpeg(behind=jpeg(segment(0xE1, b"Exif\x00\x00GPS")))
    assert annex_read(second).data == jpeg()
    film = jpeg(behind=b"ftypmp42 Jalan Angsana \xff\xd9")
    assert annex_read(film).data == jpeg()
    later = jpeg(later=segment(0xE1, b"Exif\x00\x00GPS"))
    assert annex_read(later).data == jpeg(later=b"")


def test_colours_of_a_picture_stay():
    profile = segment(0xE2, b"ICC_PROFILE\x00") + segment(0xEE, b"Adobe")
    assert annex_read(jpeg(profile)).data == jpeg(profile)
