"""The root of every refusal: named, worded for the person who is refused, and saying what to do."""

from typing import ClassVar


class Refusal(Exception):
    """The office says no; `code` is stable for machines, `message` is Indonesian for people."""

    code: ClassVar[str] = "timpora.refused"
    message: ClassVar[str] = "Permintaan ini tidak dapat dilaksanakan."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(detail or self.message)

    def __str__(self) -> str:
        return self.detail or self.message
