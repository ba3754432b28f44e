"""The photos of a post's day come home by file, which tells nobody which have arrived (ADR 0021, 0023)."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.conf import settings as conf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.cast import bayu, citra, dodi, lestari, ratna
from tests.db.findings.field import ANNA, visit
from tests.db.findings.photos import OTHER, PHOTO, digest, named
from tests.db.interface.post_days import (
    at_post,
    brought,
    carried,
    cut_of,
    day_of,
    handed_over,
    reported,
    sealed,
    teamed,
)
from tests.depth import times
from tests.web import signed_in
from timpora.apps.findings import queries
from timpora.apps.findings.actions import report_submit, report_withhold
from timpora.apps.findings.attached_models import PhotoArrival, PhotoPiece
from timpora.apps.findings.day_photos import AROUND, Named, cut
from timpora.apps.findings.day_types import PhotoLoad, PhotoSlot
from timpora.apps.findings.errors import PhotoMissing
from timpora.apps.findings.models import ReportConflict
from timpora.apps.findings.photos import photo_bytes
from timpora.apps.findings.types import Outcome, Withheld
from timpora.interface.outfit_file import keys_keep
from timpora.interface.photo_file import PhotoFileUnreadable, photo_file_read
from timpora.interface.queue_key import post_key
from timpora.kernel.audit.models import Entry, SealedEntry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
MEBIBYTE = 1024 * 1024
THIRD = PHOTO[:-2] + b"\x00\x00\xff\xd9"
VICTIM = replace(ANNA, outcome=Outcome.PROTECTION, signs=("Diancam",))
PASSED_ON = replace(ANNA, outcome=Outcome.REFERRED_POLICE)


@pytest.fixture
def work():
    return teamed()


def shot(work, *checked, photo=PHOTO, **words):
    return visit(*work[:2], *(checked or (ANNA,)), photos=(named(photo),), **words)


def file_of(data):
    return SimpleUploadedFile("a.timpora", data)


def opened(data):
    return photo_file_read(file_of(data))


def arrived(by=bayu):
    """Return which photos have arrived for somebody, each with its very bytes."""
    with acting_as(by):
        return {
            (one.root_id, one.sha256): photo_bytes(one.root_id, one.sha256, one.attempt)
            for one in PhotoArrival.objects.all()
        }


def sealed_log():
    with acting_as(lestari):
        return [row.tag for row in SealedEntry.objects.filter(tag__contains="photo").order_by("at", "id")]


def logged():
    """Return what the common log says of photos and of files that came in: for who reads it all."""
    with acting_as(ratna):
        rows = Entry.objects.filter(tag__contains="photo").order_by("at", "id")
        return [(row.tag, row.actor_name, json.loads(row.body)["note"]) for row in rows]


def test_a_photo_of_the_post_arrives_at_home_once_and_with_its_very_bytes(work):
    one, two = shot(work), shot(work, photo=OTHER, device_seq=2)
    files = handed_over(work, one, two, photos=[(one, PHOTO), (two, OTHER)])
    # Long enough that no chance brings it about in a megabyte of what is sealed.
    assert PHOTO[:16] not in files[1]
    # Photos wait for the reports that name them, also where they were chosen first.
    came = sorted(carried(files[1], files[0]))
    assert came == [(n, "Dodi", word) for n in (1, 2) for word in ("1 foto ada", "diterima")]
    held = {(one.id, digest(PHOTO)): PHOTO, (two.id, digest(OTHER)): OTHER}
    assert arrived() == held
    first = logged()
    assert sorted(carried(*files)) == [
        (n, "Dodi", word) for n in (1, 2) for word in ("1 foto ada", "sudah ada")
    ]
    assert arrived() == held
    with acting_as(bayu):
        assert PhotoPiece.objects.count() == 2
        assert queries.report_get(bayu, one.id).photos_missing == 0
    tags = Counter(tag for tag, *_ in first)
    assert tags == {"findings:photo:arrived": 2, "findings:day-photos:brought": 1}
    assert {(by, note["author"]) for tag, by, note in first if "author" in note} == {("Bayu", str(dodi.id))}
    # The second time the log tells that the file was brought, and of no photo.
    assert Counter(tag for tag, *_ in logged()) == tags + Counter(["findings:day-photos:brought"])


def test_photos_before_their_reports_are_told_and_are_taken_afterwards(work):
    one = shot(work)
    reports, photos = handed_over(work, one, photos=[(one, PHOTO)])
    (line,) = brought(photos).context["lines"]
    assert (line.tone, line.officer, line.word) == ("stop", "", "foto tidak diterima")
    assert arrived() == {}
    carried(reports)
    assert [word for *_, word in carried(photos)] == ["1 foto ada"]
    assert arrived() == {(one.id, digest(PHOTO)): PHOTO}


def test_another_office_brings_no_photo_and_an_officer_is_told_whose_file_it_is(work):
    one = shot(work)
    reports, photos = handed_over(work, one, photos=[(one, PHOTO)])
    carried(reports)
    assert [word for *_, word in carried(photos, by=citra)] == ["foto tidak diterima"]
    answer = brought(photos, by=dodi)
    assert answer.status_code == 422
    assert "kepala seksi" in answer.content.decode()
    assert arrived() == {}


def test_the_post_of_another_operation_brings_no_photo_and_seals_none(work):
    one = shot(work)
    reports, photos = handed_over(work, one, photos=[(one, PHOTO)])
    slot = opened(photos).slots[0]
    elsewhere = replace(opened(photos), operation_id=uuid4(), slots=(replace(slot, is_sealed=True),))
    forged = sealed(elsewhere)
    assert [word for *_, word in carried(reports, forged)] == ["diterima", "foto tidak diterima"]
    assert arrived() == {}
    # No seal was laid on it either: its own post's file is read as ever.
    assert [word for *_, word in carried(photos)] == ["1 foto ada"]


@pytest.mark.parametrize("spoilt", ["bytes", "length", "no photo"])
def test_bytes_that_the_report_does_not_name_are_noted_and_not_kept(work, spoilt):
    odd = b"\xff\xd8\xff<script>alert(1)</script>"
    one = shot(work, photo=odd if spoilt == "no photo" else PHOTO)
    reports, photos = handed_over(work, one, photos=[])
    load = opened(photos)
    data = {"bytes": PHOTO[:700] + b"\x01" + PHOTO[701:], "length": PHOTO + b"\xff\xd9", "no photo": odd}
    forged = sealed(replace(load, slots=(replace(load.slots[0], data=data[spoilt]),)))
    assert carried(reports, forged)[1][2] == "0 dari 1 foto ada"
    with acting_as(ratna):
        assert not PhotoPiece.objects.exists()
    assert {tag for tag, *_ in logged()} == {"findings:day-photos:brought"}
    assert sealed_log() == ["findings:photo:refused"]


def forged(work, *slots, part=1, of=1):
    """Return a file that the post's key sealed, whatever it says."""
    return sealed(PhotoLoad(work[0], date(2024, 8, 22), part, of, "0" * 16, 1024 * 1024, slots))


def slot_of(report, data=b"", *, is_sealed=False):
    return PhotoSlot(report.id, "STT-00000-00000", 1, digest(PHOTO), len(PHOTO), is_sealed, data=data)


@pytest.mark.parametrize(("part", "of", "number"), [(1, 10**6, 1), (3, 2, 1), (1, 1, 2)])
def test_a_file_of_a_million_of_more_than_all_or_with_one_photo_twice_is_none(work, part, of, number):
    one = shot(work)
    handed_over(work, one, photos=[])
    assert brought(forged(work, *[slot_of(one, b"x")] * number, part=part, of=of)).status_code == 422


def test_refused_bytes_leave_the_same_traces_for_a_report_under_the_seal(work):
    plain, victim = shot(work), shot(work, VICTIM, device_seq=2)
    reports, _ = handed_over(work, plain, victim, photos=[])
    carried(reports, forged(work, slot_of(plain, b"x"), slot_of(victim, b"x")))
    assert {tag for tag, *_ in logged()} == {"findings:day-photos:brought"}
    assert sealed_log() == ["findings:photo:refused"] * 2


def test_who_put_photos_under_the_seal_stands_in_the_log_under_it(work):
    one = shot(work)
    reports, _ = handed_over(work, one, photos=[(one, PHOTO)])
    carried(reports, forged(work, slot_of(one, is_sealed=True)), forged(work, slot_of(one, is_sealed=True)))
    assert sealed_log() == ["findings:photos:sealed"]


def test_a_photo_of_ones_own_under_somebody_elses_report_tells_no_seal(work):
    told = []
    for seq, checked in enumerate(((PASSED_ON,), (VICTIM,)), start=1):
        report = visit(*work[:2], *checked, device_seq=seq)
        with acting_as(dodi):
            report_submit(dodi, report=report)
        mine = replace(
            visit(*work[:2], ANNA, photos=(named(OTHER),), headcount=9, device_seq=7), id=report.id
        )
        with acting_as(bayu):
            report_submit(bayu, report=mine)
        address = f"/api/laporan/{report.id}/foto/{digest(OTHER)}?dari=0"
        sent = signed_in(Client(), bayu).post(address, OTHER, content_type="application/octet-stream")
        assert sent.json()["is_whole"]
        with acting_as(bayu):
            rival = ReportConflict.objects.get(report=report.id).rival_id
            (photo,) = queries.report_get(bayu, rival).photos
            with pytest.raises(PhotoMissing):
                queries.photo_get(bayu, operation_id=work[0], report_id=rival, position=1)
        told.append(photo.arrived_at)
    assert told == [None, None]


@pytest.mark.parametrize("spoilt", ["byte", "end", "head", "operation", "index"])
def test_a_file_that_was_changed_opens_nowhere_and_says_so(work, spoilt):
    _, file = handed_over(work, shot(work), photos=[])
    if spoilt == "byte":
        file = file[:-40] + bytes([file[-40] ^ 1]) + file[-39:]
    elif spoilt == "end":
        file = file[:-9]
    elif spoilt == "head":
        file = file.replace(b'"key_id"', b'"key_di"')
    elif spoilt == "operation":
        file = file.replace(str(work[0]).encode(), str(uuid4()).encode(), 1)
    else:
        slot = PhotoSlot(uuid4(), "kosong", 1, "x", 1, is_sealed=False)
        file = sealed(replace(opened(file), slots=(slot,)))
    with pytest.raises(PhotoFileUnreadable):
        opened(file)
    answer = brought(file)
    assert answer.status_code == 422
    assert "Berkas foto ini tidak terbuka" in answer.content.decode()


def test_only_the_office_opens_the_file_and_no_key_that_a_phone_gets(work):
    one = shot(work)
    _, file = handed_over(work, one, photos=[(one, PHOTO)])
    assert opened(file).slots[0].data == PHOTO
    with override_settings(SECRET_KEY="kantor lain"), pytest.raises(PhotoFileUnreadable):
        opened(file)
    # Nor what the outfit holds, whoever took it or has the laptop.
    with at_post(work[0]), override_settings(SECRET_KEY="laptop"), pytest.raises(PhotoFileUnreadable):
        opened(file)
    with override_settings(SECRET_KEY="baru", SECRET_KEY_FALLBACKS=[conf.SECRET_KEY]):
        assert opened(file).slots[0].data == PHOTO


@pytest.mark.parametrize("posts", [{}, {"id": "lama", "key": "A" * 44}], ids=["none", "no pair"])
def test_a_post_whose_outfit_is_older_than_its_key_hands_out_no_photos_and_says_why(work, tmp_path, posts):
    reported(shot(work))
    with override_settings(DATA=tmp_path):
        keys_keep({dodi.id: post_key(dodi.id, work[0])}, {work[0]: posts} if posts else {})
        form = {"jenis": "foto", "operasi": work[0], "hari": "2024-08-22", "bagian": 1}
        form["potongan"] = cut_of(work[0])
        answer = signed_in(Client(), bayu).post(reverse("posts:day"), form)
        assert answer.status_code == 422
        assert "Ambil bekal baru" in answer.content.decode()
    assert logged() == []


def test_a_day_of_photos_is_taken_by_whoever_may_carry_its_reports(work):
    reported(shot(work))
    assert day_of(work[0], by=dodi, jenis="foto").status_code == 404
    assert day_of(work[0], by=citra, jenis="foto").status_code == 404
    assert day_of(work[0], jenis="foto", bagian=2).status_code == 404
    assert day_of(work[0], jenis="foto", hari="2024-08-23").status_code == 404
    assert day_of(work[0], jenis="semua").status_code == 404
    assert day_of(work[0], jenis="foto").status_code == 200
    ((tag, by, note),) = logged()
    assert (tag, by) == ("findings:day-photos:taken", "Bayu")
    assert note == {"on": "2024-08-22", "part": 1, "of": 1, "named": 1}


# Parallel histories: what differs is only whether a photo came, and whether it lies under the seal.
HISTORIES = {
    "under the seal and here": (VICTIM, True),
    "under the seal and away": (VICTIM, False),
    "open and away": (PASSED_ON, False),
}


def history(work, name, identifier):
    """Hand a day over and bring it in; return all that the carrier and the office may see of it."""
    checked, came = HISTORIES[name]
    plain, one = shot(work, photo=OTHER, id=UUID(int=1)), shot(work, checked, id=identifier, device_seq=2)
    with transaction.atomic():
        files = handed_over(work, plain, one, photos=[(plain, OTHER), *([(one, PHOTO)] if came else [])])
        answer = brought(*files)
        with acting_as(bayu):
            told = queries.report_get(bayu, one.id)
        seen = (
            [len(file) for file in files],
            [len(file.split(b"\n")[1]) for file in files[1:]],
            [(line.seq, line.officer, line.word, line.because) for line in answer.context["lines"]],
            answer.context["refused"],
            (told.photos_missing, [photo.arrived_at for photo in told.photos]),
            sorted(arrived()),
            sorted(map(str, logged())),
        )
        protected = arrived(lestari)
        transaction.set_rollback(True)
    return seen, protected


def test_the_file_and_the_answer_are_alike_whether_a_photo_under_the_seal_came_or_not(work):
    identifier = uuid4()
    seen, protected = zip(*(history(work, name, identifier) for name in HISTORIES), strict=True)
    assert seen[0] == seen[1] == seen[2]
    assert len(protected[0]) == 2
    assert protected[0][identifier, digest(PHOTO)] == PHOTO
    assert len(protected[1]) == len(protected[2]) == 1


def test_a_day_without_photos_has_a_file_as_large_as_one_with_a_few(work):
    bare = visit(*work[:2], ANNA)
    few = [shot(work, device_seq=at) for at in range(1, 4)]
    sizes = {
        len(handed_over(work, *reports, photos=photos)[1])
        for reports, photos in (((bare,), []), (few, []), (few, [(few[0], PHOTO)]))
    }
    assert len(sizes) == 1
    assert MEBIBYTE < sizes.pop() < MEBIBYTE + 512


def test_a_photo_that_went_into_another_file_since_the_list_was_opened_is_not_missed(work, monkeypatch):
    monkeypatch.setattr("timpora.apps.findings.day_photos.FULL", 2048)
    one, two = shot(work, id=UUID(int=2)), shot(work, photo=OTHER, device_seq=2, id=UUID(int=3))
    reported(one, two)
    listed = cut_of(work[0])
    last = opened(day_of(work[0], jenis="foto", bagian=2).content)
    assert [slot.report_id for slot in last.slots] == [two.id]
    reported(shot(work, photo=THIRD, device_seq=3, id=UUID(int=1)))
    answer = day_of(work[0], jenis="foto", potongan=listed)
    assert answer.status_code == 422
    assert "sekali lagi" in answer.content.decode()
    named_in = [
        slot.report_id
        for part in range(1, last.of + 3)
        for slot in opened(day_of(work[0], jenis="foto", bagian=part).content).slots
    ]
    assert named_in == [UUID(int=1), one.id, two.id]


def test_the_page_calls_a_day_whole_when_all_its_files_were_taken_in_and_not_before(work, monkeypatch):
    monkeypatch.setattr("timpora.apps.findings.day_photos.FULL", 2048)
    one, two = shot(work, id=UUID(int=2)), shot(work, photo=OTHER, device_seq=2, id=UUID(int=3))
    with transaction.atomic():
        reported(one, two, photos=[(one, PHOTO), (two, OTHER)])
        reports = day_of(work[0]).content
        first, second = (day_of(work[0], jenis="foto", bagian=part).content for part in (1, 2))
        reported(shot(work, photo=THIRD, device_seq=3, id=UUID(int=1)))
        grown = day_of(work[0], jenis="foto").content
        transaction.set_rollback(True)
    client = signed_in(Client(), bayu)

    def said(*files):
        chosen = [SimpleUploadedFile(f"{at}.timpora", file) for at, file in enumerate(files)]
        page = client.post(reverse("devices:file"), {"berkas": chosen}).content.decode()
        return re.findall(r"belum masuk: ([\d, ]+)\.", page), "Seluruh berkas sudah di server" in page

    # Nothing of it counts as taken in while a report is not there.
    assert said(first) == (["1, 2"], False)
    assert said(reports) == (["1, 2"], False)
    assert said(first) == (["2"], False)
    assert said(second) == ([], True)
    assert said(second, b"tidak terbaca") == ([], False)
    # The day was cut anew: its former files are not the day any more.
    assert said(grown) == (["1, 2, 3, 4"], False)


@pytest.mark.parametrize("by", ["another content", "quarantine"])
def test_the_seal_of_the_post_comes_along(work, by):
    one = shot(work)
    signs = replace(one, checked=(VICTIM,))
    with transaction.atomic():
        reported(one, photos=[(one, PHOTO)])
        reports = day_of(work[0]).content
        with acting_as(dodi):
            if by == "quarantine":
                report_withhold(dodi, report=signs, reason=Withheld.DEVICE)
            else:
                report_submit(dodi, report=signs)
        photos = day_of(work[0], jenis="foto").content
        transaction.set_rollback(True)
    for _ in range(2):
        assert [word for *_, word in carried(reports, photos)][-1] == "0 dari 1 foto ada"
    assert arrived() == {}
    assert arrived(lestari) == {(one.id, digest(PHOTO)): PHOTO}
    assert [line[0] for line in logged()] == ["findings:day-photos:brought"] * 2


ONES = st.lists(st.integers(1, 4 * MEBIBYTE), max_size=40)


@given(ONES)
@example([])
@example([4 * MEBIBYTE] * 13)
def test_files_hold_each_photo_once_and_together_are_a_power_of_two(sizes):
    photos = [Named(UUID(int=at), f"{at:064x}", size) for at, size in enumerate(sizes)]
    files = cut(photos)
    assert [one for part in files.parts for one in part] == photos
    assert all(sum(one.size + AROUND for one in part) + AROUND <= files.room for part in files.parts)
    whole = files.room * len(files.parts)
    assert whole & (whole - 1) == 0
    assert whole <= max(MEBIBYTE, 4 * sum(size + 2 * AROUND for size in sizes))


def test_the_index_of_the_largest_file_fits_beside_its_photos():
    slots = tuple(
        PhotoSlot(uuid4(), "STT-ZZZZZ-ZZZZZ", 2**63 - 1, "f" * 64, 60_000_000, is_sealed=True)
        for _ in range(100)
    )
    room = AROUND * 101
    load = PhotoLoad(uuid4(), date(2024, 12, 31), 1000, 1024, "f" * 16, room, slots)
    assert opened(sealed(load)) == load


def test_any_order_and_repetition_of_files_ends_the_same_at_home(work):
    """A photo is here once its file came after its report's; nothing else of the order counts."""
    one, two = shot(work), shot(work, VICTIM, photo=OTHER, device_seq=2)
    rival = replace(one, note="Isi lain.", photos=(named(THIRD),))
    files = {
        "R": handed_over(work, one, two)[0],
        "r": handed_over(work, rival, one)[0],
        "P": handed_over(work, one, two, photos=[(one, PHOTO), (two, OTHER)])[1],
        "p": handed_over(work, rival, one, photos=[(rival, THIRD)])[1],
    }
    photos = {
        "P": {(one.id, digest(PHOTO)): "Rr", (two.id, digest(OTHER)): "R"},
        "p": {(one.id, digest(THIRD)): "r"},
    }

    client = signed_in(Client(), bayu)

    @settings(max_examples=times(8), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from("RrPp"), max_size=4))
    @example(list("PpRrPp"))
    @example(list("RRPPrrpp"))
    def check(sequence):
        expected = set()
        with transaction.atomic():
            came = ""
            for name in sequence:
                chosen = SimpleUploadedFile(name, files[name])
                assert client.post(reverse("devices:file"), {"berkas": chosen}).status_code == 200
                came += name
                expected |= {key for key, needs in photos.get(name, {}).items() if set(needs) & set(came)}
            assert set(arrived(lestari)) == expected
            transaction.set_rollback(True)

    check()
