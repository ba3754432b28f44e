"""A content that arrives while somebody decides is never taken for decided (P2)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest
from django.db import connection

from tests.cast import bayu, dodi, ratna
from tests.committed import committing
from tests.db.findings.field import BUDI, at_work, visit
from timpora.apps.findings import actions, errors, queries
from timpora.apps.findings.types import NewReport
from timpora.config.settings_test import APP_ROLE
from timpora.kernel.database.session import acting_as

SOON = 10


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """In place of the transaction that is rolled back: other connections see what was committed."""
    with committing(django_db_blocker, APP_ROLE):
        yield


@pytest.fixture
def report(db: None) -> NewReport:
    """A report with two contents."""
    one = visit(*at_work(), BUDI)
    for content in (one, replace(one, note="Pos belakang.")):
        with acting_as(dodi):
            actions.report_submit(dodi, report=content)
    return one


def test_a_third_content_under_way_is_not_settled_unseen(report):
    with acting_as(bayu):
        seen = [content.id for content in queries.comparison_get(bayu, report.id).contents]
    is_written, may_end = Event(), Event()

    def arrive() -> None:
        try:
            with acting_as(dodi):
                actions.report_submit(dodi, report=replace(report, note="Pos ketiga."))
                is_written.set()
                may_end.wait(SOON)
        finally:
            connection.close()

    def decide() -> str:
        try:
            with acting_as(bayu):
                actions.conflict_settle(
                    bayu, report_id=report.id, stands=seen[0], seen=seen, because="Isi pertama benar."
                )
        except errors.ConflictMoved:
            return "bandingkan lagi"
        finally:
            connection.close()
        return "diputus"

    with ThreadPoolExecutor(2) as pool:
        arriving = pool.submit(arrive)
        assert is_written.wait(SOON)
        deciding = pool.submit(decide)
        may_end.wait(0.5)
        may_end.set()
        arriving.result(SOON)
        assert deciding.result(SOON) == "bandingkan lagi"
    with acting_as(ratna):
        assert queries.board(ratna, report.operation_id).conflicts == 2
