"""Photos that waited on a phone come in by file, once, proven by seal and report (F51, ADR 0017)."""

import json
from collections import Counter
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import F
from django.test import Client, override_settings
from django.urls import reverse

from tests.cast import bayu, citra, dodi, hasan, lestari, ratna
from tests.db.findings.field import ANNA, DEVICE, at_work, visit
from tests.db.findings.photos import CUT, OTHER, PHOTO, digest, named
from tests.db.interface.phone_photos import parcel_of, photo_of
from tests.db.interface.queue_files import entry_of, queue_of
from tests.db.operations.world import edi
from tests.web import signed_in
from timpora.apps.findings import actions, queries
from timpora.apps.findings.attached_models import PhotoArrival, PhotoPiece
from timpora.apps.findings.photos import photo_bytes
from timpora.apps.findings.types import Outcome, PhonePhoto, PhotoFate
from timpora.apps.identity.models import User
from timpora.interface.report_body import report_of
from timpora.kernel.audit.models import Entry, SealedEntry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
VICTIM = replace(ANNA, outcome=Outcome.PROTECTION, signs=("Diancam",))
PASSED_ON = replace(ANNA, outcome=Outcome.REFERRED_POLICE)


@pytest.fixture
def work():
    return at_work()


@pytest.fixture
def taken(work):
    """Return a report of Dodi with one photo, which the office has; the photo it has not."""
    report = shot(work)
    with acting_as(dodi):
        actions.report_submit(dodi, report=report)
    return report


def shot(work, *checked, photos=(PHOTO,), **words):
    return visit(*work, *(checked or (ANNA,)), photos=tuple(map(named, photos)), **words)


def brought(*files, by=bayu, client=None):
    chosen = [SimpleUploadedFile(f"{at}.timpora", file) for at, file in enumerate(files)]
    return (client or signed_in(Client(), by)).post(reverse("devices:file"), {"berkas": chosen})


def words(answer):
    return [str(line.word) for line in answer.context["lines"]]


def reasons(answer):
    return [line.because for line in answer.context["lines"]]


def arrived(by=bayu):
    """Return which photos have arrived for somebody, each with its very bytes."""
    with acting_as(by):
        return {
            (one.root_id, one.sha256): photo_bytes(one.root_id, one.sha256, one.attempt)
            for one in PhotoArrival.objects.all()
        }


def logged():
    with acting_as(ratna):
        rows = Entry.objects.filter(tag__contains="photo").order_by("at", "id")
        return [(row.tag, row.actor_name, json.loads(row.body)["note"]) for row in rows]


def sealed_log():
    with acting_as(lestari):
        return [row.tag for row in SealedEntry.objects.filter(tag__contains="photo")]


def test_a_phones_day_is_whole_at_the_office_and_the_same_files_twice_add_nothing(work):
    report = shot(work, photos=(PHOTO, OTHER), device_seq=3)
    files = [
        # Photos wait for the queue that names them, also where they were chosen first.
        parcel_of(photo_of(report, dodi), photo_of(report, dodi, OTHER)),
        queue_of(entry_of(report, dodi)),
    ]
    assert PHOTO[:16] not in files[0]
    answer = brought(*files)
    assert [(line.seq, line.officer, line.word) for line in answer.context["lines"]] == [
        (3, "Dodi", "diterima"),
        (3, "Dodi", "2 foto dibawa"),
    ]
    assert "Seluruh berkas sudah di server" in answer.content.decode()
    held = {(report.id, digest(data)): data for data in (PHOTO, OTHER)}
    assert arrived() == held
    with acting_as(bayu):
        assert queries.report_get(bayu, report.id).photos_missing == 0
    first = logged()
    assert Counter(tag for tag, *_ in first) == {
        "findings:photo:arrived": 2,
        "findings:phone-photos:brought": 1,
    }
    assert {(by, note["author"]) for tag, by, note in first if "author" in note} == {("Bayu", str(dodi.id))}
    assert words(brought(*files)) == ["sudah ada", "2 foto dibawa"]
    assert arrived() == held
    with acting_as(bayu):
        assert PhotoPiece.objects.count() == 2
    assert len(logged()) == len(first) + 1


@pytest.mark.parametrize("sent", [len(PHOTO), CUT], ids=["whole", "in part"])
def test_what_came_by_line_is_not_doubled_and_what_came_in_part_is_made_whole(taken, sent):
    with acting_as(dodi):
        actions.photo_take(dodi, report_id=taken.id, sha256=digest(PHOTO), starts=0, data=PHOTO[:sent])
    assert words(brought(parcel_of(photo_of(taken, dodi)))) == ["1 foto dibawa"]
    assert arrived() == {(taken.id, digest(PHOTO)): PHOTO}
    with acting_as(dodi):
        # The phone that asks afterwards hears that it may forget.
        assert queries.photo_state(dodi, report_id=taken.id, sha256=digest(PHOTO)).is_whole
    assert Counter(tag for tag, *_ in logged())["findings:photo:arrived"] == 1


def test_a_photo_that_no_report_names_is_refused_and_the_others_come_in(taken):
    answer = brought(parcel_of(photo_of(taken, dodi, OTHER), photo_of(taken, dodi)))
    assert words(answer) == ["1 foto dibawa, 1 tidak diterima"]
    assert reasons(answer) == ["Laporannya tidak menyebut foto ini."]
    assert arrived() == {(taken.id, digest(PHOTO)): PHOTO}
    # To bring it once more would not help: nothing is said to be missing.
    assert answer.context["sets"] == []


def test_nobody_lays_a_photo_of_his_own_under_anothers_report(work, taken):
    signed_in(Client(), edi)
    answer = brought(parcel_of(photo_of(taken, edi)))
    assert reasons(answer) == ["Laporannya tidak menyebut foto ini."]
    assert arrived() == {}


@pytest.mark.parametrize("spoilt", [PHOTO[:700] + b"\x01" + PHOTO[701:], PHOTO + b"\xff\xd9", b""])
def test_bytes_that_the_report_does_not_name_are_noted_and_not_kept(taken, spoilt):
    answer = brought(parcel_of(photo_of(taken, dodi, spoilt, sha256=digest(PHOTO))))
    assert words(answer) == ["1 foto tidak diterima"]
    assert reasons(answer)[0].startswith("Isinya bukan foto yang disebut laporannya")
    assert arrived() == {}
    assert sealed_log() == ["findings:photo:refused"]


def test_a_photo_before_its_report_is_told_and_is_taken_afterwards(work):
    report = shot(work)
    file, desk = parcel_of(photo_of(report, dodi)), signed_in(Client(), bayu)
    answer = brought(file, client=desk)
    (line,) = answer.context["lines"]
    assert (line.officer, line.word) == ("", "1 foto tidak diterima")
    assert line.because.startswith("Laporannya belum ada di sini")
    assert "belum lengkap" in answer.content.decode()
    assert arrived() == {}
    answer = brought(queue_of(entry_of(report, dodi)), file, client=desk)
    assert words(answer) == ["diterima", "1 foto dibawa"]
    assert "belum lengkap" not in answer.content.decode()


def test_an_officer_brings_in_the_own_photos_and_nobody_elses(taken):
    file = parcel_of(photo_of(taken, dodi))
    answer = brought(file, by=edi)
    assert reasons(answer) == ["Milik petugas lain: kepala seksinya yang memasukkan."]
    assert [line.officer for line in answer.context["lines"]] == [""]
    assert [one.missing for one in answer.context["sets"]] == [(1,)]
    assert brought(file, by=hasan).status_code == 404
    assert arrived() == {}
    assert words(brought(file, by=dodi)) == ["1 foto dibawa"]
    assert arrived() == {(taken.id, digest(PHOTO)): PHOTO}


def test_the_room_itself_takes_no_photo_from_whoever_may_not_carry(taken):
    photo = PhonePhoto(taken.id, dodi.id, digest(PHOTO), PHOTO)
    fates = []
    for actor in (edi, citra, dodi):
        with acting_as(actor):
            (answer,) = actions.phone_photos_bring(actor, device_id=DEVICE, part=1, of=1, photos=[photo])
            fates.append(answer.fate)
    assert fates == [PhotoFate.REPORTLESS, PhotoFate.REPORTLESS, PhotoFate.BROUGHT]


def test_an_office_elsewhere_brings_no_photo_in_and_learns_nobodys_name(taken):
    answer = brought(parcel_of(photo_of(taken, dodi)), by=citra)
    (line,) = answer.context["lines"]
    assert (line.officer, line.word) == ("", "1 foto tidak diterima")
    assert arrived() == {}


def test_a_photo_that_lies_open_is_taken_from_its_own_officer_alone(taken):
    file = parcel_of(photo_of(taken, dodi, is_sealed=False))
    assert reasons(brought(file))[0].startswith("Tidak tersandi")
    assert arrived() == {}
    assert words(brought(file, by=dodi)) == ["1 foto dibawa"]


def test_what_was_changed_on_the_way_is_refused(work, taken):
    told, data = photo_of(taken, dodi)
    other = shot(work, device_seq=2)
    for changed in (
        (told, data[:50] + bytes([data[50] ^ 1]) + data[51:]),
        (told | {"sha256": digest(OTHER)}, data),
        (told | {"report": str(other.id)}, data),
        (told | {"officer": str(bayu.id)}, data),
        (told | {"key_id": "0" * 12}, data),
        (told | {"iv": "AAAAAAAAAAAAAAAA"}, data),
        (told | {"iv": "AA=="}, data),
    ):
        answer = brought(parcel_of(changed))
        assert [reason.split(":")[0] for reason in reasons(answer)] == ["Tidak terbaca"]
    assert arrived() == {}
    assert words(brought(parcel_of((told, data)))) == ["1 foto dibawa"]


def test_photos_under_a_withdrawn_key_or_a_former_secret_come_in(taken):
    with override_settings(SECRET_KEY="rahasia lama"):
        former = parcel_of(photo_of(taken, dodi))
    assert reasons(brought(former))[0].startswith("Tidak terbaca")
    with override_settings(SECRET_KEY_FALLBACKS=["rahasia lama"]):
        User.objects.filter(pk=dodi.id).update(session_key=F("session_key") + 1)
        assert words(brought(former)) == ["1 foto dibawa"]


def test_of_a_revoked_phone_the_photos_wait_for_the_decision_on_their_report(work):
    report = shot(work)
    files = queue_of(entry_of(report, dodi)), parcel_of(photo_of(report, dodi))
    signed_in(Client(), dodi)
    with acting_as(dodi):
        actions.device_meet(dodi, device_id=DEVICE, queue=1)
    with acting_as(bayu):
        actions.device_revoke(bayu, device_id=DEVICE, because="Hilang.")
    assert words(brought(*files)) == ["ditahan", "1 foto tidak diterima"]
    assert arrived() == {}
    with acting_as(bayu):
        (row,) = queries.quarantine_list(bayu)
        actions.quarantine_decide(
            bayu, quarantine_id=row.id, is_released=True, because="Benar.", read=report_of
        )
    assert words(brought(*files))[1] == "1 foto dibawa"
    assert arrived() == {(report.id, digest(PHOTO)): PHOTO}


def open_notes():
    """Count what the common log says besides arrivals, of which there are none under the seal."""
    return Counter((tag, by, str(note)) for tag, by, note in logged() if tag != "findings:photo:arrived")


def history(work, checked, *, came, identifier):
    """Bring a report and its photo in; return all that the carrier sees of it, and what protection does."""
    report = shot(work, checked, id=identifier)
    with transaction.atomic():
        with acting_as(dodi):
            actions.report_submit(dodi, report=report)
            if came:
                actions.photo_take(dodi, report_id=report.id, sha256=digest(PHOTO), starts=0, data=PHOTO)
        before = open_notes()
        answer = brought(parcel_of(photo_of(report, dodi), photo_of(report, dodi, OTHER)))
        lines = [(line.officer, str(line.word), line.because) for line in answer.context["lines"]]
        seen = lines, answer.context["sets"], answer.context["refused"], open_notes() - before
        protected = arrived(lestari)
        transaction.set_rollback(True)
    return seen, protected


def test_the_answer_is_the_same_under_the_seal_as_without_and_whether_the_photo_was_here_or_not(work):
    identifier = uuid4()
    found = [
        history(work, checked, came=came, identifier=identifier)
        for checked in (VICTIM, PASSED_ON)
        for came in (False, True)
    ]
    seen, protected = zip(*found, strict=True)
    assert seen[0] == seen[1] == seen[2] == seen[3]
    assert all(held[identifier, digest(PHOTO)] == PHOTO for held in protected[:2])


def test_a_photo_under_the_seal_stays_under_it(work):
    report = shot(work, VICTIM)
    assert words(brought(queue_of(entry_of(report, dodi)), parcel_of(photo_of(report, dodi))))[1] == (
        "1 foto dibawa"
    )
    assert arrived() == {}
    assert arrived(lestari) == {(report.id, digest(PHOTO)): PHOTO}
    assert Counter(tag for tag, *_ in logged()) == {"findings:phone-photos:brought": 1}
    assert sealed_log() == ["findings:photo:arrived"]


def test_which_files_of_a_phone_are_still_to_come_is_told_until_all_are_in(work):
    report, desk = shot(work, photos=(PHOTO, OTHER)), signed_in(Client(), bayu)
    told = {"of": 2, "cut": "0" * 16}
    queue = json.loads(queue_of(entry_of(report, dodi))) | {"photos": told}
    answer = brought(json.dumps(queue).encode(), client=desk)
    assert [(one.device, one.missing) for one in answer.context["sets"]] == [("1111", (1, 2))]
    assert "Seluruh berkas sudah di server" not in answer.content.decode()
    one, two = (
        parcel_of(photo_of(report, dodi, data), part=part, of=2)
        for part, data in enumerate((PHOTO, OTHER), start=1)
    )
    answer = brought(two, client=desk)
    assert "Dari 2 berkas foto ponsel itu belum masuk: 1." in answer.content.decode()
    assert brought(one, client=desk).context["sets"] == []


def test_files_of_another_cut_do_not_make_the_first_whole(work, taken):
    desk = signed_in(Client(), bayu)
    brought(parcel_of(photo_of(taken, dodi), part=1, of=2), client=desk)
    answer = brought(parcel_of(photo_of(taken, dodi), part=2, of=2, cut="1" * 16), client=desk)
    assert [one.missing for one in answer.context["sets"]] == [(1,)]


def cut_short(file):
    return file[:-9]


def longer(file):
    return file + b"x"


def lengthened(file):
    return file[:22] + b"\xff\xff\xff\xff" + file[26:]


@pytest.mark.parametrize("spoil", [cut_short, longer, lengthened])
def test_a_file_that_is_not_whole_says_so(taken, spoil):
    file = parcel_of(photo_of(taken, dodi))
    answer = brought(spoil(file))
    assert answer.status_code == 422
    assert "Berkas foto ponsel ini tidak utuh" in answer.content.decode()
    assert arrived() == {}
    assert words(brought(file)) == ["1 foto dibawa"]


@pytest.mark.parametrize(
    "odd",
    [
        {"part": 2},
        {"part": 0},
        {"of": 10**6},
        {"cut": "../x"},
        {"device": "x"},
        {"photos": "x"},
        {"photos": [{"length": -1}]},
    ],
    ids=str,
)
def test_an_index_beyond_its_bounds_is_none(taken, odd):
    assert brought(parcel_of(photo_of(taken, dodi), **odd)).status_code == 422


def test_one_photo_twice_in_a_file_and_more_photos_than_a_file_holds_are_none(taken):
    one = photo_of(taken, dodi)
    assert brought(parcel_of(one, one)).status_code == 422
    many = [({**one[0], "sha256": f"{at:064x}", "length": 1}, b"x") for at in range(501)]
    assert brought(parcel_of(*many)).status_code == 422
    assert len(words(brought(parcel_of(*many[:500])))) == 1
