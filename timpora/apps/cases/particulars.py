"""The particulars of a measure as they are kept with each version of a proposal."""

from dataclasses import replace
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from timpora.apps.wilayah import queries as wilayah
from timpora.apps.wilayah.errors import RegionUnknown
from timpora.domain.measures import MeasureKind
from timpora.domain.particulars import Listing, Particulars, PermitChange, Place
from timpora.kernel.text import cleaned


class MeasureParticulars(models.Model):
    """Where, which list, what of the permit, whither: columns, so that the database asks for them, too.

    Of a place: its code, a narrower place in words, and its name as it is printed; one of each.
    """

    place_codes = ArrayField(models.TextField(), default=list)
    place_words = ArrayField(models.TextField(), default=list)
    place_names = ArrayField(models.TextField(), default=list)
    permit_change = models.TextField(blank=True, default="")
    permit_words = models.TextField(blank=True, default="")
    listing = models.TextField(blank=True, default="")
    destination = models.TextField(blank=True, default="")

    class Meta:
        abstract = True

    def particulars(self) -> Particulars:
        """Return them as the domain has them."""
        kept = zip(self.place_codes, self.place_words, self.place_names, strict=True)
        return Particulars(
            places=tuple(Place(code, words, name) for code, words, name in kept),
            permit_change=PermitChange(self.permit_change) if self.permit_change else None,
            permit_words=self.permit_words,
            listing=Listing(self.listing) if self.listing else None,
            destination=self.destination,
        )


def _told(kind: MeasureKind, name: str, condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=~Q(kind=kind.value) | condition)


CHECKS: Final = (
    _told(MeasureKind.BARRED_FROM, "barred_from_a_place", Q(place_codes__len__gte=1)),
    _told(MeasureKind.LIVE_AT, "to_live_at_one_place", Q(place_codes__len=1)),
    _told(MeasureKind.PERMIT, "permit_change_told", Q(permit_change__in=list(PermitChange))),
    _told(MeasureKind.LISTED, "listed_in_one", Q(listing__in=list(Listing))),
    _told(MeasureKind.DEPORTATION, "deported_whither", ~Q(destination="")),
    models.CheckConstraint(
        name="places_whole",
        condition=Q(place_codes__len=F("place_words__len"), place_names__len=F("place_words__len")),
    ),
)


def particulars_named(told: Particulars) -> Particulars:
    """Return the particulars with clean words, and each place once by the name that letters print.

    A code that no region has is passed over, so that the measure lacks its place.
    """
    places: dict[tuple[str, str], Place] = {}
    for one in told.places:
        words = _line(one.words)
        try:
            region = wilayah.region_get(cleaned(one.code))
        except RegionUnknown:
            continue
        places[region.code, words] = Place(region.code, words, region.chain)
    return replace(
        told,
        places=tuple(places.values()),
        permit_words=_line(told.permit_words),
        destination=_line(told.destination),
    )


def _line(text: str) -> str:
    return " ".join(cleaned(text).split()).rstrip(".;")


def columns_of(told: Particulars) -> dict[str, object]:
    """Return the columns that keep the particulars."""
    return {
        "place_codes": [one.code for one in told.places],
        "place_words": [one.words for one in told.places],
        "place_names": [one.name for one in told.places],
        "permit_change": told.permit_change.value if told.permit_change else "",
        "permit_words": told.permit_words,
        "listing": told.listing.value if told.listing else "",
        "destination": told.destination,
    }
