"""Whether this system is the post of an office on a laptop, put up from the office's file (ADR 0021)."""

from typing import Final

from django.conf import settings

# Keys that an office gave to this system; only its post has them.
CARRIED: Final = "post-keys.json"


def is_post() -> bool:
    """Tell whether this system is a post: it works for its office, and hands everything over to it."""
    return (settings.DATA / CARRIED).exists()
