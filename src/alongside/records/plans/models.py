"""What a family says they need and are good at, what was agreed and promised, and what they are paid."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.core.agencies.models import Owned, User
from alongside.records.cases.models import Case, OfCaseQuerySet, scale
from alongside.records.people.models import Person
from alongside.records.plans.rules import Every


class Need(Owned):
    """What a carer said about one part of life on one day. Each of the four questions may be skipped.

    ``domain`` is a key of the data file ``domains.toml``. What is said again later is a new row, so that it can be seen
    how things went.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="needs")
    domain = models.SlugField(max_length=20)
    on = models.DateField()
    going_well = models.TextField(max_length=2000, blank=True)
    hard = models.TextField(max_length=2000, blank=True)
    place = scale(null=True, blank=True)
    one_step = models.TextField(max_length=1000, blank=True)

    case_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "domain", "-on", "-id"], name="need_of_case")]


class Strength(Owned):
    """Something that a family, or one of them, does well, and who noticed it."""

    class SaidBy(models.TextChoices):
        CARER = "carer", "The carer"
        CHILD = "child", "A child"
        WORKER = "worker", "Their worker"
        OTHER = "other", "Somebody else"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="strengths")
    words = models.CharField(max_length=300)
    whose = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    said_by = models.CharField(max_length=6, choices=SaidBy)
    noticed_on = models.DateField()
    taken_down_on = models.DateField(null=True, blank=True)

    case_id: UUID
    whose_id: UUID | None
    objects = OfCaseQuerySet.as_manager()


class AgreedPlan(Owned):
    """A family's plan as it was agreed with the carer on a day. ``content`` is kept as it was and never changes."""

    class How(models.TextChoices):
        IN_PERSON = "in_person", "Together, in person"
        VIDEO = "video", "On a video call"
        PHONE = "phone", "On the phone"
        WRITING = "writing", "In writing"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreed_plans")
    number = models.PositiveSmallIntegerField()
    agreed_on = models.DateField()
    agreed_with = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=9, choices=How)
    words = models.TextField(max_length=1000, blank=True)
    content = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    case_id: UUID
    agreed_with_id: UUID
    by_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="plan_number_once_a_case")]


class PlanSending(Owned):
    """That an agreed plan went to the family: how, where to, and by whom."""

    class How(models.TextChoices):
        EMAIL = "email", "By e-mail"
        POST = "post", "By post"
        BY_HAND = "by_hand", "By hand"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(AgreedPlan, on_delete=models.PROTECT, related_name="sendings")
    how = models.CharField(max_length=7, choices=How)
    sent_to = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    case_id: UUID
    plan_id: UUID
    by_id: UUID
    objects = OfCaseQuerySet.as_manager()


class Promise(Owned):
    """What was promised to a family: by whom, by when, whether it was kept, and if not, why."""

    class MadeBy(models.TextChoices):
        WORKER = "worker", "Their worker"
        SERVICE = "service", "Our service"
        AUTHORITY = "authority", "The local authority"
        OTHER = "other", "Somebody else"

    class Outcome(models.TextChoices):
        OPEN = "open", "Not yet"
        KEPT = "kept", "Kept"
        NOT_KEPT = "not_kept", "Not kept"
        RELEASED = "released", "No longer needed"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="promises")
    words = models.CharField(max_length=300)
    made_by = models.CharField(max_length=9, choices=MadeBy)
    who = models.CharField(max_length=120, blank=True)
    made_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    why = models.TextField(max_length=1000, blank=True)

    case_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "due_on"], condition=Q(outcome="open"), name="promise_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="open", settled_on=None) | (~Q(outcome="open") & Q(settled_on__isnull=False)),
                name="promise_settled_on_a_day",
            )
        ]


class Allowance(Owned):
    """Money that a family is paid week by week: for whom, by whom, and where it stands.

    ``kind`` is a key of the data file ``allowances.toml``. The amount, since when it is paid and stands at that, the
    last review and the end follow from its entries and are kept by the services, so that a list needs no sums.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allowances")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.SlugField(max_length=30)
    paid_by = models.CharField(max_length=120)
    expected_pence_a_week = models.PositiveIntegerField(null=True, blank=True)
    difference = models.TextField(max_length=1000, blank=True)
    review_due = models.DateField(null=True, blank=True)
    pence_a_week = models.PositiveIntegerField(default=0, editable=False)
    began_on = models.DateField(null=True, blank=True, editable=False)
    amount_since = models.DateField(null=True, blank=True, editable=False)
    reviewed_on = models.DateField(null=True, blank=True, editable=False)
    ended_on = models.DateField(null=True, blank=True, editable=False)

    case_id: UUID
    child_id: UUID | None
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "review_due"], condition=Q(ended_on=None), name="allowance_review_due")
        ]


class AllowanceEntry(Owned):
    """One line of an allowance's history: it began, changed, was looked at and stayed, or stopped; and why.

    The amount is kept as it was told (``pence`` every so often) and as it comes to a week.
    """

    class Kind(models.TextChoices):
        BEGAN = "began", "It began"
        CHANGED = "changed", "The amount changed"
        REVIEWED = "reviewed", "It was reviewed and stayed the same"
        STOPPED = "stopped", "It stopped"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    allowance = models.ForeignKey(Allowance, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind)
    on = models.DateField()
    pence = models.PositiveIntegerField(default=0)
    every = models.CharField(max_length=10, choices=Every.choices(), default=Every.WEEK.value)
    pence_a_week = models.PositiveIntegerField(default=0, editable=False)
    why = models.TextField(max_length=1000, blank=True)

    case_id: UUID
    allowance_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "allowance entries"
        indexes = [models.Index(fields=["allowance", "on", "id"], name="entry_of_allowance")]


class OriginEvent(Owned):
    """Something that happened as a child came to live with the carer: who did it, what was said, what shows it."""

    class Kind(models.TextChoices):
        ASKED = "asked", "The carer was asked to take the child"
        PLACED = "placed", "The child came to live there"
        CALLED_PRIVATE = "called_private", "It was called a private arrangement"
        CALLED_OTHER = "called_other", "It was called something else"
        PROMISED = "promised", "Help was offered or promised"
        COURT = "court", "A court was involved"
        OTHER = "other", "Something else"

    class Who(models.TextChoices):
        AUTHORITY = "authority", "The local authority"
        POLICE = "police", "The police"
        HEALTH = "health", "A hospital or health worker"
        SCHOOL = "school", "A school"
        PARENT = "parent", "A parent"
        FAMILY = "family", "Somebody else in the family"
        CARER = "carer", "The carer"
        COURT = "court", "A court"
        OTHER = "other", "Somebody else"
        UNKNOWN = "unknown", "Not known"

    class AuthorityPart(models.TextChoices):
        NONE = "none", "None that is known"
        TOLD = "told", "It was told"
        THERE = "there", "It was there"
        ASKED = "asked", "It asked the carer"
        ARRANGED = "arranged", "It arranged it or brought the child"
        PAID = "paid", "It paid towards it"
        UNKNOWN = "unknown", "Not known"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="origins")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind)
    on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=7, default="exact")
    who = models.CharField(max_length=9, choices=Who, default=Who.UNKNOWN)
    who_words = models.CharField(max_length=120, blank=True)
    authority_part = models.CharField(max_length=8, choices=AuthorityPart, default=AuthorityPart.UNKNOWN)
    words = models.TextField(max_length=2000, blank=True)
    evidence = models.TextField(max_length=1000, blank=True)

    case_id: UUID
    child_id: UUID | None
    objects = OfCaseQuerySet.as_manager()
