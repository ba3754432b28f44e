"""House rules that are tests, each with a test of the rule itself."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ROOT / "timpora" / "apps"
QUERIES = sorted(APPS.glob("*/queries.py"))


def unscoped(source: str) -> list[str]:
    """List queries that take an actor, read tables and never ask the policy, directly or through another."""
    functions = {n.name: n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)}
    used = {name: {n.id for n in ast.walk(f) if isinstance(n, ast.Name)} for name, f in functions.items()}
    asking = {name for name, names in used.items() if {"scope", "require", "holds", "may", "P"} & names}
    while more := {name for name, names in used.items() if names & asking} - asking:
        asking |= more
    return [
        name
        for name, function in functions.items()
        if not name.startswith("_") and name not in asking and _reads_for_actor(function)
    ]


def _reads_for_actor(function: ast.FunctionDef) -> bool:
    takes_actor = any(arg.arg == "actor" for arg in function.args.args)
    return takes_actor and any(
        isinstance(n, ast.Attribute) and n.attr == "objects" for n in ast.walk(function)
    )


BAD = "def permit_list(actor):\n    return list(Permit.objects.filter(ends=1))\n"
GOOD = "def permit_list(actor):\n    return list(scope(actor, P.X, Permit.objects.all()))\n"


HELPED = """
def permit_list(actor):
    return _mine(actor, Permit.objects.all())
def _mine(actor, rows):
    return scope(actor, P.X, rows)
"""


def test_rule_tells_them_apart():
    assert unscoped(HELPED) == []
    assert unscoped(BAD) == ["permit_list"]
    assert unscoped(GOOD) == []


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.parent.name)
def test_a_query_for_an_actor_asks_the_policy(path):
    assert unscoped(path.read_text()) == []


def test_no_clock_but_ours():
    words = ("datetime.now(", "date.today(", "time.time(", "timezone.now(")
    allowed = {"kernel/clock.py"}
    found = [
        str(path.relative_to(ROOT))
        for folder in ("apps", "kernel", "domain")
        for path in (ROOT / "timpora" / folder).rglob("*.py")
        if "migrations" not in path.parts and any(word in path.read_text() for word in words)
    ]
    assert {name.removeprefix("timpora/") for name in found} <= allowed


def test_nothing_names_a_path_of_a_machine_or_a_registry():
    # Written in two halves, so that this file does not name what it looks for.
    marks = (
        "/home" + "/",
        "/root" + "/",
        "files." + "pythonhosted",
        "registry." + "npmjs",
        "--index" + "-url",
    )
    files = [*ROOT.glob("requirements/*"), *ROOT.glob("*.toml"), *ROOT.glob("package*.json")]
    assert [f.name for f in files for mark in marks if f.is_file() and mark in f.read_text()] == []
