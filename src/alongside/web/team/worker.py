"""One worker's work: their families weighed, supervision, what they agreed to do, and days away."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.services.people import set_languages
from alongside.insight.workload.queries import families_of
from alongside.records.oversight.queries import absences_of, open_actions, supervisions_of
from alongside.records.oversight.rules import standing_in
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, saved
from alongside.web.team.frame import team_page, worker_of

STANDS = {
    "planned": ("Planned", "green"),
    "to begin": ("Should have begun", "brown"),
    "away": ("Away now", "brown"),
    "to end": ("Should be over", "brown"),
    "over": ("Over", "green"),
}


class LanguagesForm(EditForm):
    """In which languages somebody can work."""

    languages = forms.CharField(
        label="Languages besides English",
        help_text="With commas, for example: Welsh, Urdu. Whoever speaks a family’s language is suggested for it.",
        required=False,
        max_length=200,
    )

    @staticmethod
    def stored(row: User) -> dict[str, Any]:
        """What is known now."""
        return {"languages": row.languages}


@needs(Permission.TEAM_LEAD)
def worker(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a worker's work."""
    user, today = access.person(request), timezone.localdate()
    found = worker_of(request, pk)
    families = families_of(found.pk, user, today)
    absences = absences_of(found, user)
    return team_page(
        request,
        "team/worker.html",
        {
            "worker": found,
            "families": families,
            "weight": sum(one.weighed.weight for one in families),
            "supervisions": supervisions_of(found, user),
            "actions": open_actions(found, user),
            "absences": [
                (one, *STANDS[standing_in(one.starts_on, one.begun_on, one.ends_on, one.over_on, today)])
                for one in absences
            ],
            "today": today,
        },
    )


@needs(Permission.TEAM_LEAD)
def languages(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say in which languages a worker can work."""
    found = worker_of(request, pk)
    form = LanguagesForm.of(found, request.POST or None)
    if saved(request, form, partial(set_languages, person=found, by=access.person(request))):
        return redirect("team:worker", found.pk)
    back_to = (url("team:worker", found.pk), found.name)
    return page(request, "team/languages.html", {"form": form, "caption": found.name, "back_to": back_to})
