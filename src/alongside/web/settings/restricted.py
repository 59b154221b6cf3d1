"""Restricted families of which no manager left may know: naming one who then may, without seeing the family."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.queries import managers_of
from alongside.core.audit import ledger
from alongside.records.cases.services.guarding import name_manager
from alongside.records.people.knowing import without_manager
from alongside.records.people.models import Restriction
from alongside.web.dates import day
from alongside.web.rendering import page
from alongside.web.saving import Form, saved
from alongside.web.settings.places import parts


class ManagerForm(Form):
    """Which family, which manager, and why."""

    restriction = forms.ChoiceField(
        label="Which family?", widget=forms.RadioSelect, error_messages={"required": "Choose a family"}
    )
    manager = forms.ChoiceField(
        label="Which manager may know of it from now on?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a manager"},
    )
    why = forms.CharField(
        label="Why this manager?",
        help_text="Say whom you asked, and what they answered. Those who may know of the family read this.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is this manager"},
    )

    def __init__(self, data: Any, *, restrictions: list[Restriction], managers: list[User]) -> None:
        super().__init__(data)
        self.restrictions = {str(row.pk): row for row in restrictions}
        self.managers = {str(user.pk): user for user in managers}
        families, people = self.fields["restriction"], self.fields["manager"]
        families.choices = [(key, _said(row)) for key, row in self.restrictions.items()]  # type: ignore[attr-defined]
        people.choices = [(key, user.name) for key, user in self.managers.items()]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        said = self.cleaned_data
        restriction, manager = self.restrictions[said["restriction"]], self.managers[said["manager"]]
        return {"restriction": restriction, "manager": manager, "why": said["why"]}


@needs(Permission.KNOWER_NAME)
def restricted(request: HttpRequest) -> HttpResponse:
    """List them without a name, and name a manager."""
    by = access.person(request)
    restrictions = list(without_manager(by.agency_id))
    form = ManagerForm(request.POST or None, restrictions=restrictions, managers=managers_of(by.agency_id))
    write = partial(name_manager, by=by)
    if saved(request, form, write, "Saved. We wrote to the manager, who finds the family by a link in the letter."):
        return redirect("settings:restricted")
    ledger.note(by=by, what="restricted families without a manager opened")
    context = {"form": form, "restrictions": restrictions, "parts": parts(request, "settings:restricted")}
    return page(request, "settings/restricted.html", context)


def warn_of_restricted(request: HttpRequest) -> None:
    """Say, after somebody left or has another role, that a restricted family has no manager who may know of it."""
    if without_manager(access.person(request).agency_id).exists():
        messages.warning(request, "No manager may know of a restricted family now. Name one under Restricted families.")


def _said(restriction: Restriction) -> str:
    """Tell one from the others by who restricted it and when, and who may know, none of whom is a manager here now."""
    names = ", ".join(knower.user.name for knower in restriction.knowers.all())
    return f"Restricted by {restriction.set_by.name} on {day(restriction.created_at)}. Named in it: {names}."
