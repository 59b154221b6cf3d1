"""A family's case and what happens in it: contacts, goals, steps, closing and coming back."""

from typing import Self
from uuid import UUID

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, Team, User
from alongside.records.people.models import Household, Person, held_by
from alongside.records.referrals.models import Referral


class CaseQuerySet(OwnedQuerySet):
    """Cases, narrowed to those one may see."""

    def visible_to(self, user: User) -> Self:
        """Managers see their agency's cases; family workers their team's and their own."""
        return self.filter(held_by(user))


class OfCaseQuerySet(OwnedQuerySet):
    """Rows of a case, seen wherever the case is seen."""

    def visible_to(self, user: User) -> Self:
        """Give the rows of cases that this person may see."""
        return self.filter(held_by(user, "case__"))


class OfGoalQuerySet(OwnedQuerySet):
    """Rows of a goal, seen wherever its case is seen."""

    def visible_to(self, user: User) -> Self:
        """Give the rows of goals in cases that this person may see."""
        return self.filter(held_by(user, "goal__case__"))


class Case(Owned):
    """The work with one household: one case for as long as the family is known, closed and reopened as they go.

    ``last_contact_on``, ``next_contact_due``, ``review_due`` and ``step_due_on``, the day of the earliest step that is
    the worker's to take, are kept by the services, so that a list needs no sums.
    So are the next appointment, the earliest promise still open, since when a concern is open and since when the work
    is paused, by the services of the apps above (:mod:`alongside.records.cases.services.keeping`); and since when an
    answer from a check-in waits to be read, and when a follow-up that was agreed at the closing is due. The
    day of the last appointment that took place is kept so that ``last_contact_on`` is never before it.
    """

    household = models.OneToOneField(Household, on_delete=models.PROTECT, related_name="case")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    last_contact_on = models.DateField(null=True, blank=True)
    next_contact_due = models.DateField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True)
    next_appointment_at = models.DateTimeField(null=True, blank=True, editable=False)
    promise_due_on = models.DateField(null=True, blank=True, editable=False)
    step_due_on = models.DateField(null=True, blank=True, editable=False)
    concern_since = models.DateTimeField(null=True, blank=True, editable=False)
    paused_since = models.DateField(null=True, blank=True, editable=False)
    reply_since = models.DateField(null=True, blank=True, editable=False)
    follow_up_on = models.DateField(null=True, blank=True, editable=False)
    last_met_on = models.DateField(null=True, blank=True, editable=False)

    household_id: UUID
    referral_id: UUID | None
    authority_id: UUID | None
    team_id: UUID | None
    worker_id: UUID | None
    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["worker", "closed_on", "opened_on", "id"], name="case_of_worker"),
            models.Index(fields=["agency", "team", "closed_on", "opened_on", "id"], name="case_of_team"),
            models.Index(fields=["agency", "closed_on", "opened_on", "id"], name="case_of_agency"),
            # PostgreSQL finds no order in an index behind a column that is null, so what is open has its own.
            models.Index(fields=["agency", "opened_on", "id"], condition=Q(closed_on=None), name="case_open"),
            models.Index(fields=["agency", "next_contact_due", "id"], condition=Q(closed_on=None), name="case_due"),
            models.Index(
                fields=["agency", "follow_up_on"], condition=Q(follow_up_on__isnull=False), name="case_follow_up"
            ),
            models.Index(
                fields=["agency", "opened_on", "id"], condition=Q(closed_on=None, worker=None), name="case_unallocated"
            ),
        ]

    def __str__(self) -> str:
        return str(self.household)


class OfContactQuerySet(OwnedQuerySet):
    """Rows of a contact, seen wherever its case is seen."""

    def visible_to(self, user: User) -> Self:
        """Give the rows of contacts in cases that this person may see."""
        return self.filter(held_by(user, "contact__case__"))


class DraftQuerySet(OwnedQuerySet):
    """Words that are not saved yet."""

    def visible_to(self, user: User) -> Self:
        """Give one's own: nobody reads what somebody else has not finished."""
        return self.filter(by=user.pk, agency=user.agency_id)


class Closure(Owned):
    """That a case was closed, why, what was agreed for afterwards, and, where the family came back, when and why.

    ``later`` says whether, and how, ``later_person`` may be sent questions by itself some months after.
    """

    class Reason(models.TextChoices):
        GOAL_REACHED = "goal_reached", "They got where they wanted to"
        TIME_ENDED = "time_ended", "The agreed time came to an end"
        THEIR_CHOICE = "their_choice", "They chose to stop"
        MOVED_AWAY = "moved_away", "They moved away"
        HANDED_OVER = "handed_over", "Another service took over"
        ARRANGEMENT_ENDED = "arrangement_ended", "The child no longer lives with them"
        LOST_TOUCH = "lost_touch", "We lost touch"
        OTHER = "other", "Another reason"

    class Later(models.TextChoices):
        """What they said of being sent questions some months later."""

        NOT_SAID = "", "They have not been asked"
        TEXT = "text", "Yes, by text message"
        EMAIL = "email", "Yes, by e-mail"
        RATHER_NOT = "no", "No, they would rather not"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closures")
    closed_on = models.DateField()
    reason = models.CharField(max_length=17, choices=Reason)
    words = models.TextField(max_length=4000, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    follow_up_words = models.CharField(max_length=300, blank=True)
    later = models.CharField(max_length=5, choices=Later, blank=True, default="", db_default="")
    later_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reopened_on = models.DateField(null=True, blank=True)
    reopened_words = models.TextField(max_length=2000, blank=True)

    case_id: UUID
    objects = OfCaseQuerySet.as_manager()


class Contact(Owned):
    """One time that the service and a family were, or tried to be, in touch."""

    class Channel(models.TextChoices):
        PHONE = "phone", "Phone call"
        VIDEO = "video", "Video call"
        TEXT = "text", "Text message"
        EMAIL = "email", "E-mail"
        HOME = "home", "Home visit"
        OFFICE = "office", "At our place"
        GROUP = "group", "At a group"
        LETTER = "letter", "Letter"

    class Outcome(models.TextChoices):
        SPOKE = "spoke", "We were in touch"
        NO_ANSWER = "no_answer", "Tried, no answer"
        LEFT_MESSAGE = "left_message", "Left a message"
        DID_NOT_ATTEND = "did_not_attend", "They could not make it"
        CANCELLED = "cancelled", "Called off"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts")
    at = models.DateTimeField()
    channel = models.CharField(max_length=6, choices=Channel)
    outcome = models.CharField(max_length=14, choices=Outcome)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(1440)])
    note = models.TextField(max_length=20000, blank=True)
    came_of_it = models.CharField(max_length=300, blank=True)
    people = models.ManyToManyField(Person, related_name="+", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    case_id: UUID
    by_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "-at", "-id"], name="contact_of_case")]


class Correction(Owned):
    """What a contact said before somebody put it right: ``said`` maps each field that they changed to what it held."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="corrections")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said = models.JSONField()

    contact_id: UUID
    objects = OfContactQuerySet.as_manager()


class Draft(Owned):
    """What somebody has typed of a contact and not saved: theirs alone, and no part of the record yet.

    ``about`` is the id that a new contact will have, or that of the contact being put right; ``values`` maps each box
    of the form to what stands in it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    about = models.UUIDField()
    correcting = models.BooleanField(default=False)
    values = models.JSONField()
    saved_at = models.DateTimeField()

    case_id: UUID
    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "about"], name="draft_of_each_once")]


def scale(**options: object) -> models.PositiveSmallIntegerField:  # type: ignore[type-arg]
    """Make a field for a place on the line from 0 to 10."""
    return models.PositiveSmallIntegerField(validators=[MaxValueValidator(10)], **options)  # type: ignore[arg-type]


class Goal(Owned):
    """What the family wants to be different, in their words, and where they put themselves from 0 to 10 at first."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goals")
    words = models.CharField(max_length=300)
    set_on = models.DateField()
    start = scale()
    met_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    case_id: UUID
    objects = OfCaseQuerySet.as_manager()


class Reading(Owned):
    """Where the family put themselves on a goal's line on a later day."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="readings")
    value = scale()
    on = models.DateField()

    goal_id: UUID
    objects = OfGoalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["goal", "-on", "-id"], name="reading_of_goal")]


class Step(Owned):
    """A next step, mostly towards a goal: who will do what by when, and what came of it."""

    class Owner(models.TextChoices):
        WORKER = "worker", "Worker"
        CARER = "carer", "Carer"
        AUTHORITY = "authority", "Local authority"
        OTHER = "other", "Somebody else"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="steps")
    words = models.CharField(max_length=300)
    owner = models.CharField(max_length=9, choices=Owner)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    came_of_it = models.CharField(max_length=300, blank=True)

    case_id: UUID
    goal_id: UUID | None
    objects = OfCaseQuerySet.as_manager()
