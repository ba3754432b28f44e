"""Every rule there is, by id."""

from collections.abc import Mapping
from typing import Final

from timpora.domain.rules import (
    address,
    after_exit,
    guarantor,
    lodging_late,
    no_entry,
    permit_ended,
    two_places,
    work_place,
    work_right,
)
from timpora.domain.rules.rule import Rule

ALL_RULES: Final[Mapping[str, Rule]] = {
    module.RULE.id: module.RULE
    for module in (
        address,
        after_exit,
        guarantor,
        lodging_late,
        no_entry,
        permit_ended,
        two_places,
        work_place,
        work_right,
    )
}
