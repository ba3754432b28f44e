"""A report is taken once, whoever sends it how often; nothing that arrives is lost (P1, P2)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import arif, bayu, citra, dodi, lestari, machine, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.db.operations import world
from tests.db.operations.world import edi
from tests.people import overstayer
from timpora.apps.findings import queries
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.content import content_of, digest_of
from timpora.apps.findings.errors import NilWithPeople, OfficeUnknown, TaskUnknown
from timpora.apps.findings.kinds import SENDABLE
from timpora.apps.findings.models import Original, Protection, Report
from timpora.apps.findings.types import Doubt, FindingKind, NewFinding, Outcome, ReportKind
from timpora.apps.operations import queries as operations
from timpora.apps.registry import actions as registry
from timpora.apps.registry.types import NewRecord, Source
from timpora.kernel.access import AccessDenied, PurposeMissing
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as
from timpora.kernel.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return at_work()


def sent(report, by=dodi):
    with acting_as(by):
        return report_submit(by, report=report)


def read(report, by=bayu):
    with acting_as(by):
        return queries.report_get(by, report.id)


def test_a_visit_reaches_the_office_as_written(work):
    report = visit(*work, ANNA, BUDI, headcount=3)
    receipt = sent(report)
    assert receipt.sha256 == digest_of(content_of(report))
    view = read(report)
    assert (view.kind, view.unit_code, view.wilayah) == (ReportKind.EXAMINATION, world.BATULICIN, "63.10.06")
    assert (view.officer_name, view.headcount, view.note) == ("Dodi", 3, "Pos depan.")
    assert [one.name for one in view.checked] == ["ERIKSSON ANNA MARIA", "ALI"]
    assert [one.mrz_holds for one in view.checked] == [True, None]
    assert [(f.kind, f.checked_id) for f in view.findings] == [(FindingKind.ADDRESS, view.checked[0].id)]
    assert view.receipt_number == receipt.number
    assert view.doubts == ()


def test_the_first_report_marks_the_target_as_visited(work):
    sent(visit(*work))
    with acting_as(bayu):
        assert operations.target_get(bayu, work[1]).state == "dikunjungi"


def test_sent_again_it_is_one_report_and_writes_nothing_more(work):
    report = visit(*work, BUDI)
    first = sent(report)
    with acting_as(ratna):
        before = Entry.objects.count(), Message.objects.count()
    again = sent(report)
    assert replace(again, is_repeat=False) == first
    assert again.is_repeat
    with acting_as(ratna):
        assert (Entry.objects.count(), Message.objects.count()) == before
        assert Report.objects.count() == 1


def test_another_content_under_the_same_identifier_is_kept_and_shown(work):
    report = visit(*work, BUDI)
    other = replace(report, note="Pos belakang.")
    sent(report)
    conflict = sent(other)
    assert conflict.is_conflict
    assert not conflict.is_repeat
    assert conflict.sha256 == digest_of(content_of(other))
    assert sent(other).is_repeat
    with acting_as(bayu):
        assert queries.report_get(bayu, report.id).note == "Pos depan."
        assert queries.report_get(bayu, report.id).conflicts_count == 1
        (held,) = queries.conflict_list(bayu, operation_id=work[0])
        assert (held.kept_sha256, held.other_sha256) == (digest_of(content_of(report)), conflict.sha256)
        texts = queries.originals_get(bayu, report.id)
        assert set(texts.values()) == {content_of(report), content_of(other)}
    with acting_as(ratna):
        tags = [*Entry.objects.filter(subject_id=str(report.id)).values_list("tag", flat=True)]
        assert sorted(set(tags)) == [
            "findings:report:conflicted",
            "findings:report:read",
            "findings:report:submitted",
        ]


def test_the_texts_of_a_conflict_need_a_purpose_and_name_each_person_in_the_log(work):
    who = overstayer()
    told = replace(BUDI, name="MUHAMMAD ALI", birth_text="", document_number="A1234567", document_state="PAK")
    report = visit(*work, told)
    sent(replace(report, note="Lain.", checked=(BUDI,)))
    sent(report)
    with acting_as(bayu):
        shown = Entry.objects.filter(person_id=who, actor_name="Bayu")
        with pytest.raises(PurposeMissing):
            queries.originals_get(bayu.for_purpose(None), report.id)
        assert not shown.exists()
        assert len(queries.originals_get(bayu, report.id)) == 2
        assert [entry.tag for entry in shown] == ["registry:person:read"]


def test_a_masked_list_says_that_a_note_exists_and_nothing_of_anybody(work):
    sent(visit(*work, ANNA, note="Ia berkata: paspor saya diambil."))
    sent(visit(*work, note=""))
    for reader in (ratna, bayu):
        with acting_as(reader):
            bare, told = sorted(queries.report_list(reader, operation_id=work[0]), key=lambda r: r.has_note)
            assert (bare.has_note, told.has_note, told.note) == (False, True, "")
            (one,) = told.checked
            assert (one.nationality, one.sex, one.document_state, one.note, one.birth_text) == ("",) * 5
            assert "ERIKSSON" not in str(told)
    with acting_as(ratna):
        assert queries.report_get(ratna, told.id).note == ""
    assert read(told).note == "Ia berkata: paspor saya diambil."
    assert read(told).checked[0].nationality == "UTO"


def test_a_note_without_persons_is_read_and_logged_like_persons(work):
    report = visit(*work, note="Penjaga: kemarin ada enam orang.")
    sent(report)
    with acting_as(ratna):
        assert (queries.report_get(ratna, report.id).note, read(report).note != "") == ("", True)
        tags = Entry.objects.filter(subject_id=str(report.id), tag="findings:report:read")
        assert [entry.actor_name for entry in tags] == ["Bayu"]


@pytest.mark.parametrize(
    ("outcome", "done"),
    [
        (Outcome.PROTECTION, ""),
        (Outcome.ADVISED, " Hasil di formulir: dianjurkan lapor."),
        (Outcome.PASSPORT_RETAINED, " Hasil di formulir: paspor ditahan stp."),
    ],
)
def test_signs_and_the_words_with_them_reach_protection_and_nobody_else(work, outcome, done):
    told = replace(BUDI, outcome=outcome, signs=("Paspor dipegang orang lain",), note="Ia menangis.")
    report = visit(*work, told)
    sent(report)
    with acting_as(lestari):
        (found,) = queries.protection_list(lestari)
        assert (found.report_id, found.name, found.note) == (report.id, "A••", "")
        assert found.signs == ("Paspor dipegang orang lain",)
        whole = queries.protection_get(lestari, found.checked_id)
        assert (whole.name, whole.person.document_number) == ("ALI", "A 1234567")
        assert whole.note == "Ia menangis." + done
    for reader in (bayu, ratna, arif, dodi):
        with acting_as(reader):
            assert queries.protection_list(reader) == []
            with pytest.raises(AccessDenied):
                queries.protection_get(reader, found.checked_id)
            assert not Protection.objects.exists()
            assert not Original.objects.exists()
    assert read(report).checked[0].note == ""


@pytest.mark.parametrize("outcome", [one for one in SENDABLE if one is not Outcome.PROTECTION])
def test_a_sign_makes_a_referral_of_whatever_outcome_a_device_sends(work, outcome):
    signs = ("Paspor dipegang orang lain",)
    sent(report := visit(*work, replace(BUDI, outcome=outcome), replace(ANNA, outcome=outcome, signs=signs)))
    assert [one.outcome for one in read(report).checked] == [outcome, Outcome.REFERRED]
    with acting_as(lestari):
        assert [found.signs for found in queries.protection_list(lestari)] == [signs]


def test_only_the_team_with_an_issued_order_reports(work):
    operation, target = work
    unordered = world.approved(operation, name="Gudang")
    world.team(operation, unordered, name="Regu 2", leader=edi)
    for officer, place in ((edi, target), (edi, unordered), (citra, target), (bayu, target)):
        with pytest.raises(TaskUnknown):
            sent(visit(operation, place), by=officer)
    with pytest.raises(AccessDenied):
        sent(visit(operation, target), by=arif)
    with acting_as(ratna):
        assert not Report.objects.exists()
    assert sent(visit(operation, target)).number


def test_the_target_must_be_of_the_operation_named(work):
    other = world.opened(replace(world.NEW, name="Lain", code="LAIN"))
    with pytest.raises(TaskUnknown):
        sent(visit(other, work[1]))


def test_a_late_report_still_finds_its_target(work, held_clock):
    report = visit(*work, BUDI, captured_at=DAY - timedelta(days=29))
    assert sent(report).doubts == ()


def test_the_head_of_the_section_reports_nil_for_the_office(work):
    own = world.opened(replace(world.NEW, name="Satu kantor", code="SATU", offices=(world.BATULICIN,)))
    for stranger in (dodi, citra):
        with pytest.raises(OfficeUnknown):
            sent(visit(own, None), by=stranger)
    nil = visit(own, None)
    receipt = sent(nil, by=bayu)
    view = read(nil)
    assert (view.target_id, view.unit_code, view.receipt_number) == (None, world.BATULICIN, receipt.number)


def test_a_nil_has_nobody(work):
    for words in ({"headcount": 1}, {"findings": (NewFinding(FindingKind.MISUSE),)}):
        with pytest.raises(NilWithPeople):
            sent(visit(*work, **words))
    assert sent(visit(*work)).number


@pytest.mark.parametrize(
    ("late", "doubts"),
    [
        (timedelta(), ()),
        (timedelta(minutes=9), ()),
        (timedelta(minutes=11), (Doubt.CLOCK_AHEAD,)),
        (timedelta(days=3650), (Doubt.CLOCK_AHEAD,)),
        (-timedelta(days=30), ()),
        (-timedelta(days=3650), (Doubt.CLOCK_BEHIND,)),
    ],
)
def test_a_wrong_clock_is_noted_and_refuses_nothing(work, late, doubts):
    assert sent(visit(*work, captured_at=DAY + late)).doubts == doubts


def test_a_count_below_the_persons_written_is_noted(work):
    report = visit(*work, ANNA, BUDI, headcount=1)
    assert sent(report).doubts == (Doubt.NOT_COUNTED,)
    assert read(report).headcount == 2


def test_a_wrong_check_digit_is_noted(work):
    wrong = replace(ANNA, mrz=ANNA.mrz.replace("L898902C36", "L898902C37"))
    report = visit(*work, wrong)
    assert sent(report).doubts == (Doubt.MRZ_WRONG,)
    assert read(report).checked[0].mrz_holds is False


def test_the_person_is_found_by_document_and_not_told_to_the_field(work):
    person = uuid4()
    record = NewRecord(id=uuid4(), person=person, name="ANNA ERIKSSON", document_number="L898902C3")
    source = Source("Disnaker", "Daftar TKA", DAY.date(), ("63.10",))
    with acting_as(machine):
        registry.records_add(machine, source=source, records=[record])
    report = visit(*work, ANNA, BUDI)
    receipt = sent(report)
    assert not hasattr(receipt, "checked")
    view = read(report)
    assert [one.person_id for one in view.checked] == [person, None]
    with acting_as(ratna):
        assert Entry.objects.filter(person_id=person, tag="registry:person:read").count() == 1


def test_names_are_masked_for_whoever_may_not_open_persons(work):
    report = visit(*work, ANNA)
    sent(report)
    for reader in (ratna, replace(bayu, purpose=None)):
        one = read(report, by=reader).checked[0]
        assert (one.is_masked, one.name, one.mrz, one.birth_text) == (True, "E••••••• A••• M••••", "", "")
    one = read(report).checked[0]
    assert (one.is_masked, one.name) == (False, "ERIKSSON ANNA MARIA")
    with acting_as(bayu):
        (line,) = queries.report_list(bayu, operation_id=work[0])
        assert line.checked[0].is_masked


def test_another_office_sees_nothing(work):
    report = visit(*work, ANNA)
    sent(report)
    with pytest.raises(AccessDenied):
        read(report, by=citra)
    with acting_as(citra):
        assert queries.report_list(citra, operation_id=work[0]) == []
        assert not Report.objects.exists()
        assert not Original.objects.exists()


def test_a_referral_to_protection_stays_under_its_seal(work):
    victim = replace(BUDI, outcome=Outcome.PROTECTION, signs=("Paspor dipegang majikan",))
    report = visit(*work, victim)
    sent(report)
    for reader in (bayu, ratna):
        assert read(report, by=reader).checked[0].outcome is Outcome.REFERRED
        with acting_as(reader):
            assert not Original.objects.exists()
            assert not Protection.objects.exists()
            assert queries.protection_list(replace(reader, purpose=bayu.purpose)) == []
    with acting_as(lestari):
        (found,) = queries.protection_list(lestari)
        assert (found.name, found.signs) == ("A••", ("Paspor dipegang majikan",))
        assert "dirujuk_pelindungan" in Original.objects.get().content


def test_the_news_carries_references_only(work):
    report = visit(*work, ANNA)
    sent(report)
    with acting_as(ratna):
        news = Message.objects.get(tag="findings:report:submitted")
        assert set(news.payload) == {"operation", "target", "unit", "kind", "sha256", "device", "seq"}
        body = Entry.objects.get(tag="findings:report:submitted").body
        assert "ERIKSSON" not in body
        assert "L898902C3" not in body


def test_the_receipt_is_for_its_sender(work):
    report = visit(*work, BUDI)
    receipt = sent(report)
    with acting_as(dodi):
        assert queries.receipt_get(dodi, report.id) == receipt
        assert queries.receipt_list(dodi) == [receipt]
    with acting_as(edi), pytest.raises(AccessDenied):
        queries.receipt_get(edi, report.id)
