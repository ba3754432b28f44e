"""Sign-ins that a post on a laptop takes along: those of its own officers, and no other (F42)."""

from collections.abc import Sequence
from uuid import UUID

from timpora.apps.identity.errors import NoPostRole
from timpora.apps.identity.models import Assignment, User
from timpora.apps.identity.types import NewAssignment, NewUser, SignIn
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.access.post_roles import POST_ROLES
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag


@deed(P.OPERATIONS_POST_OUTFIT, tag=Tag.IDENTITY_SIGN_INS_TAKEN, is_decision=True)
def sign_ins_take(act: Act, *, officer_ids: Sequence[UUID], unit: str, place: str) -> list[SignIn]:
    """Return officers of `unit` as another system needs them to let them in: with the hash of the password.

    Of their assignments those at the unit, in force today and of a role of a post (`POST_ROLES`), travel.
    Raises `AccessDenied` where one of them has none there, `NoPostRole` where none of that kind.
    """
    wanted = list(dict.fromkeys(officer_ids))
    subject = Subject(kind="sign-ins", id=unit, places=(place,), unit=unit)
    act.upon(subject, refs={"officers": sorted(map(str, wanted))})
    rows = Assignment.objects.filter(user__in=wanted, user__is_active=True, unit=unit).select_related("unit")
    held: dict[UUID, list[Assignment]] = {}
    for row in rows.order_by("starts", "id"):
        today = clock.today(row.unit.zone)
        if row.starts <= today and (row.ends is None or today < row.ends):
            held.setdefault(row.user_id, []).append(row)
    if held.keys() != set(wanted):
        raise AccessDenied
    users = User.objects.in_bulk(wanted)
    for officer, rows_held in held.items():
        held[officer] = [row for row in rows_held if row.role in POST_ROLES]
        if not held[officer]:
            raise NoPostRole(f"{users[officer].name} tidak mempunyai jabatan yang bertugas di pos.")
    return [SignIn(one, _new(users[one], held[one])) for one in wanted]


def _new(user: User, held: list[Assignment]) -> NewUser:
    return NewUser(
        username=user.username,
        name=user.name,
        # Its hash stands for it.
        password="",
        assignments=tuple(
            NewAssignment(
                role=row.role,
                unit=row.unit_id,
                starts=row.starts,
                territories=tuple(row.territories),
                ends=row.ends,
                acting=row.acting,
                decree=row.decree,
            )
            for row in held
        ),
        nip=user.nip,
        rank=user.rank,
        post=user.post,
        password_hash=user.password,
    )
