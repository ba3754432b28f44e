"""Days and numbers in the words of Indonesian official letters (`terbilang`)."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

WEEKDAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SMALL: Final = (
    "nol", "satu", "dua", "tiga", "empat", "lima",
    "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
TEENS_END: Final = 20
LARGEST: Final = 9999
WRITTEN_DAY: Final = re.compile(r"(?<![\w-])(\d{2})-(\d{2})-(\d{4})(?![\w-])", re.ASCII)


@dataclass(frozen=True, slots=True)
class DayWords:
    """One day in every form a letter may print."""

    iso: str
    short: str
    long: str
    weekday: str
    spelled: str
    english: str

    @classmethod
    def of(cls, day: date) -> "DayWords":
        """Put `day` into words."""
        month = MONTHS[day.month - 1]
        return cls(
            iso=day.isoformat(),
            short=f"{day:%d-%m-%Y}",
            long=f"{day.day} {month} {day.year}",
            weekday=WEEKDAYS[day.weekday()],
            spelled=f"tanggal {spelled(day.day)} bulan {month} tahun {spelled(day.year)}",
            english=f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}",
        )

    def as_dict(self) -> dict[str, str]:
        """Return the forms by name, as a template reads them."""
        return asdict(self)


def days_long(text: str) -> str:
    """Write every day of a sentence in the one form of letters: `22-08-2024` becomes `22 Agustus 2024`.

    What is no day stays as it is.
    """
    return WRITTEN_DAY.sub(_long, text)


def _long(found: re.Match[str]) -> str:
    day, month, year = map(int, found.groups())
    try:
        return DayWords.of(date(year, month, day)).long
    except ValueError:
        return found[0]


def spelled(number: int) -> str:
    """Spell a number from 0 to 9999 (`dua puluh satu`), as amounts and years are written out."""
    if not 0 <= number <= LARGEST:
        raise ValueError(number)
    if number < len(SMALL):
        return SMALL[number]
    if number < TEENS_END:
        return f"{SMALL[number - 10]} belas"
    unit, word = next((u, w) for u, w in ((1000, "ribu"), (100, "ratus"), (10, "puluh")) if number >= u)
    head, rest = divmod(number, unit)
    front = f"se{word}" if head == 1 else f"{spelled(head)} {word}"
    return f"{front} {spelled(rest)}" if rest else front
