"""A post on a laptop asks the report form of its operation, and hands home what was answered."""

import json
from uuid import NAMESPACE_DNS, uuid4, uuid5

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError
from django.test import Client, override_settings
from django.urls import reverse

from tests.cast import bayu, hasan, ratna
from tests.db.findings.field import DEVICE
from tests.db.findings.forms import ANSWERS, FORM, with_form
from tests.db.interface.post_days import teamed
from tests.db.interface.test_post import LAPTOP, OFFICE, PASSWORD, foreign, installed, outfitted
from timpora.apps.operations.actions import outfit_take
from timpora.apps.operations.models import Operation
from timpora.interface.outfit_file import FORMAT, outfit_open
from timpora.interface.queue_file import queue_file_read
from timpora.kernel.database.session import acting_as
from timpora.kernel.post import CARRIED

pytestmark = pytest.mark.django_db
TEMPLATE = uuid4()


@pytest.fixture
def work():
    found = teamed()
    with_form(found[0])
    with acting_as(ratna):
        Operation.objects.filter(pk=found[0]).update(template_version=TEMPLATE, template_title="Jagratara")
    return found


@pytest.fixture
def office(tmp_path):
    return system(tmp_path / "kantor", OFFICE)


@pytest.fixture
def laptop(tmp_path):
    return system(tmp_path / "laptop", LAPTOP)


def system(folder, secret):
    folder.mkdir()
    return override_settings(SECRET_KEY=secret, DATA=folder)


def test_form_and_title_of_the_template_travel_and_nothing_else_of_it(work):
    with acting_as(hasan):
        taken = outfit_take(hasan, operation_id=work[0], team_ids=[work[2]])
    rows = json.loads(taken.rows)
    (row,) = (one for one in rows if one["model"] == "operations.operation")
    form = row["fields"]["report_form"]
    assert (json.loads(form) if isinstance(form, str) else form) == FORM
    assert row["fields"]["template_title"] == "Jagratara"
    assert not [one for one in rows if "template" in one["model"] or "annex" in one["model"]]
    assert FORMAT.endswith("/7")


def test_the_post_asks_the_form_and_its_answers_come_home(work, office, laptop, tmp_path, settings):
    with office:
        file = foreign(outfitted(work, also_ids=[bayu.id]))
    operation = uuid5(NAMESPACE_DNS, str(work[0]))
    with laptop:
        (settings.DATA / CARRIED).write_text("{}")
        installed(tmp_path, file)
        phone = Client()
        phone.post("/masuk", {"username": "dodi.lain", "password": PASSWORD})
        pack = phone.get("/tugas/bekal").json()
        assert [one["key"] for one in pack["forms"][str(operation)]] == [*ANSWERS]
        assert pack["form_words"]["title"] == "Formulir laporan"
        answers = {key: one for key, one in ANSWERS.items() if key != "sejak"}
        body = {
            "id": str(uuid4()),
            "operation": str(operation),
            "target": pack["tasks"][0]["target"],
            "kind": "nihil",
            "captured_at": "2024-08-22T09:00:00.000+08:00",
            "device": str(DEVICE),
            "seq": 1,
            "answers": answers,
        }
        refused = phone.post("/api/laporan", body | {"answers": {"x": 1}}, content_type="application/json")
        assert refused.status_code == 422
        taken = phone.post("/api/laporan", body, content_type="application/json")
        assert (taken.status_code, taken.json()["doubts"]) == (201, [])
        head = Client()
        head.post("/masuk", {"username": "bayu.lain", "password": PASSWORD})
        form = {"jenis": "laporan", "operasi": operation, "hari": "2024-08-22", "bagian": 1}
        day = head.post(reverse("posts:day"), form).content
    (entry,) = queue_file_read(SimpleUploadedFile("a.json", day)).entries
    assert entry.sha256 == taken.json()["sha256"]


def test_an_outfit_with_a_form_that_cannot_be_asked_is_refused_whole(
    work, office, laptop, tmp_path, settings
):
    with_form(work[0], {"questions": [{"key": "Salah"}]})
    with office:
        file = foreign(outfitted(work, also_ids=[bayu.id]))
    assert b"Salah" not in file
    with laptop:
        (settings.DATA / CARRIED).write_text("{}")
        with pytest.raises(CommandError, match="tidak terbaca"):
            installed(tmp_path, file)
    with acting_as(ratna):
        assert not Operation.objects.filter(pk=uuid5(NAMESPACE_DNS, str(work[0]))).exists()
    with office:
        assert outfit_open(file, "ABCD-EFGH-IJKL-MNOP-QRST-UVWX").outfit.unit_code == "KANIM-BATULICIN"
