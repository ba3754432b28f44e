"""The tables of protection: referrals, their steps, answers of services; read only under the seal (P26)."""

import uuid

from django.db import models
from django.db.models import Q

from timpora.domain.protection import Answer, Provider
from timpora.domain.states import ReferralState


class ProtectionReferral(models.Model):
    """A referral to protection: written by whoever screens, read only under the seal `tppo` (P26)."""

    access_by = "wilayah"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="referrals")
    wilayah = models.TextField()
    person_id = models.UUIDField(null=True)
    trafficking = models.TextField()
    refugee = models.TextField()
    replies = models.JSONField()
    note = models.TextField(blank=True)
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_referral"

    def __str__(self) -> str:
        return f"{self.case_id}"


class ReferralStep(models.Model):
    """One change of state of a referral: from, to, who, when, why; read only under the seal."""

    access_by = "wilayah"

    id = models.BigAutoField(primary_key=True)
    referral = models.ForeignKey(ProtectionReferral, on_delete=models.PROTECT, related_name="steps")
    wilayah = models.TextField()
    before = models.TextField()
    after = models.TextField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()
    because = models.TextField()
    person_id = models.UUIDField(null=True, help_text="Siapa yang dikenali di seluruh registrasi")

    class Meta:
        db_table = "cases_referralstep"
        constraints = (
            models.CheckConstraint(name="referral_state_known", condition=Q(after__in=list(ReferralState))),
        )

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class ServiceAnswer(models.Model):
    """What a kind of service answered about a referral: two categories, no name of any house."""

    access_by = "wilayah"

    id = models.BigAutoField(primary_key=True)
    referral = models.ForeignKey(ProtectionReferral, on_delete=models.PROTECT, related_name="answers")
    wilayah = models.TextField()
    provider = models.TextField()
    answer = models.TextField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_serviceanswer"
        constraints = (
            models.CheckConstraint(
                name="service_answer_known",
                condition=Q(provider__in=list(Provider), answer__in=list(Answer)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.provider}: {self.answer}"
