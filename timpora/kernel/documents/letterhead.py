"""Kop surat: what an office wrote over its letters, and what stands there where it wrote nothing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final, Self

from timpora.kernel.documents.letter import Letterhead

# The ministry was split off on this day (Perpres 139/2024 and 157/2024).
SPLIT: Final = date(2024, 10, 21)
OLD_MINISTRY: Final = "Kementerian Hukum dan Hak Asasi Manusia Republik Indonesia"
NEW_MINISTRY: Final = "Kementerian Imigrasi dan Pemasyarakatan Republik Indonesia"
DIRECTORATE: Final = "Direktorat Jenderal Imigrasi"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterheadWords:
    """What an office writes over its letters; an empty word follows from the register of offices.

    `place` is the town before the date, `code` the office's sign within the number of a letter.
    """

    ministry: str = ""
    directorate: str = ""
    regional_office: str = ""
    office: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    site: str = ""
    place: str = ""
    code: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, str]) -> Self:
        """Return the words as they are kept with the office."""
        return cls(**{name: kept[name] for name in cls.__dataclass_fields__ if kept.get(name)})

    def as_kept(self) -> dict[str, str]:
        """Return what is kept with the office: only what was written."""
        return {name: word for name, word in asdict(self).items() if word}

    @property
    def contact(self) -> str:
        """Return telephone, site and mail on one line."""
        phone = f"Telepon {self.phone}" if self.phone else ""
        email = f"Surel {self.email}" if self.email else ""
        return " · ".join(part for part in (phone, self.site, email) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOffice:
    """An office as its letters name it: what the register knows of it, and what it wrote itself."""

    name: str
    regional: str = ""
    seat: str = ""
    town: str = ""
    words: LetterheadWords = LetterheadWords()

    def letterhead(self, *, on: date) -> Letterhead:
        """Return the head of a letter dated `on`."""
        return Letterhead(
            ministry=self.words.ministry or ministry_on(on),
            directorate=self.words.directorate or DIRECTORATE,
            regional_office=self.words.regional_office or self.regional,
            office=self.words.office or self.name,
            address=self.words.address or self.seat,
            contact=self.words.contact,
        )

    @property
    def place(self) -> str:
        """Return the town before the date of a letter."""
        seat = self.seat.split(",")[0].removeprefix("Kab. ").removeprefix("Kota ")
        return self.words.place or self.town or seat


def ministry_on(day: date) -> str:
    """Return the ministry that Immigration belonged to on a day."""
    return OLD_MINISTRY if day < SPLIT else NEW_MINISTRY
