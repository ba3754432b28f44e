"""A Berita Acara of the field: from a report's content alone, so that phone and server print the same.

`interface/field/static/field/minutes.js` computes the same bytes; whoever changes one changes both. A report
holds what it prints: place, order and officers as the phone knew them (`minutes`), persons, what was found,
and for each who signed the strokes of the pen, or why there are none. Whoever was referred reads no more than
that, since others may look on, and no paper tells of photos, which may lie under a seal (P26).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NotRequired, TypedDict

from timpora.domain.minutes_words import FORMS, Form
from timpora.domain.paper import Paper, printable, width_of, wrapped

LEFT: Final = 57
RIGHT: Final = 538
VALUES: Final = 225
TOP: Final = 785
BOTTOM: Final = 84
LEADING: Final = 13
FIELD: Final = (220, 70)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Whatever was done with them, the paper says that they were referred, and not to whom.
PASSED_ON: Final = frozenset(
    {"dirujuk_disnaker", "dirujuk_polri", "dirujuk_pelindungan", "dicatat_pengungsi"}
)


class Signature(TypedDict):
    """Strokes on glass, or a state and its reason."""

    signed_at: str
    strokes: NotRequired[list[list[int]]]
    state: NotRequired[str]
    because: NotRequired[str]


class Found(TypedDict):
    """One finding."""

    kind: str


class Step(TypedDict):
    """A step of the SOP, as far as a language was spoken."""

    language: NotRequired[str]
    interpreter: NotRequired[bool]


class Checked(TypedDict):
    """A person of the report."""

    outcome: str
    name: NotRequired[str]
    birth: NotRequired[str]
    nationality: NotRequired[str]
    sex: NotRequired[str]
    document_state: NotRequired[str]
    document_number: NotRequired[str]
    findings: NotRequired[list[Found]]
    signs: NotRequired[list[str]]
    signature: NotRequired[Signature]


class InCharge(TypedDict):
    """Whoever answers for the place."""

    name: str
    role: NotRequired[str]
    signature: Signature


class Told(TypedDict):
    """Place, office, order and officers as the phone knew them."""

    form: int
    place: str
    address: NotRequired[str]
    office: str
    order: str
    officers: list[str]
    zone: str


class Content(TypedDict, total=False):
    """What of a report's content is printed."""

    minutes: Told
    in_charge: InCharge
    checked: list[Checked]
    findings: list[Found]
    steps: list[Step]
    headcount: int


def signed_positions(content: Content) -> list[int]:
    """Return for whom there is a Berita Acara: persons from 1 on, 0 for whoever is in charge of the place."""
    if not content.get("minutes"):
        return []
    persons = [at for at, one in enumerate(content.get("checked", []), start=1) if one.get("signature")]
    return [*([0] if content.get("in_charge") else []), *persons]


def minutes_pdf(content: Content, *, sha256: str, number: str, position: int) -> bytes:
    """Return the Berita Acara of one who signed or declined; `sha256` and `number` are the content's own."""
    sheet = _Minutes(FORMS[content["minutes"]["form"]])
    sheet.heading(number)
    if position:
        _person(sheet, content, content["checked"][position - 1])
    else:
        _premises(sheet, content, content["in_charge"])
    return sheet.closed(sha256, number)


def _person(sheet: "_Minutes", content: Content, one: Checked) -> None:
    sheet.facts(content, one["signature"])
    sheet.person(one)
    sheet.found(_outcome(one), one.get("findings", []))
    sheet.rights()
    sheet.signature(one.get("name", ""), one["signature"], content["minutes"]["zone"])


def _premises(sheet: "_Minutes", content: Content, one: InCharge) -> None:
    sheet.facts(content, one["signature"])
    sheet.premises(one, content)
    sheet.found("", content.get("findings", []))
    sheet.signature(one["name"], one["signature"], content["minutes"]["zone"])


def _outcome(one: Checked) -> str:
    is_referred = bool(one.get("signs")) or one["outcome"] in PASSED_ON
    return "dirujuk" if is_referred else str(one["outcome"])


class _Minutes:
    """One Berita Acara in progress, from the top down."""

    def __init__(self, words: Form) -> None:
        self.words = words
        self.paper = Paper()
        self.y = TOP

    def heading(self, number: str) -> None:
        title, english = self.words["said"]["title"]
        self.paper.line(title, x=LEFT, y=self.y, size=14, is_bold=True)
        self.paper.line(english, x=LEFT, y=self.y - 14, size=9)
        self.y -= 22
        self.paper.rule(x=LEFT, y=self.y, width=RIGHT - LEFT)
        self.y -= 18
        self.pair("receipt", number)

    def facts(self, content: Content, signature: Signature) -> None:
        told = content["minutes"]
        self.pair("at", self.hour(signature["signed_at"], told["zone"], is_whole=True))
        self.pair("place", ", ".join(part for part in (told["place"], told.get("address", "")) if part))
        self.pair("office", told["office"])
        self.pair("order", told["order"])
        self.pair("officers", ", ".join(told["officers"]))
        spoken = next((step for step in content.get("steps", []) if step.get("language")), None)
        if spoken is not None:
            with_help = f", {self.words['interpreter']}" if spoken.get("interpreter") else ""
            self.pair("language", f"{spoken['language']}{with_help}")

    def person(self, one: Checked) -> None:
        unknown = self.words["unknown"]
        self.section("person")
        self.pair("name", one.get("name") or unknown)
        self.pair("birth", one.get("birth") or unknown)
        self.pair("nationality", one.get("nationality") or unknown)
        self.pair("sex", self.words["sexes"].get(one.get("sex", ""), unknown))
        document = " ".join(part for part in (one.get("document_state"), one.get("document_number")) if part)
        self.pair("document", document or self.words["none"])

    def premises(self, one: InCharge, content: Content) -> None:
        self.section("premises")
        self.pair("name", one["name"])
        self.pair("role", one.get("role") or self.words["unknown"])
        self.pair("counted", str(content.get("headcount", 0)))
        self.pair("recorded", str(len(content.get("checked", []))))

    def found(self, outcome: str, findings: Sequence[Found]) -> None:
        self.section("result")
        if outcome:
            self.pair("outcome", " / ".join(self.words["outcomes"][outcome]))
        said = self.words["findings"]
        lines = [" / ".join(said[one["kind"]]) for one in findings]
        self.pair("findings", "; ".join(lines) or self.words["none"])
        self.both(self.words["said"]["no_accusation"])

    def rights(self) -> None:
        self.section("rights_title")
        for sentence in self.words["rights"]:
            self.both(sentence)

    def signature(self, name: str, told: Signature, zone: str) -> None:
        width, height = FIELD
        self.need(height + 70)
        self.section("signature")
        self.pair("signed_at", self.hour(told["signed_at"], zone, is_whole=False))
        if told.get("strokes"):
            self.y -= height - 6
            self.paper.frame(x=LEFT, y=self.y, width=width, height=height)
            for stroke in told["strokes"]:
                # The glass counts down from 320, in 1000 to its width; the paper up, in tenths of a point.
                points = [n * 2 if at % 2 == 0 else (320 - n) * 2 for at, n in enumerate(stroke)]
                self.paper.stroke(points, x=LEFT + 10, y=self.y + 3)
            self.y -= 14
        else:
            self.pair(told.get("state", ""), "")
            self.pair("because", told.get("because", ""))
        self.text(name or self.words["unknown"], size=10)

    def closed(self, sha256: str, number: str) -> bytes:
        count = len(self.paper.sheets)
        for at in range(count):
            lines = [*self.words["said"]["computed"], f"{self.words['content']}: {sha256}"]
            for n, line in enumerate([*lines, f"{self.words['sheet']} {at + 1}/{count} - {number}"]):
                self.paper.foot(at, printable(line), x=LEFT, y=BOTTOM - 22 - 10 * n, size=7)
        return self.paper.pdf(f"{self.words['said']['title'][0]} {number}")

    def hour(self, instant: str, zone: str, *, is_whole: bool) -> str:
        at = EPOCH + (datetime.fromisoformat(instant) - EPOCH) // timedelta(minutes=1) * timedelta(minutes=1)
        here = at + timedelta(hours=self.words["zones"][zone])
        day = f"{self.words['days'][here.isoweekday() % 7]}, {here:%d-%m-}{here.year:04d}, "
        return f"{day if is_whole else ''}{here:%H.%M} {zone}"

    def need(self, height: int) -> None:
        if self.y - height < BOTTOM:
            self.paper.turn()
            self.y = TOP

    def section(self, key: str) -> None:
        self.need(3 * LEADING + 6)
        self.y -= 6
        title, english = self.words["said"][key]
        self.paper.line(title, x=LEFT, y=self.y, size=11, is_bold=True)
        self.paper.line(english, x=LEFT + 12 + width_of(title) * 12 // 1000, y=self.y, size=8)
        self.y -= LEADING + 3

    def pair(self, key: str, value: str) -> None:
        lines = wrapped(printable(value), size=10, width=RIGHT - VALUES)
        title, english = self.words["said"][key]
        for at, line in enumerate(lines):
            self.need(LEADING)
            if at == 0:
                self.paper.line(f"{title} / {english}", x=LEFT, y=self.y, size=8)
            self.paper.line(line, x=VALUES, y=self.y, size=10)
            self.y -= LEADING

    def both(self, sentence: Sequence[str]) -> None:
        self.text(sentence[0], size=9)
        self.text(sentence[1], size=8)
        self.y -= 3

    def text(self, text: str, *, size: int) -> None:
        for line in wrapped(printable(text), size=size, width=RIGHT - LEFT):
            self.need(LEADING)
            self.paper.line(line, x=LEFT, y=self.y, size=size)
            self.y -= size + 2
