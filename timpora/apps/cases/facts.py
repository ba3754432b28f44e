"""What the registry's facts say of a person: the words for letters, and the overstay as computed."""

from datetime import date, timedelta
from typing import Final

from timpora.apps.cases.types import OverstayView, PartyWords
from timpora.apps.findings.types import CheckedView
from timpora.apps.registry.types import PermitFact, PersonPage, RecordView
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.law.cite import LawBook
from timpora.domain.measures import ground_of
from timpora.domain.overstay import ChargePayment, overstay_judge
from timpora.domain.permits import PERMIT_MEANING, PermitKind
from timpora.kernel.documents.calendar_words import MONTHS, DayWords

SEXES: Final = {
    "L": "Laki-laki",
    "M": "Laki-laki",
    "P": "Perempuan",
    "F": "Perempuan",
    "X": "Tidak ditentukan",
}
PENDING: Final = "Perpanjangan sedang diproses menurut sumber; pastikan sebelum memutus."
ONE_DAY: Final = timedelta(days=1)
YEAR_DIGITS: Final = 4


def words_of(page: PersonPage) -> PartyWords:
    """Return the words a letter prints of a person; what no source says stays empty."""
    born = next((r for r in page.records if r.birth), None)
    document = next((r for r in page.records if r.document_number), None)
    permit = permit_newest(page)
    stay = page.stays[-1] if page.stays else None
    address = (permit.address if permit else "") or (stay.address or stay.lodging if stay else "")
    return PartyWords(
        name=page.person.name,
        sex=SEXES.get(page.person.sex.upper(), ""),
        born=_born(born),
        nationality=_nation(page.person.nationality),
        travel_document=_document(document),
        stay_permit=_permit(permit),
        address=address,
        guarantor=permit.guarantor if permit else "",
    )


def words_seen(one: CheckedView) -> PartyWords:
    """Return the words of a person whom the registry does not know, as written at the visit."""
    return PartyWords(
        name=one.name,
        sex=SEXES.get(one.sex.upper(), ""),
        born=birth_words(one.birth_text),
        nationality=_nation(one.nationality),
        travel_document=f"Paspor {one.document_number}" if one.document_number else "",
    )


def _born(record: RecordView | None) -> str:
    if record is None:
        return ""
    return ", ".join(part for part in (record.birth_place, birth_words(record.birth)) if part)


def birth_words(birth: str) -> str:
    """Write a birth date as far as it is known: `1985`, `Maret 1985`, `12 Maret 1985`.

    The registry has the year first; the phone, as the office writes, the day.
    """
    parts = birth.split("-")
    if len(parts[0]) < YEAR_DIGITS:
        parts.reverse()
    if not all(part.isdigit() for part in parts):
        return birth
    if len(parts) > 1 and not 1 <= int(parts[1]) <= len(MONTHS):
        return birth
    named = [parts[0], *(MONTHS[int(part) - 1] for part in parts[1:2]), *(str(int(p)) for p in parts[2:3])]
    return " ".join(reversed(named))


def _nation(code: str) -> str:
    found = wilayah.nationality_get(code) if code else None
    return found.name_id if found else code


def _document(record: RecordView | None) -> str:
    if record is None:
        return ""
    kind = record.document_kind.capitalize() or "Paspor"
    ends = f", berlaku s.d. {DayWords.of(record.document_ends).long}" if record.document_ends else ""
    return f"{kind} {record.document_number}{ends}"


def _permit(permit: PermitFact | None) -> str:
    if permit is None:
        return ""
    known = permit.kind in set(PermitKind)
    kind = PERMIT_MEANING[PermitKind(permit.kind)] if known else permit.kind
    last = f", berlaku s.d. {DayWords.of(permit.ends - ONE_DAY).long}" if permit.ends else ""
    return f"{kind}{last}"


def permit_newest(page: PersonPage) -> PermitFact | None:
    """Return the permit that ends last; one without an end counts as the last of all."""
    return max(page.permits, key=lambda p: (p.ends is None, p.ends or date.min), default=None)


def overstay_of(
    page: PersonPage, *, on: date, book: LawBook, payment: ChargePayment = ChargePayment.OPEN
) -> OverstayView | None:
    """Return the overstay that the facts show on a day; nothing where no permit has a known end.

    The permit that ends last counts, which is the reading that favours the person.
    """
    permit = permit_newest(page)
    if permit is None or permit.ends is None:
        return None
    found = overstay_judge(last_day=permit.ends - ONE_DAY, on=on, book=book, payment=payment)
    doubts = (*found.verdict.doubts, PENDING) if permit.is_extension_pending else found.verdict.doubts
    told = permit.record
    return OverstayView(
        ground=ground_of(found.verdict),
        days=found.days,
        charge_rupiah=found.charge_rupiah,
        because=found.verdict.because,
        cites=found.verdict.cites,
        doubts=doubts,
        source=f"{told.told_by}, {told.reported_on:%d-%m-%Y}",
    )
