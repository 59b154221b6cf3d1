"""A referral as it was told: what the referrer or the carer said, before anybody decided anything."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, User
from alongside.core.agencies.permissions import Role
from alongside.records.people.models import Disability, Ethnicity, Household, Precision, Relationship, hidden_homes


class ReferralQuerySet(OwnedQuerySet):
    """Referrals, narrowed by which side of them one stands on."""

    def visible_to(self, user: User) -> Self:
        """Managers see what was sent to their agency, but not of families that they may not know of; referrers what
        their agency sent.
        """
        if user.role == Role.MANAGER:
            return self.filter(agency=user.agency_id).exclude(household__in=hidden_homes(user))
        if user.role == Role.REFERRER:
            return self.filter(source_agency=user.agency_id)
        return self.none()


class Referral(Owned):
    """A family that asks, or is put forward, for help; ``household`` is the one that it became.

    ``children`` holds what was told of each child: name, birth_date, birth_precision, arrangement,
    arrangement_since, looked_after_before and plan, all of them text.
    """

    class Source(models.TextChoices):
        SELF = "self", "The carer asked"
        AGENCY = "agency", "An agency referred"

    class Status(models.TextChoices):
        NEW = "new", "Not decided yet"
        WAITING = "waiting", "On the waiting list"
        ACCEPTED = "accepted", "Accepted"
        SIGNPOSTED = "signposted", "Signposted"
        DECLINED = "declined", "Not taken on"

    class Consent(models.TextChoices):
        GIVEN = "given", "Yes, they agreed"
        NOT_ASKED = "not_asked", "Not asked yet"
        REFUSED = "refused", "No, they did not agree"

    source = models.CharField(max_length=6, choices=Source)
    source_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    carer_name = models.CharField(max_length=200, blank=True)
    carer_birth_date = models.DateField(null=True, blank=True)
    carer_birth_precision = models.CharField(max_length=7, choices=Precision, default=Precision.UNKNOWN)
    carer_phone = models.CharField(max_length=30, blank=True)
    carer_email = models.EmailField(blank=True)
    carer_ethnicity = models.CharField(max_length=20, choices=Ethnicity, blank=True, db_default="", default="")
    carer_disability = models.CharField(max_length=10, choices=Disability, blank=True, db_default="", default="")
    postcode = models.CharField(max_length=8, blank=True)
    no_fixed_address = models.BooleanField(default=False)
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    relationship = models.CharField(
        max_length=17, choices=Relationship.Kind, default=Relationship.Kind.UNKNOWN, blank=True
    )
    children = models.JSONField(default=list, blank=True)
    words = models.TextField(max_length=4000, blank=True)
    safety_words = models.TextField(max_length=1000, blank=True)
    consent = models.CharField(max_length=9, choices=Consent, default=Consent.NOT_ASKED)
    consent_words = models.CharField(max_length=300, blank=True)
    programme_wanted = models.SlugField(max_length=40, blank=True)
    their_reference = models.CharField(max_length=60, blank=True)
    import_key = models.CharField(max_length=64, null=True, blank=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    status_at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)

    source_agency_id: UUID | None
    authority_id: UUID | None
    household_id: UUID | None
    objects = ReferralQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "status", "received_at", "id"], name="referral_queue"),
            models.Index(fields=["source_agency", "-received_at", "-id"], name="referral_sent"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_agency", "import_key"],
                condition=Q(import_key__isnull=False),
                name="referral_imported_once",
            )
        ]

    def __str__(self) -> str:
        return self.carer_name or "A carer who gave no name"


class ReferralKey(models.Model):
    """One half of a name, a birth date or a postcode, by which a referral is found (see ``calc.names.keys``)."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    source_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=20)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "key", "referral"], name="referral_key"),
            models.Index(fields=["referral"], name="referral_key_referral"),
        ]
