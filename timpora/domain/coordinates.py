"""A point as people copy it in one piece: two numbers, degrees with minutes, or the address of a map."""

import re
from typing import Final

_POINTED: Final = r"[-+]?[0-9]{1,3}\.[0-9]{1,20}"
_COMMAED: Final = r"[-+]?[0-9]{1,3},[0-9]{1,20}"
# A place that was tapped (`!3d!4d`) says more than the middle of the map (`@`).
_PATTERNS: Final = (
    re.compile(rf"!3d({_POINTED})!4d({_POINTED})"),
    re.compile(rf"/@({_POINTED}),({_POINTED})"),
    re.compile(rf"[?&](?:q|ll|query|mlat)=({_POINTED})(?:,|%2C|&mlon=)({_POINTED})"),
    re.compile(rf"^\(?({_POINTED})(?:\s*[,;]\s*|\s+)({_POINTED})\)?$"),
    # With decimal commas the separator must be another sign, or `-3,44` alone would be two numbers.
    re.compile(rf"^({_COMMAED})(?:\s*;\s*|,?\s+)({_COMMAED})$"),
)
_ANGLE: Final = (
    r"([0-9]{1,3}(?:[.,][0-9]{1,20})?)\s*°\s*(?:([0-9]{1,2}(?:[.,][0-9]{1,20})?)\s*['′’]\s*)?"
    r"(?:([0-9]{1,2}(?:[.,][0-9]{1,20})?)\s*(?:[\"″”]|'')\s*)?"
)
_ANGLES: Final = re.compile(rf"^{_ANGLE}(LU|LS|N|S|U)[\s,;]*{_ANGLE}(BT|BB|E|W|T|B)$", re.IGNORECASE)
_NEGATIVE: Final = {"S", "LS", "W", "BB", "B"}
_SIXTY: Final = 60
LONGEST: Final = 2_000


def pair_read(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude where a text holds both; nothing where it is one number or none."""
    plain = text[:LONGEST].strip().replace("−", "-")
    angles = _ANGLES.fullmatch(plain)
    if angles:
        parts = angles.groups()
        latitude, longitude = _degrees(*parts[:4]), _degrees(*parts[4:])
        return None if latitude is None or longitude is None else (latitude, longitude)
    found = next((found for pattern in _PATTERNS if (found := pattern.search(plain))), None)
    return (_number(found[1]), _number(found[2])) if found else None


def _degrees(whole: str, minutes: str | None, seconds: str | None, side: str) -> float | None:
    small = [_number(part or "0") for part in (minutes, seconds)]
    if max(small) >= _SIXTY:
        return None
    size = round(_number(whole) + small[0] / _SIXTY + small[1] / _SIXTY**2, 6)
    return -size if side.upper() in _NEGATIVE else size


def _number(text: str) -> float:
    return float(text.replace(",", "."))
