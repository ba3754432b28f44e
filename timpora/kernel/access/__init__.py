"""Access in one place: who may do what, where, for which purpose, and at which sensitivity."""

from timpora.kernel.access.actor import Actor, Grant, Purpose
from timpora.kernel.access.errors import AccessDenied, NotHuman, PurposeMissing
from timpora.kernel.access.permissions import P
from timpora.kernel.access.policy import holds, may, require, scope, why_not

__all__ = [
    "AccessDenied",
    "Actor",
    "Grant",
    "NotHuman",
    "P",
    "Purpose",
    "PurposeMissing",
    "holds",
    "may",
    "require",
    "scope",
    "why_not",
]
