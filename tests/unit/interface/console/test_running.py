"""Commands beside the running program find it by its data folder, whatever port it was given."""

import pytest

from timpora.interface.console.running import address_of


def test_the_address_is_the_one_noted_in_the_folder(tmp_path):
    (tmp_path / "run.lock").write_text('{"pid": 7, "url": "http://localhost:8471"}')
    assert address_of(tmp_path, 8000) == "http://localhost:8471"


@pytest.mark.parametrize("noted", [None, "", "{", "[]", '{"pid": 7}', '"x"'])
def test_without_a_note_it_is_the_port_of_the_settings(noted, tmp_path):
    if noted is not None:
        (tmp_path / "run.lock").write_text(noted)
    assert address_of(tmp_path, 8001) == "http://127.0.0.1:8001"
