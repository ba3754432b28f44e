"""What a document tells: whether its machine-readable zone holds, and whom the registry knows by it."""

import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple
from uuid import UUID

from timpora.apps.findings.types import NewChecked, Outcome
from timpora.apps.registry import queries as registry
from timpora.apps.registry.types import DocumentOwner
from timpora.domain.dates import DateRefused, date_partial_read
from timpora.domain.linkage import words_bear_out
from timpora.domain.mrz import MrzRefused, mrz_read
from timpora.kernel import clock
from timpora.kernel.access.actor import system_actor
from timpora.kernel.access.machine_roles import MesinLatar


class Holder(NamedTuple):
    """Whom the registry knows by the number of a document that was shown.

    `is_sure` where the zone's check digits prove the number, or name and birth of the visit bear it out. A
    number alone may be a slip of the thumb: then it protects its holder and says nothing else of him.
    """

    person: UUID
    is_sure: bool


MATCHER = system_actor(MesinLatar.slug, "Pencocokan dokumen")


def mrz_holds(mrz: str, on: date) -> bool | None:
    """Return whether all check digits of the zone hold; nothing where no zone was given."""
    if not mrz.strip():
        return None
    try:
        return mrz_read(mrz, on=on).is_sound
    except MrzRefused:
        return False


def holders_of(checked: Sequence[NewChecked], on: date) -> dict[int, Holder]:
    """Return, by place in `checked`, the one person the registry knows under the document shown.

    Two persons under one number are nobody: a human tells them apart. The officer in the field never
    learns the answer. Asked behind the walls of whoever sends the report, so that a guessed number means
    nobody known elsewhere; who moved is judged by the words of the visit until a list tells of the move.
    """
    shown = {at: _keys(one) for at, one in enumerate(checked) if one.document_number.strip()}
    if not shown:
        return {}
    owners = registry.document_owners(MATCHER, [key for keys in shown.values() for key in keys])
    found: dict[int, Holder] = {}
    for at, keys in shown.items():
        held = [owner for key in keys for owner in owners.get(key, [])]
        if len({owner.person for owner in held}) == 1:
            found[at] = Holder(held[0].person, is_sure=_is_sure(checked[at], held, on))
    return found


def _is_sure(one: NewChecked, held: Collection[DocumentOwner], on: date) -> bool:
    """Tell whether the document proves its own number, or a record of the holder says what the visit says."""
    if _number_proven(one, on):
        return True
    birth = ""
    with suppress(DateRefused):
        birth = read.iso() if (read := date_partial_read(one.birth_text, latest=on)) else ""
    return any(words_bear_out(one.name, birth, owner.name, owner.birth) for owner in held)


def _number_proven(one: NewChecked, on: date) -> bool:
    with suppress(MrzRefused):
        zone = mrz_read(one.mrz, on=on)
        return zone.is_sound and _number(zone.document_number) == _number(one.document_number)
    return False


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
    return {holder.person for holder in holders_of(shown, clock.now().date()).values()}


def _keys(one: NewChecked) -> set[tuple[str, str]]:
    """Return number and issuing state as lists may have them: many lists name no state."""
    number = _number(one.document_number)
    return {(number, (one.document_state or one.nationality).strip().upper()), (number, "")}


def _number(written: str) -> str:
    return "".join(sign for sign in written.upper() if sign.isalnum())
