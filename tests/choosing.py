"""Choose which tests a count of lines can leave out, from a run that recorded what each of them reaches.

    mkdir build/counted
    COUNT_RECORD=$PWD/build/counted make check
    .venv/bin/python -m tests.choosing build/counted

writes `uncounted.txt`: the tests of a third of a second or more that together reach almost nothing alone, the
dearest for what they add first. What must be reached to the last branch (`STRICT` of the Makefile) is never
given up.
"""

import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.counting import CHOSEN

ROOT = Path(__file__).resolve().parents[1]
STRICT = re.compile(r"/timpora/(domain/|kernel/access/|kernel/act\.py$)")
# Seconds of processor below which a test is not worth naming; the share of all steps that may be given up.
DEAR, GIVEN_UP = 0.3, 0.003
Step = tuple[int, int, int]


def main(folder: Path) -> None:
    """Write the list, and say what it saves."""
    costs = costs_of(folder)
    reached, always, strict = reached_in(ROOT / ".coverage")
    left_out = chosen(costs, reached, always, strict)
    CHOSEN.write_text("".join(f"{test}\n" for test in sorted(left_out)), "utf-8")
    saved = sum(costs[test] for test in left_out)
    print(f"{len(left_out)} of {len(costs)} tests, {saved:.0f} of {sum(costs.values()):.0f} seconds")  # noqa: T201


def costs_of(folder: Path) -> Counter[str]:
    """Return the seconds of processor that each test took, its parameters together."""
    costs: Counter[str] = Counter()
    for file in folder.glob("*.txt"):
        for line in file.read_text("utf-8").splitlines():
            seconds, test = line.split(" ", 1)
            costs[test] += float(seconds)
    return costs


def reached_in(file: Path) -> tuple[dict[str, set[Step]], set[Step], set[int]]:
    """Return the steps between lines that each test reaches, those reached anyway, and the strict files.

    Read from the count's own file, whose tables coverage documents.
    """
    reached: dict[str, set[Step]] = defaultdict(set)
    with sqlite3.connect(file) as count:
        files = dict(count.execute("SELECT id, path FROM file WHERE path NOT LIKE '%/migrations/%'"))
        names = dict(count.execute("SELECT id, context FROM context"))
        for place, name, start, end in count.execute("SELECT file_id, context_id, fromno, tono FROM arc"):
            if place in files:
                reached[names[name]].add((place, start, end))
    always = reached.pop("", set())
    return reached, always, {place for place, path in files.items() if STRICT.search(path)}


def chosen(
    costs: Counter[str], reached: dict[str, set[Step]], always: set[Step], strict: set[int]
) -> list[str]:
    """Return the tests to leave out, as long as what only they reach stays within `GIVEN_UP`."""
    times: Counter[Step] = Counter(step for steps in reached.values() for step in steps - always)
    may_lose = GIVEN_UP * len(always | set(times))
    dear = {test for test in reached if costs[test] >= DEAR}
    left_out: list[str] = []

    def alone(test: str) -> set[Step]:
        return {step for step in reached[test] if times[step] == 1}

    def ranked() -> Iterator[tuple[float, str, int]]:
        for test in dear:
            steps = alone(test)
            if not any(place in strict for place, _, _ in steps):
                yield len(steps) / costs[test], test, len(steps)

    while best := min(ranked(), default=None):
        _, test, lost = best
        if lost > may_lose:
            break
        may_lose -= lost
        times.subtract(reached[test] - always)
        dear.remove(test)
        left_out.append(test)
    return left_out


if __name__ == "__main__":
    main(Path(sys.argv[1]))
