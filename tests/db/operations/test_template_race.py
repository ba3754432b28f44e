"""Eight directors publish at once: one version is made, and the others are told."""

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.cast import officer
from tests.committed import committing
from tests.db.operations import templates
from tests.web import enrolled
from timpora.apps.operations import actions
from timpora.apps.operations import template_errors as errors
from timpora.apps.operations.models import TemplateVersion
from timpora.config.settings_test import APP_ROLE
from timpora.kernel.database.session import acting_as

UNIT, PLACE = "UKK-TEMPLAT", "94.02"
HEADS = [officer(f"Kepala templat {n}", "kanim_head", UNIT, PLACE) for n in range(8)]
AUTHOR = officer("Penyusun templat", "inteldakim_head", UNIT, PLACE)


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """In place of the transaction that is rolled back: threads see what was committed."""
    with committing(django_db_blocker, APP_ROLE):
        yield


def test_of_eight_that_publish_at_once_exactly_one_makes_a_version(db):
    for actor in (*HEADS, AUTHOR):
        enrolled(actor)
    template = templates.begun(AUTHOR, kinds=("mandiri",))
    seen = templates.seen(template, AUTHOR).seen
    results: list[str] = []
    together = Barrier(len(HEADS))

    def publish(n: int) -> None:
        together.wait()
        try:
            with acting_as(HEADS[n]):
                actions.template_publish(HEADS[n], template_id=template, seen=seen)
            results.append(HEADS[n].name)
        except errors.TemplateSettled:
            results.append("")
        finally:
            connection.close()

    threads = [Thread(target=publish, args=(n,)) for n in range(len(HEADS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [winner] = [name for name in results if name]
    assert len(results) == len(HEADS)
    with acting_as(HEADS[0]):
        made = TemplateVersion.objects.filter(template_id=template).values_list("number", "published_by")
        assert list(made) == [(1, winner)]
