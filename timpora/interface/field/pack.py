"""What the form carries into the field as one JSON value: own tasks, teams, the clock. Nothing else (F46)."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language, gettext

from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import OwnConflict
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import SopStep, TaskEncounter, TaskPerson, TaskTarget, TeamNow
from timpora.domain.states import EncounterState, TargetState
from timpora.domain.territory import ZONE_LABELS
from timpora.interface.field.forms import forms_of
from timpora.interface.queue_key import queue_key
from timpora.interface.sentences import told
from timpora.kernel import clock
from timpora.kernel.access import Actor, P, holds

# The device forgets a day after the operation (P34).
GRACE: Final = timedelta(days=1)


def pack(actor: Actor) -> dict[str, object]:
    """Return everything the page works with until the network is back."""
    main = actor.main
    is_field = holds(actor, P.OPERATIONS_TEAM_MOVE)
    tasks = [
        *(_met(one) for one in operations.encounter_tasks(actor)),
        *(_task(task) for task in operations.task_list(actor)),
    ]
    return {
        "officer": {"id": str(actor.id), "name": actor.name, "unit": main.unit_name if main else ""},
        "language": get_language(),
        "now": clock.now().isoformat(),
        "is_simulated": clock.is_simulated(),
        "until": max((task["until"] for task in tasks), default=(clock.now() + GRACE).isoformat()),
        "queue_key": queue_key(actor.id),
        "tasks": tasks,
        "offices": _offices(actor),
        "registers": [
            {"url": reverse("operations:register-write", args=[pk]), "name": name}
            for pk, name in (operations.register_operations(actor) if is_field else [])
        ],
        "conflicts": [_conflict(one) for one in findings.own_conflicts(actor)],
        "teams": [_team(team) for team in operations.own_teams(actor)] if is_field else [],
        **forms_of(UUID(one["operation"]) for one in tasks),
    }


def _task(task: TaskTarget) -> dict[str, Any]:
    target = task.target
    return {
        "target": str(target.id),
        "operation": str(target.operation_id),
        "code": target.code,
        "name": target.name,
        "address": target.address,
        "is_visited": target.state is TargetState.VISITED,
        "lat": target.lat,
        "lng": target.lng,
        "ground": told(task.ground),
        "ground_text": target.ground_text,
        "checks": target.checks,
        "order": task.order_number,
        "order_url": reverse("field:order", args=[task.order_id]),
        # What the QR of the order holds, so that it is told from others without network.
        "code_of_order": task.order_token,
        "team": task.team_name,
        "officers": task.officers,
        "first_day": f"{task.first_day:%d-%m-%Y}",
        "last_day": f"{task.last_day:%d-%m-%Y}",
        "until": _until(task).isoformat(),
        "zone": task.zone,
        "zone_label": ZONE_LABELS.get(task.zone, ""),
        "steps": _steps(task.steps),
        "clashes": [f"{twin.target.unit_name}, {twin.target.code}, {twin.metres} m" for twin in task.clashes],
        "persons": [
            *(_person(person, told(person.permit)) for person in task.persons),
            *(_person(one, f"{gettext('daftar TKA')} · {told(one.permit)}") for one in task.workers),
        ],
    }


def _person(person: TaskPerson, permit: str) -> dict[str, str]:
    return {
        "id": str(person.id),
        "name": person.name,
        "document": person.document,
        "birth": person.birth,
        "permit": permit,
        "as_of": _instant(person.as_of),
    }


def _met(task: TaskEncounter) -> dict[str, Any]:
    """Return an approved check without an order as the form shows a target; it names nobody."""
    met = task.encounter
    day = "" if met.decided_at is None else f"{met.decided_at.astimezone(ZoneInfo(met.zone)):%d-%m-%Y}"
    return {
        "target": str(met.id),
        "is_encounter": True,
        "operation": str(task.operation_id),
        "code": gettext("Pemeriksaan langsung"),
        "name": met.place,
        "address": met.address,
        "is_visited": met.state is not EncounterState.APPROVED,
        "lat": None,
        "lng": None,
        "ground": gettext(met.exemption_label),
        "ground_text": met.because,
        "checks": met.met,
        "order": met.order_number or gettext("Disetujui %(name)s") % {"name": met.decided_by},
        "order_url": reverse("field:encounter", args=[met.id]),
        "team": met.team_name,
        "first_day": day,
        "last_day": day,
        # Nobody is named here; it goes a day after the server last offered it.
        "until": (clock.now() + GRACE).astimezone(UTC).isoformat(),
        "zone": met.zone,
        "zone_label": ZONE_LABELS.get(met.zone, ""),
        "steps": _steps(task.steps),
        "clashes": [],
        "persons": [],
    }


def _steps(steps: Iterable[SopStep]) -> list[dict[str, object]]:
    return [
        {
            "code": step.code,
            "title": step.title,
            "note": step.note,
            "is_gate": step.is_gate,
            "asks_language": step.asks_language,
        }
        for step in steps
    ]


def _until(task: TaskTarget) -> datetime:
    """Return when the phone forgets the task and what was drafted of it: a day after its last day is over."""
    midnight = datetime.combine(task.last_day + timedelta(days=1), time(), ZoneInfo(task.zone))
    return (midnight + GRACE).astimezone(UTC)


def _team(team: TeamNow) -> dict[str, str]:
    return {
        "id": str(team.id),
        "order": str(team.order_id),
        "number": team.order_number,
        "name": team.name,
        "state": team.state.value,
    }


def _conflict(one: OwnConflict) -> dict[str, Any]:
    """Return what became of a report with several contents; the phone knows its own by the digest."""
    return {
        "report": str(one.report_id),
        "is_open": one.is_open,
        "by": one.by,
        "because": one.because,
        "contents": [asdict(content) for content in one.contents],
    }


def _instant(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _offices(actor: Actor) -> list[dict[str, str]]:
    """Return the operations in which the actor may say that the whole office is nil."""
    mine = {grant.unit_code: grant for grant in actor.grants_for(P.FINDINGS_OFFICE_NIL)}
    if not mine or not holds(actor, P.OPERATIONS_OPERATION_READ):
        return []
    return [
        {"operation": str(row.operation.id), "name": row.operation.name, "unit": grant.unit_name}
        for row in operations.operation_list(actor)
        if row.operation.is_open
        for grant in mine.values()
    ]
