"""Where a case comes from, and what is known of its person at that moment."""

from dataclasses import asdict, dataclass, replace
from uuid import UUID

from timpora.apps.cases import errors
from timpora.apps.cases.facts import words_of, words_seen
from timpora.apps.cases.types import PartyWords
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import PASSED_ON
from timpora.apps.identity import queries as identity
from timpora.apps.indications import queries as indications
from timpora.apps.indications.types import State
from timpora.apps.registry import queries as registry
from timpora.domain.territory import within
from timpora.kernel.access import AccessDenied, Actor


@dataclass(frozen=True, slots=True)
class Origin:
    """The ground a case stands on: office, place, the person as far as known, in the office's words.

    Where not `person_is_sure` the number of a document alone says who `person_id` is; `was_said`: so it was,
    until the officer said that it is the same human.
    """

    unit_code: str
    unit_name: str
    wilayah: str
    text: str
    words: PartyWords
    person_id: UUID | None = None
    person_is_sure: bool = True
    was_said: bool = False
    report_id: UUID | None = None
    checked_id: UUID | None = None
    indication_id: UUID | None = None

    def columns(self) -> dict[str, object]:
        """Return the columns of the party's row."""
        return asdict(self.words) | {
            "origin": self.text,
            "person_id": self.person_id,
            "person_is_sure": self.person_is_sure,
            "report_id": self.report_id,
            "checked_id": self.checked_id,
            "indication_id": self.indication_id,
        }


def origin_of_indication(actor: Actor, indication_id: UUID) -> Origin:
    """Return the origin in an indication; raises `CaseGroundless` unless a human has verified it."""
    found = indications.indication_get(actor, indication_id)
    if found.state is not State.CONFIRMED:
        raise errors.CaseGroundless
    mine = [c for c in found.territories if any(within(c, t) for t in actor.territories)]
    wilayah = max(mine, key=lambda code: (len(code), code))
    unit = identity.unit_for_place(wilayah)
    main = actor.main
    page = registry.person_get(actor, found.person_id, what="pembukaan perkara")
    return Origin(
        unit_code=unit.code if unit else main.unit_code if main else "",
        unit_name=unit.name if unit else main.unit_name if main else "",
        wilayah=wilayah,
        text=f"Indikasi terverifikasi: {found.title}",
        words=words_of(page),
        person_id=page.person.id,
        indication_id=found.id,
    )


def origin_of_report(actor: Actor, report_id: UUID, checked_id: UUID, *, is_same: bool) -> Origin:
    """Return the origin in a checked person of a report of a visit.

    Where a number alone names somebody of the registry, the case speaks in the words of the visit, unless
    the officer says that it is the same human (`is_same`). Whom the visit passed on, to whomever, has no
    case here: raises `CaseHandled` alike for all of them.
    """
    report = findings.report_get(actor, report_id)
    one = next((c for c in report.checked if c.id == checked_id), None)
    if one is None or one.is_masked:
        raise AccessDenied
    if one.outcome in PASSED_ON:
        raise errors.CaseHandled
    was_said = is_same and doubtful_holder(actor, one.holder_id, one.person_id) is not None
    known = one.holder_id if was_said else one.person_id
    page = registry.person_get(actor, known, what="pembukaan perkara") if known else None
    words = words_of(page) if page else words_seen(one)
    return Origin(
        unit_code=report.unit_code,
        unit_name=report.unit_name,
        wilayah=report.wilayah,
        text=f"Laporan lapangan {report.receipt_number}",
        words=words if words.name else replace(words, name=f"Tanpa nama ({report.receipt_number})"),
        person_id=page.person.id if page else one.holder_id,
        person_is_sure=page is not None or one.holder_id is None,
        was_said=was_said,
        report_id=report.id,
        checked_id=one.id,
    )


def doubtful_holder(actor: Actor, holder: UUID | None, known: UUID | None) -> UUID | None:
    """Return whom a number alone names, where the actor may open that page; to others it names nobody."""
    if holder is None or holder == known:
        return None
    return holder if registry.person_rows(actor, [holder]) else None
