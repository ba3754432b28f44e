"""B2, P26: no measure without a clear screen, by action and by SQL; who is sheltered is unseen."""

from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests import letters_cast
from tests.cast import arif, citra, lestari, surya
from tests.db.cases import folder
from tests.db.cases.folder import (
    CHARGE,
    CLEAR,
    CONFERENCE,
    REFUGE,
    SIGNS,
    UNFINISHED,
    bayu,
    conferred,
    decided,
    delivered,
    hasan,
    intan,
    opened,
    proposed,
    screened,
)
from timpora.apps.cases import actions, errors, queries
from timpora.apps.cases.models import Case, Party, ProtectionReferral, Screening, Step
from timpora.apps.registry import actions as registry
from timpora.domain.measures import ScreenAnswer
from timpora.domain.states import CaseState
from timpora.kernel.access import AccessDenied
from timpora.kernel.access.roles import HUMAN_ROLES
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as
from timpora.kernel.documents.models import StoredLetter
from timpora.kernel.outbox.models import Message

pytestmark = pytest.mark.django_db
READERS = (bayu, intan, hasan, surya)


@pytest.fixture(autouse=True)
def office():
    folder.office()


def do(actor, deed, case, **given):
    with acting_as(actor):
        return deed(actor, case_id=case, **given)


def refused(statement, *params, by=bayu):
    with (
        acting_as(by),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError) as told,
        transaction.atomic(),
    ):
        cursor.execute(statement, params)
    return str(told.value)


PROPOSAL = """
INSERT INTO cases_proposal (id, case_id, conference_id, version, kind, ground, because, told, cites, doubts,
  law_digest, wants_ban, proposed_by_id, proposed_by, at, destination, listing, permit_change, permit_words,
  place_codes, place_words, place_names)
SELECT gen_random_uuid(), %s, coalesce((SELECT max(id) FROM cases_conference WHERE case_id = %s), 0), 9,
  'deportasi', 'kegiatan_berbahaya_atau_patut_diduga', 'x', 'x', '{}', '{}', 'x', false,
  gen_random_uuid(), 'x', now(), 'x', '', '', '', '{}', '{}', '{}'
"""
CONFERRED = """
INSERT INTO cases_conference (case_id, held_on, chair, attendants, reason, because, cite, law_digest, by_id,
  by_name, at) SELECT %s, '2024-08-22', 'x', ARRAY['a','b'], 'alat_bukti_kurang_dari_dua', 'x', 'x', 'x',
  gen_random_uuid(), 'x', now()
"""
DECISION = """
INSERT INTO cases_decision (id, case_id, proposal_id, kind, proposed_by_id, decided_by_id, decided_by,
  because, cites, law_digest, letter_id, letter_number, decided_on, at)
SELECT gen_random_uuid(), p.case_id, p.id, 'deportasi', {proposer}, {decider}, 'x', 'x', '{{}}', 'x',
  gen_random_uuid(), 'x', '2024-08-22', now() FROM cases_proposal p WHERE p.case_id = %s
  ORDER BY version {order} LIMIT 1
"""
LETTER = """
INSERT INTO documents_letter (id, proof_id, kind, number, unit, wilayah, subject_kind, subject_id,
  data_digest, template_digest, law_digest, cites, pdf, issued_by_id, issued_by)
SELECT gen_random_uuid(), %s, 'keputusan-tak', 'x', 'x', '63.10', {kind}, {subject}, 'x', 'x', 'x', '{{}}',
  'x', gen_random_uuid(), 'x'
"""
PROOF = """
INSERT INTO documents_proof (token, kind, name, number, office, unit, dated, issued_at, sha256, seal, pages)
VALUES ('raw', 'keputusan-tak', 'x', 'x', 'x', 'x', '2024-08-22', now(), 'x', 'x', 1)
"""
COUNT = "SELECT count(*) FROM cases_"
NEEDS = "needs a finished screen without signs"


@pytest.mark.parametrize(
    "screening", [None, UNFINISHED, SIGNS, REFUGE], ids=["none", "open", "signs", "refuge"]
)
def test_nothing_of_a_measure_exists_without_a_clear_screen(screening):
    case = opened() if screening is None else screened(screening)
    with pytest.raises(errors.CasesError):
        do(bayu, actions.conference_record, case, conference=CONFERENCE)
    with pytest.raises(errors.CasesError):
        do(bayu, actions.measure_propose, case, proposal=CHARGE)
    with pytest.raises(errors.CasesError):
        do(hasan, actions.measure_decide, case, version=1, because="x")
    for statement, params in ((PROPOSAL, (case, case)), (CONFERRED, (case,))):
        assert NEEDS in refused(statement, *params)
    for state in ("gelar", "diusulkan", "diputus", "disampaikan", "dilaksanakan"):
        assert NEEDS in refused("UPDATE cases_case SET state = %s WHERE id = %s", state, case)
    with acting_as(bayu), connection.cursor() as cursor:
        cursor.execute(PROOF)
        letter = LETTER.format(kind="'case'", subject="%s")
        with pytest.raises(DatabaseError, match=NEEDS), transaction.atomic():
            cursor.execute(letter, ["raw", str(case)])
        assert not StoredLetter.objects.exists()


def test_the_same_statements_pass_after_a_clear_screen():
    """The walls refuse for the screen and for nothing else."""
    case = screened()
    with acting_as(bayu), connection.cursor() as cursor:
        cursor.execute(CONFERRED, [case])
        cursor.execute(PROPOSAL, [case, case])
        decision = DECISION.format(proposer="p.proposed_by_id", decider="gen_random_uuid()", order="DESC")
        cursor.execute(decision, [case])
        cursor.execute(PROOF)
        cursor.execute(LETTER.format(kind="'case'", subject="%s"), ["raw", str(case)])
        assert StoredLetter.objects.count() == 1


@pytest.mark.parametrize(("kind", "subject"), [("'case'", "'c1'"), ("'order'", "gen_random_uuid()::text")])
def test_a_decision_letter_belongs_to_a_case(kind, subject):
    with acting_as(bayu), connection.cursor() as cursor:
        cursor.execute(PROOF)
        with pytest.raises(DatabaseError, match="belongs to a case"), transaction.atomic():
            cursor.execute(LETTER.format(kind=kind, subject=subject), ["raw"])


def test_two_persons_and_the_newest_version_are_asked_of_sql_as_well():
    case = proposed()
    with acting_as(bayu):
        actions.measure_propose(bayu, case_id=case, proposal=CHARGE)
    other = "gen_random_uuid()"
    same = DECISION.format(proposer="p.proposed_by_id", decider="p.proposed_by_id", order="DESC")
    assert "decision_by_another" in refused(same, case)
    lying = DECISION.format(proposer=other, decider="p.proposed_by_id", order="DESC")
    assert "only the newest version" in refused(lying, case)
    old = DECISION.format(proposer="p.proposed_by_id", decider=other, order="ASC")
    assert "only the newest version" in refused(old, case)
    good = DECISION.format(proposer="p.proposed_by_id", decider=other, order="DESC")
    with acting_as(bayu), connection.cursor() as cursor:
        cursor.execute(good, [case])


def test_a_proposal_stands_on_a_conference_of_its_own_case():
    other, case = conferred(), screened(row=folder.overstayer(name="B"))
    with acting_as(bayu), connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM cases_conference WHERE case_id = %s", [other])
        foreign = cursor.fetchone()[0]
    statement = PROPOSAL.replace("(SELECT max(id) FROM cases_conference WHERE case_id = %s), 0", "%s, 0")
    assert "needs a conference of its case" in refused(statement, case, foreign)


@pytest.mark.parametrize(
    "table",
    ["step", "screening", "conference", "proposal", "countersign", "decision", "delivery", "case"],
)
def test_what_was_recorded_is_never_removed(table):
    case = proposed()
    do(intan, actions.measure_countersign, case, version=1)
    do(hasan, actions.measure_decide, case, version=1, because="x")
    do(bayu, actions.letter_deliver, case, delivery=folder.DELIVERED)
    assert "never changed or removed" in refused(" ".join(["DELETE FROM", f"cases_{table}"]))
    if table != "case":
        column = "after = after" if table == "step" else "case_id = case_id"
        assert "never changed or removed" in refused(" ".join(["UPDATE cases_" + table, "SET", column]))


def test_a_case_row_begins_as_reported_stays_sealed_and_keeps_its_number():
    case = screened(SIGNS)
    assert "stays sealed" in refused("UPDATE cases_case SET is_sealed = false, state = 'disaring'")
    assert "stand" in refused("UPDATE cases_case SET number = 'x' WHERE id = %s", case)
    born = (
        "INSERT INTO cases_case (id, number, unit_code, unit_name, wilayah, state, is_sealed, opened_at,"
        " opened_by, changed_at, due_what, began_sealed)"
        " VALUES (gen_random_uuid(), 'x', 'x', 'x', '63.10', %s, false, now(), 'x', now(), '', false)"
    )
    assert "begins as reported" in refused(born, "diputus")
    with acting_as(bayu), connection.cursor() as cursor:
        cursor.execute(born, ["dilaporkan"])


@pytest.mark.parametrize("screening", [SIGNS, REFUGE], ids=["signs", "refuge"])
@pytest.mark.parametrize("start", [opened, screened, conferred, proposed, decided, delivered])
def test_a_sign_found_at_any_stage_ends_the_path_and_hides_the_person(start, screening):
    case = start()
    do(intan, actions.screening_record, case, screening=screening)
    for reader in READERS:
        with acting_as(reader):
            shown = queries.case_get(reader, case)
            assert shown.is_closed_to_reader
            assert (shown.row.name, shown.row.document, shown.steps) == ("", "", ())
            # Neither list nor count is one less; the row is that of any settled case.
            (row,) = queries.case_list(reader)
            assert (row.name, row.document, row.state, row.is_sealed) == ("", "", CaseState.CLOSED, False)
            assert row == shown.row
            assert queries.case_counts(reader) == {CaseState.CLOSED: 1}
            assert queries.case_list(reader, state=CaseState.SHELTERED) == []
            assert queries.overstay_get(reader, case) is None
            with pytest.raises(errors.CaseMoved):
                queries.decision_preview(reader, case)
            with pytest.raises(AccessDenied):
                queries.referral_list(reader, case)
    for actor, deed, given in (
        (bayu, actions.measure_propose, {"proposal": CHARGE}),
        (hasan, actions.measure_decide, {"version": 1, "because": "x"}),
        (bayu, actions.measure_execute, {"because": "x"}),
        (intan, actions.screening_record, {"screening": CLEAR}),
        (bayu, actions.party_correct, {"words": folder.WORDS}),
        (hasan, actions.case_close, {"because": "x"}),
    ):
        with pytest.raises(errors.CaseReferred):
            do(actor, deed, case, **given)


def test_behind_the_seal_no_row_is_left_to_any_statement():
    case = delivered()
    do(intan, actions.screening_record, case, screening=SIGNS)
    tables = ("party", "step", "screening", "conference", "proposal", "decision", "delivery", "referral")
    for reader in READERS:
        with acting_as(reader), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(COUNT + table)
                assert cursor.fetchone()[0] == 0, table
    with acting_as(lestari), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(COUNT + table)
            assert cursor.fetchone()[0] > 0, table


def test_only_the_protection_role_reads_who_was_referred():
    case = screened(SIGNS)
    with acting_as(lestari):
        (row,) = queries.case_list(lestari)
        assert (row.id, row.name) == (case, "")
        shown = queries.case_get(lestari, case)
        assert shown.party.words.name == "LI WEI"
        (referral,) = queries.referral_list(lestari, case)
        assert referral.screen.trafficking is ScreenAnswer.SHELTERED
        assert referral.note == "Paspor dipegang mandor."
        assert queries.case_counts(lestari) == {CaseState.SHELTERED: 1}
    holders = [role.slug for role in HUMAN_ROLES if "tppo" in role.seals]
    assert holders == ["victim_protection_officer"]


def test_the_log_and_the_news_tell_no_outcome_from_another():
    told = set()
    for screening in (CLEAR, UNFINISHED, SIGNS):
        case = screened(screening, folder.overstayer(name=f"X{screening.language}{len(told)}"))
        with acting_as(lestari):
            entry = Entry.objects.filter(tag="cases:case:screened", subject_id=str(case)).get()
            assert entry.person_id is None
            assert "Paspor" not in entry.body
            news = Message.objects.filter(tag="cases:case:screened", subject_id=str(case)).get()
            told.add((str(news.payload), entry.body.count("note"), entry.unit_code))
    assert len(told) == 1


def test_the_person_is_sheltered_in_every_other_case_too():
    row = folder.overstayer()
    first = conferred(row)
    with acting_as(bayu):
        person = queries.case_get(bayu, first).party.person_id
    other = folder.overstayer(name="LAIN")
    second = screened(row=other)
    with acting_as(bayu):
        registry.person_merge(bayu, keep=person, absorb=other.person, because="Satu orang.")
    do(intan, actions.screening_record, second, screening=SIGNS)
    with pytest.raises(errors.MeasureHeld):
        do(bayu, actions.measure_propose, first, proposal=CHARGE)
    assert NEEDS in refused(PROPOSAL, first, first)
    with acting_as(bayu), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('timpora.seals'), current_setting('timpora.territories')")
        before = cursor.fetchone()
        cursor.execute("SELECT cases_person_is_sheltered(%s)", [person])
        assert cursor.fetchone()[0]
        cursor.execute("SELECT current_setting('timpora.seals'), current_setting('timpora.territories')")
        assert cursor.fetchone() == before
        assert not ProtectionReferral.objects.exists()


def test_the_checked_person_gets_no_second_case_and_is_not_found_by_the_report():
    found = folder.indicated()
    with acting_as(bayu):
        case = actions.case_open(bayu, indication_id=found, because="x")
        person = queries.case_get(bayu, case).party.person_id
        assert [row.id for row in queries.cases_for_person(bayu, person)] == [case]
    do(intan, actions.screening_record, case, screening=SIGNS)
    with acting_as(bayu):
        assert queries.cases_for_person(bayu, person) == []
        with pytest.raises(errors.CaseHandled):
            actions.case_open(bayu, indication_id=found, because="x")


def test_foreign_offices_and_auditors_see_no_row_at_all():
    screened()
    for stranger in (citra, arif):
        with acting_as(stranger):
            seen = [model.objects.count() for model in (Case, Party, Step, Screening)]
        assert seen == ([0, 0, 0, 0] if stranger is citra else [1, 1, 1 + 1, 1])
    with acting_as(arif):
        # The auditor's territory is the nation; the first wall gives no right at all.
        with suppress(AccessDenied):
            assert queries.case_list(arif) == []
        with pytest.raises(AccessDenied):
            queries.case_get(arif, uuid4())
    assert letters_cast.DECISION.kind == "keputusan-tak"
