"""Derives the targets of the operation from documented discrepancies, and who is met at each."""

from dataclasses import dataclass

from timpora.interface.console.scenario.acts import Checked, Finding, Ground, Outcome, TargetPropose
from timpora.interface.console.scenario.places import places, stream
from timpora.interface.console.scenario.records import (
    AS_OF,
    OFFICES,
    OPENS_ON,
    Foreigner,
    Place,
    Sign,
    Truth,
    World,
)

PER_OFFICE = 8
"""Seven by documented discrepancies and one lodging by routine."""
LIMIT_DAYS = 60
"""Pasal 78: past it the person is brought in, before it the passport is kept against a receipt."""

GROUNDS = {
    Sign.PERMIT_ENDED: Ground.PERMIT_ENDED,
    Sign.WORK_PLACE_OTHER: Ground.WORK_PLACE,
    Sign.ADDRESS_OTHER: Ground.ADDRESS,
    Sign.NO_ENTRY: Ground.NO_ENTRY,
    Sign.WORK_ON_VISIT: Ground.VISIT_WORK,
    Sign.TRAFFICKING: Ground.VISIT_WORK,
}
FINDINGS = {
    Sign.PERMIT_ENDED: Finding.PERMIT_ENDED,
    Sign.WORK_PLACE_OTHER: Finding.WORK_PLACE,
    Sign.ADDRESS_OTHER: Finding.ADDRESS,
    Sign.NO_ENTRY: Finding.NO_ENTRY,
    Sign.WORK_ON_VISIT: Finding.MISUSE,
    Sign.TRAFFICKING: Finding.MISUSE,
}
REASONS = {
    Ground.PERMIT_ENDED: "Izin tinggal berakhir, masih dilaporkan menginap; keluar atau perpanjangan nihil.",
    Ground.WORK_PLACE: "Pendataan Disnaker menyebut tempat kerja di luar lokasi RPTKA.",
    Ground.ADDRESS: "Laporan penginapan berbeda kabupaten dengan alamat pada izin tinggal.",
    Ground.NO_ENTRY: "Dilaporkan menginap, catatan masuk atas dokumen itu tidak ditemukan.",
    Ground.VISIT_WORK: "Pemegang izin tinggal kunjungan terdata bekerja.",
    Ground.EMPLOYER_VISIT: "Kunjungan berkala kepada pemberi kerja TKA menurut rencana operasi.",
    Ground.LODGING_VISIT: "Kunjungan berkala kepada penginapan menurut rencana operasi.",
}
# As the phone words them.
SIGNS_OF_EXPLOITATION = (
    "Paspor dipegang orang lain",
    "Upah ditahan atau terlilit utang",
    "Tidak boleh pergi sendiri",
)


@dataclass(frozen=True, slots=True)
class Visitable:
    """A target with everybody the team can meet there."""

    proposal: TargetPropose
    met: tuple[Checked, ...]


def visitables(world: World, seed: int) -> tuple[Visitable, ...]:
    """Return the targets of the four offices, most documented discrepancies first."""
    truths = {truth.person: truth for truth in world.truths}
    there = _whereabouts(world, truths)
    made: list[Visitable] = []
    for office in OFFICES:
        ours = [places()[p] for p in there if places()[p].office == office]
        ours.sort(key=lambda place: (-_discrepancies(there[place.id], truths), place.id))
        chosen = ours[: PER_OFFICE - 1]
        # The routine visit is drawn by kind of place alone, whoever lives there.
        chosen += [
            place
            for place in sorted(ours, key=lambda p: p.id)
            if place.kind == "house" and place not in chosen
        ][:1]
        made += [
            _visitable(place, f"{office.removeprefix('KANIM-')}-{at:02d}", there[place.id], truths, seed)
            for at, place in enumerate(chosen, start=1)
        ]
    return tuple(made)


def _whereabouts(world: World, truths: dict[str, Truth]) -> dict[str, list[Foreigner]]:
    """Return who can be met where: at work when the work is the question, else at home."""
    there: dict[str, list[Foreigner]] = {}
    for person in world.people:
        truth = truths.get(person.id)
        at_work = truth is not None and truth.sign in {Sign.WORK_PLACE_OTHER, Sign.WORK_ON_VISIT}
        work, stay = person.facts.work, person.facts.stays[-1]
        if at_work and work is not None:
            there.setdefault(work.seen_place, []).append(person)
        elif stay.ends is None:
            there.setdefault(stay.place, []).append(person)
    return there


def _discrepancies(people: list[Foreigner], truths: dict[str, Truth]) -> int:
    return sum(1 for one in people if one.id in truths and not truths[one.id].sign.is_innocent)


def _visitable(
    place: Place, target: str, people: list[Foreigner], truths: dict[str, Truth], seed: int
) -> Visitable:
    planted = [one for one in people if one.id in truths]
    others = [one for one in people if one.id not in truths]
    rng = stream(seed, f"met:{target}")
    sample = rng.sample(others, min(len(others), rng.randint(2, 6)))
    grounds = [GROUNDS[truths[one.id].sign] for one in planted if truths[one.id].sign in GROUNDS]
    routine = Ground.LODGING_VISIT if place.kind in {"hotel", "house", "campus"} else Ground.EMPLOYER_VISIT
    ground = max(grounds, key=lambda g: (grounds.count(g), g)) if grounds else routine
    proposal = TargetPropose(
        target=target,
        office=place.office,
        place=place.id,
        name=place.name,
        address=place.address,
        wilayah=place.wilayah,
        lat=place.lat,
        lon=place.lon,
        ground=ground,
        reason=REASONS[ground],
        persons=tuple(one.id for one in planted if truths[one.id].sign in GROUNDS),
    )
    return Visitable(proposal, tuple(_checked(one, truths.get(one.id)) for one in (*planted, *sample)))


def _checked(person: Foreigner, truth: Truth | None) -> Checked:
    number = person.facts.card_number or person.identity.document
    if truth is None or truth.sign not in FINDINGS:
        outcome = Outcome.REFUGEE_NOTED if person.facts.card_number else Outcome.COMPLIANT
        return Checked(person.id, number, outcome)
    signs = SIGNS_OF_EXPLOITATION if truth.sign is Sign.TRAFFICKING else ()
    return Checked(person.id, number, _outcome(truth), (FINDINGS[truth.sign],), signs)


def _outcome(truth: Truth) -> Outcome:
    match truth.sign:
        case Sign.PERMIT_ENDED:
            days = truth.days + (OPENS_ON - AS_OF).days
            return Outcome.BROUGHT_IN if days > LIMIT_DAYS else Outcome.PASSPORT_RETAINED
        case Sign.WORK_PLACE_OTHER:
            return Outcome.REFERRED_MANPOWER
        case Sign.TRAFFICKING:
            return Outcome.PROTECTION
        case Sign.NO_ENTRY | Sign.WORK_ON_VISIT:
            return Outcome.PASSPORT_RETAINED
        case _:
            return Outcome.ADVISED
