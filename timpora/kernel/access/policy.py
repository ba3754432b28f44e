"""One policy answers both "may I?" and "which rows?": permission ∧ territory ∧ purpose ∧ sensitivity.

A model says where its rows belong by class attributes: `access_by` is `"wilayah"` (one code),
`"territories"` (array of whole-step ancestors) or `""` (belongs nowhere); `access_unit`, where given,
names the column of the owning unit, which roles bound to their unit are held to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from timpora.domain.territory import within
from timpora.kernel.access.actor import Actor, Grant
from timpora.kernel.access.errors import AccessDenied, PurposeMissing
from timpora.kernel.access.permissions import NEEDS_PURPOSE, P

M = TypeVar("M", bound=Model)
NATION = "ID"


def holds(actor: Actor, permission: P) -> bool:
    """Return whether some grant of `actor` permits this somewhere: enough to show a door."""
    return permission in actor.permissions


def why_not(
    actor: Actor, permission: P, *, places: Iterable[str] | None = None, unit: str = ""
) -> str | None:
    """Return why `actor` may not do this at `places` (codes; none = belongs nowhere), or nothing.

    `unit` is the code of the unit that owns the thing, for roles bound to their own unit.
    """
    grants = actor.grants_for(permission)
    if not grants:
        return f"tidak ada peran dengan izin {permission}"
    if places is None:
        return None
    codes = tuple(places)
    if not any(_covers(grant, codes, unit) for grant in grants):
        return f"di luar wilayah atau unit penugasan: {', '.join(codes)}"
    return None


def may(actor: Actor, permission: P, *, places: Iterable[str] | None = None, unit: str = "") -> bool:
    """Return whether `actor` may do this at `places`; a missing purpose counts as no."""
    has_purpose = permission not in NEEDS_PURPOSE or actor.purpose is not None
    return has_purpose and why_not(actor, permission, places=places, unit=unit) is None


def require(actor: Actor, permission: P, *, places: Iterable[str] | None = None, unit: str = "") -> None:
    """Raise `AccessDenied` or `PurposeMissing` where `may` would say no."""
    reason = why_not(actor, permission, places=places, unit=unit)
    if reason is not None:
        raise AccessDenied(reason)
    if permission in NEEDS_PURPOSE and actor.purpose is None:
        raise PurposeMissing


def scope(actor: Actor, permission: P, rows: QuerySet[M]) -> QuerySet[M]:
    """Return those of `rows` that `actor` may have for `permission`; none at all without the right.

    Raises `PurposeMissing` where the permission opens data of persons and no purpose was chosen.
    """
    grants = actor.grants_for(permission)
    if not grants:
        return rows.none()
    if permission in NEEDS_PURPOSE and actor.purpose is None:
        raise PurposeMissing
    allowed = Q(pk__in=[])
    for grant in grants:
        found = _filter_of(grant, rows.model)
        if found is None:
            return rows
        allowed |= found
    return rows.filter(allowed)


@dataclass(frozen=True, slots=True)
class Reach:
    """All that `scope` and the walls of the database depend on: two actors of one reach read the same rows.

    `granted` is each permission with its territories and the unit it is bound to, `territories` and
    `seals` are what row-level security lets through.
    """

    granted: frozenset[tuple[P, frozenset[str], str]]
    territories: tuple[str, ...]
    seals: tuple[str, ...]
    has_purpose: bool


def reach(actor: Actor, *permissions: P) -> Reach:
    """Return the reach of `actor` for `permissions`, as a key for what is worked out once for many."""
    granted = frozenset(
        (p, frozenset(grant.territories), grant.unit_code if grant.kind.is_bound_to_unit else "")
        for p in permissions
        for grant in actor.grants_for(p)
    )
    return Reach(granted, actor.territories, actor.seals, actor.purpose is not None)


def _covers(grant: Grant, codes: tuple[str, ...], unit: str) -> bool:
    if grant.kind.is_bound_to_unit and unit and unit != grant.unit_code:
        return False
    return any(within(code, territory) for code in codes for territory in grant.territories)


def _filter_of(grant: Grant, model: type[Model]) -> Q | None:
    """Return the filter of one grant, or nothing where it holds for every row."""
    by: str = getattr(model, "access_by", "")
    unit: str = getattr(model, "access_unit", "")
    bound = Q(**{unit: grant.unit_code}) if unit and grant.kind.is_bound_to_unit else None
    if not by or NATION in grant.territories:
        return bound
    if by == "territories":
        place = Q(territories__overlap=list(grant.territories))
    else:
        place = Q()
        for code in grant.territories:
            place |= Q(**{by: code}) | Q(**{f"{by}__startswith": code + "."})
    return place & bound if bound else place
