"""What an office command says where nothing runs: a sentence, and a fault of ours stays a fault."""

import pytest
from django.db import OperationalError
from psycopg import errors
from psycopg_pool import PoolTimeout

from timpora import __main__ as command

WORDS = ["timpora", "audit", "verify"]


def failing(monkeypatch, cause):
    def fail(_words):
        raise OperationalError(str(cause)) from cause

    monkeypatch.setattr(command, "execute_from_command_line", fail)


def test_without_a_database_a_command_says_what_to_do(monkeypatch):
    failing(monkeypatch, PoolTimeout("couldn't get a connection after 5.00 sec"))
    monkeypatch.setattr("sys.argv", WORDS)
    with pytest.raises(SystemExit, match=r"Basis data tidak menjawab .*make run.*TIMPORA_DATA"):
        command.main()


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (errors.DeadlockDetected("deadlock detected"), WORDS),
        (PoolTimeout("couldn't get a connection"), [*WORDS, "--traceback"]),
    ],
)
def test_a_fault_of_the_database_itself_and_one_that_is_asked_for_are_shown_whole(monkeypatch, cause, words):
    failing(monkeypatch, cause)
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(OperationalError):
        command.main()
