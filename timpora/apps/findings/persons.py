"""What a document tells: whether its machine-readable zone holds, and whom the registry knows by it."""

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from timpora.apps.findings.types import NewChecked, Outcome
from timpora.apps.registry import queries as registry
from timpora.domain.mrz import MrzRefused, mrz_read
from timpora.kernel.access.actor import system_actor
from timpora.kernel.access.machine_roles import MesinLatar

MATCHER = system_actor(MesinLatar.slug, "Pencocokan dokumen")


def mrz_holds(mrz: str, on: date) -> bool | None:
    """Return whether all check digits of the zone hold; nothing where no zone was given."""
    if not mrz.strip():
        return None
    try:
        return mrz_read(mrz, on=on).is_sound
    except MrzRefused:
        return False


def holders_of(checked: Sequence[NewChecked]) -> dict[int, UUID]:
    """Return, by place in `checked`, the one person the registry knows under the document shown.

    Two persons under one number are nobody: a human tells them apart. The officer in the field never
    learns the answer. Asked behind the walls of whoever sends the report, so that a guessed number means
    nobody known elsewhere; who moved is judged by the words of the visit until a list tells of the move.
    """
    shown = {at: _keys(one) for at, one in enumerate(checked) if one.document_number.strip()}
    if not shown:
        return {}
    owners = registry.document_owners(MATCHER, [key for keys in shown.values() for key in keys])
    found: dict[int, UUID] = {}
    for at, keys in shown.items():
        persons = {owner.person for key in keys for owner in owners.get(key, [])}
        if len(persons) == 1:
            found[at] = persons.pop()
    return found


def persons_named(content: str) -> set[UUID]:
    """Return whom the registry knows by the documents that the text of a report names."""
    try:
        told = json.loads(content).get("checked", [])
    except (ValueError, AttributeError):
        return set()
    rows = [one for one in (told if isinstance(told, list) else []) if isinstance(one, dict)]
    shown = [
        NewChecked(
            outcome=Outcome.NOT_MET,
            document_number=str(one.get("document_number") or ""),
            document_state=str(one.get("document_state") or ""),
            nationality=str(one.get("nationality") or ""),
        )
        for one in rows
    ]
    return set(holders_of(shown).values())


def _keys(one: NewChecked) -> set[tuple[str, str]]:
    """Return number and issuing state as lists may have them: many lists name no state."""
    number = "".join(sign for sign in one.document_number.upper() if sign.isalnum())
    return {(number, (one.document_state or one.nationality).strip().upper()), (number, "")}
