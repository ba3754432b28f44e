"""The path of a case from a verified indication to an objection, and what each step refuses."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.cast import arif, citra, dodi
from tests.db.cases import folder
from tests.db.cases.folder import (
    CHARGE,
    CLEAR,
    CONFERENCE,
    DELIVERED,
    DEPORT,
    NOTHING,
    TODAY,
    UNFINISHED,
    bayu,
    decided,
    delivered,
    hasan,
    intan,
    opened,
    proposed,
    screened,
)
from tests.db.findings import field
from timpora.apps.cases import actions, errors, queries
from timpora.apps.cases.types import Due, NewObjection
from timpora.apps.findings import actions as findings
from timpora.apps.findings import queries as reports
from timpora.apps.findings.types import Outcome
from timpora.domain.measures import Ground, MeasureKind, ScreenAnswer
from timpora.domain.objection import ObjectionTiming
from timpora.domain.states import CaseState
from timpora.kernel.access import AccessDenied, NotHuman, PurposeMissing
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as
from timpora.kernel.documents.errors import LetterIncomplete
from timpora.kernel.documents.models import StoredLetter
from timpora.kernel.documents.queries import verify

pytestmark = pytest.mark.django_db
OBJECTION = NewObjection(TODAY, "LI WEI", "Simpang Empat", ("surat keberatan", "fotokopi paspor"))


@pytest.fixture(autouse=True)
def office():
    folder.office()


def view(case, actor=bayu):
    with acting_as(actor):
        return queries.case_get(actor, case)


def do(actor, deed, case, **given):
    with acting_as(actor):
        return deed(actor, case_id=case, **given)


def test_a_case_is_numbered_in_its_office_and_knows_what_the_registry_knows():
    first, second = opened(), opened(folder.overstayer(name="BUDI"))
    shown = view(first)
    assert shown.row.number == "PK-0001/BATULICIN/2024"
    assert view(second).row.number == "PK-0002/BATULICIN/2024"
    assert shown.row.state is CaseState.REPORTED
    assert [step.after for step in shown.steps] == [CaseState.REPORTED]
    assert shown.party.words.name == "LI WEI"


def test_the_words_of_the_letter_begin_with_what_the_sources_say():
    with acting_as(bayu):
        case = actions.case_open(bayu, indication_id=folder.indicated(), because="x")
    words = view(case).party.words
    assert words.born == "Fuzhou, 12 Maret 1985"
    assert words.travel_document == "Paspor E1234567"
    assert words.stay_permit == "Izin tinggal terbatas, berlaku s.d. 10 Agustus 2024"
    assert (words.sex, words.guarantor) == ("Laki-laki", "PT Contoh")


def test_a_case_needs_a_ground_that_a_human_verified_and_comes_once():
    found = folder.indicated()
    with acting_as(bayu):
        actions.case_open(bayu, indication_id=found, because="x")
        with pytest.raises(errors.CaseHandled):
            actions.case_open(bayu, indication_id=found, because="x")
        with pytest.raises(errors.CaseGroundless):
            actions.case_open(bayu, because="x")
        with pytest.raises(errors.ReasonMissing):
            actions.case_open(bayu, indication_id=found, because="  ")
    with acting_as(citra), pytest.raises(AccessDenied):
        actions.case_open(citra, indication_id=found, because="x")


def test_reading_needs_territory_and_purpose_and_is_logged():
    case = opened()
    shown = view(case)
    person = shown.party.person_id
    entry = Entry.objects.filter(tag="registry:person:read", body__contains="halaman perkara")
    with acting_as(bayu):
        assert (entry.get().person_id, entry.get().subject_id) == (person, str(person))
        with pytest.raises(PurposeMissing):
            queries.case_get(bayu.for_purpose(None), case)
        with pytest.raises(PurposeMissing):
            queries.case_list(bayu.for_purpose(None))
    for stranger in (citra, dodi, arif):
        with acting_as(stranger):
            with pytest.raises(AccessDenied):
                queries.case_get(stranger, case)
            assert queries.case_list(stranger) == []
            assert queries.case_counts(stranger) == {}


def test_no_conference_before_the_screen_and_no_proposal_before_the_conference():
    case = opened()
    with pytest.raises(errors.CaseMoved):
        do(bayu, actions.conference_record, case, conference=CONFERENCE)
    do(intan, actions.screening_record, case, screening=UNFINISHED)
    assert view(case).screening.outcome is ScreenAnswer.OPEN
    with pytest.raises(errors.MeasureHeld):
        do(bayu, actions.conference_record, case, conference=CONFERENCE)
    do(intan, actions.screening_record, case, screening=CLEAR)
    with pytest.raises(errors.CaseMoved):
        do(bayu, actions.measure_propose, case, proposal=CHARGE)
    do(bayu, actions.conference_record, case, conference=CONFERENCE)
    assert do(bayu, actions.measure_propose, case, proposal=CHARGE) == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"attendants": ("Bayu", "Bayu", " ")}, errors.ConferenceIncomplete),
        ({"chair": " "}, errors.ConferenceIncomplete),
        ({"because": ""}, errors.ReasonMissing),
        ({"held_on": TODAY + timedelta(days=1)}, errors.DayImpossible),
        ({"held_on": TODAY - timedelta(days=1)}, errors.DayImpossible),
    ],
)
def test_a_conference_of_one_without_reason_or_on_a_wrong_day_is_none(change, refusal):
    case = screened()
    with pytest.raises(refusal):
        do(bayu, actions.conference_record, case, conference=replace(CONFERENCE, **change))
    do(bayu, actions.conference_record, case, conference=CONFERENCE)
    assert view(case).conference.cite == "permenkumham-4-2017"


def test_the_verdict_on_overstay_is_computed_from_the_facts():
    case = proposed()
    told = view(case).proposal
    assert (told.overstay_days, told.charge_rupiah) == (12, 12_000_000)
    assert "uu-6-2011/ps78/a1" in told.cites
    assert told.law_digest
    with pytest.raises(errors.MeasureUngrounded, match="Fakta tidak mendukung"):
        do(bayu, actions.measure_propose, case, proposal=DEPORT)
    wrong = replace(CHARGE, ground=Ground.LAW_NOT_OBEYED)
    with pytest.raises(errors.MeasureUngrounded, match="tidak membuka"):
        do(bayu, actions.measure_propose, case, proposal=wrong)


def test_a_decision_stores_letter_number_and_proof_in_one_act():
    row = folder.overstayer(last_day_before=date(2024, 6, 11))
    case = decided(DEPORT, row)
    shown = view(case)
    assert shown.row.state is CaseState.DECIDED
    assert shown.decision.letter_number.endswith("-0001.GR.03.09 TAHUN 2024")
    with acting_as(hasan):
        stored = StoredLetter.objects.get(pk=shown.decision.letter_id)
        assert stored.person_id == shown.party.person_id
        assert verify(stored.proof_id).number == shown.decision.letter_number
        assert "uu-6-2011/ps78/a3" in stored.cites
    assert shown.proposal.wants_ban


def test_who_proposes_neither_countersigns_nor_decides():
    case = proposed()
    # Bayu stands in for the head: the right to decide does not make him another person.
    acting = replace(bayu, grants=(*bayu.grants, *hasan.grants))
    for deed in (actions.measure_decide, actions.measure_return):
        with pytest.raises(errors.SamePerson):
            do(acting, deed, case, version=1, because="x")
    with pytest.raises(errors.SamePerson):
        do(bayu, actions.measure_countersign, case, version=1)
    with pytest.raises(AccessDenied):
        do(bayu, actions.measure_decide, case, version=1, because="x")
    with pytest.raises(NotHuman):
        do(replace(hasan, is_human=False), actions.measure_decide, case, version=1, because="x")
    do(intan, actions.measure_countersign, case, version=1)
    do(hasan, actions.measure_decide, case, version=1, because="x")
    assert view(case).decision.decided_by == "Hasan"


def test_an_edit_voids_the_initials_and_the_old_version_cannot_be_decided():
    case = proposed()
    do(intan, actions.measure_countersign, case, version=1)
    with pytest.raises(errors.AlreadySigned):
        do(intan, actions.measure_countersign, case, version=1)
    assert [s.by_name for s in view(case).proposal.signs] == ["Intan"]
    do(bayu, actions.measure_propose, case, proposal=replace(CHARGE, because="Alasan yang lain."))
    told = view(case).proposal
    assert (told.version, told.signs, told.lost_signs) == (2, (), 1)
    for deed in (actions.measure_decide, actions.measure_return):
        with pytest.raises(errors.ProposalChanged):
            do(hasan, deed, case, version=1, because="x")
    do(hasan, actions.measure_decide, case, version=2, because="x")


def test_a_returned_proposal_can_be_made_anew():
    case = proposed()
    do(hasan, actions.measure_return, case, version=1, because="Lengkapi alasan.")
    shown = view(case)
    assert shown.row.state is CaseState.CONFERENCE
    assert shown.steps[0].because == "Lengkapi alasan."
    assert do(intan, actions.measure_propose, case, proposal=CHARGE) == 2


def test_missing_words_are_listed_and_no_number_is_used_up():
    case = proposed()
    do(bayu, actions.party_correct, case, words=replace(folder.WORDS, address="", sex=""))
    with acting_as(hasan):
        _letter, holes = queries.decision_preview(hasan, case)
        assert [(h.path, h.where) for h in holes] == [("subject.sex", "pihak"), ("subject.address", "pihak")]
        assert queries.decision_draft(hasan, case).startswith(b"%PDF")
    with pytest.raises(LetterIncomplete, match="Alamat"):
        do(hasan, actions.measure_decide, case, version=1, because="x")
    do(bayu, actions.party_correct, case, words=folder.WORDS)
    assert "-0001." in do(hasan, actions.measure_decide, case, version=1, because="x")
    with pytest.raises(errors.CaseMoved):
        do(bayu, actions.party_correct, case, words=folder.WORDS)


def test_taking_no_measure_needs_no_letter_and_cannot_be_objected_to():
    case = delivered(NOTHING)
    shown = view(case)
    assert (shown.decision.letter_id, shown.delivery.file_by, shown.row.due_on) == (None, None, None)
    with pytest.raises(errors.NotObjectable):
        do(bayu, actions.objection_record, case, objection=OBJECTION)
    with pytest.raises(errors.CaseMoved):
        do(bayu, actions.measure_execute, case, because="x")
    do(hasan, actions.case_close, case, because="Selesai tanpa tindakan.")
    assert view(case).row.state is CaseState.CLOSED


def test_delivery_starts_the_clock_of_21_working_days_with_its_doubts():
    case = delivered()
    shown = view(case)
    # 22 August 2024 + 21 working days; Maulid on 16 September falls out.
    assert shown.delivery.file_by == date(2024, 9, 23)
    assert shown.delivery.left == 21
    assert any("belum diverifikasi" in doubt for doubt in shown.delivery.doubts)
    assert (shown.row.due_on, shown.row.due_what, shown.row.due_left) == (
        date(2024, 9, 23),
        Due.OBJECTION,
        21,
    )
    with pytest.raises(errors.CaseMoved):
        do(bayu, actions.letter_deliver, case, delivery=DELIVERED)


def test_a_delivery_lies_neither_before_the_decision_nor_ahead():
    case = decided()
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(errors.DayImpossible):
            do(bayu, actions.letter_deliver, case, delivery=replace(DELIVERED, delivered_on=day))
    with pytest.raises(errors.ReasonMissing):
        do(bayu, actions.letter_deliver, case, delivery=replace(DELIVERED, received_by=" "))
    do(bayu, actions.letter_deliver, case, delivery=DELIVERED)


def test_an_objection_gets_its_receipt_and_starts_the_next_clocks():
    case = delivered()
    number = do(bayu, actions.objection_record, case, objection=OBJECTION)
    shown = view(case)
    assert (shown.row.state, shown.objection.timing) == (CaseState.OBJECTED, ObjectionTiming.IN_TIME)
    assert shown.objection.letter_number == number
    assert (shown.objection.forward_by, shown.row.due_what) == (date(2024, 8, 29), Due.FORWARD)
    do(bayu, actions.objection_forward, case, forwarded_on=TODAY)
    shown = view(case)
    assert (shown.objection.decide_by, shown.row.due_what) == (date(2024, 8, 29), Due.MINISTER)
    with pytest.raises(errors.CaseMoved):
        do(bayu, actions.objection_forward, case, forwarded_on=TODAY)
    # An objection does not suspend the measure.
    do(bayu, actions.measure_execute, case, because="Biaya beban lunas, kuitansi 12.")
    shown = view(case)
    assert (shown.row.state, shown.row.due_what) == (CaseState.EXECUTED, Due.MINISTER)


def test_an_objection_names_who_objects_and_what_came():
    case = delivered()
    for gap in ({"objector": " "}, {"parts": ()}, {"place": ""}):
        with pytest.raises(errors.ReasonMissing):
            do(bayu, actions.objection_record, case, objection=replace(OBJECTION, **gap))
    early = replace(OBJECTION, filed_on=TODAY - timedelta(days=1))
    with pytest.raises(errors.DayImpossible):
        do(bayu, actions.objection_record, case, objection=early)
    do(bayu, actions.objection_record, case, objection=OBJECTION)


def test_what_is_due_stands_first_and_lists_cost_the_same_however_long(django_assert_num_queries):
    opened()
    late = delivered()
    with acting_as(bayu):
        assert queries.case_list(bayu)[0].id == late
        with django_assert_num_queries(3):
            queries.case_list(bayu)
    for name in ("A", "B", "C"):
        opened(folder.overstayer(name=name))
    with acting_as(bayu):
        with django_assert_num_queries(3):
            assert len(queries.case_list(bayu)) == 5
        assert queries.case_counts(bayu) == {CaseState.REPORTED: 4, CaseState.DELIVERED: 1}
        assert [r.id for r in queries.case_list(bayu, state=CaseState.DELIVERED)] == [late]
        assert queries.case_list(bayu, page=2) == []


def test_a_missing_case_is_like_a_foreign_one():
    with acting_as(bayu):
        for deed, given in (
            (actions.screening_record, {"screening": CLEAR}),
            (actions.measure_propose, {"proposal": CHARGE}),
        ):
            with pytest.raises(AccessDenied):
                deed(bayu, case_id=uuid4(), **given)
    case = opened()
    with acting_as(citra), pytest.raises(AccessDenied):
        actions.screening_record(citra, case_id=case, screening=CLEAR)
    assert NOTHING.kind == MeasureKind.NONE


@pytest.mark.parametrize("outcome", [Outcome.PROTECTION, Outcome.ADVISED, Outcome.BROUGHT_IN])
def test_a_case_opens_from_a_person_checked_at_a_visit_once_and_never_from_one_with_signs(outcome):
    work = field.at_work()
    sheltered = replace(field.BUDI, outcome=outcome, name="SITI", signs=("dokumen_ditahan",))
    report = field.visit(*work, field.ANNA, sheltered)
    with acting_as(dodi):
        findings.report_submit(dodi, report=report)
    with acting_as(bayu):
        anna, siti = reports.report_get(bayu, report.id).checked
        case = actions.case_open(bayu, report_id=report.id, checked_id=anna.id, because="Alamat lain.")
        shown = queries.case_get(bayu, case)
        assert shown.party.words.name == "ERIKSSON ANNA MARIA"
        assert shown.party.words.travel_document == "Paspor L898902C3"
        assert shown.party.origin.startswith("Laporan lapangan")
        assert queries.case_for_checked(bayu, anna.id).id == case
        for one in (anna, siti):
            with pytest.raises(errors.CaseHandled):
                actions.case_open(bayu, report_id=report.id, checked_id=one.id, because="x")
        with pytest.raises(AccessDenied):
            actions.case_open(bayu, report_id=report.id, checked_id=uuid4(), because="x")
        with pytest.raises(PurposeMissing):
            queries.case_for_checked(bayu.for_purpose(None), anna.id)
    with acting_as(bayu):
        idle = bayu.for_purpose(None)
        with pytest.raises(AccessDenied):
            actions.case_open(idle, report_id=report.id, checked_id=anna.id, because="x")
