"""The figures of a release, in one run on an installation of its own: `python -m benchmarks.smoke`.

Every figure stands beside a trivial one of the same run, since milliseconds of a shared machine say
little by themselves. What each means: benchmarks/README.md.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import crowd, intake_http, pages, shown
from benchmarks.client import Officer
from benchmarks.seed import PASSWORD, ROLES, seed_write
from benchmarks.server import Server, port_free

TEN = 10


def main() -> None:
    words = _words()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="timpora-ukuran-") as folder:
        where = Path(words.data or folder)
        with Server(where, words.port or port_free()) as server:
            _say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
            _starts(server)
            ground = _fill(server, words, Path(folder))
            officers = {name: Officer(server.port).sign_in(name, PASSWORD) for name in ROLES}
            _list(server, officers["inteldakim"], Path(folder), words.rows)
            _posko(officers, ground, words.samples)
            _pages(officers, ground, words.rounds)
            spent = (time.perf_counter() - began) / 60
            _say(f"Whole run: {spent:.1f} minutes, load {os.getloadavg()[0]:.1f} at the end")


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.smoke", description=__doc__)
    parser.add_argument("--persons", type=int, default=200_000, help="persons in the register")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the list taken in")
    parser.add_argument("--targets", type=int, default=60, help="targets and reports of the operation")
    parser.add_argument("--samples", type=int, default=60, help="reports sent to the posko")
    parser.add_argument("--rounds", type=int, default=100, help="how often each page is opened")
    parser.add_argument("--port", type=int, default=0, help="a free one if left out")
    parser.add_argument("--data", default="", help="keep the installation in this folder")
    return parser.parse_args()


def _say(text: str) -> None:
    print(text, flush=True)


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: the first column left, the figures right."""
    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    _say(f"\n{title}")
    for number, line in enumerate(lines):
        cells = [line[0].ljust(widths[0]), *(cell.rjust(widths[at]) for at, cell in enumerate(line[1:], 1))]
        _say("  " + "  ".join(cells))
        if number == 0:
            _say("  " + "  ".join("-" * width for width in widths))


def _starts(server: Server) -> None:
    first = server.start()
    server.end()
    second = server.start()
    _table(
        "1. Seconds to ready (timpora run --no-demo)",
        ("start", "seconds", "promise", "x promise"),
        [
            ("first, empty folder", f"{first:.1f}", "60", f"{first / 60:.2f}"),
            ("second", f"{second:.1f}", "5", f"{second / 5:.2f}"),
        ],
    )


def _fill(server: Server, words: argparse.Namespace, folder: Path) -> dict[str, list[str]]:
    seed_write(folder / "seed.json")
    server.command("timpora", "seed", str(folder / "seed.json"))
    told = json.loads(
        server.command("benchmarks.load", f"--persons={words.persons}", f"--ground={words.targets}")
    )
    rows = []
    if words.persons:
        rows = [
            _rate("records of the register", told["records"], told["records_seconds"]),
            _rate("persons under the rules", told["rules_persons"], told["rules_seconds"]),
        ]
    _table(f"2a. Filling: {words.persons} persons", ("what", "number", "seconds", "per second"), rows)
    return dict(told["ground"])


def _rate(what: str, number: float, seconds: float) -> tuple[str, str, str, str]:
    return what, f"{number:.0f}", f"{seconds:.1f}", f"{number / max(seconds, 1e-9):.0f}"


def _list(server: Server, sender: Officer, folder: Path, rows: int) -> None:
    path = folder / "tamu.csv"
    crowd.lodging_list(path, rows)
    taken = intake_http.take_in(sender, path, rows, server.processor_seconds)
    _table(
        f"2b. A list of {rows} rows through the screens (1 % faulty rows)",
        ("part", "number", "seconds", "per second"),
        [
            _rate("upload and matched columns", rows, taken.upload),
            _rate("rows read, checked, in the register", rows, taken.read),
            _rate("persons linked", rows, taken.link),
            _rate("whole", rows, taken.whole),
            _rate("processor only: read, checked, in", rows, taken.read_processor),
            _rate("processor only: linked", rows, taken.link_processor),
        ],
    )


def _posko(officers: dict[str, Officer], ground: dict[str, list[str]], count: int) -> None:
    operator = officers["operator"]
    floor = [operator.get("/tujuan").milliseconds for _ in range(count)]
    trivial = statistics.median(floor)
    taken = shown.samples(officers["petugas"], operator, ground, count)
    rows = [
        (what, *_spread(values, trivial))
        for what, values in (
            ("GET /tujuan, for comparison", floor),
            ("report answered with its receipt", [one.answer for one in taken]),
            ("event on the stream", [one.event for one in taken]),
            ("on the board", [one.board for one in taken]),
        )
    ]
    _table(
        f"3. Milliseconds from POST /api/laporan, {count} reports (promise: 1000)",
        ("until", "p50", "p99", "x /tujuan"),
        rows,
    )


def _spread(values: list[float], trivial: float) -> tuple[str, str, str]:
    middle = statistics.median(values)
    return f"{middle:.1f}", f"{pages.percentile(values, 99):.1f}", f"{middle / trivial:.1f}"


def _pages(officers: dict[str, Officer], ground: dict[str, list[str]], rounds: int) -> None:
    wanted = pages.pages_of(officers, str(ground["operation"]), ground["targets"][0])
    began = time.perf_counter()
    found = pages.measure(wanted, officers, rounds)
    ready, small = found[0], found[1]
    heavy = sorted(found[2:], key=lambda page: -page.p50)
    rows = [
        (
            f"{page.name} ({page.officer})", f"{page.p50:.1f}", f"{page.p99:.1f}", f"{page.kilobytes:.0f}",
            f"{page.p50 / ready.p50:.1f}", f"{page.p50 / small.p50:.1f}",
        )
        for page in [ready, small, *heavy]
    ]  # fmt: skip
    spent = time.perf_counter() - began
    _table(
        f"4. Pages, {rounds} openings in turn ({spent:.0f} s): two trivial ones, then the heaviest",
        ("page", "p50 ms", "p99 ms", "kB", "x /siap", "x /tujuan"),
        rows,
    )
    _say(f"\nThe ten heaviest: {', '.join(page.path.split('?')[0] for page in heavy[:TEN])}")


if __name__ == "__main__":
    main()
