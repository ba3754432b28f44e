"""A point that is pasted whole fills both fields at once, as the server would split it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.unit.domain.test_coordinates import NO_POINTS, POINTS

pytestmark = pytest.mark.journey
SCRIPT = Path(__file__).parents[2] / "timpora/interface/web/static/js/place_map.js"
# Paste a text into the first field, and tell what the two hold then.
PASTE = """(text) => {
  const [lat, lng] = ["lat", "lng"].map((name) => document.querySelector(`#id_${name}`));
  lat.value = lng.value = "";
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", text);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  const isLeft = lat.dispatchEvent(event);
  return [lat.value, lng.value, isLeft];
}"""


def test_the_browser_splits_what_the_server_splits(browser: Browser):
    page = browser.new_page()
    page.set_content('<input id="id_lat"><input id="id_lng">')
    page.add_script_tag(content=SCRIPT.read_text("utf-8"))
    for text, point in POINTS:
        lat, lng, _is_left = page.evaluate(PASTE, text)
        assert (float(lat), float(lng)) == point, text
    for text in NO_POINTS:
        assert page.evaluate(PASTE, text) == ["", "", True], text
    page.close()
