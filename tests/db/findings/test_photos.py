"""Photos arrive in pieces, whole or not at all, and are shown to whoever may open persons (P6)."""

import json
from dataclasses import replace

import pytest

from tests.cast import bayu, citra, dodi, hasan, lestari, officer, ratna
from tests.db.findings.field import ANNA, DEVICE, at_work, visit
from tests.db.findings.photos import DECLINED, IN_CHARGE, INK, MINUTES, OTHER, PHOTO, digest, named
from timpora.apps.findings import actions
from timpora.apps.findings import queries as findings
from timpora.apps.findings.attached_models import PhotoPiece
from timpora.apps.findings.errors import (
    DeviceRevoked,
    PhotoAhead,
    PhotoAltered,
    PhotoGivenUp,
    PhotoMissing,
    PhotoNotJpeg,
)
from timpora.apps.findings.types import Outcome
from timpora.kernel.access import AccessDenied, PurposeMissing
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
eko = officer("Eko", "field_officer", "KANIM-BATULICIN", "63.10", "63.02")
SEALED = replace(ANNA, outcome=Outcome.PROTECTION, signs=("Diancam",), name="BUNGA")


@pytest.fixture
def work():
    return at_work()


def reported(work, *checked, by=dodi, **words):
    report = visit(*work, *checked, **({"photos": (named(),)} | words))
    with acting_as(by):
        actions.report_submit(by, report=report)
    return report


def piece(report, starts, data, by=dodi, whole=PHOTO):
    with acting_as(by):
        return actions.photo_take(by, report_id=report.id, sha256=digest(whole), starts=starts, data=data)


def arrived(report):
    piece(report, 0, PHOTO[:600])
    return piece(report, 600, PHOTO[600:])


def seen(report, by=bayu):
    with acting_as(by):
        return findings.report_get(by, report.id)


def file_of(report, by=bayu, position=1):
    with acting_as(by):
        return findings.photo_get(
            by, operation_id=report.operation_id, report_id=report.id, position=position
        )


def paper_of(report, position, by=bayu):
    with acting_as(by):
        return findings.minutes_get(
            by, operation_id=report.operation_id, report_id=report.id, position=position
        )


def logged(tag):
    with acting_as(ratna):
        return [json.loads(one.body)["note"] for one in Entry.objects.filter(tag=tag)]


def test_a_photo_arrives_piece_by_piece_and_only_then_the_report_is_whole(work):
    report = reported(work)
    assert seen(report).photos_missing == 1
    assert piece(report, 0, PHOTO[:600]).arrived == 600
    with acting_as(dodi):
        assert findings.photo_state(dodi, report_id=report.id, sha256=digest(PHOTO)).arrived == 600
    assert seen(report).photos_missing == 1
    with pytest.raises(PhotoMissing):
        file_of(report)
    assert piece(report, 600, PHOTO[600:]).is_whole
    assert seen(report).photos_missing == 0
    assert file_of(report).data == PHOTO
    assert logged("findings:photo:arrived") == [{"photo": digest(PHOTO)}]
    assert {one["to"] for one in logged("findings:photo:piece-taken")} == {600, len(PHOTO)}


def test_a_piece_sent_twice_is_no_harm_and_writes_nothing(work):
    report = reported(work)
    piece(report, 0, PHOTO[:600])
    assert piece(report, 0, PHOTO[:600]).arrived == 600
    assert piece(report, 0, OTHER[:900]).arrived == 600
    piece(report, 600, PHOTO[600:])
    assert piece(report, 600, PHOTO[600:]).is_whole
    assert len(logged("findings:photo:piece-taken")) == 2


@pytest.mark.parametrize(
    ("starts", "data", "refusal"),
    [
        (1, PHOTO[1:], PhotoAhead),
        (0, PHOTO + b"more", PhotoAhead),
        (0, b"", PhotoAhead),
        (0, b"<html>", PhotoNotJpeg),
    ],
)
def test_what_does_not_follow_or_is_no_photo_is_refused(work, starts, data, refusal):
    report = reported(work)
    with pytest.raises(refusal):
        piece(report, starts, data)
    assert seen(report).photos_missing == 1


def test_bytes_with_another_digest_never_count_and_the_photo_may_come_again(work):
    report = reported(work)
    flipped = PHOTO[:700] + b"\x01" + PHOTO[701:]
    for _ in range(2):
        state = piece(report, 0, flipped)
        assert (state.arrived, state.is_whole) == (0, False)
    assert seen(report).photos_missing == 1
    assert piece(report, 0, PHOTO).is_whole
    assert file_of(report).data == PHOTO
    assert len(logged("findings:photo:refused")) == 2


def test_after_three_others_it_is_given_up(work):
    report = reported(work)
    flipped = PHOTO[:700] + b"\x01" + PHOTO[701:]
    for _ in range(3):
        piece(report, 0, flipped)
    with pytest.raises(PhotoGivenUp):
        piece(report, 0, PHOTO)


def test_the_right_digest_of_something_that_is_no_photo_does_not_count(work):
    odd = b"\xff\xd8\xff<script>alert(1)</script>"
    report = reported(work, photos=(named(odd),))
    assert not piece(report, 0, odd, whole=odd).is_whole
    assert seen(report).photos_missing == 1


@pytest.mark.parametrize("by", [eko, bayu, citra], ids=lambda one: one.name)
def test_only_its_own_officer_sends_a_photo(work, by):
    report = reported(work)
    with pytest.raises(AccessDenied):
        piece(report, 0, PHOTO, by=by)
    with acting_as(by), pytest.raises(AccessDenied):
        findings.photo_state(by, report_id=report.id, sha256=digest(PHOTO))


def test_a_photo_that_no_report_names_is_refused(work):
    report = reported(work)
    with pytest.raises(AccessDenied):
        piece(report, 0, OTHER, whole=OTHER)


def test_a_revoked_phone_sends_no_photo(work):
    report = reported(work)
    piece(report, 0, PHOTO[:600])
    with acting_as(dodi):
        actions.device_meet(dodi, device_id=DEVICE, queue=0)
    with acting_as(bayu):
        actions.device_revoke(bayu, device_id=DEVICE, because="Hilang.")
    with pytest.raises(DeviceRevoked):
        piece(report, 600, PHOTO[600:])
    assert seen(report).photos_missing == 1


def test_what_is_altered_at_rest_is_not_handed_out(work, monkeypatch):
    report = reported(work)
    arrived(report)
    monkeypatch.setattr("timpora.apps.findings.shown.photo_bytes", lambda *_: PHOTO[:-3] + b"\x07\xff\xd9")
    with pytest.raises(PhotoAltered):
        file_of(report)


def test_a_photo_is_for_those_who_open_persons_for_a_purpose_and_it_is_logged(work):
    report = reported(work)
    arrived(report)
    file_of(report)
    assert {"shown": "foto", "photo": digest(PHOTO)} in logged("findings:report:read")
    with pytest.raises(PurposeMissing):
        file_of(report, by=replace(bayu, purpose=None))
    for by in (citra, ratna, dodi):
        with pytest.raises(AccessDenied):
            file_of(report, by=by)
    with pytest.raises(AccessDenied):
        file_of(report, position=2)


def test_photos_beside_a_victim_lie_under_the_seal_as_if_there_were_none(work):
    report = reported(work, SEALED)
    assert arrived(report).is_whole
    assert seen(report).photos == ()
    assert seen(report, by=hasan).photos_missing == 0
    with pytest.raises(AccessDenied):
        file_of(report)
    assert logged("findings:photo:arrived") == []
    with acting_as(bayu):
        assert not PhotoPiece.objects.exists()
    with acting_as(lestari):
        assert PhotoPiece.objects.count() == 2


def test_another_content_brings_its_own_photos(work):
    report = reported(work)
    rival = replace(report, note="Lain.", photos=(named(OTHER),))
    with acting_as(dodi):
        assert actions.report_submit(dodi, report=rival).is_conflict
    arrived(report)
    assert piece(report, 0, OTHER, whole=OTHER).is_whole
    with acting_as(bayu):
        one, other = findings.comparison_get(bayu, report.id).contents
    assert (one.view.photos_missing, other.view.photos_missing) == (0, 0)


def test_a_berita_acara_is_kept_as_computed_and_handed_out_to_those_who_open_persons(work):
    signed = replace(ANNA, signature=INK)
    report = reported(work, signed, signed_by_none(), in_charge=IN_CHARGE, minutes=MINUTES)
    papers = seen(report).minutes
    assert [(one.position, one.state) for one in papers] == [(0, "menolak"), (1, "")]
    assert papers[0].because == "Menunggu kuasa hukum."
    assert {one.position: one.sha256 for one in papers} == findings.minutes_digests(report)
    file = paper_of(report, 1)
    assert digest(file.data) == papers[1].sha256
    assert b"ERIKSSON" in file.data
    assert {"shown": "berita acara", "minutes": papers[1].sha256} in logged("findings:report:read")
    with acting_as(ratna):
        (masked,) = findings.report_list(ratna, operation_id=report.operation_id)
    assert [one.because for one in masked.minutes] == ["", ""]
    for by in (citra, ratna, dodi):
        with pytest.raises(AccessDenied):
            paper_of(report, 1, by=by)
    with pytest.raises(AccessDenied):
        paper_of(report, 2)


def signed_by_none():
    return replace(ANNA, name="ALI", document_number="X1", mrz="")


def test_the_paper_of_a_victim_says_referred_and_no_more(work):
    report = reported(work, replace(SEALED, signature=DECLINED), minutes=MINUTES, photos=())
    paper = paper_of(report, 1).data
    assert b"Dirujuk / referred" in paper
    assert b"Diancam" not in paper
    assert paper.startswith(b"%PDF")
