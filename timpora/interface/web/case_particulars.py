"""The part of a proposal's form that says where a measure holds, which list it means, or whither it leads.

Every field is in the page; the style sheet shows those of the measure that is chosen.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from timpora.domain.measures import MeasureKind
from timpora.domain.particulars import (
    PLACES_MOST,
    Lack,
    Listing,
    Particular,
    Particulars,
    PermitChange,
    Place,
    lack_of,
)
from timpora.interface.web.region_field import RegionField

WORD: Final = 500
CHANGES: Final = {
    PermitChange.RESTRICTED: _("Dibatasi"),
    PermitChange.CHANGED: _("Diubah"),
    PermitChange.CANCELLED: _("Dibatalkan"),
}
LISTINGS: Final = {
    Listing.EXIT: _("Pencegahan, agar tidak keluar"),
    Listing.ENTRY: _("Penangkalan, agar tidak masuk"),
}
FIELDS: Final[Mapping[Particular, str]] = {
    Particular.PLACES: "place_1",
    Particular.ADDRESS: "words_1",
    Particular.PERMIT_CHANGE: "permit_change",
    Particular.PERMIT_WORDS: "permit_words",
    Particular.LISTING: "listing",
    Particular.DESTINATION: "destination",
}
OTHERS: Final = range(2, PLACES_MOST + 1)


def _words(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=WORD, required=False)


class ParticularsForm(forms.Form):
    """The particulars as typed; `kind` is a field of the form that builds on this one."""

    place_1 = RegionField(
        label=_("Wilayah"),
        help_text=_("Ketik nama desa, kecamatan, atau kabupaten, lalu pilih."),
        required=False,
    )
    words_1 = _words(
        _("Tempat atau alamat di wilayah itu"),
        _("Misalnya nama pelabuhan, atau jalan dan nomor. Tanpa ini seluruh wilayahnya yang dilarang."),
    )
    permit_change = forms.ChoiceField(
        label=_("Izin tinggalnya"),
        choices=[(change.value, word) for change, word in CHANGES.items()],
        required=False,
        widget=forms.RadioSelect,
    )
    permit_words = _words(
        _("Apa yang dibatasi, atau menjadi apa"), _("Misalnya: hanya untuk bekerja di Kabupaten Tanah Bumbu.")
    )
    listing = forms.ChoiceField(
        label=_("Daftar"),
        choices=[(listing.value, word) for listing, word in LISTINGS.items()],
        required=False,
        widget=forms.RadioSelect,
    )
    destination = _words(
        _("Negara tujuan"), _("Negara yang menerimanya; biasanya negara paspornya. Tercetak dalam keputusan.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in OTHERS:
            self.fields[f"place_{number}"] = RegionField(
                label=_("Wilayah ke-%(number)s") % {"number": number}, required=False
            )
            self.fields[f"words_{number}"] = _words(_("Tempat di wilayah ke-%(number)s") % {"number": number})

    def particulars(self) -> Particulars:
        """Return the particulars as typed, of whichever measure."""
        told = self.cleaned_data
        change, listing = told.get("permit_change"), told.get("listing")
        places = (Place(told.get(f"place_{n}") or "", told.get(f"words_{n}") or "") for n in (1, *OTHERS))
        return Particulars(
            places=tuple(place for place in places if place.code),
            permit_change=PermitChange(change) if change else None,
            permit_words=told.get("permit_words") or "",
            listing=Listing(listing) if listing else None,
            destination=told.get("destination") or "",
        )

    def clean(self) -> dict[str, Any]:
        """Put what the measure lacks beside its field."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        kind = told.get("kind")
        if kind and (lack := self._lack(MeasureKind(kind))) is not None:
            self.add_error(FIELDS[lack.of], lack.because)
        return told

    def _lack(self, kind: MeasureKind) -> Lack | None:
        lack = lack_of(kind, self.particulars())
        # A region that was typed and not found has said so already.
        return None if lack is None or FIELDS[lack.of] in self.errors else lack

    def other_places(self) -> Iterator[BoundField]:
        """Yield the fields of the second place and on."""
        for number in OTHERS:
            yield self[f"place_{number}"]
            yield self[f"words_{number}"]

    @property
    def has_other_places(self) -> bool:
        """Tell whether more than one place is filled in, or refused."""
        return any(field.value() or field.errors for field in self.other_places())


def as_before(told: Particulars) -> dict[str, Any]:
    """Return the particulars of an earlier version as the form's first values."""
    values: dict[str, Any] = {
        "permit_change": told.permit_change,
        "permit_words": told.permit_words,
        "listing": told.listing,
        "destination": told.destination,
    }
    for number, place in enumerate(told.places, start=1):
        values |= {f"place_{number}": place.code, f"words_{number}": place.words}
    return values
