"""The linkage model: what is compared, how each answer reads to people, and the trained numbers.

Everything that decides a pair is in this file and `model.json` beside it. The numbers were trained
once on labelled synthetic persons (`python -m benchmarks.linkage --train`), never on the office's
own few rows, so the same records always give the same pairs.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

# Two persons drawn at random from a register of this size are the same one: the prior.
REGISTER_SIZE: Final = 200_000
# From here up a pair may be joined without asking, from there up two eyes look at it.
SAME_FROM: Final = 0.996
DOUBTFUL_FROM: Final = 0.67


@dataclass(frozen=True, slots=True)
class Level:
    """One answer a comparison can give, strongest agreement first; an empty condition is "else"."""

    name: str
    condition: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of identity; `unknown` is true in SQL where either side does not know it."""

    field: str
    unknown: str
    levels: tuple[Level, ...]


COMPARISONS: Final = (
    Comparison(
        "name",
        "name_sorted_l IS NULL OR name_sorted_r IS NULL",
        (
            Level("same", "name_sorted_l = name_sorted_r", "Nama sama, urutan kata diabaikan."),
            Level("same_letters", "name_letters_l = name_letters_r", "Nama sama bila spasi diabaikan."),
            Level(
                "same_sounds",
                "name_sounds_l = name_sounds_r"
                " OR jaro_winkler_similarity(name_sorted_l, name_sorted_r) >= 0.95",
                "Nama dieja mirip atau berbunyi sama.",
            ),
            Level(
                "contained",
                "len(list_intersect(words_l, words_r)) = least(len(words_l), len(words_r))",
                "Semua kata nama yang pendek ada pada nama yang panjang.",
            ),
            Level(
                "share_two",
                "len(list_intersect(sounds_l, sounds_r)) >= 2"
                " OR jaro_winkler_similarity(name_letters_l, name_letters_r) >= 0.92",
                "Sebagian kata nama sama.",
            ),
            Level("share_one", "list_has_any(sounds_l, sounds_r)", "Satu kata nama berbunyi sama."),
            Level("different", "", "Nama berbeda."),
        ),
    ),
    Comparison(
        "birth",
        "birth_year_l IS NULL OR birth_year_r IS NULL",
        (
            Level("same", "birth_l = birth_r", "Tanggal lahir sama."),
            Level("swapped", "birth_l = birth_swapped_r", "Tanggal lahir sama bila hari dan bulan ditukar."),
            Level(
                "partial",
                "(birth_l IS NULL OR birth_r IS NULL) AND birth_year_l = birth_year_r"
                " AND coalesce(birth_month_l, birth_month_r) = coalesce(birth_month_r, birth_month_l)",
                "Tanggal lahir yang diketahui sebagian cocok.",
            ),
            Level(
                "near",
                "(birth_year_l = birth_year_r)::INT + (birth_month_l = birth_month_r)::INT"
                " + (birth_day_l = birth_day_r)::INT = 2",
                "Tanggal lahir berbeda pada satu bagian (hari, bulan, atau tahun).",
            ),
            Level("different", "", "Tanggal lahir berbeda."),
        ),
    ),
    Comparison(
        "document",
        "len(documents_l) = 0 OR len(documents_r) = 0",
        (
            Level("same", "list_has_any(documents_l, documents_r)", "Nomor dokumen sama."),
            Level(
                "near",
                "list_has_any(document_letters_l, document_letters_r) OR"
                " (levenshtein(documents_l[1], documents_r[1]) <= 1 AND length(documents_l[1]) >= 6)",
                "Nomor dokumen hampir sama (satu tanda berbeda atau tertukar).",
            ),
            Level("different", "", "Nomor dokumen berbeda; paspor dapat berganti."),
        ),
    ),
    Comparison(
        "sex",
        "sex_l IS NULL OR sex_r IS NULL",
        (
            Level("same", "sex_l = sex_r", "Jenis kelamin sama."),
            Level("different", "", "Jenis kelamin berbeda."),
        ),
    ),
    Comparison(
        "nationality",
        "nationality_l IS NULL OR nationality_r IS NULL",
        (
            Level("same", "nationality_l = nationality_r", "Kewarganegaraan yang tercatat sama."),
            Level("different", "", "Kewarganegaraan yang tercatat berbeda."),
        ),
    ),
    Comparison(
        "birth_place",
        "birth_place_l IS NULL OR birth_place_r IS NULL",
        (
            Level(
                "same",
                "jaro_winkler_similarity(birth_place_l, birth_place_r) >= 0.9",
                "Tempat lahir sama.",
            ),
            Level("different", "", "Tempat lahir berbeda."),
        ),
    ),
)

# A pair is looked at when one of these holds; known persons are never paired with one another.
_FRESH: Final = " AND NOT (l.is_known AND r.is_known)"
BLOCKING: Final = (
    "l.birth = r.birth AND list_has_any(l.sounds, r.sounds)" + _FRESH,
    "l.name_letters = r.name_letters AND coalesce(l.birth_year = r.birth_year, true)" + _FRESH,
    "l.document_key = r.document_key" + _FRESH,
    "l.birth = r.birth_swapped AND list_has_any(l.sounds, r.sounds)" + _FRESH,
    "l.name_sounds = r.name_sounds AND l.birth_year = r.birth_year" + _FRESH,
    "l.name_sounds = r.name_sounds AND l.birth_month = r.birth_month AND l.birth_day = r.birth_day" + _FRESH,
)


@lru_cache(maxsize=1)
def trained() -> dict[str, Any]:
    """Return the trained numbers: per field and level, m (same person) and u (two persons)."""
    text = files("timpora.apps.intake.linkage").joinpath("model.json").read_text("utf-8")
    numbers: dict[str, Any] = json.loads(text)
    return numbers


@dataclass(frozen=True, slots=True)
class Quality:
    """How well the model does on invented persons whose identity is known (F29); shares of 1.

    `precision_joined`: of the pairs joined without asking, how many are right. `recall_joined` and
    `recall_shown`: of the true pairs, how many are joined, and how many are joined or shown to two eyes.
    """

    persons: int
    records: int
    precision_joined: float
    recall_joined: float
    recall_shown: float


def quality() -> Quality:
    """Return the figures measured when the numbers were trained."""
    return Quality(**trained()["measured"])


def settings(numbers: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the model as Splink reads it; without numbers, ready to be trained."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": 1 / REGISTER_SIZE,
        "blocking_rules_to_generate_predictions": list(BLOCKING),
        "comparisons": [_comparison(one, numbers) for one in COMPARISONS],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }


def _comparison(one: Comparison, numbers: dict[str, Any] | None) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": one.unknown, "label_for_charts": "unknown", "is_null_level": True}
    ]
    for level in one.levels:
        entry: dict[str, Any] = {"sql_condition": level.condition or "ELSE", "label_for_charts": level.name}
        if numbers is not None:
            m, u = numbers["levels"][one.field][level.name]
            entry |= {"m_probability": m, "u_probability": u}
        levels.append(entry)
    return {"output_column_name": one.field, "comparison_levels": levels}
