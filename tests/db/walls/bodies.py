"""Bodies for every form of the program, made from its classes and from the pages it shows."""

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import Resolver404, resolve, reverse

from tests.db.walls.addresses import Door, doors, forms_of, names_asked
from tests.db.walls.house import LIST, House
from timpora.interface.web.day_fields import DAY_SHAPE

WORDS = "Alasan yang cukup panjang."
URLENCODED = "application/x-www-form-urlencoded"
Body = tuple[bytes, str]
Filled = dict[str, list[str]]


@dataclass
class Shown:
    """A form as a page shows it: where it goes, and its controls filled as somebody would."""

    action: str
    filled: Filled = field(default_factory=dict)


class Page(HTMLParser):
    """Collects the forms of a page that are sent by POST."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Shown] = []
        self._form: Shown | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take up a form, or a control of the one that is open."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Shown(given.get("action", "")) if given.get("method", "").lower() == "post" else None
            self.forms += [self._form] if self._form else []
        elif self._form and tag == "select":
            self._select = given.get("name", "")
        elif self._form and tag == "option" and self._select and given.get("value"):
            self._form.filled.setdefault(self._select, [given["value"]])
        elif self._form and given.get("name") and tag in {"input", "textarea", "button"}:
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        kind, name, value = given.get("type", "text"), given["name"], given.get("value", "")
        held = self._form.filled
        if kind == "checkbox":
            held.setdefault(name, []).append(value or "on")
        elif kind in {"hidden", "radio"} or tag == "button":
            held.setdefault(name, [value])
        elif given.get("placeholder") == DAY_SHAPE:
            held.setdefault(name, [value or "22-08-2024"])
        elif kind != "file":
            held.setdefault(name, [value or WORDS])

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a select."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""


def likely(found: forms.Field) -> str:
    """Return what somebody would write into a field of this class."""
    if isinstance(found, forms.ChoiceField):
        return next((str(key) for key, _ in found.choices if key), "")
    if isinstance(found, forms.DateField):
        return "2024-08-22"
    if isinstance(found, forms.UUIDField):
        return "0f0e0d0c-0b0a-4908-8706-050403020100"
    return "1" if isinstance(found, forms.IntegerField) else WORDS


@cache
def of_classes(door: Door) -> Filled:
    """Return the fields of the forms in the view's module, filled; names without a form are words."""
    filled = {name: [WORDS] for name in names_asked(door.module)}
    for form in forms_of(door.module):
        filled |= {name: [likely(found)] for name, found in form.base_fields.items()}
    return filled


def of_pages(house: House) -> dict[str, Filled]:
    """Return, by address, the forms that the pages of the house show to whoever may open them."""
    found: dict[str, Filled] = {}
    for door in doors():
        if "GET" not in door.verbs:
            continue
        url = reverse(door.name, kwargs=house.own(door))
        seats = {house.reader(door), house.client("kanim_head")}
        for client in seats:
            answer = client.get(url)
            if answer.status_code == 200 and "html" in answer.get("Content-Type", ""):
                page = Page()
                page.feed(answer.content.decode())
                for shown in page.forms:
                    found.setdefault(_name_of(shown.action or url), {}).update(shown.filled)
    return found


def _name_of(url: str) -> str:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


def files_of(door: Door) -> dict[str, SimpleUploadedFile]:
    """Return a file for each field of the door's forms that takes one."""
    return {
        name: SimpleUploadedFile("daftar.csv", LIST.encode(), "text/csv")
        for form in forms_of(door.module)
        for name, found in form.base_fields.items()
        if isinstance(found, forms.FileField)
    }


def encoded(door: Door, filled: Filled) -> Body:
    """Return the body a browser would send."""
    files = files_of(door)
    if not files:
        return urlencode(filled, doseq=True, errors="surrogatepass").encode(), URLENCODED
    return encode_multipart(BOUNDARY, {**filled, **files}), MULTIPART_CONTENT


def bodies_of(door: Door, pages: dict[str, Filled]) -> dict[str, Body]:
    """Return a body that looks right, an empty one, and one in which every field holds rubbish."""
    right = of_classes(door) | pages.get(door.name, {})
    return {
        "right": encoded(door, right),
        "empty": (b"", URLENCODED),
        "junk": encoded(door, {name: ["\U0001f4a9 <b>&%s{0}"] for name in right}),
    }
