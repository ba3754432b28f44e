"""The words that a report's body is made of: texts, instants, degrees, each within its bounds."""

from datetime import UTC, datetime
from typing import Annotated, Final

from django.utils.translation import gettext
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

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
Instant = Annotated[AwareDatetime, AfterValidator(_believable)]
Degrees = Annotated[str, Field(pattern=r"^(-?\d{1,3}(\.\d{1,7})?)?$")]
Count = Annotated[int, Field(ge=0, le=100_000)]


class Body(BaseModel):
    """No field beyond those named, and no value bent into another kind."""

    model_config = ConfigDict(extra="forbid", strict=True)
