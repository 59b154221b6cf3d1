"""Who and what is around a carer, and how strong the tie is."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.people.models import Household, Supporter
from alongside.records.people.picture import carers_of_household
from alongside.records.people.services import relating
from alongside.web.picture.opening import open_family, removed, shown
from alongside.web.saving import EditForm, Form, NewForm, saved

NAMED = ("name", "kind", "tie", "words")


class SupporterFacts(Form):
    """Who or what it is, and how strong the tie."""

    carer = forms.ChoiceField(label="Around whom?", error_messages={"required": "Choose the carer"})
    name = forms.CharField(
        label="Who or what is it?",
        help_text="For example: Aunt May, the choir, the school, the court case.",
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": "Say who or what it is"},
    )
    kind = forms.ChoiceField(label="Of what kind?", choices=Supporter.Kind.choices, widget=forms.RadioSelect)
    tie = forms.ChoiceField(
        label="How is the tie?",
        help_text="As the carer sees it.",
        choices=Supporter.Tie.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the tie is"},
    )
    words = forms.CharField(label="Anything to add?", required=False, max_length=300)

    def __init__(self, data: Any = None, *, household: Household, **options: Any) -> None:
        super().__init__(data, **options)
        self.carers = {str(person.pk): person for person in carers_of_household(household)}
        self.fields["carer"].choices = [(key, one.name) for key, one in self.carers.items()]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Name the carer."""
        return {**self.cleaned_data, "carer": self.carers[self.cleaned_data["carer"]]}


class SupporterForm(SupporterFacts, NewForm):
    """Somebody or something new around a carer."""


class EditSupporterForm(SupporterFacts, EditForm):
    """A tie put right."""

    @staticmethod
    def stored(row: Supporter) -> dict[str, Any]:
        """What is recorded now."""
        return {**{name: getattr(row, name) for name in NAMED}, "carer": str(row.carer_id)}


@needs(Permission.CASE_EDIT)
def supporter_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who or what is around a carer."""
    case = open_family(request, pk)
    form = SupporterForm(request.POST or None, household=case.household)
    write = partial(relating.add_supporter, household=case.household, by=access.person(request))
    if saved(request, form, write, "Added to the picture"):
        return redirect("picture:picture", pk)
    return shown(request, case, "supporter_new", form)


@needs(Permission.CASE_EDIT)
def supporter_change(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Put right who is around a carer, or how strong the tie is now."""
    case = open_family(request, pk)
    found = access.get(request, Supporter, row)
    form = EditSupporterForm.of(found, request.POST or None, household=case.household)
    if saved(request, form, partial(relating.edit_supporter, supporter=found, by=access.person(request))):
        return redirect("picture:picture", pk)
    return shown(request, case, "supporter_change", form, supporter=found)


@needs(Permission.CASE_EDIT)
def supporter_remove(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Take away somebody who is no longer around a carer."""
    case = open_family(request, pk)
    found = access.get(request, Supporter, row)
    by = access.person(request)
    remove = partial(relating.remove_supporter, supporter=found, version=found.version, by=by)
    return removed(request, case, "Remove this tie?", f"Recorded now: {found.name}, {found.get_tie_display()}.", remove)
