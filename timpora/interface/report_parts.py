"""The words that a report's body is made of: texts, instants, degrees, each within its bounds."""

from datetime import UTC, datetime
from typing import Annotated, Final

from django.utils.translation import gettext
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from timpora.domain.report_forms import CHOICES_MOST, NUMBER_MOST, QUESTIONS_MOST, TEXT_MOST

EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
POLES: Final = 90
DATE_LINE: Final = 180


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError(gettext("Teks ini memuat tanda yang tidak dapat disimpan (NUL)."))
    return text


def _believable(at: datetime) -> datetime:
    if not EARLIEST <= at < LATEST:
        raise ValueError(gettext("Tahun ini tidak mungkin; periksa jam ponsel."))
    return at


def degrees(most: int) -> AfterValidator:
    """Return the check that a text of degrees lies between `-most` and `most`."""

    def check(text: str) -> str:
        if text and abs(float(text)) > most:
            raise ValueError(gettext("Koordinat di luar bumi."))
        return text

    return AfterValidator(check)


Line = Annotated[str, Field(max_length=200), AfterValidator(_storable)]
Prose = Annotated[str, Field(max_length=4_000), AfterValidator(_storable)]


def _answer(given: object) -> object:
    """Refuse what no question takes; which question takes what, only the operation's form knows."""
    texts = given if isinstance(given, list) else [given] if isinstance(given, str) else []
    if not isinstance(given, str | int | list) or not all(isinstance(one, str) for one in texts):
        raise ValueError(
            gettext("Jawab dengan teks, bilangan bulat, true atau false, atau daftar kunci pilihan.")
        )
    if len(texts) > CHOICES_MOST or any(len(one) > TEXT_MOST for one in texts):
        raise ValueError(gettext("Jawaban ini terlalu panjang."))
    for one in texts:
        _storable(one)
    if isinstance(given, int) and abs(given) > NUMBER_MOST:
        raise ValueError(gettext("Bilangan terlalu besar."))
    return given


Instant = Annotated[AwareDatetime, AfterValidator(_believable)]
Degrees = Annotated[str, Field(pattern=r"^(-?\d{1,3}(\.\d{1,7})?)?$")]
Count = Annotated[int, Field(ge=0, le=100_000)]

Answers = Annotated[
    dict[Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")], Annotated[object, AfterValidator(_answer)]],
    Field(max_length=QUESTIONS_MOST),
]


class Body(BaseModel):
    """No field beyond those named, and no value bent into another kind."""

    model_config = ConfigDict(extra="forbid", strict=True)
