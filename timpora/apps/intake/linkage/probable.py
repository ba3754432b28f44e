"""Splink on DuckDB: pairs with a probability, and the reasons in sentences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import duckdb
import pyarrow as arrow
from splink import DuckDBAPI, Linker

from timpora.apps.intake.linkage.certain import certain_pairs, held_against
from timpora.apps.intake.linkage.features import COLUMNS, Row, columns_of, meeting
from timpora.apps.intake.linkage.model import COMPARISONS, DOUBTFUL_FROM, SAME_FROM, settings, trained
from timpora.apps.intake.linkage.records import Evidence, LinkRecord, Links, Pair, Verdict

TABLE: Final = "records"


def link(records: Iterable[LinkRecord]) -> Links:
    """Return every pair that is, or may be, one person: by document, then by probability.

    The same records give the same pairs, in any order and number. Known persons are compared with
    the new records only.
    """
    given = sorted(records, key=lambda record: record.id)
    found = {(pair.left, pair.right): pair for pair in certain_pairs(given)}
    if any(not record.is_known for record in given):
        held = {record.id: record for record in given}
        for pair in _probable_pairs(given):
            found.setdefault((pair.left, pair.right), held_against(pair, held[pair.left], held[pair.right]))
    pairs = sorted(found.values(), key=lambda pair: (-pair.match_weight, pair.left, pair.right))
    return Links(tuple(pairs), str(trained()["version"]))


def _probable_pairs(records: Iterable[LinkRecord]) -> Iterator[Pair]:
    rows = meeting([columns_of(record) for record in records])
    if not rows:
        return
    asked = _questions()
    with _database().cursor() as connection:
        load(connection, rows)
        connection.execute(f"CREATE TEMP TABLE {asked.pairs} AS {asked.which}")
        if connection.fetchone() == (0,):
            return
        cells = ", ".join(f"gamma_{one.field}, mw_{one.field}" for one in COMPARISONS)
        found = connection.execute(
            f"SELECT unique_id_l, unique_id_r, match_probability, match_weight, {cells} "  # noqa: S608, own names
            f"FROM ({asked.weights}) ORDER BY unique_id_l, unique_id_r"
        ).fetchall()
    yield from map(_pair, found)


@dataclass(frozen=True, slots=True)
class _Questions:
    """What Splink asks of the loaded table: which pairs to look at, kept as `pairs`, and what they weigh."""

    pairs: str
    which: str
    weights: str


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Return the DuckDB of this process, in memory: to start one takes as long as to compare a short list.

    It stays empty: each list is compared over a cursor of its own, in temporary tables that end with it.
    """
    return duckdb.connect(":memory:")


@cache
def _questions() -> _Questions:
    """Let Splink write once what it asks of every list, for that takes longer than DuckDB's answer.

    The SQL follows from the model and the columns alone; no record is needed and none decides it.
    """
    with duckdb.connect(":memory:") as connection:
        load(connection, [columns_of(LinkRecord("", ()))])
        linker = linker_on(connection, settings(trained()))
        pairs = linker.inference.compute_blocked_pairs_for_predict()
        scored = linker.inference.predict(threshold_match_probability=DOUBTFUL_FROM)
    return _Questions(pairs.physical_name, pairs.sql_used_to_create, scored.sql_used_to_create)


def load(connection: duckdb.DuckDBPyConnection, rows: Iterable[Row]) -> None:
    """Put the records' columns into the table that Splink reads; it is gone with the connection."""
    types = {"VARCHAR": arrow.string(), "BOOLEAN": arrow.bool_(), "VARCHAR[]": arrow.list_(arrow.string())}
    schema = arrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    columns = zip(*rows, strict=True)
    arrays = [arrow.array(list(cells), field.type) for cells, field in zip(columns, schema, strict=True)]
    connection.register("incoming", arrow.Table.from_arrays(arrays, schema=schema))
    connection.execute(f"CREATE TEMP TABLE {TABLE} AS SELECT * FROM incoming")  # noqa: S608, own names
    connection.unregister("incoming")


def linker_on(connection: duckdb.DuckDBPyConnection, chosen: dict[str, Any]) -> Linker:
    """Return Splink's linker over the loaded table.

    Splink is not asked to look for misspelt columns in settings that are ours: it only logs them, and takes
    as long for that as for comparing a short list.
    """
    api = DuckDBAPI(connection=connection)
    return Linker(api.register(TABLE), chosen, log_level=None, validate_settings=False)


def _pair(row: tuple[Any, ...]) -> Pair:
    left, right, probability, weight, *answers = row
    evidence = tuple(_evidence(answers))
    verdict = Verdict.SAME if probability >= SAME_FROM else Verdict.DOUBTFUL
    one, other = sorted((left, right))
    return Pair(one, other, probability, weight, verdict, evidence)


def _evidence(answers: list[Any]) -> Iterator[Evidence]:
    for at, one in enumerate(COMPARISONS):
        gamma, weight = answers[2 * at], answers[2 * at + 1]
        # Splink counts levels from the bottom: 0 is "else", -1 is unknown on either side.
        if gamma >= 0:
            level = one.levels[len(one.levels) - 1 - gamma]
            yield Evidence(one.field, level.sentence, round(weight, 3))
