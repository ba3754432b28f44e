"""The log takes every act, keeps it, and seals it in the tree."""

from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import bayu, citra, machine
from timpora.domain.merkle import tree_head
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.act import Act, SilentActError, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.log import sequence
from timpora.kernel.audit.models import Checkpoint, Entry
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as
from timpora.kernel.outbox.models import Message

pytestmark = pytest.mark.django_db


@deed(P.OPERATIONS_TARGET_PROPOSE, tag=Tag.OPERATIONS_TARGET_PROPOSED)
def target_note(act: Act, *, place: str) -> str:
    subject = act.upon(Subject(kind="target", id="t1", places=(place,)), payload="rahasia")
    act.publish(subject)
    return place


@deed(P.OPERATIONS_TARGET_PROPOSE, tag=Tag.OPERATIONS_TARGET_PROPOSED)
def target_forget(act: Act) -> None:
    Message.objects.create(tag="x", subject_kind="x", subject_id="x", territories=["63.10"], at=act.at)


def test_a_deed_writes_its_entry_and_its_news():
    with acting_as(bayu):
        assert target_note(bayu, place="63.10.01") == "63.10.01"
        entry = Entry.objects.get()
        assert (entry.tag, entry.actor_name, entry.purpose) == (
            "operations:target:proposed",
            "Bayu",
            "operasi: Jagratara II",
        )
        assert "rahasia" not in entry.body
        assert Message.objects.get().territories == ["63", "63.10", "63.10.01", "ID"]


@pytest.mark.parametrize("place", ["16.71", "63.1", "ID", "63"])
def test_a_foreign_territory_is_refused_and_leaves_nothing(place):
    with acting_as(bayu), pytest.raises((AccessDenied, ValueError)):
        target_note(bayu, place=place)
    with acting_as(machine):
        assert not Entry.objects.exists()


def test_a_silent_deed_is_undone():
    with acting_as(bayu), pytest.raises(SilentActError):
        target_forget(bayu)
    with acting_as(machine):
        assert not Message.objects.exists()


def test_entries_are_read_within_a_territory_only():
    with acting_as(bayu):
        target_note(bayu, place="63.10")
        assert Entry.objects.count() == 1
    with acting_as(citra):
        assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor_name = 'Orang lain'",
        "UPDATE audit_entry SET seq = 7, tag = 'lain'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
    ],
)
def test_no_entry_is_ever_changed(statement):
    with acting_as(machine), connection.cursor() as cursor:
        target_note(bayu, place="63.10")
        with suppress(DatabaseError), transaction.atomic():
            cursor.execute(statement)
        kept = Entry.objects.get()
        assert (kept.actor_name, kept.seq, kept.tag) == ("Bayu", None, "operations:target:proposed")


def test_the_sequencer_grows_one_tree_over_all_entries():
    with acting_as(machine):
        for _ in range(3):
            target_note(bayu, place="63.10")
        assert sequence() == 3
        target_note(bayu, place="63.02")
        assert sequence() == 1
        assert sequence() == 0
        leaves = [bytes(leaf) for leaf in Entry.objects.order_by("seq").values_list("leaf", flat=True)]
        assert [e.seq for e in Entry.objects.order_by("seq")] == [0, 1, 2, 3]
        newest = Checkpoint.objects.order_by("-size")[0]
        assert (newest.size, bytes(newest.root)) == (4, tree_head(leaves))


@pytest.mark.parametrize(
    ("column", "value"), [("seq", "7"), ("leaf", "decode(repeat('00', 32), 'hex')"), ("body", "'{}'")]
)
def test_no_entry_takes_a_place_of_its_own_or_another_hash(column, value):
    columns = [field.column for field in Entry._meta.concrete_fields]
    told = ", ".join(
        "gen_random_uuid()" if name == "id" else value if name == column else name for name in columns
    )
    with acting_as(machine), connection.cursor() as cursor:
        target_note(bayu, place="63.10")
        with pytest.raises(DatabaseError, match="numbered by the sequencer"), transaction.atomic():
            cursor.execute(f"INSERT INTO audit_entry ({', '.join(columns)}) SELECT {told} FROM audit_entry")
        assert Entry.objects.count() == 1
