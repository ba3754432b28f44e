"""A person's facts as moments of one timeline, and what the sources contradict each other in."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from rapidfuzz.distance import DamerauLevenshtein

from timpora.apps.registry.types import (
    CrossingFact,
    PermitFact,
    PersonPage,
    RecordView,
    StayFact,
    WorkFact,
)
from timpora.domain.names import name_keys
from timpora.domain.territory import WIB, ZONE_LABELS, TerritoryError, within, zone_of

ONE_DAY = timedelta(days=1)
# Signs of a document's number that one hand may write wrong, or in the other order, at once.
SLIP = 1
Names = Mapping[str, str]
Agree = Callable[[str, str], bool]


class Lane(IntEnum):
    """The lines of the timeline, from left to right."""

    CROSSING = 1
    PERMIT = 2
    STAY = 3
    WORK = 4
    INDICATION = 5
    VISIT = 6


LANE_NAMES: Mapping[Lane, str | Promise] = {
    Lane.CROSSING: gettext_lazy("Perlintasan"),
    Lane.PERMIT: gettext_lazy("Izin"),
    Lane.STAY: gettext_lazy("Tinggal"),
    Lane.WORK: gettext_lazy("Pekerjaan"),
    Lane.INDICATION: gettext_lazy("Indikasi"),
    Lane.VISIT: gettext_lazy("Penanganan"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A source in the office's words, the day it reported, and the row of the list it stands in."""

    label: str
    on: date
    list_id: UUID | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened on a day; `at` is how the day (and hour) is written."""

    on: date
    at: str
    lane: Lane
    title: str
    note: str = ""
    tone: str = ""
    sources: tuple[Told, ...] = ()
    url: str = ""
    is_doubtful: bool = False

    @property
    def lane_name(self) -> str:
        """Return the name of the line it stands on."""
        return str(LANE_NAMES[self.lane])


@dataclass(frozen=True, slots=True)
class Conflict:
    """A thing on which sources differ: what each of them says."""

    label: str
    sides: tuple[tuple[str, Told], ...]


def told(record: RecordView) -> Told:
    """Return the source of a record as screens name it."""
    return Told(record.told_by, record.reported_on, record.submission_id, record.row)


def place_of(address: str, code: str, names: Names) -> str:
    """Write where something is: the address as told, without a code, and what it leaves out of the region."""
    told = address.removeprefix(code).lstrip(" -–:") if code else address
    folded = told.casefold()
    left_out = [part for part in names.get(code, code).split(", ") if part.casefold() not in folded]
    return ", ".join(part for part in (told, *left_out) if part)


def moments_of(
    page: PersonPage, *, on: date, names: Names, others: Iterable[Moment] = ()
) -> tuple[Moment, ...]:
    """Return everything that happened, newest first; the same thing told twice is one with two sources."""
    found: dict[tuple[object, ...], Moment] = {}
    for moment in (*_facts(page, on, names), *others):
        key = (moment.on, moment.at, moment.lane, moment.title, moment.note)
        known = found.get(key)
        found[key] = replace(known, sources=known.sources + moment.sources) if known else moment
    return tuple(sorted(found.values(), key=lambda m: (m.on, m.at, -m.lane, m.title), reverse=True))


def _facts(page: PersonPage, on: date, names: Names) -> Iterator[Moment]:
    for crossing in page.crossings:
        yield _crossing(crossing, names)
    for permit in page.permits:
        yield from _permit(permit, on)
    for stay in page.stays:
        yield _stay(stay, names)
    for work in page.works:
        yield _work(work, names)


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def crossed_on(crossing: CrossingFact) -> date:
    """Return the day of a crossing at its checkpoint's own place."""
    return crossing.at.astimezone(ZoneInfo(_zone(crossing.wilayah))).date()


def _zone(code: str) -> str:
    try:
        return zone_of(code) if code else WIB
    except TerritoryError:
        return WIB


def _crossing(crossing: CrossingFact, names: Names) -> Moment:
    zone = _zone(crossing.wilayah)
    local = crossing.at.astimezone(ZoneInfo(zone))
    way = (
        pgettext("perlintasan", "Masuk") if crossing.direction == "in" else pgettext("perlintasan", "Keluar")
    )
    return Moment(
        on=local.date(),
        at=f"{local:%d-%m-%Y} {local:%H.%M} {ZONE_LABELS[zone]}" if crossing.has_time else _day(local.date()),
        lane=Lane.CROSSING,
        title=f"{way}, {names.get(crossing.checkpoint, crossing.checkpoint)}" if crossing.checkpoint else way,
        note=crossing.carrier,
        sources=(told(crossing.record),),
    )


def _permit(permit: PermitFact, on: date) -> Iterator[Moment]:
    sources = (told(permit.record),)
    last_day = permit.ends - ONE_DAY if permit.ends else None
    note = _("penjamin %(name)s") % {"name": permit.guarantor} if permit.guarantor else ""
    if permit.starts:
        kind = f"{permit.kind} {permit.visa_index}".strip()
        title = _("%(kind)s mulai berlaku") % {"kind": kind}
        yield Moment(permit.starts, _day(permit.starts), Lane.PERMIT, title, note, sources=sources)
    if last_day:
        is_over = last_day < on
        title = (_("%(kind)s berakhir") if is_over else _("%(kind)s: hari terakhir berlaku")) % {
            "kind": permit.kind
        }
        pending = _("perpanjangan dilaporkan sedang diajukan") if permit.is_extension_pending else ""
        tone = "stop" if is_over and not pending else ""
        yield Moment(last_day, _day(last_day), Lane.PERMIT, title, pending, tone, sources)
    if permit.guarantor_ends:
        title = _("Penjamin %(name)s menyatakan tidak menjamin lagi") % {"name": permit.guarantor}
        at = permit.guarantor_ends
        yield Moment(at, _day(at), Lane.PERMIT, title, tone="caution", sources=sources)


def _stay(stay: StayFact, names: Names) -> Moment:
    where = place_of(stay.address, stay.wilayah, names)
    title = _("Menginap di %(place)s") % {"place": stay.lodging} if stay.lodging else _("Tinggal")
    until = _("sampai %(day)s") % {"day": _day(stay.ends)} if stay.ends else ""
    note = "; ".join(part for part in (where, until) if part)
    return Moment(stay.starts, _day(stay.starts), Lane.STAY, title, note, sources=(told(stay.record),))


def _work(work: WorkFact, names: Names) -> Moment:
    on = work.starts or work.record.reported_on
    employer = work.employer or _("pemberi kerja tidak disebut")
    said = _("Rencana kerja (RPTKA) di %(name)s") if work.is_plan else _("Dilaporkan bekerja di %(name)s")
    until = _("sampai %(day)s") % {"day": _day(work.ends - ONE_DAY)} if work.ends else ""
    undated = "" if work.starts else _("tanggal mulai tidak disebut; ini tanggal laporannya")
    note = "; ".join(
        p for p in (work.position, place_of(work.place, work.wilayah, names), until, undated) if p
    )
    return Moment(
        on=on,
        at=_day(on),
        lane=Lane.WORK,
        title=said % {"name": employer},
        note=note,
        sources=(told(work.record),),
        is_doubtful=not work.starts,
    )


def conflicts_of(page: PersonPage, *, on: date, names: Names) -> tuple[Conflict, ...]:
    """Return what the sources contradict each other in; a shorter or rougher telling is no contradiction."""
    found = (
        Conflict(_("Nama"), _sides(page.records, "name", _names_agree)),
        Conflict(_("Lahir"), _sides(page.records, "birth", _births_agree)),
        Conflict(_("Kelamin"), _sides(page.records, "sex", str.__eq__)),
        Conflict(_("Nomor dokumen"), _slips(page.records)),
        Conflict(_("Alamat"), _addresses(page, on, names)),
    )
    return tuple(conflict for conflict in found if len(conflict.sides) > 1)


def spellings_of(page: PersonPage) -> tuple[str, ...]:
    """Return other ways the name was written that contradict nothing: order, spelling, left-out words."""
    shown = {page.person.name} | {value for value, _source in _sides(page.records, "name", _names_agree)}
    return tuple(sorted({record.name for record in page.records if record.name} - shown))


def _sides(records: Sequence[RecordView], field: str, agree: Agree) -> tuple[tuple[str, Told], ...]:
    """Keep one telling of each that disagree; of those that agree, the fullest and then the newest."""
    kept: list[tuple[str, Told]] = []
    tellings = [(str(getattr(r, field)), told(r)) for r in records if getattr(r, field)]
    for value, source in sorted(tellings, key=lambda side: -len(side[0])):
        if not any(agree(value, other) for other, _source in kept):
            kept.append((value, source))
    return tuple((birth_said(v) if field == "birth" else v, s) for v, s in kept)


def _names_agree(one: str, other: str) -> bool:
    left, right = (_sounds(name) for name in (one, other))
    return left <= right or right <= left


def _sounds(name: str) -> set[str]:
    keys = name_keys(name)
    return {key for key in keys if key.startswith("~")} or set(keys)


def _slips(records: Sequence[RecordView]) -> tuple[tuple[str, Told], ...]:
    """Keep the numbers that differ by a slip of the hand; a wholly other number is another document."""
    tellings = {
        _plain(record.document_number): (record.document_number, told(record))
        for record in sorted(records, key=lambda r: r.reported_on, reverse=True)
        if record.document_number
    }
    return tuple(
        telling
        for number, telling in tellings.items()
        if any(_is_slip(number, other) for other in tellings if other != number)
    )


def _is_slip(one: str, other: str) -> bool:
    return len(one) == len(other) and DamerauLevenshtein.distance(one, other) <= SLIP


def _plain(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isalnum())


def _births_agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def birth_said(birth: str) -> str:
    """Write a birth date as far as it is known: 12-03-1985, 03-1985 or 1985."""
    return "-".join(reversed(birth.split("-")))


def _addresses(page: PersonPage, on: date, names: Names) -> tuple[tuple[str, Told], ...]:
    """Compare the address of the permit in force, or the last one, with where the person is reported now."""
    registered = [p for p in page.permits if p.wilayah and (p.starts is None or p.starts <= on)]
    present = [s for s in page.stays if s.wilayah and s.starts <= on and (s.ends is None or on < s.ends)]
    if not registered or not present:
        return ()
    permit = max(registered, key=lambda p: (p.starts or date.min, p.record.reported_on))
    stay = max(present, key=lambda s: (s.starts, s.record.reported_on))
    if _is_inside(permit.wilayah, stay.wilayah) or _is_inside(stay.wilayah, permit.wilayah):
        return ()
    lodging = f"{stay.lodging}, {stay.address}".strip(", ")
    return (
        (place_of(permit.address, permit.wilayah, names), told(permit.record)),
        (place_of(lodging, stay.wilayah, names), told(stay.record)),
    )


def _is_inside(code: str, territory: str) -> bool:
    try:
        return within(code, territory)
    except TerritoryError:
        return code == territory
