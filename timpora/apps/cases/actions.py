"""What the cases do, gathered behind one door."""

from timpora.apps.cases.deciding import (
    conference_record,
    measure_countersign,
    measure_decide,
    measure_propose,
    measure_return,
)
from timpora.apps.cases.protection import (
    referral_end,
    referral_take,
    return_confirm,
    return_refuse,
    review_record,
    service_answer_record,
    signs_take,
)
from timpora.apps.cases.remedies import (
    case_close,
    letter_deliver,
    measure_execute,
    objection_forward,
    objection_record,
)
from timpora.apps.cases.screening import case_open, party_correct, screening_record

__all__ = [
    "case_close",
    "case_open",
    "conference_record",
    "letter_deliver",
    "measure_countersign",
    "measure_decide",
    "measure_execute",
    "measure_propose",
    "measure_return",
    "objection_forward",
    "objection_record",
    "party_correct",
    "referral_end",
    "referral_take",
    "return_confirm",
    "return_refuse",
    "review_record",
    "screening_record",
    "service_answer_record",
    "signs_take",
]
