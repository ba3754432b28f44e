"""A gap in the numbers of a device, as the posko shows it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from timpora.kernel.carriage import Carriage


@dataclass(frozen=True, slots=True)
class GapView:
    """Report numbers `first` to `last` of one device that never arrived, known since `since`.

    Unit and officer are those of the report beside it, the one after where the reader may see it. `device`
    is the end of its identifier, enough to tell the phones of an office apart. `is_red`: the numbers can no
    longer be taken to be on their way. `device_id`, `officer_id` and `wilayah` are for closing it by hand.
    """

    unit_code: str
    unit_name: str
    officer_name: str
    device: str
    first: int
    last: int
    since: datetime
    is_red: bool
    device_id: UUID
    officer_id: UUID
    wilayah: str


@dataclass(frozen=True, slots=True)
class ClosureView:
    """A gap that somebody closed by hand, and why; `brought` says who carried it home from a post."""

    unit_name: str
    officer_name: str
    device: str
    first: int
    last: int
    by: str
    at: datetime
    because: str
    brought: Carriage | None = None
