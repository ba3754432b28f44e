"""Photos over the wire: ask how much arrived, send what follows, get it back as a download (P6, P29)."""

import json
import re

import pytest
from django.test import Client, override_settings

from tests.cast import bayu, citra, dodi
from tests.db.findings.field import at_work
from tests.db.findings.photos import CUT, PHOTO, address, digest
from tests.db.interface.test_report_submission import body, post
from tests.web import signed_in

pytestmark = pytest.mark.django_db
RAW = "application/octet-stream"
NAMED = {
    "sha256": digest(PHOTO),
    "size": len(PHOTO),
    "taken_at": "2024-08-22T02:00:00.000Z",
    "lat": "-3.45",
    "lng": "115.99",
    "accuracy_m": 8,
}
INK = {"signed_at": "2024-08-22T02:00:00.000Z", "strokes": [[1, 2, 1000, 320]]}
REFUSAL = {"signed_at": "2024-08-22T02:00:00.000Z", "state": "menolak", "because": "Lelah."}
PAPER = {
    "form": 1,
    "place": "Mes",
    "office": "Batulicin",
    "order": "W.19",
    "officers": ["Dodi"],
    "zone": "WITA",
}
SIGNED = [{"outcome": "sesuai", "name": "ALI", "signature": INK}]


@pytest.fixture
def work():
    return at_work()


@pytest.fixture
def phone(work):
    return signed_in(Client(), dodi)


@pytest.fixture
def report(work, phone):
    sent = body(work, photos=[NAMED])
    assert post(phone, sent).status_code == 201
    return sent


def send(client, report, starts, data, kind=RAW):
    return client.post(f"{address(report['id'])}?dari={starts}", data, content_type=kind)


def test_a_photo_goes_up_in_pieces_and_comes_down_as_a_download(phone, report):
    assert phone.get(address(report["id"])).json() == {
        "report": report["id"],
        "sha256": digest(PHOTO),
        "size": len(PHOTO),
        "arrived": 0,
        "is_whole": False,
    }
    assert send(phone, report, 0, PHOTO[:CUT]).json()["arrived"] == CUT
    assert send(phone, report, CUT, PHOTO[CUT:]).json()["is_whole"] is True
    desk = signed_in(Client(), bayu)
    page = f"/posko/{report['operation']}/laporan/{report['id']}"
    answer = desk.get(f"{page}/foto/1")
    assert answer.content == PHOTO
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith('attachment; filename="foto-STT-')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"
    assert "belum tiba" not in desk.get(page).content.decode()


def test_the_page_says_what_has_not_arrived(phone, report):
    desk = signed_in(Client(), bayu)
    page = f"/posko/{report['operation']}/laporan"
    assert "1 foto belum tiba" in desk.get(f"{page}/{report['id']}").content.decode()
    assert "1 foto belum tiba" in desk.get(page).content.decode()
    assert desk.get(f"{page}/{report['id']}/foto/1").status_code == 422


def answers(desk, sent, receipt):
    """Return page, list line and download of a report, without what names it."""
    page = f"/posko/{sent['operation']}/laporan"
    found = []
    for at in (f"{page}/{sent['id']}", f"{page}/{sent['id']}/foto/1"):
        answer = desk.get(at)
        text = answer.content.decode()
        for name in (sent["id"], receipt["number"], receipt["sha256"]):
            text = text.replace(name, "-")
        headers = {k: v for k, v in answer.headers.items() if k not in {"Content-Length", "X-Request-ID"}}
        found.append(
            (answer.status_code, VARIES.sub("", text), {k: VARIES.sub("", v) for k, v in headers.items()})
        )
    rows = desk.get(page).content.decode().split("<tr>")
    row = next(part for part in rows if receipt["number"] in part).split("</tr>")[0]
    return [*found, row.replace(sent["id"], "-").replace(receipt["number"], "-")]


VARIES = re.compile(r'x-csrftoken": "\w+"|csrfmiddlewaretoken" value="\w+"')


def test_a_sealed_photo_that_arrived_is_answered_like_one_that_never_came(work, phone):
    """Whoever has no seal cannot tell a victim's report by page, list, download or headers (P26)."""
    alike = {"photos": [NAMED], "checked": [{"outcome": "dirujuk_pelindungan", "name": "ALI"}]}
    plain = {"photos": [NAMED], "checked": [{"outcome": "dirujuk_polri", "name": "ALI"}]}
    desk = signed_in(Client(), bayu)
    found = []
    for seq, words in enumerate((alike, plain), start=1):
        sent = body(work, seq=seq, **words)
        receipt = post(phone, sent).json()
        if words is alike:
            assert send(phone, sent, 0, PHOTO).json()["is_whole"] is True
        found.append(answers(desk, sent, receipt))
    sealed, waiting = found
    assert sealed[1][0] == 422
    assert "1 foto belum tiba" in sealed[0][1]
    assert "1 foto belum tiba" in sealed[2]
    assert sealed == waiting


def test_a_report_has_room_for_eight_contents_and_the_ninth_stays_on_the_phone(work, phone):
    sent = body(work)
    assert post(phone, sent).status_code == 201
    for number in range(7):
        assert post(phone, sent | {"note": f"Isi {number}."}).status_code == 409
    answer = post(phone, sent | {"note": "Isi lagi."})
    assert (answer.status_code, answer.json()["code"]) == (422, "findings.contents-too-many")
    assert "tetap tersimpan di ponsel" in answer.json()["message"]
    # What is held already is acknowledged again.
    assert post(phone, sent).status_code == 200
    assert post(phone, sent | {"note": "Isi 6."}).status_code == 409


def test_a_tiny_piece_is_refused_before_it_costs_a_row(phone, report):
    answer = send(phone, report, 0, PHOTO[:1])
    assert (answer.status_code, answer.json()["code"]) == (422, "findings.photo-piece-small")
    assert phone.get(address(report["id"])).json()["arrived"] == 0


def test_the_length_says_which_photo_is_meant(phone, report):
    at = address(report["id"])
    assert phone.get(f"{at}?ukuran={len(PHOTO)}").json()["size"] == len(PHOTO)
    assert phone.get(f"{at}?ukuran={len(PHOTO) + 1}").status_code == 404
    assert phone.get(f"{at}?ukuran=x").status_code == 422
    assert phone.post(f"{at}?dari=0&ukuran={len(PHOTO)}", PHOTO, content_type=RAW).json()["is_whole"] is True


@pytest.mark.parametrize(
    ("starts", "data", "kind", "code"),
    [
        ("5", PHOTO[5:], RAW, 409),
        ("0", b"GIF89a" + PHOTO, RAW, 409),
        ("0", b"GIF89a", RAW, 422),
        ("0", PHOTO, "image/jpeg", 415),
        ("0", PHOTO, "multipart/form-data; boundary=x", 415),
        ("0", b"\xff" * (256 * 1024 + 1), RAW, 413),
        ("-1", PHOTO, RAW, 422),
        ("9" * 30, PHOTO, RAW, 422),
        ("٣", PHOTO, RAW, 422),
    ],
)
def test_what_is_no_piece_of_it_is_refused(phone, report, starts, data, kind, code):
    assert send(phone, report, starts, data, kind).status_code == code
    assert phone.get(address(report["id"])).json()["arrived"] == 0


@pytest.mark.parametrize("by", [bayu, citra], ids=lambda one: one.name)
def test_another_officers_photo_is_not_there(report, by):
    assert send(signed_in(Client(), by), report, 0, PHOTO).status_code == 404
    assert signed_in(Client(), by).get(address(report["id"])).status_code == 404


def test_a_digest_is_no_path(phone, report):
    for name in ("..%2f..%2fetc%2fpasswd", digest(PHOTO).upper(), "x"):
        assert phone.get(f"/api/laporan/{report['id']}/foto/{name}").status_code == 404


def test_whoever_has_not_signed_in_is_led_to_the_door(report):
    assert send(Client(), report, 0, PHOTO).status_code == 302


@pytest.mark.parametrize(
    "photos",
    [
        [NAMED, NAMED],
        [NAMED | {"size": 4 * 1024 * 1024 + 1}],
        [NAMED | {"sha256": "../x"}],
        [NAMED | {"lng": ""}],
        [NAMED | {"name": "foto.jpg"}],
        [NAMED | {"sha256": f"{n:064x}"} for n in range(13)],
    ],
)
def test_photos_beyond_the_limits_are_refused_with_the_report(work, phone, photos):
    assert post(phone, body(work, photos=photos)).status_code == 422


def test_the_limits_are_settings(work, phone):
    with override_settings(PHOTOS_PER_REPORT=0):
        assert post(phone, body(work, photos=[NAMED])).status_code == 422
    assert post(phone, body(work, photos=[NAMED])).status_code == 201


@pytest.mark.parametrize(
    "words",
    [
        {"checked": SIGNED},
        {"in_charge": {"name": "BUDI", "signature": INK}},
        {"minutes": PAPER | {"form": 99}},
        {"minutes": PAPER | {"zone": "UTC"}},
        {"minutes": PAPER | {"officers": []}},
        *(
            {"minutes": PAPER, "checked": [{"outcome": "sesuai", "signature": odd}]}
            for odd in (
                INK | REFUSAL,
                INK | {"strokes": []},
                INK | {"strokes": [[1]]},
                INK | {"strokes": [[1, 321]]},
                INK | {"strokes": [[1001, 1]]},
                INK | {"strokes": [[-1, 1]]},
                INK | {"strokes": [[1.5, 1]]},
                INK | {"strokes": [[1, 1] * 2_001]},
                INK | {"strokes": [[1, 1] * 1_001] * 2},
                INK | {"strokes": [[1, 1]] * 81},
                INK | {"signed_at": "2024-02-30T02:00:00.000Z"},
                INK | {"signed_at": "2024-08-22 02:00Z"},
                INK | {"signed_at": "1724292000"},
                REFUSAL | {"because": " "},
                REFUSAL | {"state": "lain"},
            )
        ),
    ],
)
def test_a_signature_that_is_none_is_refused(work, phone, words):
    assert post(phone, body(work, **words)).status_code == 422


def test_the_receipt_tells_the_digest_of_each_paper_and_the_office_hands_out_the_very_bytes(work, phone):
    boss = {"name": "BUDI", "signature": REFUSAL}
    sent = body(work, checked=SIGNED, minutes=PAPER, in_charge=boss)
    papers = post(phone, sent).json()["minutes"]
    assert sorted(papers) == ["0", "1"]
    assert post(phone, json.dumps(sent)).json()["minutes"] == papers
    desk = signed_in(Client(), bayu)
    page = f"/posko/{sent['operation']}/laporan/{sent['id']}"
    for position, sha256 in papers.items():
        answer = desk.get(f"{page}/berita-acara/{position}")
        assert digest(answer.content) == sha256
        assert answer["Content-Type"] == "application/pdf"
    assert "menolak menandatangani" in desk.get(page).content.decode()
    assert desk.get(f"{page}/berita-acara/2").status_code == 404
    assert signed_in(Client(), citra).get(f"{page}/berita-acara/1").status_code == 404
