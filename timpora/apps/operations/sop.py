"""The field SOP as versioned data: an operation names the version it runs on, and keeps it."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from timpora.apps.operations.types import SopStep

SOP_IN_FORCE: Final = "lapangan-1"


@cache
def sop_steps(version: str) -> tuple[SopStep, ...]:
    """Return the steps of a version in their order; raises `KeyError` for one that was never shipped."""
    file = files("timpora.apps.operations").joinpath("sop", f"{version}.toml")
    if not file.is_file():
        raise KeyError(version)
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(SopStep(**step) for step in content["step"])
