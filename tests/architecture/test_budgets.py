"""Rooms stay small, doors stay doors: the house rules that no linter of others knows."""

import ast
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "timpora"
FILE_LINES, FUNCTION_LINES, CLASS_LINES = 400, 50, 200
DOORS = {"actions", "queries", "types", "errors"}
SOURCES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)


def over_budget(source: str, name: str) -> list[str]:
    found = []
    if (lines := source.count("\n")) > FILE_LINES:
        found.append(f"{name}: {lines} lines")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            limit = CLASS_LINES if isinstance(node, ast.ClassDef) else FUNCTION_LINES
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > limit:
                found.append(f"{name}: {node.name} {length} lines")
    return found


def test_files_functions_and_classes_stay_within_their_budgets():
    found = [line for path in SOURCES for line in over_budget(path.read_text(), str(path.relative_to(ROOT)))]
    assert not found


def test_the_budget_tells_long_from_short():
    long = "def f():\n" + "    x = 1\n" * FUNCTION_LINES
    assert over_budget(long, "x") == ["x: f 51 lines"]
    assert not over_budget("def f():\n    return 1\n", "x")


def through_the_wall(importer: str, imported: str) -> bool:
    """An app may import another app through its doors only."""
    mine, theirs = importer.split("."), imported.split(".")
    if theirs[:2] != ["timpora", "apps"] or len(theirs) < 4 or mine[:3] == theirs[:3]:
        return False
    return theirs[3] not in DOORS


def test_apps_meet_at_their_doors():
    graph = grimp.build_graph("timpora")
    found = [
        f"{importer} -> {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if through_the_wall(importer, imported)
    ]
    assert not found


@pytest.mark.parametrize(
    ("importer", "imported", "is_wrong"),
    [
        ("timpora.apps.cases.actions", "timpora.apps.registry.models", True),
        ("timpora.interface.web.cases", "timpora.apps.cases.models", True),
        ("timpora.apps.cases.actions", "timpora.apps.registry.queries", False),
        ("timpora.apps.cases.actions", "timpora.apps.cases.models", False),
    ],
)
def test_the_door_rule_tells_them_apart(importer, imported, is_wrong):
    assert through_the_wall(importer, imported) is is_wrong
