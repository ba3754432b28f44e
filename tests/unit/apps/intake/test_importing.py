"""The next rows are read while the last are stored: in order, all of them, and a refusal comes through."""

import threading

import pytest

from timpora.apps.intake.errors import IntakeError
from timpora.apps.intake.importing import _ahead


def test_batches_come_in_their_order_and_none_is_lost():
    assert list(_ahead(iter([[1], [2], [3]]))) == [[1], [2], [3]]
    assert list(_ahead(iter([]))) == []


def test_the_next_batch_is_read_while_the_last_is_in_hand():
    begun = threading.Event()

    def batches():
        yield [1]
        begun.set()
        yield [2]

    coming = _ahead(batches())
    assert next(coming) == [1]
    assert begun.wait(10)
    assert next(coming) == [2]


def test_what_the_reader_refuses_is_refused_where_the_batch_is_wanted():
    def batches():
        yield [1]
        raise IntakeError

    coming = _ahead(batches())
    assert next(coming) == [1]
    with pytest.raises(IntakeError):
        next(coming)
