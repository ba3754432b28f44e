"""No regular expression of the program can be made to hang by 100 kB of the worst text for it (P29)."""

import ast
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
METHODS = {"match", "search", "fullmatch", "sub", "split", "findall", "finditer", "subn"}
# One of these stands wherever a pattern does; the other files need not be taken apart.
WORDS = re.compile(r"\bre\.|RegexField|pattern")
# What grows with the square and takes a second for 100 kB takes this for 30 kB.
SIZE, SECONDS = 30_000, 0.1
# What reads only short text, with the length it was cut to before.
SHORTER = {
    "timpora/apps/intake/days.py": 500,  # cells.MAX_LINE
    "timpora/apps/intake/kinds.py": 500,  # a line of a list: cells.MAX_LINE
    "timpora/interface/web/colours.py": 100,  # our own style sheet
}


class TooSlow(Exception):
    pass


@dataclass(frozen=True)
class Found:
    """A pattern as the program writes it, its flags, and whether all of a text must fit it."""

    where: str
    pattern: str | bytes
    flags: int
    is_whole: bool


def patterns() -> Iterator[Found]:
    """Yield every pattern written out in the program."""
    for file in sorted((ROOT / "timpora").rglob("*.py")):
        text = file.read_text()
        if not WORDS.search(text):
            continue
        tree = ast.parse(text)
        used = _uses(tree)
        owners = {
            id(n.value): ast.unparse(n.target)
            for n in ast.walk(tree)
            if isinstance(n, ast.AnnAssign) and n.value
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                verbs = used.get(owners.get(id(node), ""), used.get("", set()))
                yield from _patterns(node, f"{file.relative_to(ROOT)}:{node.lineno}", verbs)


def _uses(tree: ast.Module) -> dict[str, set[str]]:
    """Return how each constant is applied; under "" how one called `pattern` is."""
    used: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            name = ast.unparse(node.func.value)
            if name.isupper() or name == "pattern":
                used.setdefault(name if name.isupper() else "", set()).add(node.func.attr)
    return used


def _patterns(node: ast.Call, where: str, used: set[str]) -> Iterator[Found]:
    called = node.func
    verb = called.attr if isinstance(called, ast.Attribute) else ""
    is_re = verb in {*METHODS, "compile"} and ast.unparse(called.value) == "re"
    told = [node.args[0]] if (is_re or verb == "RegexField") and node.args else []
    told += [k.value for k in node.keywords if k.arg == "pattern"]
    flags = " ".join(ast.unparse(one) for one in (*node.args[1:], *(k.value for k in node.keywords)))
    verbs = used if verb == "compile" else {verb}
    for one in told:
        if isinstance(one, ast.Constant) and isinstance(one.value, str | bytes):
            flag = re.IGNORECASE if re.search(r"re\.I\b|IGNORECASE", flags) else 0
            yield Found(where, one.value, flag, is_whole=bool(verbs) and verbs <= {"match", "fullmatch"})


def worst(pattern: str | bytes) -> Iterator[str]:
    """Yield texts made of what the pattern looks for, long, and broken at the end."""
    text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
    letters = list(dict.fromkeys([c for c in text if c not in "\\^$|()[]{}?*+"] + list(" a0A.-\t<")))
    pieces = [*letters, "1 ", "a1", "a ", "<c ", ' r="', "1.", "12-", "ab,", "- ", "-"]
    words = re.findall(r"[A-Za-z<][\w <]{1,}", text)
    words += [f"<{word} " for word in words] + [f' {word}="' for word in words] + [' t="s"', ' r="A1"']
    yield from ((piece * SIZE)[:SIZE] + end for piece in [*pieces, *words] for end in ("\n!", "\x00"))


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stop after so much work of this process, however busy the machine is."""

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def slow(found: Found, size: int) -> str:
    """Return the start of a text that takes too long, or nothing."""
    pattern = re.compile(found.pattern, found.flags)
    for text in worst(found.pattern):
        told = text[:size] + text[-2:]
        given = told if isinstance(found.pattern, str) else told.encode("latin-1", "replace")
        try:
            with within(SECONDS):
                pattern.fullmatch(given)
                if not found.is_whole:
                    pattern.search(given)
        except TooSlow:
            return told[:12]
    return ""


def test_no_text_makes_a_pattern_hang():
    every = sorted(set(patterns()), key=str)
    assert len(every) > 60
    sizes = {
        one: next((n for file, n in SHORTER.items() if one.where.startswith(file)), SIZE) for one in every
    }
    told = {f"{one.where} {one.pattern!r}": start for one in every if (start := slow(one, sizes[one]))}
    assert told == {}, "write them so that they cannot go back"


def test_a_pattern_that_goes_back_is_caught():
    assert slow(Found("", r"(a+)+$", 0, is_whole=True), SIZE)
    assert slow(Found("", r"\s+$", 0, is_whole=False), SIZE)
