"""Every address by every role: what a GET answers. An address missing here fails the build (P11).

A row names who is let in (permissions; any one opens) and the code they get. Everybody else gets 404,
and whoever has not signed in is led to the door (302). `PUBLIC` rows answer the same to all. Paths with
identifiers are asked with one that does not exist, unless the row says otherwise: then the holder
gets 404 as well, and the row proves that nothing else happens.
"""

from dataclasses import dataclass, field

from timpora.kernel.access import P

ABSENT = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Row:
    """One address: who may, what a GET answers them, and the identifiers to ask with."""

    opens_for: tuple[P, ...]
    code: int = 200
    kwargs: dict[str, object] = field(default_factory=dict)
    is_public: bool = False
    without_purpose: int | None = None


def public(code: int = 200, **kwargs: object) -> Row:
    """Return a row that answers everybody alike."""
    return Row((), code, kwargs, is_public=True)


def only(*permissions: P, code: int = 200, without_purpose: int | None = None, **kwargs: object) -> Row:
    """Return a row that opens for holders of one of `permissions`."""
    return Row(permissions, code, kwargs, without_purpose=without_purpose)


EVERYONE = P.IDENTITY_SESSION_OPEN
TABLE: dict[str, Row] = {
    "accountability:files": only(P.ACCOUNTABILITY_AUDIT_READ),
    "accountability:head": only(P.ACCOUNTABILITY_AUDIT_READ),
    "accountability:log": only(P.ACCOUNTABILITY_AUDIT_READ),
    "accountability:reads": only(
        P.ACCOUNTABILITY_READS_LIST,
        P.CASES_PROTECTION_READ,
        P.REGISTRY_PERSON_READ,
        code=404,
        person_id=ABSENT,
    ),
    "accounts:acting": only(P.IDENTITY_ASSIGNMENT_GRANT),
    "accounts:list": only(P.IDENTITY_USER_READ),
    "accounts:sessions-end": only(P.IDENTITY_ASSIGNMENT_GRANT, code=405, user_id=ABSENT),
    "api:photo": only(P.FINDINGS_REPORT_SUBMIT, code=404, report_id=ABSENT, sha256="0" * 64),
    "api:report-submit": public(code=405),
    "cases:close": only(P.CASES_CASE_CLOSE, code=405, case_id=ABSENT),
    "cases:conference": only(P.CASES_CONFERENCE_RECORD, code=404, case_id=ABSENT),
    "cases:decide": only(P.CASES_MEASURE_DECIDE, code=404, case_id=ABSENT),
    "cases:deliver": only(P.CASES_LETTER_DELIVER, code=404, case_id=ABSENT),
    "cases:draft": only(P.CASES_CASE_READ, code=404, case_id=ABSENT),
    "cases:execute": only(P.CASES_MEASURE_EXECUTE, code=405, case_id=ABSENT),
    "cases:forward": only(P.CASES_OBJECTION_RECORD, code=405, case_id=ABSENT),
    "cases:letter": only(P.DOCUMENTS_LETTER_READ, code=404, case_id=ABSENT, letter_id=ABSENT),
    "cases:list": only(P.CASES_CASE_READ),
    "cases:object": only(P.CASES_OBJECTION_RECORD, code=404, case_id=ABSENT),
    "cases:open": only(P.CASES_CASE_OPEN),
    "cases:page": only(P.CASES_CASE_READ, code=404, case_id=ABSENT),
    "cases:party": only(P.CASES_CASE_OPEN, code=404, case_id=ABSENT),
    "cases:propose": only(P.CASES_MEASURE_PROPOSE, code=404, case_id=ABSENT),
    "cases:return": only(P.CASES_MEASURE_DECIDE, code=405, case_id=ABSENT),
    "cases:screen": only(P.CASES_SCREENING_RECORD, code=404, case_id=ABSENT),
    "cases:sign": only(P.CASES_MEASURE_PROPOSE, code=405, case_id=ABSENT),
    "devices:decide": only(P.FINDINGS_QUARANTINE_DECIDE, code=404, quarantine_id=ABSENT),
    "devices:file": only(P.FINDINGS_REPORT_CARRY, P.FINDINGS_REPORT_SUBMIT),
    "devices:list": only(P.FINDINGS_DEVICE_READ),
    "devices:quarantine": only(P.FINDINGS_QUARANTINE_DECIDE),
    "devices:revoke": only(P.FINDINGS_DEVICE_REVOKE, code=404, device_id=ABSENT),
    "field:contact": only(P.FINDINGS_OFFICE_NIL, P.OPERATIONS_TASK_READ, code=405),
    "field:encounter": only(P.OPERATIONS_ENCOUNTER_REPORT, code=404, encounter_id=ABSENT),
    "field:encounter-new": only(P.OPERATIONS_ENCOUNTER_REPORT),
    "field:home": only(P.FINDINGS_OFFICE_NIL, P.OPERATIONS_TASK_READ),
    "field:manifest": public(),
    "field:order": only(P.OPERATIONS_TASK_READ, code=404, order_id=ABSENT),
    "field:pack": only(P.FINDINGS_OFFICE_NIL, P.OPERATIONS_TASK_READ),
    "field:receipt": only(P.FINDINGS_REPORT_SUBMIT, code=404, report_id=ABSENT),
    "field:shell": public(),
    "field:team-move": only(P.OPERATIONS_TASK_READ, code=405, team_id=ABSENT),
    "field:who": only(P.FINDINGS_OFFICE_NIL, P.OPERATIONS_TASK_READ),
    "field:worker": public(),
    "identity:language": only(EVERYONE, code=405),
    "identity:purpose": only(EVERYONE),
    "identity:sign-in": public(),
    "identity:sign-out": only(EVERYONE, code=405),
    "indications:lift": only(P.INDICATIONS_RULE_SUSPEND, code=405, rule_id="x", version=1),
    "indications:list": only(P.INDICATIONS_INDICATION_READ),
    "indications:page": only(P.INDICATIONS_INDICATION_READ, code=404, indication_id=ABSENT),
    "indications:rules": only(P.INDICATIONS_INDICATION_READ),
    "indications:run": only(P.INDICATIONS_RULE_RUN, code=405),
    "indications:verdict": only(P.INDICATIONS_VERDICT_GIVE, code=405, indication_id=ABSENT),
    "intake:faults": only(P.INTAKE_SUBMISSION_READ, code=404, submission_id=ABSENT),
    "intake:list": only(P.INTAKE_SUBMISSION_READ),
    "intake:pair-decide": only(P.INTAKE_PAIR_DECIDE, code=405, pair_id=ABSENT),
    "intake:pair-undo": only(P.INTAKE_PAIR_DECIDE, code=405, pair_id=ABSENT),
    "intake:pairs": only(P.INTAKE_PAIR_READ),
    "intake:progress": only(P.INTAKE_SUBMISSION_READ, code=404, submission_id=ABSENT),
    "intake:send": only(P.INTAKE_SUBMISSION_SEND, code=405),
    "intake:start": only(P.INTAKE_SUBMISSION_SEND, code=405, submission_id=ABSENT),
    "intake:submission": only(P.INTAKE_SUBMISSION_READ, code=404, submission_id=ABSENT),
    "join:page": public(),
    "law:article": only(P.LAW_BOOK_READ, cite="uu-6-2011/ps78/a3"),
    "law:list": only(P.LAW_BOOK_READ),
    "map:base": only(P.WILAYAH_REFERENCE_READ, code=302),
    "map:boundaries": only(P.WILAYAH_REFERENCE_READ, region="ID"),
    "map:country": only(P.WILAYAH_REFERENCE_READ),
    "map:hexagons": only(P.WILAYAH_REFERENCE_READ, code=422),
    "offices:letterhead": only(P.IDENTITY_LETTERHEAD_WRITE, code=404, unit_code="TIDAK-ADA"),
    "offices:list": only(P.IDENTITY_LETTERHEAD_WRITE, code=302),
    "offices:preview": only(P.IDENTITY_LETTERHEAD_WRITE, code=405, unit_code="TIDAK-ADA"),
    "operations:absence": only(P.OPERATIONS_RESOURCE_KEEP, code=405),
    "operations:absence-cancel": only(P.OPERATIONS_RESOURCE_KEEP, code=405, booking_id=ABSENT),
    "operations:annex": only(P.OPERATIONS_TEMPLATE_READ, code=404, annex_id=ABSENT),
    "operations:annex-add": only(P.OPERATIONS_TEMPLATE_WRITE, code=405, template_id=ABSENT),
    "operations:annex-remove": only(
        P.OPERATIONS_TEMPLATE_WRITE, code=405, template_id=ABSENT, annex_id=ABSENT
    ),
    "operations:answer": only(P.OPERATIONS_OFFICE_ANSWER, code=405, operation_id=ABSENT),
    "operations:asset-add": only(P.OPERATIONS_RESOURCE_KEEP, code=405),
    "operations:asset-change": only(P.OPERATIONS_RESOURCE_KEEP, code=405, asset_id=ABSENT),
    "operations:close": only(P.OPERATIONS_OPERATION_OPEN, code=405, operation_id=ABSENT),
    "operations:decide": only(P.OPERATIONS_TARGET_APPROVE, code=405, target_id=ABSENT),
    "operations:draft": only(P.OPERATIONS_ORDER_DRAFT, code=405, team_id=ABSENT),
    "operations:encounter": only(P.OPERATIONS_TARGET_READ, code=404, encounter_id=ABSENT),
    "operations:encounter-decide": only(P.OPERATIONS_ENCOUNTER_DECIDE, code=405, encounter_id=ABSENT),
    "operations:encounter-report": only(P.OPERATIONS_ENCOUNTER_REPORT, code=404, operation_id=ABSENT),
    "operations:encounters": only(P.OPERATIONS_TARGET_READ, code=404, operation_id=ABSENT),
    "operations:issue": only(P.OPERATIONS_ORDER_ISSUE, code=405, order_id=ABSENT),
    "operations:list": only(P.OPERATIONS_OPERATION_READ),
    "operations:means": only(P.OPERATIONS_RESOURCE_KEEP),
    "operations:need": only(P.OPERATIONS_RESOURCE_KEEP, code=404, operation_id=ABSENT),
    "operations:offices": only(P.OPERATIONS_OPERATION_READ, code=404, operation_id=ABSENT),
    "operations:open": only(P.OPERATIONS_OPERATION_OPEN),
    "operations:operation": only(P.OPERATIONS_OPERATION_READ, code=404, operation_id=ABSENT),
    "operations:operation-annex": only(
        P.OPERATIONS_OPERATION_READ, code=404, operation_id=ABSENT, annex_id=ABSENT
    ),
    "operations:operation-template": only(P.OPERATIONS_OPERATION_READ, code=404, operation_id=ABSENT),
    "operations:order": only(P.OPERATIONS_TARGET_READ, code=404, order_id=ABSENT),
    "operations:order-pdf": only(P.DOCUMENTS_LETTER_READ, code=404, without_purpose=404, order_id=ABSENT),
    "operations:order-step": only(P.OPERATIONS_ORDER_DRAFT, code=405, order_id=ABSENT),
    "operations:order-withdraw": only(P.OPERATIONS_ORDER_ISSUE, code=405, order_id=ABSENT),
    "operations:period-add": only(P.OPERATIONS_OPERATION_OPEN, code=405),
    "operations:period-withdraw": only(P.OPERATIONS_OPERATION_OPEN, code=405, period_id=ABSENT),
    "operations:periods": only(P.OPERATIONS_OPERATION_READ),
    "operations:phase-add": only(P.OPERATIONS_OPERATION_OPEN, code=404, operation_id=ABSENT),
    "operations:propose": only(P.OPERATIONS_TARGET_PROPOSE, code=404, operation_id=ABSENT),
    "operations:question-add": only(P.OPERATIONS_TEMPLATE_WRITE, code=404, template_id=ABSENT),
    "operations:question-change": only(
        P.OPERATIONS_TEMPLATE_WRITE, code=404, template_id=ABSENT, key="jenis_tempat"
    ),
    "operations:question-move": only(
        P.OPERATIONS_TEMPLATE_WRITE, code=405, template_id=ABSENT, key="jenis_tempat"
    ),
    "operations:question-remove": only(
        P.OPERATIONS_TEMPLATE_WRITE, code=405, template_id=ABSENT, key="jenis_tempat"
    ),
    "operations:register": only(P.OPERATIONS_REGISTER_READ, code=404, operation_id=ABSENT),
    "operations:register-write": only(P.OPERATIONS_REGISTER_WRITE, code=404, operation_id=ABSENT),
    "operations:registers": only(P.OPERATIONS_REGISTER_READ),
    "operations:remind": only(P.OPERATIONS_OPERATION_OPEN, code=405, operation_id=ABSENT),
    "operations:retract": only(P.OPERATIONS_TARGET_PROPOSE, code=405, target_id=ABSENT),
    "operations:target": only(P.OPERATIONS_TARGET_READ, code=404, target_id=ABSENT),
    "operations:target-new": only(P.OPERATIONS_TARGET_PROPOSE),
    "operations:team-dissolve": only(P.OPERATIONS_TEAM_FORM, code=405, operation_id=ABSENT, team_id=ABSENT),
    "operations:team-equip": only(P.OPERATIONS_TEAM_FORM, code=404, operation_id=ABSENT, team_id=ABSENT),
    "operations:team-form": only(P.OPERATIONS_TEAM_FORM, code=404, operation_id=ABSENT),
    "operations:teams": only(P.OPERATIONS_TARGET_READ, code=404, operation_id=ABSENT),
    "operations:template": only(P.OPERATIONS_TEMPLATE_READ, code=404, template_id=ABSENT),
    "operations:template-begin": only(P.OPERATIONS_TEMPLATE_WRITE),
    "operations:template-publish": only(P.OPERATIONS_TEMPLATE_PUBLISH, code=405, template_id=ABSENT),
    "operations:template-redraft": only(P.OPERATIONS_TEMPLATE_WRITE, code=405, template_id=ABSENT),
    "operations:template-version": only(P.OPERATIONS_TEMPLATE_READ, code=404, version_id=ABSENT),
    "operations:template-write": only(P.OPERATIONS_TEMPLATE_WRITE, code=404, template_id=ABSENT),
    "operations:templates": only(P.OPERATIONS_TEMPLATE_READ),
    "operations:version-withdraw": only(P.OPERATIONS_TEMPLATE_PUBLISH, code=405, version_id=ABSENT),
    "operations:withdraw": only(P.OPERATIONS_TARGET_APPROVE, code=405, target_id=ABSENT),
    "posko:board": only(P.OPERATIONS_POSKO_WATCH, code=404, operation_id=ABSENT),
    "posko:conflict": only(P.FINDINGS_CONFLICT_SETTLE, code=404, operation_id=ABSENT, report_id=ABSENT),
    "posko:explain": only(P.FINDINGS_BREACH_EXPLAIN, code=405, operation_id=ABSENT, report_id=ABSENT),
    "posko:journal": only(P.OPERATIONS_JOURNAL_READ, code=404, operation_id=ABSENT),
    "posko:journal-step": only(P.OPERATIONS_JOURNAL_WRITE, code=405, operation_id=ABSENT, entry_id=ABSENT),
    "posko:list": only(P.OPERATIONS_POSKO_WATCH),
    "posko:minutes": only(
        P.REGISTRY_PERSON_READ,
        code=404,
        without_purpose=404,
        operation_id=ABSENT,
        report_id=ABSENT,
        position=1,
    ),
    "posko:nil": only(P.FINDINGS_OFFICE_NIL, code=404, operation_id=ABSENT),
    "posko:number-close": only(
        P.FINDINGS_GAP_CLOSE, code=404, operation_id=ABSENT, device_id=ABSENT, first=1, last=1
    ),
    "posko:numbers": only(P.OPERATIONS_POSKO_WATCH, code=404, operation_id=ABSENT),
    "posko:operation": only(P.OPERATIONS_POSKO_WATCH, code=404, operation_id=ABSENT),
    "posko:photo": only(
        P.REGISTRY_PERSON_READ,
        code=404,
        without_purpose=404,
        operation_id=ABSENT,
        report_id=ABSENT,
        position=1,
    ),
    "posko:rekap": only(P.OPERATIONS_POSKO_WATCH, code=404, operation_id=ABSENT),
    "posko:rekap-take": only(P.OPERATIONS_POSKO_WATCH, code=405, operation_id=ABSENT),
    "posko:report": only(P.FINDINGS_REPORT_READ, code=404, operation_id=ABSENT, report_id=ABSENT),
    "posko:reports": only(P.OPERATIONS_POSKO_WATCH, code=404, operation_id=ABSENT),
    "posko:team-move": only(P.OPERATIONS_TEAM_MOVE, code=405, operation_id=ABSENT, team_id=ABSENT),
    "posko:teams": only(P.OPERATIONS_POSKO_WATCH, code=404, operation_id=ABSENT),
    "posko:wall": only(P.OPERATIONS_POSKO_WATCH, code=404, operation_id=ABSENT),
    "posts:day": only(P.FINDINGS_REPORT_CARRY, code=404),
    "posts:outfit": only(P.OPERATIONS_POST_OUTFIT, code=404, operation_id=ABSENT),
    "protection:answer": only(P.CASES_PROTECTION_HANDLE, code=405, without_purpose=405, referral_id=ABSENT),
    "protection:confirm": only(P.CASES_PROTECTION_HANDLE, code=405, without_purpose=405, referral_id=ABSENT),
    "protection:end": only(P.CASES_PROTECTION_HANDLE, code=405, without_purpose=405, referral_id=ABSENT),
    "protection:list": only(P.CASES_PROTECTION_READ),
    "protection:log": only(P.CASES_PROTECTION_READ),
    "protection:log-export": only(P.CASES_PROTECTION_READ, code=405, without_purpose=405),
    "protection:photo": only(P.CASES_PROTECTION_HANDLE, code=404, case_id=ABSENT, position=1),
    "protection:refuse": only(P.CASES_PROTECTION_HANDLE, code=405, without_purpose=405, referral_id=ABSENT),
    "protection:review": only(P.CASES_PROTECTION_HANDLE, code=404, referral_id=ABSENT),
    "protection:take": only(P.CASES_PROTECTION_HANDLE, code=405, without_purpose=405, referral_id=ABSENT),
    "protection:take-signs": only(
        P.CASES_PROTECTION_HANDLE, code=405, without_purpose=405, checked_id=ABSENT
    ),
    "registry:person": only(P.REGISTRY_PERSON_READ, code=404, person_id=ABSENT),
    "registry:search": only(P.REGISTRY_PERSON_FIND),
    "registry:unmerge": only(P.REGISTRY_PERSON_MERGE, code=405, person_id=ABSENT),
    "start:home": only(EVERYONE),
    "style:page": public(),
    "verify:door": public(),
    "verify:letter": public(code=404, token="0000-0000-0000-0000"),
    "wilayah:reference": only(P.WILAYAH_REFERENCE_READ),
    "wilayah:reference-row": only(P.WILAYAH_REFERENCE_READ, code=404, table="indeks-visa", row_id=0),
    "wilayah:reference-table": only(P.WILAYAH_REFERENCE_READ, table="indeks-visa"),
    "wilayah:search": only(P.WILAYAH_REFERENCE_READ),
}
