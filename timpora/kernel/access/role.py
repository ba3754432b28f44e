"""What a role is: a bundle of permissions with a meaning that a citizen could read."""

from typing import ClassVar

from timpora.kernel.access.permissions import P


class Role:
    """A bundle of permissions with a public meaning; `is_bound_to_unit` limits rows to the own unit."""

    slug: ClassVar[str]
    name: ClassVar[str]
    meaning: ClassVar[str]
    permissions: ClassVar[tuple[P, ...]]
    seals: ClassVar[tuple[str, ...]] = ()
    is_bound_to_unit: ClassVar[bool] = False
