"""Tables of places and reference data: public facts, without row-level security."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from timpora.domain.territory import Level

_LEVELS = [(int(level), level.name.lower()) for level in Level if level]


class Region(models.Model):
    """A province, kabupaten/kota, kecamatan or desa/kelurahan of the Kepmendagri in force.

    A code that a later list no longer holds stays, marked not current: old records name it.
    """

    code = models.TextField(primary_key=True)
    name = models.TextField()
    label = models.TextField()
    chain = models.TextField()
    kind = models.TextField()
    level = models.PositiveSmallIntegerField(choices=_LEVELS)
    parent = models.TextField(null=True)  # noqa: DJ001 - a province has none.
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    precision = models.TextField(default="")
    zone = models.TextField()
    is_current = models.BooleanField(default=True)

    class Meta:
        db_table = "wilayah_region"
        indexes: ClassVar = [models.Index(fields=["parent", "name"], name="region_by_parent")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="region_lat_and_lng_go_together",
                condition=Q(lat=None, lng=None) | Q(lat__isnull=False, lng__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.chain


class RegionWord(models.Model):
    """One word of a region's name, for finding it by typing.

    Name and chain are repeated here so that a search touches this table only; rows are loaded in the
    order of the words, so that all words with one beginning lie on neighbouring pages.
    """

    word = models.TextField()
    code = models.TextField()
    level = models.PositiveSmallIntegerField()
    name_key = models.TextField()
    chain_key = models.TextField()

    class Meta:
        db_table = "wilayah_regionword"
        indexes: ClassVar = [
            # PostgreSQL answers LIKE 'sun%' from an index of this operator class without any extension.
            models.Index(fields=["word"], name="regionword_by_word", opclasses=["text_pattern_ops"])
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.code}"


class OfficeArea(models.Model):
    """An office serving a region in a half-open period; several rows where kecamatan are shared."""

    office_code = models.TextField()
    region_code = models.TextField(db_index=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    is_partial = models.BooleanField(default=False)
    confidence = models.TextField()
    source = models.TextField()

    class Meta:
        db_table = "wilayah_officearea"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office_code", "region_code", "starts"], name="one_area_row_a_start"
            ),
            models.CheckConstraint(
                name="area_ends_after_it_starts", condition=Q(ends=None) | Q(ends__gt=models.F("starts"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_code} {self.region_code}"


class Checkpoint(models.Model):
    """An entry point (tempat pemeriksaan imigrasi)."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    kind = models.TextField()
    region_code = models.TextField(db_index=True)
    office_code = models.TextField()
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    confidence = models.TextField()
    source = models.TextField()

    class Meta:
        db_table = "wilayah_checkpoint"

    def __str__(self) -> str:
        return self.name


class Boundary(models.Model):
    """The outline of a region, from a file the office supplied; the program carries none."""

    code = models.TextField(primary_key=True)
    level = models.PositiveSmallIntegerField(choices=_LEVELS, db_index=True)
    geometry = models.JSONField()
    digest = models.TextField()
    source = models.TextField()
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "wilayah_boundary"

    def __str__(self) -> str:
        return self.code


class ReferenceRow(models.Model):
    """A row of an editable table: what an office set, or else what the program carries."""

    table = models.TextField()
    key = models.TextField()
    value = models.JSONField()
    is_verified = models.BooleanField()
    confidence = models.TextField()
    source = models.TextField()
    edited_by = models.TextField(default="")
    edited_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "wilayah_referencerow"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "key"], name="one_row_a_key"),
            models.CheckConstraint(
                name="edited_by_and_at_go_together",
                condition=Q(edited_by="", edited_at=None) | (~Q(edited_by="") & Q(edited_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class ReferenceLoad(models.Model):
    """Which version of the carried files was loaded, so that a start without news loads nothing."""

    digest = models.TextField(primary_key=True)
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "wilayah_referenceload"

    def __str__(self) -> str:
        return self.digest
