"""Many rows at once: COPY into a passing table, then one INSERT, since COPY is refused under row security."""

from collections.abc import Iterable, Sequence

from django.db import connection


def rows_add(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Insert `rows` into `table`, skipping those already there, and return how many were new.

    Values are given in the order of `columns` as Python values. Table and columns are names of ours,
    never input.
    """
    named = ", ".join(columns)
    passing = f"incoming_{table}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {passing} ON COMMIT DELETE ROWS AS "  # noqa: S608 - our names
            f"SELECT {named} FROM {table} WITH NO DATA",
        )
        cursor.execute(f"TRUNCATE {passing}")
        with cursor.copy(f"COPY {passing} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {table} ({named}) SELECT {named} FROM {passing} ON CONFLICT DO NOTHING",  # noqa: S608
        )
        return int(cursor.rowcount)


def rows_change(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Set `columns` of rows of `table` found by their first column, in one UPDATE; return how many."""
    named = ", ".join(columns)
    key, *changed = columns
    sets = ", ".join(f"{name} = n.{name}" for name in changed)
    passing = f"changing_{table}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {passing} ON COMMIT DELETE ROWS AS "  # noqa: S608 - our names
            f"SELECT {named} FROM {table} WITH NO DATA",
        )
        cursor.execute(f"TRUNCATE {passing}")
        with cursor.copy(f"COPY {passing} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"UPDATE {table} t SET {sets} FROM {passing} n WHERE t.{key} = n.{key}")  # noqa: S608
        return int(cursor.rowcount)
