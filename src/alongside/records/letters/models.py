"""Letters, what is enclosed in them, and the very paper that was sent."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.core.agencies.models import Owned, User
from alongside.records.cases.models import Case, OfCaseQuerySet
from alongside.records.people.models import Person


class Letter(Owned):
    """A letter to a family or about one. A draft may be changed; once it is sent it never changes.

    ``template`` and ``edition`` say what it was written from. ``paper_digest`` is that of the paper that was sent.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Being written"
        SENT = "sent", "Sent"
        PUT_AWAY = "put_away", "Put away, not sent"

    class How(models.TextChoices):
        POST = "post", "By post"
        EMAIL = "email", "By e-mail"
        BY_HAND = "by_hand", "By hand"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    template = models.SlugField(max_length=40)
    edition = models.CharField(max_length=20)
    about = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_name = models.CharField(max_length=200)
    to_address = models.TextField(max_length=400, blank=True)
    to_email = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField(max_length=10000)
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=7, choices=How, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    paper_digest = models.CharField(max_length=64, blank=True)

    case_id: UUID
    about_id: UUID | None
    by_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(status="sent") & ~Q(how="") & Q(sent_at__isnull=False) & ~Q(paper_digest=""))
                | (~Q(status="sent") & Q(sent_at=None)),
                name="letter_sent_with_its_paper",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class LetterPaper(Owned):
    """The PDF of a letter as it was sent, byte by byte."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="paper")
    content = models.BinaryField()

    case_id: UUID
    letter_id: UUID
    objects = OfCaseQuerySet.as_manager()


class Enclosure(Owned):
    """A PDF that goes with a letter, as it was when it was put in: ``title`` says what it is."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="enclosure")
    title = models.CharField(max_length=500)
    content = models.BinaryField()

    case_id: UUID
    letter_id: UUID
    objects = OfCaseQuerySet.as_manager()
