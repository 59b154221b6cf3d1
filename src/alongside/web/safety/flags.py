"""Setting a flag on a family, looking at it again, and taking it down."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case
from alongside.records.cases.queries import case_of_household
from alongside.records.people.models import Flag
from alongside.records.people.services.flagging import change_flag, set_flag
from alongside.web.forms import DayField
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, NewForm, saved

REVIEW, EXPIRY = timedelta(days=90), timedelta(days=365)
TOLD = ("kind", "words", "reason", "seen_by", "review_on", "expires_on")


class FlagForm(Form):
    """What a flag says, why, to whom, and until when."""

    kind = forms.ChoiceField(label="What is it about?", choices=Flag.Kind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="What must somebody do, or not do?",
        help_text="One sentence, read in a hurry. For example: Do not visit alone.",
        max_length=300,
        error_messages={"required": "Enter what must be done or not done"},
    )
    reason = forms.CharField(
        label="Why, and how do you know?",
        help_text="Facts and where they come from. The family may read this one day.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason. A flag without one helps nobody"},
    )
    seen_by = forms.ChoiceField(
        label="Who sees it?", choices=Flag.SeenBy.choices, widget=forms.RadioSelect, initial=Flag.SeenBy.ALL
    )
    review_on = DayField(label="Look at it again on", error_messages={"required": "Enter the day"})
    expires_on = DayField(
        label="It ends by itself on", help_text="A year from now at most.", error_messages={"required": "Enter the day"}
    )


class NewFlagForm(FlagForm, NewForm):
    """A new flag."""


class ChangeFlagForm(FlagForm, EditForm):
    """A flag put right, looked at again or taken down."""

    end = forms.BooleanField(label="It is no longer needed: take it down", required=False)

    @staticmethod
    def stored(row: Flag) -> dict[str, Any]:
        """What the flag says now."""
        return {name: getattr(row, name) for name in TOLD}


@needs(Permission.CASE_EDIT)
def flag_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set a flag on a family."""
    case = access.get(request, Case, pk, related=("household",))
    today = timezone.localdate()
    form = NewFlagForm(request.POST or None, initial={"review_on": today + REVIEW, "expires_on": today + EXPIRY})
    if saved(request, form, partial(set_flag, household=case.household, by=access.person(request)), "Flag set"):
        return redirect("safety:family", pk)
    return _shown(request, form, "Set a flag", str(case.household), pk)


@needs(Permission.CASE_EDIT)
def flag_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a flag."""
    flag = access.get(request, Flag, pk, related=("household",))
    case = case_of_household([flag.household_id])[flag.household_id]
    form = ChangeFlagForm.of(flag, request.POST or None)
    if saved(request, form, partial(change_flag, flag=flag, by=access.person(request))):
        return redirect("safety:family", case)
    return _shown(request, form, "Change a flag", str(flag.household), case)


def _shown(request: HttpRequest, form: Form, title: str, caption: str, case: UUID) -> HttpResponse:
    back_to = (reverse("safety:family", args=[case]), "Back to safety")
    return page(
        request, "safety/flag.html", {"form": form, "flag_title": title, "caption": caption, "back_to": back_to}
    )
