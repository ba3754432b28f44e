"""What the start page lists: each provider asks one room what waits, what is due, what is live.

A provider returns nothing for whoever has no part in it. A new room adds its provider to `WAITING` or
`DUE`; the most urgent rooms stand first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, ngettext_lazy

from timpora.apps.cases import queries as cases
from timpora.apps.identity import queries as identity
from timpora.apps.indications import queries as indications
from timpora.apps.indications.types import State
from timpora.apps.intake import queries as intake
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import OperationRow, PhaseView
from timpora.domain.states import CaseState, OperationState
from timpora.domain.territory import ZONE_LABELS
from timpora.interface.web.case_words import DUES
from timpora.interface.web.doors import address_of
from timpora.interface.web.start_lines import Item, Provider, living
from timpora.interface.web.start_orders import (
    breaches_to_explain,
    encounters_to_decide,
    orders_overdue,
    orders_owed,
    orders_to_issue,
    readiness_to_answer,
    reports_in_conflict,
    reports_withheld,
    targets_to_approve,
    teams_that_clash,
    templates_to_publish,
)
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import Actor, P, holds
from timpora.kernel.access.permissions import NEEDS_PURPOSE

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Live:
    """An operation that runs or is being prepared, at the clock of the officer's place."""

    name: str
    day: str
    note: str
    url: str
    posko_url: str
    is_running: bool


def purpose_wanted(actor: Actor) -> Iterator[Item]:
    """Ask for the purpose of the session, without which no data of persons opens."""
    if actor.purpose is None and actor.permissions & NEEDS_PURPOSE:
        note = _("Data orang baru terbuka setelah tujuan dicatat.")
        yield Item(_("Pilih tujuan kerja sesi ini"), "target", address_of("identity:purpose"), note)


def offices_silent(actor: Actor) -> Iterator[Item]:
    """Count the offices that have not answered, for the centre that opened the operation."""
    if not holds(actor, P.OPERATIONS_OPERATION_OPEN):
        return
    for row in living(actor):
        silent = row.offices - row.offices_answered
        if silent:
            said = ngettext(
                "%(n)s kantor belum menjawab kesiapan", "%(n)s kantor belum menjawab kesiapan", silent
            )
            url = f"/operasi/{row.operation.id}/kantor"
            yield Item(said % {"n": silent}, "building", url, row.operation.name)


def indications_open(actor: Actor) -> Iterator[Item]:
    """Count the open indications, for whoever judges them."""
    if actor.purpose is None or not holds(actor, P.INDICATIONS_VERDICT_GIVE):
        return
    count = indications.indication_counts(actor).get(State.OPEN, 0)
    if count:
        said = ngettext("%(n)s indikasi perlu dinilai", "%(n)s indikasi perlu dinilai", count)
        note = _("Singkirkan dahulu penjelasan yang wajar.")
        yield Item(said % {"n": count}, "alert-triangle", address_of("indications:list"), note)


def letterheads_empty(actor: Actor) -> Iterator[Item]:
    """Count the offices whose letters go out without an address of their own, for whoever writes it."""
    if not holds(actor, P.IDENTITY_LETTERHEAD_WRITE):
        return
    kept = identity.letterhead_list(actor)
    count = sum(not held.is_filled for held in kept)
    if count:
        said = _("Isi kop surat kantor")
        if len(kept) > 1:
            said = ngettext(
                "%(n)s kantor belum mengisi kop surat", "%(n)s kantor belum mengisi kop surat", count
            )
        note = _("Surat memakai nama daerah sampai alamat kantor ditulis.")
        yield Item(said % {"n": count}, "building", address_of("offices:list"), note)


def rules_stopped(actor: Actor) -> Iterator[Item]:
    """Count the rules that stopped by themselves, for whoever may let them run again."""
    if actor.purpose is None or not holds(actor, P.INDICATIONS_RULE_SUSPEND):
        return
    stopped = sum(bool(rule.stopped_because) for rule in indications.rule_standings(actor))
    if stopped:
        said = ngettext("%(n)s aturan berhenti", "%(n)s aturan berhenti", stopped)
        note = _("Lebih sering keliru daripada benar menurut penilaian petugas.")
        yield Item(said % {"n": stopped}, "hand-stop", address_of("indications:rules"), note)


def pairs_doubtful(actor: Actor) -> Iterator[Item]:
    """Count the pairs that may be one person, for whoever decides them."""
    if actor.purpose is None or not holds(actor, P.INTAKE_PAIR_DECIDE):
        return
    count = intake.pair_count(actor)
    if count:
        said = ngettext("%(n)s pasangan ragu", "%(n)s pasangan ragu", count)
        url = address_of("intake:pairs") or address_of("intake:pair-next") or address_of("intake:list")
        yield Item(
            said % {"n": count}, "users", url, _("Satu orang atau dua? Mesin ragu; petugas yang memutus.")
        )


def lists_unfinished(actor: Actor) -> Iterator[Item]:
    """Count the lists whose columns wait to be matched and those that failed."""
    if not holds(actor, P.INTAKE_SUBMISSION_SEND):
        return
    sent = intake.submission_list(actor)
    states = [submission.state.name for submission in sent]
    waiting, failed = states.count("RECEIVED"), states.count("FAILED")
    faulty = sum(one.state.name == "DONE" and one.bad > 0 for one in sent)
    url = address_of("intake:list")
    if waiting:
        said = ngettext("%(n)s daftar menunggu kolomnya", "%(n)s daftar menunggu kolomnya", waiting)
        yield Item(said % {"n": waiting}, "table-import", url)
    if faulty:
        said = ngettext(
            "%(n)s daftar dengan baris untuk diperbaiki", "%(n)s daftar dengan baris untuk diperbaiki", faulty
        )
        yield Item(said % {"n": faulty}, "table-import", url, _("Unduh barisnya, perbaiki, kirim lagi."))
    if failed:
        said = ngettext("%(n)s daftar gagal dimuat", "%(n)s daftar gagal dimuat", failed)
        yield Item(said % {"n": failed}, "table-import", url, is_due=True)


# What each state of a case asks of whom: the right to do it, and how the line reads.
CASE_WORK: tuple[tuple[P, tuple[CaseState, ...], Any], ...] = (
    (
        P.CASES_MEASURE_DECIDE,
        (CaseState.PROPOSED,),
        ngettext_lazy("%(n)s usulan tindakan (TAK): putusan", "%(n)s usulan tindakan (TAK): putusan", "n"),
    ),
    (
        P.CASES_SCREENING_RECORD,
        (CaseState.REPORTED,),
        ngettext_lazy("%(n)s perkara perlu penapisan", "%(n)s perkara perlu penapisan", "n"),
    ),
    (
        P.CASES_MEASURE_PROPOSE,
        (CaseState.SCREENED, CaseState.CONFERENCE),
        ngettext_lazy(
            "%(n)s perkara menunggu gelar dan usulan", "%(n)s perkara menunggu gelar dan usulan", "n"
        ),
    ),
    (
        P.CASES_LETTER_DELIVER,
        (CaseState.DECIDED,),
        ngettext_lazy("%(n)s putusan belum disampaikan", "%(n)s putusan belum disampaikan", "n"),
    ),
    (
        P.CASES_OBJECTION_RECORD,
        (CaseState.OBJECTED,),
        ngettext_lazy("%(n)s keberatan berjalan", "%(n)s keberatan berjalan", "n"),
    ),
)


def cases_to_work_on(actor: Actor) -> Iterator[Item]:
    """Count the cases whose next step is the officer's own."""
    if actor.purpose is None or not holds(actor, P.CASES_CASE_READ):
        return
    counts = cases.case_counts(actor)
    for permission, states, said in CASE_WORK:
        count = sum(counts.get(state, 0) for state in states)
        if count and holds(actor, permission):
            url = f"{address_of('cases:list')}?keadaan={states[0].value}"
            yield Item(said % {"n": count}, "gavel", url, is_due=permission == P.CASES_MEASURE_DECIDE)


def protection_waits(actor: Actor) -> Iterator[Item]:
    """Say what waits for protection and since when, to its officers and to nobody else."""
    if actor.purpose is None or not holds(actor, P.CASES_PROTECTION_HANDLE):
        return
    desk = cases.protection_desk(actor)
    url = address_of("protection:list")
    told = (
        (
            desk.signs,
            [one.received_at for one in desk.signs],
            ngettext_lazy("%(n)s tanda dari lapangan", "%(n)s tanda dari lapangan", "n"),
        ),
        (
            desk.waiting,
            [row.since for row in desk.waiting],
            ngettext_lazy("%(n)s rujukan menunggu Anda", "%(n)s rujukan menunggu Anda", "n"),
        ),
    )
    for rows, since, said in told:
        if rows:
            zone = zone_of_actor(actor)
            local = min(since).astimezone(ZoneInfo(zone))
            note = _("menunggu sejak %(at)s") % {"at": f"{local:%d-%m-%Y %H.%M} {ZONE_LABELS[zone]}"}
            yield Item(said % {"n": len(rows)}, "shield-check", url, note, is_due=True)


def cases_due(actor: Actor) -> Iterator[Item]:
    """Name the deadlines of cases within two weeks, without a name of a person."""
    if actor.purpose is None or not holds(actor, P.CASES_CASE_READ):
        return
    today = clock.today(zone_of_actor(actor))
    for case in cases.case_dues(actor, before=today + SOON):
        title = f"{DUES[case.due_what]}: {case.number}"
        url = address_of("cases:page", case.id)
        late = case.due_left is not None and case.due_left < 0
        yield Item(title, "gavel", url, case.unit_name, due_on=case.due_on, is_due=late)


def field_tasks(actor: Actor) -> Iterator[Item]:
    """Lead the field officer to the form on the phone; its list logs whom it shows, so nothing is counted."""
    url = address_of("field:home")
    # Whoever plans targets finds the form in the menu; for the others it is the day's work.
    if url and holds(actor, P.OPERATIONS_TASK_READ) and not holds(actor, P.OPERATIONS_TARGET_READ):
        yield Item(_("Tugas lapangan saya"), "checklist", url, _("Sasaran hari ini; bekerja tanpa sinyal."))


def own_assignment_ends(actor: Actor) -> Iterator[Item]:
    """Warn of an own assignment, Plt. or Plh. above all, that ends soon."""
    today = clock.today(zone_of_actor(actor))
    for assignment in identity.assignments_of(actor.id):
        if assignment.is_now and assignment.ends and today < assignment.ends <= today + SOON:
            last_day = assignment.ends - timedelta(days=1)
            title = _("Penugasan berakhir: %(role)s") % {"role": assignment.title}
            yield Item(title, "user-check", "", assignment.unit_name, due_on=last_day)


def acting_heads_end(actor: Actor) -> Iterator[Item]:
    """Warn the administrator of acting heads whose time runs out."""
    if not holds(actor, P.IDENTITY_ASSIGNMENT_GRANT):
        return
    today = clock.today(zone_of_actor(actor))
    for line in identity.assignment_list(actor):
        if line.acting and line.ends and today < line.ends <= today + SOON and line.user_id != actor.id:
            last_day = line.ends - timedelta(days=1)
            title = f"{line.title}: {line.user_name}"
            yield Item(title, "user-check", address_of("accounts:list"), line.unit_name, due_on=last_day)


def live_operations(actor: Actor) -> list[Live]:
    """Return the operations that run or are being prepared, with the day of the phase at this place."""
    if not holds(actor, P.OPERATIONS_OPERATION_READ):
        return []
    zone = zone_of_actor(actor)
    has_posko = holds(actor, P.OPERATIONS_POSKO_WATCH)
    return [
        Live(
            name=row.operation.name,
            day=_day_of(operations.phase_now(row.operation, zone, clock.now()), zone),
            note=_figures(row, has_targets=holds(actor, P.OPERATIONS_TARGET_READ)),
            url=f"/operasi/{row.operation.id}",
            posko_url=address_of("posko:operation", row.operation.id) if has_posko else "",
            is_running=row.operation.state == OperationState.RUNNING,
        )
        for row in living(actor)
    ]


def _day_of(phase: PhaseView | None, zone: str) -> str:
    if phase is None:
        return _("belum dimulai")
    first, today = phase.starts_local.date(), clock.today(zone)
    days = (phase.ends_local - timedelta(seconds=1)).date() - first
    told = {"name": phase.name, "day": (today - first).days + 1, "days": days.days + 1}
    return _("%(name)s, hari ke-%(day)s dari %(days)s") % told


def _figures(row: OperationRow, *, has_targets: bool) -> str:
    told = {"answered": row.offices_answered, "offices": row.offices}
    answered = ngettext(
        "%(answered)s dari %(offices)s kantor menjawab",
        "%(answered)s dari %(offices)s kantor menjawab",
        row.offices,
    )
    if not has_targets:
        return answered % told
    targets = ngettext("%(n)s sasaran", "%(n)s sasaran", row.targets) % {"n": row.targets}
    return f"{targets} · " + answered % told


WAITING: tuple[Provider, ...] = (
    purpose_wanted,
    encounters_to_decide,
    orders_overdue,
    orders_owed,
    targets_to_approve,
    orders_to_issue,
    readiness_to_answer,
    teams_that_clash,
    protection_waits,
    cases_to_work_on,
    reports_in_conflict,
    reports_withheld,
    breaches_to_explain,
    field_tasks,
    pairs_doubtful,
    indications_open,
    lists_unfinished,
    offices_silent,
    templates_to_publish,
    letterheads_empty,
    rules_stopped,
)
DUE: tuple[Provider, ...] = (cases_due, own_assignment_ends, acting_heads_end)


# What an empty day teaches: who may do this sees that there.
TEACHES: tuple[tuple[P, str], ...] = (
    (P.OPERATIONS_TARGET_APPROVE, gettext_noop("usulan sasaran dari kepala seksi")),
    (P.OPERATIONS_ORDER_ISSUE, gettext_noop("konsep surat perintah yang perlu ditandatangani")),
    (P.OPERATIONS_ENCOUNTER_DECIDE, gettext_noop("pemeriksaan langsung yang menunggu persetujuan")),
    (P.CASES_MEASURE_DECIDE, gettext_noop("usulan tindakan yang perlu diputus")),
    (P.CASES_SCREENING_RECORD, gettext_noop("perkara yang perlu ditapis")),
    (P.FINDINGS_CONFLICT_SETTLE, gettext_noop("laporan yang isinya berbenturan")),
    (P.INTAKE_PAIR_DECIDE, gettext_noop("pasangan ragu dari daftar yang masuk")),
    (P.INDICATIONS_VERDICT_GIVE, gettext_noop("indikasi yang perlu dinilai")),
    (P.INTAKE_SUBMISSION_SEND, gettext_noop("daftar yang menunggu kolomnya atau gagal dimuat")),
    (P.OPERATIONS_OPERATION_OPEN, gettext_noop("kantor yang belum menjawab kesiapan")),
    (P.OPERATIONS_TEMPLATE_PUBLISH, gettext_noop("rancangan templat yang dapat diterbitkan")),
    (P.IDENTITY_LETTERHEAD_WRITE, gettext_noop("kop surat yang belum diisi")),
)


def teaches(actor: Actor) -> list[str]:
    """Return what would wait for the actor on another day."""
    return [_(said) for permission, said in TEACHES if holds(actor, permission)]


def items_of(actor: Actor, providers: tuple[Provider, ...]) -> list[Item]:
    """Ask each provider in turn; what is due stands first."""
    found = [item for provider in providers for item in provider(actor)]
    return sorted(found, key=lambda item: (not item.is_due, item.due_on or date.max))
