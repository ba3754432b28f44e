"""A queue comes in by file: one report, its own receipt; who carries it reads and forges nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client, override_settings
from django.urls import reverse

from tests.cast import bayu, citra, dodi, hasan, ratna
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.db.interface.queue_files import entry_of, queue_of
from tests.db.operations.world import edi
from tests.web import enrolled, signed_in
from timpora.apps.findings import actions, queries
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.content import content_of
from timpora.apps.findings.models import Report, ReportConflict
from timpora.apps.findings.types import Doubt
from timpora.apps.identity.models import User
from timpora.interface import queue_key as queue_keys
from timpora.interface.queue_file import LARGEST
from timpora.interface.queue_key import queue_key
from timpora.kernel.access import AccessDenied
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
KEPT_FROM = "Milik petugas lain"
UNREADABLE = "Tidak terbaca"


@pytest.fixture
def work():
    return at_work()


def carried(file, by=bayu):
    client = signed_in(Client(), by)
    return client.post(reverse("devices:file"), {"berkas": SimpleUploadedFile("a.json", file)})


def words(answer):
    return [line.word for line in answer.context["lines"]]


def reasons(answer):
    return [line.because for line in answer.context["lines"]]


def held():
    with acting_as(ratna):
        return list(Report.objects.order_by("device_seq"))


def test_the_office_brings_in_what_the_phone_could_not_send(work):
    report = visit(*work, ANNA, device_seq=3)
    answer = carried(queue_of(entry_of(report, dodi)))
    assert words(answer) == ["diterima"]
    (row,) = held()
    assert (row.officer_id, row.officer_name, row.device_seq) == (dodi.id, "Dodi", 3)
    assert (row.carried_by_id, row.carried_by) == (bayu.id, "Bayu")
    # Whoever carries the file reads nobody's name.
    assert "ERIKSSON" not in answer.content.decode()
    with acting_as(ratna):
        line = Entry.objects.get(tag="findings:report:submitted")
    assert line.actor_name == "Bayu"
    assert str(dodi.id) in line.body


def test_the_receipt_is_the_officers_own_and_the_phone_that_sends_later_gets_the_same(work):
    report = visit(*work, BUDI)
    entry = entry_of(report, dodi)
    carried(queue_of(entry))
    with acting_as(dodi):
        again = report_submit(dodi, report=replace(report, content=content_of(report)))
        assert queries.receipt_get(dodi, report.id).number == again.number == entry["number"]
    assert again.is_repeat
    assert again.sha256 == entry["sha256"]
    with acting_as(bayu):
        assert queries.receipt_list(bayu) == []
        assert queries.report_get(bayu, report.id).carried_by == "Bayu"


def test_the_same_file_twice_is_one_report_and_another_content_a_conflict(work):
    report = visit(*work, BUDI)
    file = queue_of(entry_of(report, dodi), entry_of(replace(report, note="Lain."), dodi))
    assert words(carried(file)) == ["diterima", "isi berbeda"]
    assert words(carried(file)) == ["sudah ada", "isi berbeda"]
    with acting_as(ratna):
        (other,) = ReportConflict.objects.all()
    assert (other.officer_name, other.report_id) == ("Dodi", report.id)


def test_a_gap_stays_a_gap_and_what_came_in_by_file_is_none(work):
    carried(queue_of(*(entry_of(visit(*work, device_seq=number), dodi) for number in (1, 2, 4))))
    with acting_as(bayu):
        (gap,) = queries.board(bayu, work[0]).gaps
    assert (gap.first, gap.last, gap.officer_name) == (3, 3, "Dodi")


def test_an_officer_brings_in_only_the_own(work):
    mine, other = entry_of(visit(*work, BUDI), dodi), entry_of(visit(*work, device_seq=2), edi)
    answer = carried(queue_of(mine, other), by=dodi)
    assert words(answer) == ["diterima", "tidak diterima"]
    assert reasons(answer)[1].startswith(KEPT_FROM)
    (row,) = held()
    assert (row.officer_name, row.carried_by, row.carried_by_id) == ("Dodi", "", None)


def test_an_office_elsewhere_brings_nothing_in_and_no_right_opens_no_page(work):
    file = queue_of(entry_of(visit(*work, BUDI), dodi))
    assert words(carried(file, by=citra)) == ["tidak diterima"]
    assert carried(file, by=hasan).status_code == 404
    assert held() == []


def test_a_file_names_no_officer_to_whoever_may_not_bring_it_in(work):
    # An entry that lies open can be written by anybody who has come by an identifier.
    forged = [
        entry_of(visit(*work, BUDI), dodi, is_sealed=False),
        entry_of(visit(*work, BUDI), dodi) | {"sealed": "AAAA"},
    ]
    for file, by in [*((queue_of(entry), by) for entry in forged for by in (edi, bayu)),
                     (queue_of(entry_of(visit(*work, BUDI), dodi)), citra)]:  # fmt: skip
        (line,) = carried(file, by=by).context["lines"]
        assert (line.word, line.officer) == ("tidak diterima", "")


def test_the_task_is_asked_of_whoever_wrote_it(work):
    # Edi is of the same office and of no team: Bayu's right to carry gives him no task.
    signed_in(Client(), edi)
    answer = carried(queue_of(entry_of(visit(*work, BUDI), edi)))
    assert reasons(answer)[0].startswith("Sasaran ini bukan tugas")
    assert held() == []


def broken(entry, **words):
    return entry | words


def test_what_was_changed_on_the_way_is_refused(work):
    good = entry_of(visit(*work, BUDI), dodi)
    other = entry_of(visit(*work, ANNA), dodi)
    forged = entry_of(visit(*work, BUDI), bayu)
    faults = [
        broken(good, sealed=other["sealed"]),
        broken(good, sha256=other["sha256"]),
        broken(good, report=other["report"]),
        broken(good, key_id="0" * 12),
        broken(good, sealed=good["sealed"][:-8] + "AAAAAAA="),
        # Sealed by Bayu, and said to be Dodi's.
        broken(forged, officer=str(dodi.id)),
        entry_of(visit(*work, BUDI), dodi, text='{"id": 1}'),
        entry_of(visit(*work, BUDI), dodi, text="[" * 9_000),
    ]
    answer = carried(queue_of(*faults))
    assert {reason.split(":")[0] for reason in reasons(answer)} == {UNREADABLE}
    assert held() == []
    assert words(carried(queue_of(good))) == ["diterima"]


def test_an_open_entry_is_taken_from_its_own_officer_alone(work):
    file = queue_of(entry_of(visit(*work, BUDI), dodi, is_sealed=False))
    assert reasons(carried(file))[0].startswith("Tidak tersandi")
    assert held() == []
    assert words(carried(file, by=dodi)) == ["diterima"]


def test_a_file_under_the_servers_former_secret_still_opens(work):
    with override_settings(SECRET_KEY="rahasia lama"):
        file = queue_of(entry_of(visit(*work, BUDI), dodi))
    assert words(carried(file)) == ["tidak diterima"]
    with override_settings(SECRET_KEY_FALLBACKS=["rahasia lama"]):
        assert words(carried(file)) == ["diterima"]


def test_the_report_of_whoever_is_no_officer_any_more_is_withheld_if_he_was_one_then(work):
    file = queue_of(entry_of(visit(*work, BUDI), dodi))
    signed_in(Client(), dodi)
    User.objects.filter(pk=dodi.id).update(is_active=False)
    assert words(carried(file)) == ["ditahan"]
    assert held() == []
    before = entry_of(visit(*work, BUDI, captured_at=datetime(2023, 12, 31, 3, tzinfo=UTC)), dodi)
    nobody = entry_of(visit(*work, BUDI), replace(dodi, id=UUID(int=5)))
    answer = carried(queue_of(before, nobody))
    assert words(answer) == ["tidak diterima"] * 2
    assert {reason.split(",")[0] for reason in reasons(answer)} == {"Petugasnya tidak dikenal"}


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b'{"format": "timpora-antrean/2", "device": "0", "entries": []}',
        b'{"format":' + b"[" * 100_000,
        queue_of(*[{"report": "x"}]),
        b" " * (LARGEST + 1),
    ],
    ids=["empty", "list", "bytes", "other", "deep", "no entry", "large"],
)
def test_what_is_no_file_of_ours_says_so(work, file):
    answer = carried(file)
    assert answer.status_code == 422
    assert "bukan berkas antrean Timpora" in answer.content.decode()


def test_an_empty_queue_says_that_nothing_waited(work):
    assert "Antreannya kosong" in carried(queue_of()).content.decode()


def test_the_digest_on_the_file_is_that_of_the_content(work):
    entry = entry_of(visit(*work, BUDI), dodi, is_sealed=False)
    assert reasons(carried(queue_of(entry | {"sha256": "0" * 64}), by=dodi))[0].startswith(UNREADABLE)
    assert reasons(carried(queue_of(entry | {"report": str(edi.id)}), by=dodi))[0].startswith(UNREADABLE)
    assert held() == []


def test_the_room_itself_refuses_a_carrier_without_the_right(work):
    with acting_as(edi), pytest.raises(AccessDenied):
        report_submit(edi, report=visit(*work, BUDI, author=dodi))
    assert held() == []
    with acting_as(bayu):
        report_submit(bayu, report=visit(*work, BUDI, author=dodi))
    assert [row.officer_name for row in held()] == ["Dodi"]


def sessions_ended(officer):
    User.objects.filter(pk=officer.id).update(session_key=F("session_key") + 1)


def phone_revoked(officer):
    phone = uuid4()
    with acting_as(officer):
        actions.device_meet(officer, device_id=phone, queue=0)
    with acting_as(bayu):
        actions.device_revoke(bayu, device_id=phone, because="Hilang.")


@pytest.mark.parametrize("withdraw", [sessions_ended, phone_revoked])
def test_a_key_is_withdrawn_and_what_lies_under_it_comes_in_marked(work, withdraw):
    enrolled(dodi)
    before = entry_of(visit(*work, ANNA, device_seq=1), dodi)
    withdraw(dodi)
    after = entry_of(visit(*work, BUDI, device_seq=2), dodi)
    assert before["key_id"] != after["key_id"]
    assert words(carried(queue_of(before, after))) == ["diterima", "diterima"]
    assert [Doubt.KEY_WITHDRAWN in row.doubts for row in held()] == [True, False]


def test_the_key_of_another_officer_is_not_withdrawn_with_it(work):
    enrolled(dodi)
    other = queue_key(edi.id)
    phone_revoked(dodi)
    sessions_ended(dodi)
    assert queue_key(edi.id) == other


def test_keys_of_before_they_could_be_withdrawn_still_open(work):
    entry = entry_of(visit(*work, ANNA), dodi, key=queue_keys._key(str(dodi.id), settings.SECRET_KEY))
    assert words(carried(queue_of(entry))) == ["diterima"]
    assert [Doubt.KEY_WITHDRAWN in row.doubts for row in held()] == [True]
