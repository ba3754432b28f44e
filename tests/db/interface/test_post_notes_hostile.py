"""Files of notes that whoever holds a post's laptop made to break the office: it takes nothing of that."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import uuid4

import pytest

from tests.cast import bayu
from tests.conftest import DAY
from tests.db.interface.post_days import at_post, brought, teamed
from tests.db.interface.post_notes import forged, handed_over, noted, opened
from tests.db.operations import world
from timpora.apps.findings.types import ClosureNote
from timpora.interface import note_file
from timpora.interface.note_file import note_file_write

pytestmark = pytest.mark.django_db
# Stored, this is a year before Christ, which no page reads again.
BEGINNING = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
LONG = "x" * 200_000


@pytest.fixture
def work():
    return teamed()


def spoilt(notes, what):
    message, moving = notes.journal[0], notes.movements[0]
    entry, met = notes.register[0], notes.encounters[0]
    first = message.steps[0]

    def stepped(**words):
        return {"journal": (replace(message, steps=(replace(first, **words),)),)}

    def reported(**words):
        return {"encounters": (replace(met, steps=(replace(met.steps[0], **words), *met.steps[1:])),)}

    return {
        "movement number": lambda: {"movements": (replace(moving, number=2**31),)},
        "step number": lambda: stepped(number=2**31),
        "number below": lambda: stepped(number=-1),
        "hour": lambda: {"journal": (replace(message, at=BEGINNING),)},
        "bare hour": lambda: {"journal": (replace(message, at=datetime(1, 1, 1)),)},  # noqa: DTZ001
        "noted": lambda: {"journal": (replace(message, noted_at=BEGINNING),)},
        "happened": lambda: {"register": (replace(entry, happened_at=BEGINNING),)},
        "last hour": lambda: {"journal": (replace(message, at=datetime.max.replace(tzinfo=UTC)),)},
        "step hour": lambda: stepped(at=BEGINNING),
        "reason": lambda: reported(because="a\0b"),
        "turned reason": lambda: reported(because="Jelas\u202e."),
        "day": lambda: {"encounters": (replace(met, check_on=date(1, 1, 1)),)},
        "long reason": lambda: reported(because=LONG),
    }[what]()


@pytest.mark.parametrize(
    "what",
    [
        "movement number",
        "step number",
        "number below",
        "hour",
        "bare hour",
        "noted",
        "happened",
        "last hour",
        "step hour",
        "day",
    ],
)
def test_a_file_of_hours_and_numbers_that_nothing_can_hold_is_refused_whole(work, what):
    (file,) = handed_over(work, lambda: noted(work))
    assert brought(forged(file, **spoilt(opened(file).notes[0], what))).status_code == 422
    assert [note.tone for note in brought(file).context["notes"]] == ["good"] * 4


@pytest.mark.parametrize("what", ["reason", "long reason", "turned reason"])
def test_a_reason_that_nobody_could_type_is_refused_alone(work, what):
    (file,) = handed_over(work, lambda: noted(work))
    answer = brought(forged(file, **spoilt(opened(file).notes[0], what)))
    assert answer.status_code == 200
    assert sorted(note.tone == "stop" for note in answer.context["notes"]) == [False, False, False, True]


@pytest.mark.parametrize("first", [2**63, -1])
def test_closed_numbers_that_nothing_can_hold_are_refused(work, first):
    (file,) = handed_over(work, lambda: noted(work))
    load = opened(file)
    told = {"id": uuid4(), "unit_code": world.BATULICIN, "device_id": uuid4(), "officer_name": "Dodi"}
    note = ClosureNote(**told, first=first, last=first, because="Hilang.", by_id=bayu.id, at=DAY)
    with at_post(work[0]):
        spoilt_file = note_file_write(replace(load, closures=(note,)))
    assert brought(spoilt_file).status_code == 422


def test_more_than_an_office_takes_in_while_somebody_waits_is_refused(work, monkeypatch):
    (file,) = handed_over(work, lambda: noted(work))
    count = len(list(opened(file).authors()))
    monkeypatch.setattr(note_file, "NOTES_MOST", count - 1)
    assert brought(file).status_code == 422
    monkeypatch.setattr(note_file, "NOTES_MOST", count)
    assert brought(file).status_code == 200
