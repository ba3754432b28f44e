"""The person page as one value: who, what the status is and on what ground, what happened, what is open.

Nothing here asks the database: the view hands in what the doors answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from timpora.apps.accountability.types import ReadView
from timpora.apps.indications.types import STATE_NAMES, IndicationView, State
from timpora.apps.registry.types import CrossingFact, MergeView, PermitFact, PersonPage, PersonRow, StayFact
from timpora.domain.law.cite import Article, LawBook
from timpora.domain.overstay import overstay_judge
from timpora.domain.periods import Period, period_told
from timpora.domain.permits import PERMIT_MEANING, PermitKind, permit_ended_before, permit_on
from timpora.interface.web.person_facts import (
    Conflict,
    Lane,
    Moment,
    Names,
    Told,
    birth_said,
    conflicts_of,
    crossed_on,
    moments_of,
    place_of,
    spellings_of,
    told,
)

SHOWN_AT_ONCE = 40
DUTY_TO_HOLD_A_PERMIT = "uu-6-2011/ps48"
REFUGEES = "perpres-125-2016"
SEX = {"L": "L", "P": "P", "M": "L", "F": "P", "X": "X"}
SEX_WORDS = {
    "L": gettext_noop("laki-laki"),
    "P": gettext_noop("perempuan"),
    "X": gettext_noop("tidak disebut (X)"),
}
STATE_TONES = {
    State.OPEN: "waiting",
    State.CONFIRMED: "caution",
    State.EXPLAINED: "good",
    State.WRONG_DATA: "neutral",
    State.GONE: "neutral",
}


@dataclass(frozen=True, slots=True)
class Status:
    """What the law says of the stay on a day: a sentence, its articles and sources, and what is doubtful."""

    tone: str
    word: str
    sentence: str
    because: str
    cites: tuple[Article, ...]
    on: str
    sources: tuple[str, ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as the newest record has it."""

    kind: str
    number: str
    ends: date | None
    is_over: bool
    source: Told


@dataclass(frozen=True, slots=True)
class GuarantorLine:
    """Who guarantees, for which permit, and since when no longer."""

    name: str
    permit: str
    ended_on: date | None
    source: Told


@dataclass(frozen=True, slots=True)
class Matter:
    """Something open about the person, with a link."""

    title: str
    note: str
    state: str
    tone: str
    url: str


@dataclass(frozen=True, slots=True)
class PersonScreen:
    """All that the template shows."""

    person: PersonRow
    sex: str
    born: str
    country: str
    spellings: tuple[str, ...]
    status: Status
    conflicts: tuple[Conflict, ...]
    moments: tuple[Moment, ...]
    earlier: tuple[Moment, ...]
    documents: tuple[DocumentLine, ...]
    guarantors: tuple[GuarantorLine, ...]
    matters: tuple[Matter, ...]
    merges: tuple[MergeView, ...]
    reads: tuple[ReadView, ...]
    sources_count: int
    open_lists: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Around:
    """What other rooms know of the person, as their doors answered."""

    indications: Sequence[IndicationView] = ()
    moments: tuple[Moment, ...] = ()
    matters: tuple[Matter, ...] = ()
    reads: Sequence[ReadView] = ()
    open_lists: frozenset[UUID] = frozenset()


def person_screen(
    page: PersonPage, *, on: date, book: LawBook, names: Names, around: Around, country: str = ""
) -> PersonScreen:
    """Put the page together for one day at the reader's place."""
    others = (*_indication_moments(around.indications), *around.moments)
    moments = moments_of(page, on=on, names=names, others=others)
    return PersonScreen(
        person=page.person,
        sex=sex_word(page.person.sex),
        born=birth_said(page.person.birth),
        country=country,
        spellings=spellings_of(page),
        status=status_of(page, on=on, book=book, names=names),
        conflicts=conflicts_of(page, on=on, names=names),
        moments=moments[:SHOWN_AT_ONCE],
        earlier=moments[SHOWN_AT_ONCE:],
        documents=_documents(page, on),
        guarantors=_guarantors(page.permits),
        matters=(*_open_matters(around.indications), *around.matters),
        merges=tuple(merge for merge in page.merges if merge.kept == page.person.id),
        reads=tuple(around.reads),
        sources_count=len({record.told_by for record in page.records}),
        open_lists=around.open_lists,
    )


def sex_word(code: str) -> str:
    """Write the sex of a document in words."""
    word = SEX_WORDS.get(SEX.get(code, code))
    return _(word) if word else code


@dataclass(frozen=True, slots=True)
class _Held:
    """A permit as the law's functions read it."""

    kind: PermitKind
    visa_index: str
    period: Period
    fact: PermitFact


def _held(permit: PermitFact) -> _Held | None:
    if permit.kind not in set(PermitKind) or not (permit.starts or permit.ends):
        return None
    period = period_told(permit.starts, permit.ends, told_on=permit.record.reported_on)
    return _Held(PermitKind(permit.kind), permit.visa_index, period, permit)


def status_of(page: PersonPage, *, on: date, book: LawBook, names: Names) -> Status:
    """Say which permit holds on the day, or since when none does, with the article and the sources."""
    held = [found for permit in page.permits if (found := _held(permit)) is not None]
    current = permit_on(held, on)
    if current is not None:
        return _in_force(current, held, on, book)
    # A refugee's paper is no permit whose end could be overstayed.
    ended = permit_ended_before([h for h in held if h.kind is not PermitKind.UNHCR], on)
    if ended is None:
        return _unknown(page, on, book)
    permit, last_day = ended
    return _ended(permit, last_day, page, on=on, book=book, names=names)


def _in_force(current: _Held, held: Sequence[_Held], on: date, book: LawBook) -> Status:
    last_day = current.period.last_day
    meaning = _("%(meaning)s (%(kind)s)") % {
        "meaning": _(PERMIT_MEANING[current.kind]),
        "kind": current.kind.value,
    }
    if last_day is None:
        sentence = _("%(permit)s berlaku; hari terakhirnya tidak disebut") % {"permit": meaning}
    else:
        sentence = _("%(permit)s berlaku s.d. %(day)s") % {"permit": meaning, "day": f"{last_day:%d-%m-%Y}"}
    if current.fact.guarantor:
        sentence += _(", penjamin %(name)s") % {"name": current.fact.guarantor}
    is_refugee = current.kind is PermitKind.UNHCR
    together = [h for h in held if on in h.period and h.kind is not current.kind]
    doubts = [
        _("Sumber lain menyebut %(kind)s pada hari yang sama; dipakai yang mulai terakhir.")
        % {"kind": h.kind.value}
        for h in together[:1]
    ]
    if current.fact.guarantor_ends and current.fact.guarantor_ends <= on:
        doubts.append(_("Penjamin menyatakan tidak menjamin lagi; izinnya sendiri belum dicabut."))
    return Status(
        tone="info" if is_refugee else "good",
        word=_("terlindungi") if is_refugee else _("izin berlaku"),
        sentence=f"{sentence}.",
        because="",
        cites=book.holding((REFUGEES if is_refugee else DUTY_TO_HOLD_A_PERMIT,), on=on),
        on=f"{on:%d-%m-%Y}",
        sources=(_source(told(current.fact.record)),),
        doubts=tuple(doubts),
    )


def _ended(
    permit: _Held, last_day: date, page: PersonPage, *, on: date, book: LawBook, names: Names
) -> Status:
    left = _left_on(page.crossings, page.stays)
    seen = _seen_after(page.stays, last_day, on)
    counted_to = min(left, on) if left else on
    judged = overstay_judge(last_day=last_day, on=max(counted_to, last_day), book=book)
    sources = [_source(told(permit.fact.record))]
    doubts = list(judged.verdict.doubts)
    sentence = _("Izin %(kind)s berakhir %(day)s") % {
        "kind": permit.kind.value,
        "day": f"{last_day:%d-%m-%Y}",
    }
    if left:
        sentence += _("; tercatat keluar dari Indonesia pada %(day)s") % {"day": f"{left:%d-%m-%Y}"}
        if judged.days:
            sentence += _(", lewat %(days)s hari") % {"days": judged.days}
        tone, word = "neutral", _("sudah keluar")
    else:
        tone, word, more = _still_here(seen, judged.days, names)
        sentence += more
        if seen is not None:
            sources.append(_source(told(seen.record)))
        else:
            doubts.append(_("Ketiadaan catatan keluar bukan bukti bahwa ia masih di Indonesia."))
    if permit.fact.is_extension_pending:
        doubts.append(_("Perpanjangan dilaporkan sedang diajukan; periksa dahulu hasilnya."))
        tone = "caution" if tone == "stop" else tone
    return Status(
        tone=tone,
        word=word,
        sentence=f"{sentence}.",
        because=judged.verdict.because if judged.days else "",
        cites=book.holding(
            dict.fromkeys(judged.verdict.cites) if judged.days else (DUTY_TO_HOLD_A_PERMIT,), on=on
        ),
        on=f"{on:%d-%m-%Y}",
        sources=tuple(sources),
        doubts=tuple(doubts),
    )


def _still_here(seen: StayFact | None, days: int, names: Names) -> tuple[str, str, str]:
    if seen is None:
        said = _(
            "; keberadaannya sesudah itu belum diketahui. Bila masih di Indonesia: overstay %(days)s hari"
        )
        return "caution", _("belum diketahui"), said % {"days": days}
    where = place_of(seen.lodging or seen.address, seen.wilayah, names)
    said = _("; masih dilaporkan berada di %(place)s. Bila benar: overstay %(days)s hari")
    return "stop", _("izin berakhir"), said % {"place": where or _("Indonesia"), "days": days}


def _unknown(page: PersonPage, on: date, book: LawBook) -> Status:
    doubts = (_("Tidak ada dalam daftar yang diterima bukan berarti tidak ada izin: periksa di SIMKIM."),)
    if any(permit.kind == PermitKind.UNHCR for permit in page.permits):
        return _protected(page, on, book)
    kinds = sorted({permit.kind for permit in page.permits if permit.kind})
    said = _("Daftar menyebut izin %(kinds)s tanpa tanggal yang dapat dipakai.") % {"kinds": ", ".join(kinds)}
    return Status(
        tone="neutral",
        word=_("belum diketahui"),
        sentence=said if kinds else _("Belum ada izin tinggal dalam daftar yang diterima."),
        because="",
        cites=book.holding((DUTY_TO_HOLD_A_PERMIT,), on=on),
        on=f"{on:%d-%m-%Y}",
        sources=tuple(sorted({_source(told(p.record)) for p in page.permits})),
        doubts=doubts,
    )


def _protected(page: PersonPage, on: date, book: LawBook) -> Status:
    said = _(
        "Tercatat sebagai pengungsi atau pencari suaka; lewatnya tanggal kartu tidak mengakhiri perlindungan."
    )
    return Status(
        tone="info",
        word=_("terlindungi"),
        sentence=said,
        because="",
        cites=book.holding((REFUGEES,), on=on),
        on=f"{on:%d-%m-%Y}",
        sources=tuple(sorted({_source(told(p.record)) for p in page.permits})),
    )


def _source(source: Told) -> str:
    return f"{source.label}, {source.on:%d-%m-%Y}"


def _left_on(crossings: Sequence[CrossingFact], stays: Sequence[StayFact]) -> date | None:
    """Return the day of the last exit, where no entry and no later stay came after it."""
    last = max(crossings, key=lambda c: c.at, default=None)
    if last is None or last.direction != "out":
        return None
    day = crossed_on(last)
    return None if any(stay.starts > day for stay in stays) else day


def _seen_after(stays: Sequence[StayFact], last_day: date, on: date) -> StayFact | None:
    """Return the newest stay that reaches beyond the permit's last day, as far as it was told."""
    later = [s for s in stays if s.starts <= on and (s.ends or s.record.reported_on) > last_day]
    return max(later, key=lambda s: (s.starts, s.record.reported_on), default=None)


def _documents(page: PersonPage, on: date) -> tuple[DocumentLine, ...]:
    found: dict[tuple[str, str], DocumentLine] = {}
    for record in page.records:
        key = (record.document_number, record.document_state)
        if not record.document_number or (key in found and found[key].ends):
            continue
        ends = record.document_ends
        kind = record.document_kind or _("dokumen")
        is_over = ends is not None and ends < on
        found[key] = DocumentLine(kind, record.document_number, ends, is_over, told(record))
    return tuple(found.values())


def _guarantors(permits: Sequence[PermitFact]) -> tuple[GuarantorLine, ...]:
    found: dict[str, GuarantorLine] = {}
    newest = sorted(permits, key=lambda p: (p.starts or date.min, p.record.reported_on), reverse=True)
    for permit in newest:
        if permit.guarantor:
            line = GuarantorLine(permit.guarantor, permit.kind, permit.guarantor_ends, told(permit.record))
            found.setdefault(permit.guarantor, line)
    return tuple(found.values())


def _open_matters(indications: Iterable[IndicationView]) -> tuple[Matter, ...]:
    return tuple(
        Matter(
            title=indication.title,
            note=indication.because,
            state=STATE_NAMES[indication.state],
            tone=STATE_TONES[indication.state],
            url=f"/indikasi/{indication.id}",
        )
        for indication in indications
        if indication.state in {State.OPEN, State.CONFIRMED}
    )


def _indication_moments(indications: Iterable[IndicationView]) -> Iterable[Moment]:
    for indication in indications:
        yield Moment(
            on=indication.found_on,
            at=f"{indication.found_on:%d-%m-%Y}",
            lane=Lane.INDICATION,
            title=indication.title,
            note=STATE_NAMES[indication.state],
            tone="caution" if indication.state in {State.OPEN, State.CONFIRMED} else "",
            url=f"/indikasi/{indication.id}",
        )
