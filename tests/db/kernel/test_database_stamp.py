"""The stamp says which program prepared a database, and is believed only where it can be."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from timpora.config.settings_test import SERVER
from timpora.kernel.database.embedded import SUPERUSER
from timpora.kernel.database.stamp import program_digest, stamp_read, stamp_write

PREPARED = """
CREATE TABLE django_migrations (id int);
CREATE TABLE kernel_clock (is_simulated boolean); INSERT INTO kernel_clock VALUES (false);
CREATE ROLE stamp_probe;
"""


@pytest.fixture
def database() -> Iterator[psycopg.Connection[Any]]:
    """A prepared database that vanishes with the transaction."""
    with psycopg.connect(**SERVER.address(SUPERUSER, "postgres").to_conninfo()) as connection:
        assert stamp_read(connection) == ("", False), "nothing is prepared yet"
        connection.execute(PREPARED)
        yield connection
        connection.rollback()


def test_what_is_written_is_read(database: psycopg.Connection[Any]) -> None:
    assert stamp_read(database) == ("", False)
    stamp_write(database, "abc demo")
    assert stamp_read(database) == ("abc demo", False)


def test_a_clock_set_by_hand_is_told(database: psycopg.Connection[Any]) -> None:
    database.execute("UPDATE kernel_clock SET is_simulated = true")
    assert stamp_read(database) == ("", True)


def test_a_schema_killed_half_way_counts_as_unprepared(database: psycopg.Connection[Any]) -> None:
    stamp_write(database, "abc")
    database.execute("SET LOCAL ROLE stamp_probe")
    assert stamp_read(database) == ("", False)


def test_the_digest_follows_code_and_data_but_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "law.toml").write_text("days = 60")
    before = program_digest(tmp_path)
    (tmp_path / "static" / "logo.svg").write_text("<svg/>")
    assert program_digest(tmp_path) == before
    (tmp_path / "law.toml").write_text("days = 61")
    assert program_digest(tmp_path) != before
