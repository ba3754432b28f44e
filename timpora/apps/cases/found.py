"""What a case rests on, in one sentence for its letters: what was found, when and where."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import translation

from timpora.apps.cases.models import Party
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import FINDINGS
from timpora.apps.indications import queries as indications
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.territory import zone_label, zone_of
from timpora.kernel.access import Actor
from timpora.kernel.documents.calendar_words import DayWords


def found_words(actor: Actor, party: Party) -> str:
    """Return the facts of the origin of a case, without any name; empty where the actor may not read it."""
    if party.checked_id is not None:
        return _in_the_field(actor, party.checked_id)
    return _in_the_data(actor, party.indication_id) if party.indication_id else ""


def _in_the_field(actor: Actor, checked_id: UUID) -> str:
    met = findings.met_get(actor, checked_id)
    if met is None or not met.kinds:
        return ""
    # Letters are Indonesian, whatever language the officer reads in.
    with translation.override("id"):
        kinds = [str(FINDINGS[kind]).lower() for kind in met.kinds]
    place = wilayah.regions_by_code([met.wilayah]).get(met.wilayah)
    return (
        f"pada {_instant(met.captured_at, met.wilayah)} di {place.chain if place else met.wilayah}, "
        f"petugas menemukan: {', '.join(kinds)} (laporan lapangan {met.receipt_number})"
    )


def _in_the_data(actor: Actor, indication_id: UUID) -> str:
    found = indications.indication_said(actor, indication_id)
    return f"pencocokan data pada {DayWords.of(found[0]).long} menunjukkan: {found[1]}" if found else ""


def _instant(at: datetime, code: str) -> str:
    local = at.astimezone(ZoneInfo(zone_of(code)))
    return f"{DayWords.of(local.date()).long} pukul {local:%H.%M} {zone_label(code)}"
