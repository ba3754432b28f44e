"""How the office writes instants, days, figures and names; every screen writes them this way."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.templatetags.static import static
from django.utils import numberformat
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.domain.periods import end_text
from timpora.domain.territory import ZONE_LABELS
from timpora.kernel import clock
from timpora.kernel.lawbook.store import lawbook

register = template.Library()

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
HIDDEN_LETTERS = 5
PHONE_PLACES = 4
HOUR_MINUTES = 60
ALIKE = 0.5
DAY_WRITTEN = re.compile(r"\b[0-9]{2}-[0-9]{2}-[0-9]{4}\b")
DAY_MINUTES = 24 * HOUR_MINUTES
TONE_ICONS = {
    "neutral": "circle",
    "info": "info-circle",
    "waiting": "hourglass",
    "good": "circle-check",
    "caution": "alert-triangle",
    "stop": "ban",
}


def _zone(name: object) -> ZoneInfo:
    if isinstance(name, ZoneInfo):
        return name
    return ZoneInfo(ZONES.get(str(name), str(name)) if name else ZONES["WIB"])


def _short(zone: ZoneInfo, at: datetime) -> str:
    return ZONE_LABELS.get(zone.key) or at.tzname() or zone.key


def _near(day: date, today: date) -> str:
    names = {0: _("hari ini"), -1: _("kemarin"), 1: _("besok")}
    return names.get((day - today).days, f"{day:%d-%m-%Y}")


@register.filter
def when(at: datetime | None, zone: object = "WIB") -> SafeString | str:
    """Write an instant as people of its place say it; the exact instant is in the title.

    `zone` is the zone of the place concerned: WIB, WITA, WIT or an IANA name.
    """
    if at is None:
        return _("belum diketahui")
    place = _zone(zone)
    local = at.astimezone(place)
    short = _short(place, local)
    said = f"{_near(local.date(), clock.now().astimezone(place).date())} {local:%H.%M} {short}"
    exact = f"{local:%d-%m-%Y %H.%M.%S} {short} (UTC{local:%z})"
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), exact, said)


@register.filter
def span_end(ends: datetime) -> str:
    """Write the local hour at which a span ends; midnight is 24.00 of the day before."""
    return end_text(ends)


@register.filter
def ago(at: datetime | None, zone: object = "WIB") -> SafeString | str:
    """Write how long ago an instant was ("3 jam lalu"), for the age of a list or of a silence."""
    if at is None:
        return _("belum pernah")
    local = at.astimezone(_zone(zone))
    exact = f"{local:%d-%m-%Y %H.%M.%S} {_short(_zone(zone), local)}"
    age = _age(clock.now() - at)
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), exact, age)


def _age(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    if minutes < 1:
        return _("baru saja")
    if minutes >= DAY_MINUTES:
        days = minutes // DAY_MINUTES
        return ngettext("%(n)s hari lalu", "%(n)s hari lalu", days) % {"n": days}
    if minutes >= HOUR_MINUTES:
        hours = minutes // HOUR_MINUTES
        return ngettext("%(n)s jam lalu", "%(n)s jam lalu", hours) % {"n": hours}
    return ngettext("%(n)s menit lalu", "%(n)s menit lalu", minutes) % {"n": minutes}


@register.filter
def day(value: date | datetime | None, zone: object = "") -> str:
    """Write a day as dd-mm-yyyy; an instant is first brought to the zone of its place."""
    if value is None:
        return _("tidak diketahui")
    if isinstance(value, datetime):
        value = value.astimezone(_zone(zone))
    return f"{value:%d-%m-%Y}"


@register.filter
def whole_days(text: str) -> SafeString:
    """Write a sentence in which no line breaks within a day."""
    return mark_safe(DAY_WRITTEN.sub(r'<span class="nowrap">\g<0></span>', escape(text)))  # noqa: S308 - escaped


@register.filter
def last_day(ends: date | None) -> date | None:
    """Return the last day of a half-open period, the one that people name."""
    return ends - timedelta(days=1) if ends else None


@register.filter
def due(on: date | None, zone: object = "WIB") -> SafeString | str:
    """Write a deadline in calendar days with its date: "3 hari lagi (27-08-2024)"."""
    if on is None:
        return _("tanpa tenggat")
    left = (on - clock.now().astimezone(_zone(zone)).date()).days
    return due_text(on, left, _("hari"))


@register.simple_tag
def due_text(on: date, left: int, unit: str = "") -> SafeString:
    """Write a deadline whose remaining working days the domain has counted; `unit` names them."""
    unit = unit or _("hari kerja")
    if left > 0:
        said = _("%(left)s %(unit)s lagi") % {"left": left, "unit": unit}
    elif left == 0:
        said = _("hari ini")
    else:
        said = _("lewat %(left)s %(unit)s") % {"left": -left, "unit": unit}
    return format_html('<time datetime="{}">{} ({})</time>', on.isoformat(), said, f"{on:%d-%m-%Y}")


@register.simple_tag
def days_left(on: date, zone: object = "WIB") -> int:
    """Count the calendar days until a deadline; negative once it has passed."""
    return (on - clock.now().astimezone(_zone(zone)).date()).days


@register.filter
def number(value: float | Decimal | None) -> str:
    """Write a figure as the office writes it, whatever the language of the page: 40.130 or 12,5.

    Letters, lists and stored sentences have these separators; 1.293 on one page and 1,293 on the next would
    be read as different figures.
    """
    if value is None or value == "":
        return "–"
    return str(numberformat.format(value, ",", grouping=3, thousand_sep=".", force_grouping=True))


@register.filter
def rupiah(value: int | Decimal | None) -> str:
    """Write an amount of money: Rp1.000.000."""
    return "–" if value is None else f"Rp{number(value)}"


@register.filter
def masked(value: str | None) -> str:
    """Hide a name or a number from a reader without the right to it: M••••• A••."""
    words = (value or "").split()
    return " ".join(word[0] + "•" * min(len(word) - 1, HIDDEN_LETTERS) for word in words)


@register.filter
def percent_of(value: float | None, whole: float | None) -> int:
    """Return the whole percent that `value` is of `whole`, rounded down so that 100 means all."""
    return math.floor(100 * value / whole) if value and whole else 0


@register.filter
def split(value: str, mark: str = "|") -> list[str]:
    """Cut a string of a template's own into its parts."""
    return [part.strip() for part in value.split(mark)] if value else []


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """Draw an icon of the sprite; without a label it is decoration and hidden from readers."""
    if not label:
        return _decoration(name, size)
    pattern = '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>'
    shape, href = _drawn(name, size)
    return format_html(pattern, shape, label, href)


@lru_cache(maxsize=512)
def _decoration(name: str, size: str) -> SafeString:
    """Draw an icon that says nothing; a page shows dozens, and there are only so many of them."""
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', *_drawn(name, size))


def _drawn(name: str, size: str) -> tuple[str, str]:
    """Return the class of an icon and the address of its drawing."""
    return "icon" if not size else f"icon icon-{size}", f"{static('icons.svg')}#{name}"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Draw a form's control in the house's dress."""
    widget = field.field.widget
    if is_choices(field):
        # Django puts a group's class on the box around it; the stylesheet knows the group's own boxes.
        return field.as_widget()
    own = str(widget.attrs.get("class", ""))
    return field.as_widget(attrs={"class": f"{own} {_dress(widget)}".strip()})


def _dress(widget: object) -> str:
    match widget:
        case CheckboxInput():
            return "form-check-input"
        case FileInput():
            return "form-control drop-input"
        case Select():
            return "form-select"
        case _:
            return "form-control"


@register.filter
def is_choices(field: BoundField) -> bool:
    """Say whether a field is a group of boxes, which needs a legend and not a label."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_box(field: BoundField) -> bool:
    """Say whether a field is a single box, whose label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def tone_icon(name: str) -> str:
    """Return the icon of a tone; any other name is an icon already."""
    return TONE_ICONS.get(name, name)


@register.filter
def said_day(value: date | str) -> str:
    """Write a day, or pass on one that is only partly known ("1985", "03-1985") as it was said."""
    return day(value) if isinstance(value, date) else value


@register.filter
def plain_number(value: float | Decimal) -> str:
    """Write a figure for a machine, whatever the language: 0.5 and not 0,5."""
    return str(value)


@register.filter
def cite_label(cite: object) -> str:
    """Return how an article is named, also where only its id is at hand; an unknown id stands for itself."""
    if not isinstance(cite, str):
        return str(getattr(cite, "label", cite))
    versions = lawbook().texts.get(cite)
    return versions[-1].label if versions else cite


@register.filter
def cite_url(cite: object) -> str:
    """Return the page of an article of law."""
    return str(getattr(cite, "url", "") or f"/hukum/{getattr(cite, 'id', cite)}")


@register.simple_tag
def marked(value: str | None, other: str | None) -> SafeString:
    """Write `value` with the characters marked in which it differs from `other`.

    Two texts with little in common are simply different: marks all over them would hide that.
    """
    if not value:
        return format_html('<span class="unknown">{}</span>', _("tidak diketahui"))
    if not other:
        return escape(value)
    matcher = SequenceMatcher(None, value, other, autojunk=False)
    if matcher.ratio() < ALIKE:
        return escape(value)
    parts = [
        escape(value[start:end]) if kind == "equal" else format_html("<mark>{}</mark>", value[start:end])
        for kind, start, end, _from, _to in matcher.get_opcodes()
        if end > start
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above.


@register.filter
def message_tone(message: Message) -> str:
    """Return the tone of a message to the officer, from the level it was written with."""
    return {"error": "stop", "warning": "caution", "info": "info"}.get(message.level_tag, "good")


@register.filter
def message_undo(message: Message) -> str:
    """Return where an act can be undone: the writer gives `extra_tags="undo:<address>"`."""
    tags = message.extra_tags or ""
    return tags.removeprefix("undo:") if tags.startswith("undo:") else ""


@register.filter
def phone_places(nav: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Choose what a phone's bottom bar shows: all of four places, else three and room for the rest."""
    if len(nav) <= PHONE_PLACES:
        return list(nav)
    liked = [place for place in nav if place.get("is_on_phone")]
    rest = [place for place in nav if not place.get("is_on_phone")]
    return [*liked, *rest][: PHONE_PLACES - 1]
