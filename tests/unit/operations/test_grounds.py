"""Grounds are papers: every one cites the law in force, and none can name who somebody is (B3)."""

import inspect
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import timpora.apps.operations
from timpora.apps.operations import actions, models, types
from timpora.apps.operations.sop import SOP_IN_FORCE, sop_steps
from timpora.domain.law.shipped import lawbook_shipped

ROOM = Path(timpora.apps.operations.__file__).parent
WEB = ROOM.parents[1] / "interface" / "web"
SCREENS = [*WEB.glob("operations*.py"), *(WEB / "templates" / "operations").glob("*.html")]
# Whole words, so that "national operation" may be said; the prose of docstrings is left out below.
FORBIDDEN = re.compile(
    r"nationalit|kebangsaan|kewarganegaraan|ethnic|etnis|suku|religio|agama|\brace\b|negara_asal|\bsex\b",
    re.I,
)


def code_of(path: Path) -> str:
    """Return a file without docstrings and comments: what runs or is shown."""
    text = path.read_text()
    return re.sub(r'""".*?"""|#[^\n]*|\{% comment %\}.*?\{% endcomment %\}', "", text, flags=re.S)


def test_every_ground_has_words_and_articles_in_force_at_the_operation():
    book = lawbook_shipped()
    on = datetime(2024, 8, 21, tzinfo=UTC).date()
    assert set(types.GROUNDS) == set(types.Ground)
    for words in types.GROUNDS.values():
        assert words.label
        assert book.in_force(words.cites, on=on) == words.cites
    undocumented = [g for g, words in types.GROUNDS.items() if not words.is_documented]
    assert undocumented == [types.Ground.HEARSAY]


def test_no_code_or_screen_of_this_room_knows_who_somebody_is_by_origin():
    files = [*ROOM.rglob("*.py"), *SCREENS]
    assert len(files) > 10
    assert {
        path.name: FORBIDDEN.findall(code_of(path)) for path in files if FORBIDDEN.search(code_of(path))
    } == {}


def test_the_search_tells_them_apart(tmp_path):
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    good.write_text('"""Nationality is not a field."""\nkind = "nasional"  # no nationality\n')
    bad.write_text("rows.order_by('nationality')\n")
    assert not FORBIDDEN.search(code_of(good))
    assert FORBIDDEN.search(code_of(bad))


def test_no_argument_column_or_value_names_an_origin():
    verbs = [getattr(actions, name) for name in actions.__all__]
    arguments = {p for verb in verbs for p in inspect.signature(verb).parameters}
    columns = {f.name for f in models.Target._meta.get_fields()}
    fields = {f for kind in (types.TargetView, types.TaskPerson) for f in kind.__dataclass_fields__}
    assert "ground" in arguments & columns & fields
    assert not [name for name in arguments | columns | fields if FORBIDDEN.search(name)]


def test_the_sop_in_force_gates_by_introduction_explanation_and_language_in_that_order():
    steps = sop_steps(SOP_IN_FORCE)
    assert [step.code for step in steps if step.is_gate] == ["kenalkan-diri", "jelaskan", "bahasa"]
    with pytest.raises(KeyError):
        sop_steps("tidak-ada")
