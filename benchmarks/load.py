"""Fills an installation for the measurements as the machine does: `TIMPORA_DATA=… python -m benchmarks.load`

Prints one JSON line of what it did and how long that took.
"""

import argparse
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.config.settings")
django.setup()

from benchmarks import crowd, ground  # noqa: E402
from timpora.apps.indications import actions as indications  # noqa: E402
from timpora.apps.registry import actions as registry  # noqa: E402
from timpora.apps.registry import queries  # noqa: E402
from timpora.apps.registry.types import NewRecord, Source  # noqa: E402
from timpora.apps.wilayah import queries as wilayah  # noqa: E402
from timpora.kernel.access.actor import system_actor  # noqa: E402
from timpora.kernel.access.machine_roles import MesinLatar  # noqa: E402
from timpora.kernel.database.session import acting_as  # noqa: E402

MACHINE = system_actor(MesinLatar.slug, "Ukuran")
BATCH = 2_000


def main() -> None:
    words = _words()
    told: dict[str, Any] = {}
    if words.persons:
        told["persons"] = words.persons
        told |= _persons_add(words.persons)
        told |= _rules_run(words.ruled)
    if words.ground:
        told["ground"] = ground.lay(words.ground)
    print(json.dumps(told))


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.load", description=__doc__)
    parser.add_argument("--persons", type=int, default=0)
    parser.add_argument("--ruled", type=int, default=20_000, help="persons that the rules are run over")
    parser.add_argument("--ground", type=int, default=0, help="targets of an operation, reports, cases")
    return parser.parse_args()


def _persons_add(count: int) -> dict[str, float]:
    with acting_as(MACHINE):
        regions = [
            row.code for province in wilayah.region_list() for row in wilayah.region_list(province.code)
        ]
    spent, rows = 0.0, 0
    for batch in _batches(count, regions):
        began = time.perf_counter()
        with acting_as(MACHINE):
            for places, records in batch.items():
                source = Source(agency="DITJENIM", label="Ukuran", reported_on=crowd.ON, places=(places,))
                rows += registry.records_add(MACHINE, source=source, records=records)
        spent += time.perf_counter() - began
    return {"records": rows, "records_seconds": spent}


def _batches(count: int, regions: Sequence[str]) -> Iterator[dict[str, list[NewRecord]]]:
    """Yield batches by the province they come from, as agencies' lists are by place."""
    held: dict[str, list[NewRecord]] = defaultdict(list)
    for region, record in crowd.records(count, regions):
        province = region[:2]
        held[province].append(record)
        if len(held[province]) == BATCH:
            yield {province: held.pop(province)}
    for province, records in held.items():
        yield {province: records}


def _rules_run(count: int) -> dict[str, float]:
    with acting_as(MACHINE):
        persons = list(islice((row.person for row in queries.link_records(MACHINE)), count))
    began = time.perf_counter()
    with acting_as(MACHINE):
        summary = indications.rules_run(MACHINE, on=crowd.ON, persons=persons)
    return {
        "rules_persons": summary.persons,
        "rules_found": summary.found,
        "rules_seconds": time.perf_counter() - began,
    }


if __name__ == "__main__":
    main()
