"""Settings are typed and loud: a misspelt switch never passes unseen."""

from pathlib import Path

import pytest

from timpora.config.env import Environment, SettingUnreadable


def test_unset_variables_have_their_defaults():
    env = Environment({})
    assert env.text("HOST", "127.0.0.1") == "127.0.0.1"
    assert env.integer("PORT", 8000) == 8000
    assert not env.flag("DEBUG")
    assert env.names("ALLOWED_HOSTS", "a, b,") == ["a", "b"]


def test_set_variables_are_read():
    env = Environment({"TIMPORA_PORT": "81", "TIMPORA_DEBUG": "1", "TIMPORA_DATA": "/srv/data"})
    assert env.integer("PORT", 8000) == 81
    assert env.flag("DEBUG")
    assert env.path("DATA", Path("var")) == Path("/srv/data")
    env.refuse_unknown()


@pytest.mark.parametrize("written", ["yes", "true", "", "2"])
def test_a_flag_is_one_or_zero(written: str):
    with pytest.raises(SettingUnreadable, match="TIMPORA_DEBUG"):
        Environment({"TIMPORA_DEBUG": written}).flag("DEBUG")


@pytest.mark.parametrize("written", ["80a", "", "8.0", "--8"])
def test_a_number_is_whole(written: str):
    with pytest.raises(SettingUnreadable, match="TIMPORA_PORT"):
        Environment({"TIMPORA_PORT": written}).integer("PORT", 8000)


def test_an_unknown_variable_is_refused_and_the_known_ones_named():
    env = Environment({"TIMPORA_DEBGU": "1", "HOME": "/root"})
    env.flag("DEBUG")
    with pytest.raises(SettingUnreadable, match=r"TIMPORA_DEBGU.*TIMPORA_DEBUG"):
        env.refuse_unknown()
