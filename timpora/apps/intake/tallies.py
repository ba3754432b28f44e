"""What rows left unknown, counted by field with a few examples, so that nothing is dropped in silence."""

from collections.abc import Iterable, Mapping
from typing import Final

from timpora.apps.intake.cells import Note

EXAMPLES: Final = 3
Tally = Mapping[str, tuple[int, list[str]]]


def tallied(before: Tally, rows: Iterable[Iterable[Note]]) -> dict[str, tuple[int, list[str]]]:
    """Return the tally with the notes of more rows in it; a row counts once for each field."""
    found = {field: (count, list(examples)) for field, (count, examples) in before.items()}
    for notes in rows:
        for field, seen in {note.field: note.seen for note in notes}.items():
            count, examples = found.get(field, (0, []))
            if seen not in examples and len(examples) < EXAMPLES:
                examples.append(seen)
            found[field] = (count + 1, examples)
    return found
