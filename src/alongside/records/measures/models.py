"""What people answered, kept with the edition of the questionnaire that they saw, the links they answer from, and on
what ground an agency uses a questionnaire that is not free.
"""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from alongside.core.agencies.models import Owned, OwnedQuerySet, User
from alongside.core.agencies.permissions import Permission
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

    ``person`` is whom the answers are about. Where somebody else answered for them, that is ``proxy``, or, for one of
    whom there is no record, ``proxy_words``.
    """

    class Mode(models.TextChoices):
        WITH_WORKER = "with_worker", "With their worker"
        LINK = "link", "By themselves, from a link"
        PAPER = "paper", "On paper"

    class Interpreter(models.TextChoices):
        NOBODY = "", "Nobody: it was not needed"
        TRAINED = "trained", "A trained interpreter"
        FAMILY = "family", "Somebody from the family or a friend"
        WORKER = "worker", "Their worker, who speaks their language"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answer_sets")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # Whom the answers are about, where that is a child and not the person who answered.
    child = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    instrument = models.SlugField(max_length=40)
    edition = models.CharField(max_length=80)
    occasion = models.CharField(max_length=9, choices=Occasion)
    answered_on = models.DateField()
    mode = models.CharField(max_length=11, choices=Mode)
    answers = models.JSONField()
    scores = models.JSONField()
    proxy = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proxy_words = models.CharField(max_length=120, blank=True, default="", db_default="")
    interpreter = models.CharField(max_length=7, choices=Interpreter, blank=True, default="", db_default="")

    case_id: UUID
    person_id: UUID
    proxy_id: UUID | None
    child_id: UUID | None
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "instrument", "answered_on"], name="answers_of_case")]


class CheckInLink(Owned):
    """A link by which one carer answers one set of questions once, without an account. Only a hash is kept.

    Where it goes unanswered until ``chase_on``, a new one is sent the same way, with what was answered so far, and so
    on ``chases_left`` times, ``chase_days`` apart. ``first`` is the first of them, where this is a later one,
    ``asked_on`` its day, and ``chased`` how many went before this one.
    """

    class Way(models.TextChoices):
        NOBODY = "nobody", "Nobody: I give it to them myself"
        TEXT = "text", "By text message"
        EMAIL = "email", "By e-mail"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="check_in_links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=9, choices=Occasion)
    instruments = models.JSONField()
    answers = models.JSONField(default=dict, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=6, choices=Way, default=Way.NOBODY, db_default=Way.NOBODY.value)
    first = models.UUIDField(null=True, blank=True)
    asked_on = models.DateField(default=timezone.localdate)
    chased = models.PositiveSmallIntegerField(default=0, db_default=0)
    chases_left = models.PositiveSmallIntegerField(default=0, db_default=0)
    chase_days = models.PositiveSmallIntegerField(default=0, db_default=0)
    chase_on = models.DateField(null=True, blank=True)

    case_id: UUID
    person_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(token_hash=""), name="check_in_link_has_a_secret"),
        ]
        indexes = [
            models.Index(fields=["chase_on"], condition=Q(chase_on__isnull=False), name="check_in_link_to_chase"),
        ]

    @property
    def origin(self) -> UUID:
        """What a concern heard in these answers came from: it is one, however often a new link was sent."""
        return self.first or self.pk


class NotAsked(Owned):
    """That a family is left in peace on one occasion, and why; the list of what is due asks no more for it."""

    class Why(models.TextChoices):
        RATHER_NOT = "rather_not", "They would rather not be asked"
        NOT_NOW = "not_now", "It is not the time for them"
        NOT_REACHED = "not_reached", "We could not reach them"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="not_asked")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    occasion = models.CharField(max_length=9, choices=Occasion)
    on = models.DateField()
    why = models.CharField(max_length=11, choices=Why)
    words = models.CharField(max_length=300, blank=True)

    case_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "not asked"
        indexes = [models.Index(fields=["case", "on"], name="not_asked_of_case")]


class HalfFilledQuerySet(OwnedQuerySet):
    """Forms that are not finished."""

    def visible_to(self, user: User) -> Self:
        """Give one's own: nobody reads what somebody else has not finished."""
        return self.filter(by=user.pk, agency=user.agency_id)


class HalfFilled(Owned):
    """A worker's form of answers as far as it is filled in: theirs alone, one a family, and no part of the record yet.

    ``values`` maps each box of the form to what stands in it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField()
    saved_at = models.DateTimeField()

    case_id: UUID
    objects = HalfFilledQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "half filled"
        constraints = [models.UniqueConstraint(fields=["by", "case"], name="half_filled_once_a_family")]


class LicenceQuerySet(OwnedQuerySet):
    """What those who declare licences look after."""

    def visible_to(self, user: User) -> Self:
        """They see their agency's; to others the questionnaires themselves are offered, or are not."""
        return super().visible_to(user) if user.may(Permission.LICENCE_DECLARE) else self.none()


class Declaration(Owned):
    """That an agency may use a questionnaire: on what ground, where that is written, and until when."""

    class Ground(models.TextChoices):
        LICENCE = "licence", "We hold a licence, or are registered with its owner"
        PERMISSION = "permission", "Its owner gave us permission in writing"
        TERMS = "terms", "Its published terms allow our use without asking"

    instrument = models.SlugField(max_length=40)
    ground = models.CharField(max_length=10, choices=Ground)
    reference = models.CharField(max_length=300)
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "instrument"], condition=Q(ended_on=None), name="one_declaration_a_questionnaire"
            )
        ]


class Pack(Owned):
    """One edition of a questionnaire as an agency loaded it, with its words. What was answered by it stays readable."""

    instrument = models.SlugField(max_length=40)
    edition = models.CharField(max_length=80)
    title = models.CharField(max_length=2000)
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "instrument", "edition"], name="pack_once_an_edition"),
            models.UniqueConstraint(
                fields=["agency", "instrument"], condition=Q(ended_on=None), name="one_pack_a_questionnaire"
            ),
        ]
