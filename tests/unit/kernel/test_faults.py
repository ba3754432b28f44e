"""A fault is logged with its place and kind, never with the words of the row it happened to (P34)."""

import logging

from timpora.kernel.faults import FaultFormatter

NAME, PASSPORT = "ERIKSSON ANNA", "L898902C3"


def find(rows):
    try:
        return rows[NAME]
    except KeyError as cause:
        raise ValueError(f"paspor {PASSPORT}") from cause


def record():
    try:
        find({})
    except ValueError as fault:
        info = (type(fault), fault, fault.__traceback__)
    return logging.LogRecord("timpora", logging.ERROR, "x.py", 1, "gagal: %s", ("/orang",), info)


def test_frames_and_kinds_are_told_and_words_are_not():
    text = FaultFormatter().format(record())
    assert "gagal: /orang" in text
    assert text.index("builtins.KeyError") < text.index("builtins.ValueError")
    assert "test_faults.py" in text
    assert NAME not in text
    assert PASSPORT not in text
