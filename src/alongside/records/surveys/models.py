"""Surveys, their editions, the rounds in which they are answered, who was invited and what was answered.

An anonymous response names nobody, and nothing leads to it: its id tells no time, it keeps the week and no hour, and
the link by which it was half written is forgotten when it is sent.
"""

from datetime import date
from typing import Any, Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from alongside.calc.surveys.definition import Definition
from alongside.calc.surveys.reading import read
from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, User
from alongside.core.base.tokens import hash_of
from alongside.records.cases.models import Case
from alongside.records.people.models import Person


class Survey(Owned):
    """A service's own set of questions, through all of its editions."""

    title = models.CharField(max_length=120)

    objects = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class Edition(Owned):
    """The questions as they were asked from one day on. Once a round asks them they never change again."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    fixed_on = models.DateField(null=True, blank=True)

    survey_id: UUID
    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="edition_once_a_number")]

    @property
    def asks(self) -> Definition:
        """The questions, read."""
        return read(self.definition)


class Round(Owned):
    """A survey being answered, from the day it is opened until it is closed."""

    class Way(models.TextChoices):
        OPEN = "open", "Anybody with the address"
        INVITED = "invited", "Only those we invite, once each"

    class Kept(models.TextChoices):
        ANONYMOUS = "anonymous", "Anonymous: nobody can tell who said what"
        LINKED = "linked", "With the family's record, where the carer agrees"

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="rounds")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField(max_length=80)
    way = models.CharField(max_length=7, choices=Way)
    kept = models.CharField(max_length=9, choices=Kept)
    address = models.SlugField(max_length=22, unique=True)
    opened_on = models.DateField()
    closes_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    survey_id: UUID
    edition_id: UUID
    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kept="anonymous") | Q(way="invited"), name="round_linked_only_where_invited"
            ),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opened_on")), name="round_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, today: date) -> bool:
        """Say whether it can be answered on a day."""
        return self.closed_on is None and today <= self.closes_on


class KnownTotals(Owned):
    """How many there are in all by the answers to one question of a round, known from elsewhere, for weights.

    Never changed: other totals are a new row with its reason, and the last row counts. ``groups`` are answers that
    count together, with their total.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="known_totals")
    question = models.CharField(max_length=40)
    groups = models.JSONField()
    source = models.CharField(max_length=200)
    counted_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)

    objects = OwnedQuerySet.as_manager()

    @property
    def totals(self) -> list[tuple[list[str], int]]:
        """The answers that count together, each with their total."""
        return [(keys, total) for keys, total in self.groups]

    def __str__(self) -> str:
        return f"Totals of {self.question}"


class UnreadQuerySet(OwnedQuerySet):
    """Rows that nobody reads one by one: they are counted only."""

    def visible_to(self, user: User) -> Self:
        """Give none."""
        return self.none()


class Invitation(Owned):
    """That somebody was asked to answer a round, and whether they have: never when, and never what they said."""

    class Sent(models.TextChoices):
        EMAIL = "email", "By e-mail"
        TEXT = "text", "By text message"
        HAND = "hand", "Handed out"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="invitations")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent = models.CharField(max_length=5, choices=Sent)
    token_hash = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(default=False)

    round_id: UUID
    case_id: UUID | None
    person_id: UUID | None
    objects = UnreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"], condition=Q(person__isnull=False), name="survey_invitation_once_a_person"
            )
        ]


def key_of(token: str) -> str:
    """Give what is kept of a link with the answers that are written through it: another hash than its invitation's, so
    that nobody who reads the database can tell which answers came from which invitation.
    """
    return hash_of(f"answers {token}")


class Response(Owned):
    """What one person answered in one round: ``answers`` maps a question's address to an answer, null where they would
    rather not say. ``week`` is the Monday of the week in which it was sent; until then it is being written.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    created_at = None  # type: ignore[assignment]  # it would tell the moment
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="responses")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="responses")
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField(default=dict, blank=True)
    key_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    week = models.DateField(null=True, blank=True)

    round_id: UUID
    edition_id: UUID
    authority_id: UUID | None
    case_id: UUID | None
    person_id: UUID | None
    objects = UnreadQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["round", "week"], name="response_of_round")]
        constraints = [
            models.CheckConstraint(
                condition=Q(week=None, key_hash__isnull=False) | Q(week__isnull=False, key_hash=None),
                name="response_being_written_or_sent",
            ),
            models.CheckConstraint(
                condition=Q(case=None, person=None) | Q(case__isnull=False, person__isnull=False),
                name="response_linked_whole",
            ),
        ]

    @property
    def given(self) -> dict[str, Any]:
        """The answers so far."""
        return dict(self.answers)
