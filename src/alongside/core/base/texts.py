"""Sending a text message: into a folder until the provider names whatever sends theirs."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from alongside.core.base.ids import new_id


@task()
def deliver_text(to: str, words: str) -> None:
    """Hand one text message to whatever the setting names."""
    import_string(settings.TEXT_SENDER)(to, words)


def into_outbox(to: str, words: str) -> None:
    """Write a text message to a file of its own, for a provider without a sender and for trying things out."""
    folder = Path(settings.TEXT_FILE_PATH)
    folder.mkdir(parents=True, exist_ok=True)
    now: datetime = timezone.localtime()
    (folder / f"{now:%Y%m%d-%H%M%S}-{new_id()}.txt").write_text(f"To: {to}\n\n{words}\n", encoding="utf-8")
