"""Plants the discrepancies and their innocent look-alikes in facts that belong to nobody yet.

Each sign is a pure change of facts. Who is struck is drawn from all whose papers make the sign possible.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from timpora.interface.console.scenario.files import crossings_file, lodging_file, permits_file, workers_file
from timpora.interface.console.scenario.places import employers, employers_of, places, places_of
from timpora.interface.console.scenario.records import AS_OF, Crossing, Facts, Permit, Sign, Stay, Truth, Work

OVERSTAYS = (1, 5, 12, 23, 31, 44, 58, 59, 60, 61, 75, 90, 118, 130)
"""Days past the permit's last day on `AS_OF`; 59, 60 and 61 stand around the limit of Pasal 78."""

DOUBTFUL_OFFICES = ("KANIM-BATULICIN", "KANIM-BATULICIN", "KANIM-BANJARMASIN")
"""Where a hotel's book leaves a doubt; the section of Batulicin finds several to judge."""

HARBOURER = "Jasa Perjalanan Bintang Selasar"
"""Who booked and holds the passports of the hidden trafficking indication."""

Change = Callable[[Facts, Random, int], Facts]
Test = Callable[[Facts], bool]


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of one sign, on whom it is possible, and how the facts change."""

    sign: Sign
    count: int
    fits: Test
    change: Change


def plant(people: tuple[Facts, ...], rng: Random) -> tuple[tuple[Facts, ...], tuple[Truth, ...]]:
    """Return the changed people, the refugee added at the end, and the truth about every one touched."""
    by_id = {facts.id: facts for facts in people}
    struck: list[tuple[Sign, str]] = []
    free = [facts.id for facts in people]
    for plan in PLANS:
        fitting = [one for one in free if plan.fits(by_id[one])]
        for turn, one in enumerate(rng.sample(fitting, plan.count)):
            by_id[one] = plan.change(by_id[one], rng, turn)
            struck.append((plan.sign, one))
            free.remove(one)
    struck += _namesakes(by_id, struck, free, rng)
    struck += _doubtful(by_id, free, rng)
    refugee = _refugee()
    by_id[refugee.id] = refugee
    struck.append((Sign.REFUGEE, refugee.id))
    return tuple(by_id.values()), tuple(_truth(sign, by_id[one]) for sign, one in struck)


def _truth(sign: Sign, facts: Facts) -> Truth:
    lists: list[str] = []
    if facts.permit:
        lists.append(permits_file(facts.office))
    lists += [crossings_file(leg.checkpoint, facts.office) for leg in facts.crossings]
    lists += [lodging_file(stay) for stay in facts.stays]
    if facts.work:
        lists.append(workers_file(facts.work))
    ended = facts.permit is not None and facts.permit.valid_until < AS_OF
    days = (AS_OF - facts.permit.valid_until).days if facts.permit and ended else 0
    return Truth(sign, facts.id, tuple(dict.fromkeys(lists)), days)


def _paper(facts: Facts) -> Permit:
    if facts.permit is None:
        raise ValueError(f"{facts.id} holds no permit")
    return facts.permit


def _works(facts: Facts) -> bool:
    return facts.work is not None


def _visits(facts: Facts) -> bool:
    return facts.permit is not None and facts.permit.index in {"B1", "C1", "C2"}


def _stays_on(facts: Facts) -> bool:
    return facts.permit is not None and facts.permit.kind != "ITAP" and facts.stays[-1].ends is None


def _moved_back(facts: Facts, last_day: date) -> Facts:
    """Shift permit and entry so that the permit's last day is `last_day`."""
    permit = _paper(facts)
    shift = permit.valid_until - last_day
    earlier = tuple(replace(leg, at=leg.at - shift) for leg in facts.crossings)
    moved = replace(permit, valid_from=permit.valid_from - shift, valid_until=last_day)
    return replace(facts, permit=moved, crossings=earlier)


def _permit_ended(facts: Facts, rng: Random, turn: int) -> Facts:
    days = OVERSTAYS[turn]
    seen_again = AS_OF - timedelta(days=rng.randint(0, min(days - 1, 9)))
    return replace(
        _moved_back(facts, AS_OF - timedelta(days=days)), stays=(replace(facts.stays[-1], starts=seen_again),)
    )


def _extension_pending(facts: Facts, rng: Random, _turn: int) -> Facts:
    last_day = AS_OF - timedelta(days=rng.randint(2, 12))
    moved = _moved_back(facts, last_day)
    filed = last_day - timedelta(days=rng.randint(3, 9))
    stay = replace(facts.stays[-1], starts=last_day + timedelta(days=1))
    return replace(moved, permit=replace(_paper(moved), extension_filed_on=filed), stays=(stay,))


def _departed(facts: Facts, rng: Random, _turn: int) -> Facts:
    last_day = AS_OF - timedelta(days=rng.randint(4, 40))
    moved = _moved_back(facts, last_day)
    left = last_day - timedelta(days=rng.randint(0, 3))
    entry = moved.crossings[0]
    out = Crossing(entry.checkpoint, "out", datetime.combine(left, entry.at.timetz()), "ZV771")
    stay = replace(facts.stays[-1], starts=left - timedelta(days=5), ends=left)
    return replace(moved, crossings=(entry, out), stays=(stay,), work=None)


def _work_place_other(facts: Facts, rng: Random, _turn: int) -> Facts:
    work = facts.work
    if work is None:
        raise ValueError(f"{facts.id} has no work")
    planned = places()[work.plan_place].regency
    others = [e.site for e in employers_of(facts.office) if places()[e.site].regency != planned]
    return replace(facts, work=replace(work, seen_place=rng.choice(others)))


def _address_other(facts: Facts, rng: Random, _turn: int) -> Facts:
    lives_in = places()[facts.stays[-1].place].regency
    others = [p for p in places_of(facts.office, "house", "hotel") if p.regency != lives_in]
    return replace(facts, permit=replace(_paper(facts), address=rng.choice(others).id))


def _no_entry(facts: Facts, _rng: Random, _turn: int) -> Facts:
    return replace(facts, crossings=())


def _work_on_visit(facts: Facts, rng: Random, _turn: int) -> Facts:
    firm = rng.choice(employers_of(facts.office))
    seen = AS_OF - timedelta(days=rng.randint(0, 2))
    return replace(facts, work=Work(firm.id, "Teknisi", "", "", firm.site, seen))


def _trafficking(facts: Facts, _rng: Random, turn: int) -> Facts:
    # The three entered on one flight, were booked by one agency and are kept in one house.
    entered = AS_OF - timedelta(days=21)
    entry = facts.crossings[0]
    at = datetime.combine(entered, entry.at.timetz()).replace(hour=21, minute=10 + turn)
    leg = replace(entry, checkpoint="TPI-A-BANDARA-SOEKARNO-HATTA", at=at, carrier="QJ408")
    until = entered + timedelta(days=59)
    permit = replace(
        _paper(facts), index="C1", valid_from=entered, valid_until=until, guarantor=HARBOURER, address="P12"
    )
    work = Work("E15", "Tenaga harian", "", "", employers()["E15"].site, AS_OF - timedelta(days=1))
    stay = Stay("P15", entered + timedelta(days=1), None, booked_by=HARBOURER)
    return replace(facts, permit=permit, crossings=(leg,), stays=(stay,), work=work)


def _typo(facts: Facts, _rng: Random, _turn: int) -> Facts:
    return replace(facts, stays=(*facts.stays[:-1], replace(facts.stays[-1], typo_in_document=True)))


def _swapped(facts: Facts, _rng: Random, _turn: int) -> Facts:
    return replace(facts, stays=(*facts.stays[:-1], replace(facts.stays[-1], name_swapped=True)))


def _renewed(facts: Facts, _rng: Random, _turn: int) -> Facts:
    legs = tuple(replace(leg, on_older_document=True) for leg in facts.crossings)
    return replace(facts, renewed=True, crossings=legs)


def _one_word(facts: Facts, _rng: Random, _turn: int) -> Facts:
    return replace(facts, one_word=True)


def _short_trip(facts: Facts, rng: Random, _turn: int) -> Facts:
    lives_in = places()[facts.stays[-1].place].regency
    hotels = [p for p in places_of(facts.office, "hotel") if p.regency != lives_in]
    starts = AS_OF - timedelta(days=rng.randint(4, 30))
    trip = Stay(rng.choice(hotels).id, starts, starts + timedelta(days=2))
    return replace(facts, stays=(trip, *facts.stays))


PLANS = (
    Plan(Sign.TRAFFICKING, 3, lambda f: _visits(f) and f.office == "KANIM-PALEMBANG", _trafficking),
    Plan(Sign.PERMIT_ENDED, len(OVERSTAYS), _stays_on, _permit_ended),
    Plan(Sign.WORK_PLACE_OTHER, 12, _works, _work_place_other),
    Plan(Sign.ADDRESS_OTHER, 12, _works, _address_other),
    Plan(Sign.NO_ENTRY, 6, _stays_on, _no_entry),
    Plan(Sign.WORK_ON_VISIT, 8, lambda f: _visits(f) and _stays_on(f), _work_on_visit),
    Plan(Sign.EXTENSION_PENDING, 6, _stays_on, _extension_pending),
    Plan(Sign.DEPARTED, 10, _stays_on, _departed),
    Plan(Sign.PASSPORT_TYPO, 8, _stays_on, _typo),
    Plan(Sign.PASSPORT_RENEWED, 4, _stays_on, _renewed),
    Plan(Sign.NAME_SWAPPED, 8, _stays_on, _swapped),
    Plan(Sign.ONE_WORD, 10, _stays_on, _one_word),
    Plan(Sign.SHORT_TRIP, 8, _works, _short_trip),
)


def _namesakes(
    by_id: dict[str, Facts], struck: list[tuple[Sign, str]], free: list[str], rng: Random
) -> list[tuple[Sign, str]]:
    """Give four people who are lawfully here the names of four who left."""
    gone = [one for sign, one in struck if sign is Sign.DEPARTED][:4]
    present = rng.sample([one for one in free if _stays_on(by_id[one])], len(gone))
    for here, away in zip(present, gone, strict=True):
        by_id[here] = replace(by_id[here], namesake_of=away)
    free[:] = [one for one in free if one not in {*present, *gone}]
    return [(Sign.NAMESAKE, one) for one in present]


def _doubtful(by_id: dict[str, Facts], free: list[str], rng: Random) -> list[tuple[Sign, str]]:
    """Leave a few pairs on which the papers alone cannot decide, for two eyes.

    Some spent two nights in a hotel that wrote down an old passport and the given name alone: one person.
    One bears the name of another of the same office and was born in the same month: two persons.
    """
    struck: list[tuple[Sign, str]] = []
    for office in DOUBTFUL_OFFICES:
        guest = rng.choice([one for one in free if by_id[one].office == office and _works(by_id[one])])
        by_id[guest] = _in_guest_book(by_id[guest], rng)
        free.remove(guest)
        struck.append((Sign.GUEST_BOOK, guest))
    local = [one for one in free if by_id[one].office == DOUBTFUL_OFFICES[0] and _works(by_id[one])]
    here, other = rng.sample(local, 2)
    by_id[here] = replace(by_id[here], namesake_of=other, born_near=True)
    struck.append((Sign.NEAR_NAMESAKE, here))
    return struck


def _in_guest_book(facts: Facts, rng: Random) -> Facts:
    lives_in = places()[facts.stays[-1].place].regency
    hotels = [p for p in places_of(facts.office, "hotel") if p.regency == lives_in]
    starts = AS_OF - timedelta(days=rng.randint(5, 20))
    hotel = rng.choice(hotels or places_of(facts.office, "hotel"))
    night = Stay(hotel.id, starts, starts + timedelta(days=2), on_older_document=True, given_name_only=True)
    return replace(facts, renewed=True, stays=(night, *facts.stays))


def _refugee() -> Facts:
    stay = Stay("J15", AS_OF - timedelta(days=200), None)
    return Facts(
        "R0001", "KANIM-BANJARMASIN", None, (), (stay,), occupation="pengungsi", card_number="186-24C00417"
    )
