"""What waits on the start page from operations: targets, orders, checks without one, reports."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.apps.findings import queries as findings
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import Readiness
from timpora.domain.states import OrderState, TargetState
from timpora.interface.web.doors import address_of
from timpora.interface.web.operation_words import due_said
from timpora.interface.web.start_lines import Item, living
from timpora.kernel import clock
from timpora.kernel.access import Actor, P, holds


def teams_that_clash(actor: Actor) -> Iterator[Item]:
    """Count the own office's teams that may meet another at a target, for who sends them out."""
    permissions = (P.OPERATIONS_ORDER_DRAFT, P.OPERATIONS_ORDER_ISSUE)
    units = {grant.unit_code for one in permissions for grant in actor.grants_for(one)}
    if not units or not holds(actor, P.OPERATIONS_TARGET_READ):
        return
    for row in living(actor):
        clashing = operations.team_clashes(actor, row.operation.id)
        teams = operations.team_list(actor, row.operation.id) if clashing else []
        count = sum(team.id in clashing and team.unit_code in units for team in teams)
        if count:
            said = ngettext(
                "%(n)s regu mungkin bertemu regu lain di sasaran",
                "%(n)s regu mungkin bertemu regu lain di sasaran",
                count,
            )
            url = address_of("operations:teams", row.operation.id)
            yield Item(said % {"n": count}, "users-group", url, row.operation.name)


def readiness_to_answer(actor: Actor) -> Iterator[Item]:
    """Name each operation for which the own office has not answered, the reminders and the term with it."""
    units = {grant.unit_code for grant in actor.grants_for(P.OPERATIONS_OFFICE_ANSWER)}
    if not units:
        return
    for row in living(actor):
        if row.offices_answered == row.offices:
            continue
        phase = row.operation.phase_next(clock.now())
        for office in operations.answer_list(actor, row.operation.id, phase.id):
            if office.unit_code in units and office.readiness is Readiness.SILENT:
                note = row.operation.name
                if office.reminders:
                    said = ngettext(
                        "posko mengingatkan %(n)s kali", "posko mengingatkan %(n)s kali", office.reminders
                    )
                    note = f"{note} · {said % {'n': office.reminders}}"
                title = _("Jawab kesiapan kantor: %(phase)s") % {"phase": phase.name}
                url = address_of("operations:offices", row.operation.id)
                yield Item(title, "clipboard-check", url, note, due_on=phase.answer_on, is_due=True)


def encounters_to_decide(actor: Actor) -> Iterator[Item]:
    """Name each check that waits for the actor's approval: a team stands there and waits."""
    if not holds(actor, P.OPERATIONS_ENCOUNTER_DECIDE):
        return
    for met in operations.encounters_waiting(actor):
        title = _("Regu menunggu persetujuan pemeriksaan langsung: %(team)s") % {"team": met.team_name}
        url = address_of("operations:encounter", met.id)
        yield Item(title, "user-check", url, _(met.exemption_label), is_due=True)


def orders_owed(actor: Actor) -> Iterator[Item]:
    """Name each order that must follow a check, with its last day, for who drafts and who issues it."""
    desks = {
        grant.unit_code
        for permission in (P.OPERATIONS_ORDER_DRAFT, P.OPERATIONS_ORDER_ISSUE)
        for grant in actor.grants_for(permission)
    }
    if not desks:
        return
    for due in operations.orders_due(actor):
        if due.unit_code in desks:
            title = _("Surat perintah menyusul: %(team)s") % {"team": due.team_name}
            url = address_of("operations:order", due.order_id)
            said = str(due_said(due.clock, owes=True).word)
            yield Item(title, "file-text", url, said, due_on=due.clock.last_day, is_due=True)


def orders_overdue(actor: Actor) -> Iterator[Item]:
    """Count, by operation, the orders that did not follow in time, for whoever watches and writes none."""
    desks = (P.OPERATIONS_ORDER_DRAFT, P.OPERATIONS_ORDER_ISSUE)
    if not holds(actor, P.OPERATIONS_TARGET_READ) or any(holds(actor, desk) for desk in desks):
        return
    late = Counter(due.operation_id for due in operations.orders_due(actor) if due.clock.is_late)
    for row in living(actor) if late else []:
        if count := late[row.operation.id]:
            said = ngettext(
                "%(n)s surat perintah menyusul lewat batas",
                "%(n)s surat perintah menyusul lewat batas",
                count,
            )
            url = address_of("operations:encounters", row.operation.id)
            yield Item(said % {"n": count}, "file-text", url, row.operation.name, is_due=True)


def breaches_to_explain(actor: Actor) -> Iterator[Item]:
    """Count the reports that broke the order of the SOP, for whoever explains them."""
    if not holds(actor, P.FINDINGS_BREACH_EXPLAIN):
        return
    for row in living(actor):
        waiting = findings.unexplained(actor, row.operation.id)
        if waiting:
            said = ngettext(
                "%(n)s laporan melanggar urutan SOP: jelaskan",
                "%(n)s laporan melanggar urutan SOP: jelaskan",
                len(waiting),
            )
            url = address_of("posko:report", row.operation.id, waiting[0])
            yield Item(said % {"n": len(waiting)}, "list-check", url, row.operation.name, is_due=True)


def targets_to_approve(actor: Actor) -> Iterator[Item]:
    """Count the proposed targets of living operations, for whoever approves them."""
    if not holds(actor, P.OPERATIONS_TARGET_APPROVE):
        return
    for row in living(actor):
        if row.targets_waiting:
            said = ngettext(
                "%(n)s sasaran perlu persetujuan", "%(n)s sasaran perlu persetujuan", row.targets_waiting
            )
            url = f"/operasi/{row.operation.id}?keadaan={TargetState.PROPOSED}"
            title = said % {"n": row.targets_waiting}
            yield Item(title, "target-arrow", url, row.operation.name, is_due=True)


def orders_to_issue(actor: Actor) -> Iterator[Item]:
    """Count the drafted orders that wait for a signature."""
    if not holds(actor, P.OPERATIONS_ORDER_ISSUE):
        return
    for row in living(actor):
        teams = operations.team_list(actor, row.operation.id)
        drafted = sum(team.order_state == OrderState.DRAFTED for team in teams)
        if drafted:
            said = ngettext(
                "%(n)s surat perintah: tanda tangan", "%(n)s surat perintah: tanda tangan", drafted
            )
            url = f"/operasi/{row.operation.id}/regu"
            yield Item(said % {"n": drafted}, "file-text", url, row.operation.name, is_due=True)


def templates_to_publish(actor: Actor) -> Iterator[Item]:
    """Count the drafts of others, for whoever may publish them."""
    if not holds(actor, P.OPERATIONS_TEMPLATE_PUBLISH):
        return
    count = operations.templates_waiting(actor)
    if count:
        said = ngettext("%(n)s rancangan templat operasi", "%(n)s rancangan templat operasi", count)
        note = _("Baca, lalu terbitkan bila sudah lengkap.")
        yield Item(said % {"n": count}, "clipboard-list", address_of("operations:templates"), note)


def reports_withheld(actor: Actor) -> Iterator[Item]:
    """Count the reports in quarantine, for whoever releases or rejects them."""
    count = findings.quarantine_count(actor)
    if count:
        said = ngettext("%(n)s laporan di karantina", "%(n)s laporan di karantina", count)
        note = _("dari ponsel yang dicabut atau akun yang ditutup")
        yield Item(said % {"n": count}, "lock", address_of("devices:quarantine"), note, is_due=True)


def reports_in_conflict(actor: Actor) -> Iterator[Item]:
    """Count the reports that came twice with different content, for whoever settles them."""
    if not holds(actor, P.FINDINGS_CONFLICT_SETTLE):
        return
    for row in living(actor):
        count = len(findings.conflict_list(actor, operation_id=row.operation.id))
        if count:
            said = ngettext("%(n)s laporan berbenturan", "%(n)s laporan berbenturan", count)
            url = address_of("posko:reports", row.operation.id)
            yield Item(said % {"n": count}, "file-text", url, row.operation.name, is_due=True)
