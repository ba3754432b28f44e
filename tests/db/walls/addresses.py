"""Every address of the program as data: path, verbs, permissions, and the names its view asks for.

Nothing here is a list kept by hand: a new address is found in the URL configuration, its verbs and
permissions in the decorators of its view, the names of its fields in the view's own module.
"""

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import CodeType, ModuleType
from typing import Any

from django import forms
from django.urls import URLPattern, URLResolver, get_resolver

from timpora.interface.gate import PUBLIC
from timpora.kernel.access import P
from timpora.kernel.access.roles import ROLES

ASKED = {"GET", "POST", "FILES"}
EVERY_VERB = frozenset({"GET", "POST"})


@dataclass(frozen=True)
class Door:
    """One address: its name, its view, the parameters of its path with their converters."""

    name: str
    view: Callable[..., Any]
    params: tuple[tuple[str, str], ...]
    verbs: frozenset[str]
    permissions: tuple[P, ...]
    is_public: bool

    @property
    def module(self) -> ModuleType:
        """The module the view is written in, where its forms are too."""
        return inspect.getmodule(inspect.unwrap(self.view))

    def opens_for(self, role: str) -> bool:
        """Tell whether the view's own decorators let this role in."""
        return not self.permissions or any(p in ROLES[role].permissions for p in self.permissions)

    def __str__(self) -> str:
        return self.name


@cache
def doors() -> tuple[Door, ...]:
    """Return every address of the program, by name."""
    return tuple(sorted(_walk(get_resolver(), ""), key=str))


def _walk(resolver: URLResolver, space: str) -> Iterator[Door]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield _door(f"{space}{pattern.name}", pattern)


def _door(name: str, pattern: URLPattern) -> Door:
    worn = dict(_worn(pattern.callback))
    return Door(
        name=name,
        view=pattern.callback,
        params=tuple((n, type(c).__name__) for n, c in pattern.pattern.converters.items()),
        verbs=frozenset(worn.get("request_method_list", EVERY_VERB)),
        permissions=tuple(worn.get("permissions", ())),
        is_public=getattr(pattern.callback, PUBLIC, False),
    )


def _worn(view: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
    """Yield what the decorators around a view close over: the verbs it takes, the permissions it needs."""
    layer: Any = view
    while layer is not None:
        names = layer.__code__.co_freevars
        yield from zip(names, (cell.cell_contents for cell in layer.__closure__ or ()), strict=True)
        layer = getattr(layer, "__wrapped__", None)


@cache
def names_asked(module: ModuleType) -> frozenset[str]:
    """Return every name a module's views read from a request: fields of its forms, and words written out."""
    found = {name for form in forms_of(module) for name in form.base_fields}
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        found.update(_literals(node))
    return frozenset(found | {"hal"})


@cache
def names_read(view: Callable[..., Any]) -> frozenset[str]:
    """Return those of `names_asked` that a view itself reads, or a function of ours that it calls.

    Told from what its code names, so rather too many than too few; where it names none, all of the module's.
    """
    asked, codes = (
        names_asked(inspect.getmodule(inspect.unwrap(view))),
        list(_codes(inspect.unwrap(view), set())),
    )
    found = {const for code, _ in codes for const in code.co_consts if isinstance(const, str)}
    for code, known in codes:
        named = [known.get(name) for name in code.co_names]
        found.update(
            n for v in named if isinstance(v, type) and issubclass(v, forms.Form) for n in v.base_fields
        )
    return frozenset(found & asked) or asked


@cache
def asks_query(view: Callable[..., Any]) -> bool:
    """Tell whether a view looks at the query at all, or a function of ours that it calls."""
    return any("GET" in code.co_names for code, _ in _codes(inspect.unwrap(view), set()))


def _codes(function: Callable[..., Any], seen: set[Any]) -> Iterator[tuple[CodeType, dict[str, Any]]]:
    """Yield the code of a function, of those within it and of ours that they call, each with its globals."""
    left = [function.__code__]
    while left:
        code = left.pop()
        left += [const for const in code.co_consts if isinstance(const, CodeType)]
        yield code, function.__globals__
        for called in (function.__globals__.get(name) for name in code.co_names):
            is_ours = inspect.isfunction(called) and called.__module__.startswith("timpora.interface")
            if is_ours and called not in seen:
                seen.add(called)
                yield from _codes(called, seen)


def forms_of(module: ModuleType) -> list[type[forms.Form]]:
    """Return the classes of forms that a module uses."""
    return [v for v in vars(module).values() if isinstance(v, type) and issubclass(v, forms.Form)]


def _literals(node: ast.AST) -> Iterator[str]:
    """Yield the names in `request.GET.get("x")`, `request.POST["x"]`, `asked.get("x", "")`, `"x" in …`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        first = node.args[0]
        if node.func.attr in {"get", "getlist"} and isinstance(first, ast.Constant):
            yield str(first.value)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        holder = node.value
        if isinstance(holder, ast.Attribute) and holder.attr in ASKED:
            yield str(node.slice.value)
    if isinstance(node, ast.Compare) and isinstance(node.left, ast.Constant):
        inside = [c for c in node.comparators if isinstance(c, ast.Attribute) and c.attr in ASKED]
        yield from (str(node.left.value) for _ in inside)
