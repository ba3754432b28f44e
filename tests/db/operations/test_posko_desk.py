"""The posko's journal and the teams' movements: who reads, who settles, and a log that only grows."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import bayu, citra, dodi, hasan, officer, ratna
from tests.conftest import DAY
from tests.db.operations import world
from tests.depth import times
from timpora.apps.operations import actions, errors, queries
from timpora.apps.operations.models import JournalEntry, JournalStep, TeamMovement
from timpora.apps.operations.types import ALL_OFFICES, JournalView, Medium, NewMessage, Priority
from timpora.domain.states import JOURNAL_STEPS, TEAM_STEPS, JournalState, TeamState
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor
from timpora.kernel.audit.models import Entry
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
stranger = officer("Tono", "inteldakim_head", "KANIM-LAIN", "64.71")
Move = TeamState


@pytest.fixture
def operation() -> UUID:
    world.people()
    return world.opened()


def written(operation: UUID, by: Actor = ratna, **words: object) -> UUID:
    form = {"text": "Jaringan putus, tim tetap jalan.", "medium": Medium.RADIO} | words
    if "corrects" in form:
        form = {"because": "Jamnya keliru."} | form
    with acting_as(by):
        return actions.journal_write(by, message=NewMessage(operation_id=operation, **form))


def read(operation: UUID, by: Actor = ratna) -> list[JournalView]:
    with acting_as(by):
        return queries.journal_list(by, operation)


def settled(entry: UUID, by: Actor, because: str = "Sudah dihubungi.") -> None:
    with acting_as(by):
        actions.journal_settle(by, entry_id=entry, because=because)


def passed(entry: UUID, by: Actor, owner: str, because: str = "") -> None:
    with acting_as(by):
        actions.journal_pass(by, entry_id=entry, owner=owner, because=because)


def test_a_message_keeps_who_wrote_it_by_what_it_came_and_who_settles_it(operation):
    earlier = DAY - timedelta(minutes=20)
    written(
        operation, unit=world.BATULICIN, owner=world.BATULICIN, priority=Priority.URGENT, noted_at=earlier
    )
    (row,) = read(operation)
    assert (row.medium, row.priority, row.by, row.by_unit) == (
        Medium.RADIO,
        Priority.URGENT,
        "Ratna",
        "DITJEN",
    )
    assert (row.unit_code, row.owner, row.state) == (world.BATULICIN, world.BATULICIN, JournalState.OPEN)
    assert (row.noted_at, row.written_at) == (earlier, DAY)
    with acting_as(ratna):
        entry = Entry.objects.get(tag=str(Tag.OPERATIONS_JOURNAL_WRITTEN))
    assert entry.subject_id == str(row.id)
    assert "Jaringan" not in str(vars(entry))


@pytest.mark.parametrize(
    ("by", "unit", "readers"),
    [
        (ratna, "", {"Ratna"}),
        (ratna, world.BATULICIN, {"Ratna", "Hasan", "Bayu"}),
        (ratna, ALL_OFFICES, {"Ratna", "Hasan", "Bayu", "Citra"}),
        (bayu, "", {"Ratna", "Hasan", "Bayu"}),
        (bayu, world.BATULICIN, {"Ratna", "Hasan", "Bayu"}),
    ],
)
def test_a_message_is_read_where_it_concerns_somebody(operation, by, unit, readers):
    written(operation, by, unit=unit)
    assert {who.name for who in (ratna, hasan, bayu, citra) if read(operation, who)} == readers
    assert read(operation, dodi) == []


def test_an_office_writes_of_itself_and_of_no_other(operation):
    assert written(operation, bayu, unit=world.BATULICIN)
    with pytest.raises(errors.MessageUnreadable):
        written(operation, bayu, unit=world.PALEMBANG)
    with pytest.raises(AccessDenied):
        written(operation, stranger)
    with pytest.raises(AccessDenied):
        written(operation, dodi)
    with pytest.raises(errors.MessageUnreadable):
        written(operation, text="  ")


def test_the_owner_or_the_writers_post_settles_and_says_how(operation):
    entry = written(operation, owner=world.BATULICIN, unit=ALL_OFFICES)
    with pytest.raises(errors.MessageNotYours):
        settled(entry, citra)
    with pytest.raises(errors.ReasonMissing):
        settled(entry, hasan, " ")
    settled(entry, hasan)
    (row,) = read(operation)
    assert (row.state, row.steps[-1].by, row.steps[-1].because) == (
        JournalState.SETTLED, "Hasan", "Sudah dihubungi.",
    )  # fmt: skip
    with pytest.raises(errors.MessageMoved):
        settled(entry, ratna)


def test_a_message_is_handed_on_to_whoever_reads_it(operation):
    entry = written(operation, unit=ALL_OFFICES)
    passed(entry, ratna, world.PALEMBANG)
    (row,) = read(operation, citra)
    assert (row.state, row.owner) == (JournalState.OPEN, world.PALEMBANG)
    own = written(operation)
    with pytest.raises(errors.MessageUnreadable):
        passed(own, ratna, world.PALEMBANG)  # Palembang would not see it
    passed(own, ratna, "DITJEN")


def test_what_is_written_is_corrected_by_a_later_message_and_both_stay(operation):
    entry = written(operation, bayu)
    with pytest.raises(errors.MessageNotYours):
        written(operation, ratna, corrects=entry)
    better = written(operation, bayu, text="Jaringan putus sejak 09.40.", corrects=entry)
    rows = {row.id: row for row in read(operation, bayu)}
    assert (rows[entry].corrected_by, rows[better].corrects) == (better, entry)
    assert rows[entry].text == "Jaringan putus, tim tetap jalan."
    for again in (
        lambda: written(operation, bayu, corrects=entry),
        lambda: settled(entry, bayu),
        lambda: passed(entry, bayu, world.BATULICIN),
    ):
        with pytest.raises(errors.MessageCorrected):
            again()
    with pytest.raises(AccessDenied):
        written(operation, bayu, corrects=uuid4())


def test_whoever_reads_a_message_reads_that_it_was_corrected_by_whom_and_why(operation):
    entry = written(operation, unit=world.BATULICIN, owner=world.BATULICIN)
    with pytest.raises(errors.ReasonMissing):
        written(operation, unit=world.PALEMBANG, corrects=entry, because="  ")
    better = written(operation, unit=world.PALEMBANG, corrects=entry, because="Bukan kantor ini.")
    assert [row.id for row in read(operation, citra)] == [better]
    row = next(row for row in read(operation, hasan) if row.id == entry)
    assert (row.corrected_by, row.is_corrected, row.is_open) == (better, True, False)
    assert (row.steps[-1].by, row.steps[-1].because) == ("Ratna", "Bukan kantor ini.")
    with pytest.raises(errors.MessageCorrected):
        settled(entry, hasan)
    with acting_as(ratna):
        logged = Entry.objects.get(tag=str(Tag.OPERATIONS_JOURNAL_CORRECTED))
    assert logged.subject_id == str(entry)


def test_who_knows_that_a_message_was_replaced_need_not_read_what_replaced_it(operation):
    entry = written(operation, unit=world.BATULICIN)
    written(operation, unit=world.PALEMBANG, corrects=entry, because="Bukan kantor ini.")
    (row,) = read(operation, hasan)  # what replaces it is for another office
    assert (row.id, row.corrected_by, row.is_corrected, row.is_open) == (entry, None, True, False)


@pytest.mark.parametrize("owner", ["", world.BATULICIN])
def test_a_correction_leaves_an_open_duty_with_its_owner(operation, owner):
    entry = written(operation, unit=world.BATULICIN, owner=world.BATULICIN, text="Korban di mes, jemput.")
    better = written(operation, unit="", owner=owner, corrects=entry, text="Tidak jadi.")
    rows = {row.id: row for row in read(operation, hasan)}
    assert rows[entry].corrected_by == better
    assert (rows[better].owner, rows[better].state) == (world.BATULICIN, JournalState.OPEN)
    settled(better, hasan)
    assert not any(row.is_open for row in read(operation, hasan))


@pytest.mark.parametrize("owner", [world.PALEMBANG, "DITJEN"])
def test_a_correction_hands_the_duty_of_another_to_nobody(operation, owner):
    entry = written(operation, unit=world.BATULICIN, owner=world.BATULICIN)
    with pytest.raises(errors.DutyOfAnother):
        written(operation, owner=owner, corrects=entry)
    assert [row.id for row in read(operation, hasan) if row.is_open] == [entry]
    own = written(operation, owner="DITJEN")
    better = written(operation, unit=world.PALEMBANG, owner=world.PALEMBANG, corrects=own)
    assert [row.id for row in read(operation, citra) if row.is_open] == [better]


def test_what_was_settled_stays_settled_when_it_is_corrected(operation):
    entry = written(operation, unit=world.BATULICIN, owner=world.BATULICIN)
    settled(entry, hasan)
    better = written(operation, unit=world.BATULICIN, corrects=entry, text="Jaringan pulih.")
    row = next(row for row in read(operation, hasan) if row.id == entry)
    assert (row.state, row.is_corrected, row.corrected_by) == (JournalState.SETTLED, True, better)
    assert [step.after for step in row.steps] == [JournalState.SETTLED, JournalState.CORRECTED]


@pytest.mark.parametrize("because", [".", "x", "- 1 -", "abcd"])
def test_a_correction_says_why_in_words(operation, because):
    entry = written(operation)
    with pytest.raises(errors.ReasonMissing):
        written(operation, corrects=entry, because=because)
    assert written(operation, corrects=entry, because="keliru")


def test_the_database_refuses_to_change_what_was_written(operation):
    entry = written(operation, owner="DITJEN")
    settled(entry, ratna)
    team = ordered(operation)
    moved(team, Move.UNDERWAY)
    for model, words in (
        (JournalEntry, {"text": "x"}),
        (JournalStep, {"by": "x"}),
        (TeamMovement, {"by": "x"}),
    ):
        with acting_as(ratna):
            rows = model.objects.all()
            assert rows.exists()
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(**words)


JOURNAL_ACTS = st.lists(st.sampled_from(["settle", "pass", "pass-with-reason"]), max_size=8)


@settings(max_examples=times(15), suppress_health_check=list(HealthCheck))
@given(is_owned=st.booleans(), acts=JOURNAL_ACTS)
def test_a_message_walks_the_table_whatever_is_tried(operation, is_owned, acts):
    entry = written(operation, owner="DITJEN" if is_owned else "")
    state = JournalState.OPEN if is_owned else JournalState.NOTED
    steps = 0
    for act in acts:
        after = JournalState.SETTLED if act == "settle" else JournalState.OPEN
        needs_reason = state is JournalState.SETTLED and act == "pass"
        try:
            if act == "settle":
                settled(entry, ratna)
            else:
                passed(entry, ratna, "DITJEN", "Belum tuntas." if act == "pass-with-reason" else "")
            state, steps = after, steps + 1
            assert not needs_reason
        except errors.ReasonMissing:
            assert needs_reason
        except errors.MessageMoved:
            assert after not in JOURNAL_STEPS[state]
        row = next(row for row in read(operation) if row.id == entry)
        assert (row.state, len(row.steps)) == (state, steps)


# Teams ---------------------------------------------------------------------------------------------------
def ordered(operation: UUID) -> UUID:
    team = world.team(operation, world.approved(operation))
    world.issued(team)
    return team


def moved(team: UUID, after: TeamState, by: Actor = dodi, **words: object) -> TeamState:
    with acting_as(by):
        return actions.team_move(by, team_id=team, after=after, **words)


def where(operation: UUID, by: Actor = ratna) -> list[tuple[str, TeamState, str]]:
    with acting_as(by):
        return [(team.unit_code, team.state, team.said_by) for team in queries.team_states(by, operation)]


def test_the_team_says_where_it_is_and_so_does_the_posko_that_heard_it(operation):
    team = ordered(operation)
    assert where(operation) == [(world.BATULICIN, Move.AT_OFFICE, "")]
    moved(team, Move.UNDERWAY)
    assert where(operation) == [(world.BATULICIN, Move.UNDERWAY, "Dodi")]
    moved(team, Move.ON_SITE, ratna)
    assert where(operation, bayu) == [(world.BATULICIN, Move.ON_SITE, "Ratna")]
    assert where(operation, citra) == []
    with acting_as(dodi):
        assert [one.state for one in queries.own_teams(dodi)] == [Move.ON_SITE]
        assert queries.own_teams(world.edi) == []


def test_nobody_speaks_for_a_team_of_others(operation):
    team = ordered(operation)
    for other in (world.edi, citra, stranger):
        with pytest.raises(AccessDenied):
            moved(team, Move.UNDERWAY, other)
    assert moved(team, Move.UNDERWAY, bayu) is Move.UNDERWAY


@pytest.mark.parametrize(
    ("office", "place", "speaks"), [("X", "64.71", False), (world.BATULICIN, "63.10", True)]
)
def test_a_desk_speaks_for_the_teams_of_its_own_place_alone(operation, office, place, speaks):
    """Whoever goes out with one office and sits at the desk of another is no desk of the first."""
    team = ordered(operation)
    desk = officer("Wayan", "kanim_head", office, place)
    both = replace(desk, grants=(*desk.grants, *world.edi.grants))
    if speaks:
        assert moved(team, Move.UNDERWAY, both) is Move.UNDERWAY
        return
    with pytest.raises(AccessDenied):
        moved(team, Move.UNDERWAY, both)


@pytest.mark.parametrize("after", [Move.UNDERWAY, Move.ON_SITE])
def test_a_reason_does_not_stand_in_for_an_order(operation, after):
    team = world.team(operation, world.approved(operation))
    with pytest.raises(errors.TeamNotOrdered):
        moved(team, after, ratna, because="Salah tekan.")
    world.issued(team)
    assert moved(team, after, ratna, because="Salah tekan.") is after


def test_nobody_departs_without_an_order_that_holds_today(operation):
    team = world.team(operation, world.approved(operation))
    with pytest.raises(errors.TeamNotOrdered):
        moved(team, Move.UNDERWAY)
    world.issued(team)
    with clock.standing_at(DAY + timedelta(days=3)), pytest.raises(errors.TeamNotOrdered):
        moved(team, Move.UNDERWAY)
    assert moved(team, Move.UNDERWAY) is Move.UNDERWAY


def test_a_team_arrives_at_a_target_of_its_own(operation):
    target, foreign = world.approved(operation), world.approved(operation, name="Gudang")
    team = world.team(operation, target)
    world.issued(team)
    moved(team, Move.UNDERWAY)
    with pytest.raises(AccessDenied):
        moved(team, Move.ON_SITE, target_id=foreign)
    moved(team, Move.ON_SITE, target_id=target)
    with acting_as(ratna):
        assert queries.team_states(ratna, operation)[0].place == "Mes karyawan PT Contoh"
        assert [m.after for m in queries.movement_list(ratna, team)] == [Move.UNDERWAY, Move.ON_SITE]


TEAM_ACTS = st.lists(st.tuples(st.sampled_from(list(TeamState)), st.booleans()), max_size=8)


@settings(max_examples=times(15), suppress_health_check=list(HealthCheck))
@given(acts=TEAM_ACTS)
def test_a_team_walks_the_table_unless_a_reason_corrects_it(operation, acts):
    with transaction.atomic():
        team = ordered(operation)
        state, count = Move.AT_OFFICE, 0
        for after, is_correction in acts:
            try:
                moved(team, after, because="Salah tekan." if is_correction else "")
                assert is_correction or after in TEAM_STEPS[state]
                state, count = after, count + 1
            except errors.TeamElsewhere:
                assert not is_correction
                assert after not in TEAM_STEPS[state]
            assert where(operation)[0][1] is state
        assert TeamMovement.objects.filter(team=team).count() == count
        transaction.set_rollback(True)
