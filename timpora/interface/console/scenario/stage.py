"""Sets the stage: the cast prepares Jagratara II through the same forms as people fill.

What was done is noted after each step, so that a stage set halfway is finished by the next call.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from timpora.interface.console.scenario.acts import (
    OrderIssue,
    PhaseOpen,
    Step,
    TargetDecide,
    TargetPropose,
    Verb,
)
from timpora.interface.console.scenario.caller import Answer, CallRefused, Fields
from timpora.interface.console.scenario.cast import HEADS, officers
from timpora.interface.console.scenario.lists_in import ListsIn
from timpora.interface.console.scenario.pages import UUID, StageBroken, last_id, option
from timpora.interface.console.scenario.play import Player
from timpora.interface.console.scenario.script import PREPARED_ON, steps
from timpora.interface.console.scenario.template import INSTRUCTION, template_made

__all__ = ["MORNING", "NAME", "Notes", "Stage", "StageBroken"]
NAME = "jagratara-ii"
READY = {"readiness": "siap"}
# Another than the posko operator, who drafts.
PUBLISHER = "hendra"
ANSWERS = {
    "KANIM-BATULICIN": {"readiness": "siap_sebagian", "note": "Satu mobil kurang; meminjam dari Pemda."}
}
# When the stage is set the program's clock is turned to this moment; the play begins here.
MORNING = datetime.fromisoformat("2024-08-21T07:30:00+07:00")
# The scenario's lists of crossings begin on this day.
CROSSINGS_SINCE = "2022-03-27"


# What the four offices have, by kind: one thing a line. All of them need the same.
MEANS = {
    "KANIM-BANJARMASIN": (
        ("mobil", "Toyota Hilux, DA 8101 AB\nToyota Avanza, DA 1204 AB"),
        ("radio", "Radio, R-01\nRadio, R-02"),
    ),
    "KANIM-BATULICIN": (
        ("mobil", "Mitsubishi Triton, DA 8123 ZK"),
        ("radio", "Radio, R-01\nRadio, R-02\nRadio, R-03"),
    ),
    "KANIM-MUARA-ENIM": (
        ("mobil", "Toyota Innova, BG 1441 DA\nToyota Hilux, BG 8020 DA"),
        ("radio", "Radio, R-01\nRadio, R-02"),
    ),
    "KANIM-PALEMBANG": (
        ("mobil", "Toyota Innova, BG 1032 ZZ\nToyota Hiace, BG 7011 ZZ"),
        ("radio", "Radio, R-01\nRadio, R-02"),
    ),
}
# The days from the registration of candidates to the vote, with the news' own name.
PERIOD = {
    "name": "Pilkada serentak 2024",
    "basis": "Pemungutan suara 27 November 2024",
    "first_day": "2024-08-24",
    "last_day": "2024-11-27",
}
NEED = {"petugas": "2", "mobil": "2", "radio": "2"}


@dataclass
class Notes:
    """What was done and under which identifiers, kept in the data folder."""

    file: Path
    ids: dict[str, str] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, folder: Path) -> "Notes":
        """Return the notes of the last call, or empty ones."""
        file = folder / f"scenario-{NAME}.json"
        told = json.loads(file.read_text()) if file.exists() else {}
        return cls(file, told.get("ids", {}), set(told.get("done", ())))

    @property
    def is_complete(self) -> bool:
        """True when all that the play looks for is there: the operation, and every team's issued order."""
        orders = {step.payload.order for step in steps() if isinstance(step.payload, OrderIssue)}
        return self.ids.keys() >= {"operation", *orders}

    def write(self) -> None:
        """Keep the notes; whoever reads them meanwhile finds the old or the new ones, never half of them."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps({"ids": self.ids, "done": sorted(self.done)}, indent=1))
        fresh.replace(self.file)


@dataclass
class Stage:
    """Performs the steps that prepare the operation."""

    player: Player
    notes: Notes

    def prepare(self) -> int:
        """Do every step before the first day that was not done yet; return how many were done now."""
        acts: dict[Verb, Callable[[Step], None]] = {
            Verb.PHASE_OPEN: self._open,
            Verb.TARGET_PROPOSE: self._propose,
            Verb.TARGET_APPROVE: self._approve,
            Verb.TARGET_REJECT: self._reject,
            Verb.ORDER_ISSUE: self._order,
        }
        count = self._lists_in()
        for number, step in enumerate(steps()):
            key = f"{number}:{step.verb}"
            if step.verb in acts and key not in self.notes.done:
                acts[step.verb](step)
                self.notes.done.add(key)
                self.notes.write()
                count += 1
        return count

    def _lists_in(self) -> int:
        if "lists" in self.notes.done:
            return 0
        desk = ListsIn(self.player)
        count = desk.send_all()
        desk.crossings_known(CROSSINGS_SINCE)
        desk.rules_run()
        self.notes.done.add("lists")
        self.notes.write()
        return count

    def _open(self, step: Step) -> None:
        phase = step.payload
        assert isinstance(phase, PhaseOpen)  # noqa: S101 - the verb says so
        fields = {
            "templat": self._template(step.actor),
            "name": "Jagratara II",
            "kind": "serentak",
            "order_number": phase.order_number,
            "order_on": phase.order_on.isoformat(),
            "phase": "Tahap II 2024",
            "starts": phase.starts.isoformat(),
            "ends": (phase.ends - timedelta(days=1)).isoformat(),
            "answer_on": PREPARED_ON.isoformat(),
            "instruction": INSTRUCTION,
            "offices": list(phase.offices),
        }
        answer = self.player.caller(step.actor).post("/operasi/buka", fields)
        self.notes.ids["operation"] = last_id(answer, "operasi")
        self._post(step.actor, "/operasi/periode/catat", PERIOD)
        for office, (proposer, _head) in HEADS.items():
            self._means(proposer, office)
            self._post(
                proposer, f"/operasi/{self.notes.ids['operation']}/kesiapan", ANSWERS.get(office, READY)
            )

    def _template(self, author: str) -> str:
        """Make the template once; a stage set halfway opens from what is there."""
        if "template" not in self.notes.ids:
            try:
                made = template_made(self.player, author=author, publisher=PUBLISHER)
            except CallRefused as refused:
                raise StageBroken(f"Persiapan peragaan terhenti. {refused}") from refused
            self.notes.ids["template"] = made
            self.notes.write()
        return self.notes.ids["template"]

    def _means(self, keeper: str, office: str) -> None:
        """Note what the office has, and what it needs: one of them is a car short."""
        for resource, items in MEANS[office]:
            self._post(keeper, "/operasi/sarana/barang", {"resource": resource, "items": items})
        address = f"/operasi/{self.notes.ids['operation']}/kebutuhan"
        phase = option(self.player.caller(keeper).get(address).text, "Tahap II 2024")
        self._post(keeper, address, {"phase": phase, "target": "", **NEED})

    def _propose(self, step: Step) -> None:
        point = step.payload
        assert isinstance(point, TargetPropose)  # noqa: S101
        fields = {
            "name": point.name,
            "address": point.address,
            "wilayah": point.wilayah,
            "lat": f"{point.lat:.6f}",
            "lng": f"{point.lon:.6f}",
            "ground": str(point.ground),
            "ground_text": point.reason,
            "checks": "Dokumen perjalanan, izin tinggal, alamat, dan tempat kegiatan setiap orang asing.",
        }
        answer = self._post(step.actor, f"/operasi/{self.notes.ids['operation']}/usul", fields)
        self.notes.ids[point.target] = last_id(answer, "sasaran")

    def _approve(self, step: Step) -> None:
        self._decide(step, "setuju")

    def _reject(self, step: Step) -> None:
        self._decide(step, "tolak")

    def _decide(self, step: Step, verdict: str) -> None:
        decision = step.payload
        assert isinstance(decision, TargetDecide)  # noqa: S101
        target = self.notes.ids[decision.target]
        fields = {"putusan": verdict, "because": decision.reason}
        self._post(step.actor, f"/operasi/sasaran/{target}/putus", fields)

    def _order(self, step: Step) -> None:
        order = step.payload
        assert isinstance(order, OrderIssue)  # noqa: S101
        drafter = HEADS[order.office][0]
        operation = self.notes.ids["operation"]
        form = self.player.caller(drafter).get(f"/operasi/{operation}/regu/bentuk").text
        at = int(order.order.rpartition("-")[2]) - 1
        people = [option(form, officers()[username].name) for username in order.officers]
        fields = {
            "name": f"Regu {order.order.rpartition('-')[2]}",
            "phase": option(form, "Tahap II 2024"),
            "leader": people[0],
            "members": people,
            "assets": _things(form)[at : at + 1],
            "vehicles": "",
            "targets": [self.notes.ids[target] for target in order.targets],
        }
        formed = self._post(drafter, f"/operasi/{operation}/regu/bentuk", fields)
        team = self._new_team(self.player.caller(drafter).get(formed.address).text)
        words = {
            "first_day": order.starts.isoformat(),
            "last_day": (order.ends - timedelta(days=1)).isoformat(),
            "considering": "Bahwa perlu dilaksanakan pengawasan keimigrasian pada sasaran yang disetujui.",
            "tasks": "Memeriksa dokumen perjalanan dan izin tinggal.\nMelaporkan hasil setiap kunjungan.",
        }
        paper = last_id(self._post(drafter, f"/operasi/regu/{team}/surat", words), "surat")
        self._post(step.actor, f"/operasi/surat/{paper}/terbit", {})
        self.notes.ids[order.order] = paper

    def _new_team(self, page: str) -> str:
        """Return the team on the page of teams that was not there before."""
        for team in re.findall(rf"/regu/({UUID})/surat", page):
            if team not in self.notes.ids.values():
                self.notes.ids[f"regu:{team}"] = team
                return str(team)
        raise StageBroken("Halaman regu tidak menampilkan regu yang baru dibentuk.")

    def _post(self, username: str, path: str, fields: Fields) -> Answer:
        try:
            return self.player.caller(username).post(path, fields)
        except CallRefused as refused:
            raise StageBroken(f"Persiapan peragaan terhenti. {refused}") from refused


def _things(page: str) -> list[str]:
    """Return the values of the boxes of vehicles and kit, in their order."""
    return re.findall(rf'name="assets" value="({UUID})"', page)
