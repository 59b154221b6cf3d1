"""What every stored record has: an id, the time it was made and a version that counts its changes."""

from django.db import models

from alongside.core.base.ids import new_id


class Record(models.Model):
    """A row that is written by services only and never loses a concurrent change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
