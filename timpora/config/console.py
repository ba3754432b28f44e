"""What the person who starts the system reads while it starts."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LABEL_WIDTH = 24


@dataclass
class Result:
    """How a step went, in a few words."""

    text: str = ""


class Console:
    """Lines on the terminal, one per step."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def say(self, text: str) -> None:
        """Print a line at once, also into a pipe."""
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def note(self, text: str) -> None:
        """Print a remark on the step before, if there is one."""
        if text:
            self.say(f"  {'':{LABEL_WIDTH}} {text}")

    def refuse(self, text: str) -> None:
        """Print why the system does not start."""
        sys.stderr.write(f"Timpora tidak dapat berjalan: {text}\n")

    @contextmanager
    def step(self, label: str) -> Iterator[Result]:
        """Print a step when it is done, with how it went and how long it took."""
        began = time.monotonic()
        result = Result()
        yield result
        self.say(f"  {label:{LABEL_WIDTH}} {result.text} ({seconds(time.monotonic() - began)})")

    def welcome(self, url: str, sign_ins: Path) -> None:
        """Print where the system is and as whom one may look at it."""
        self.say(f"\nSiap dalam {seconds(time.monotonic() - self._began)}: {url}")
        if sign_ins.exists():
            self.say(sign_ins.read_text().rstrip())
        self.say("Ctrl-C untuk menghentikan.\n")


def seconds(value: float) -> str:
    """Return seconds as they are written here, with a decimal comma."""
    return f"{value:.1f} detik".replace(".", ",")
