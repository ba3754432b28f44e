"""House rules that are tests, each with a test of the rule itself."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ROOT / "timpora" / "apps"
QUERIES = sorted(APPS.glob("*/queries.py"))
READERS = {"all", "filter", "get", "order_by", "select_related", "aggregate", "values_list", "values"}


def unscoped(source: str) -> list[str]:
    """Public queries that take an actor, read tables and never ask the policy."""
    found = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        takes_actor = any(arg.arg == "actor" for arg in node.args.args)
        names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        reads = any(isinstance(n, ast.Attribute) and n.attr == "objects" for n in ast.walk(node))
        mentions_right = any(isinstance(n, ast.Name) and n.id == "P" for n in ast.walk(node))
        if takes_actor and reads and not ({"scope", "require", "holds", "may"} & names or mentions_right):
            found.append(node.name)
    return found


BAD = "def permit_list(actor):\n    return list(Permit.objects.filter(ends=1))\n"
GOOD = "def permit_list(actor):\n    return list(scope(actor, P.X, Permit.objects.all()))\n"


def test_rule_tells_them_apart():
    assert unscoped(BAD) == ["permit_list"]
    assert unscoped(GOOD) == []


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.parent.name)
def test_a_query_for_an_actor_asks_the_policy(path):
    assert unscoped(path.read_text()) == []


def test_no_clock_but_ours():
    words = ("datetime.now(", "date.today(", "time.time(", "timezone.now(")
    # The clock itself, and the one line that sets it beside the machine's.
    allowed = {"kernel/clock.py", "kernel/database/session.py"}
    found = [
        str(path.relative_to(ROOT))
        for folder in ("apps", "kernel", "domain")
        for path in (ROOT / "timpora" / folder).rglob("*.py")
        if "migrations" not in path.parts and any(word in path.read_text() for word in words)
    ]
    assert {name.removeprefix("timpora/") for name in found} <= allowed


def test_nothing_names_a_path_of_a_machine_or_a_registry():
    marks = ("/home/", "/root/", "files.pythonhosted", "registry.npmjs", "--index-url")
    files = [*ROOT.glob("requirements/*"), *ROOT.glob("*.toml"), *ROOT.glob("package*.json")]
    assert [f.name for f in files for mark in marks if f.is_file() and mark in f.read_text()] == []
