"""What a phone loads of the form: nothing about anybody, at most 150 kB on the wire, kept as one version."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse

from tests.cast import dodi
from tests.conftest import DAY
from tests.db.findings.field import at_work
from tests.web import signed_in
from timpora.apps.operations import queries as operations
from timpora.interface.field import book, shell
from timpora.interface.queue_key import queue_key
from timpora.interface.web.templatetags import office
from timpora.kernel.database.session import acting_as
from timpora.kernel.documents.queries import verify

pytestmark = pytest.mark.django_db
LARGEST = 150_000
GZIP = {"accept-encoding": "gzip"}
STORED = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}


@pytest.fixture
def phone() -> Client:
    at_work()
    return signed_in(Client(), dodi)


@pytest.fixture
def fresh_shell():
    """Forget what was drawn under other settings, before and after."""
    for drawn in (shell.shell_of, office._decoration):
        drawn.cache_clear()
    yield
    for drawn in (shell.shell_of, office._decoration):
        drawn.cache_clear()


def test_the_shell_is_the_same_for_everybody_and_names_nobody(phone):
    mine = phone.get(reverse("field:home"), headers=GZIP)
    anyone = Client().get(reverse("field:shell"), headers=GZIP)
    assert mine.content == anyone.content
    text = gzip.decompress(anyone.content).decode()
    told = phone.get(reverse("field:pack")).content.decode()
    for word in (str(dodi.id), "Mes karyawan PT Contoh", queue_key(dodi.id)["key"], "csrfmiddlewaretoken"):
        assert word not in text
    assert "Mes karyawan PT Contoh" in told


def test_what_is_taken_along_is_never_cached_and_brings_what_sending_needs(phone):
    answer = phone.get(reverse("field:pack"))
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies["timpora_csrf"].value
    pack = answer.json()
    (task,) = pack["tasks"]
    # The order's last day is over at midnight of the office's zone, and a day later the phone forgets.
    assert task["until"] == pack["until"]
    assert task["until"].endswith("T16:00:00+00:00")
    assert task["until"] > DAY.isoformat()
    assert pack["queue_key"] == queue_key(dodi.id)


def test_the_key_of_the_queue_is_the_officers_own_and_stays():
    one, other = queue_key(dodi.id), queue_key(type(dodi.id)(int=1))
    assert queue_key(dodi.id) == one
    assert one["id"] != other["id"]
    assert one["key"] != other["key"]


def test_a_worker_is_asked_for_anew_and_keeps_every_file_that_the_page_names(phone):
    answer = phone.get(reverse("field:worker"), {"bahasa": "id"})
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Service-Worker-Allowed"] == "/tugas"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    files = json.loads(re.search(r"^const FILES = (.*);$", answer.content.decode(), re.MULTILINE).group(1))
    modules = {f"/static/field/{path.name}" for path in Path(find("field/app.js")).parent.glob("*.js")}
    assert modules <= set(files)
    assert {"/static/field/field.css", "/static/css/tokens.css", "/static/icons.svg"} <= set(files)
    assert all(find(name.removeprefix("/static/")) for name in files)


def test_another_word_or_another_language_is_another_version(monkeypatch, fresh_shell):
    first, english = shell.shell_of("id"), shell.shell_of("en")
    assert first.version != english.version
    monkeypatch.setitem(book.WORDS, "form", "Tugas lain")
    shell.shell_of.cache_clear()
    assert shell.shell_of("id").version != first.version
    assert shell.shell_of("en").version != ""
    assert shell.language_of("xx") == "id"


def test_the_manifest_names_icons_that_are_there():
    told = Client().get(reverse("field:manifest")).json()
    assert (told["start_url"], told["display"]) == ("/tugas", "standalone")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    assert all(find(icon["src"].removeprefix("/static/")) for icon in told["icons"])


def test_the_session_is_told_before_anything_is_sent_under_a_name(phone):
    assert phone.get(reverse("field:who")).json()["officer"] == str(dodi.id)
    assert Client().get(reverse("field:who")).status_code == 302


def test_the_first_load_is_small(phone, tmp_path, fresh_shell):
    """Everything a phone fetches before the first task shows, as it is stored for the wire (U1, F45)."""
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=STORED):
        call_command("collectstatic", interactive=False, verbosity=0)
        kept = shell.shell_of("id")
        weights = {name: wire(tmp_path / name.removeprefix("/static/")) for name in kept.files}
        for name in ("field:home", "field:shell", "field:worker", "field:manifest", "field:pack"):
            weights[name] = len(phone.get(reverse(name), headers=GZIP).content)
    assert all(re.search(r"\.[0-9a-f]{12}\.", name) for name in kept.files)
    assert sum(weights.values()) < LARGEST, weights


def wire(path: Path) -> int:
    packed = path.with_name(f"{path.name}.gz")
    return (packed if packed.exists() else path).stat().st_size


def test_the_form_alone_may_ask_for_the_camera(phone):
    for name in ("field:home", "field:shell"):
        assert phone.get(reverse(name))["Permissions-Policy"] == "camera=(self), microphone=()"
    for name in ("field:worker", "field:pack", "identity:sign-in"):
        assert phone.get(reverse(name))["Permissions-Policy"] == "camera=(), microphone=()"


def test_a_phone_knows_the_code_of_its_orders_and_where_letters_stand(phone, settings):
    settings.PUBLIC_URL = "https://timpora.example/"
    told = book.book()["qr"]
    assert told["letters"] == "https://timpora.example/v/"
    assert told["receipts"] == "https://timpora.example/tugas/tanda-terima/"
    (task,) = phone.get(reverse("field:pack")).json()["tasks"]
    with acting_as(dodi):
        file = operations.order_file(dodi, task["order_url"].rsplit("/", 1)[-1])
    assert verify(task["code_of_order"]).number == file.letter.number == task["order"]


def test_what_reads_passports_and_codes_is_no_part_of_the_first_load():
    kept = shell.shell_of("id")
    assert not set(book.camera_files()) & set(kept.files)
    assert all(find(name.removeprefix("/static/")) for name in book.camera_files())
    assert json.dumps(book.camera_files()) in shell.worker_text(kept)
