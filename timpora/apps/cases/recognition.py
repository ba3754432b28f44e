"""Whom the register knows under protection, wherever: asked by protection, told to nobody.

A report from the field knows only who is known where its sender works. Whoever takes a referral over lets
the whole register be asked, so that the cases of that human end at home as well. What is found stands on
the step of the referral, under the seal, and never on the case, which may open again.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from timpora.apps.cases.models import Case, Party, ReferralStep
from timpora.apps.cases.steps import Held
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import CheckedView
from timpora.apps.registry import queries as registry
from timpora.domain.dates import DateRefused, date_partial_read
from timpora.domain.mrz import Mrz, MrzRefused, mrz_read
from timpora.kernel.access import Actor

OF_ONE_HUMAN = "SELECT DISTINCT cases_one_human(known) FROM unnest(%s::uuid[]) AS known"


def recognised(actor: Actor, held: Held) -> UUID | None:
    """Return the one human whom the whole register knows by what was shown at the visit of a case.

    Nobody where the case surely names its person already, or began with no visit.
    """
    if held.party.known_id is not None or held.party.checked_id is None:
        return None
    shown = findings.shown_get(actor, held.party.checked_id)
    zone = _zone_read(shown, held.today)
    return registry.human_shown(
        actor,
        numbers=_numbers(shown, zone),
        births=_births(shown, zone, held.today),
        names={shown.name} | ({f"{zone.given_names} {zone.surname}"} if zone else set()),
    )


def _zone_read(shown: CheckedView, on: date) -> Mrz | None:
    with suppress(MrzRefused):
        zone = mrz_read(shown.mrz, on=on)
        return zone if zone.is_sound else None
    return None


def _numbers(shown: CheckedView, zone: Mrz | None) -> set[str]:
    written = "".join(sign for sign in shown.document_number.upper() if sign.isalnum())
    return {number for number in (written, zone.document_number if zone else "") if number}


def _births(shown: CheckedView, zone: Mrz | None, on: date) -> set[str]:
    births = {zone.birth.iso()} if zone and zone.birth else set()
    with suppress(DateRefused):
        written = date_partial_read(shown.birth_text, latest=on)
        births |= {written.iso()} if written else set()
    return births


def persons_of(held: Held) -> set[UUID]:
    """Return how protection knows the human of a case: by the person it names, and by who was recognised."""
    steps = ReferralStep.objects.filter(referral__case=held.case).exclude(person_id=None)
    known = {held.party.person_id, *steps.values_list("person_id", flat=True)}
    return {person for person in known if person is not None}


def cases_of(persons: Collection[UUID], *, but: Case) -> QuerySet[Case]:
    """Return under lock the other cases of a human, through merges as the gate sees them, wherever they are.

    Behind no wall of territory: whoever calls has lifted it.
    """
    with connection.cursor() as cursor:
        cursor.execute(OF_ONE_HUMAN, [list(persons)])
        human = [row[0] for row in cursor.fetchall() if row[0] is not None]
    named = Party.objects.filter(person_id__in=human).values("case_id")
    seen = ReferralStep.objects.filter(person_id__in=human).values("referral__case_id")
    rows = Case.objects.select_for_update(of=("self",)).select_related("party")
    return rows.filter(Q(pk__in=named) | Q(pk__in=seen)).exclude(pk=but.pk).order_by("pk")


def held_of(rows: QuerySet[Case]) -> Iterator[Held]:
    """Yield locked cases with whom they are about."""
    for case in rows:
        yield Held(case, case.party)
