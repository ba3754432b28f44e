"""The plain value of whoever asks: built by `identity` at the edge, carried by every call."""

from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from timpora.kernel.access.permissions import P
from timpora.kernel.access.role import Role
from timpora.kernel.access.roles import ROLES


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why data of persons is opened in this session of work: a kind (`PURPOSES`) and what it refers to."""

    kind: str
    reference: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.reference}"


@dataclass(frozen=True)
class Grant:
    """One dated assignment in force: a role at a unit over territories (codes of whole steps).

    `acting` is empty, or `Plt.` / `Plh.` where the officer stands in for the head (F6).
    """

    role: str
    unit_code: str
    unit_name: str
    territories: tuple[str, ...]
    acting: str = ""
    zone: str = "Asia/Jakarta"

    @property
    def kind(self) -> type[Role]:
        """The role's class, which names its meaning and permissions."""
        return ROLES[self.role]

    @property
    def title(self) -> str:
        """The role as letters and screens write it, with Plt./Plh. in front."""
        return f"{self.acting} {self.kind.name}".strip()


@dataclass(frozen=True)
class Actor:
    """Whoever asks: an officer with grants, or a job or command (`is_human=False`) that never decides."""

    id: UUID
    name: str
    grants: tuple[Grant, ...]
    is_human: bool = True
    purpose: Purpose | None = None
    language: str = "id"
    nip: str = ""

    @property
    def main(self) -> Grant | None:
        """The grant shown in the header: the first one."""
        return self.grants[0] if self.grants else None

    @cached_property
    def territories(self) -> tuple[str, ...]:
        """All territories of all grants: what row-level security lets through."""
        return tuple(sorted({code for grant in self.grants for code in grant.territories}))

    @cached_property
    def permissions(self) -> frozenset[P]:
        """Everything some grant permits somewhere."""
        return frozenset(p for grant in self.grants for p in grant.kind.permissions)

    @cached_property
    def seals(self) -> tuple[str, ...]:
        """The sensitivities this actor may open; no role holds one by default."""
        return tuple(sorted({seal for grant in self.grants for seal in grant.kind.seals}))

    def grants_for(self, permission: P) -> tuple[Grant, ...]:
        """Return the grants that hold `permission`."""
        return tuple(grant for grant in self.grants if permission in grant.kind.permissions)

    def for_purpose(self, purpose: Purpose | None) -> "Actor":
        """Return the same actor working for `purpose`."""
        return replace(self, purpose=purpose)


SYSTEM_ID = UUID(int=0)


def system_actor(role: str, name: str) -> Actor:
    """Return the actor of a job or command: national, not human, with only what `role` permits."""
    grant = Grant(role=role, unit_code="DITJENIM", unit_name="Sistem", territories=("ID",))
    return Actor(id=SYSTEM_ID, name=name, grants=(grant,), is_human=False)
