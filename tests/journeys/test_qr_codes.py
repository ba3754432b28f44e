"""What the phone reads of a QR and what it takes it for: the form's modules in a page without network."""

import pytest
from playwright.sync_api import Page

from benchmarks.qr import TEXTS, TROUBLES, code
from timpora.kernel.documents.token import token_read

pytestmark = pytest.mark.journey
MEASURE = "async (told) => (await import('/benchmarks/qr/measure.js')).measured(told)"
TOLD = """async ([texts, ours]) => {
  const { toldOf } = await import("/timpora/interface/field/static/field/qr/codes.js");
  return texts.map((text) => toldOf(text, ours));
}"""
READ = """async (typed) => {
  const { codeRead } = await import("/timpora/interface/field/static/field/qr/codes.js");
  return typed.map(codeRead);
}"""
OURS = {
    "letters": "https://timpora.example/v/",
    "receipts": "https://timpora.example/tugas/tanda-terima/",
}
CODE, REPORT = "7KQM-29XT-BHRW-4E6P", "0d9c7a4e-7c1f-4f2e-9a4b-0a3f7c2b9d11"


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_film_of_a_code_is_read_and_never_wrongly(pictures: Page, trouble: str):
    codes = [code(text) for text in TEXTS]
    asked = {"codes": codes, "turns": 1, "seed": 77, "how": TROUBLES[trouble] | {"width": 640, "height": 480}}
    read = pictures.evaluate(MEASURE, asked)
    assert (read["wrong"], read["unread"], read["right"]) == ([], [], len(TEXTS))


def test_a_code_that_lies_still_is_looked_at_in_several_ways(pictures: Page):
    codes = [code(text) for text in TEXTS]
    asked = {"codes": codes, "turns": 1, "frames": 4, "isStill": True, "seed": 77, "how": TROUBLES["turned"]}
    read = pictures.evaluate(MEASURE, asked)
    assert (read["wrong"], read["unread"], read["right"]) == ([], [], len(TEXTS))
    assert read["frames"] > len(TEXTS)


def test_what_is_no_code_or_harmed_beyond_repair_is_not_read(pictures: Page):
    letter = code(TEXTS[0])
    striped = {"text": "", "rows": ["01" * 16 + "0", "10" * 16 + "1"] * 16 + ["01" * 16 + "0"]}
    asked = {"codes": [letter], "turns": 2, "frames": 8, "how": {"grade": 0, "harm": 0.4}}
    broken = pictures.evaluate(MEASURE, asked)
    none = pictures.evaluate(MEASURE, asked | {"codes": [striped], "how": {"grade": 0}})
    assert (broken["right"], broken["wrong"], none["wrong"], none["frames"]) == (0, [], [], 16)


def test_what_a_qr_is_follows_from_its_shape_and_whose_from_its_host(pictures: Page):
    asked = {
        f"https://timpora.example/v/{CODE}": ("letter", True),
        # The host is the same where an older letter says http; the address that is opened is ours.
        f"http://TIMPORA.example/v/{CODE.lower()}": ("letter", True),
        f"https://timpora.example:8443/v/{CODE}": ("letter", False),
        f"https://timpora.example.evil/v/{CODE}": ("letter", False),
        f"https://timpora.example/other/v/{CODE}": ("letter", False),
        f"http://10.0.0.7:8443/timpora/v/{CODE}": ("letter", False),
        f"https://timpora.example/tugas/tanda-terima/{REPORT}": ("receipt", True),
        f"https://evil.example/tugas/tanda-terima/{REPORT}": ("receipt", False),
        # None of these is what we print, so none of them is a letter.
        f"https://timpora.example/v/{CODE}?lanjut=https://evil.example": ("address", None),
        f"https://timpora.example/v/{CODE}#x": ("address", None),
        f"https://timpora.example@evil.example/v/{CODE}": ("address", None),
        f"https://timpora.example/v/{CODE}0": ("address", None),
        f"https://timpora.example/v/{CODE}/x": ("address", None),
        f"https://timpora.example/v/..%2f{CODE}": ("address", None),
        "https://timpora.example/tugas/tanda-terima/1": ("address", None),
        "javascript:alert(1)": ("text", None),
        f"intent://timpora.example/v/{CODE}": ("text", None),
        CODE: ("text", None),
        "https://": ("text", None),
        "": ("text", None),
    }
    told = pictures.evaluate(TOLD, [list(asked), OURS])
    assert {text: (one["kind"], one.get("isOurs")) for text, one in zip(asked, told, strict=True)} == asked
    hosts = [one["host"] for one in pictures.evaluate(TOLD, [[f"https://tımpora.example/v/{CODE}"], OURS])]
    assert hosts == ["xn--tmpora-p9a.example"]


def test_nothing_hides_in_what_is_shown_and_it_ends(pictures: Page):
    told = pictures.evaluate(TOLD, [["a\u202eb\u200bc\x00d \n\t e" + "ü" * 600, "\U0001f600" * 501], OURS])
    assert told[0]["text"].startswith("a\ufffdb\ufffdc\ufffdd e")
    assert [(len(one["text"]), one["more"]) for one in told] == [(500, 609 - 500), (500, 1)]


def test_signs_that_show_nothing_are_shown_in_a_text_too(pictures: Page):
    # Each breaks a word for whoever searches or compares, and looks like nothing on a screen.
    hidden = "\u034f\u115f\u1160\u17b4\u2800\u3164\uffa0\ufe0f\U000e0100\U000e0041\ufdd0"
    told = pictures.evaluate(TOLD, [[f"a{sign}b" for sign in hidden], OURS])
    assert [one["text"] for one in told] == ["a\ufffdb"] * len(hidden)


def test_the_phone_reads_a_code_as_the_public_page_does(pictures: Page):
    typed = [
        CODE,
        "7kqm29xtbhrw4e6p",
        " 7KQM 29XT\u00a0BHRW\u20134E6P ",
        "7KQM\u201129XT\u2010BHRW\u200b-4E6P",
        "oooo-iiii-llll-0000",
        "7KQM-29XT-BHRW-4E6",
        "7KQM-29XT-BHRW-4E6PU",
        "UUUU-29XT-BHRW-4E6P",
        "",
        "７KQM-29XT-BHRW-4E6P",
        "7KQM_29XT_BHRW_4E6P",
    ]
    assert pictures.evaluate(READ, typed) == [token_read(one) for one in typed]
