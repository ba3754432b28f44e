"""Office commands begin at once."""

import pkgutil

import pytest
from django.core.management import load_command_class

from timpora.interface.console.command import OfficeCommand
from timpora.interface.console.management import commands

WORDS = [module.name for module in pkgutil.iter_modules(commands.__path__)]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_office_begins_without_reading_all_pages(word: str) -> None:
    command = load_command_class("timpora.interface.console", word)
    assert isinstance(command, OfficeCommand)
    assert not command.requires_system_checks
