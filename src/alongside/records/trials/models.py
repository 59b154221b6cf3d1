"""A pilot trial, who was looked at for it, who agreed to chance, and to which arm chance allocated each family."""

from datetime import date, timedelta
from typing import Self
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, Team, User
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case, OfCaseQuerySet
from alongside.records.people.models import Person
from alongside.records.programmes.models import Programme
from alongside.records.trials.rules import Weeks, asked_again

BOTH_ARMS = (0, 1)


class TrialQuerySet(OwnedQuerySet):
    """Trials, for those who run them and for those whose families may be in one."""

    def visible_to(self, user: User) -> Self:
        """Evaluators see their agency's trials; whoever works with families those that were opened."""
        held = self.filter(agency=user.agency_id)
        if user.may(Permission.TRIAL_RUN):
            return held
        return held.exclude(opened_at=None) if user.may(Permission.CASE_EDIT) else self.none()


class ClusterQuerySet(OwnedQuerySet):
    """Clusters, for those who run the trial."""

    def visible_to(self, user: User) -> Self:
        """Give them to evaluators."""
        return self.filter(agency=user.agency_id) if user.may(Permission.TRIAL_RUN) else self.none()


class Trial(Owned):
    """A pilot trial: what is compared with what, for whom, by which chance, and from when to when families enter.

    ``factors`` are the keys of what the arms must be alike in, ``criteria`` sentences that a worker answers yes or no.
    The seed of its chance is made when it opens, and kept sealed until entering is closed; ``seed_fingerprint`` is
    its SHA-256, by which anybody can tell later that it is still the same.
    """

    class Design(models.TextChoices):
        FAMILIES = "families", "Family by family"
        WAITING = "waiting", "Family by family, and those in the second arm get a day on which it is their turn"
        CLUSTERS = "clusters", "Whole teams or authorities at once"

    class Method(models.TextChoices):
        MINIMISATION = "minimisation", "Minimisation"
        BLOCKS = "blocks", "Blocks of changing size within groups of alike families"

    class Level(models.TextChoices):
        TEAM = "team", "Teams"
        AUTHORITY = "authority", "Authorities"

    name = models.CharField(max_length=80)
    question = models.CharField(max_length=300)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    design = models.CharField(max_length=8, choices=Design)
    level = models.CharField(max_length=9, choices=Level, blank=True)
    method = models.CharField(max_length=12, choices=Method, blank=True)
    first_arm = models.CharField(max_length=80)
    second_arm = models.CharField(max_length=80)
    factors = models.JSONField(default=list, blank=True)
    criteria = models.JSONField(default=list)
    instrument = models.SlugField(max_length=40, db_index=False)
    wanted = models.PositiveSmallIntegerField(validators=[MinValueValidator(2), MaxValueValidator(5000)])
    waiting_weeks = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(104)])
    follow_up_weeks = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(156)])
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_words = models.CharField(max_length=300, blank=True)
    sealed_seed = models.TextField(blank=True, editable=False)
    seed_fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    programme_id: UUID
    objects = TrialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closed_at=None) | Q(opened_at__isnull=False), name="trial_opens_first"),
            models.CheckConstraint(condition=Q(opened_at=None) | ~Q(sealed_seed=""), name="trial_opens_with_a_seed"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def enters(self) -> bool:
        """Whether families can enter now."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def arms(self) -> tuple[str, str]:
        """What each arm is called."""
        return self.first_arm, self.second_arm

    @property
    def asked_again(self) -> Weeks:
        """The first and the last week after chance decided in which an answer is the later one."""
        return asked_again(self.follow_up_weeks, self.waiting_weeks)


class Assessment(Owned):
    """That somebody looked whether a family could be in a trial, and what each of its criteria came to.

    ``answers`` holds for each sentence of the trial whether it is so, in their order.
    """

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="assessments")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    assessed_on = models.DateField()
    answers = models.JSONField()
    eligible = models.BooleanField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    case_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trial", "case"], name="assessed_once_a_trial")]


class TrialConsent(Owned):
    """What a carer said when asked to let chance decide; where she took it back, when, and whether her answers stay."""

    class Answer(models.TextChoices):
        AGREED = "agreed", "Yes, they agree"
        DECLINED = "declined", "No, they would rather not"

    class How(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        BY_PHONE = "by_phone", "By phone or video"
        IN_WRITING = "in_writing", "In writing"

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="consents")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer)
    how = models.CharField(max_length=10, choices=How)
    said_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_words = models.CharField(max_length=300, blank=True)
    answers_may_stay = models.BooleanField(default=True)

    case_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "consent to be allocated by chance"
        constraints = [
            models.UniqueConstraint(
                fields=["trial", "case"], condition=Q(withdrawn_on=None), name="trial_consent_stands_once"
            )
        ]

    @property
    def stands(self) -> bool:
        """Whether the carer agrees today."""
        return self.answer == self.Answer.AGREED and self.withdrawn_on is None


class Cluster(Owned):
    """A team or an authority that was allocated as a whole, with how many families it had entered by then."""

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="clusters")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField()
    families = models.PositiveIntegerField()
    arm = models.PositiveSmallIntegerField(choices=[(arm, arm) for arm in BOTH_ARMS])

    objects = ClusterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trial", "number"], name="cluster_number_once_a_trial"),
            models.CheckConstraint(
                condition=Q(team=None, authority__isnull=False) | Q(team__isnull=False, authority=None),
                name="cluster_is_a_team_or_an_authority",
            ),
        ]

    def __str__(self) -> str:
        return str(self.team or self.authority)


class Allocation(Owned):
    """To which arm chance allocated a family, as which in the sequence, and what it was like in each factor then.

    The database refuses to change or delete one, so it is never taken back and never repeated. ``turn_on`` is the day
    on which it is the family's turn, where it waits.
    """

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="allocations")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField()
    arm = models.PositiveSmallIntegerField(choices=[(arm, arm) for arm in BOTH_ARMS])
    levels = models.JSONField(default=dict, blank=True)
    allocated_on = models.DateField()
    turn_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    case_id: UUID
    trial_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trial", "number"], name="allocation_number_once_a_trial"),
            models.UniqueConstraint(fields=["trial", "case"], name="allocated_once_a_trial"),
        ]

    @property
    def arm_name(self) -> str:
        """What its arm is called."""
        return self.trial.arms[self.arm]

    def measured_by(self, weeks: int) -> date:
        """Give the day so many weeks after it."""
        return self.allocated_on + timedelta(weeks=weeks)
