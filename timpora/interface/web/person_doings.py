"""What the office did about a person, as moments and open matters of the person page."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from timpora.apps.cases.types import CaseRow
from timpora.apps.findings.types import VisitView
from timpora.domain.states import CaseState
from timpora.domain.territory import ZONE_LABELS, zone_of
from timpora.interface.web.case_words import STATES
from timpora.interface.web.doors import address_of
from timpora.interface.web.person_facts import Lane, Moment
from timpora.interface.web.person_page import Matter

SETTLED = frozenset({CaseState.EXECUTED, CaseState.CLOSED})


def case_moment(case: CaseRow) -> Moment:
    """Return the opening of a case; its page tells the rest."""
    local = case.opened_at.astimezone(ZoneInfo(case.zone))
    return Moment(
        on=local.date(),
        at=f"{local:%d-%m-%Y}",
        lane=Lane.VISIT,
        title=_("Perkara %(number)s dibuka") % {"number": case.number},
        note=case.unit_name,
        url=address_of("cases:page", case.id),
    )


def case_matter(case: CaseRow) -> Matter:
    """Return a case that is not settled, as one of the open matters."""
    word, tone = STATES[case.state]
    title = _("Perkara %(number)s") % {"number": case.number}
    return Matter(title, case.unit_name, str(word), tone, address_of("cases:page", case.id))


def visit_moment(visit: VisitView) -> Moment:
    """Return a visit at which the person was met; the report tells what came of it."""
    zone = zone_of(visit.wilayah)
    local = visit.captured_at.astimezone(ZoneInfo(zone))
    return Moment(
        on=local.date(),
        at=f"{local:%d-%m-%Y} {local:%H.%M} {ZONE_LABELS[zone]}",
        lane=Lane.VISIT,
        title=_("Ditemui %(unit)s") % {"unit": visit.unit_name},
        url=address_of("posko:report", visit.operation_id, visit.report_id),
    )
