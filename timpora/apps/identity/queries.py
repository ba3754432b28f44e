"""What identity answers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q

from timpora.apps.identity.models import Assignment, Unit, User
from timpora.apps.identity.types import AssignmentView, HeadedOffice, OfficerView, UnitView
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.territory import NATION, within
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, Grant, P, Purpose, scope
from timpora.kernel.access.roles import ROLES
from timpora.kernel.documents.letterhead import LetterheadWords, LetterOffice

# The units of Immigration that issue letters; agencies write under their own heads elsewhere.
LETTER_WRITERS = ("HQ", "KANWIL", "KANIM", "RUDENIM", "UKK")

# Every request asks this, before anything else of its own: one statement, put together here once.
_SESSION = """
SELECT identity_user.name, language, nip, role, unit.code, unit.name, zone, territories, acting, starts, ends
FROM identity_user
LEFT JOIN identity_assignment AS assignment ON assignment.user_id = identity_user.id
LEFT JOIN identity_unit AS unit ON unit.code = assignment.unit_id
WHERE identity_user.id = %s AND identity_user.is_active AND session_key = %s
ORDER BY acting, starts, assignment.id
"""


def actor_get(user_id: UUID, *, session_key: int, purpose: Purpose | None = None) -> Actor | None:
    """Build the actor of a session from the assignments in force today at each unit's own place.

    Returns nothing for a closed account or a revoked session. A head who is away is replaced by the
    dated Plt./Plh.: powers follow the assignment, not the person (F6).
    """
    with connection.cursor() as cursor:
        cursor.execute(_SESSION, [user_id, session_key])
        rows = cursor.fetchall()
    if not rows:
        return None
    name, language, nip = rows[0][:3]
    assigned = [_Assigned(*row[3:]) for row in rows if row[3] is not None]
    grants = tuple(_grant(row) for row in assigned if _is_within_days(row.zone, row.starts, row.ends))
    return Actor(id=user_id, name=name, grants=grants, purpose=purpose, language=language, nip=nip)


def author_get(user_id: UUID, *, on: date | None = None) -> Actor | None:
    """Build the actor of an officer who is not here, to ask what was his to do; nothing for a closed account.

    With `on` the account may be closed, and the assignments are those of that day. Nobody acts by it: the
    deed stays that of whoever asks.
    """
    user = User.objects.filter(pk=user_id).first()
    if user is None or (on is None and not user.is_active):
        return None
    rows = Assignment.objects.filter(user=user).select_related("unit").order_by("acting", "starts", "id")
    held = [row for row in rows if (_is_in_force(row) if on is None else _is_on(row, on))]
    grants = tuple(
        Grant(row.role, row.unit_id, row.unit.name, tuple(row.territories), row.acting, row.unit.zone)
        for row in held
    )
    return Actor(id=user.pk, name=user.name, grants=grants, language=user.language, nip=user.nip)


def _is_on(row: Assignment, day: date) -> bool:
    return row.starts <= day and (row.ends is None or day < row.ends)


class _Assigned(NamedTuple):
    role: str
    unit_code: str
    unit_name: str
    zone: str
    territories: list[str]
    acting: str
    starts: date
    ends: date | None


def _is_in_force(row: Assignment) -> bool:
    return _is_within_days(row.unit.zone, row.starts, row.ends)


def _is_within_days(zone: str, starts: date, ends: date | None) -> bool:
    today = clock.today(zone)
    return starts <= today and (ends is None or today < ends)


def _grant(row: _Assigned) -> Grant:
    return Grant(
        role=row.role,
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        territories=tuple(row.territories),
        acting=row.acting,
        zone=row.zone,
    )


def session_generation(user_id: UUID) -> int:
    """Return how often all sessions of an officer were ended; 0 for an unknown one."""
    return User.objects.filter(pk=user_id).values_list("session_key", flat=True).first() or 0


def usernames() -> frozenset[str]:
    """Return the names of all accounts, for the room of the server: whose database this is."""
    return frozenset(User.objects.values_list("username", flat=True))


def unit_get(code: str) -> UnitView | None:
    """Return a unit; units are public reference data."""
    found = Unit.objects.filter(pk=code).first()
    return _unit_view(found) if found else None


def unit_list(*, kinds: Iterable[str] = (), codes: Iterable[str] | None = None) -> list[UnitView]:
    """Return units of the given kinds (all without), by code."""
    rows = Unit.objects.filter(is_active=True).order_by("code")
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    return [_unit_view(row) for row in rows]


def unit_for_place(wilayah: str) -> UnitView | None:
    """Return the immigration office in whose working area a place lies: the longest matching area."""
    best: tuple[int, Unit] | None = None
    for unit in Unit.objects.filter(kind=Unit.Kind.KANIM, is_active=True).order_by("code"):
        for area in unit.areas:
            if (wilayah == area or wilayah.startswith(area + ".")) and (best is None or len(area) > best[0]):
                best = (len(area), unit)
    return _unit_view(best[1]) if best else None


def letter_office(unit: UnitView) -> LetterOffice:
    """Return an office as its letters name it; offices and their letterheads are public."""
    return _letter_offices([unit])[0].office


def letterhead_list(actor: Actor) -> list[HeadedOffice]:
    """Return the offices whose letterhead the actor keeps: his own, those under it, or all of the nation."""
    units = [unit for unit in unit_list(kinds=LETTER_WRITERS) if keeps_letterhead(actor, unit)]
    return _letter_offices(units)


def letterhead_get(actor: Actor, unit_code: str) -> HeadedOffice:
    """Return one office with its letterhead; raises `AccessDenied` for an absent or foreign one alike."""
    unit = unit_get(unit_code)
    if unit is None or not keeps_letterhead(actor, unit):
        raise AccessDenied
    return _letter_offices([unit])[0]


def keeps_letterhead(actor: Actor, unit: UnitView) -> bool:
    """Return whether the actor writes what stands over the letters of `unit`."""
    return unit.kind in LETTER_WRITERS and any(
        NATION in grant.territories or grant.unit_code in {unit.code, unit.parent}
        for grant in actor.grants_for(P.IDENTITY_LETTERHEAD_WRITE)
    )


def _letter_offices(units: Sequence[UnitView]) -> list[HeadedOffice]:
    parents = {row.code: row for row in unit_list(codes={unit.parent for unit in units if unit.parent})}
    seats = wilayah.regions_by_code({unit.wilayah for unit in units})
    towns = {row.code: row.place for row in wilayah.office_rows()}
    found = []
    for unit in units:
        above = parents.get(unit.parent or "")
        office = LetterOffice(
            name=unit.name,
            regional=above.name if above and above.kind == Unit.Kind.KANWIL else "",
            seat=seats[unit.wilayah].chain if unit.wilayah in seats else "",
            town=towns.get(unit.code, ""),
            words=LetterheadWords.of(unit.letterhead),
        )
        found.append(HeadedOffice(unit, office))
    return found


def officer_list(actor: Actor, *, unit: str, roles: Iterable[str] = ()) -> list[OfficerView]:
    """Return the officers assigned today at `unit`, for teams and letters; none outside the territory."""
    home = scope(actor, P.OPERATIONS_TEAM_FORM, Unit.objects.filter(pk=unit)).first()
    if home is None or not _is_within(actor, home):
        return []
    rows = Assignment.objects.filter(unit=home, user__is_active=True).select_related("user", "unit")
    if roles:
        rows = rows.filter(role__in=list(roles))
    return [_officer_view(row) for row in rows.order_by("user__name") if _is_in_force(row)]


def officer_ids(units: Iterable[str], *, roles: Iterable[str]) -> dict[str, frozenset[UUID]]:
    """Return, by unit, who is assigned there today in one of `roles`: identifiers alone, to be counted."""
    rows = Assignment.objects.filter(unit__in=list(units), role__in=list(roles), user__is_active=True)
    found: dict[str, set[UUID]] = {}
    for row in rows.select_related("unit"):
        if _is_in_force(row):
            found.setdefault(row.unit_id, set()).add(row.user_id)
    return {unit: frozenset(ids) for unit, ids in found.items()}


def officer_names(ids: Iterable[UUID]) -> Mapping[UUID, OfficerView]:
    """Return officers by id with their newest assignment: for letters and records that name them."""
    found: dict[UUID, OfficerView] = {}
    rows = Assignment.objects.filter(user_id__in=list(ids)).select_related("user", "unit")
    for row in rows.order_by("starts"):
        found[row.user_id] = _officer_view(row)
    return found


def user_list(actor: Actor) -> list[OfficerView]:
    """Return all accounts with their assignments in force: for the administrator."""
    rows = Assignment.objects.filter(Q(user__is_active=True)).select_related("user", "unit")
    if P.IDENTITY_USER_READ not in actor.permissions:
        return []
    return [_officer_view(row) for row in rows.order_by("unit_id", "user__name") if _is_in_force(row)]


def assignments_of(user_id: UUID) -> list[AssignmentView]:
    """Return an officer's assignments that have not ended, by start: for his own start page."""
    rows = Assignment.objects.filter(user_id=user_id).select_related("user", "unit").order_by("starts", "id")
    return [_assignment_view(row) for row in rows if not _is_over(row)]


def assignment_list(actor: Actor) -> list[AssignmentView]:
    """Return all assignments that have not ended, within the administrator's territory, by unit and name."""
    territories = [code for g in actor.grants_for(P.IDENTITY_USER_READ) for code in g.territories]
    rows = Assignment.objects.filter(user__is_active=True).select_related("user", "unit")
    return [
        _assignment_view(row)
        for row in rows.order_by("unit_id", "user__name", "starts", "id")
        if not _is_over(row) and any(within(row.unit.wilayah, territory) for territory in territories)
    ]


def _is_over(row: Assignment) -> bool:
    return row.ends is not None and row.ends <= clock.today(row.unit.zone)


def _assignment_view(row: Assignment) -> AssignmentView:
    return AssignmentView(
        id=row.pk,
        user_id=row.user_id,
        user_name=row.user.name,
        username=row.user.username,
        nip=row.user.nip,
        role=row.role,
        title=f"{row.acting} {ROLES[row.role].name}".strip(),
        unit_code=row.unit_id,
        unit_name=row.unit.name,
        starts=row.starts,
        ends=row.ends,
        acting=row.acting,
        decree=row.decree,
        is_now=_is_in_force(row),
    )


def _is_within(actor: Actor, unit: Unit) -> bool:
    return any(
        "ID" in grant.territories or grant.unit_code == unit.code
        for grant in actor.grants_for(P.OPERATIONS_TEAM_FORM)
    )


def _officer_view(row: Assignment) -> OfficerView:
    return OfficerView(
        id=row.user_id,
        username=row.user.username,
        name=row.user.name,
        nip=row.user.nip,
        rank=row.user.rank,
        # Who acts for another does so in that office's name; else the post, and without one the role.
        title=f"{row.acting} {ROLES[row.role].name}" if row.acting else row.user.post or ROLES[row.role].name,
        unit_code=row.unit_id,
        unit_name=row.unit.name,
        can_report=P.FINDINGS_REPORT_SUBMIT in ROLES[row.role].permissions,
    )


def _unit_view(unit: Unit) -> UnitView:
    return UnitView(
        code=unit.code,
        name=unit.name,
        short_name=unit.short_name or unit.name,
        kind=unit.kind,
        wilayah=unit.wilayah,
        areas=tuple(unit.areas),
        zone=unit.zone,
        lat=unit.lat,
        lng=unit.lng,
        parent=unit.parent_id,
        letterhead=unit.letterhead,
    )
