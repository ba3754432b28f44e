"""What a post on a laptop takes along of an operation, and how it is put up there (F42, ADR 0021).

Rows keep their identifiers, so that a report of the post belongs to the same target here. Of persons nothing
travels: neither whom a ground concerns nor which indication led there. The report form goes along with its
operation, and the title of the template that it came from; the template itself and its annexes stay at home.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError, models, transaction

from timpora.apps.identity import actions as identity
from timpora.apps.operations import errors
from timpora.apps.operations.desks import desk_at
from timpora.apps.operations.models import (
    Operation,
    Order,
    Participation,
    Phase,
    Target,
    Team,
    TeamMember,
    TeamTarget,
)
from timpora.apps.operations.teams import LIVING
from timpora.apps.operations.types import Outfit
from timpora.domain.report_forms import read_form
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.access.post_roles import POST_ROLES
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag

# Parents first: what a row refers to is there before it.
KINDS: Final[tuple[type[models.Model], ...]] = (
    Operation,
    Phase,
    Participation,
    Target,
    Team,
    TeamMember,
    TeamTarget,
    Order,
)
NAMES: Final = {kind._meta.label_lower: at for at, kind in enumerate(KINDS)}  # noqa: SLF001 - Django's door


@deed(P.OPERATIONS_POST_OUTFIT, tag=Tag.OPERATIONS_POST_OUTFITTED, is_decision=True)
def outfit_take(
    act: Act, *, operation_id: UUID, team_ids: Sequence[UUID], also_ids: Sequence[UUID] = ()
) -> Outfit:
    """Return what a post needs for teams of the own office whose orders are issued.

    `also_ids` are officers of the office beside the members: who leads the post. Raises `TeamsNotReady`;
    `AccessDenied` for a team that is not the own office's or not of the operation.
    """
    wanted = set(team_ids)
    rows = Team.objects.filter(operation_id=operation_id, pk__in=wanted)
    teams = list(scope(act.actor, act.permission, rows).order_by("name", "id"))
    if not wanted or {team.pk for team in teams} != wanted:
        raise AccessDenied
    units = {team.unit_code for team in teams}
    if len(units) != 1:
        raise AccessDenied
    unit, place = teams[0].unit_code, teams[0].wilayah
    desk_at(act.actor, act.permission, unit=unit)
    orders = list(Order.objects.filter(team__in=teams, encounter=None, state__in=LIVING).order_by("id"))
    if {order.team_id for order in orders} != wanted:
        raise errors.TeamsNotReady
    members = list(TeamMember.objects.filter(team__in=teams).order_by("id"))
    links = list(TeamTarget.objects.filter(team__in=teams).order_by("id"))
    kept = [
        *Operation.objects.filter(pk=operation_id),
        *Phase.objects.filter(operation_id=operation_id).order_by("number"),
        *Participation.objects.filter(operation_id=operation_id, unit_code=unit),
        *_targets([link.target_id for link in links]),
        *teams,
        *members,
        *links,
        *orders,
    ]
    officers = [*dict.fromkeys([*(member.officer_id for member in members), *also_ids])]
    people = identity.sign_ins_take(act.actor, officer_ids=officers, unit=unit, place=place)
    subject = Subject(kind="post", id=str(operation_id), places=(place,), unit=unit)
    refs = {"teams": sorted(map(str, wanted)), "officers": sorted(str(one.id) for one in people)}
    act.upon(subject, refs=refs)
    return Outfit(operation_id, unit, place, _schema(), serializers.serialize("json", kept), tuple(people))


@deed(P.OPERATIONS_POST_INSTALL, tag=Tag.OPERATIONS_POST_INSTALLED)
def outfit_install(act: Act, *, outfit: Outfit) -> int:
    """Put up a post: its officers, and whatever is not there yet of its rows; return how many rows came.

    Doing it again brings what was added since. Raises `OutfitUnfit` for another version of the program, an
    unknown office, an officer whose name somebody else has, who holds a post elsewhere or one that no post of
    a laptop has (`POST_ROLES`); then nothing of it remains.
    """
    if outfit.schema != _schema():
        raise errors.OutfitUnfit("Laptop dan kantor memakai versi program yang berbeda. Samakan dahulu.")
    for person in outfit.officers:
        if any(given.role not in POST_ROLES for given in person.user.assignments):
            raise errors.OutfitUnfit(f"{person.user.username} berjabatan yang tidak bertugas di pos.")
        if any(given.unit != outfit.unit_code for given in person.user.assignments):
            raise errors.OutfitUnfit(f"{person.user.username} berjabatan di kantor lain. Minta bekal baru.")
        if identity.user_add(act.actor, user=person.user, user_id=person.id) != person.id:
            raise errors.OutfitUnfit(f"Nama pengguna {person.user.username} di laptop ini milik orang lain.")
    try:
        with transaction.atomic():
            count = sum(_stored(row) for row in _rows(outfit.rows))
    except IntegrityError as error:
        raise errors.OutfitUnfit(
            "Laptop ini sudah memuat operasi atau sasaran lain yang bernama sama."
        ) from error
    subject = Subject(kind="post", id=str(outfit.operation_id), places=(outfit.place,), unit=outfit.unit_code)
    act.upon(subject, refs={"officers": [str(one.id) for one in outfit.officers]}, payload=outfit.rows)
    return count


def _targets(ids: Sequence[UUID]) -> list[Target]:
    rows = list(Target.objects.filter(pk__in=ids).order_by("id"))
    for row in rows:
        row.indication_ids = []
    return rows


def _rows(text: str) -> Iterator[models.Model]:
    """Read rows of the kinds that a post has, and of no other."""
    try:
        told = sorted(json.loads(text), key=lambda row: NAMES[row["model"]])
        for one in serializers.deserialize("python", told):
            if isinstance(one.object, Operation):
                # Phones ask it and reports are checked against it: one that cannot be read stays outside.
                read_form(one.object.report_form)
            yield one.object
    except (DeserializationError, KeyError, TypeError, ValueError) as error:
        raise errors.OutfitUnfit from error


def _stored(row: models.Model) -> int:
    """Insert a row where it is not there yet; numbers of the other system are not ours."""
    kind = type(row)
    if isinstance(kind._meta.pk, models.BigAutoField):  # noqa: SLF001
        row.pk = None
    before = kind._default_manager.count()  # noqa: SLF001
    kind._default_manager.bulk_create([row], ignore_conflicts=True)  # noqa: SLF001
    return kind._default_manager.count() - before  # noqa: SLF001


def _schema() -> str:
    """Return a digest of the tables that travel: both systems must know the same columns."""
    columns = [f"{kind._meta.db_table}.{f.column}" for kind in KINDS for f in kind._meta.concrete_fields]  # noqa: SLF001
    return hashlib.sha256("\n".join(columns).encode()).hexdigest()[:16]
