"""A lost phone is revoked: it is listed, stays out, and what it still sends is kept and not counted (P14)."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import arif, bayu, citra, dodi, hasan, lestari, machine, officer, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, DEVICE, at_work, visit
from tests.db.operations import world
from tests.web import enrolled
from timpora.apps.findings import actions, errors, queries
from timpora.apps.findings.content import content_of, digest_of
from timpora.apps.findings.devices import NOTED
from timpora.apps.findings.models import ArrivedNumber, Protection, Report
from timpora.apps.findings.phone_models import Quarantined, QuarantinedContent
from timpora.apps.findings.types import Doubt, Outcome, Withheld
from timpora.apps.identity.models import User
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, NotHuman
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
VICTIM = replace(BUDI, outcome=Outcome.PROTECTION, signs=("paspor dipegang majikan",))


@pytest.fixture
def work():
    return at_work()


@pytest.fixture
def lost(work):
    """Dodi's phone, revoked by Bayu."""
    met()
    revoked()
    return work


def met(by=dodi, device=DEVICE, queue=0, at=DAY, last=0):
    with clock.standing_at(at), acting_as(by):
        return actions.device_meet(by, device_id=device, queue=queue, last=last)


def revoked(by=bayu, device=DEVICE, because="Hilang di Batulicin."):
    with acting_as(by):
        actions.device_revoke(by, device_id=device, because=because)


def phones(by=bayu):
    with acting_as(by):
        return queries.device_list(by)


def sent(report, by=dodi):
    with acting_as(by):
        return actions.report_submit(by, report=report)


def waiting(by=bayu):
    with acting_as(by):
        return queries.quarantine_list(by)


def reports():
    with acting_as(ratna):
        return list(Report.objects.all())


def decided(report, by=bayu, is_released=True, because="Dodi membenarkan isinya."):
    (row,) = [one for one in waiting() if one.report_id == report.id]
    told = {content_of(report): report}
    with acting_as(by):
        return actions.quarantine_decide(
            by, quarantine_id=row.id, is_released=is_released, because=because, read=told.__getitem__
        )


def test_the_office_sees_its_phones_with_officer_contact_and_queue(work):
    met(queue=2)
    (phone,) = phones()
    assert (phone.device_id, phone.officers, phone.queue) == (DEVICE, ("Dodi",), 2)
    assert (phone.last_at, phone.unit_code, phone.revocation) == (DAY, "KANIM-BATULICIN", None)
    assert [one.device_id for one in phones(hasan)] == [DEVICE]
    assert phones(citra) == phones(dodi) == phones(arif) == []


def test_a_contact_is_logged_now_and_then_and_when_the_queue_empties(work):
    def lines():
        with acting_as(ratna):
            return Entry.objects.filter(tag="findings:device:met").count()

    met(queue=2)
    met(queue=2, at=DAY + timedelta(minutes=1))
    assert (lines(), phones()[0].queue) == (1, 2)
    met(queue=0, at=DAY + timedelta(minutes=2))
    assert (lines(), phones()[0].queue) == (2, 0)
    met(at=DAY + timedelta(minutes=2) + NOTED)
    assert lines() == 3


def test_revoking_needs_the_right_the_territory_and_a_reason_and_is_final(work):
    met()
    for by, fault in (
        (dodi, AccessDenied),
        (citra, AccessDenied),
        (arif, AccessDenied),
        (machine, AccessDenied),
    ):
        with pytest.raises(fault):
            revoked(by)
    with pytest.raises(AccessDenied):
        revoked(device=uuid4())
    with pytest.raises(errors.BecauseMissing):
        revoked(because=" \0 ")
    with pytest.raises(NotHuman):
        revoked(replace(bayu, is_human=False))
    revoked(hasan)
    (phone,) = phones()
    assert (phone.revocation.by, phone.revocation.because) == ("Hasan", "Hilang di Batulicin.")
    with pytest.raises(errors.DeviceRevoked):
        revoked()
    with acting_as(ratna):
        assert Entry.objects.get(tag="findings:device:revoked").actor_name == "Hasan"


def test_what_a_revoked_phone_sends_is_kept_and_does_not_count(lost):
    report = visit(*lost, ANNA, device_seq=4)
    receipt = sent(report)
    assert receipt.is_withheld
    assert receipt.sha256 == digest_of(content_of(report))
    assert reports() == []
    (row,) = waiting()
    assert (row.officer_name, row.reason, row.device_seq, row.checks_count) == ("Dodi", Withheld.DEVICE, 4, 1)
    assert row.receipt_number == receipt.number
    # Its number has arrived: no gap tells the posko to look for it.
    assert ArrivedNumber.objects.filter(device_id=DEVICE, seq=4).exists()
    with acting_as(bayu):
        assert queries.board(bayu, lost[0]).figure("kunjungan").value == 0


def test_sent_again_it_is_kept_once_and_another_content_beside_it(lost):
    report = visit(*lost, BUDI)
    first = sent(report)
    again = sent(report)
    assert replace(again, is_repeat=False) == first
    assert again.is_repeat
    assert not sent(replace(report, note="Lain.")).is_repeat
    assert len(waiting()) == 2


def test_what_was_taken_before_stays_taken_and_another_phone_is_not_concerned(work):
    before = visit(*work, BUDI)
    sent(before)
    met()
    revoked()
    assert sent(before).is_repeat
    assert not sent(before).is_withheld
    assert not sent(visit(*work, BUDI, device_id=uuid4())).is_withheld
    assert waiting() == []
    # Other content under a report that stands comes from the lost phone: it does not disturb it.
    assert sent(replace(before, note="Lain.")).is_withheld
    with acting_as(bayu):
        assert queries.conflict_list(bayu, operation_id=work[0]) == []


def test_it_is_kept_also_where_there_is_no_task_any_more(lost):
    sent(visit(uuid4(), uuid4(), BUDI))
    assert [row.unit_code for row in waiting()] == ["KANIM-BATULICIN"]


def test_a_released_report_is_its_officers_and_says_where_it_was(lost):
    report = visit(*lost, ANNA, device_seq=4)
    number = sent(report).number
    receipt = decided(report)
    (row,) = reports()
    assert (row.officer_name, row.carried_by, row.device_seq) == ("Dodi", "Bayu", 4)
    assert Doubt.WITHHELD in row.doubts
    assert receipt.number == number
    (kept,) = waiting()
    assert (kept.decision.is_released, kept.decision.by) == (True, "Bayu")
    # The phone that never heard of it sends once more, and is told that it is held.
    again = sent(report)
    assert again.is_repeat
    assert not again.is_withheld


def test_a_rejected_report_is_kept_and_never_counts(lost):
    report = visit(*lost, ANNA)
    sent(report)
    assert decided(report, is_released=False, because="Bukan Dodi.") is None
    assert reports() == []
    assert sent(report).is_withheld
    with acting_as(ratna):
        assert QuarantinedContent.objects.get().content == content_of(report)


def test_one_human_other_than_the_author_decides_once_with_a_reason(lost):
    report = visit(*lost, BUDI)
    sent(report)
    for by in (dodi, hasan, citra, arif):
        with pytest.raises(AccessDenied):
            decided(report, by=by)
    with pytest.raises(NotHuman):
        decided(report, by=replace(bayu, is_human=False))
    with pytest.raises(errors.OwnReport):
        decided(report, by=replace(bayu, id=dodi.id))
    with pytest.raises(errors.BecauseMissing):
        decided(report, because="  ")
    decided(report)
    with pytest.raises(errors.QuarantineDecided):
        decided(report, is_released=False)


def test_a_report_without_a_task_cannot_be_released_only_rejected(lost):
    report = visit(uuid4(), uuid4(), BUDI)
    sent(report)
    with pytest.raises(errors.TaskUnknown):
        decided(report)
    assert [row.decision for row in waiting()] == [None]
    decided(report, is_released=False)


def test_signs_of_a_victim_stay_under_seal_in_quarantine_and_after_it(lost):
    report = visit(*lost, VICTIM)
    sent(report)
    with acting_as(ratna):
        assert not QuarantinedContent.objects.exists()
    with acting_as(lestari):
        assert QuarantinedContent.objects.exists()
    decided(report)
    with acting_as(lestari):
        assert Protection.objects.count() == 1
    with acting_as(bayu):
        assert not QuarantinedContent.objects.exists()


def test_the_report_of_a_closed_account_is_withheld_and_released_as_of_its_day(work):
    enrolled(dodi)
    User.objects.filter(pk=dodi.id).update(is_active=False)
    report = visit(*work, BUDI)
    with acting_as(bayu):
        receipt = actions.report_withhold(bayu, report=replace(report, author=dodi), reason=Withheld.OFFICER)
    assert receipt.is_withheld
    assert [(row.officer_name, row.reason) for row in waiting()] == [("Dodi", Withheld.OFFICER)]
    decided(report)
    assert [row.officer_name for row in reports()] == ["Dodi"]


@pytest.mark.parametrize("table", ["revocation", "quarantined", "quarantined_content", "quarantine_decision"])
def test_nothing_of_it_is_ever_changed_or_taken_away(lost, table):
    report = visit(*lost, BUDI)
    sent(report)
    decided(report)
    for sql in (f"UPDATE findings_{table} SET wilayah = '16'", f"DELETE FROM findings_{table}"):
        assert changed(sql) == 0


def changed(sql):
    """Return how many rows a statement changed; one that is refused changes none."""
    with acting_as(bayu):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.rowcount
        except DatabaseError:
            return 0


def test_the_database_shows_nothing_of_it_elsewhere(lost):
    sent(visit(*lost, BUDI))
    with acting_as(citra):
        assert not Quarantined.objects.exists()
        # That a phone was revoked is known everywhere: it may come to another office.
        assert queries.device_is_revoked(DEVICE)
        assert not queries.device_is_revoked(UUID(int=7))
        assert not Quarantined.objects.exists()


def test_an_officer_who_was_moved_takes_the_phone_along(work):
    before, after = (officer("Edi", "field_officer", world.BATULICIN, place) for place in ("63.10", "63.02"))
    assert before.id == after.id
    for at, by in enumerate((before, after, before)):
        met(by, at=DAY + at * NOTED)
    with acting_as(ratna):
        (device,) = queries.device_list(ratna)
    assert (device.wilayah, device.last_at) == ("63.10", DAY + 2 * NOTED)
