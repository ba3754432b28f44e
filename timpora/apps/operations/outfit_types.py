"""What a post on a laptop takes along."""

from dataclasses import dataclass
from uuid import UUID

from timpora.apps.identity.types import SignIn


@dataclass(frozen=True, slots=True)
class Outfit:
    """An operation as a post needs it: `rows` as JSON with their identifiers, and who may sign in there.

    `schema` tells which columns the rows have; `place` is where the post's rows lie.
    """

    operation_id: UUID
    unit_code: str
    place: str
    schema: str
    rows: str
    officers: tuple[SignIn, ...]
