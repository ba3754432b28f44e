"""What a line of the start page is, for all who provide one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import OperationRow
from timpora.domain.states import OperationState
from timpora.kernel.access import Actor

LIVE: Final = frozenset({OperationState.PLANNED, OperationState.APPROVED, OperationState.RUNNING})


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the start page: what, how many, where to go."""

    title: str
    icon: str
    url: str = ""
    note: str = ""
    due_on: date | None = None
    is_due: bool = False


Provider = Callable[[Actor], Iterator[Item]]


def living(actor: Actor) -> list[OperationRow]:
    """Return the operations that run or are being prepared."""
    return [row for row in operations.operation_list(actor) if row.operation.state in LIVE]
