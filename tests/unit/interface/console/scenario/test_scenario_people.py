from collections import Counter
from dataclasses import fields, replace
from math import hypot

import pytest

from timpora.interface.console.scenario.people import SHARES, generate
from timpora.interface.console.scenario.places import employers, places
from timpora.interface.console.scenario.plants import OVERSTAYS
from timpora.interface.console.scenario.records import AS_OF, Facts, Sign


@pytest.fixture(scope="module")
def world():
    return generate()


def struck(world, sign):
    return [world.person(truth.person) for truth in world.truths if truth.sign is sign]


def test_equal_seeds_give_equal_worlds_and_others_differ(world):
    fresh = generate.__wrapped__()
    assert fresh == world
    assert generate(7).truths != world.truths


def test_permit_holders_follow_the_published_shares(world):
    held = Counter((p.facts.office, p.facts.permit.kind) for p in world.people if p.facts.permit)
    assert held == {(office, kind): n for office, kinds in SHARES.items() for kind, n in kinds.items()}
    assert sum(held.values()) == 900


def test_no_planted_case_depends_on_who_the_people_are(world):
    others = generate(identity_seed=99)
    assert others.truths == world.truths
    assert [p.facts for p in others.people] == [p.facts for p in world.people]
    assert [p.identity for p in others.people] != [p.identity for p in world.people]


def test_facts_cannot_hold_a_nationality():
    assert not {"nationality", "name", "surname", "given", "birth_place"} & {f.name for f in fields(Facts)}


def test_discrepancies_are_spread_over_nationalities_as_people_are(world):
    planted = [world.person(t.person).identity.nationality for t in world.truths if not t.sign.is_innocent]
    everybody = Counter(p.identity.nationality for p in world.people)
    most, count = everybody.most_common(1)[0]
    expected = len(planted) * count / len(world.people)
    spread = (expected * (1 - count / len(world.people))) ** 0.5
    assert abs(planted.count(most) - expected) < 4 * spread
    assert len(set(planted)) > 5


def test_document_numbers_are_unique_and_fit_the_machine_readable_zone(world):
    numbers = [
        n for p in (*world.people, *world.crew) for n in (p.identity.document, p.identity.older_document) if n
    ]
    assert len(numbers) == len(set(numbers))
    assert all(n.isascii() and n.isalnum() and n == n.upper() and len(n) <= 9 for n in numbers)
    assert all(
        len(f"{p.identity.surname}<<{p.identity.given}".replace(" ", "<")) <= 39
        and set(p.identity.printed) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ ")
        for p in (*world.people, *world.crew)
    )


def test_ended_permits_are_ended_and_their_holders_seen_afterwards(world):
    ended = [world.person(t.person).facts for t in world.truths if t.sign is Sign.PERMIT_ENDED]
    days = sorted((AS_OF - facts.permit.valid_until).days for facts in ended)
    assert tuple(days) == OVERSTAYS
    for facts in ended:
        assert facts.stays[-1].starts > facts.permit.valid_until
        assert facts.stays[-1].ends is None
        assert facts.permit.extension_filed_on is None
        assert all(leg.direction == "in" for leg in facts.crossings)


def test_nobody_is_out_of_permit_by_chance(world):
    known = {t.person for t in world.truths}
    by_chance = [
        p.id
        for p in world.people
        if p.facts.permit and p.facts.permit.valid_until < AS_OF and p.id not in known
    ]
    assert not by_chance


def test_extensions_were_filed_before_the_permit_ended(world):
    for one in struck(world, Sign.EXTENSION_PENDING):
        assert one.facts.permit.extension_filed_on < one.facts.permit.valid_until < AS_OF


def test_those_who_left_left_in_time(world):
    for one in struck(world, Sign.DEPARTED):
        entry, leaving = one.facts.crossings
        assert (entry.direction, leaving.direction) == ("in", "out")
        assert entry.at < leaving.at
        assert leaving.at.date() <= one.facts.permit.valid_until


def test_work_seen_elsewhere_lies_in_another_regency(world):
    for one in struck(world, Sign.WORK_PLACE_OTHER):
        work = one.facts.work
        assert places()[work.seen_place].regency != places()[work.plan_place].regency
    for one in struck(world, Sign.SHORT_TRIP):
        assert one.facts.work.seen_place == one.facts.work.plan_place
        assert (one.facts.stays[0].ends - one.facts.stays[0].starts).days == 2


def test_addresses_that_differ_lie_in_another_regency(world):
    for one in struck(world, Sign.ADDRESS_OTHER):
        assert places()[one.facts.permit.address].regency != places()[one.facts.stays[-1].place].regency


def test_only_the_planted_lack_an_entry(world):
    without = {p.id for p in world.people if not p.facts.crossings}
    assert without == {p.id for s in (Sign.NO_ENTRY, Sign.REFUGEE) for p in struck(world, s)}


def test_visitors_at_work_are_only_the_planted(world):
    working = {p.id for p in world.people if p.facts.work and p.facts.permit.kind == "ITK"}
    assert working == {p.id for s in (Sign.WORK_ON_VISIT, Sign.TRAFFICKING) for p in struck(world, s)}


def test_the_hidden_group_shares_one_flight_one_house_one_booker(world):
    group = [one.facts for one in struck(world, Sign.TRAFFICKING)]
    assert len(group) == 3
    assert len({(f.crossings[0].carrier, f.crossings[0].at.date()) for f in group}) == 1
    assert len({(f.stays[-1].place, f.stays[-1].booked_by) for f in group}) == 1
    assert group[0].stays[-1].booked_by


def test_namesakes_share_the_name_and_nothing_else(world):
    for one in struck(world, Sign.NAMESAKE):
        other = world.person(one.facts.namesake_of)
        assert one.identity.printed == other.identity.printed
        assert one.identity.born_on != other.identity.born_on
        assert one.identity.document != other.identity.document


def test_one_word_names_have_one_word(world):
    names = [one.identity.printed for one in struck(world, Sign.ONE_WORD)]
    assert names
    assert all(len(name.split()) == 1 for name in names)


def test_the_refugee_holds_a_card_and_no_permit(world):
    (refugee,) = struck(world, Sign.REFUGEE)
    assert refugee.facts.card_number
    assert refugee.facts.permit is None


def test_places_stand_where_their_office_is():
    for firm in employers().values():
        assert places()[firm.site].office == places()[firm.mess].office
    for place in places().values():
        south_kalimantan = place.wilayah.startswith("63")
        centre = (-3.0, 115.4) if south_kalimantan else (-3.2, 104.4)
        assert hypot(place.lat - centre[0], place.lon - centre[1]) < 2.2


def test_a_sign_is_either_a_discrepancy_or_innocent(world):
    signs = {truth.sign for truth in world.truths}
    assert signs == set(Sign)
    assert {s for s in signs if not s.is_innocent} < signs
    moved = replace(world.truths[0], days=1)
    assert moved != world.truths[0]
