"""A page's form as a browser would send it untouched: what is filled in, chosen and ticked."""

from html.parser import HTMLParser

from timpora.interface.console.scenario.caller import Fields

Attrs = list[tuple[str, str | None]]


class _Reader(HTMLParser):
    """Collects the controls of the one form whose action ends as asked."""

    def __init__(self, action_ends: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.action = ""
        self._ends = action_ends
        self._is_inside = False
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: Attrs) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = about.get("action", "").endswith(self._ends)
            self.action = about.get("action", "") if self._is_inside else self.action
        elif self._is_inside:
            self._control(tag, about)

    def _control(self, tag: str, about: dict[str, str]) -> None:
        if tag == "select":
            self._select = about.get("name", "")
        elif tag == "option" and self._select and "selected" in about:
            self.fields[self._select] = [about.get("value", "")]
        elif tag == "textarea":
            self._area = about.get("name", "")
        elif tag == "input" and about.get("name"):
            self._input(about)

    def _input(self, about: dict[str, str]) -> None:
        kind = about.get("type", "text")
        if kind in {"submit", "button", "file"} or (kind in {"radio", "checkbox"} and "checked" not in about):
            return
        self.fields.setdefault(about["name"], []).append(about.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields.setdefault(self._area, []).append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def form_read(page: str, action_ends: str) -> tuple[str, Fields]:
    """Return action and fields of the form whose action ends with `action_ends`; empty if there is none."""
    reader = _Reader(action_ends)
    reader.feed(page)
    return reader.action, {
        name: values for name, values in reader.fields.items() if name != "csrfmiddlewaretoken"
    }
