"""What a family does well: asked for, written down in somebody's own words, and shown first."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.people.models import Person
from alongside.records.plans.models import Strength
from alongside.records.plans.services import talking as services
from alongside.web.forms import DayField
from alongside.web.plans.family import PLAN, PersonField, case_of, people_of, shown
from alongside.web.saving import EditForm, Form, NewForm, saved


class StrengthForm(Form):
    """Something that they do well."""

    words = forms.CharField(
        label="What do they do well?",
        help_text="Ask: when was it a little better, and what did you do? What would a friend say you are good at?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write down what they do well"},
    )
    whose = PersonField(label="Whose strength is it?", nobody="The whole family's", required=False)
    said_by = forms.ChoiceField(
        label="Who noticed it?",
        choices=Strength.SaidBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who noticed it"},
    )
    noticed_on = DayField(label="When?", past_only=True, error_messages={"required": "Enter the day"})

    def __init__(self, *args: Any, people: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        whose = self.fields["whose"]
        assert isinstance(whose, PersonField)  # noqa: S101  (it is, just above)
        whose.offer(people)


class NewStrengthForm(StrengthForm, NewForm):
    """A new strength."""


class EditStrengthForm(StrengthForm, EditForm):
    """A strength put right or taken down."""

    taken_down_on = DayField(label="Taken down on", required=False, past_only=True)

    @staticmethod
    def stored(row: Strength) -> dict[str, Any]:
        """What is written."""
        return {name: getattr(row, name) for name in ("words", "whose", "said_by", "noticed_on", "taken_down_on")}


@needs(Permission.CASE_EDIT)
def strength_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a strength."""
    case = case_of(request, pk)
    people = people_of(case.household)
    form = NewStrengthForm(request.POST or None, people=people, initial={"noticed_on": timezone.localdate()})
    if saved(request, form, partial(services.notice_strength, case=case, by=access.person(request)), "Strength added"):
        return redirect("plans:plan", case.pk)
    return shown(request, case, "strength_new", form, PLAN)


@needs(Permission.CASE_EDIT)
def strength(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a strength right, or take it down."""
    found = access.get(request, Strength, pk, related=("case__household", "whose"))
    form = EditStrengthForm.of(found, request.POST or None, people=people_of(found.case.household))
    if saved(request, form, partial(services.edit_strength, strength=found, by=access.person(request))):
        return redirect("plans:plan", found.case_id)
    return shown(request, found.case, "strength", form, PLAN)
