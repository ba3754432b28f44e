"""Reports of the scenario as the phone sends them (docs/contract-reports.md)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from timpora.interface.console.scenario.acts import Checked, OfficeNil, Report
from timpora.interface.console.scenario.records import Foreigner, World

SPACE = UUID("0d7a9a86-7d0c-4a0b-8f4b-1d2f2b6f5c51")
SEXES = {"M": "L", "F": "P"}
Body = dict[str, object]


def report_body(report: Report, *, actor: str, seq: int, ids: Mapping[str, str], world: World) -> Body:
    """Return the body of one visit's report; `ids` maps the scenario's keys to the program's."""
    return {
        "id": report.id,
        "operation": ids["operation"],
        "target": ids[report.target],
        "kind": "nihil" if report.is_nil else "pemeriksaan",
        "captured_at": _instant(report.visited_at),
        "device": str(uuid5(SPACE, actor)),
        "seq": seq,
        "headcount": report.headcount,
        "checked": [_checked(one, world) for one in report.persons],
        "lat": f"{report.lat:.6f}",
        "lng": f"{report.lon:.6f}",
        "steps": [] if report.is_nil else _steps(report),
        "accuracy_m": report.accuracy_m,
        "note": report.note,
    }


def nil_body(nil: OfficeNil, *, actor: str, seq: int, at: datetime, operation: str) -> Body:
    """Return the body of an office's nil for a day."""
    return {
        "id": str(uuid5(SPACE, nil.id)),
        "operation": operation,
        "kind": "nihil",
        "captured_at": _instant(at),
        "device": str(uuid5(SPACE, actor)),
        "seq": seq,
        "note": nil.note,
    }


def _steps(report: Report) -> list[Body]:
    """Return the steps of the SOP as the phone ticks them; one report passes the language over."""
    at = report.visited_at
    done: list[Body] = [
        {"code": code, "done_at": _instant(at - timedelta(minutes=before))}
        for code, before in (("kenalkan-diri", 9), ("jelaskan", 8), ("bahasa", 7))
    ]
    done[-1] |= {"language": "Inggris"}
    return done[:-1] if report.breaks_order else done


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _checked(one: Checked, world: World) -> Body:
    who: Foreigner = world.person(one.person)
    about = who.identity
    return {
        "outcome": str(one.outcome),
        "name": about.printed,
        "document_number": one.document,
        "document_state": about.nationality,
        "birth": f"{about.born_on:%d-%m-%Y}",
        "nationality": about.nationality,
        "sex": SEXES.get(about.sex, ""),
        "findings": [{"kind": str(kind)} for kind in one.findings],
        "signs": list(one.signs),
    }
