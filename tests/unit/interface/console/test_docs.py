import pytest
from django.core.management import CommandError, call_command

from timpora.interface.console.management.commands.docs import PAGES


def test_the_pages_of_this_project_are_true():
    call_command("docs", "--check")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_stale_page_is_named_and_left_alone_until_it_is_written(name, tmp_path, capsys):
    call_command("docs", folder=tmp_path)
    call_command("docs", "--check", folder=tmp_path)
    (tmp_path / name).write_text("an older word")
    with pytest.raises(CommandError, match=name):
        call_command("docs", "--check", folder=tmp_path)
    assert (tmp_path / name).read_text() == "an older word"
    capsys.readouterr()
    call_command("docs", folder=tmp_path)
    assert capsys.readouterr().out == f"{name} ditulis\n"
    assert (tmp_path / name).read_text() == PAGES[name]()
