"""What a family is paid: its history, what it should come to, and when it is looked at again."""

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
from alongside.records.plans.library import kinds
from alongside.records.plans.models import Allowance, AllowanceEntry
from alongside.records.plans.rules import Every
from alongside.records.plans.services import paying as services
from alongside.web.forms import DayField
from alongside.web.money import PoundsField
from alongside.web.plans.family import PROMISES, PersonField, case_of, children_of, shown
from alongside.web.saving import EditForm, Form, NewForm, saved

OFTEN = [(key, words.capitalize()) for key, words in Every.choices()]
KINDS = [(key, kind.title) for key, kind in kinds().items()]


class ForForm(Form):
    """For whom something is paid."""

    child = PersonField(label="Which child is it for?", nobody="No one child", required=False)

    def __init__(self, *args: Any, children: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        child = self.fields["child"]
        assert isinstance(child, PersonField)  # noqa: S101  (it is, just above)
        child.offer(children)


class NewAllowanceForm(ForForm, NewForm):
    """Money that the family is paid."""

    kind = forms.ChoiceField(
        label="What kind of money is it?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of money it is"},
    )
    paid_by = forms.CharField(
        label="Who pays it?", max_length=120, error_messages={"required": "Write down who pays it"}
    )
    pence = PoundsField(label="How much, in pounds?", error_messages={"required": "Enter the amount"})
    every = forms.ChoiceField(label="How often?", choices=OFTEN, widget=forms.RadioSelect, initial=Every.WEEK.value)
    on = DayField(label="Paid since", past_only=True, error_messages={"required": "Enter the day"})
    review_due = DayField(
        label="When is it next reviewed?",
        help_text="If you leave this blank and this kind of money is reviewed, we put a year after it began.",
        required=False,
    )
    field_order = ("kind", "child", "paid_by", "pence", "every", "on", "review_due")


class ChangeAllowanceForm(ForForm, EditForm):
    """An allowance put right, what it should come to, and its next review."""

    paid_by = forms.CharField(
        label="Who pays it?", max_length=120, error_messages={"required": "Write down who pays it"}
    )
    expected_pence_a_week = PoundsField(
        label="What should it come to a week, as far as you can tell?",
        help_text="For example what the authority's own scheme or the fostering rate comes to.",
        required=False,
    )
    difference = forms.CharField(
        label="If it differs: how has that been explained?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_due = DayField(label="When is it next reviewed?", required=False)

    @staticmethod
    def stored(row: Allowance) -> dict[str, Any]:
        """What is written."""
        return {
            name: getattr(row, name)
            for name in ("child", "paid_by", "expected_pence_a_week", "difference", "review_due")
        }


class EntryForm(Form):
    """A line of an allowance's history."""

    kind = forms.ChoiceField(
        label="What happened?",
        choices=AllowanceEntry.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened"},
    )
    on = DayField(label="From which day?", past_only=True, error_messages={"required": "Enter the day"})
    pence = PoundsField(
        label="The amount, in pounds", help_text="Leave this blank if it stayed or stopped.", required=False
    )
    every = forms.ChoiceField(label="How often?", choices=OFTEN, widget=forms.RadioSelect, initial=Every.WEEK.value)
    why = forms.CharField(
        label="Why?",
        help_text="As it was explained to the family. If nobody explained it, say so.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewEntryForm(EntryForm, NewForm):
    """A new line."""

    review_due = DayField(
        label="When is it next reviewed?",
        help_text="Leave this blank for the usual time after a review.",
        required=False,
    )


class EditEntryForm(EntryForm, EditForm):
    """A line put right."""

    @staticmethod
    def stored(row: AllowanceEntry) -> dict[str, Any]:
        """What is written."""
        amount = row.pence if row.kind in services.AMOUNTS else None
        return {"kind": row.kind, "on": row.on, "pence": amount, "every": row.every, "why": row.why}


@needs(Permission.CASE_EDIT)
def allowance_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down money that the family is paid."""
    case = case_of(request, pk)
    usual = {"paid_by": case.authority.name if case.authority else "", "on": None}
    form = NewAllowanceForm(request.POST or None, children=children_of(case.household), initial=usual)
    if saved(request, form, partial(services.begin_allowance, case=case, by=access.person(request)), "Payment added"):
        return redirect("plans:promises", case.pk)
    return shown(request, case, "allowance_new", form, PROMISES)


@needs(Permission.CASE_EDIT)
def allowance(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put an allowance right, or say what it should come to."""
    found = _allowance(request, pk)
    form = ChangeAllowanceForm.of(found, request.POST or None, children=children_of(found.case.household))
    if saved(request, form, partial(services.edit_allowance, allowance=found, by=access.person(request))):
        return redirect("plans:promises", found.case_id)
    return shown(request, found.case, "allowance", form, PROMISES)


@needs(Permission.CASE_EDIT)
def entry_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a line of an allowance's history."""
    found = _allowance(request, pk)
    form = NewEntryForm(request.POST or None, initial={"on": timezone.localdate()})
    write = partial(services.enter, allowance=found, by=access.person(request))
    if saved(request, form, write, "What changed is added"):
        return redirect("plans:promises", found.case_id)
    title = kinds()[found.kind].title
    return shown(request, found.case, "entry", form, PROMISES, money=title)


@needs(Permission.CASE_EDIT)
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a line right."""
    found = access.get(request, AllowanceEntry, pk, related=("case__household", "allowance"))
    form = EditEntryForm.of(found, request.POST or None)
    if saved(request, form, partial(services.edit_entry, entry=found, by=access.person(request))):
        return redirect("plans:promises", found.case_id)
    return shown(request, found.case, "entry", form, PROMISES, money=kinds()[found.allowance.kind].title)


def _allowance(request: HttpRequest, pk: UUID) -> Allowance:
    return access.get(request, Allowance, pk, related=("case__household", "child"))
