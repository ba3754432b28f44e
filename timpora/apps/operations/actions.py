"""What this room does: its door for writing."""

from timpora.apps.operations.dissolving import team_dissolve
from timpora.apps.operations.encounters import encounter_check, encounter_decide, encounter_report
from timpora.apps.operations.journal_acts import journal_pass, journal_settle, journal_write
from timpora.apps.operations.means_acts import (
    absence_cancel,
    absence_note,
    asset_add,
    asset_change,
    need_write,
)
from timpora.apps.operations.movement_acts import team_move
from timpora.apps.operations.note_bringing import notes_bring
from timpora.apps.operations.openings import operation_close, operation_open, phase_add
from timpora.apps.operations.order_acts import (
    order_carry_out,
    order_issue,
    order_report,
    order_withdraw,
)
from timpora.apps.operations.orders import order_cancel, order_draft, order_reword
from timpora.apps.operations.outfits import outfit_install, outfit_take
from timpora.apps.operations.overdue import orders_announce
from timpora.apps.operations.periods import period_add, period_withdraw
from timpora.apps.operations.readiness import office_answer, offices_remind
from timpora.apps.operations.registers import register_write
from timpora.apps.operations.targets import (
    target_decide,
    target_propose,
    target_retract,
    target_visit,
    target_withdraw,
)
from timpora.apps.operations.teams import team_assign, team_equip, team_form
from timpora.apps.operations.template_acts import (
    template_begin,
    template_publish,
    template_redraft,
    template_write,
    version_withdraw,
)
from timpora.apps.operations.template_annexes import annex_add, annex_remove
from timpora.apps.operations.template_questions import question_move, question_put, question_remove

__all__ = [
    "absence_cancel",
    "absence_note",
    "annex_add",
    "annex_remove",
    "asset_add",
    "asset_change",
    "encounter_check",
    "encounter_decide",
    "encounter_report",
    "journal_pass",
    "journal_settle",
    "journal_write",
    "need_write",
    "notes_bring",
    "office_answer",
    "offices_remind",
    "operation_close",
    "operation_open",
    "order_cancel",
    "order_carry_out",
    "order_draft",
    "order_issue",
    "order_report",
    "order_reword",
    "order_withdraw",
    "orders_announce",
    "outfit_install",
    "outfit_take",
    "period_add",
    "period_withdraw",
    "phase_add",
    "question_move",
    "question_put",
    "question_remove",
    "register_write",
    "target_decide",
    "target_propose",
    "target_retract",
    "target_visit",
    "target_withdraw",
    "team_assign",
    "team_dissolve",
    "team_equip",
    "team_form",
    "team_move",
    "template_begin",
    "template_publish",
    "template_redraft",
    "template_write",
    "version_withdraw",
]
