"""The tables of the cases.

A case row names nobody, so that its territory may see it; the rest closes with the case (`0002_walls`).
"""

import uuid
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from timpora.apps.cases.particulars import CHECKS, MeasureParticulars
from timpora.apps.cases.protection_models import ProtectionReferral, ReferralStep, ServiceAnswer
from timpora.domain.measures import ConferenceReason, Ground, MeasureKind, ScreenAnswer
from timpora.domain.states import CaseState


class Case(models.Model):
    """A case (perkara): number, office, state. `is_sealed`: referred, and closed to all but protection.

    `began_sealed`: opened by protection itself, on signs from the field; to others it does not exist.
    """

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.TextField(unique=True)
    unit_code = models.TextField()
    unit_name = models.TextField()
    wilayah = models.TextField()
    state = models.TextField(default=CaseState.REPORTED)
    is_sealed = models.BooleanField(default=False)
    began_sealed = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.TextField()
    changed_at = models.DateTimeField()
    due_on = models.DateField(null=True, help_text="Tenggat terdekat menurut hari setempat")
    due_what = models.TextField(blank=True)

    class Meta:
        db_table = "cases_case"
        indexes = (models.Index(fields=["state", "due_on", "opened_at"], name="case_by_due"),)
        constraints = (
            models.CheckConstraint(name="case_state_known", condition=Q(state__in=list(CaseState))),
            models.CheckConstraint(
                name="case_sealed_when_sheltered",
                condition=~Q(state=CaseState.SHELTERED) | Q(is_sealed=True),
            ),
        )

    def __str__(self) -> str:
        return self.number


class Party(models.Model):
    """Whom a case is about, where it came from, and the words the letters need of that person.

    Report and checked person are of the findings, the person of the registry where known; the words are
    corrected by officers, the sources stay untouched. Where not `person_is_sure` a document's number alone
    says who it is: enough to shelter, and for nothing else (ADR 0030).
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="party")
    report_id = models.UUIDField(null=True)
    checked_id = models.UUIDField(null=True)
    indication_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    person_is_sure = models.BooleanField(default=False)
    origin = models.TextField(help_text="Asal perkara dalam kata kantor")
    name = models.TextField()
    sex = models.TextField(blank=True)
    born = models.TextField(blank=True)
    nationality = models.TextField(blank=True)
    travel_document = models.TextField(blank=True)
    stay_permit = models.TextField(blank=True)
    address = models.TextField(blank=True)
    guarantor = models.TextField(blank=True)

    class Meta:
        db_table = "cases_party"
        indexes = (models.Index(fields=["person_id"], name="party_of_person"),)
        constraints = (
            models.UniqueConstraint(fields=["checked_id"], name="case_once_for_checked"),
            models.UniqueConstraint(fields=["indication_id"], name="case_once_for_indication"),
            models.CheckConstraint(
                name="party_has_origin",
                condition=Q(checked_id__isnull=False) | Q(indication_id__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def known_id(self) -> UUID | None:
        """The person of the registry whom the case is about, where more than a number says so."""
        return self.person_id if self.person_is_sure else None


class Step(models.Model):
    """One change of state: from, to, who, when, why, resting on which articles."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    before = models.TextField(blank=True)
    after = models.TextField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()
    because = models.TextField()
    cites = ArrayField(models.TextField())

    class Meta:
        db_table = "cases_step"
        constraints = (
            models.CheckConstraint(name="step_state_known", condition=Q(after__in=list(CaseState))),
        )

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class Screening(models.Model):
    """The screen as recorded: the replies, what they amount to, and what calls for care. Never changed."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="screenings")
    trafficking = models.TextField()
    refugee = models.TextField()
    replies = models.JSONField()
    care = ArrayField(models.TextField())
    language = models.TextField()
    note = models.TextField(blank=True)
    by_id = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_screening"
        constraints = (
            models.CheckConstraint(
                name="screening_answers_known",
                condition=Q(trafficking__in=list(ScreenAnswer), refugee__in=list(ScreenAnswer)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}"


class Conference(models.Model):
    """A case conference (gelar kasus): who attended, why a measure and not prosecution, on which basis."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conferences")
    held_on = models.DateField()
    chair = models.TextField()
    attendants = ArrayField(models.TextField())
    reason = models.TextField()
    because = models.TextField()
    cite = models.TextField()
    law_digest = models.TextField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_conference"
        constraints = (
            models.CheckConstraint(
                name="conference_reason_known", condition=Q(reason__in=list(ConferenceReason))
            ),
            # A conference of one is none.
            models.CheckConstraint(name="conference_of_two", condition=Q(attendants__len__gte=2)),
        )

    def __str__(self) -> str:
        return f"{self.held_on}"


class Proposal(MeasureParticulars):
    """A measure proposed, by version: an edit is a new version, so what others signed falls with the old."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField()
    kind = models.TextField()
    ground = models.TextField()
    because = models.TextField()
    told = models.TextField(help_text="Kesimpulan aturan dalam kalimat")
    cites = ArrayField(models.TextField())
    doubts = ArrayField(models.TextField())
    law_digest = models.TextField()
    overstay_days = models.IntegerField(null=True)
    charge_rupiah = models.BigIntegerField(null=True)
    wants_ban = models.BooleanField(help_text="Usulan penangkalan menyusul")
    proposed_by_id = models.UUIDField()
    proposed_by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_proposal"
        constraints = (
            models.UniqueConstraint(fields=["case", "version"], name="proposal_version_once"),
            models.CheckConstraint(name="proposal_kind_known", condition=Q(kind__in=list(MeasureKind))),
            models.CheckConstraint(name="proposal_ground_known", condition=Q(ground__in=list(Ground))),
            *CHECKS,
        )

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"


class Countersign(models.Model):
    """Another officer's initials under one version of a proposal (paraf)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="countersigns")
    proposed_by_id = models.UUIDField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_countersign"
        constraints = (
            models.UniqueConstraint(fields=["proposal", "by_id"], name="countersign_once"),
            models.CheckConstraint(name="countersign_by_another", condition=~Q(by_id=F("proposed_by_id"))),
        )

    def __str__(self) -> str:
        return self.by_name


class Decision(models.Model):
    """What a named human decided on one version of a proposal, with the letter that says so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    kind = models.TextField()
    proposed_by_id = models.UUIDField()
    decided_by_id = models.UUIDField()
    decided_by = models.TextField()
    because = models.TextField()
    cites = ArrayField(models.TextField())
    law_digest = models.TextField()
    letter_id = models.UUIDField(null=True)
    letter_number = models.TextField(blank=True)
    decided_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_decision"
        constraints = (
            models.CheckConstraint(
                name="decision_by_another", condition=~Q(decided_by_id=F("proposed_by_id"))
            ),
            models.CheckConstraint(
                name="decision_has_letter", condition=Q(kind=MeasureKind.NONE) | Q(letter_id__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.letter_number


class Delivery(models.Model):
    """A decision handed over: from this day the person may object."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deliveries")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="delivery")
    delivered_on = models.DateField()
    received_by = models.TextField()
    manner = models.TextField()
    note = models.TextField(blank=True)
    file_by = models.DateField(null=True, help_text="Hari terakhir mengajukan keberatan")
    doubts = ArrayField(models.TextField())
    cites = ArrayField(models.TextField())
    law_digest = models.TextField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_delivery"

    def __str__(self) -> str:
        return f"{self.delivered_on}"


class Objection(models.Model):
    """An objection (keberatan) as received, in time or not, with its receipt and the two next clocks."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="objections")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="objection")
    filed_on = models.DateField()
    objector = models.TextField()
    proxy = models.TextField(blank=True)
    parts = ArrayField(models.TextField())
    timing = models.TextField()
    told = models.TextField()
    cites = ArrayField(models.TextField())
    doubts = ArrayField(models.TextField())
    law_digest = models.TextField()
    forward_by = models.DateField()
    forwarded_on = models.DateField(null=True)
    decide_by = models.DateField(null=True)
    letter_id = models.UUIDField()
    letter_number = models.TextField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_objection"
        constraints = (
            models.CheckConstraint(
                name="objection_forwarded_with_clock",
                condition=Q(forwarded_on=None, decide_by=None)
                | Q(forwarded_on__isnull=False, decide_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.filed_on}"


__all__ = [
    "Case",
    "Conference",
    "Countersign",
    "Decision",
    "Delivery",
    "Objection",
    "Party",
    "Proposal",
    "ProtectionReferral",
    "ReferralStep",
    "Screening",
    "ServiceAnswer",
    "Step",
]
