"""What a document tells: whether its machine-readable zone holds, and whom the registry knows by it."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple
from uuid import UUID

from timpora.apps.findings.types import NewChecked, Outcome
from timpora.apps.registry import queries as registry
from timpora.apps.registry.types import DocumentOwner
from timpora.domain.dates import DateRefused, date_partial_read
from timpora.domain.linkage import words_bear_out
from timpora.domain.mrz import Mrz, MrzRefused, mrz_read
from timpora.kernel.access.actor import system_actor
from timpora.kernel.access.machine_roles import MesinLatar


class Holder(NamedTuple):
    """Whom the registry knows by the number of a document that was shown.

    `is_sure` where a sound zone of that state bears the number, or name and birth bear it out. A
    number alone may be a slip of the thumb: then it protects its holder and says nothing else of him.
    """

    person: UUID
    is_sure: bool


Key = tuple[str, str]
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
    zones = {at: _zone_read(one.mrz, on) for at, one in enumerate(checked)}
    shown = {at: keys for at, one in enumerate(checked) if (keys := _keys(one, zones[at]))}
    if not shown:
        return {}
    owners = registry.document_owners(MATCHER, [key for keys in shown.values() for key in keys])
    found: dict[int, Holder] = {}
    for at, keys in shown.items():
        held = [(key, owner) for key in keys for owner in owners.get(key, [])]
        persons = {owner.person for _, owner in held}
        if len(persons) == 1:
            is_sure = any(_is_sure(checked[at], zones[at], key, owner, on) for key, owner in held)
            found[at] = Holder(persons.pop(), is_sure)
    return found


def _is_sure(one: NewChecked, zone: Mrz | None, key: Key, owner: DocumentOwner, on: date) -> bool:
    """Tell whether the zone or the words of a visit bear out a record of the holder.

    A zone proves a number of its own state. Numbers of two states may be alike, so where the list named no
    state the zone's name and birth must bear the record out as well.
    """
    number, state = key
    if zone is not None and _number(zone.document_number) == number:
        born = zone.birth.iso() if zone.birth else ""
        name = f"{zone.given_names} {zone.surname}"
        if (state and state == zone.issuer) or words_bear_out(name, born, owner.name, owner.birth):
            return True
    birth = ""
    with suppress(DateRefused):
        birth = read.iso() if (read := date_partial_read(one.birth_text, latest=on)) else ""
    return words_bear_out(one.name, birth, owner.name, owner.birth)


def _zone_read(mrz: str, on: date) -> Mrz | None:
    """Return a zone whose check digits all hold."""
    with suppress(MrzRefused):
        zone = mrz_read(mrz, on=on)
        return zone if zone.is_sound else None
    return None


def persons_named(content: str, on: date) -> set[UUID]:
    """Return whom the registry surely knows by the documents that the text of a report names."""
    try:
        told = json.loads(content).get("checked", [])
    except (ValueError, AttributeError):
        return set()
    rows = [one for one in (told if isinstance(told, list) else []) if isinstance(one, dict)]
    shown = [
        NewChecked(
            outcome=Outcome.NOT_MET,
            name=str(one.get("name") or ""),
            document_number=str(one.get("document_number") or ""),
            document_state=str(one.get("document_state") or ""),
            birth_text=str(one.get("birth") or ""),
            nationality=str(one.get("nationality") or ""),
            mrz=str(one.get("mrz") or ""),
        )
        for one in rows
    ]
    return {holder.person for holder in holders_of(shown, on).values() if holder.is_sure}


def _keys(one: NewChecked, zone: Mrz | None) -> set[Key]:
    """Return number and issuing state as lists may have them: many lists name no state."""
    typed = _number(one.document_number)
    if not typed and zone is not None:
        return {(_number(zone.document_number), zone.issuer), (_number(zone.document_number), "")}
    state = (one.document_state or one.nationality).strip().upper()
    return {(typed, state), (typed, "")} if typed else set()


def _number(written: str) -> str:
    return "".join(sign for sign in written.upper() if sign.isalnum())
