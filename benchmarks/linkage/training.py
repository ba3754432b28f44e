"""Estimate the model's parameters from labelled records and write them as data."""

import json
from pathlib import Path

import duckdb
import pyarrow as arrow

from benchmarks.linkage.people import labelled
from timpora.apps.intake.linkage import model
from timpora.apps.intake.linkage.features import columns_of
from timpora.apps.intake.linkage.probable import TABLE, linker_on, load

# Another seed than the evaluation's: the model never saw the persons it is measured on.
SEED, PERSONS = 20240821, 30_000
TARGET = Path(model.__file__).with_name("model.json")
# No level is impossible: what 30,000 persons never did, the next one may.
SMALLEST = 1e-6


def train() -> None:
    records, truth = labelled(SEED, PERSONS)
    connection = duckdb.connect(":memory:")
    load(connection, [columns_of(record) for record in records])
    connection.execute(f"ALTER TABLE {TABLE} ADD COLUMN person INTEGER")
    connection.register("truth", arrow.table({"id": list(truth), "person": list(truth.values())}))
    connection.execute(f"UPDATE {TABLE} SET person = truth.person FROM truth WHERE truth.id = unique_id")
    linker = linker_on(connection, model.settings())
    linker.training.estimate_u_using_random_sampling(max_pairs=2e7, seed=1)
    linker.training.estimate_m_from_label_column("person")
    found = linker.misc.save_model_to_json()
    levels = {
        one["output_column_name"]: {
            level["label_for_charts"]: [_safe(level.get("m_probability")), _safe(level.get("u_probability"))]
            for level in one["comparison_levels"]
            if not level.get("is_null_level")
        }
        for one in found["comparisons"]
    }
    _write({"version": f"sintetis-{SEED}-{PERSONS}", "levels": levels})
    model.trained.cache_clear()


def measured_write(measured: dict[str, float]) -> None:
    """Keep the evaluation's figures beside the numbers they were measured with, to be shown to users."""
    _write(json.loads(TARGET.read_text("utf-8")) | {"measured": measured})


def _write(numbers: dict[str, object]) -> None:
    TARGET.write_text(json.dumps(numbers, indent=1) + "\n", "utf-8")


def _safe(value: float | None) -> float:
    return round(max(SMALLEST, value or 0.0), 9)
