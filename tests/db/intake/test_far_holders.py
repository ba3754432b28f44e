"""A guessed number brings nobody's file before the sender's office: its holder is known elsewhere."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import bayu, citra, hasan, machine, officer, surya
from tests.db.cases.folder import SOURCE, overstayer
from tests.db.intake.test_lists import receive, write
from timpora.apps.intake import actions, importing, joining, queries
from timpora.apps.intake.actions import Choice
from timpora.apps.intake.kinds import ListKind
from timpora.apps.intake.linkage import link
from timpora.apps.intake.linkage.certain import MOST_COMPARED
from timpora.apps.intake.models import Pair
from timpora.apps.intake.states import PairState, SubmissionState
from timpora.apps.registry import actions as actions_of_registry
from timpora.apps.registry import queries as registry
from timpora.apps.registry.models import Person
from timpora.apps.registry.neighbours import LINES, OWNERS
from timpora.config.settings_test import APP_ROLE
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db

NUMBER, BORN = "E1234567", "01-05-1980"
# Whom the lists may name: columns of the four kinds behind name, number and birth date.
KINDS = {
    ListKind.CROSSINGS: ("Arah;TPI;Tgl Perlintasan", "MASUK;Bandara X;20/08/2024"),
    ListKind.PERMITS: ("Jenis Izin;Berlaku s.d.", "ITAS;31-12-2024"),
    ListKind.STAYS: ("Penginapan;Check In", "Hotel Musi;20-08-2024"),
    ListKind.WORKERS: ("Pemberi Kerja;Jabatan", "PT Musi;Teknisi"),
}
ACQUAINTANCE = "WANG BIN"
national = officer("Satria", "inteldakim_head", "DITJEN", "ID")


def sent(tmp_path, sender, kind, *persons, number=NUMBER, name="daftar.csv"):
    """A list of one kind, of persons given as name and birth date, taken in as its sender sent it."""
    titles, told = KINDS[kind]
    rows = [f"{who};{number};{born};Tiongkok;L;{told}" for who, born in persons]
    titles = f"Nama;No Paspor;Tgl Lahir;Kewarganegaraan;L/P;{titles}"
    received = receive(write(tmp_path, *rows, titles=titles, name=name), sender)
    with acting_as(sender):
        columns = queries.submission_preview(sender, received.submission.id, kind=kind).plan.columns
        choice = Choice(kind, columns, {}, is_whole=False)
        actions.submission_start(sender, submission_id=received.submission.id, choice=choice)
    importing.submission_run(machine, received.submission.id)
    with acting_as(sender):
        done = queries.submission_get(sender, received.submission.id)
    assert (done.state, done.bad) == (SubmissionState.DONE, 0)
    return done


def persons() -> dict[UUID, list[str]]:
    with acting_as(machine):
        return dict(Person.objects.filter(merged_into=None).values_list("id", "territories"))


@pytest.fixture
def holder(tmp_path) -> UUID:
    """Somebody known at Batulicin alone."""
    sent(tmp_path, bayu, ListKind.PERMITS, ("WANG XIAO MING", BORN), name="dikenal.csv")
    (found,) = persons()
    return found


def opens(actor, person) -> bool:
    try:
        with acting_as(actor):
            registry.person_get(actor, person)
    except AccessDenied:
        return False
    return True


GUESSES = [
    *((kind, ACQUAINTANCE, "") for kind in KINDS),
    *((kind, ACQUAINTANCE, "02-05-1980") for kind in KINDS),
    (ListKind.STAYS, "WANG XIAO MING", "00-00-1980"),
    # The right day, and one name of three.
    (ListKind.STAYS, ACQUAINTANCE, BORN),
]


@pytest.mark.parametrize(("kind", "name", "born"), GUESSES)
def test_a_guessed_number_opens_nobodys_file_to_a_foreign_office(tmp_path, holder, kind, name, born):
    before = persons()[holder]
    done = sent(tmp_path, citra, kind, (name, born))
    assert persons()[holder] == before
    assert not opens(citra, holder)
    (made,) = set(persons()) - {holder}
    assert opens(citra, made)
    # The office reads the same as of a number that nobody holds.
    assert (done.persons_new, done.joined, done.doubtful) == (1, 0, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_at_home_the_number_and_a_name_are_enough(tmp_path, holder, kind):
    sent(tmp_path, bayu, kind, (ACQUAINTANCE, ""))
    assert set(persons()) == {holder}


@pytest.mark.parametrize("kind", KINDS)
def test_a_traveller_who_moved_is_known_by_birth_date_and_name(tmp_path, holder, kind):
    sent(tmp_path, citra, kind, ("Xiao Ming WANG", BORN))
    assert set(persons()) == {holder}
    assert opens(citra, holder)
    assert opens(bayu, holder)


def test_the_centre_sends_lists_of_the_whole_country(tmp_path, holder):
    sent(tmp_path, national, ListKind.CROSSINGS, (ACQUAINTANCE, ""))
    assert set(persons()) == {holder}


def test_a_second_list_does_not_get_further_than_the_first(tmp_path, holder):
    sent(tmp_path, citra, ListKind.STAYS, (ACQUAINTANCE, ""))
    (made,) = set(persons()) - {holder}
    sent(tmp_path, citra, ListKind.WORKERS, (ACQUAINTANCE, ""), (ACQUAINTANCE, "00-00-1980"), name="dua.csv")
    assert set(persons()) == {holder, made}
    assert not opens(citra, holder)


def test_likeness_joins_at_home_and_not_from_afar(tmp_path, holder):
    """Two digits of the number swapped, day and month too: no document decides, likeness would."""
    slip = ("WANG XIAO MING", "05-01-1980")
    done = sent(tmp_path, citra, ListKind.STAYS, slip, number="E1234576")
    assert (done.joined, done.doubtful, len(persons())) == (0, 0, 2)
    assert not opens(citra, holder)
    with acting_as(surya):
        page = queries.pair_get(surya, queries.pair_next(surya).id)
    assert "place" in {reason.field for reason in page.evidence}

    done = sent(tmp_path, bayu, ListKind.STAYS, slip, number="E1234657")
    assert done.joined == 1


def days(many: int) -> list[tuple[str, str]]:
    """One name with so many birth dates, that of the holder among them."""
    return [("XIAO WANG", f"{date(1980, 4, 30) + timedelta(n):%d-%m-%Y}") for n in range(many)]


@pytest.mark.parametrize("many", [4, 12, 40])
def test_birth_dates_under_one_number_are_never_joined_by_likeness(tmp_path, monkeypatch, many):
    compared = []
    monkeypatch.setattr(joining, "link", lambda records: compared.extend(records) or link(records))
    done = sent(tmp_path, citra, ListKind.STAYS, *days(many))
    assert (done.persons_new, done.joined, len(persons())) == (many, 0, many)
    # Each waits for two eyes; of a crowd under one number likeness compares the first few alone.
    assert done.doubtful >= many - 1
    assert len(compared) == min(many, MOST_COMPARED)


@pytest.mark.parametrize("batch", [importing.BATCH_ROWS, 1])
def test_a_list_that_tries_birth_dates_of_a_number_opens_nobodys_file(tmp_path, holder, monkeypatch, batch):
    """In one batch or in many: before the list is in, and after."""
    monkeypatch.setattr(importing, "BATCH_ROWS", batch)
    done = sent(tmp_path, citra, ListKind.STAYS, *days(3))
    assert (done.persons_new, done.joined, opens(citra, holder)) == (3, 0, False)
    # Nor does the next list of the same unit, though it tells one date.
    sent(tmp_path, citra, ListKind.WORKERS, ("Xiao WANG", BORN), name="dua.csv")
    assert not opens(citra, holder)
    with acting_as(surya):
        assert queries.pair_count(surya) >= 1


@pytest.fixture
def far_pair(tmp_path, holder) -> Pair:
    sent(tmp_path, citra, ListKind.STAYS, (ACQUAINTANCE, ""))
    with acting_as(machine):
        return Pair.objects.get()


def test_the_pair_of_two_territories_is_the_centres_alone(far_pair):
    assert far_pair.territories == ["ID"]
    assert "place" in {field for field, _, _ in far_pair.evidence}
    for stranger in (bayu, citra):
        with acting_as(stranger):
            assert (queries.pair_count(stranger), queries.pair_next(stranger)) == (0, None)
            assert not Pair.objects.exists()
        with acting_as(stranger), pytest.raises(AccessDenied):
            queries.pair_get(stranger, far_pair.id)
        with acting_as(stranger), pytest.raises(AccessDenied):
            actions.pair_decide(stranger, pair_id=far_pair.id, is_same=True)
    with acting_as(surya):
        assert queries.pair_count(surya) == 1
        assert queries.pair_next(surya).id == far_pair.id


def test_the_centre_decides_and_the_file_follows(far_pair, holder):
    with acting_as(surya):
        page = queries.pair_get(surya, far_pair.id)
        assert {page.left.person.name, page.right.person.name} == {"WANG XIAO MING", ACQUAINTANCE}
        decision = actions.pair_decide(
            surya, pair_id=far_pair.id, is_same=True, because="paspor diperlihatkan"
        )
    assert decision.state is PairState.SAME
    (one,) = persons()
    assert opens(citra, one)
    assert opens(bayu, one)
    with acting_as(surya):
        actions.pair_undo(surya, pair_id=far_pair.id)
    assert not opens(citra, holder)


def test_the_centre_holds_them_to_be_two(far_pair, holder):
    with acting_as(surya):
        actions.pair_decide(surya, pair_id=far_pair.id, is_same=False)
        assert queries.pair_count(surya) == 0
    assert len(persons()) == 2
    assert not opens(citra, holder)


def test_pairs_of_one_office_do_not_come_to_the_centre(tmp_path, holder):
    done = sent(tmp_path, bayu, ListKind.STAYS, (ACQUAINTANCE, "02-05-1980"))
    assert done.doubtful == 1
    with acting_as(surya):
        assert (queries.pair_count(surya), queries.pair_next(surya)) == (0, None)
    with acting_as(bayu):
        assert queries.pair_count(bayu) == 1
    with acting_as(hasan):
        assert queries.pair_count(hasan) == 0


def test_who_holds_a_number_is_asked_by_index(holder):
    crowd = [
        replace(overstayer(name=f"ORANG {n}"), document_number=f"X{n:07}", facts=()) for n in range(2_000)
    ]
    with acting_as(machine):
        actions_of_registry.records_add(machine, source=SOURCE, records=crowd)
        with connection.cursor() as cursor:
            # A few rows are read through; how many there are must be known before any way is better.
            cursor.execute(f"RESET ROLE; ANALYZE registry_record, registry_person; SET ROLE {APP_ROLE}")
            asked = ((OWNERS, [[NUMBER]], "document_number"), (LINES, {"all": False, "ids": [holder]}, "id"))
            for statement, words, column in asked:
                cursor.execute("EXPLAIN " + statement, words)
                plan = "\n".join(line for (line,) in cursor.fetchall())
                assert f"Index Cond: ({column} = ANY" in plan
                assert "Seq Scan" not in plan
