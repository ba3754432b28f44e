"""Who shares a drawing of the posko's board (ADR 0014)."""

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from uuid import UUID

from timpora.kernel.access.policy import Reach


@dataclass(frozen=True)
class Audience:
    """Everybody to whom one drawing of a board may be shown: all it depends on, and nothing else."""

    operation_id: UUID
    reach: Reach
    zone: str
    language: str
    is_wall: bool

    @cached_property
    def digest(self) -> str:
        """Return a name for the audience that is the same in every process."""
        reach = self.reach
        granted = sorted((p.value, sorted(codes), unit) for p, codes, unit in reach.granted)
        told = [
            str(self.operation_id),
            granted,
            sorted(reach.territories),
            sorted(reach.seals),
            reach.has_purpose,
            self.zone,
            self.language,
            self.is_wall,
        ]
        return blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()
