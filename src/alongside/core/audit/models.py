"""One table, to which rows are only ever added."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One thing that somebody did or saw.

    ``hash`` is SHA-256 over the hash of the entry before and this entry's digest. The digest covers ``changes`` by a
    digest of its own, so personal data in ``changes`` can be erased and the chain still holds.
    """

    class Kind(models.TextChoices):
        READ = "read"
        WRITE = "write"
        DENIED = "denied"
        EXPORT = "export"
        SIGN_IN = "sign_in"

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=Kind)
    what = models.CharField(max_length=120)
    actor = models.UUIDField(null=True)
    agency = models.UUIDField(null=True)
    model = models.CharField(max_length=60)
    row = models.CharField(max_length=36)
    changes = models.JSONField(null=True)
    changes_digest = models.CharField(max_length=64, default="")
    hash = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["Entry"]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["model", "row", "id"], name="entry_row"),
            models.Index(fields=["actor", "id"], name="entry_actor"),
            models.Index(fields=["at"], name="entry_at"),
        ]
