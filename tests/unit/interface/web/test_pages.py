"""The style page and the error pages render, and no template asks for what the CSP forbids."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

import timpora.interface
from timpora.interface.web import errors, style
from timpora.kernel.errors import Refusal

INTERFACE = Path(timpora.interface.__file__).parent
TEMPLATES = sorted(INTERFACE.glob("*/templates/**/*.html"))
STATIC = INTERFACE / "web/static"
# style="…", onclick="…", a script or style with a body, javascript: addresses, another host.
FORBIDDEN = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style\b|<script(?![^>]*\bsrc=)|javascript:|\bhx-on|(?:src|href)=["']https?:""",
    re.IGNORECASE,
)


def test_the_rule_tells_good_from_bad() -> None:
    good = (
        '<p class="x" data-open="keys">',
        "<script src=\"{% static 'js/a.js' %}\"></script>",
        "<c-step on>",
    )
    bad = ('<p style="x">', '<p onclick="x">', "<script>x</script>", '<a href="https://cdn.example/x">')
    assert not any(FORBIDDEN.search(text) for text in good)
    assert all(FORBIDDEN.search(text) for text in bad)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(INTERFACE)))
def test_template_keeps_the_policy(path: Path) -> None:
    assert not FORBIDDEN.search(path.read_text())


def test_the_style_page_shows_every_component() -> None:
    page = style.style_page(RequestFactory().get("/gaya")).content.decode()
    assert page.count('class="pill') > 20
    assert "<c-" not in page
    assert "{%" not in page
    assert not FORBIDDEN.search(page.replace("hx-headers", ""))


def test_components_are_all_on_the_style_page_or_in_the_frame() -> None:
    shown = "".join(p.read_text() for p in TEMPLATES if p.parent.name in {"style", "base", "components"})
    names = [p.stem.replace("_", "-") for p in TEMPLATES if p.parent.name == "components"]
    assert [name for name in names if f"<c-{name}" not in shown and name != "icon"] == []


@pytest.mark.parametrize("view", [errors.bad_request, errors.forbidden, errors.not_found])
def test_error_pages_say_what_to_do(view: object) -> None:
    page = view(RequestFactory().get("/x"), None).content.decode()  # type: ignore[operator]
    assert "data-failed" in page
    assert "Ke halaman awal" in page


def test_server_error_needs_no_request_state() -> None:
    page = errors.server_error(RequestFactory().get("/x"))
    assert page.status_code == 500
    assert "Kata-kata yang sudah Anda ketik" in page.content.decode()


def test_expired_form_is_told_apart_from_a_refusal() -> None:
    expired = errors.csrf_failure(RequestFactory().post("/x")).content.decode()
    assert "kedaluwarsa" in expired
    assert "kedaluwarsa" not in errors.forbidden(RequestFactory().get("/x")).content.decode()


def test_refusal_page_prints_the_refusal() -> None:
    class Sample(Refusal):
        code = "sample"
        message = "Alasan <belum> diisi."

    page = render_to_string("422.html", {"refusal": Sample()}, request=RequestFactory().get("/x"))
    assert "Alasan &lt;belum&gt; diisi." in page


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    space = "{http://www.w3.org/2000/svg}"
    carried = {s.get("id") for s in ElementTree.parse(STATIC / "icons.svg").iter(f"{space}symbol")}  # noqa: S314
    named = {
        name
        for path in TEMPLATES
        for pattern in (r'\{% icon "([a-z0-9-]+)"', r'<c-[a-z-]+[^>]*\sicon="([a-z0-9-]+)"')
        for name in re.findall(pattern, path.read_text())
    }
    assert named
    assert named <= carried


def test_vendored_files_name_no_source_map() -> None:
    assert not [
        p
        for p in STATIC.rglob("*")
        if p.suffix in {".css", ".mjs", ".js"} and b"sourceMappingURL" in p.read_bytes()
    ]
