"""Days and hours as people write them here, whatever language a browser speaks: dd-mm-yyyy, 24 hours.

A browser's own control follows its language: 08/09/2024 is a day in August to one and in September to
another. Scripts and older pages send ISO, which is read as well.
"""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

DAY_WRITTEN: Final = "%d-%m-%Y"
HOUR_WRITTEN: Final = "%d-%m-%Y %H.%M"
DAY_FORMATS: Final = (DAY_WRITTEN, "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d")
HOUR_FORMATS: Final = (HOUR_WRITTEN, "%d-%m-%Y %H:%M", "%d/%m/%Y %H.%M", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M")
# Words and no example: a day in an empty field looks like one that was filled in.
DAY_SHAPE: Final = _("hari-bulan-tahun")
HOUR_SHAPE: Final = _("hari-bulan-tahun jam.menit")
DAY_UNREAD: Final = _("Tulis tanggal sebagai hari-bulan-tahun, misalnya 21-08-2024.")
HOUR_UNREAD: Final = _("Tulis hari dan jam, misalnya 21-08-2024 09.30.")


class DayField(forms.DateField):
    """A day at the place concerned, typed day first."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(
            {"placeholder": DAY_SHAPE, "autocomplete": "off", "maxlength": 10}, format=DAY_WRITTEN
        )
        options.setdefault("error_messages", {"invalid": DAY_UNREAD})
        super().__init__(input_formats=DAY_FORMATS, widget=widget, **options)


class HourField(forms.DateTimeField):
    """A day with its hour at the place concerned; whose clock it is, the screen says beside it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(
            {"placeholder": HOUR_SHAPE, "autocomplete": "off", "maxlength": 16}, format=HOUR_WRITTEN
        )
        options.setdefault("error_messages", {"invalid": HOUR_UNREAD})
        super().__init__(input_formats=HOUR_FORMATS, widget=widget, **options)
