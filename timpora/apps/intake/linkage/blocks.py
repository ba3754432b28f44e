"""Which known persons are worth comparing with some newcomers: those that share a blocking key (F27).

The keys say the same as `model.BLOCKING` in Python, so a small list does not weigh on a large register;
a test holds the result equal to comparing with everybody.
"""

from collections.abc import Iterable, Iterator

from timpora.apps.intake.linkage.features import COLUMNS, columns_of
from timpora.apps.intake.linkage.records import LinkRecord

_AT = {name: at for at, name in enumerate(COLUMNS)}


def candidates(newcomers: Iterable[LinkRecord], known: Iterable[LinkRecord]) -> Iterator[LinkRecord]:
    """Yield the newcomers, and of the known persons those that may be one of them."""
    wanted: set[str] = set()
    for record in newcomers:
        wanted.update(_keys(record))
        yield record
    for record in known:
        # Most of a register differs in everything; the birth date tells it without any folding.
        if f"b{record.birth}" in wanted or not wanted.isdisjoint(_keys(record)):
            yield record


def _keys(record: LinkRecord) -> set[str]:
    row = columns_of(record)
    told = {name: row[at] for name, at in _AT.items()}
    sounds = told["name_sounds"]
    keys = {f"x{document.number}" for document in record.documents}
    pairs = (
        ("b", told["birth"]),
        ("b", told["birth_swapped"]),
        ("n", told["name_letters"]),
        ("d", told["document_key"]),
        ("y", sounds and told["birth_year"] and f"{sounds}|{told['birth_year']}"),
        ("m", sounds and told["birth_day"] and f"{sounds}|{told['birth_month']}|{told['birth_day']}"),
    )
    return keys | {f"{mark}{value}" for mark, value in pairs if value}
