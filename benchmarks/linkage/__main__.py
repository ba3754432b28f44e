"""Print how well records are joined: `python -m benchmarks.linkage [--train] [--persons N]`."""

import argparse
import time
from itertools import combinations

from benchmarks.linkage.people import labelled
from benchmarks.linkage.training import measured_write, train
from timpora.apps.intake.linkage import LinkRecord, Links, Pair, link

SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--persons", type=int, default=20_000)
    options = parser.parse_args()
    if options.train:
        train()
    records, truth = labelled(SEED, options.persons)
    started = time.perf_counter()
    links = link(records)
    seconds = time.perf_counter() - started
    print(
        f"persons {options.persons:,}  records {len(records):,}  seconds {seconds:.1f}  model {links.model}"
    )
    true = _true_pairs(records, truth)
    by_id = {record.id: record for record in records}
    shared = {pair for pair in true if _share_document(pair, by_id)}
    _report("same (joined without asking)", links.same, true, truth)
    _report("same + doubtful (shown to two eyes)", links.pairs, true, truth)
    _report("same, no shared document", _without(links.same, shared), true - shared, truth)
    _report("same + doubtful, no shared document", _without(links.pairs, shared), true - shared, truth)
    if options.train:
        measured_write(_measured(links, true, truth, options.persons, len(records)))
    print(f"doubtful pairs {len(links.doubtful):,} ({len(links.doubtful) / len(records):.1%} of records)")


def _true_pairs(records: list[LinkRecord], truth: dict[str, int]) -> set[tuple[str, str]]:
    groups: dict[int, list[LinkRecord]] = {}
    for record in records:
        groups.setdefault(truth[record.id], []).append(record)
    return {
        (min(one.id, other.id), max(one.id, other.id))
        for group in groups.values()
        for one, other in combinations(group, 2)
    }


def _share_document(pair: tuple[str, str], by_id: dict[str, LinkRecord]) -> bool:
    one, other = (set(by_id[side].documents) for side in pair)
    return bool(one & other)


def _without(pairs: tuple[Pair, ...], shared: set[tuple[str, str]]) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if (pair.left, pair.right) not in shared)


def _measured(
    links: Links, true: set[tuple[str, str]], truth: dict[str, int], persons: int, records: int
) -> dict[str, float]:
    joined = {(pair.left, pair.right) for pair in links.same}
    right = {pair for pair in joined if truth[pair[0]] == truth[pair[1]]}
    shown = {(pair.left, pair.right) for pair in links.pairs} & true
    return {
        "persons": persons,
        "records": records,
        "precision_joined": round(len(right) / len(joined), 4),
        "recall_joined": round(len(right) / len(true), 4),
        "recall_shown": round(len(shown) / len(true), 4),
    }


def _report(title: str, pairs: tuple[Pair, ...], true: set[tuple[str, str]], truth: dict[str, int]) -> None:
    right = {(pair.left, pair.right) for pair in pairs if truth[pair.left] == truth[pair.right]}
    precision = len(right) / len(pairs) if pairs else 1.0
    recall = len(right & true) / len(true) if true else 1.0
    print(f"{title:45} precision {precision:.4f}  recall {recall:.4f}  pairs {len(pairs):,}")


main()
