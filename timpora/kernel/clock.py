"""The one clock of the program; tests and `--clock` set it, and SQL's `kernel_now()` tells the same time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Setting:
    """A clock that showed `base` when the machine's clock showed `origin` and runs `rate` times as fast."""

    base: datetime
    origin: datetime
    rate: float
    is_simulated: bool

    def at(self, wall: datetime) -> datetime:
        """Return what this clock shows when the machine's clock shows `wall`."""
        return self.base + timedelta(seconds=(wall - self.origin).total_seconds() * self.rate)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TRUE = Setting(base=_EPOCH, origin=_EPOCH, rate=1.0, is_simulated=False)


class _Hands:
    setting: Setting = TRUE


def now() -> datetime:
    """Return the present instant, aware and in UTC."""
    return _Hands.setting.at(datetime.now(UTC))


def true_now() -> datetime:
    """Return what the machine's own clock shows, for turning this one back."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """Return the local date in `zone` (an IANA name): the day that counts for a place (product.md)."""
    return now().astimezone(ZoneInfo(zone)).date()


def is_simulated() -> bool:
    """Return whether the clock was set by hand, which every screen shows."""
    return _Hands.setting.is_simulated


def follow(setting: Setting) -> None:
    """Take over the setting that the database holds, so that all processes agree."""
    _Hands.setting = setting


def setting() -> Setting:
    """Return the setting in force."""
    return _Hands.setting


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Hold the clock of this process at `instant` (tests; SQL is held by `kernel.database.session`)."""
    before = _Hands.setting
    _Hands.setting = Setting(base=instant, origin=instant, rate=0.0, is_simulated=True)
    try:
        yield
    finally:
        _Hands.setting = before
