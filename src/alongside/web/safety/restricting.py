"""Saying who alone may know of a family, looking at that again, and lifting it."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.queries import managers_and_workers
from alongside.records.cases.models import Case
from alongside.records.cases.services.guarding import change_restriction, restrict_family
from alongside.records.people.knowing import knowers_of, restriction_of
from alongside.records.people.models import Knower, Restriction
from alongside.web.forms import DayField
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, NewForm, saved

STANDS = "Saved. For everybody who is not named, this family is now nowhere to be found."
LIFTED = "Lifted. Everybody who works with the team may know of this family again."


class RestrictionForm(Form):
    """Who may know, and why."""

    knowing = forms.MultipleChoiceField(
        label="Who else may know of this family?",
        help_text="You may, always. Name at least one more person. A worker who is not named loses the family.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Name somebody besides you, so that somebody knows while you are away"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Only those named read this.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason"},
    )
    review_on = DayField(label="Think about it again on", error_messages={"required": "Enter the day"})

    def __init__(self, data: Any = None, *, people: list[User], **options: Any) -> None:
        super().__init__(data, **options)
        self.people = {str(user.pk): user for user in people}
        self.fields["knowing"].choices = [  # type: ignore[attr-defined]
            (key, f"{user.name}, {user.get_role_display().lower()}") for key, user in self.people.items()
        ]

    def facts(self) -> dict[str, Any]:
        """Name the people themselves."""
        return {**self.cleaned_data, "knowing": [self.people[key] for key in self.cleaned_data["knowing"]]}


class NewRestrictionForm(RestrictionForm, NewForm):
    """A restriction that begins."""


class ChangeRestrictionForm(RestrictionForm, EditForm):
    """A restriction that stands."""

    end = forms.BooleanField(label="Everybody who works with the team may know again: lift it", required=False)

    @staticmethod
    def stored(row: Restriction) -> dict[str, Any]:
        """What it says now."""
        named = knowers_of(row.household_id) or []
        return {"reason": row.reason, "review_on": row.review_on, "knowing": [str(user.pk) for user in named]}


@needs(Permission.CASE_RESTRICT)
def restrict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set, change or lift the restriction of a family."""
    case = access.get(request, Case, pk, related=("household", "referral"))
    by, standing = access.person(request), restriction_of(case.household_id)
    people = [user for user in managers_and_workers(by.agency_id, case.team_id, case.worker_id) if user.pk != by.pk]
    form: RestrictionForm
    if standing:
        form = ChangeRestrictionForm.of(standing, request.POST or None, people=people)
        write = partial(change_restriction, restriction=standing, by=by)
    else:
        first = [str(case.worker_id)] if case.worker_id else []
        form = NewRestrictionForm(request.POST or None, people=people, initial={"knowing": first})
        write = partial(restrict_family, case=case, by=by)
    if saved(request, form, write, LIFTED if standing and "end" in request.POST else STANDS):
        return redirect("safety:family", pk)
    put_in = access.visible(request, Knower).filter(restriction=standing, ended_on=None).exclude(why="")
    context = {
        "form": form,
        "standing": standing,
        "put_in": put_in.select_related("user"),
        "caption": str(case.household),
        "back_to": (reverse("safety:family", args=[pk]), "Back to safety"),
    }
    return page(request, "safety/restrict.html", context)
