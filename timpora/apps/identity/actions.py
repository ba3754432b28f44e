"""What identity does: letting officers in and out, their purpose, their assignments."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from threading import BoundedSemaphore
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F, Q

from timpora.apps.identity import errors
from timpora.apps.identity.models import Assignment, SignInAttempt, Unit, User
from timpora.apps.identity.queries import letterhead_get
from timpora.apps.identity.sign_ins import sign_ins_take
from timpora.apps.identity.types import NewActing, NewAssignment, NewUnit, NewUser
from timpora.domain.territory import TerritoryError, steps, zone_of
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P, Purpose
from timpora.kernel.access.actor import system_actor
from timpora.kernel.access.machine_roles import MejaMasuk, MejaPemasangan
from timpora.kernel.access.permissions import PURPOSES
from timpora.kernel.access.roles import HEAD_ROLES, ROLES
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.locks import LockTaken, hold
from timpora.kernel.documents.letterhead import LetterheadWords
from timpora.kernel.text import cleaned

__all__ = [
    "ADDRESS_FACTOR",
    "HASHES",
    "INSTALLER",
    "SIGN_IN_DESK",
    "acting_grant",
    "language_choose",
    "letterhead_write",
    "purpose_choose",
    "sessions_revoke",
    "sign_in",
    "sign_ins_take",
    "sign_out",
    "units_load",
    "user_add",
]
THROTTLE_WINDOW = timedelta(minutes=15)
ADDRESS_FACTOR = 10  # An office shares one address, so it gets ten times the tries of one account.
# A sign-in keeps its connection while a password is hashed; half of the pool is left to everybody else.
HASHES = BoundedSemaphore(max(1, settings.POOL_MAX // 2))
REFERENCE_LENGTH = 200
LINE_LENGTH = 160
SIGN_IN_DESK = system_actor(MejaMasuk.slug, "Meja masuk")
INSTALLER = system_actor(MejaPemasangan.slug, "Meja pemasangan")


@deed(P.IDENTITY_SIGN_IN, tag=Tag.IDENTITY_SIGNED_IN)
def sign_in(act: Act, *, username: str, password: str, address: str, browser: str = "") -> User | None:
    """Return the user whose name and password match, or nothing after noting the refusal.

    Raises `SignInThrottled` before the password is even looked at, and again before anything is told of
    it: attempts at once wait here for each other, so that none beyond the limit gets an answer. The
    caller raises `SignInRefused` for nothing, outside this transaction, so that the note stays. `browser`
    names one in which this account was open before, or nothing: its tries count by themselves, so that
    nobody elsewhere keeps the officer out. Raises `SignInBusy` where too many are checked at once, or where
    another try at the account or from the address is stuck.
    """
    digest = account_digest(username)
    counted = account_digest(f"{digest} {browser}") if browser else digest
    _refuse_throttled(act, counted, "" if browser else address)
    user = User.objects.filter(username=cleaned(username).casefold(), is_active=True).first()
    # A hash is computed for unknown names too, so that time tells nothing about who has an account.
    encoded = user.password if user else _absent_hash()
    if not HASHES.acquire(blocking=False):
        raise errors.SignInBusy
    try:
        is_right = check_password(password, encoded)
    finally:
        HASHES.release()
    # Held from here to the end of the transaction, not while the hash is computed: an office shares one
    # address, and its officers do not wait for each other's hashes.
    try:
        hold(f"sign-in account {counted}", f"sign-in address {address}")
    except LockTaken as taken:
        raise errors.SignInBusy from taken
    _refuse_throttled(act, counted, "" if browser else address)
    if is_right and user is not None:
        act.upon(Subject(kind="user", id=str(user.id)))
        User.objects.filter(pk=user.pk).update(last_login=act.at)
        return user
    SignInAttempt.objects.create(account_digest=counted, address=address, at=act.at)
    act.upon(Subject(kind="account", id=digest[:16]), tag=Tag.IDENTITY_SIGN_IN_REFUSED)
    return None


def account_digest(username: str) -> str:
    """Return how tries at an account are kept: its name is not."""
    return hashlib.sha256(cleaned(username).casefold().encode()).hexdigest()


def _refuse_throttled(act: Act, digest: str, address: str) -> None:
    recent = SignInAttempt.objects.filter(at__gt=act.at - THROTTLE_WINDOW)
    tries: int = settings.SIGN_IN_TRIES
    if recent.filter(account_digest=digest).count() >= tries:
        raise errors.SignInThrottled
    if address and recent.filter(address=address).count() >= tries * ADDRESS_FACTOR:
        raise errors.SignInThrottled


class _Absent:
    encoded = ""


def _absent_hash() -> str:
    if not _Absent.encoded:
        _Absent.encoded = make_password("tidak ada akun ini")
    return _Absent.encoded


@deed(P.IDENTITY_SESSION_OPEN, tag=Tag.IDENTITY_SIGNED_OUT)
def sign_out(act: Act) -> None:
    """Note that the officer ended the session of work."""
    act.upon_self()


@deed(P.IDENTITY_SESSION_OPEN, tag=Tag.IDENTITY_PURPOSE_CHOSEN)
def purpose_choose(act: Act, *, kind: str, reference: str) -> Purpose:
    """Choose why data of persons is opened in this session of work; it is written with every read."""
    reference = cleaned(reference)
    if kind not in PURPOSES or not reference or len(reference) > REFERENCE_LENGTH:
        raise errors.PurposeUnreadable
    chosen = {"kind": kind, "reference": reference}
    seal = next(iter(act.actor.seals), "")
    act.upon_self(refs={"kind": kind} if seal else chosen)
    if seal:
        # Protection's purpose is a victim's case: what it names stands under the seal alone (P26).
        places = act.actor.territories
        act.note(Subject(kind="user", id=str(act.actor.id), places=places, seal=seal), refs=chosen)
    return Purpose(kind=kind, reference=reference)


@deed(P.IDENTITY_SESSION_OPEN, tag=Tag.IDENTITY_LANGUAGE_CHOSEN)
def language_choose(act: Act, *, language: str) -> str:
    """Remember and return the officer's language: `id` or `en`, and `id` for any other word."""
    chosen = language if language in {"id", "en"} else "id"
    User.objects.filter(pk=act.actor.id).update(language=chosen)
    act.upon_self(refs={"language": chosen})
    return chosen


@deed(P.IDENTITY_ASSIGNMENT_GRANT, tag=Tag.IDENTITY_UNITS_LOADED)
def units_load(act: Act, *, units: Iterable[NewUnit]) -> int:
    """Load or bring up to date offices and agencies; parents may come later in the list.

    A letterhead is given to new units only: what an office wrote over its letters stays.
    """
    rows = list(units)
    for row in rows:
        _check_places((row.wilayah, *row.areas))
    made = [
        Unit(
            code=r.code,
            name=r.name,
            short_name=r.short_name,
            kind=r.kind,
            wilayah=r.wilayah,
            areas=list(r.areas),
            zone=r.zone or (zone_of(r.wilayah) if r.wilayah != "ID" else "Asia/Jakarta"),
            lat=r.lat,
            lng=r.lng,
            class_name=r.class_name,
            letterhead=dict(r.letterhead),
        )
        for r in rows
    ]
    fields = [
        "name",
        "short_name",
        "kind",
        "wilayah",
        "areas",
        "zone",
        "lat",
        "lng",
        "class_name",
    ]
    Unit.objects.bulk_create(made, update_conflicts=True, unique_fields=["code"], update_fields=fields)
    children: dict[str, list[str]] = {}
    for row in rows:
        if row.parent:
            children.setdefault(row.parent, []).append(row.code)
    for parent, codes in children.items():
        Unit.objects.filter(code__in=codes).update(parent_id=parent)
    act.upon(Subject(kind="units", id=str(len(rows))))
    return len(rows)


@deed(P.IDENTITY_ASSIGNMENT_GRANT, tag=Tag.IDENTITY_ASSIGNMENT_GRANTED)
def user_add(act: Act, *, user: NewUser, user_id: UUID | None = None) -> UUID:
    """Add an officer with dated assignments; a known username is brought up to date instead.

    Assignments that the new list no longer has are closed as of today, so that history stays.
    """
    about = {
        "name": cleaned(user.name),
        "nip": user.nip,
        "rank": cleaned(user.rank),
        "post": cleaned(user.post),
        "password": user.password_hash or make_password(user.password),
    }
    found, _ = User.objects.update_or_create(
        username=user.username.casefold(),
        defaults=about,
        create_defaults=about | ({"id": user_id} if user_id else {}),
    )
    _assignments_renew(found, [_assignment(found, new) for new in user.assignments])
    roles = [f"{new.role}@{new.unit}" for new in user.assignments]
    act.upon(Subject(kind="user", id=str(found.id)), refs={"assignments": roles})
    return found.id


def _assignments_renew(user: User, wanted: list[Assignment]) -> None:
    def key(row: Assignment) -> tuple[object, ...]:
        return (row.role, row.unit_id, tuple(row.territories), row.starts, row.ends, row.acting)

    kept = {key(row): row for row in Assignment.objects.filter(user=user)}
    Assignment.objects.bulk_create([row for row in wanted if key(row) not in kept])
    for gone in kept.keys() - {key(row) for row in wanted}:
        row = kept[gone]
        ends = max(clock.today(row.unit.zone), row.starts + timedelta(days=1))
        Assignment.objects.filter(pk=row.pk).update(ends=ends)


def _assignment(user: User, new: NewAssignment) -> Assignment:
    unit = Unit.objects.filter(pk=new.unit).first()
    if unit is None or new.role not in ROLES:
        raise errors.AssignmentUnreadable(f"Peran {new.role!r} atau unit {new.unit!r} tidak dikenal.")
    territories = new.territories or tuple(unit.areas) or (unit.wilayah,)
    _check_places(territories)
    return Assignment(
        user=user,
        role=new.role,
        unit=unit,
        territories=list(territories),
        starts=new.starts,
        ends=new.ends,
        acting=new.acting,
        decree=new.decree,
    )


def _check_places(codes: Iterable[str]) -> None:
    for code in codes:
        try:
            steps(code)
        except TerritoryError as error:
            raise errors.AssignmentUnreadable(str(error)) from error


@deed(P.IDENTITY_LETTERHEAD_WRITE, tag=Tag.IDENTITY_LETTERHEAD_WRITTEN)
def letterhead_write(act: Act, *, unit_code: str, words: LetterheadWords) -> None:
    """Write what stands over an office's letters from now on; letters already issued stay as they are.

    Raises `LetterheadUnreadable`; `AccessDenied` for an absent office or one that others keep.
    """
    row = Unit.objects.select_for_update().filter(pk=unit_code, is_active=True).first()
    if row is None:
        raise AccessDenied
    held = letterhead_get(act.actor, unit_code)
    said = LetterheadWords(**{name: _line(word) for name, word in asdict(words).items()})
    if not (said.office and said.address and said.place):
        raise errors.LetterheadUnreadable
    before, after = held.office.words.as_kept(), said.as_kept()
    Unit.objects.filter(pk=row.pk).update(letterhead=after)
    act.upon(
        Subject(kind="unit", id=row.pk, places=(row.wilayah,), unit=row.pk),
        refs={"unit": row.pk, "changed": sorted(k for k in before | after if before.get(k) != after.get(k))},
        payload=json.dumps(after, sort_keys=True, ensure_ascii=False),
    )


def _line(word: str) -> str:
    line = " ".join(cleaned(word).split())
    if len(line) > LINE_LENGTH:
        raise errors.LetterheadUnreadable
    return line


@deed(P.IDENTITY_ASSIGNMENT_GRANT, tag=Tag.IDENTITY_ASSIGNMENT_GRANTED)
def sessions_revoke(act: Act, *, user_id: UUID) -> None:
    """End every session of an officer at once (P14)."""
    if not User.objects.filter(pk=user_id).update(session_key=F("session_key") + 1):
        raise AccessDenied
    act.upon(Subject(kind="user", id=str(user_id)), refs={"revoked_at": clock.now().isoformat()})


@deed(P.IDENTITY_ASSIGNMENT_GRANT, tag=Tag.IDENTITY_ASSIGNMENT_GRANTED)
def acting_grant(act: Act, *, new: NewActing) -> UUID:
    """Let an officer stand in for a head (Plt. or Plh.) for known days; powers end with the last (F6).

    Raises `ActingForOneself`, `ActingUnreadable`, `ActingTwice`; `AccessDenied` for an unknown officer
    or a foreign unit.
    """
    unit = Unit.objects.filter(pk=new.unit, is_active=True).first()
    decree = cleaned(new.decree)
    is_readable = new.role in HEAD_ROLES and new.acting in {"Plt.", "Plh."} and decree and unit is not None
    if unit is None or not is_readable or new.ends <= max(new.starts, clock.today(unit.zone)):
        raise errors.ActingUnreadable
    if new.user_id == act.actor.id:
        raise errors.ActingForOneself
    user = User.objects.select_for_update().filter(pk=new.user_id, is_active=True).first()
    if user is None:
        raise AccessDenied
    same = Assignment.objects.filter(user=user, role=new.role, unit=unit, starts__lt=new.ends)
    if same.filter(Q(ends=None) | Q(ends__gt=new.starts)).exists():
        raise errors.ActingTwice
    made = _assignment(
        user,
        NewAssignment(new.role, new.unit, new.starts, ends=new.ends, acting=new.acting, decree=decree),
    )
    made.save(force_insert=True)
    refs = {"role": new.role, "unit": new.unit, "acting": new.acting, "until": new.ends.isoformat()}
    act.upon(Subject(kind="user", id=str(user.pk), places=(unit.wilayah,)), refs=refs, payload=decree)
    return made.pk
