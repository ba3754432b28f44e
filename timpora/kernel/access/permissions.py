"""All permissions on one page: `<app>:<thing>:<verb>`, alphabetical."""

from enum import StrEnum


class P(StrEnum):
    """What can be permitted; roles (`roles.py`) list them, `deed` and `scope` ask for them."""

    ACCOUNTABILITY_AUDIT_READ = "accountability:audit:read"
    ACCOUNTABILITY_READS_LIST = "accountability:reads:list"
    CASES_CASE_CLOSE = "cases:case:close"
    CASES_CASE_OPEN = "cases:case:open"
    CASES_CASE_READ = "cases:case:read"
    CASES_CONFERENCE_RECORD = "cases:conference:record"
    CASES_LETTER_DELIVER = "cases:letter:deliver"
    CASES_MEASURE_DECIDE = "cases:measure:decide"
    CASES_MEASURE_EXECUTE = "cases:measure:execute"
    CASES_MEASURE_PROPOSE = "cases:measure:propose"
    CASES_OBJECTION_RECORD = "cases:objection:record"
    CASES_PROTECTION_HANDLE = "cases:protection:handle"
    CASES_PROTECTION_READ = "cases:protection:read"
    CASES_SCREENING_RECORD = "cases:screening:record"
    DOCUMENTS_LETTER_READ = "documents:letter:read"
    FINDINGS_BREACH_EXPLAIN = "findings:breach:explain"
    FINDINGS_CONFLICT_SETTLE = "findings:conflict:settle"
    FINDINGS_DEVICE_READ = "findings:device:read"
    FINDINGS_DEVICE_REVOKE = "findings:device:revoke"
    FINDINGS_FILE_LOOK = "findings:file:look"
    FINDINGS_GAP_CLOSE = "findings:gap:close"
    FINDINGS_OFFICE_NIL = "findings:office:nil"
    FINDINGS_QUARANTINE_DECIDE = "findings:quarantine:decide"
    FINDINGS_REPORT_CARRY = "findings:report:carry"
    FINDINGS_REPORT_READ = "findings:report:read"
    FINDINGS_REPORT_SUBMIT = "findings:report:submit"
    IDENTITY_ASSIGNMENT_GRANT = "identity:assignment:grant"
    IDENTITY_LETTERHEAD_WRITE = "identity:letterhead:write"
    IDENTITY_SESSION_OPEN = "identity:session:open"
    IDENTITY_SIGN_IN = "identity:user:sign-in"
    IDENTITY_USER_READ = "identity:user:read"
    INDICATIONS_INDICATION_READ = "indications:indication:read"
    INDICATIONS_RULE_RUN = "indications:rule:run"
    INDICATIONS_RULE_SUSPEND = "indications:rule:suspend"
    INDICATIONS_VERDICT_GIVE = "indications:verdict:give"
    INTAKE_CROSSINGS_SEND = "intake:crossings:send"
    INTAKE_PAIR_DECIDE = "intake:pair:decide"
    INTAKE_PAIR_READ = "intake:pair:read"
    INTAKE_PERMITS_SEND = "intake:permits:send"
    INTAKE_SUBMISSION_IMPORT = "intake:submission:import"
    INTAKE_SUBMISSION_READ = "intake:submission:read"
    INTAKE_SUBMISSION_SEND = "intake:submission:send"
    LAW_BOOK_LOAD = "law:book:load"
    LAW_BOOK_READ = "law:book:read"
    OPERATIONS_ENCOUNTER_DECIDE = "operations:encounter:decide"
    OPERATIONS_ENCOUNTER_REPORT = "operations:encounter:report"
    OPERATIONS_JOURNAL_READ = "operations:journal:read"
    OPERATIONS_JOURNAL_WRITE = "operations:journal:write"
    OPERATIONS_OFFICE_ANSWER = "operations:office:answer"
    OPERATIONS_OPERATION_OPEN = "operations:operation:open"
    OPERATIONS_OPERATION_READ = "operations:operation:read"
    OPERATIONS_ORDER_ANNOUNCE = "operations:order:announce"
    OPERATIONS_ORDER_DRAFT = "operations:order:draft"
    OPERATIONS_ORDER_ISSUE = "operations:order:issue"
    OPERATIONS_POSKO_WATCH = "operations:posko:watch"
    OPERATIONS_POST_INSTALL = "operations:post:install"
    OPERATIONS_POST_OUTFIT = "operations:post:outfit"
    OPERATIONS_REGISTER_READ = "operations:register:read"
    OPERATIONS_REGISTER_WRITE = "operations:register:write"
    OPERATIONS_RESOURCE_KEEP = "operations:resource:keep"
    OPERATIONS_TARGET_APPROVE = "operations:target:approve"
    OPERATIONS_TARGET_PROPOSE = "operations:target:propose"
    OPERATIONS_TARGET_READ = "operations:target:read"
    OPERATIONS_TASK_READ = "operations:task:read"
    OPERATIONS_TEAM_FORM = "operations:team:form"
    OPERATIONS_TEAM_MOVE = "operations:team:move"
    OPERATIONS_TEMPLATE_PUBLISH = "operations:template:publish"
    OPERATIONS_TEMPLATE_READ = "operations:template:read"
    OPERATIONS_TEMPLATE_WRITE = "operations:template:write"
    REGISTRY_PERSON_FIND = "registry:person:find"
    REGISTRY_PERSON_MERGE = "registry:person:merge"
    REGISTRY_PERSON_READ = "registry:person:read"
    REGISTRY_RECORD_ADD = "registry:record:add"
    WILAYAH_REFERENCE_EDIT = "wilayah:reference:edit"
    WILAYAH_REFERENCE_LOAD = "wilayah:reference:load"
    WILAYAH_REFERENCE_READ = "wilayah:reference:read"


# Opening data of persons needs a purpose of the work session (B4, P18).
NEEDS_PURPOSE = frozenset(
    {
        P.CASES_CASE_READ,
        P.CASES_PROTECTION_HANDLE,
        P.CASES_PROTECTION_READ,
        P.DOCUMENTS_LETTER_READ,
        P.INDICATIONS_INDICATION_READ,
        P.INTAKE_PAIR_READ,
        P.REGISTRY_PERSON_FIND,
        P.REGISTRY_PERSON_READ,
    },
)

PURPOSES = {
    "operasi": "Operasi pengawasan",
    "perkara": "Penanganan perkara",
    "verifikasi": "Verifikasi data dan keterhubungan",
    "pelayanan": "Permohonan orang yang bersangkutan",
    "pengawasan": "Pengawasan administratif",
    "audit": "Pemeriksaan internal",
}
