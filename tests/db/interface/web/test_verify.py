"""The public page behind the QR tells the truth about paper and file, and nothing about persons."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import letters_cast as letters
from tests.cast import hasan, installer
from timpora.apps.identity import actions as identity
from timpora.apps.identity.types import NewUnit
from timpora.interface.web import verify as page
from timpora.kernel.access import P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as
from timpora.kernel.documents.actions import store
from timpora.kernel.documents.queries import letter_get
from timpora.kernel.documents.types import Issue

pytestmark = pytest.mark.django_db


@deed(P.OPERATIONS_ORDER_ISSUE, tag=Tag.OPERATIONS_ORDER_ISSUED)
def issue(act: Act, replaces=None):
    about = Subject(kind="case", id="c1", places=("63.10",), unit="KANIM-BATULICIN")
    order = Issue(
        about=about,
        unit="KANIM-BATULICIN",
        office_code="W.19.IMI.IMI.2",
        wilayah="63.10",
        law_digest="",
        replaces=replaces,
    )
    return store(act, letters.OBJECTION, order)


@pytest.fixture
def file():
    with acting_as(hasan):
        return letter_get(hasan, issue(hasan).id)


def text(response):
    return " ".join(response.content.decode().split())


def address(file):
    return reverse("verify:letter", args=[file.letter.token])


def upload(client, file, content, name="surat.pdf"):
    return client.post(address(file), {"file": SimpleUploadedFile(name, content, "application/pdf")})


def test_anyone_sees_what_the_register_holds_and_no_person(client, file):
    response = client.get(address(file))
    shown = text(response)
    assert response.status_code == 200
    for expected in (file.letter.number, file.letter.office, file.letter.sha256, "20-09-2024"):
        assert expected in shown
    for personal in ("Muhammad Ali", "Sari", "Hendra", "Hasan"):
        assert personal not in shown
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert "set-cookie" not in {key.lower() for key in response.headers}


def test_the_issued_file_is_recognised_and_one_changed_byte_is_not(client, file):
    assert "Berkas sama" in text(upload(client, file, file.pdf))
    changed = bytearray(file.pdf)
    changed[-20] ^= 1
    shown = text(upload(client, file, bytes(changed)))
    assert "Berkas berbeda" in shown
    assert "Berkas sama" not in shown


def test_an_oversized_or_absent_file_is_refused_with_words(client, file, monkeypatch):
    monkeypatch.setattr(page, "LARGEST", len(file.pdf) - 1)
    too_large = upload(client, file, file.pdf)
    assert too_large.status_code == 422
    assert "surat tidak pernah sebesar itu" in text(too_large)
    assert client.post(address(file)).status_code == 422
    assert client.post(address(file), {"file": io.BytesIO(b"")}).status_code == 422


def test_a_replaced_letter_says_so(client, file):
    with acting_as(hasan):
        newer = issue(hasan, replaces=file.letter.id)
    shown = text(client.get(address(file)))
    assert "Surat ini sudah diganti" in shown
    assert newer.number in shown
    assert "Surat ini sudah diganti" not in text(client.get(reverse("verify:letter", args=[newer.token])))


@pytest.mark.parametrize("typed", ["0000-0000-0000-0000", "x", "<script>alert(1)</script>", "a" * 3000])
def test_an_unknown_code_is_answered_plainly(client, file, typed):
    response = client.get(reverse("verify:letter", args=[typed.replace("/", "")]))
    assert response.status_code == 404
    assert "Tidak ada surat dengan kode ini" in text(response)
    assert b"<script>alert" not in response.content
    assert client.get(address(file)).status_code == 200


def test_a_typed_code_leads_to_the_letter(client, file):
    typed = file.letter.token.lower().replace("-", " ")
    response = client.get(reverse("verify:door"), {"kode": typed})
    assert response.status_code == 302
    assert response["Location"] == address(file)
    assert client.get(reverse("verify:door"), {"kode": "salah"}).status_code == 422
    assert client.get(reverse("verify:door")).status_code == 200


def test_the_page_names_the_office_by_the_register_whatever_stands_over_the_letter(client, file):
    """A head writes what stands over his letters; he must not pass for another office."""
    with acting_as(installer):
        units = [NewUnit("KANIM-BATULICIN", "Kantor Menurut Daftar", "KANIM", "63.10")]
        identity.units_load(installer, units=units)
    assert file.letter.office != "Kantor Menurut Daftar"
    for answer in (client.get(address(file)), upload(client, file, file.pdf)):
        assert file.letter.office in text(answer)
        assert "Kantor Menurut Daftar" in text(answer)
