"""What a post noted comes home by file: once, as it was, and growing (ADR 0027)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from tests.cast import bayu, citra, dodi, hasan, ratna
from tests.conftest import DAY
from tests.db.interface.post_days import at_post, brought, day_of, teamed
from tests.db.interface.post_notes import (
    TEXT,
    came,
    checked,
    elsewhere,
    forged,
    handed_over,
    moved,
    noted,
    notes_file,
    opened,
    registered,
    settled,
    written,
)
from tests.db.operations import encounters, world
from tests.web import signed_in
from timpora.apps.identity.models import User
from timpora.apps.operations import actions, queries
from timpora.apps.operations.models import Encounter, JournalEntry, Order, RegisterEntry, TeamMovement
from timpora.domain.states import EncounterState, JournalState, OrderState, TeamState
from timpora.interface.note_file import NoteFileUnreadable, note_file_read
from timpora.kernel import clock
from timpora.kernel.audit.models import Entry
from timpora.kernel.carriage import Carriage
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(hours=6)
MARK = Carriage("Bayu", LATER, is_doubtful=False)
NEW, SAME, GROWN, PART, REFUSED = "diterima", "sudah ada", "bertambah", "diterima sebagian", "tidak diterima"


@pytest.fixture
def work():
    return teamed()


def logged(tag="operations:notes:brought"):
    with acting_as(ratna):
        return list(Entry.objects.filter(tag=tag).order_by("at", "id"))


def words(came_in):
    return [word for *_, word in came_in]


def test_everything_stands_at_home_as_it_was_and_says_who_carried_it(work):
    (file,) = handed_over(work, lambda: noted(work))
    assert TEXT.encode() not in file
    with acting_as(ratna):
        assert not JournalEntry.objects.exists()
    with clock.standing_at(LATER):
        found = came(file)
    assert sorted(found) == [
        ("Gerak regu", "Dodi", NEW),
        ("Jurnal", "Bayu", NEW),
        ("Pemeriksaan langsung", "Dodi", NEW),
        ("Register", "Dodi", NEW),
    ]
    with acting_as(bayu):
        (message,) = queries.journal_list(bayu, work[0])
        (now,) = [one for one in queries.team_states(bayu, work[0]) if one.id == work[2]]
        (entry,) = queries.register_get(bayu, work[0]).entries
        (met,) = queries.encounter_list(bayu, work[0])
    assert (message.text, message.by, message.written_at, message.state) == (
        TEXT, "Bayu", DAY, JournalState.SETTLED,
    )  # fmt: skip
    assert [(step.by, step.at, step.brought) for step in message.steps] == [("Bayu", DAY, MARK)]
    assert (now.state, now.said_by, now.since, now.brought) == (TeamState.UNDERWAY, "Dodi", DAY, MARK)
    assert (entry.text, entry.by, entry.written_at) == ("Jari terjepit pintu.", "Dodi", DAY)
    assert (met.state, met.decided_by, met.reported_at) == (EncounterState.APPROVED, "Hasan", DAY)
    assert {message.brought, entry.brought, met.brought} == {MARK}


def test_a_file_is_one_deed_of_the_carrier_and_the_log_says_how_many_of_each_and_no_word(work):
    (file,) = handed_over(work, lambda: noted(work))
    came(file)
    (line,) = logged()
    assert (line.actor_name, line.subject_kind) == ("Bayu", "post")
    for said in ('"jurnal:diterima":1', '"gerak:diterima":1', '"register:diterima":1', str(dodi.id)):
        assert said in line.body
    assert '"pemeriksaan_langsung:diterima":1' in line.body
    assert "Genset" not in line.body
    (whole,) = logged("findings:notes:brought")
    assert whole.actor_name == "Bayu"
    came(file)
    assert any('"jurnal:sudah_ada":1' in line.body for line in logged())


def test_twice_is_once(work):
    (file,) = handed_over(work, lambda: noted(work))
    came(file)
    assert set(words(came(file))) == {SAME}
    with acting_as(ratna):
        counts = [kind.objects.count() for kind in (JournalEntry, TeamMovement, RegisterEntry, Encounter)]
    assert counts == [1, 1, 1, 1]


def test_a_message_that_grew_gets_its_new_step_and_keeps_what_the_office_did_meanwhile(work):
    entries = []
    files = handed_over(
        work,
        lambda: entries.append(written(work[0], owner=world.BATULICIN)),
        lambda: settled(entries[0]),
    )
    assert words(came(files[0])) == [NEW]
    with clock.standing_at(DAY + timedelta(minutes=5)), acting_as(hasan):
        actions.journal_settle(hasan, entry_id=entries[0], because="Sudah dijawab lewat radio.")
    with clock.standing_at(LATER):
        assert words(came(files[1])) == [GROWN]
        assert words(came(files[0])) == [SAME]
    with acting_as(bayu):
        (message,) = queries.journal_list(bayu, work[0])
    assert [(step.by, step.brought) for step in message.steps] == [("Bayu", MARK), ("Hasan", None)]
    # And the office goes on counting for itself.
    with acting_as(bayu):
        actions.journal_pass(bayu, entry_id=entries[0], owner=world.BATULICIN, because="Mati lagi.")


def test_what_grew_later_is_of_the_day_on_which_it_grew_too(work):
    with elsewhere():
        entry = written(work[0], owner=world.BATULICIN)
        met = encounters.reported(work[2])
        with clock.standing_at(DAY + timedelta(days=1)):
            settled(entry)
            encounters.decided(met, hasan)
            file = notes_file(work[0], "2024-08-23")
    with clock.standing_at(DAY + timedelta(days=2)):
        assert words(came(file)) == [NEW, NEW]
    with acting_as(bayu):
        assert queries.journal_list(bayu, work[0])[0].state is JournalState.SETTLED
        assert queries.encounter_get(bayu, met).state is EncounterState.APPROVED


def test_a_corrected_message_and_entry_come_with_what_they_correct_from_whichever_day(work):
    made = []

    def first():
        made.extend([written(work[0]), registered(work[0])])

    with elsewhere():
        first()
        with clock.standing_at(DAY + timedelta(days=1)):
            words_ = {"corrects": made[0], "because": "Jamnya keliru."}
            written(work[0], text="Genset pos mati sejak pagi.", **words_)
            registered(work[0], corrects=made[1], because="Bukan jari.", text="Tangan terjepit.")
            files = [notes_file(work[0], on) for on in ("2024-08-23", "2024-08-22")]
    with clock.standing_at(DAY + timedelta(days=2)):
        assert words(came(files[0])) == [NEW] * 4
        assert set(words(came(files[1]))) == {SAME}
    with acting_as(bayu):
        assert [m.is_corrected for m in queries.journal_list(bayu, work[0])] == [False, True]
        assert [e.is_corrected for e in queries.register_get(bayu, work[0]).entries].count(True) == 1


def test_movements_of_post_and_office_stand_by_their_hours(work):
    def at_the_post():
        moved(work[2], TeamState.UNDERWAY)
        with clock.standing_at(DAY + timedelta(hours=2)):
            moved(work[2], TeamState.ON_SITE, target_id=work[1])

    (file,) = handed_over(work, at_the_post)
    with clock.standing_at(DAY + timedelta(hours=1)):
        moved(work[2], TeamState.UNDERWAY, by=bayu)
    with clock.standing_at(LATER):
        assert words(came(file)) == [NEW, NEW]
        with acting_as(bayu):
            log = queries.movement_list(bayu, work[2])
        assert [(one.after, one.by, bool(one.brought)) for one in log] == [
            (TeamState.UNDERWAY, "Dodi", True),
            (TeamState.UNDERWAY, "Bayu", False),
            (TeamState.ON_SITE, "Dodi", True),
        ]
        # From there the office goes on: the team is on site.
        moved(work[2], TeamState.AT_OFFICE, by=bayu)
    with acting_as(bayu):
        assert TeamMovement.objects.filter(brought_at=None).count() == 2


def test_the_clock_of_an_order_that_must_follow_runs_from_the_check_at_the_post(work):
    def at_the_post():
        met = encounters.approved(work[2])
        checked(met, DAY + timedelta(minutes=30), has_finding=True)

    (file,) = handed_over(work, at_the_post)
    with clock.standing_at(DAY + timedelta(days=3)):
        assert words(came(file)) == [NEW]
        with acting_as(bayu):
            (met,) = queries.encounter_list(bayu, work[0])
            (due,) = queries.orders_due(bayu, work[0])
        assert (met.state, str(met.check_on), met.order_state) == (
            EncounterState.FOUND, "2024-08-22", OrderState.TO_FOLLOW,
        )  # fmt: skip
        assert (str(due.clock.last_day), due.clock.days_late) == ("2024-08-23", 2)
        assert set(words(came(file))) == {SAME}
        with acting_as(ratna):
            assert Order.objects.filter(encounter=met.id).count() == 1
        assert [line.actor_name for line in logged("operations:order:owed")] == ["Bayu"]


def test_a_check_reported_at_the_post_waits_at_home_for_whoever_decides(work):
    files = handed_over(work, lambda: encounters.reported(work[2]))
    came(files[0])
    with acting_as(hasan):
        (met,) = queries.encounters_waiting(hasan)
    encounters.decided(met.id, hasan, is_approved=False)
    assert words(came(files[0])) == [SAME]


def test_where_post_and_office_decided_differently_the_offices_decision_stands_and_the_line_says_so(work):
    made = []
    files = handed_over(
        work, lambda: made.append(encounters.reported(work[2])), lambda: encounters.decided(made[0], hasan)
    )
    came(files[0])
    encounters.decided(made[0], hasan, is_approved=False)
    answer = brought(files[1])
    (line,) = answer.context["notes"]
    assert (line.word, "Putusan kantor tetap" in line.because) == (PART, True)
    with acting_as(bayu):
        assert queries.encounter_get(bayu, made[0]).state is EncounterState.REFUSED


def test_another_office_brings_nothing_in_and_an_officer_is_told_whose_file_it_is(work):
    (file,) = handed_over(work, lambda: noted(work))
    answer = brought(file, by=citra)
    assert answer.status_code == 422
    assert "pos kantor lain" in answer.content.decode()
    assert "kepala seksi" in brought(file, by=dodi).content.decode()
    with acting_as(ratna):
        assert not JournalEntry.objects.exists()


def test_rows_of_another_office_or_team_are_refused(work):
    (file,) = handed_over(work, lambda: noted(work))
    assert brought(forged(file, unit_code=world.PALEMBANG)).status_code == 422
    assert brought(forged(file, operation_id=uuid4())).status_code == 422
    notes = opened(file).notes[0]
    strange = replace(notes.movements[0], team_id=uuid4()), replace(notes.encounters[0], team_id=uuid4())
    about = replace(notes.journal[0], about=world.PALEMBANG)
    owner = replace(notes.journal[0], id=uuid4(), owner=world.PALEMBANG)
    spoilt = {"movements": (strange[0],), "encounters": (strange[1],), "journal": (about, owner)}
    assert sorted(words(came(forged(file, **spoilt)))) == [NEW, *[REFUSED] * 4]


def decided_by(met, who):
    """Return a check as if somebody else had decided it at the post."""
    return replace(met, steps=(met.steps[0], replace(met.steps[1], by_id=who.id)))


@pytest.mark.parametrize(
    "spoilt", ["author", "right", "hour", "words", "own", "desk", "text", "skipped", "day"]
)
def test_a_note_that_its_author_could_not_have_written_there_is_refused_and_the_rest_comes_in(work, spoilt):
    (file,) = handed_over(work, lambda: noted(work))
    notes = opened(file).notes[0]
    message, met, moving = notes.journal[0], notes.encounters[0], notes.movements[0]
    decision = met.steps[1]
    found = replace(decision, after=EncounterState.FOUND, by_id=dodi.id)
    changes = {
        # Of the operation's centre, and in no outfit.
        "author": {"journal": (replace(message, by_id=ratna.id),)},
        "right": {"journal": (replace(message, by_id=dodi.id),)},
        "hour": {"journal": (replace(message, at=DAY + timedelta(days=2)),)},
        "words": {"journal": (replace(message, text="Pesan\u202e lain"),)},
        "own": {"encounters": (decided_by(met, dodi),)},
        "desk": {"encounters": (decided_by(met, bayu),)},
        # The clock of its order would start when somebody likes.
        "day": {"encounters": (replace(met, check_on=date(2024, 8, 30), steps=(*met.steps, found)),)},
        "text": {"register": (replace(notes.register[0], done=""),)},
        "skipped": {"movements": (replace(moving, before=TeamState.AT_OFFICE, after=TeamState.ON_SITE),)},
    }[spoilt]
    answers = words(came(forged(file, **changes)))
    assert sorted(answers) == sorted([NEW, NEW, NEW, PART if spoilt in {"own", "desk", "day"} else REFUSED])


def test_a_decision_under_a_key_that_was_withdrawn_is_left_to_the_office_and_the_rest_says_so(work):
    (file,) = handed_over(work, lambda: noted(work))
    with acting_as(ratna):
        User.objects.filter(pk__in=[hasan.id, dodi.id]).update(session_key=7)
    found = brought(file).context["notes"]
    assert sorted(str(note.word) for note in found) == [NEW, NEW, NEW, PART]
    with acting_as(hasan):
        assert [met.state for met in queries.encounters_waiting(hasan)] == [EncounterState.REPORTED]
    with acting_as(bayu):
        (entry,) = queries.register_get(bayu, work[0]).entries
        (message,) = queries.journal_list(bayu, work[0])
    assert (entry.brought.is_doubtful, message.brought.is_doubtful) == (True, False)
    page = signed_in(Client(), bayu).get(reverse("operations:register", args=[work[0]])).content.decode()
    assert "kunci penulisnya sudah dicabut" in page


def test_a_head_who_goes_with_the_team_decides_none_of_its_checks(work):
    other = world.approved(work[0], name="Gudang", address="Jalan Lain 2")
    team = world.team(work[0], other, name="Regu 2", leader=hasan, member_ids=(world.edi.id,))
    (file,) = handed_over(work, lambda: encounters.reported(team, by=world.edi))
    (met,) = opened(file).notes[0].encounters
    decision = replace(met.steps[0], after=EncounterState.APPROVED, by_id=hasan.id, because="Jelas.")
    answer = brought(forged(file, encounters=(replace(met, steps=(*met.steps, decision)),)))
    (line,) = answer.context["notes"]
    assert (line.word, "anggota regunya" in line.because) == (PART, True)
    with acting_as(bayu):
        assert queries.encounter_get(bayu, met.id).state is EncounterState.REPORTED


def test_another_content_under_the_same_code_changes_nothing(work):
    (file,) = handed_over(work, lambda: noted(work))
    came(file)
    notes = opened(file).notes[0]
    other = {
        "journal": (replace(notes.journal[0], text="Lain."),),
        "movements": (replace(notes.movements[0], because="Lain."),),
        "register": (replace(notes.register[0], text="Lain."),),
        "encounters": (replace(notes.encounters[0], met="Lain."),),
    }
    assert set(words(came(forged(file, **other)))) == {REFUSED}
    with acting_as(bayu):
        assert [m.text for m in queries.journal_list(bayu, work[0])] == [TEXT]


@pytest.mark.parametrize("spoilt", ["byte", "end", "head", "operation"])
def test_a_file_that_was_changed_opens_nowhere_and_says_so(work, spoilt):
    (file,) = handed_over(work, lambda: written(work[0]))
    if spoilt == "byte":
        file = file[:-40] + bytes([file[-40] ^ 1]) + file[-39:]
    elif spoilt == "end":
        file = file[:-9]
    elif spoilt == "head":
        file = file.replace(b'"key_id"', b'"key_di"')
    else:
        file = file.replace(str(work[0]).encode(), str(uuid4()).encode(), 1)
    answer = brought(file)
    assert answer.status_code == 422
    assert "Berkas catatan ini tidak terbuka" in answer.content.decode()


def test_only_the_office_opens_the_file_and_its_length_tells_little(work):
    files = handed_over(work, lambda: written(work[0]), lambda: noted(work))
    assert len({len(file) for file in files}) == 1
    with override_settings(SECRET_KEY="kantor lain"), pytest.raises(NoteFileUnreadable):
        opened(files[0])
    with at_post(work[0]), override_settings(SECRET_KEY="laptop"), pytest.raises(NoteFileUnreadable):
        opened(files[0])
    load, proven = note_file_read(SimpleUploadedFile("a", files[1]))
    assert proven == {bayu.id: False, dodi.id: False, hasan.id: False}
    assert load.operation_id == work[0]


def test_a_day_of_notes_alone_is_listed_and_taken_by_whoever_may_carry(work):
    with at_post(work[0]):
        page = signed_in(Client(), bayu).get(reverse("posts:day"))
        assert page.context["days"] == []
    noted(work)
    with at_post(work[0]):
        page = signed_in(Client(), bayu).get(reverse("posts:day"))
        assert signed_in(Client(), citra).get(reverse("posts:day")).context["days"] == []
    (shown,) = page.context["days"]
    assert (shown.line.reports, shown.line.notes, shown.line.parts) == (0, 4, ())
    assert "Catatan pos" in page.content.decode()
    for refused in ({"by": dodi}, {"by": citra}, {"hari": "2024-08-23"}, {"bagian": 2}):
        assert day_of(work[0], **({"jenis": "catatan"} | refused)).status_code == 404
    notes_file(work[0])
    (line,) = logged("findings:notes:taken")
    assert (line.actor_name, '"notes":4' in line.body) == ("Bayu", True)
