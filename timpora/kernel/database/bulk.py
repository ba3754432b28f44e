"""Many rows at once: COPY into a passing table, then one INSERT, since COPY is refused under row security."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection


def rows_add(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Insert `rows` into `table`, skipping those already there, and return how many were new.

    Values are given in the order of `columns` as Python values. Table and columns are names of ours,
    never input.
    """
    named = _named(columns)
    with connection.cursor() as cursor:
        passing = _pass(cursor, "incoming", table, named, rows)
        cursor.execute(
            f"INSERT INTO {table} ({named}) SELECT {named} FROM {passing} ON CONFLICT DO NOTHING",  # noqa: S608
        )
        return int(cursor.rowcount)


def rows_change(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Set `columns` of rows of `table` found by their first column, in one UPDATE; return how many."""
    key, *changed = columns
    sets = ", ".join(f'"{name}" = n."{name}"' for name in changed)
    with connection.cursor() as cursor:
        passing = _pass(cursor, "changing", table, _named(columns), rows)
        cursor.execute(f"UPDATE {table} t SET {sets} FROM {passing} n WHERE t.{key} = n.{key}")  # noqa: S608
        return int(cursor.rowcount)


def rows_there(table: str, ids: Collection[UUID]) -> set[UUID]:
    """Return which of these identifiers `table` holds, as far as the actor sees; one parameter for all."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE id = ANY(%s)", [list(ids)])  # noqa: S608 - our name
        return {row[0] for row in cursor.fetchall()}


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _pass(cursor: Any, how: str, table: str, named: str, rows: Iterable[Sequence[object]]) -> str:
    passing = f"{how}_{table}"
    cursor.execute(
        f"CREATE TEMP TABLE IF NOT EXISTS {passing} ON COMMIT DELETE ROWS AS "  # noqa: S608 - our names
        f"SELECT {named} FROM {table} WITH NO DATA",
    )
    cursor.execute(f"TRUNCATE {passing}")
    with cursor.copy(f"COPY {passing} ({named}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    return passing
