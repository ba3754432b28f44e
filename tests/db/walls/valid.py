"""For each address that writes: a body that the office would accept, and whatever has to be true before.

What the pages of the house show fills most forms; named here is what a form cannot know by itself: a
state that must come first, an officer of the centre, a day that the words of a page do not spell.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import bayu, dodi, hasan, lestari, machine, officer
from tests.db.cases import folder
from tests.db.findings.field import ANNA, BUDI, DEVICE, visit
from tests.db.findings.photos import OTHER
from tests.db.interface.queue_files import entry_of, queue_of
from tests.db.operations import encounters, templates, world
from tests.db.walls.bodies import Filled
from tests.db.walls.house import LIST, OWN, House, Things
from tests.web import enrolled
from timpora.apps.cases import actions as cases
from timpora.apps.cases.types import NewObjection
from timpora.apps.findings import actions as findings
from timpora.apps.findings import queries as found
from timpora.apps.identity.actions import INSTALLER
from timpora.apps.identity.models import User
from timpora.apps.indications import actions as indications
from timpora.apps.indications.models import Indication, RuleStop
from timpora.apps.intake import actions as intake
from timpora.apps.intake import queries as lists
from timpora.apps.operations import actions as operations
from timpora.apps.registry import actions as registry
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.supply import Resource
from timpora.kernel.access import Actor
from timpora.kernel.database.session import acting_as

centre = officer("Pusat", "system_admin", "DITJEN", "ID")
gani = officer("Gani", "field_officer", *OWN)
posko = officer("Posko", "hq_posko_operator", "DITJEN", "ID")
director = officer("Direktur", "hq_director", "DITJEN", "ID")
wening = officer("Wening", "victim_protection_officer", "DITJEN", "ID")


@dataclass(frozen=True)
class Sent:
    """Who sends what where, over what the pages offer; `json` or `raw` bytes instead of a form."""

    by: Actor | None = None
    things: Things = field(default_factory=dict)
    filled: Filled = field(default_factory=dict)
    leaves_out: frozenset[str] = frozenset()
    json: dict[str, object] | None = None
    raw: bytes = b""
    query: str = ""
    files: dict[str, SimpleUploadedFile] = field(default_factory=dict)


def _form(by: Actor | None = None, things: Things | None = None, **filled: object) -> Sent:
    return Sent(by, things or {}, {name: [str(value)] for name, value in filled.items()})


def _acting(_house: House) -> Sent:
    days = {"starts": "22-08-2024", "last_day": "30-08-2024"}
    return _form(centre, user_id=dodi.id, unit=OWN[0], role="inteldakim_head", acting="Plt.", **days)


def _report(house: House) -> Sent:
    """Return a report of the team whose order was issued."""
    body = {
        "id": "0a0b0c0d-0000-4000-8000-000000000001",
        "operation": str(house.things["operation_id"]),
        "target": str(house.things["target_id"]),
        "kind": "pemeriksaan",
        "captured_at": "2024-08-22T09:00:00.000+08:00",
        "device": str(DEVICE),
        "seq": 7,
        "headcount": 1,
        "checked": [{"outcome": "sesuai", "name": "ALI"}],
        "lat": "-3.450000",
        "lng": "115.99",
    }
    return Sent(dodi, json=body)


def _close(house: House) -> Sent:
    return _form(hasan, house.fit["cases:screen"])


def _conference(_house: House) -> Sent:
    return _form(bayu, attendants="Bayu, Kepala Seksi\nIntan, PPNS", held_on="2024-08-22")


def _decide(_house: House) -> Sent:
    return _form(hasan, version=1)


def _propose_charge(_house: House) -> Sent:
    """Return the mildest measure that fits; the fields of the other measures stay empty."""
    others = {f"{part}_{at}" for part in ("place", "words") for at in range(1, 10)}
    filled = {"ground": ["overstay_biaya_beban"], "kind": ["biaya_beban"], "payment": ["belum_ditagih"]}
    return Sent(bayu, filled=filled, leaves_out=frozenset({"wants_ban", *others}))


def _object(_house: House) -> Sent:
    return _form(bayu, parts="Surat keberatan\nSalinan paspor", filed_on="2024-08-22")


def _forward(house: House) -> Sent:
    things = house.fit["cases:object"]
    said = NewObjection(folder.TODAY, "LI WEI", "Jalan Contoh 1", ("Surat keberatan",), "")
    with acting_as(bayu):
        cases.objection_record(bayu, case_id=things["case_id"], objection=said)
    return _form(bayu, things, forwarded_on="2024-08-22")


def _open(house: House) -> Sent:
    return Sent(
        bayu, filled={"indikasi": [str(house.named["indikasi"])]}, leaves_out=frozenset({"laporan", "orang"})
    )


def _departs(house: House) -> Sent:
    return _form(dodi, after="di_jalan")


def _stopped(_house: House) -> Sent:
    stop = {
        "rule_id": "stay.permit-ended",
        "rule_version": 1,
        "because": "Sering keliru.",
        "by_name": "Mesin",
    }
    with acting_as(machine):
        RuleStop.objects.create(**stop, at="2024-08-21T00:00Z")
    return _form(director)


def _verdict(_house: House) -> Sent:
    row = folder.overstayer(name="ORANG 20")
    with acting_as(machine):
        registry.records_add(machine, source=folder.SOURCE, records=[row])
        indications.rules_run(machine, on=folder.TODAY)
        fresh = Indication.objects.filter(person_id=row.person).latest("found_at")
    filled = {"kind": ["terverifikasi"], "ruled_out": list(fresh.innocent)}
    return Sent(bayu, {"indication_id": fresh.pk}, filled)


def _pair_undo(house: House) -> Sent:
    with acting_as(bayu):
        intake.pair_decide(bayu, pair_id=house.things["pair_id"], is_same=True, because="Dokumen sama.")
    return _form(bayu)


def _list_sent(_house: House) -> Sent:
    told = LIST.replace("E1234567", "E7654321").encode()
    return Sent(
        bayu, filled={"keadaan": ["2024-08-21"]}, files={"berkas": SimpleUploadedFile("lain.csv", told)}
    )


def _queue_file(house: House) -> Sent:
    report = visit(house.things["operation_id"], house.things["target_id"], BUDI, device_seq=9)
    file = SimpleUploadedFile("antrean.json", queue_of(entry_of(replace(report, id=UUID(int=9)), dodi)))
    return Sent(bayu, files={"berkas": file})


def _list_start(house: House) -> Sent:
    with acting_as(bayu):
        columns = lists.submission_preview(bayu, house.things["submission_id"], kind=None).columns
    chosen = {f"kolom-{index}": [column.field or ""] for index, column in enumerate(columns)}
    return Sent(bayu, filled=chosen, leaves_out=frozenset({"coba"}))


def _letterhead(_house: House) -> Sent:
    return _form(hasan, email="kantor@imigrasi.go.id", phone="0518 000")


def _gani_enlisted() -> None:
    enrolled(gani)
    with acting_as(INSTALLER):
        User.objects.filter(pk=gani.id).update(nip="199502142017121906", rank="Penata Muda (III/a)")


def _period(_house: House) -> Sent:
    days = {"first_day": "2024-08-24", "last_day": "2024-11-27"}
    return _form(posko, name="Pilkada", basis="PKPU", regions="16.01", **days)


def _broken(house: House) -> Sent:
    return _form(bayu, {"asset_id": house.things["asset_id"]}, usable="tidak", because="Mesin rusak.")


def _away(_house: House) -> Sent:
    return _form(bayu, thing=bayu.id, first_day="2024-09-02", last_day="2024-09-03", because="Cuti.")


def _need(house: House) -> Sent:
    numbers = {resource.value: 2 for resource in Resource}
    return _form(bayu, phase=house.named["phase"], target="", **numbers)


def _equip(house: House) -> Sent:
    things = {"team_id": house.fit["operations:draft"]["team_id"]}
    return _form(bayu, things, assets=house.things["asset_id"], vehicles="Pinjaman Pemda")


def _dissolve(house: House) -> Sent:
    _gani_enlisted()
    team = world.team(house.things["operation_id"], name="Regu 9", leader=gani)
    return _form(bayu, {"team_id": team}, because="Tidak jadi berangkat.")


def _issue(house: House) -> Sent:
    _gani_enlisted()
    target = house.fit["operations:withdraw"]["target_id"]
    team = world.team(house.things["operation_id"], target, name="Regu 4", leader=gani)
    with acting_as(bayu):
        order = operations.order_draft(bayu, team_id=team)
    return _form(hasan, {"order_id": order})


def _met(house: House) -> Sent:
    words = {name: value for name, value in encounters.WORDS.items() if name != "because"}
    return _form(dodi, team=house.things["team_id"], because="Orang ketiga.", **words)


def _met_for(house: House) -> Sent:
    words = {name: value for name, value in encounters.WORDS.items() if name != "because"}
    return _form(bayu, team=house.things["team_id"], because="Orang keempat.", **words)


def _decide_met(_house: House) -> Sent:
    return _form(hasan, because="Keadaannya jelas.", putusan="setuju")


def _carried_out(_house: House) -> Sent:
    return _form(bayu, langkah="laksana", because="Semua titik didatangi.")


def _explain(house: House) -> Sent:
    """Return the explanation of a report that passed every step over."""
    one = visit(house.things["operation_id"], house.things["target_id"], ANNA, steps=(), device_seq=11)
    with acting_as(dodi):
        findings.report_submit(dodi, report=one)
    return _form(bayu, {"report_id": one.id}, text="Petugas lupa mencentang.")


def _entry(_house: House) -> Sent:
    said = {"place": "Mes karyawan", "text": "Jari terjepit pintu.", "done": "Dirawat di tempat."}
    told = _form(
        bayu, unit=OWN[0], kind="cedera", happened_at="2024-08-22T09:30", reported_to="Kepala", **said
    )
    return replace(told, filled=told.filled | {"involved": ["petugas"]}, leaves_out=frozenset({"corrects"}))


def _propose(_house: House) -> Sent:
    return _form(bayu, wilayah="63.10.06", lat="-3,45", lng="115.99")


def _team(house: House) -> Sent:
    """Return a team led by an officer who is in none, on a phase and a target of the operation."""
    _gani_enlisted()
    targets = {"targets": [str(house.fit["operations:withdraw"]["target_id"])]}
    filled = {
        "leader": [str(gani.id)],
        "members": [],
        "phase": [str(house.named["phase"])],
        "assets": [],
    } | targets
    return Sent(bayu, filled=filled)


def _conflict(house: House) -> Sent:
    """Return the decision on a report whose identifier came with two contents."""
    one = visit(house.things["operation_id"], house.things["target_id"], ANNA)
    with acting_as(dodi):
        findings.report_submit(dodi, report=one)
        findings.report_submit(dodi, report=replace(one, checked=(ANNA, BUDI), headcount=4))
    with acting_as(bayu):
        both = [content.id for content in found.comparison_get(bayu, one.id).contents if content.id]
    return _form(bayu, {"report_id": one.id}, stands=both[-1], seen=" ".join(map(str, both)))


def _journal(_house: House) -> Sent:
    return _form(hasan, noted_at="2024-08-22T09:00", owner="", corrects="")


def _journal_step(_house: House) -> Sent:
    return _form(hasan, owner=OWN[0])


def _rekap(_house: House) -> Sent:
    return _form(hasan, bentuk="pesan", hari="22-08-2024")


def _taken(house: House) -> UUID:
    referral = house.things["referral_id"]
    with acting_as(lestari):
        cases.referral_take(lestari, referral_id=referral)
    return referral


def _reviewed(house: House) -> None:
    referral = _taken(house)
    with acting_as(lestari):
        cases.review_record(lestari, referral_id=referral, screening=folder.CLEAR, because="Bukan tanda.")


def _answer(house: House) -> Sent:
    _taken(house)
    return _form(lestari, provider="rumah_pelindungan", answer="diterima")


def _end(house: House) -> Sent:
    _taken(house)
    return _form(lestari, ending="pulang_sukarela")


def _review(house: House) -> Sent:
    _taken(house)
    replies = {code: [reply.value] for code, reply in folder.HEARD.items()}
    return Sent(lestari, filled={**replies, "language": ["Mandarin"], "care": []})


def _confirm(house: House) -> Sent:
    _reviewed(house)
    return _form(wening)


def _unmerge(house: House) -> Sent:
    return _form(bayu, merge_id=house.named["merge_id"])


def _reference(house: House) -> Sent:
    row = wilayah.reference_row_get(int(str(house.things["row_id"])))
    return Sent(
        centre, filled={name: [value] for name, value in row.value.items()} | {"sumber": ["Permenkumham 1"]}
    )


PHASE_ROW = {"name": "Tahap I", "offset": "0", "length": "3", "answer_before": "2"}
WORDED = {f"tahap1-{name}": value for name, value in PHASE_ROW.items()}
BOUNDLESS = {"choices": "Mes | Quarters\nHotel | Hotel", "min": "", "max": "", "max_length": ""}


def _worded(_house: House) -> Sent:
    """Return the words of a template with one phase, the other rows left blank."""
    blank = {f"tahap{n}-{name}": "" for n in (2, 3, 4) for name in PHASE_ROW}
    return _form(bayu, **WORDED, **blank)


def _annexed(_house: House) -> Sent:
    file = SimpleUploadedFile("lampiran.pdf", templates.PDF + b"\n", "application/pdf")
    return Sent(bayu, filled={"title": ["Lembar kedua"]}, files={"berkas": file})


READY: dict[str, Callable[[House], Sent]] = {
    "accounts:acting": _acting,
    "accounts:sessions-end": lambda _house: _form(centre),
    "api:photo": lambda _house: Sent(dodi, raw=OTHER, query="?dari=0"),
    "api:report-submit": _report,
    "cases:close": _close,
    "cases:conference": _conference,
    "cases:decide": _decide,
    "cases:forward": _forward,
    "cases:object": _object,
    "cases:open": _open,
    "cases:propose": _propose_charge,
    "devices:decide": lambda _house: _form(bayu, decision="tolak", because="Bukan Dodi."),
    "devices:file": _queue_file,
    "devices:revoke": lambda _house: _form(bayu, because="Hilang."),
    "field:contact": lambda _house: _form(dodi, ponsel=UUID(int=79), antre=1),
    "field:encounter-new": _met,
    "field:team-move": _departs,
    "indications:lift": _stopped,
    "indications:verdict": _verdict,
    "intake:pair-undo": _pair_undo,
    "intake:send": _list_sent,
    "intake:start": _list_start,
    "offices:letterhead": _letterhead,
    "operations:absence": _away,
    "operations:annex-add": _annexed,
    "operations:asset-add": lambda _house: _form(bayu, resource="mobil", items="Avanza, DA 9 XX"),
    "operations:asset-change": _broken,
    "operations:encounter-decide": _decide_met,
    "operations:encounter-report": _met_for,
    "operations:issue": _issue,
    "operations:need": _need,
    "operations:order-step": _carried_out,
    "operations:order-withdraw": lambda _house: _form(hasan, because="Regu diganti."),
    "operations:register-write": _entry,
    "operations:period-add": _period,
    "operations:period-withdraw": lambda _house: _form(posko, because="Keliru."),
    "operations:phase-add": lambda _house: _form(hasan, phase="Tahap III", ends="2024-09-30"),
    "operations:propose": _propose,
    "operations:question-add": lambda _house: _form(bayu, **BOUNDLESS),
    "operations:question-change": lambda _house: _form(bayu, **BOUNDLESS),
    "operations:retract": lambda _house: _form(bayu),
    "operations:team-dissolve": _dissolve,
    "operations:team-equip": _equip,
    "operations:team-form": _team,
    "operations:template-begin": _worded,
    "operations:template-write": _worded,
    "posko:explain": _explain,
    "posko:conflict": _conflict,
    "posko:journal": _journal,
    "posko:number-close": lambda _house: _form(bayu, because="Ponsel hilang."),
    "posko:journal-step": _journal_step,
    "posko:rekap-take": _rekap,
    "posts:outfit": lambda house: _form(hasan, regu=house.things["team_id"], kepala=bayu.id),
    "protection:answer": _answer,
    "protection:confirm": _confirm,
    "protection:end": _end,
    "protection:refuse": _confirm,
    "protection:review": _review,
    "registry:unmerge": _unmerge,
    "wilayah:reference-row": _reference,
}
