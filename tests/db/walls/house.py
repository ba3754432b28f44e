"""A house full of things that all lie in Batulicin, and an officer of every role in two offices.

Whoever sits in Batulicin asks for something of the own territory, whoever sits in Palembang for
something foreign. An identifier that is in no table stands for something absent.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.db import transaction
from django.test import Client

from tests.cast import bayu, dodi, hasan, lestari, machine, officer, ratna
from tests.conftest import DAY
from tests.db.cases import folder
from tests.db.findings.field import ANNA, BUDI, visit
from tests.db.findings.photos import INK, MINUTES, OTHER, PHOTO, digest, named
from tests.db.operations import encounters, templates, world
from tests.db.walls.addresses import Door
from tests.web import signed_in
from timpora.apps.cases import actions as protection
from timpora.apps.cases import queries as cases
from timpora.apps.findings import actions as findings
from timpora.apps.findings import queries as told_in_field
from timpora.apps.findings.models import CheckedPerson
from timpora.apps.findings.types import Outcome
from timpora.apps.intake import actions as intake
from timpora.apps.intake.models import Pair
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import Medium, NewAbsence, NewMessage, NewOperation, NewPeriod
from timpora.apps.registry import actions as registry
from timpora.apps.wilayah.models import ReferenceRow
from timpora.domain.supply import Resource
from timpora.kernel import clock
from timpora.kernel.access.roles import HUMAN_ROLES
from timpora.kernel.database.session import acting_as
from timpora.kernel.documents import queries as documents

ROLE_NAMES = tuple(role.slug for role in HUMAN_ROLES)
OWN, FOREIGN = ("KANIM-BATULICIN", "63.10"), ("KANIM-PALEMBANG", "16.71")
fifi = officer("Fifi", "field_officer", *OWN)
TOLD = replace(BUDI, outcome=Outcome.PROTECTION, signs=("Upah ditahan",), note="Ia takut.")
# What belongs to no territory: everybody who has the right gets the same.
EVERYBODYS = {"cite", "first", "last", "position", "region", "rule_id", "row_id", "table", "token", "version"}
LIST = "Nama;No Paspor;Kewarganegaraan;Tgl Lahir;L/P;Jenis Izin;Berlaku s.d.;Alamat\r\n" + (
    "WANG XIAOMING;E1234567;Tiongkok;01-05-1980;L;ITAS;31-12-2024;Jl. Raya 1\r\n"
)
Things = dict[str, object]


@dataclass(frozen=True)
class House:
    """What stands in it: `things` by the name of a path's parameter, `fit` where an address needs another."""

    things: Things
    fit: dict[str, Things]
    named: Things
    clients: dict[tuple[str, str], Client]

    def own(self, door: Door) -> Things:
        """Return the parameters that name the thing this address is for."""
        found = self.things | self.fit.get(door.name, {})
        return {name: found[name] for name, _ in door.params}

    def client(self, role: str, office: tuple[str, str] = OWN) -> Client:
        """Return the browser of the officer with this role at one of the two offices."""
        return self.clients[role, office[0]]

    def reader(self, door: Door) -> Client:
        """Return a browser before which this address opens: of whoever may, the head of a section first."""
        order = ("inteldakim_head", "kanim_head", *ROLE_NAMES)
        return self.client(next(role for role in order if door.opens_for(role)))


def absent(things: Things) -> Things:
    """Return the same parameters naming nothing that exists; what belongs to everybody stays."""
    return {name: value if name in EVERYBODYS else _nothing(name, value) for name, value in things.items()}


def _nothing(name: str, value: object) -> object:
    return "TIDAK-ADA" if isinstance(value, str) else uuid5(NAMESPACE_DNS, f"tidak ada {name}")


@contextmanager
def house_kept(client: Client) -> Iterator[None]:
    """Take back whatever is written inside, and what the browser was told to keep or forget."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)


def build(folder_path: Path) -> House:
    """Build the house in the running transaction."""
    clients = {
        (role, office): signed_in(
            Client(raise_request_exception=False), officer(f"{role} {office}", role, office, place)
        )
        for role in ROLE_NAMES
        for office, place in (OWN, FOREIGN)
    }
    world.people(fifi)
    folder.office()
    stand = _cases()
    work = _work()
    things = work | stand["settled"] | _papers(folder_path) | {"cite": "uu-6-2011/ps78/a3", "region": "ID"}
    things |= {"rule_id": "stay.permit-ended", "version": 1, "user_id": hasan.id, "unit_code": OWN[0]}
    things |= {"referral_id": stand["referral"]} | _phones(work)
    row = ReferenceRow.objects.filter(table="indeks-visa").first()
    things |= {"table": "indeks-visa", "row_id": row.pk if row else 0}
    kept, merge = _merged()
    # No office's verdict yet, so that one can be given.
    things["indication_id"] = stand["fresh"]
    fit = _fit(stand, work, kept) | {"posko:number-close": _gap(work)}
    things.pop("owed_id")
    named = {
        "indikasi": things["indication_id"],
        "laporan": things["report_id"],
        "orang": things.pop("met_id"),
        "merge_id": merge,
        "setelah": things["pair_id"],
        "user_id": hasan.id,
        "report_id": things["report_id"],
        "leader": dodi.id,
        "members": dodi.id,
        "targets": things["target_id"],
        "phase": things.pop("phase_id"),
        "team": things["team_id"],
    }
    return House(things, fit, named, clients)


def _fit(stand: dict[str, Any], work: Things, kept: UUID) -> dict[str, Things]:
    steps = {
        "screen": "opened",
        "party": "opened",
        "conference": "screened",
        "propose": "conferred",
        "sign": "proposed",
        "decide": "proposed",
        "return": "proposed",
        "draft": "proposed",
        "deliver": "charged",
        "object": "delivered",
        "execute": "delivered",
    }
    fit: dict[str, Things] = {f"cases:{step}": stand[state] for step, state in steps.items()}
    fit["operations:decide"] = {"target_id": work["proposed_id"]}
    fit["operations:template-redraft"] = {"template_id": work.pop("settled_id")}
    fit["operations:retract"] = {"target_id": work["proposed_id"]}
    fit["operations:withdraw"] = {"target_id": work["approved_id"]}
    fit["operations:draft"] = {"team_id": work["fresh_team_id"]}
    fit["operations:order"] = fit["operations:issue"] = {"order_id": work["draft_id"]}
    fit["field:encounter"] = {"encounter_id": work.pop("owed_id")}
    signed = work.pop("signed_id")
    fit["posko:photo"] = fit["posko:minutes"] = {"report_id": signed, "position": 1}
    fit["protection:photo"] = {"case_id": work.pop("sheltered_id"), "position": 1}
    fit["api:photo"] = {"report_id": signed, "sha256": digest(OTHER)}
    fit["registry:unmerge"] = {"person_id": kept}
    return fit


def _cases() -> dict[str, Any]:
    """Bring a case to each state; rows of persons differ so that nobody is taken for another."""

    def row(number: int) -> object:
        return folder.overstayer(name=f"ORANG {number}")

    made: dict[str, Any] = {
        "opened": {"case_id": folder.opened(row(1))},
        "screened": {"case_id": folder.screened(row=row(2))},
        "conferred": {"case_id": folder.conferred(row(3))},
        "proposed": {"case_id": folder.proposed(row=row(4))},
        "charged": {"case_id": folder.decided(row=row(5))},
        "settled": {"case_id": folder.decided(row=row(6))},
        "delivered": {"case_id": folder.delivered()},
    }
    for state in ("charged", "settled"):
        with acting_as(bayu):
            (letter,) = documents.letter_list(bayu, kind="case", identifier=str(made[state]["case_id"]))
        made[state] |= {"letter_id": letter.id, "token": letter.token}
    sealed = folder.screened(folder.SIGNS, row=row(10))
    with acting_as(lestari):
        (referral,) = cases.referral_list(lestari, sealed)
    return made | {"fresh": folder.indicated(row(7)), "referral": referral.id}


def _phones(work: Things) -> Things:
    """Return a phone in use, and a report that was sent by another after it was revoked."""
    used, lost = UUID(int=78), UUID(int=77)
    with acting_as(dodi):
        for phone in (used, lost):
            findings.device_meet(dodi, device_id=phone, queue=1)
    with acting_as(hasan):
        findings.device_revoke(hasan, device_id=lost, because="Hilang.")
    report = visit(work["operation_id"], work["target_id"], BUDI, device_id=lost)
    with acting_as(dodi):
        findings.report_submit(dodi, report=replace(report, id=UUID(int=10)))
    with acting_as(bayu):
        (row,) = told_in_field.quarantine_list(bayu)
    return {"device_id": used, "quarantine_id": row.id}


def _gap(work: Things) -> Things:
    """Return the first number of a phone, which never arrived: the second did an hour ago."""
    phone = UUID(int=76)
    report = visit(work["operation_id"], work["target_id"], BUDI, device_id=phone, device_seq=2)
    with clock.standing_at(DAY - timedelta(hours=1)), acting_as(dodi):
        findings.report_submit(dodi, report=replace(report, id=UUID(int=11)))
    return {"device_id": phone, "first": 1, "last": 1}


def _signed(operation: UUID, encounter: UUID) -> UUID:
    """Send a report of a check without an order that was signed; one of its two photos has arrived."""
    words = {
        "minutes": MINUTES,
        "photos": (named(), named(OTHER)),
        "encounter_id": encounter,
        "device_seq": 9,
    }
    report = visit(operation, None, replace(ANNA, signature=INK), **words)
    findings.report_submit(dodi, report=report)
    findings.photo_take(dodi, report_id=report.id, sha256=digest(PHOTO), starts=0, data=PHOTO)
    return report.id


def _sheltered(operation: UUID, target: UUID) -> UUID:
    """Let protection take over somebody who showed signs, with a photo of the visit; return the case."""
    met = replace(TOLD, name="NADYA", document_number="C 765")
    report = visit(operation, target, met, photos=(named(),), device_seq=8)
    with acting_as(dodi):
        findings.report_submit(dodi, report=report)
        findings.photo_take(dodi, report_id=report.id, sha256=digest(PHOTO), starts=0, data=PHOTO)
    with acting_as(lestari):
        (signs,) = [one for one in told_in_field.protection_list(lestari) if one.report_id == report.id]
        return protection.signs_take(lestari, checked_id=signs.checked_id)


def _work() -> Things:
    """Open an operation of Batulicin alone, up to a report from its team."""
    papers = _template()
    new = NewOperation(
        name="Operasi mandiri Batulicin",
        kind="mandiri",
        phases=(world.PHASE,),
        template_version=papers["version_id"],
    )
    with acting_as(hasan):
        operation = world.actions.operation_open(hasan, new=new)
    target = world.approved(operation)
    team = world.team(operation, target)
    order = world.issued(team)
    report = visit(operation, target, ANNA, BUDI, TOLD)
    with acting_as(dodi):
        findings.report_submit(dodi, report=report)
    second = world.approved(operation, name="Mes kedua")
    drafting = world.team(operation, name="Regu 2", leader=world.edi)
    fresh = world.team(operation, name="Regu 3", leader=fifi)
    with acting_as(bayu):
        draft = world.actions.order_draft(bayu, team_id=drafting)
        phase = operations.operation_get(bayu, operation).phases[0].id
    waiting = encounters.reported(team)
    owed = encounters.decided(encounters.reported(team, because="Orang lain."))
    with acting_as(dodi):
        signed = _signed(operation, owed)
    with acting_as(machine):
        met = CheckedPerson.objects.filter(report_id=report.id).earliest("position").pk
    with acting_as(lestari):
        (signs,) = told_in_field.protection_list(lestari)
    with acting_as(hasan):
        said = NewMessage(operation_id=operation, text="Jaringan putus.", medium=Medium.RADIO)
        entry = world.actions.journal_write(hasan, message=said)
    return (
        _means()
        | papers
        | {
            "operation_id": operation,
            "target_id": target,
            "proposed_id": world.proposed(operation, name="Mes ketiga"),
            "approved_id": second,
            "team_id": team,
            "fresh_team_id": fresh,
            "order_id": order,
            "draft_id": draft,
            "report_id": report.id,
            "signed_id": signed,
            "met_id": met,
            "checked_id": signs.checked_id,
            "entry_id": entry,
            "encounter_id": waiting,
            "owed_id": owed,
            "phase_id": phase,
            "sheltered_id": _sheltered(operation, target),
        }
    )


def _template() -> Things:
    """Publish a template of the office, begin the draft of its next version; another stands without one."""
    template, version = templates.jagratara(bayu, hasan, kinds=("mandiri",))
    settled, _ = templates.jagratara(bayu, hasan, name="Tetap", kinds=("mandiri",))
    with acting_as(bayu):
        world.actions.template_redraft(bayu, template_id=template)
        (annex,) = operations.version_get(bayu, version).annexes
    return {
        "template_id": template,
        "version_id": version,
        "annex_id": annex.id,
        "key": "jenis_tempat",
        "settled_id": settled,
    }


def _means() -> Things:
    """Give the office a car, and somebody's leave."""
    leave = NewAbsence(hasan.id, date(2024, 9, 2), date(2024, 9, 3), "Cuti")
    with acting_as(bayu):
        (car,) = world.actions.asset_add(bayu, resource=Resource.CAR, items=[("Hilux", "DA 1 XX")])
        away = world.actions.absence_note(bayu, new=leave)
    pilkada = NewPeriod("Pilkada 2024", "PKPU", date(2024, 8, 24), date(2024, 11, 27))
    with acting_as(ratna):
        period = world.actions.period_add(ratna, new=pilkada)
    return {"asset_id": car, "booking_id": away, "period_id": period}


def _papers(folder_path: Path) -> Things:
    """Receive a list, and leave a pair for two eyes."""
    file = folder_path / "daftar.csv"
    file.write_text(LIST, newline="")
    with acting_as(bayu):
        sent = intake.submission_receive(bayu, path=file, name=file.name, reported_on=DAY.date())
    one, two = sorted((folder.overstayer(name="WANG A"), folder.overstayer(name="WANG B")), key=_person)
    with acting_as(machine):
        registry.records_add(machine, source=folder.SOURCE, records=[one, two])
        pair = Pair(
            left=one.person,
            right=two.person,
            probability=0.7,
            weight=1.2,
            evidence=[["name", "Nama mirip", 1.2]],
            territories=["63", "63.10", "ID"],
            found_at=DAY,
        )
        Pair.objects.bulk_create([pair])
    return {"submission_id": sent.submission.id, "pair_id": pair.pk, "person_id": one.person}


def _person(row: object) -> UUID:
    return row.person


def _merged() -> tuple[UUID, UUID]:
    one, two = folder.overstayer(name="ORANG 8"), folder.overstayer(name="ORANG 9")
    with acting_as(machine):
        registry.records_add(machine, source=folder.SOURCE, records=[one, two])
    with acting_as(bayu):
        merge = registry.person_merge(bayu, keep=one.person, absorb=two.person, because="Dokumen sama.")
    return one.person, merge


__all__ = ["FOREIGN", "OWN", "ROLE_NAMES", "House", "absent", "build", "house_kept"]
