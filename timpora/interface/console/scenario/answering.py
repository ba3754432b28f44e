"""Answers to an operation's report form as an invented officer gives them: the same for the same report."""

import json
import random
from collections.abc import Callable
from typing import Any, Final

PACK: Final = "/tugas/bekal"
# Beyond this nobody counts at a place.
COUNTED_MOST: Final = 40
OPTIONAL: Final = 0.6


class Answering:
    """Knows the forms of operations as phones have them; each is asked of the first phone that sends."""

    def __init__(self) -> None:
        self._forms: dict[str, list[dict[str, Any]]] = {}

    def answered(self, body: dict[str, object], *, pack: Callable[[str], str]) -> dict[str, object]:
        """Return a report with its answers: required ones always, others now and then.

        `pack` fetches what a phone takes along. Without a form nothing is added, nor to an office's nil.
        """
        if "target" not in body:
            return body
        operation = str(body["operation"])
        if operation not in self._forms:
            self._forms[operation] = json.loads(pack(PACK)).get("forms", {}).get(operation, [])
        dice = random.Random(str(body["id"]))  # noqa: S311 - a scenario, not a secret
        answers = {
            question["key"]: _answer(question, dice)
            for question in self._forms[operation]
            if body["kind"] in question["asked_for"] and (question["is_required"] or _is_told(question, dice))
        }
        return body | {"answers": answers} if answers else body


def _is_told(question: dict[str, Any], dice: random.Random) -> bool:
    """Tell whether somebody answers what he may leave open; words would have to fit the question."""
    return dice.random() < OPTIONAL and question["kind"] != "teks"


def _answer(question: dict[str, Any], dice: random.Random) -> object:
    keys = [choice["key"] for choice in question["choices"]]
    least, most = question["min"], question["max"]
    answers: dict[str, Callable[[], object]] = {
        "pilihan": lambda: dice.choice(keys),
        "pilihan_banyak": lambda: sorted(dice.sample(keys, dice.randint(1, len(keys)))),
        "ya_tidak": lambda: dice.random() < OPTIONAL,
        "angka": lambda: dice.randint(least, max(least, min(most, COUNTED_MOST))),
        "teks": lambda: "Sesuai keadaan di tempat."[: question["max_length"]],
        "tanggal": lambda: f"2024-{dice.randint(1, 7):02}-{dice.randint(1, 28):02}",
    }
    return answers[question["kind"]]()
