"""What an officer reads off a page: the number of what he made, the value of a choice."""

import html
import re

from timpora.interface.console.scenario.caller import Answer

UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"


class StageBroken(Exception):
    """A page did not hold what the stage needs; the message names it."""


def last_id(answer: Answer, after: str) -> str:
    """Return the number that follows `after` in the address, or else on the page."""
    found = re.search(rf"/{after}/({UUID})", answer.address) or re.search(rf"/{after}/({UUID})", answer.text)
    if found is None:
        raise StageBroken(f"Halaman {answer.address} tidak menyebut nomor {after}.")
    return found.group(1)


def option(page: str, label: str) -> str:
    """Return the value of the option or box whose words begin with `label`."""
    for value, words in re.findall(rf'value="({UUID})"[^>]*>\s*([^<]+)', html.unescape(page)):
        if words.strip().startswith(label):
            return str(value)
    raise StageBroken(f"Formulir tidak menawarkan {label!r}.")
