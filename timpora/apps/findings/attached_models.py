"""The tables of what belongs to a report: photos with their pieces, and the Berita Acara as computed."""

import uuid

from django.db import models
from django.db.models import Q


class Photo(models.Model):
    """A photo that a report names. `root` is the report that was first under its identifier.

    What is told of it here is told alike of every report; its bytes may lie under a seal (P26).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report = models.ForeignKey("findings.Report", on_delete=models.PROTECT, related_name="photos")
    root = models.ForeignKey("findings.Report", on_delete=models.PROTECT, related_name="+")
    position = models.IntegerField()
    sha256 = models.TextField()
    size = models.IntegerField()
    taken_at = models.DateTimeField(help_text="Jam ponsel")
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    accuracy_m = models.IntegerField(null=True)

    class Meta:
        db_table = "findings_photo"
        constraints = (
            models.UniqueConstraint(fields=["report", "position"], name="photo_once"),
            models.UniqueConstraint(fields=["report", "sha256"], name="photo_named_once"),
        )

    def __str__(self) -> str:
        return self.sha256


class PhotoPiece(models.Model):
    """A piece of a photo as it arrived; all pieces of an attempt in a row are the photo.

    An attempt is one officer's at a photo of `total` bytes, so that nobody's other bytes come between. Once
    any content of the report names who may be a victim, pieces and arrivals are read under the seal (P26).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    root = models.ForeignKey("findings.Report", on_delete=models.PROTECT, related_name="+")
    sha256 = models.TextField()
    officer_id = models.UUIDField()
    total = models.IntegerField(help_text="Panjang foto menurut laporannya, bita")
    attempt = models.IntegerField()
    starts = models.IntegerField()
    size = models.IntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "findings_photo_piece"
        constraints = (
            models.UniqueConstraint(fields=["root", "sha256", "attempt", "starts"], name="piece_once"),
            models.CheckConstraint(name="piece_has_bytes", condition=Q(size__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.sha256} {self.starts}"


class PhotoArrival(models.Model):
    """That a photo is whole: the pieces of this attempt have the digest that the report names (P6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    root = models.ForeignKey("findings.Report", on_delete=models.PROTECT, related_name="+")
    sha256 = models.TextField()
    attempt = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "findings_photo_arrival"
        constraints = (models.UniqueConstraint(fields=["root", "sha256"], name="photo_arrived_once"),)

    def __str__(self) -> str:
        return self.sha256


class PhotoSeal(models.Model):
    """That a post had the photos of a report under its seal: so they are here, whichever content came (P26).

    What sealed them there may still be on its way, or lie in the post's quarantine.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    root = models.OneToOneField("findings.Report", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "findings_photo_seal"

    def __str__(self) -> str:
        return str(self.root_id)


class Minutes(models.Model):
    """A Berita Acara as computed from the report when it was taken; the phone computes the same bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report = models.ForeignKey("findings.Report", on_delete=models.PROTECT, related_name="minutes")
    position = models.IntegerField(help_text="Orang ke berapa; 0 penanggung jawab tempat")
    sha256 = models.TextField()
    state = models.TextField(blank=True, help_text="Kosong bila ditandatangani")
    because = models.TextField(blank=True)
    pdf = models.BinaryField()

    class Meta:
        db_table = "findings_minutes"
        constraints = (
            models.UniqueConstraint(fields=["report", "position"], name="minutes_once"),
            models.CheckConstraint(name="minutes_refusal_says_why", condition=Q(state="") | ~Q(because="")),
        )

    def __str__(self) -> str:
        return self.sha256
