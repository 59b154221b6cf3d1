"""What people answered, kept with the edition of the questionnaire that they saw, and the links they answer from."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.core.agencies.models import Owned
from alongside.records.cases.models import Case, OfCaseQuerySet
from alongside.records.people.models import Person


class Occasion(models.TextChoices):
    """When in the work the questions were asked."""

    START = "start", "At the start"
    REVIEW = "review", "At review"
    END = "end", "At the end"
    FOLLOW_UP = "follow_up", "Some time afterwards"


class AnswerSet(Owned):
    """One person's answers to one instrument on one occasion. ``answers`` maps item to number, null where they would
    rather not say; ``scores`` maps scale to number, as scored by the edition named.
    """

    class Mode(models.TextChoices):
        WITH_WORKER = "with_worker", "With their worker"
        LINK = "link", "By themselves, from a link"
        PAPER = "paper", "On paper"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answer_sets")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    instrument = models.SlugField(max_length=40)
    edition = models.CharField(max_length=80)
    occasion = models.CharField(max_length=9, choices=Occasion)
    answered_on = models.DateField()
    mode = models.CharField(max_length=11, choices=Mode)
    answers = models.JSONField()
    scores = models.JSONField()

    case_id: UUID
    person_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "instrument", "answered_on"], name="answers_of_case")]


class CheckInLink(Owned):
    """A link by which one carer answers one set of questions once, without an account. Only a hash is kept."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="check_in_links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=9, choices=Occasion)
    instruments = models.JSONField()
    answers = models.JSONField(default=dict, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    case_id: UUID
    person_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(token_hash=""), name="check_in_link_has_a_secret"),
        ]
