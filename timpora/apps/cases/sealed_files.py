"""The photos of the visit at which somebody was met, for the officer of protection with the case in hand."""

from uuid import UUID

from timpora.apps.cases.desk import referral_list
from timpora.apps.cases.models import Case, Party
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import AttachedFile, ReportPhoto
from timpora.domain.states import ReferralState
from timpora.kernel.access import AccessDenied, Actor, P, require, scope

# From the moment somebody answers for it; before that a referral is one of a list.
IN_HAND = frozenset({ReferralState.TAKEN, ReferralState.SERVED, ReferralState.REVIEWED})


def case_photos(actor: Actor, case_id: UUID) -> list[ReportPhoto]:
    """Return the photos of the report a case came from; none where it came from no visit or is not in hand.

    Raises `AccessDenied` for everybody but protection.
    """
    report = _report_of(actor, case_id)
    return findings.report_photos(actor, report) if report else []


def case_photo_get(actor: Actor, case_id: UUID, number: int) -> AttachedFile:
    """Return one of `case_photos`, noted in the sealed log.

    Raises `AccessDenied`, `PhotoMissing`, `PhotoAltered`.
    """
    report = _report_of(actor, case_id)
    if report is None:
        raise AccessDenied
    return findings.report_photo_get(actor, report, number)


def _report_of(actor: Actor, case_id: UUID) -> UUID | None:
    require(actor, P.CASES_PROTECTION_HANDLE)
    if not any(one.state in IN_HAND for one in referral_list(actor, case_id)):
        return None
    cases = scope(actor, P.CASES_PROTECTION_HANDLE, Case.objects.filter(pk=case_id, is_sealed=True))
    return Party.objects.filter(case__in=cases).values_list("report_id", flat=True).first()
