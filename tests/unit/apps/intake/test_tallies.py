"""What rows left unknown is counted by rows, with a few examples of what was written."""

from timpora.apps.intake.cells import note_of
from timpora.apps.intake.tallies import EXAMPLES, tallied


def rows(*written: str):
    return [[note_of("region", "{seen}", text)] for text in written]


def test_rows_are_counted_and_examples_are_few_and_different():
    found = tallied({}, rows("1", "2", "2", "3", "4", "5"))
    assert found == {"region": (6, ["1", "2", "3"])}
    assert EXAMPLES == 3


def test_a_later_batch_is_added_and_the_former_is_left_as_it_was():
    before = tallied({}, rows("1"))
    assert tallied(before, rows("2")) == {"region": (2, ["1", "2"])}
    assert before == {"region": (1, ["1"])}


def test_a_row_counts_once_for_each_field():
    twice = [[*rows("1")[0], *rows("2")[0], note_of("sex", "{seen}", "?")]]
    assert tallied({}, twice) == {"region": (1, ["2"]), "sex": (1, ["?"])}
