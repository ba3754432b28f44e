"""Reads the colours out of tokens.css and measures them, for the style page and for the tests."""

import re
from dataclasses import dataclass
from pathlib import Path

TOKENS = Path(__file__).parent / "static/css/tokens.css"
TONES = ("neutral", "info", "good", "waiting", "caution", "stop")
TEXT = 4.5
SHAPE = 3.0
# Below these, the curves of sRGB and of CIE L* run straight.
SRGB_STRAIGHT = 0.04045
CIE_STRAIGHT = 0.008856

# (what stands in front, what it stands on, the least contrast WCAG 2.2 AA asks of it)
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((front, back, TEXT) for front in ("text", "quiet", "accent") for back in ("page", "surface", "sunken")),
    ("text", "accent-soft", TEXT),
    ("quiet", "accent-soft", TEXT),
    ("accent", "accent-soft", TEXT),
    ("text", "caution-soft", TEXT),
    ("text", "stop-soft", TEXT),
    ("stop-text", "surface", TEXT),
    ("stop-text", "page", TEXT),
    ("stop-text", "stop-soft", TEXT),
    ("good-text", "surface", SHAPE),
    ("on-accent", "accent-solid", TEXT),
    ("on-accent", "accent-press", TEXT),
    ("rail-text", "rail", TEXT),
    ("on-rail", "rail", TEXT),
    ("on-rail", "rail-here", TEXT),
    *((f"on-{tone}", tone, TEXT) for tone in TONES),
    *(("edge", back, SHAPE) for back in ("page", "surface")),
    *(("focus", back, SHAPE) for back in ("page", "surface", "sunken", "accent-soft")),
)

_TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")


@dataclass(frozen=True, slots=True)
class Colour:
    """One token in both themes, as #rrggbb."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """How far two tokens stand apart in both themes, and how far they must."""

    front: str
    back: str
    least: float
    light: float
    dark: float


def colours_read() -> dict[str, Colour]:
    """Return every colour token by its name."""
    return {m[1]: Colour(m[1], m[2], m[3]) for m in _TOKEN.finditer(TOKENS.read_text())}


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, from 0 to 1 (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= SRGB_STRAIGHT else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """Return how light a colour looks (CIE L*), from 0 to 100: what is left of it on a grey printout."""
    share = luminance(colour)
    return 116 * share ** (1 / 3) - 16 if share > CIE_STRAIGHT else 903.3 * share


def contrasts() -> tuple[Contrast, ...]:
    """Measure every pair of tokens that may meet on a screen."""
    found = colours_read()
    return tuple(
        Contrast(
            front,
            back,
            least,
            contrast(found[front].light, found[back].light),
            contrast(found[front].dark, found[back].dark),
        )
        for front, back, least in PAIRS
    )
