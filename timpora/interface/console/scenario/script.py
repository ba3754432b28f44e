"""The three days of Jagratara phase II as timed steps of named people.

The dates, the ordering letter of 5 August 2024 and the offices are real; what is reported is invented.
"""

from datetime import date, datetime, time, timedelta, timezone
from functools import cache

from timpora.interface.console.scenario.acts import (
    Ground,
    JournalNote,
    OfficeNil,
    OrderIssue,
    PhaseClose,
    PhaseOpen,
    Step,
    TargetDecide,
    TargetPropose,
    TeamMove,
    Verb,
)
from timpora.interface.console.scenario.cast import HEADS, TEAMS, reporter_of
from timpora.interface.console.scenario.people import DEFAULT_SEED, WIB, WITA, generate
from timpora.interface.console.scenario.places import other_offices, places, stream
from timpora.interface.console.scenario.records import OFFICES
from timpora.interface.console.scenario.targets import Visitable, visitables
from timpora.interface.console.scenario.visits import DAYS, SILENT_OFFICE, Team, report_steps

OPERATION = "JAGRATARA-II-2024"
ORDER_NUMBER = "IMI.5-GR.03.06-325/2024"
PREPARED_ON = date(2024, 8, 20)
WIT = timezone(timedelta(hours=9), "WIT")
ZONES = {"KANIM-BATULICIN": WITA, "KANIM-BANJARMASIN": WITA, "KANIM-PALEMBANG": WIB, "KANIM-MUARA-ENIM": WIB}
NEVER_REPORT = frozenset({"KANIM-TARAKAN", "KANIM-MAMUJU"})
ONLY_LAST_DAY = frozenset({"KANIM-JAYAPURA", "KANIM-KUPANG", "KANIM-BENGKULU"})
CENTRAL = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
EASTERN = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


def zone_of(province: str) -> timezone:
    """Return the clock of a province."""
    if province in EASTERN:
        return WIT
    return WITA if province in CENTRAL else WIB


@cache
def steps(seed: int = DEFAULT_SEED) -> tuple[Step, ...]:
    """Return every step in the order of time; those of 20 August prepare, the rest is the operation."""
    targets = visitables(generate(seed), seed)
    teams = _teams(targets)
    made = [_opening(), *_proposals(targets), *_rejected(targets), *_orders(targets, teams), _undecided()]
    made += _departures(teams)
    made += report_steps(tuple((t, teams[t.proposal.target]) for t in targets), seed)
    made += [*_nils(seed), *_journal(), _closing()]
    return tuple(sorted(made, key=lambda step: step.at))


def _on(day: date, hour: int, minute: int, zone: timezone = WIB) -> datetime:
    return datetime.combine(day, time(hour, minute), zone)


def _opening() -> Step:
    offices = (*OFFICES, *(office["code"] for office in other_offices()))
    phase = PhaseOpen(
        OPERATION, ORDER_NUMBER, date(2024, 8, 5), DAYS[0], DAYS[-1] + timedelta(days=1), offices
    )
    return Step(_on(PREPARED_ON, 7, 30), "ratna", Verb.PHASE_OPEN, phase)


def _proposals(targets: tuple[Visitable, ...]) -> list[Step]:
    made: list[Step] = []
    for at, target in enumerate(targets):
        point = target.proposal
        zone, (proposer, head) = ZONES[point.office], HEADS[point.office]
        proposed = _on(PREPARED_ON, 9, 0, zone) + timedelta(minutes=3 * at)
        made.append(Step(proposed, proposer, Verb.TARGET_PROPOSE, point))
        decision = TargetDecide(point.target, "Dasar dan bukti cukup; setujui.")
        made.append(Step(proposed + timedelta(hours=3), head, Verb.TARGET_APPROVE, decision))
    return made


def _rejected(targets: tuple[Visitable, ...]) -> list[Step]:
    """Two proposals that fail: hearsay without a paper, and a place that is a target already."""
    taken = next(t.proposal for t in targets if t.proposal.office == "KANIM-BATULICIN")
    hearsay = places()["P12"]
    cases = (
        (taken.place, "BATULICIN-90", taken.office, taken.ground, f"Sudah menjadi sasaran {taken.target}."),
        (hearsay.id, "PALEMBANG-90", "KANIM-PALEMBANG", Ground.HEARSAY, "Tidak ada dasar tertulis; tolak."),
    )
    made: list[Step] = []
    for place_id, target, office, ground, verdict in cases:
        proposer, head = HEADS[office]
        point = _extra(place_id, target, office, ground, "Usulan tambahan.")
        asked = _on(PREPARED_ON, 11, 15, ZONES[office])
        made.append(Step(asked, proposer, Verb.TARGET_PROPOSE, point))
        decided = asked + timedelta(hours=2)
        made.append(Step(decided, head, Verb.TARGET_REJECT, TargetDecide(target, verdict)))
    return made


def _undecided() -> Step:
    """Propose one more late in the day: the head finds something to decide when the operation begins."""
    office, reason = "KANIM-BATULICIN", "Kunjungan berkala kepada penginapan menurut rencana operasi."
    point = _extra("T14", "BATULICIN-09", office, Ground.LODGING_VISIT, reason)
    return Step(_on(PREPARED_ON, 17, 30, ZONES[office]), HEADS[office][0], Verb.TARGET_PROPOSE, point)


def _extra(place_id: str, target: str, office: str, ground: Ground, reason: str) -> TargetPropose:
    place = places()[place_id]
    return TargetPropose(
        target=target,
        office=office,
        place=place.id,
        name=place.name,
        address=place.address,
        wilayah=place.wilayah,
        lat=place.lat,
        lon=place.lon,
        ground=ground,
        reason=reason,
        persons=(),
    )


def _teams(targets: tuple[Visitable, ...]) -> dict[str, Team]:
    """Deal an office's targets to its teams in turn."""
    dealt: dict[str, Team] = {}
    for office, officers in TEAMS.items():
        ours = [t.proposal.target for t in targets if t.proposal.office == office]
        for at, target in enumerate(ours):
            number = at % len(officers)
            order = f"SPRIN-{office.removeprefix('KANIM-')}-{number + 1}"
            dealt[target] = Team(order, office, officers[number], ZONES[office])
    return dealt


def _orders(targets: tuple[Visitable, ...], teams: dict[str, Team]) -> list[Step]:
    made: list[Step] = []
    for team in dict.fromkeys(teams.values()):
        ours = tuple(t.proposal.target for t in targets if teams[t.proposal.target] == team)
        leader, head = HEADS[team.office]
        order = OrderIssue(
            order=team.order,
            office=team.office,
            leader=leader,
            officers=(team.officer,),
            targets=ours,
            starts=DAYS[0],
            ends=DAYS[-1] + timedelta(days=1),
        )
        made.append(Step(_on(PREPARED_ON, 16, 0, team.zone), head, Verb.ORDER_ISSUE, order))
    return made


def _departures(teams: dict[str, Team]) -> list[Step]:
    """Let every team leave in the morning and be back before the day is summed up."""
    hours = ((8, 10, Verb.TEAM_DEPART, "di_jalan"), (20, 30, Verb.TEAM_RETURN, "di_kantor"))
    return [
        Step(_on(day, hour, minute, team.zone), team.officer, verb, TeamMove(team.order, team.office, after))
        for team in dict.fromkeys(teams.values())
        for day in DAYS
        for hour, minute, verb, after in hours
    ]


def _nils(seed: int) -> list[Step]:
    """Let every other office say nihil for each day, save those that stay silent."""
    rng = stream(seed, "nils")
    made: list[Step] = []
    for office in other_offices():
        code = office["code"]
        days = DAYS[-1:] if code in ONLY_LAST_DAY else () if code in NEVER_REPORT else DAYS
        for day in days:
            at = _on(day, rng.randint(10, 18), rng.randint(0, 59), zone_of(office["province"]))
            nil = OfficeNil(f"nihil-{code}-{day:%d}", code, day, "Nihil.")
            made.append(Step(at, reporter_of(code), Verb.OFFICE_NIL, nil))
    return made


JOURNAL = (
    (DAYS[0], 8, 0, "ratna", "Posko dibuka. Semua kantor menerima jadwal dalam waktu setempat.", ""),
    (DAYS[0], 12, 15, "ratna", "Laporan pertama dari empat kantor sudah masuk.", ""),
    (DAYS[0], 18, 40, "hendra", "Rekap hari pertama dibaca; kantor yang diam dihubungi besok pagi.", ""),
    (DAYS[1], 11, 20, "ratna", "Belum ada laporan sejak pagi; jaringan putus, tim tetap jalan.",
     SILENT_OFFICE),
    (DAYS[1], 16, 50, "ratna", "Laporan tertunda mulai masuk; jam kunjungan tetap jam lapangan.",
     SILENT_OFFICE),
    (DAYS[1], 19, 5, "ratna", "Satu laporan terkirim dua kali, dihitung satu.", ""),
    (DAYS[2], 10, 30, "ratna", "Rekap dua hari dicocokkan dengan kantor; sisa tetap ditampilkan.", ""),
    (DAYS[2], 17, 30, "hendra", "Tiga orang terhitung belum tercatat; kantor diminta melengkapi.", ""),
)  # fmt: skip


def _journal() -> list[Step]:
    return [
        Step(
            _on(day, hour, minute),
            who,
            Verb.JOURNAL_WRITE,
            JournalNote(text, office, owned="putus" in text or "melengkapi" in text),
        )
        for day, hour, minute, who, text, office in JOURNAL
    ]


def _closing() -> Step:
    close = PhaseClose(OPERATION, "Tahap ditutup; sisa yang belum terklasifikasi tetap tampak pada rekap.")
    return Step(_on(DAYS[-1], 21, 0), "hendra", Verb.PHASE_CLOSE, close)
