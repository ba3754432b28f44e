"""Photos arrive in pieces, whole or not at all, and are shown to whoever may open persons (P6)."""

import json
from dataclasses import replace

import pytest

from tests.cast import bayu, citra, dodi, hasan, lestari, officer, ratna
from tests.db.findings.field import ANNA, DEVICE, at_work, visit
from tests.db.findings.photos import CUT, DECLINED, IN_CHARGE, INK, MINUTES, OTHER, PHOTO, digest, named
from timpora.apps.findings import actions
from timpora.apps.findings import queries as findings
from timpora.apps.findings.attached_models import PhotoArrival, PhotoPiece
from timpora.apps.findings.errors import (
    DeviceRevoked,
    PhotoAhead,
    PhotoAltered,
    PhotoGivenUp,
    PhotoMissing,
    PhotoNotJpeg,
    PhotoPieceSmall,
)
from timpora.apps.findings.types import Outcome, ReportKind, Withheld
from timpora.kernel.access import AccessDenied, PurposeMissing
from timpora.kernel.audit.models import Entry, SealedEntry
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


def piece(report, starts, data, by=dodi, whole=PHOTO, size=None):
    with acting_as(by):
        return actions.photo_take(
            by, report_id=report.id, sha256=digest(whole), starts=starts, data=data, size=size
        )


def arrived(report):
    piece(report, 0, PHOTO[:CUT])
    return piece(report, CUT, PHOTO[CUT:])


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
    assert piece(report, 0, PHOTO[:CUT]).arrived == CUT
    with acting_as(dodi):
        assert findings.photo_state(dodi, report_id=report.id, sha256=digest(PHOTO)).arrived == CUT
    assert seen(report).photos_missing == 1
    with pytest.raises(PhotoMissing):
        file_of(report)
    assert piece(report, CUT, PHOTO[CUT:]).is_whole
    assert seen(report).photos_missing == 0
    assert file_of(report).data == PHOTO
    assert logged("findings:photo:arrived") == [{"photo": digest(PHOTO), "bytes": len(PHOTO)}]


def test_a_piece_sent_twice_is_no_harm_and_writes_nothing(work):
    report = reported(work)
    piece(report, 0, PHOTO[:CUT])
    assert piece(report, 0, PHOTO[:CUT]).arrived == CUT
    assert piece(report, 0, OTHER[:CUT]).arrived == CUT
    piece(report, CUT, PHOTO[CUT:])
    assert piece(report, CUT, PHOTO[CUT:]).is_whole
    with acting_as(bayu):
        assert PhotoPiece.objects.count() == 2
    assert len(logged("findings:photo:arrived")) == 1


@pytest.mark.parametrize(
    ("starts", "data", "refusal"),
    [
        (1, PHOTO[1:], PhotoAhead),
        (0, PHOTO + b"more", PhotoAhead),
        (0, b"", PhotoAhead),
        (0, PHOTO[:1], PhotoPieceSmall),
        (0, PHOTO[: CUT - 1], PhotoPieceSmall),
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
    # Under the seal for every report: a line in the common log would be missing for some.
    assert logged("findings:photo:refused") == []
    with acting_as(lestari):
        assert SealedEntry.objects.filter(tag="findings:photo:refused").count() == 2


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
    piece(report, 0, PHOTO[:CUT])
    with acting_as(dodi):
        actions.device_meet(dodi, device_id=DEVICE, queue=0)
    with acting_as(bayu):
        actions.device_revoke(bayu, device_id=DEVICE, because="Hilang.")
    with pytest.raises(DeviceRevoked):
        piece(report, CUT, PHOTO[CUT:])
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


def told(report, by=bayu):
    """Return what a page tells of the photos of a report."""
    view = seen(report, by)
    return view.photos_missing, [(one.sha256, one.size, one.arrived_at) for one in view.photos]


NEVER = (1, [(digest(PHOTO), len(PHOTO), None)])


def test_a_photo_beside_a_victim_reads_like_one_that_never_came(work):
    report = reported(work, SEALED)
    assert arrived(report).is_whole
    plain = reported(work, replace(ANNA, outcome=Outcome.REFERRED_POLICE), device_seq=2)
    for by in (bayu, hasan):
        assert told(report, by) == told(plain, by) == NEVER
        for one in (report, plain):
            with pytest.raises(PhotoMissing):
                file_of(one, by)
    assert logged("findings:photo:arrived") == logged("findings:photo:refused") == []
    with acting_as(bayu):
        assert not PhotoPiece.objects.exists()
        assert not PhotoArrival.objects.exists()
    with acting_as(lestari):
        assert PhotoPiece.objects.count() == 2


BOTH = replace(bayu, grants=(*bayu.grants, *lestari.grants))


def test_whoever_holds_the_seal_besides_sees_it_and_the_common_log_does_not_say_so(work):
    report = reported(work, SEALED)
    arrived(report)
    assert file_of(report, BOTH).data == PHOTO
    assert [one for one in logged("findings:report:read") if one["shown"] == "foto"] == []
    with acting_as(lestari):
        assert [one.tag for one in SealedEntry.objects.filter(subject_id=str(report.id))].count(
            "findings:report:read"
        ) == 1


@pytest.mark.parametrize("photos", [(named(),), (named(OTHER),), ()], ids=["same", "other", "none"])
def test_a_content_with_signs_closes_the_photos_of_every_content(work, photos):
    report = reported(work)
    arrived(report)
    assert file_of(report).data == PHOTO
    with acting_as(dodi):
        rival = replace(report, checked=(SEALED,), kind=ReportKind.EXAMINATION, headcount=1, photos=photos)
        assert actions.report_submit(dodi, report=rival).is_conflict
    assert told(report) == NEVER
    with pytest.raises(PhotoMissing):
        file_of(report)
    with acting_as(bayu):
        assert not PhotoPiece.objects.exists()
        contents = findings.comparison_get(bayu, report.id).contents
    assert [one.view.photos_missing for one in contents] == [1, len(photos)]
    with acting_as(dodi):
        assert findings.photo_state(dodi, report_id=report.id, sha256=digest(PHOTO)).is_whole


def test_signs_that_wait_in_quarantine_close_the_photos_too(work):
    report = reported(work)
    arrived(report)
    with acting_as(dodi):
        later = replace(report, checked=(SEALED,), kind=ReportKind.EXAMINATION, headcount=1)
        actions.report_withhold(dodi, report=later, reason=Withheld.DEVICE)
    assert told(report) == NEVER


def test_it_stays_closed_whichever_content_stands(work):
    report = reported(work, SEALED)
    with acting_as(dodi):
        actions.report_submit(dodi, report=replace(report, checked=(ANNA,)))
    assert arrived(report).is_whole
    with acting_as(bayu):
        first, plain = findings.comparison_get(bayu, report.id).contents
        actions.conflict_settle(
            bayu, report_id=report.id, stands=plain.id, seen={first.id, plain.id}, because="Isi kedua."
        )
    assert told(replace(report, id=plain.id)) == NEVER
    with acting_as(bayu), pytest.raises(PhotoMissing):
        findings.photo_get(bayu, operation_id=report.operation_id, report_id=plain.id, position=1)
    assert logged("findings:photo:arrived") == []


@pytest.mark.parametrize("is_first", [True, False])
def test_another_length_of_the_same_photo_does_not_lose_it(work, is_first):
    """A content that tells a wrong length of the photo neither cuts it nor uses up its attempts (P6)."""
    wrong = replace(named(), size=len(PHOTO) + 7)
    photos = (wrong, named()) if is_first else (named(), wrong)
    report = reported(work, photos=(photos[0],))
    with acting_as(dodi):
        actions.report_submit(dodi, report=replace(report, note="Lain.", photos=(photos[1],)))
    for _ in range(3):
        assert not piece(report, 0, PHOTO + b"\0" * 7, size=len(PHOTO) + 7).is_whole
    with pytest.raises(PhotoGivenUp):
        piece(report, 0, PHOTO + b"\0" * 7, size=len(PHOTO) + 7)
    assert piece(report, 0, PHOTO[:CUT], size=len(PHOTO)).size == len(PHOTO)
    assert piece(report, CUT, PHOTO[CUT:], size=len(PHOTO)).is_whole
    assert told(report)[0] == 0
    with acting_as(bayu):
        data = findings.photo_get(
            bayu, operation_id=report.operation_id, report_id=report.id, position=1
        ).data
    assert data == PHOTO


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
