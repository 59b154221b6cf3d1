"""Handing families over and back on the day, without anybody having to think of it."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import default_task_backend, task

from alongside.core.access import system
from alongside.records.oversight.models import Absence
from alongside.records.oversight.services.covering import keep_absences, moments_of


@task()
def keep_all_absences() -> None:
    """Begin and end every absence that is due."""
    with system():
        keep_absences(timezone.localdate())


def look_on_its_days(absence: Absence) -> None:
    """Have an absence looked at on its days once it is saved; where work cannot be put off, pages show what is due."""
    if not default_task_backend.supports_defer:
        return
    for moment in moments_of(absence):
        if moment > timezone.now():
            transaction.on_commit(partial(keep_all_absences.using(run_after=moment).enqueue))
