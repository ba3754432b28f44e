"""How a fault of ours is written down: where it happened and of which kind, never what it happened to (P34).

The words of an exception often quote a row ("Key (document_number)=(…) already exists"), so they stay out
of the log. What a database says of the place (code, table, constraint) holds no data and goes in.
"""

import logging
import traceback
from http import HTTPStatus
from types import TracebackType
from typing import Final

FORMAT: Final = "{asctime} {levelname} {name} {message}"
PLACES: Final = ("table_name", "column_name", "constraint_name")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class FaultFormatter(logging.Formatter):
    """Writes a traceback without the words of its exceptions."""

    def __init__(self) -> None:
        super().__init__(FORMAT, style="{")

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name logging gives it
        """Return frames and kinds, the causes first, as Python would."""
        told: list[str] = []
        fault, seen = ei[1], set[int]()
        while fault is not None and id(fault) not in seen:
            seen.add(id(fault))
            frames = "".join(traceback.format_tb(fault.__traceback__)).rstrip()
            told.append(f"{frames}\n{_kind(fault)}".lstrip("\n"))
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\n---\n".join(reversed(told))


def is_told(record: logging.LogRecord) -> bool:
    """Leave out each page that could not be served while the database was away: that is told once."""
    return getattr(record, "status_code", None) != HTTPStatus.SERVICE_UNAVAILABLE


def _kind(fault: BaseException) -> str:
    diag = getattr(fault, "diag", None)
    found = (getattr(diag, "sqlstate", None), *(getattr(diag, place, None) for place in PLACES))
    places = " ".join(text for text in found if text)
    return f"{type(fault).__module__}.{type(fault).__qualname__} {places}".rstrip()
