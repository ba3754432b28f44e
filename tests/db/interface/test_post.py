"""A post on a laptop: its office gives it an operation along, and takes its days in by file (ADR 0021)."""

import json
import stat
from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_DNS, UUID, uuid4, uuid5

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse

from tests.cast import bayu, citra, dodi, hasan, officer, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, DEVICE, visit
from tests.db.interface.post_days import at_post, carried, day_of, handed_over, reported, teamed
from tests.db.operations import world
from tests.web import PASSWORD, enrolled, signed_in
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.day import Sized, parts_of
from timpora.apps.findings.models import Original, Report, ReportConflict
from timpora.apps.findings.queries import protection_list
from timpora.apps.findings.types import DayEntry, Outcome
from timpora.apps.identity.errors import NoPostRole
from timpora.apps.identity.models import User
from timpora.apps.operations.actions import outfit_take
from timpora.apps.operations.errors import TeamsNotReady
from timpora.apps.operations.models import Target
from timpora.interface import outfit_file
from timpora.interface.note_file import NoteFileUnreadable, note_file_read
from timpora.interface.office_mark import OutfitOfAnotherOffice, marks_check, marks_of, own_fingerprint
from timpora.interface.outfit_file import (
    OutfitFileUnreadable,
    code_new,
    keys_keep,
    keys_stage,
    outfit_open,
    outfit_seal,
)
from timpora.interface.queue_file import entry_open, queue_file_read, queue_file_write
from timpora.interface.queue_key import post_key, queue_key, queue_open, queue_seal
from timpora.interface.sessions import SessionStore
from timpora.interface.web import posts
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as
from timpora.kernel.post import CARRIED

pytestmark = pytest.mark.django_db
CODE = "ABCD-EFGH-IJKL-MNOP-QRST-UVWX"
VICTIM = replace(BUDI, outcome=Outcome.PROTECTION, signs=("Upah ditahan",), note="Ia takut.")
RECEIPT = "STT-00000-00000"
OFFICE, LAPTOP = "rahasia kantor", "rahasia laptop"


@pytest.fixture
def work():
    return teamed()


@pytest.fixture
def laptop(tmp_path):
    folder = tmp_path / "laptop"
    folder.mkdir()
    return override_settings(SECRET_KEY=LAPTOP, DATA=folder)


@pytest.fixture
def office(tmp_path):
    folder = tmp_path / "kantor"
    folder.mkdir()
    return override_settings(SECRET_KEY=OFFICE, DATA=folder)


def outfitted(work, code=CODE, **words):
    operation, _target, team = work
    with acting_as(hasan):
        taken = outfit_take(hasan, operation_id=operation, team_ids=[team], **words)
    return outfit_seal(taken, code)


def foreign(file, code=CODE):
    """Return the file as an office would make it whose operation and officers are not in this database."""
    opened = outfit_open(file, code)
    text = outfit_file.OUTFIT.dump_json(opened.outfit).decode()
    rows = json.loads(opened.outfit.rows)
    own = {row["pk"] for row in rows if isinstance(row["pk"], str)} | {str(key) for key in opened.keys}
    for one in own:
        text = text.replace(one, str(uuid5(NAMESPACE_DNS, one)))
    (code_here,) = (row["fields"]["code"] for row in rows if row["model"] == "operations.operation")
    for old, new in ((code_here, "LAIN-1"), ('"dodi"', '"dodi.lain"'), ('"bayu"', '"bayu.lain"')):
        text = text.replace(old, new)
    return outfit_seal(outfit_file.OUTFIT.validate_json(text), code)


def installed(tmp_path, file, code=CODE):
    path = tmp_path / "bekal.json"
    path.write_bytes(file)
    call_command("post", "install", str(path), code=code)


def test_what_a_post_takes_along_is_its_teams_and_names_no_foreigner(work):
    operation, target, team = work
    with acting_as(hasan):
        taken = outfit_take(hasan, operation_id=operation, team_ids=[team], also_ids=[bayu.id])
    models = [row["model"].partition(".")[2] for row in json.loads(taken.rows)]
    assert sorted(set(models)) == sorted(
        ["operation", "phase", "participation", "target", "team", "teammember", "teamtarget", "order"]
    )
    assert {one.user.username for one in taken.officers} == {"dodi", "bayu"}
    assert {given.unit for one in taken.officers for given in one.user.assignments} == {"KANIM-BATULICIN"}
    with acting_as(ratna):
        assert Target.objects.filter(pk=target).exists()
        lines = Entry.objects.filter(tag__in=["operations:post:outfitted", "identity:sign-ins:taken"])
        assert {line.actor_name for line in lines} == {"Hasan"}
        assert all(str(dodi.id) in line.body for line in lines)


def test_a_target_travels_without_its_indications(work):
    operation, target, team = work
    with acting_as(hasan):
        Target.objects.filter(pk=target).update(indication_ids=[uuid4()])
        taken = outfit_take(hasan, operation_id=operation, team_ids=[team])
        assert Target.objects.get(pk=target).indication_ids
    (row,) = (row for row in json.loads(taken.rows) if row["model"] == "operations.target")
    assert row["fields"]["indication_ids"] in ("[]", [])


def test_only_the_head_takes_teams_of_the_own_office_with_an_order_and_officers_of_it(work):
    operation, _target, team = work
    without = world.team(operation, name="Regu 2", leader=world.edi)
    for by, teams, also, refusal in (
        (bayu, [team], (), AccessDenied),
        (replace(hasan, grants=citra.grants), [team], (), AccessDenied),
        (hasan, [], (), AccessDenied),
        (hasan, [uuid4()], (), AccessDenied),
        (hasan, [team], [citra.id], AccessDenied),
        (hasan, [team, without], (), TeamsNotReady),
    ):
        with pytest.raises(refusal), acting_as(by):
            outfit_take(by, operation_id=operation, team_ids=teams, also_ids=also)


@pytest.mark.parametrize("spoilt", ["code", "byte", "end", "kind"])
def test_without_the_code_or_changed_by_a_letter_the_file_stays_shut(work, spoilt):
    file, code = outfitted(work), CODE
    assert outfit_open(file, CODE.lower().replace("-", " ")).outfit.unit_code == "KANIM-BATULICIN"
    if spoilt == "code":
        code = code_new()
    elif spoilt == "byte":
        at = file.index(b'"sealed": "') + 40
        file = file[:at] + (b"A" if file[at : at + 1] != b"A" else b"B") + file[at + 1 :]
    elif spoilt == "end":
        file = file[:-9]
    else:
        file = file.replace(b"bekal-pos/7", b"bekal-pos/8")
    with pytest.raises(OutfitFileUnreadable):
        outfit_open(file, code)


def test_a_code_is_long_and_another_each_time():
    codes = {code_new() for _ in range(50)}
    assert len(codes) == 50
    assert {len(outfit_file.code_read(code)) for code in codes} == {24}


def test_the_head_takes_the_file_with_the_code_of_the_page(work):
    client = signed_in(Client(), hasan)
    page = client.get(reverse("posts:outfit", args=[work[0]]))
    code = page.context["code"]
    assert code in page.content.decode()
    form = {"regu": [str(work[2])], "kepala": str(bayu.id), "kode": code}
    answer = client.post(reverse("posts:outfit", args=[work[0]]), form)
    assert "attachment" in answer["Content-Disposition"]
    assert {one.user.username for one in outfit_open(answer.content, code).outfit.officers} == {
        "dodi",
        "bayu",
    }
    weak = client.post(reverse("posts:outfit", args=[work[0]]), form | {"kode": "1234"})
    assert weak.status_code == 422


def test_on_the_laptop_its_officers_sign_in_work_and_hand_over_what_the_office_alone_opens(
    work, office, laptop, tmp_path, settings
):
    with office:
        file = foreign(outfitted(work, also_ids=[bayu.id]))
    with laptop:
        (settings.DATA / CARRIED).write_text("{}")  # its officers came by an earlier file of its office
        installed(tmp_path, file)
        assert stat.S_IMODE((settings.DATA / CARRIED).stat().st_mode) == 0o600
        phone = Client()
        assert phone.post("/masuk", {"username": "dodi.lain", "password": PASSWORD}).status_code == 302
        pack = phone.get("/tugas/bekal").json()
        (target,) = {one["target"] for one in pack["tasks"]}
        assert target == str(uuid5(NAMESPACE_DNS, str(work[1])))
        operation = uuid5(NAMESPACE_DNS, str(work[0]))
        body = {
            "id": str(uuid4()),
            "operation": str(operation),
            "target": target,
            "kind": "nihil",
            "captured_at": "2024-08-22T09:00:00.000+08:00",
            "device": str(DEVICE),
            "seq": 1,
        }
        assert phone.post("/api/laporan", body, content_type="application/json").status_code == 201
        head = Client()
        assert head.post("/masuk", {"username": "bayu.lain", "password": PASSWORD}).status_code == 302
        form = {"jenis": "laporan", "operasi": operation, "hari": "2024-08-22", "bagian": 1}
        day = head.post(reverse("posts:day"), form).content
    (entry,) = queue_file_read(SimpleUploadedFile("a.json", day)).entries
    assert entry.officer == uuid5(NAMESPACE_DNS, str(dodi.id))
    with office:
        assert entry_open(entry).report.id == UUID(body["id"])
    assert entry_open(entry) is None


def test_notes_of_a_laptop_that_was_really_put_up_open_at_the_office_and_prove_their_author(
    work, office, laptop, tmp_path, settings
):
    with office:
        file = foreign(outfitted(work, also_ids=[bayu.id]))
    operation, head = (uuid5(NAMESPACE_DNS, str(one)) for one in (work[0], bayu.id))
    with laptop:
        (settings.DATA / CARRIED).write_text("{}")
        installed(tmp_path, file)
        browser = Client()
        assert browser.post("/masuk", {"username": "bayu.lain", "password": PASSWORD}).status_code == 302
        message = {"text": "Genset mati.", "medium": "radio", "priority": "biasa"}
        assert browser.post(reverse("posko:journal", args=[operation]), message).status_code == 302
        form = {"jenis": "catatan", "operasi": operation, "hari": "2024-08-22", "bagian": 1}
        notes = SimpleUploadedFile("a", browser.post(reverse("posts:day"), form).content)
        with pytest.raises(NoteFileUnreadable):
            note_file_read(notes)
    with office:
        load, proven = note_file_read(notes)
    assert [note.text for note in load.notes[0].journal] == ["Genset mati."]
    assert proven == {head: False}


def test_installing_again_brings_only_what_was_added(work, office, laptop, tmp_path, settings, capsys):
    with office:
        file = foreign(outfitted(work))
    with laptop:
        (settings.DATA / CARRIED).write_text("{}")
        installed(tmp_path, file)
        installed(tmp_path, file)
    first, mark, again_, same = capsys.readouterr().out.splitlines()
    with office:
        assert own_fingerprint() in mark
    assert mark == same
    assert "8 baris baru; dapat masuk: dodi.lain" in first
    assert "0 baris baru" in again_


def test_a_system_with_officers_of_its_own_is_no_post(work, office, laptop, tmp_path):
    with office:
        file = foreign(outfitted(work))
    with laptop, pytest.raises(CommandError, match="bukan pos"):
        installed(tmp_path, file)
    assert not User.objects.filter(username="dodi.lain").exists()


@pytest.mark.parametrize("spoilt", ["schema", "kind", "column", "name", "unit", "role"])
def test_a_file_that_does_not_fit_leaves_nothing_behind(work, office, laptop, tmp_path, settings, spoilt):
    with office:
        opened = outfit_open(foreign(outfitted(work)), CODE).outfit
        rows = json.loads(opened.rows)
        if spoilt == "schema":
            opened = replace(opened, schema="0" * 16)
        elif spoilt == "kind":
            who = {"username": "penyusup", "name": "Penyusup", "password": "x"}
            rows.append({"model": "identity.user", "pk": str(uuid4()), "fields": who})
        elif spoilt == "column":
            rows[0]["fields"]["opened_at"] = "kemarin"
        elif spoilt in {"unit", "role"}:
            ours = opened.officers[0].user
            other = {"unit": "KANIM-PALEMBANG"} if spoilt == "unit" else {"role": "victim_protection_officer"}
            elsewhere = tuple(replace(given, **other) for given in ours.assignments)
            ours = replace(ours, assignments=elsewhere)
            opened = replace(opened, officers=(replace(opened.officers[0], user=ours),))
        else:
            ours = opened.officers[0].user
            opened = replace(
                opened, officers=(replace(opened.officers[0], user=replace(ours, username="edi")),)
            )
        file = outfit_seal(replace(opened, rows=json.dumps(rows)), CODE)
    before = User.objects.get(username="edi").password
    with laptop:
        (settings.DATA / CARRIED).write_text("{}")
        with pytest.raises(CommandError):
            installed(tmp_path, file)
        assert (settings.DATA / CARRIED).read_text() == "{}", "a refused file changes no key"
    assert not User.objects.filter(username__in=["dodi.lain", "penyusup"]).exists()
    assert User.objects.get(username="edi").password == before


def test_a_day_comes_in_at_the_office_as_its_officers_own_and_once(work):
    first, victim = visit(*work[:2], ANNA), visit(*work[:2], VICTIM, device_seq=2)
    other = replace(first, note="Isi lain.")
    (file,) = handed_over(work, first, victim, other)
    assert b"ERIKSSON" not in file
    with acting_as(ratna):
        assert not Report.objects.exists()
    came = carried(file)
    assert sorted(word for _seq, _name, word in came) == ["diterima", "diterima", "isi berbeda"]
    assert {name for _seq, name, _word in came} == {"Dodi"}
    assert sorted(word for *_, word in carried(file)) == ["isi berbeda", "sudah ada", "sudah ada"]
    with acting_as(ratna):
        rows = Report.objects.filter(pk__in=[first.id, victim.id])
        assert {(row.officer_name, row.carried_by) for row in rows} == {("Dodi", "Bayu")}
        assert ReportConflict.objects.count() == 1
    # Who was under the seal at the post is under it here.
    with acting_as(bayu):
        assert not Original.objects.filter(report=victim.id).exists()
        assert protection_list(bayu) == []


def test_another_office_and_an_officer_without_the_task_bring_nothing_in(work):
    (file,) = handed_over(work, visit(*work[:2], ANNA))
    assert [word for *_, word in carried(file, by=citra)] == ["tidak diterima"]
    told = json.loads(file)
    told["entries"][0]["officer"] = str(world.edi.id)
    assert [word for *_, word in carried(json.dumps(told).encode())] == ["tidak diterima"]
    with acting_as(ratna):
        assert not Report.objects.exists()


def test_a_day_is_taken_by_whoever_may_carry_and_only_what_he_may(work):
    with acting_as(dodi):
        report_submit(dodi, report=visit(*work[:2], ANNA))
    assert day_of(work[0], by=dodi).status_code == 404
    assert day_of(work[0], by=citra).status_code == 404
    assert day_of(work[0], bagian=2).status_code == 404
    assert day_of(work[0], hari="2024-08-23").status_code == 404
    assert day_of(work[0]).status_code == 200
    with acting_as(ratna):
        (line,) = Entry.objects.filter(tag="findings:day:taken")
        assert (line.actor_name, "ERIKSSON" in line.body) == ("Bayu", False)
    with at_post(work[0]):
        page = signed_in(Client(), bayu).get(reverse("posts:day"))
        assert signed_in(Client(), citra).get(reverse("posts:day")).context["days"] == []
    (shown,) = page.context["days"]
    assert (shown.line.reports, shown.line.parts, shown.operation) == (1, (1,), "Jagratara Tahap II")


def test_a_page_without_reports_says_so(work):
    enrolled(bayu)
    with at_post(work[0]):
        page = signed_in(Client(), bayu).get(reverse("posts:day"))
    assert "Belum ada laporan" in page.content.decode()


def test_a_post_gets_keys_of_its_own_that_open_nothing_of_the_office_or_of_another_post(work):
    operation = work[0]
    here, given = queue_key(dodi.id), outfit_open(outfitted(work), CODE).keys[dodi.id]
    elsewhere = post_key(dodi.id, uuid4())
    assert len({one["key"] for one in (here, given, elsewhere)}) == 3
    key_id, iv, sealed = queue_seal(dodi.id, b"rahasia", "x")
    with at_post(operation), override_settings(SECRET_KEY=LAPTOP):
        assert queue_key(dodi.id) == {"id": given["id"], "key": given["key"]}
        assert queue_open(dodi.id, given["id"], iv=iv, data=sealed, label="x") is None
        there = queue_seal(dodi.id, b"laporan", "x")
    with at_post(uuid4()), override_settings(SECRET_KEY=LAPTOP):
        assert queue_open(dodi.id, there[0], iv=there[1], data=there[2], label="x") is None
    assert queue_open(dodi.id, there[0], iv=there[1], data=there[2], label="x").text == b"laporan"
    assert queue_open(world.edi.id, there[0], iv=there[1], data=there[2], label="x") is None
    assert queue_open(dodi.id, key_id, iv=iv, data=sealed, label="x").text == b"rahasia"


def test_an_office_hands_out_no_day_and_offers_none(work):
    with acting_as(dodi):
        report_submit(dodi, report=visit(*work[:2], ANNA))
    client = signed_in(Client(), bayu)
    form = {"jenis": "laporan", "operasi": work[0], "hari": "2024-08-22", "bagian": 1}
    assert client.post(reverse("posts:day"), form).status_code == 404
    assert client.get(reverse("posts:day")).status_code == 404
    offered = reverse("posts:day")
    assert offered not in client.get(reverse("devices:list")).content.decode()
    with at_post(work[0]):
        assert client.post(reverse("posts:day"), form).status_code == 200
        assert offered in client.get(reverse("devices:list")).content.decode()


def test_a_key_that_the_office_withdrew_is_known_as_withdrawn_at_the_post_too(work):
    operation = work[0]
    before = post_key(dodi.id, operation)
    after = {"id": f"{'0' * 12}.{operation}", "key": before["key"], "post": str(operation)}
    with at_post(operation):
        sealed = queue_seal(dodi.id, b"laporan", "x")
        keys_keep({dodi.id: after}, {})
        assert queue_key(dodi.id)["id"] == after["id"]
        assert queue_open(dodi.id, sealed[0], iv=sealed[1], data=sealed[2], label="x").is_withdrawn


def test_the_length_of_a_sealed_report_tells_nothing_of_what_it_holds(work):
    reports = visit(*work[:2], ANNA), visit(*work[:2], VICTIM, device_seq=2), visit(*work[:2], device_seq=3)
    (file,) = handed_over(work, *reports)
    entries = queue_file_read(SimpleUploadedFile("a.json", file)).entries
    assert [len(one.sealed) - 16 for one in entries] == [8192] * 3
    assert {entry_open(one).report.id for one in entries} == {one.id for one in reports}


def test_the_largest_legal_day_opens_at_the_office(work):
    heavy = [Sized(uuid4(), uuid4(), 512 * 1024) for _ in range(6)]
    light = [Sized(uuid4(), uuid4(), 3000) for _ in range(1000)]
    parts = parts_of([*heavy, *light])
    assert [one for part in parts for one in part] == [*heavy, *light]
    assert max(map(len, parts)) == 450
    for part in (parts[0], max(parts, key=len)):
        # Quotation marks take twice their bytes inside.
        entries = [DayEntry(a.report, dodi.id, 1, RECEIPT, "0" * 64, '"' * a.octets) for a in part]
        file = SimpleUploadedFile("a.json", queue_file_write(work[0], entries))
        assert len(queue_file_read(file).entries) == len(part)


def test_a_day_of_several_contents_goes_in_several_files_each_content_once(work, monkeypatch):
    monkeypatch.setattr("timpora.apps.findings.day.ENTRIES_MOST", 2)
    first, second = visit(*work[:2], ANNA), visit(*work[:2], device_seq=2)
    for report in (first, replace(first, note="Isi lain."), second):
        with acting_as(dodi):
            report_submit(dodi, report=report)
    with at_post(work[0]):
        (shown,) = signed_in(Client(), bayu).get(reverse("posts:day")).context["days"]
    assert (shown.line.reports, shown.line.parts) == (2, (1, 2))
    files = [json.loads(day_of(work[0], bagian=part).content)["entries"] for part in (1, 2)]
    assert [len(file) for file in files] == [2, 1]
    assert len({one["sha256"] for file in files for one in file}) == 3
    assert day_of(work[0], bagian=3).status_code == 404


def test_another_content_of_an_early_report_comes_last_and_moves_nothing_into_a_file_that_was_taken(
    work, monkeypatch
):
    monkeypatch.setattr("timpora.apps.findings.day.ENTRIES_MOST", 1)
    first, second = visit(*work[:2], ANNA), visit(*work[:2], device_seq=2)
    reported(first)
    with clock.standing_at(DAY + timedelta(minutes=1)):
        reported(second)
    taken = [day_of(work[0], bagian=2)]
    with clock.standing_at(DAY + timedelta(minutes=2)):
        reported(replace(first, note="Isi lain."))
    taken += [day_of(work[0], bagian=part) for part in (1, 3)]
    contents = [json.loads(answer.content)["entries"] for answer in taken]
    assert [len(one) for one in contents] == [1, 1, 1]
    assert len({entry["sha256"] for one in contents for entry in one}) == 3


def test_the_code_is_the_one_offered_for_the_operation_and_opens_one_file(work):
    client, address = signed_in(Client(), hasan), reverse("posts:outfit", args=[work[0]])
    form = {"regu": [str(work[2])], "kepala": ""}
    first = client.get(address).context["code"]
    second = client.get(address).context["code"]
    for code in (CODE, first):
        assert client.post(address, form | {"kode": code}).status_code == 422
        second = client.get(address).context["code"]
    assert client.post(address, form | {"kode": second}).status_code == 200
    assert client.post(address, form | {"kode": second}).status_code == 422


def test_a_page_of_an_outfit_undoes_nothing_that_another_request_wrote_into_the_session(work, monkeypatch):
    client, address = signed_in(Client(), hasan), reverse("posts:outfit", args=[work[0]])
    key = client.session.session_key
    form = {"regu": [str(work[2])], "kepala": ""}

    def beside(name):
        def made(*told):
            SessionStore(key).change(name, lambda _held: {"app": "x"})
            return real(*told)

        real = getattr(posts, name)
        return made

    for name, ask in (
        ("code_new", lambda: client.get(address)),
        ("outfit_seal", lambda: client.post(address, form | {"kode": client.get(address).context["code"]})),
    ):
        with monkeypatch.context() as during:
            during.setattr(posts, name, beside(name))
            assert ask().status_code == 200
        assert SessionStore(key).get(name) == {"app": "x"}, name


def test_the_same_code_makes_another_key_for_each_file(work):
    one, other = (json.loads(outfitted(work)) for _ in range(2))
    assert one["salt"] != other["salt"]
    with pytest.raises(OutfitFileUnreadable):
        outfit_open(json.dumps(one | {"salt": other["salt"]}).encode(), CODE)


def test_a_post_takes_outfits_of_the_office_that_put_it_up_and_of_no_other(
    work, office, laptop, tmp_path, settings
):
    with office:
        first = foreign(outfitted(work))
        page = signed_in(Client(), hasan).get(reverse("posts:outfit", args=[work[0]]))
        assert own_fingerprint() in page.content.decode()
    with override_settings(SECRET_KEY="kantor lain"):
        other = foreign(outfitted(work))
    with override_settings(SECRET_KEY="baru", SECRET_KEY_FALLBACKS=[OFFICE]):
        renewed = foreign(outfitted(work))
    with override_settings(SECRET_KEY="baru"):
        later = foreign(outfitted(work))
    with laptop:
        (settings.DATA / CARRIED).write_text("{}")
        installed(tmp_path, first)
        before = (settings.DATA / CARRIED).read_text()
        for file in (other, later):
            with pytest.raises(CommandError, match="tidak bertanda kantor"):
                installed(tmp_path, file)
        assert (settings.DATA / CARRIED).read_text() == before
        # The office's secret changed, and its former one vouches for that of today.
        installed(tmp_path, renewed)
        installed(tmp_path, later)
        with pytest.raises(CommandError, match="tidak bertanda kantor"):
            installed(tmp_path, first)


@pytest.mark.parametrize("spoilt", ["text", "mark", "key", "none", "more", "beside", "own"])
def test_a_mark_that_does_not_hold_marks_nothing(work, tmp_path, spoilt):
    opened = outfit_open(outfitted(work), CODE)
    (mark,), text, keys = opened.marks, opened.text, opened.office
    with override_settings(DATA=tmp_path):
        assert marks_check([mark], text, keys) == [{"key": mark["key"]}]
        with override_settings(SECRET_KEY="kantor lain"):
            other = outfit_open(outfitted(work), CODE).marks[0]
            theirs = marks_of(text)[0]
        marks = {
            "text": [mark],
            "mark": [mark | {"mark": other["mark"]}],
            "key": [mark | {"key": "AAAA"}],
            "none": [],
            # Of marks beside a true one, none may be false: a post keeps all of them.
            "more": [mark, other | {"mark": mark["mark"]}],
            # Whoever could open the file put a true mark of his own beside the office's, or in its place.
            "beside": [mark, theirs],
            "own": [theirs],
        }[spoilt]
        with pytest.raises(OutfitOfAnotherOffice):
            marks_check(marks, text + (" " if spoilt == "text" else ""), keys)


def test_an_outfit_that_was_taken_before_the_one_put_up_brings_nothing_back(
    work, office, laptop, tmp_path, settings
):
    with office:
        first = foreign(outfitted(work))
        with clock.standing_at(clock.now() + timedelta(minutes=1)):
            renewed = foreign(outfitted(work))
        with clock.standing_at(clock.now() + timedelta(minutes=2)):
            later = foreign(outfitted(work))
    with laptop:
        (settings.DATA / CARRIED).write_text("{}")
        for file in (first, renewed, renewed):
            installed(tmp_path, file)
        before = (settings.DATA / CARRIED).read_text()
        with acting_as(ratna):
            User.objects.filter(username="dodi.lain").update(password="baru")
        with pytest.raises(CommandError, match="sebelum bekal yang sudah terpasang"):
            installed(tmp_path, first)
        with acting_as(ratna):
            assert User.objects.get(username="dodi.lain").password == "baru"
        assert (settings.DATA / CARRIED).read_text() == before
        installed(tmp_path, later)


def test_an_installation_that_was_cut_off_goes_back_to_no_older_outfit(work, office, laptop, tmp_path):
    with office:
        first = foreign(outfitted(work))
        with clock.standing_at(clock.now() + timedelta(minutes=1)):
            later = foreign(outfitted(work))
    opened = outfit_open(later, CODE)
    with laptop:
        keys_stage({}, {}, marks_check(opened.marks, opened.text, opened.office), opened.made)
        with pytest.raises(CommandError, match="sebelum bekal yang sudah terpasang"):
            installed(tmp_path, first)
        installed(tmp_path, later)


def test_keys_of_an_installation_that_was_cut_off_seal_nothing_and_are_not_lost(work, laptop):
    one, other = post_key(dodi.id, work[0]), post_key(world.edi.id, work[0])
    with laptop:
        keys_keep({}, {})
        keys_stage({dodi.id: one}, {})
        assert queue_key(dodi.id)["id"] != one["id"]
        keys_keep({world.edi.id: other}, {})
        assert [queue_key(who.id)["id"] for who in (dodi, world.edi)] == [one["id"], other["id"]]


def test_an_installation_that_was_cut_off_has_met_its_office(work, office, laptop, tmp_path):
    with office:
        first = outfit_open(outfitted(work), CODE)
    with override_settings(SECRET_KEY="kantor lain"):
        other = foreign(outfitted(work))
    with laptop:
        keys_stage({}, {}, marks_check(first.marks, first.text, first.office))
        with pytest.raises(CommandError, match="tidak bertanda kantor"):
            installed(tmp_path, other)


def test_whoever_has_nothing_to_do_at_a_post_does_not_travel(work):
    outside = replace(officer("Nina", "auditor", "KANIM-BATULICIN", "63.10"))
    enrolled(outside)
    with acting_as(hasan), pytest.raises(NoPostRole, match="Nina"):
        outfit_take(hasan, operation_id=work[0], team_ids=[work[2]], also_ids=[outside.id])


def test_the_console_writes_the_files_of_the_page_for_whoever_may_carry_and_signs_in(
    work, tmp_path, monkeypatch, capsys
):
    with acting_as(dodi):
        report_submit(dodi, report=visit(*work[:2], ANNA))
    enrolled(bayu)
    enrolled(dodi)
    told = {"date": "2024-08-22", "to": str(tmp_path), "as": "bayu"}

    def exported(password=PASSWORD, **words):
        monkeypatch.setattr("getpass.getpass", lambda _prompt: password)
        call_command("post", "export", *(f"--{name}={text}" for name, text in (told | words).items()))

    with pytest.raises(CommandError, match="Hanya pos"):
        exported()
    with at_post(work[0]):
        for refused in (
            {"password": "salah"},
            {"as": "dodi"},
            {"as": "tidak.ada"},
            {"date": "2024-08-21"},
            {"to": str(tmp_path / "tidak ada")},
        ):
            with pytest.raises(CommandError):
                exported(**refused)
        assert list(tmp_path.iterdir()) == []
        exported()
    names = ["hari-2024-08-22-1.json", "hari-2024-08-22-foto-1-dari-1.timpora"]
    files = [tmp_path / name for name in names]
    assert sorted(tmp_path.iterdir()) == files
    assert [word for *_, word in carried(*(file.read_bytes() for file in files))] == ["sudah ada"]
    with acting_as(ratna):
        taken = Entry.objects.filter(tag__in=["findings:day:taken", "findings:day-photos:taken"])
        assert [line.actor_name for line in taken] == ["Bayu", "Bayu"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    # What waits under a file's name, a link to elsewhere among it, is neither followed nor written over.
    (elsewhere,) = (tmp_path / name for name in ("lain",))
    elsewhere.write_text("milik orang")
    for waiting in ("link", "file"):
        files[0].unlink()
        files[0].symlink_to(elsewhere) if waiting == "link" else files[0].write_text("milik orang")
        with at_post(work[0]), pytest.raises(CommandError, match="sudah ada"):
            exported()
        assert (elsewhere.read_text(), files[0].read_text()) == ("milik orang", "milik orang")


@override_settings(
    SESSION_COOKIE_NAME="__Host-timpora_session",
    CSRF_COOKIE_NAME="__Host-timpora_csrf",
    SESSION_COOKIE_SECURE=True,
    CSRF_COOKIE_SECURE=True,
)
def test_cookies_of_the_phones_door_are_as_browsers_ask_of_such_names_and_no_other_name_counts(work):
    phone = Client(enforce_csrf_checks=True)
    phone.get("/masuk", secure=True)
    token = phone.cookies["__Host-timpora_csrf"].value
    form = {"username": "dodi", "password": PASSWORD, "csrfmiddlewaretoken": token}
    head = {"secure": True, "headers": {"referer": "https://testserver/masuk"}}
    planted = Client(enforce_csrf_checks=True)
    planted.cookies["timpora_csrf"] = token
    assert planted.post("/masuk", form, **head).status_code == 403
    enrolled(dodi)
    assert phone.post("/masuk", form, **head).status_code == 302
    for name in ("__Host-timpora_session", "__Host-timpora_csrf"):
        cookie = phone.cookies[name]
        assert (cookie["path"], cookie["domain"], bool(cookie["secure"])) == ("/", "", True)
