"""Files of notes in any order, some twice, some taken half-way: at home the same as each once in order."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import bayu, dodi, hasan, ratna
from tests.conftest import DAY
from tests.db.interface.post_days import at_post, teamed
from tests.db.interface.post_notes import checked, elsewhere, moved, registered, settled, written
from tests.db.operations import encounters, world
from tests.depth import times
from timpora.apps.findings import queries as reports
from timpora.apps.findings.actions import notes_bring, notes_take
from timpora.apps.operations import actions
from timpora.apps.operations.models import (
    Encounter,
    EncounterStep,
    JournalEntry,
    JournalStep,
    Order,
    RegisterEntry,
    TeamMovement,
)
from timpora.domain.states import TeamState
from timpora.interface.note_file import note_file_read, note_file_write
from timpora.kernel import clock
from timpora.kernel.database.session import acting_as
from timpora.kernel.errors import Refusal

pytestmark = pytest.mark.django_db
KINDS = ("pesan", "selesai", "terus", "koreksi", "register", "ralat", "gerak", "lapor", "putus", "periksa")
HOME = DAY + timedelta(days=30)
# What differs between two ways home: who carried it when is told, and an order owed gets its code at home.
OWN = {"id", "brought_at", "order_id", "drafted_at"}


@pytest.fixture
def work():
    return teamed()


class Post:
    """A post where things happen; what its state forbids does not happen."""

    def __init__(self, work: tuple[UUID, UUID, UUID]) -> None:
        self.operation, self.target, self.team = work
        self.messages: list[UUID] = []
        self.entries: list[UUID] = []
        self.met: list[UUID] = []

    def do(self, kind: str, which: int) -> None:
        with transaction.atomic():
            try:
                self._doings()[kind](which)
            except (Refusal, IndexError):
                transaction.set_rollback(True)

    def _doings(self) -> dict[str, Callable[[int], object]]:
        return {
            "pesan": lambda _n: self.messages.append(written(self.operation, owner=world.BATULICIN)),
            "selesai": lambda n: settled(self.messages[n]),
            "terus": lambda n: self._passed(self.messages[n]),
            "koreksi": lambda n: self.messages.append(
                written(self.operation, corrects=self.messages[n], because="Keliru jamnya.")
            ),
            "register": lambda _n: self.entries.append(registered(self.operation)),
            "ralat": lambda n: self.entries.append(
                registered(self.operation, corrects=self.entries[n], because="Keliru tempatnya.")
            ),
            "gerak": lambda n: moved(self.team, list(TeamState)[n % 3], because="Diralat." if n else ""),
            "lapor": lambda n: self.met.append(encounters.reported(self.team, place=f"Gudang {n}")),
            "putus": lambda n: encounters.decided(self.met[n], hasan, is_approved=n % 2 == 0),
            "periksa": lambda n: checked(self.met[n % 2], clock.now(), has_finding=n > 1),
        }

    def _passed(self, entry: UUID) -> None:
        with acting_as(hasan):
            actions.journal_pass(hasan, entry_id=entry, owner=world.BATULICIN, because="Diteruskan.")


def cut(operation: UUID, on: date) -> bytes | None:
    """Return the file of a day as it stands, or nothing where nothing was noted."""
    with acting_as(bayu):
        if on not in {line.on for line in reports.day_list(bayu) if line.operation_id == operation}:
            return None
        load = notes_take(bayu, operation_id=operation, on=on)
    with at_post(operation):
        return note_file_write(load)


def brought(files: list[bytes]) -> dict[str, list[dict[str, object]]]:
    """Bring files in, and return all that stands at home then; nothing of it remains."""
    with elsewhere(), clock.standing_at(HOME):
        for file in files:
            load, proven = note_file_read(SimpleUploadedFile("a", file))
            with acting_as(bayu):
                answers = notes_bring(bayu, load=load, proven=proven)
            assert {answer.because for answer in answers} == {""}
        with acting_as(ratna):
            return {kind.__name__: rows(kind) for kind in STANDING}


STANDING = (JournalEntry, JournalStep, TeamMovement, RegisterEntry, Encounter, EncounterStep, Order)


def rows(kind) -> list[dict[str, object]]:
    names = [f.attname for f in kind._meta.concrete_fields]
    own = OWN - ({"id"} if kind in {JournalEntry, RegisterEntry, Encounter} else set())
    found = [{n: v for n, v in row.items() if n not in own} for row in kind.objects.values(*names)]
    return sorted(found, key=str)


doings = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 3), st.integers(1, 20), st.booleans()),
    min_size=3,
    max_size=14,
)


def happened(work, done) -> tuple[list[bytes], list[bytes]]:
    """Return the files of every day once all was over, and others that were taken half-way."""
    at: datetime = DAY
    post, half, days = Post(work), [], [DAY.date()]
    with elsewhere():
        for kind, which, hours, is_cut in done:
            with clock.standing_at(at):
                post.do(kind, which)
                half += [cut(work[0], DAY.date() + timedelta(days=at_)) for at_ in range(6)] if is_cut else []
            at += timedelta(hours=hours)
        days = [DAY.date() + timedelta(days=passed) for passed in range(15)]
        with clock.standing_at(at):
            whole = [cut(work[0], on) for on in days]
    return [file for file in whole if file], [file for file in half if file]


@given(done=doings, data=st.data())
@settings(max_examples=times(6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_files_come_in_whichever_order_home_is_the_same(work, done, data):
    whole, half = happened(work, done)
    straight = brought(whole)
    some = data.draw(st.lists(st.sampled_from([*whole, *half]), max_size=4)) if whole else []
    shuffled = data.draw(st.permutations([*whole, *some]))
    assert brought(shuffled) == straight


def test_the_property_speaks_of_everything(work):
    done = [
        ("gerak", 1, 1, True), ("pesan", 0, 1, True), ("selesai", 0, 20, True), ("koreksi", 0, 20, True),
        ("register", 0, 1, True), ("ralat", 0, 20, True), ("lapor", 0, 1, True), ("putus", 0, 1, True),
        ("periksa", 0, 20, True), ("periksa", 2, 1, True),
    ]  # fmt: skip
    whole, half = happened(work, done)
    straight = brought(whole)
    counts = {kind: len(found) for kind, found in straight.items()}
    assert counts == {
        "JournalEntry": 2, "JournalStep": 2, "TeamMovement": 1, "RegisterEntry": 2,
        "Encounter": 1, "EncounterStep": 4, "Order": 2,
    }  # fmt: skip
    assert brought([*reversed(whole), *half, *whole]) == straight
    assert brought([*reversed(half), *whole]) == straight
    assert dodi.id in {row["by_id"] for row in straight["TeamMovement"]}
