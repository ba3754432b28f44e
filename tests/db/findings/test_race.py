"""Many sendings at once: one report, every other content kept (P2)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import dodi, ratna
from tests.committed import committing
from tests.conftest import DAY
from tests.db.findings.field import BUDI, at_work, visit
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.models import CheckedPerson, Original, Report, ReportConflict
from timpora.apps.findings.types import NewReport, Receipt
from timpora.config.settings_test import APP_ROLE
from timpora.kernel import clock
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as
from timpora.kernel.outbox.models import Message

AT_ONCE = 8


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """In place of the transaction that is rolled back: threads see what was committed."""
    with committing(django_db_blocker, APP_ROLE):
        yield


@pytest.fixture
def work(db: None) -> tuple[UUID, UUID]:
    return at_work()


def all_at_once(reports: list[NewReport]) -> list[Receipt]:
    gate = Barrier(len(reports))

    def send(report: NewReport) -> Receipt:
        try:
            with clock.standing_at(DAY), acting_as(dodi):
                gate.wait(10)
                return report_submit(dodi, report=report)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(reports)) as pool:
        return list(pool.map(send, reports))


def test_of_many_sendings_at_once_one_is_the_report(work):
    report = visit(*work, BUDI)
    receipts = all_at_once([report] * AT_ONCE)
    assert sorted(r.is_repeat for r in receipts) == [False] + [True] * (AT_ONCE - 1)
    assert len({(r.number, r.sha256) for r in receipts}) == 1
    with acting_as(ratna):
        assert (Report.objects.count(), CheckedPerson.objects.count(), Original.objects.count()) == (1, 1, 1)
        assert Entry.objects.filter(tag="findings:report:submitted").count() == 1
        assert Message.objects.filter(tag="findings:report:submitted").count() == 1
        assert not ReportConflict.objects.exists()


def test_of_two_contents_at_once_both_are_kept(work):
    report = visit(*work, BUDI)
    other = replace(report, note="Pos belakang.")
    receipts = all_at_once([report, other] * (AT_ONCE // 2))
    assert {r.is_conflict for r in receipts} == {False, True}
    assert len({r.sha256 for r in receipts}) == 2
    with acting_as(ratna):
        # The other content is read like a report, so that it may come to stand.
        assert (Report.objects.count(), ReportConflict.objects.count(), Original.objects.count()) == (2, 1, 2)
        assert Report.objects.get(pk=report.id).sha256 != ReportConflict.objects.get().sha256


def test_first_visits_of_one_target_at_once_all_count(work):
    reports = [visit(*work, BUDI, device_seq=number) for number in range(AT_ONCE)]
    assert not any(r.is_repeat or r.is_conflict for r in all_at_once(reports))
    with acting_as(ratna):
        assert Report.objects.count() == AT_ONCE
        assert Message.objects.filter(tag="operations:target:visited").count() == 1
