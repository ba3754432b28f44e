"""Newcomers against the register: certain ones joined, doubtful ones to two eyes, all of it undone."""

from dataclasses import replace

import pytest

from tests.cast import bayu, citra, hasan, machine
from tests.db.intake.test_lists import TITLES, taken_in
from timpora.apps.intake import actions, errors, queries
from timpora.apps.intake.models import Pair
from timpora.apps.intake.states import PairState
from timpora.apps.registry.models import Merge, Person
from timpora.kernel.access import AccessDenied, NotHuman, PurposeMissing
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db

STAYS = "Nama Tamu;Kebangsaan;Tgl Lahir;L/P;Check In;Penginapan"
KNOWN = "WANG XIAOMING;E1234567;Tiongkok;01-05-1980;L;ITAS;31-12-2024;Jl. Raya 1"
SAME = "Xiaoming WANG;China;01-05-1980;L;20-08-2024;Hotel Banua"
DOUBTFUL = "WANG XIAOMING;RRT;00-00-1980;L;20-08-2024;Hotel Banua"
OTHER = "TANAKA HIROSHI;Jepang;02-03-1971;L;20-08-2024;Hotel Banua"


@pytest.fixture
def known(tmp_path):
    return taken_in(tmp_path, KNOWN, titles=TITLES)


def arrive(tmp_path, *rows):
    return taken_in(tmp_path, *rows, titles=STAYS, name="tamu.csv")


def persons():
    with acting_as(machine):
        return Person.objects.filter(merged_into=None).count()


def the_pair():
    with acting_as(machine):
        return Pair.objects.get()


@pytest.fixture
def doubtful(tmp_path, known):
    done = arrive(tmp_path, DOUBTFUL, OTHER)
    assert (done.doubtful, done.joined, persons()) == (1, 0, 3)
    return the_pair()


def test_a_newcomer_beyond_doubt_is_joined_and_can_be_taken_back(tmp_path, known):
    done = arrive(tmp_path, SAME, OTHER)
    assert (done.joined, done.doubtful, persons()) == (1, 0, 2)
    pair = the_pair()
    assert pair.state == PairState.AUTOMATIC
    with acting_as(bayu):
        actions.pair_undo(bayu, pair_id=pair.id)
    assert persons() == 3
    assert the_pair().state == PairState.WAITING


def test_what_a_human_took_back_the_machine_does_not_join_again(tmp_path, known):
    arrive(tmp_path, SAME)
    with acting_as(bayu):
        actions.pair_undo(bayu, pair_id=the_pair().id)
    done = taken_in(tmp_path, SAME, OTHER, titles=STAYS, name="lagi.csv")
    assert done.joined == 0
    assert the_pair().state == PairState.WAITING


def test_the_same_document_is_the_same_person_without_a_pair(tmp_path, known):
    done = taken_in(tmp_path, KNOWN.replace("ITAS", "ITAP"), name="dua.csv")
    assert (done.good, done.repeated, done.persons_new, persons()) == (1, 0, 0, 1)


def test_a_document_that_is_contradicted_makes_a_doubtful_pair(tmp_path, known):
    done = taken_in(tmp_path, KNOWN.replace("01-05-1980", "09-09-1965"), name="dua.csv")
    assert (done.doubtful, persons()) == (1, 2)
    assert {item[0] for item in the_pair().evidence} == {"document", "birth"}


def test_a_pair_is_shown_side_by_side_and_both_reads_are_logged(doubtful):
    with acting_as(bayu):
        assert queries.pair_count(bayu) == 1
        page = queries.pair_get(bayu, queries.pair_next(bayu).id)
        assert {page.left.person.name, page.right.person.name} == {"WANG XIAOMING"}
        assert page.evidence[0].weight >= page.evidence[-1].weight
        shown = {page.left.person.id, page.right.person.id}
        logged = Entry.objects.filter(person_id__in=shown, actor_id=bayu.id)
        assert set(logged.values_list("person_id", flat=True)) == shown


def test_one_person_is_a_merge_and_can_be_taken_back(doubtful):
    with acting_as(bayu):
        decision = actions.pair_decide(bayu, pair_id=doubtful.id, is_same=True)
    assert decision.state is PairState.SAME
    assert persons() == 2
    with acting_as(bayu):
        assert queries.pair_count(bayu) == 0
        assert [row.id for row in queries.pair_decided_list(bayu)] == [doubtful.id]
        actions.pair_undo(bayu, pair_id=doubtful.id)
        assert Merge.objects.get().undone_by == "Bayu"
    assert persons() == 3


def test_two_persons_stay_two(doubtful):
    with acting_as(bayu):
        decision = actions.pair_decide(bayu, pair_id=doubtful.id, is_same=False)
    assert (decision.state, decision.merge_id, persons()) == (PairState.DIFFERENT, None, 3)


def test_a_pair_is_decided_once_and_undone_once(doubtful):
    with acting_as(bayu):
        with pytest.raises(errors.PairUndecided):
            actions.pair_undo(bayu, pair_id=doubtful.id)
        actions.pair_decide(bayu, pair_id=doubtful.id, is_same=False)
        with pytest.raises(errors.PairDecided, match="Bayu"):
            actions.pair_decide(bayu, pair_id=doubtful.id, is_same=True)


def test_only_a_human_of_the_place_with_the_right_decides(doubtful):
    with acting_as(machine), pytest.raises((NotHuman, AccessDenied)):
        actions.pair_decide(machine, pair_id=doubtful.id, is_same=True)
    for stranger in (citra, hasan):
        with acting_as(stranger), pytest.raises(AccessDenied):
            actions.pair_decide(stranger, pair_id=doubtful.id, is_same=True)
        with acting_as(stranger), pytest.raises(AccessDenied):
            queries.pair_get(stranger, doubtful.id)
    with acting_as(citra):
        assert queries.pair_count(citra) == Pair.objects.count() == 0


def test_pairs_need_a_purpose(doubtful):
    idle = replace(bayu, purpose=None)
    with acting_as(idle), pytest.raises(PurposeMissing):
        queries.pair_get(idle, doubtful.id)


def test_the_next_pair_goes_round(tmp_path, known):
    arrive(tmp_path, DOUBTFUL, DOUBTFUL.replace("WANG XIAOMING", "WANG XIAO MING"), OTHER)
    with acting_as(bayu):
        total = queries.pair_count(bayu)
        assert total >= 2
        seen, row = [], queries.pair_next(bayu)
        for _ in range(total):
            seen.append(row.id)
            row = queries.pair_next(bayu, after=row.id)
        assert len(set(seen)) == total
        assert row.id == seen[0]


def test_a_newcomer_that_fits_two_known_persons_joins_one_and_leaves_the_rest_to_humans(tmp_path):
    taken_in(tmp_path, KNOWN, KNOWN.replace("E1234567", "E7654321"))
    with acting_as(machine):
        pair = Pair.objects.get()
    if pair.state == PairState.AUTOMATIC:
        with acting_as(bayu):
            actions.pair_undo(bayu, pair_id=pair.id)
    assert persons() == 2
    arrive(tmp_path, SAME)
    with acting_as(machine):
        states = sorted(Pair.objects.values_list("state", flat=True))
    assert states.count(PairState.AUTOMATIC) == 1
    assert persons() == 2
