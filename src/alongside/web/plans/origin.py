"""How a child came to live with the carer: who asked, who brought the child, what it was called, what shows it."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.people.models import Person
from alongside.records.plans.models import OriginEvent
from alongside.records.plans.services import remembering as services
from alongside.web.forms import PartialDate, PartialDateField
from alongside.web.plans.family import PROMISES, PersonField, case_of, children_of, shown
from alongside.web.saving import EditForm, Form, NewForm, saved


class OriginForm(Form):
    """Something that happened as a child came."""

    kind = forms.ChoiceField(
        label="What happened?",
        choices=OriginEvent.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened"},
    )
    child = PersonField(label="Which child was it about?", nobody="All of them", required=False)
    when = PartialDateField(
        label="When?", help_text="As well as they remember it. A year alone is fine.", required=False, past_only=True
    )
    who = forms.ChoiceField(
        label="Who did or said it?",
        choices=OriginEvent.Who.choices,
        widget=forms.RadioSelect,
        initial=OriginEvent.Who.UNKNOWN,
    )
    who_words = forms.CharField(label="Their name or job, if it is known", required=False, max_length=120)
    authority_part = forms.ChoiceField(
        label="What part did the local authority have in it?",
        choices=OriginEvent.AuthorityPart.choices,
        widget=forms.RadioSelect,
        initial=OriginEvent.AuthorityPart.UNKNOWN,
    )
    words = forms.CharField(
        label="What was said and done",
        help_text="In the carer's own words where you can.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = forms.CharField(
        label="What shows it?",
        help_text="A letter, a text message, a police log, somebody who was there. Say where it is kept.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, children: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        child = self.fields["child"]
        assert isinstance(child, PersonField)  # noqa: S101  (it is, just above)
        child.offer(children)

    def facts(self) -> dict[str, Any]:
        """Give the day and how well it is known apart."""
        told = dict(self.cleaned_data)
        on, precision = told.pop("when")
        return {**told, "on": on, "precision": precision}


class NewOriginForm(OriginForm, NewForm):
    """A new event."""


class EditOriginForm(OriginForm, EditForm):
    """An event put right."""

    @staticmethod
    def stored(row: OriginEvent) -> dict[str, Any]:
        """What is written."""
        names = ("kind", "child", "who", "who_words", "authority_part", "words", "evidence")
        return {**{name: getattr(row, name) for name in names}, "when": PartialDate(row.on, row.precision)}


@needs(Permission.CASE_EDIT)
def origin_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down something that happened."""
    case = case_of(request, pk)
    form = NewOriginForm(request.POST or None, children=children_of(case.household))
    write = partial(services.remember, case=case, by=access.person(request))
    if saved(request, form, write, "Added to how they came to live there"):
        return redirect("plans:promises", case.pk)
    return shown(request, case, "origin", form, PROMISES)


@needs(Permission.CASE_EDIT)
def origin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put an event right."""
    found = access.get(request, OriginEvent, pk, related=("case__household", "child"))
    form = EditOriginForm.of(found, request.POST or None, children=children_of(found.case.household))
    if saved(request, form, partial(services.edit_memory, event=found, by=access.person(request))):
        return redirect("plans:promises", found.case_id)
    return shown(request, found.case, "origin", form, PROMISES)
