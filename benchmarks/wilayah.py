"""How long finding a place and loading the country take, on the database of the settings in force.

python -m benchmarks.wilayah        (reference data must be loaded: `timpora data load`)
"""

import os
import random
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.config.settings")
django.setup()

from timpora.apps.wilayah import queries, regions  # noqa: E402 - Django comes first

SEARCHES = 2_000
WORST = ("s", "su", "ba", "k", "sungai", "desa", "tanjung", "a b", "su su su", "kota baru", "%", "63", "63.")


def typed(seed: int = 1) -> list[str]:
    """What officers type: beginnings of names, with and without what contains them, and codes."""
    choose = random.Random(seed)
    villages = choose.sample([r for r in regions.regions() if r.level == 4], SEARCHES // 4)
    by_word = [r.name[: choose.randint(2, len(r.name))] for r in villages]
    by_chain = [" ".join(part.split(" ", 1)[-1] for part in r.chain.split(", ")[:2]) for r in villages]
    by_half = [r.name.split()[0] + " " + r.chain.split()[-1][:4] for r in villages]
    return [*by_word, *by_chain, *by_half, *(r.code[: choose.randint(2, 13)] for r in villages)]


def timed(texts: list[str]) -> list[tuple[float, str]]:
    """Milliseconds of each search, slowest last."""
    found = []
    for text in texts:
        began = time.perf_counter()
        queries.region_search(text)
        found.append((1000 * (time.perf_counter() - began), text))
    return sorted(found)


def search_figures() -> dict[str, float]:
    """p50, p99 and the slowest of many searches, in milliseconds."""
    timed(list(WORST))
    laps = timed(typed())
    worst = timed(list(WORST) * 5)
    return {
        "p50_ms": statistics.median(lap for lap, _ in laps),
        "p99_ms": laps[int(len(laps) * 0.99)][0],
        "max_ms": laps[-1][0],
        "worst_case_ms": worst[-1][0],
    }


if __name__ == "__main__":
    for name, figure in search_figures().items():
        print(f"region_search {name} {figure:.1f}")
