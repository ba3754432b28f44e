"""A post of Batulicin and the files of its days, for tests."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from tests.again import again
from tests.cast import bayu, dodi, hasan
from tests.db.findings.photos import digest
from tests.db.operations import world
from tests.web import signed_in
from timpora.apps.findings.actions import photo_take, report_submit
from timpora.apps.findings.queries import day_list
from timpora.interface.outfit_file import keys_keep
from timpora.interface.photo_file import photo_file_write
from timpora.interface.post_key import whole_post_key
from timpora.interface.queue_key import post_key
from timpora.kernel.database.session import acting_as


@again
def teamed() -> tuple[UUID, UUID, UUID]:
    """Return operation, target and team with an issued order; a second team has none."""
    world.people()
    operation = world.opened()
    target = world.approved(operation)
    team = world.team(operation, target)
    world.issued(team)
    return operation, target, team


@contextmanager
def at_post(operation):
    """Stand at the post that this office put up for the operation."""
    keys = {one.id: post_key(one.id, operation) for one in (dodi, world.edi, bayu, hasan)}
    whole = whole_post_key(operation)
    with TemporaryDirectory() as folder, override_settings(DATA=Path(folder)):
        keys_keep(keys, {operation: whole})
        yield


def day_of(operation, by=bayu, **words):
    client = signed_in(Client(), by)
    form = {"jenis": "laporan", "operasi": operation, "hari": "2024-08-22", "bagian": 1}
    with at_post(operation):
        return client.post(reverse("posts:day"), form | {"potongan": cut_of(operation)} | words)


def cut_of(operation):
    """Return how the photos of the first day are cut by now, as the page of the day says."""
    with acting_as(bayu):
        found = [line.photo_cut for line in day_list(bayu) if line.operation_id == operation]
    return found[-1] if found else "0" * 16


def sealed(load):
    """Return the file that the post of this operation would write."""
    with at_post(load.operation_id):
        return photo_file_write(load)


def brought(*files, by=bayu):
    """Return the page that answers to the files, all chosen at once."""
    chosen = [SimpleUploadedFile(f"{at}.json", file) for at, file in enumerate(files)]
    return signed_in(Client(), by).post(reverse("devices:file"), {"berkas": chosen})


def carried(*files, by=bayu):
    answer = brought(*files, by=by)
    return [(line.seq, line.officer, line.word) for line in answer.context["lines"]]


def reported(*reports, photos=()):
    """Let Dodi's phone send reports and photos: `photos` are reports with the bytes of one of theirs."""
    for report in reports:
        with acting_as(dodi):
            report_submit(dodi, report=report)
    for report, data in photos:
        with acting_as(dodi):
            state = photo_take(dodi, report_id=report.id, sha256=digest(data), starts=0, data=data)
        assert state.is_whole


def handed_over(work, *reports, photos=None):
    """Return the files of a day that this database never saw: of reports, and with `photos` of those too."""
    with transaction.atomic():
        reported(*reports, photos=photos or ())
        kinds = ["laporan"] if photos is None else ["laporan", "foto"]
        answers = [day_of(work[0], jenis=kind) for kind in kinds]
        transaction.set_rollback(True)
    assert {answer.status_code for answer in answers} == {200}
    return [answer.content for answer in answers]
