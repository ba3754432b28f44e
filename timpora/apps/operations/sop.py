"""The field SOP as versioned data: an operation names the version it runs on, and keeps it."""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from timpora.apps.operations.order_types import SopStep, SopView

SOP_IN_FORCE: Final = "lapangan-2"


@cache
def sop_get(version: str) -> SopView:
    """Return a version as it was shipped, with the digest of its file; `KeyError` for one that never was."""
    file = files("timpora.apps.operations").joinpath("sop", f"{version}.toml")
    if not file.is_file():
        raise KeyError(version)
    raw = file.read_bytes()
    content = tomllib.loads(raw.decode())
    return SopView(
        version=content["version"],
        title=content["title"],
        source=content["source"],
        is_verified=content["is_verified"],
        digest=hashlib.sha256(raw).hexdigest(),
        steps=tuple(SopStep(**step) for step in content["step"]),
    )


def sop_steps(version: str) -> tuple[SopStep, ...]:
    """Return the steps of a version in their order; raises `KeyError` for one that was never shipped."""
    return sop_get(version).steps


@cache
def sop_versions() -> tuple[SopView, ...]:
    """Return every version that is shipped, the newest first."""
    files_there = files("timpora.apps.operations").joinpath("sop").iterdir()
    names = [file.name.removesuffix(".toml") for file in files_there if file.name.endswith(".toml")]
    return tuple(sop_get(name) for name in sorted(names, reverse=True))
