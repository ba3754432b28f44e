"""Whom a row is about by its document: never somebody known elsewhere alone on a number and a name."""

from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from timpora.apps.intake.kinds import ListKind, PersonRecord
from timpora.apps.intake.linkage import Document, LinkRecord, Verdict, certain
from timpora.apps.intake.linkage.certain import certain_pairs, contradiction
from timpora.apps.intake.persons import as_link_record, settle
from timpora.apps.intake.validation import check_row
from timpora.apps.registry.types import DocumentOwner
from timpora.domain.linkage import names_share_half, same_from_afar
from timpora.domain.territory import closure, known_at

ROW, HOLDER = UUID(int=1), UUID(int=2)
NUMBER, STATE = "E1234567", "CHN"
WORDS = ("WANG", "XIAO", "MING", "BIN", "LI")
NAMES = some.lists(some.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map(" ".join)
BIRTHS = some.sampled_from(("", "1980", "1980-05", "1980-05-01", "1980-05-02", "1979-05-01"))
LISTS = some.sampled_from((("63.02", "63.10"), ("16.71",), ("63",), ("63.10.06",), ("ID",)))
KNOWN = some.sampled_from([closure(codes) for codes in (("63.02",), ("63.10.06", "16.71"), ("64",), ())])


def row(name: str, birth: str) -> PersonRecord:
    told = {"name": name, "document_number": NUMBER, "nationality": STATE, "employer": "PT Musi"}
    told["birth_date"] = "-".join(reversed(birth.split("-")))
    found = check_row(ListKind.WORKERS, told, on=date(2024, 8, 22)).record
    assert found is not None
    return found


def settled(name: str, birth: str, held: list[DocumentOwner], places: tuple[str, ...]):
    return settle([(ROW, row(name, birth))], {(NUMBER, STATE): held}, places=places)


@given(NAMES, BIRTHS, some.lists(some.tuples(BIRTHS, NAMES), min_size=1, max_size=3), KNOWN, LISTS)
def test_who_is_known_elsewhere_alone_needs_birth_date_and_half_the_name(name, birth, told, known, places):
    held = [DocumentOwner(HOLDER, day, who, known) for day, who in told]
    made = settled(name, birth, held, places)
    joined = made.persons == (HOLDER,)
    agree = any(same_from_afar([name], birth, [who], day) for (day, _), (_, who) in product(told, told))
    if not known_at(known, places):
        assert not joined or agree
    # Nothing is dropped in silence: who is not joined waits for two eyes.
    assert joined != bool(made.pairs)
    assert all(pair.verdict is Verdict.DOUBTFUL for pair in made.pairs)


@given(NAMES, BIRTHS, BIRTHS, NAMES, KNOWN, LISTS)
def test_after_the_list_is_in_the_same_holds(name, birth, held_birth, held_name, known, places):
    document = (Document(NUMBER, STATE),)
    holder = LinkRecord("p", (held_name,), held_birth, documents=document, is_known=True, places=known)
    new = LinkRecord("r", (name,), birth, documents=document, places=places)
    (pair,) = certain_pairs([new, holder])
    if not known_at(known, places) and not same_from_afar([name], birth, [held_name], held_birth):
        assert pair.verdict is Verdict.DOUBTFUL
        assert "place" in {reason.field for reason in pair.evidence}
    else:
        assert "place" not in {reason.field for reason in pair.evidence}


def test_of_two_holders_the_one_at_home_is_met_first():
    away = DocumentOwner(UUID(int=3), "1980-05-01", "WANG MING", closure(("16.71",)))
    home = DocumentOwner(UUID(int=4), "", "WANG MING", closure(("63.10",)))
    assert settled("WANG BIN", "", [away, home], ("63.10",)).persons == (home.person,)
    # Whom it fits neither, it is compared with at home: that pair the office can decide.
    (pair,) = settled("LI LI", "", [away, home], ("63.10",)).pairs
    assert str(home.person) in {pair.left, pair.right}
    # The full birth date tells more than a place.
    assert settled("WANG MING", "1980-05-01", [home, away], ("63.10",)).persons == (away.person,)


def test_several_records_of_one_holder_are_read_together_in_any_order():
    known = closure(("63.10",))
    told = [
        DocumentOwner(HOLDER, "1980-05-01", "WANG MING", known),
        DocumentOwner(HOLDER, "", "W. MING", known),
    ]
    for held in (told, told[::-1]):
        assert settled("WANG MING", "1980-05-02", held, ("63.10",)).persons != (HOLDER,)
        assert settled("WANG MING", "1980-05-01", held, ("16.71",)).persons == (HOLDER,)


@pytest.mark.parametrize(
    ("one", "other", "shares"),
    [
        ("WANG XIAO MING", "Ming WANG", True),
        ("WANG XIAO MING", "WANG BIN", False),
        ("WANG XIAOMING", "WANG XIAO MING", True),
        ("MUHAMMAD", "MD RAHIM UDDIN", False),
        ("SITI", "SITI AMINAH", True),
        ("", "", False),
        ("WANG", "", False),
    ],
)
def test_half_of_the_longer_name(one, other, shares):
    assert names_share_half(one, other) is names_share_half(other, one) is shares


@given(NAMES, NAMES, BIRTHS, BIRTHS)
def test_from_afar_a_part_of_a_birth_date_is_none(one, other, birth, other_birth):
    told = same_from_afar([one], birth, [other], other_birth)
    assert told is same_from_afar([other], other_birth, [one], birth)
    assert not told or (birth == other_birth and len(birth) == len("1980-05-01"))


@pytest.mark.parametrize("names", [("WANG MING",), WORDS])
@pytest.mark.parametrize("known", [0, 300])
def test_a_list_of_one_number_costs_by_its_rows_not_by_their_square(monkeypatch, known, names):
    compared = 0

    def counted(one, other):
        nonlocal compared
        compared += 1
        return contradiction(one, other)

    monkeypatch.setattr(certain, "contradiction", counted)
    days = [(date(1950, 1, 1) + timedelta(n)).isoformat() for n in range(300)]
    told = [DocumentOwner(UUID(int=n + 1), day, "LI LI", closure(("63.10",))) for n, day in enumerate(days)]
    rows = [(UUID(int=n + 1), row(names[n % len(names)], day)) for n, day in enumerate(days)]
    made = settle(rows, {(NUMBER, STATE): told[:known]}, places=("16.71",))
    # Nobody is dropped: each is a person of its own, and waits with one pair for two eyes.
    assert len(made.newcomers) == len(rows)
    assert len(made.pairs) == len(rows) - (not known)
    # The row that comes again behind so many others is found by its birth date.
    again = settle([*rows, (UUID(int=999), row(names[0], days[-len(names)]))], {}, places=("16.71",))
    assert again.persons[-1] == again.persons[-len(names) - 1]
    both = zip(made.persons, rows, strict=True)
    records = [as_link_record(str(person), record, ("16.71",)) for person, (_, record) in both]
    assert len(certain_pairs(records)) == len(rows) - 1
    assert compared <= 4 * 3 * certain.MOST_COMPARED * len(rows)
