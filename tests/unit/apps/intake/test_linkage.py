"""Records to persons: certain by document, probable by Splink, always with reasons, always the same."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.linkage.people import labelled
from timpora.apps.intake.linkage import Document, LinkRecord, Verdict, certain_pairs, link
from timpora.apps.intake.linkage.features import COLUMNS, MEETING, columns_of, meeting
from timpora.apps.intake.linkage.model import BLOCKING, COMPARISONS, quality, settings, trained

WANG = LinkRecord(
    "p1", ("WANG XIAOMING",), birth="1980-05-01", sex="M", nationality="CHN",
    documents=(Document("E12345678", "CHN"),), is_known=True,
)  # fmt: skip
NEW = replace(WANG, id="r1", is_known=False)
OTHERS = [
    LinkRecord("p2", ("TANAKA Hiroshi",), birth="1971-02-03", sex="M", nationality="JPN", is_known=True),
    LinkRecord("p3", ("Siti binti Ahmad",), birth="1990-11-30", sex="F", nationality="MYS", is_known=True),
]


def verdict(*records):
    pairs = [
        pair for pair in link([*records, *OTHERS]).pairs if {pair.left, pair.right} <= {r.id for r in records}
    ]
    return pairs[0].verdict if pairs else None


def test_the_same_document_is_the_same_person():
    (pair,) = certain_pairs([WANG, NEW])
    assert (pair.left, pair.right, pair.verdict) == ("p1", "r1", Verdict.SAME)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"birth": "1981-05-01"}, "birth"), ({"sex": "F"}, "sex"), ({"names": ("GARCIA LOPEZ",)}, "name")],
)
def test_what_contradicts_the_document_makes_the_pair_doubtful(change, field):
    (pair,) = certain_pairs([WANG, replace(NEW, **change)])
    assert pair.verdict is Verdict.DOUBTFUL
    assert field in {item.field for item in pair.evidence}
    assert verdict(WANG, replace(NEW, **change)) is Verdict.DOUBTFUL


@pytest.mark.parametrize(
    "change", [{"birth": "1980"}, {"birth": ""}, {"names": ("Xiao Ming Wang",)}, {"sex": "X"}, {"sex": ""}]
)
def test_what_is_unknown_or_written_otherwise_does_not_contradict(change):
    (pair,) = certain_pairs([WANG, replace(NEW, **change)])
    assert pair.verdict is Verdict.SAME


def test_the_same_number_of_another_state_is_another_document():
    assert certain_pairs([WANG, replace(NEW, documents=(Document("E12345678", "JPN"),))]) == ()


def test_where_the_issuer_is_not_written_nationality_stands_in():
    assert certain_pairs([WANG, replace(NEW, documents=(Document("E12345678"),))])


def test_many_records_of_one_document_give_a_star_not_a_web():
    records = [replace(NEW, id=f"r{number:03}") for number in range(200)]
    pairs = certain_pairs([WANG, *records])
    assert len(pairs) == 200
    assert {pair.left for pair in pairs} == {"p1"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"names": ("Xiaoming WANG",)}, Verdict.SAME),
        ({"names": ("WANG XIAO MING",)}, Verdict.SAME),
        ({"names": ("WANG XIAOMNIG",)}, Verdict.SAME),
        ({"birth": "1980-01-05"}, Verdict.SAME),
        ({"birth": "1980"}, Verdict.DOUBTFUL),
        ({"birth": "1980-05-02", "sex": ""}, Verdict.DOUBTFUL),
        ({"birth": "1965-12-24"}, None),
        ({"names": ("ZHANG LIHUA",)}, None),
        ({"names": ("WANG LIHUA",), "sex": "F"}, None),
    ],
)
def test_without_a_document_the_rest_decides(change, expected):
    assert verdict(WANG, replace(NEW, documents=(), **change)) is expected


def test_transposed_digits_of_a_number_are_found():
    typo = replace(NEW, documents=(Document("E12345687", "CHN"),), birth="", names=("WANG XIAOMINGG",))
    assert verdict(WANG, typo) is not None


@pytest.mark.parametrize("change", [{"birth": "1980-05-02"}, {"sex": "F"}, {"names": ("GARCIA LOPEZ",)}])
@pytest.mark.parametrize("state", ["CHN", ""])
def test_likeness_joins_nobody_whom_the_number_did_not(change, state):
    """Each of three contradicts the others or one of them; the number alone compares them with the first."""
    document = (Document("E12345678", state),)
    told = [replace(NEW, id=f"r{n}", documents=document) for n in range(3)]
    held = replace(WANG, birth="1961-11-23")
    assert {frozenset((pair.left, pair.right)) for pair in link([held, told[0], *OTHERS]).same} == set()
    contrary = [told[0], replace(told[1], **change), *OTHERS]
    assert link(contrary).same == ()
    assert link([held, *contrary]).same == ()
    assert link([told[0], told[1], *OTHERS]).same


def test_whoever_contradicts_both_of_two_holders_is_joined_to_neither():
    second = replace(WANG, id="p4", birth="1961-11-23")
    assert link([WANG, second, replace(NEW, birth="1980-05-02"), *OTHERS]).same == ()
    # With the birth date of one, it is that one.
    (pair,) = link([WANG, second, NEW, *OTHERS]).same
    assert (pair.left, pair.right) == ("p1", "r1")


def test_single_names_and_connecting_words():
    single = LinkRecord("p8", ("Suharti",), birth="1960-01-02", sex="F", nationality="TLS", is_known=True)
    assert verdict(single, replace(single, id="r8", is_known=False)) is Verdict.SAME
    ahmad = LinkRecord(
        "p9", ("Ahmad bin Ismail",), birth="1979-09-09", sex="M", nationality="MYS", is_known=True
    )
    assert verdict(ahmad, replace(ahmad, id="r9", names=("AHMAD ISMAIL",), is_known=False)) is Verdict.SAME


def test_known_persons_are_not_compared_with_one_another():
    twin = replace(WANG, id="p7")
    assert link([WANG, twin]).pairs == ()
    assert certain_pairs([WANG, twin]) == ()


def test_the_same_records_in_any_order_give_the_same_pairs():
    records = [WANG, NEW, replace(NEW, id="r2", documents=(), birth="1980"), *OTHERS]
    assert link(records) == link(reversed(records))
    assert link(records).model == trained()["version"]


def test_more_persons_around_do_not_change_a_pair():
    doubtful = replace(NEW, documents=(), birth="1980")
    many = [replace(OTHERS[0], id=f"q{n}", names=(f"NAMA {'ABCDEFGHIJ'[n % 10] * 3}",)) for n in range(50)]
    assert link([WANG, doubtful]).pairs == link([WANG, doubtful, *many]).pairs


def test_nothing_to_link_is_no_error():
    assert link([]).pairs == ()
    assert link([NEW]).pairs == ()
    assert link([LinkRecord("r1", ()), LinkRecord("r2", ("?",))]).pairs == ()


def test_reasons_are_sentences_and_add_up_to_the_weight():
    (pair,) = link([WANG, replace(NEW, documents=(), birth="1980-01-05")]).pairs
    assert {item.field for item in pair.evidence} >= {"name", "birth", "sex", "nationality"}
    assert all(item.sentence.endswith(".") for item in pair.evidence)
    prior = settings(trained())["probability_two_random_records_match"]
    weight = sum(item.weight for item in pair.evidence) + log2(prior / (1 - prior))
    assert pair.match_weight == pytest.approx(weight, abs=0.01)
    assert pair.probability == pytest.approx(1 / (1 + 2**-weight), abs=0.001)


def test_nationality_only_ever_speaks_as_agreement():
    """No rule blocks, ranks or selects by it: one comparison for equality is all there is."""
    assert not any("nationality" in rule for rule in BLOCKING)
    (own,) = (one for one in COMPARISONS if one.field == "nationality")
    assert [level.condition for level in own.levels] == ["nationality_l = nationality_r", ""]
    for one in COMPARISONS:
        if one is not own:
            assert not any("nationality" in level.condition for level in one.levels)


@pytest.mark.parametrize(("one", "other"), [("CHN", "JPN"), ("MYS", "XXA"), ("D", "NGA")])
def test_swapping_nationalities_changes_nothing(one, other):
    def pairs(nation):
        left = replace(WANG, nationality=nation, documents=())
        return link([left, replace(left, id="r1", is_known=False, birth="1980")]).pairs

    assert pairs(one) == pairs(other)


def test_every_level_has_trained_numbers():
    for one in COMPARISONS:
        for level in one.levels:
            m, u = trained()["levels"][one.field][level.name]
            assert 0 < m <= 1
            assert 0 < u <= 1


@given(st.text(max_size=40), st.from_regex(re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?"), fullmatch=True))
def test_any_name_and_birth_makes_columns(name, birth):
    row = columns_of(LinkRecord("r", (name,), birth=birth))
    assert len(row) == len(COLUMNS)


def test_what_users_are_told_of_the_quality_is_what_can_be_measured():
    """A smaller world than the benchmark's, so with room for chance."""
    records, truth = labelled(7, 1500)
    links = link(records)
    right = [pair for pair in links.same if truth[pair.left] == truth[pair.right]]
    told = quality()
    assert len(right) / len(links.same) == pytest.approx(told.precision_joined, abs=0.01)
    assert told.precision_joined > 0.99
    assert told.recall_joined < told.recall_shown < 1


def met(*records):
    return [row[0] for row in meeting([columns_of(record) for record in records])]


def test_who_agrees_with_nobody_new_is_not_taken_to_the_database():
    swapped = replace(NEW, id="r2", names=("ZHANG",), documents=(), birth="1980-01-05")
    assert met(WANG, NEW, *OTHERS) == ["p1", "r1"]
    assert met(WANG, swapped, *OTHERS) == ["p1", "r2"]
    assert met(WANG, replace(WANG, id="p7")) == []
    assert met(NEW, *OTHERS) == []


@pytest.mark.parametrize("rule", BLOCKING)
def test_every_pair_that_is_looked_at_agrees_in_a_key_of_meeting(rule):
    compared = {name for key in re.findall(r"l\.(\w+) = r\.(\w+)(?= AND)", rule) for name in key}
    assert compared & set(MEETING)
    assert not re.search(r" OR ", rule)


def test_lists_compared_at_once_do_not_see_each_other():
    lists = [[WANG, replace(NEW, id=f"r{number}", documents=())] for number in range(8)]
    alone = [link(records) for records in lists]
    with ThreadPoolExecutor(4) as workers:
        assert list(workers.map(link, lists)) == alone
    assert [[pair.right for pair in links.pairs] for links in alone] == [[f"r{n}"] for n in range(8)]
