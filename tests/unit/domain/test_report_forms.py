import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.report_forms import (
    NUMBER_MOST,
    QUESTIONS_MOST,
    REPORT_KINDS,
    TEXT_MOST,
    Choice,
    FormFault,
    Question,
    QuestionKind,
    ReportForm,
    answers_checked,
    form_as_data,
    read_form,
)

DWELLING = {
    "key": "hunian",
    "kind": "pilihan",
    "text_id": "Apa bangunannya?",
    "text_en": "What is the building?",
    "is_required": True,
    "choices": [
        {"key": "mes", "text_id": "Mes pekerja", "text_en": "Workers' lodging"},
        {"key": "rumah", "text_id": "Rumah"},
    ],
}
SEEN = {**DWELLING, "key": "terlihat", "kind": "pilihan_banyak", "is_required": False}
GATE = {"key": "gerbang", "kind": "ya_tidak", "text_id": "Apakah gerbang dijaga?", "is_required": True}
ROOMS = {"key": "kamar", "kind": "angka", "text_id": "Berapa kamar?", "min": 0, "max": 500}
REMARK = {"key": "uraian", "kind": "teks", "text_id": "Uraikan tempatnya.", "max_length": 10}
SINCE = {"key": "sejak", "kind": "tanggal", "text_id": "Sejak kapan dipakai?", "asked_for": ["pemeriksaan"]}
WHOLE = read_form({"questions": [DWELLING, SEEN, GATE, ROOMS, REMARK, SINCE]})

keys = st.from_regex(r"\A[a-z][a-z0-9_]{0,39}\Z")
words = st.text(alphabet="xyz", min_size=1, max_size=20)
maybe = st.just("") | words
numbers = st.integers(-NUMBER_MOST, NUMBER_MOST)
choices = st.lists(st.builds(Choice, keys, words, maybe), min_size=2, max_size=5, unique_by=lambda c: c.key)


@st.composite
def questions(draw):
    kind = draw(st.sampled_from(list(QuestionKind)))
    bounds = sorted((draw(numbers), draw(numbers))) if kind is QuestionKind.NUMBER else (None, None)
    asked = draw(st.sets(st.sampled_from(REPORT_KINDS), min_size=1))
    return Question(
        key=draw(keys),
        kind=kind,
        text_id=draw(words),
        text_en=draw(maybe),
        help_id=draw(maybe),
        help_en=draw(maybe),
        is_required=draw(st.booleans()),
        choices=tuple(draw(choices)) if kind in {QuestionKind.ONE, QuestionKind.MANY} else (),
        min=bounds[0],
        max=bounds[1],
        max_length=draw(st.integers(1, 600)) if kind is QuestionKind.TEXT else None,
        asked_for=tuple(one for one in REPORT_KINDS if one in asked),
    )


forms = st.builds(
    ReportForm,
    st.lists(questions(), max_size=6, unique_by=lambda one: one.key).map(tuple),
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(forms)
def test_a_form_reads_again_as_it_was_written(form):
    data = json.loads(json.dumps(form_as_data(form)))
    assert read_form(data) == form
    assert form_as_data(read_form(data)) == data


@given(values)
def test_whatever_is_sent_for_a_form_is_read_or_refused_in_words(raw):
    for told in (
        raw,
        {"questions": raw},
        {"questions": [raw]},
        {"questions": [{**DWELLING, "choices": raw}]},
    ):
        with suppress(FormFault):
            assert isinstance(read_form(told), ReportForm)


@given(st.dictionaries(st.sampled_from(["hunian", "terlihat", "gerbang", "kamar", "sejak", "x"]), values))
def test_whatever_is_answered_is_taken_or_faulted_once(answers):
    checked = answers_checked(WHOLE, "pemeriksaan", answers)
    faulty = [fault.key for fault in checked.faults]
    assert set(faulty) <= set(answers)
    assert len(set(faulty)) == len(faulty)
    assert set(checked.missing) <= {"hunian", "gerbang"}


def test_an_operation_without_a_form_asks_nothing():
    for raw in (None, {}, {"questions": []}):
        assert read_form(raw) == ReportForm()
    assert form_as_data(ReportForm()) == {}
    assert answers_checked(ReportForm(), "pemeriksaan", {}).faults == ()
    assert [one.key for one in answers_checked(ReportForm(), "pemeriksaan", {"a": 1}).faults] == ["a"]


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("hunian", ["mes", "rumah"], ["hotel", "", ["mes"], None, 1]),
        ("terlihat", [[], ["mes"], ["rumah", "mes"]], ["mes", ["hotel"], ["mes", "mes"], [["mes"]], None]),
        ("gerbang", [True, False], ["ya", 1, 0, None]),
        ("kamar", [0, 500], [-1, 501, True, "7", 7.0, None]),
        ("uraian", ["", "sepuluh ab"], ["sebelas abc", 1, None]),
        ("sejak", ["2024-02-29"], ["2023-02-29", "20240229", "2024-W08-1", "29-02-2024", "", 20240229]),
    ],
)
def test_each_kind_takes_its_own_answers_alone(key, good, bad):
    for answer in good:
        assert answers_checked(WHOLE, "pemeriksaan", {key: answer}).faults == ()
    for answer in bad:
        (fault,) = answers_checked(WHOLE, "pemeriksaan", {key: answer}).faults
        assert fault.key == key
        assert fault.because.endswith(".")


def test_a_required_question_is_missed_until_it_is_answered_and_never_faulted():
    assert answers_checked(WHOLE, "pemeriksaan", {}).missing == ("hunian", "gerbang")
    assert answers_checked(WHOLE, "pemeriksaan", {"gerbang": False}).missing == ("hunian",)
    many = read_form({"questions": [{**SEEN, "is_required": True}, {**ROOMS, "is_required": True}]})
    assert answers_checked(many, "pemeriksaan", {"terlihat": [], "kamar": 0}).missing == ("terlihat",)
    assert answers_checked(many, "pemeriksaan", {}).faults == ()


def test_a_question_is_asked_of_its_own_kinds_of_report():
    assert answers_checked(WHOLE, "pemeriksaan", {"sejak": "2024-08-21"}).faults == ()
    assert [one.key for one in answers_checked(WHOLE, "nihil", {"sejak": "2024-08-21"}).faults] == ["sejak"]
    assert [one.key for one in WHOLE.asked("nihil")] == ["hunian", "terlihat", "gerbang", "kamar", "uraian"]


def test_a_question_is_asked_in_english_where_it_has_it():
    form = read_form({"questions": [{**DWELLING, "help_id": "Dari luar.", "help_en": "From outside."}]})
    dwelling = form.questions[0]
    assert (dwelling.text("id"), dwelling.text("en")) == ("Apa bangunannya?", "What is the building?")
    assert (dwelling.help("id"), dwelling.help("en")) == ("Dari luar.", "From outside.")
    assert [one.text("en") for one in dwelling.choices] == ["Workers' lodging", "Rumah"]
    assert dwelling.choices[0].text("id") == "Mes pekerja"


def test_what_a_form_leaves_open_has_the_bounds_of_the_contract():
    form = read_form({"questions": [{**ROOMS, "min": None, "max": None}, {**REMARK, "max_length": None}]})
    rooms, remark = form.questions
    assert (rooms.least, rooms.most, remark.longest) == (0, NUMBER_MOST, TEXT_MOST)
    assert (WHOLE.questions[3].least, WHOLE.questions[3].most, WHOLE.questions[4].longest) == (0, 500, 10)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("apa saja", "objek"),
        ({**GATE, "colour": "red"}, "colour"),
        ({**GATE, "key": "Gerbang"}, "kunci"),
        ({**GATE, "key": "g" * 41}, "kunci"),
        ({**GATE, "key": None}, "kunci"),
        ({**GATE, "kind": "foto"}, "kind"),
        ({**GATE, "kind": None}, "kind"),
        ({**GATE, "text_id": "  "}, "text_id"),
        ({**GATE, "text_id": "a" * 301}, "text_id"),
        ({**GATE, "text_id": "a\u202eb"}, "text_id"),
        ({**GATE, "text_en": 3}, "text_en"),
        ({**GATE, "is_required": "ya"}, "is_required"),
        ({**GATE, "choices": DWELLING["choices"]}, "pilihan"),
        ({**GATE, "min": 0}, "angka"),
        ({**GATE, "max": 0}, "angka"),
        ({**GATE, "max_length": 5}, "teks"),
        ({**GATE, "asked_for": []}, "asked_for"),
        ({**GATE, "asked_for": ["patroli"]}, "asked_for"),
        ({**GATE, "asked_for": "nihil"}, "asked_for"),
        ({**ROOMS, "min": 2, "max": 1}, "terkecil"),
        ({**ROOMS, "min": True}, "min"),
        ({**ROOMS, "max": NUMBER_MOST + 1}, "max"),
        ({**REMARK, "max_length": TEXT_MOST + 1}, "max_length"),
        ({**REMARK, "max_length": 0}, "max_length"),
        ({**DWELLING, "choices": DWELLING["choices"][:1]}, "pilihan"),
        ({**DWELLING, "choices": "mes"}, "daftar"),
        ({**DWELLING, "choices": DWELLING["choices"] * 2}, "dua kali"),
        ({**DWELLING, "choices": [{"key": f"k{n}", "text_id": "x"} for n in range(21)]}, "20"),
        ({**DWELLING, "choices": [{"key": "a", "text_id": "x", "note": 1}, DWELLING["choices"][0]]}, "note"),
    ],
)
def test_a_faulty_question_is_refused_with_what_to_mend(question, says):
    with pytest.raises(FormFault) as refused:
        read_form({"questions": [question]})
    assert refused.value.message.startswith("Pertanyaan 1")
    assert refused.value.message.endswith(".")
    assert says in refused.value.message


@pytest.mark.parametrize(
    "said",
    ["Apakah ada korban TPPO?", "Kewarganegaraan penghuni?", "Any refugees?", "Agama penghuni", "Ethnicity?"],
)
def test_nothing_is_asked_of_a_place_that_belongs_to_a_person(said):
    for question in (
        {**GATE, "text_id": said},
        {**GATE, "text_en": said},
        {**DWELLING, "choices": [{"key": "a", "text_id": said}, {"key": "b", "text_id": "Lain"}]},
    ):
        with pytest.raises(FormFault, match="ditanyakan pada orangnya"):
            read_form({"questions": [question]})
    assert read_form({"questions": [{**GATE, "text_id": "Toko suku cadang?"}]}).questions


def test_a_form_is_bounded_as_a_whole():
    many = [{**GATE, "key": f"k{n}"} for n in range(QUESTIONS_MOST)]
    assert len(read_form({"questions": many}).questions) == QUESTIONS_MOST
    texts = [{**REMARK, "key": f"t{n}", "max_length": TEXT_MOST} for n in range(10)]
    assert len(read_form({"questions": texts}).questions) == len(texts)
    for questions_raw, says in (
        ([*many, {**GATE, "key": "lagi"}], "30"),
        ([GATE, GATE], "dua kali"),
        ([*texts, REMARK], "20000"),
        ({"a": 1}, "daftar"),
    ):
        with pytest.raises(FormFault, match=says):
            read_form({"questions": questions_raw})
    with pytest.raises(FormFault, match="tidak dikenal"):
        read_form({"questions": [], "title": "x"})
