"""On what footing a child lives with a carer: adding to the history, ending, putting right."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.queries import every_authority
from alongside.records.people import queries
from alongside.records.people.models import Arrangement, Person, ThreeWay
from alongside.records.people.services import arranging
from alongside.web import kinship
from alongside.web.forms import DayField, PartialDate, PartialDateField
from alongside.web.people.person import about
from alongside.web.saving import EditForm, Form, NewForm, saved

SAME = ("kind", "stage", "proceedings", "looked_after_before", "looked_after_evidence", "ended_on")


class ArrangementForm(Form):
    """What is known of an arrangement."""

    kind = forms.ChoiceField(
        label="On what footing do they live there?",
        choices=Arrangement.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. “Not known” is fine"},
    )
    carer = forms.ChoiceField(label="With whom?", required=False)
    started = PartialDateField(
        label="Since when?", help_text="As much as you know. The year alone is fine.", required=False, past_only=True
    )
    stage = forms.ChoiceField(
        label="How far is the order?", choices=Arrangement.Stage.choices, widget=forms.RadioSelect, initial="none"
    )
    proceedings = forms.ChoiceField(
        label="Who went to court?",
        choices=Arrangement.Proceedings.choices,
        widget=forms.RadioSelect,
        initial=Arrangement.Proceedings.UNKNOWN,
    )
    looked_after_before = forms.ChoiceField(
        label="Was the child looked after by an authority immediately before?",
        help_text="Much of what a family can claim turns on this: therapy money, school money, school places.",
        choices=ThreeWay.choices,
        widget=forms.RadioSelect,
        initial=ThreeWay.UNKNOWN,
    )
    looked_after_evidence = forms.CharField(
        label="How do you know?",
        help_text="For example: the order, the authority’s letter.",
        required=False,
        max_length=200,
    )
    authority = forms.ChoiceField(label="Which authority was or is involved?", required=False)
    ended_on = DayField(label="Ended on", help_text="Leave this blank while it stands.", required=False, past_only=True)

    def __init__(self, data: Any = None, *, child: Person, user: User, **options: Any) -> None:
        super().__init__(data, **options)
        self.carers = {str(person.pk): person for person in queries.carers_of(child, user)}
        self.authorities = {str(one.pk): one for one in every_authority()}
        for name, people in (("carer", self.carers), ("authority", self.authorities)):
            choices = [("", "Not known"), *((key, one.name) for key, one in people.items())]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the services are told."""
        told = dict(self.cleaned_data)
        started: PartialDate = told.pop("started")
        return {
            **told,
            "started_on": started.on,
            "started_precision": started.precision,
            "carer": self.carers.get(told["carer"]),
            "authority": self.authorities.get(told["authority"]),
        }


class NewArrangementForm(ArrangementForm, NewForm):
    """A new arrangement, which may follow one that stands."""

    field_order = ("kind", "carer", "started", "replaces")
    replaces = forms.ChoiceField(
        label="Does it follow one that stands now?", widget=forms.RadioSelect, required=False, choices=()
    )

    def __init__(self, data: Any = None, *, child: Person, user: User, **options: Any) -> None:
        super().__init__(data, child=child, user=user, **options)
        self.standing = {str(one.pk): one for one in queries.arrangements_of(child, user) if one.ended_on is None}
        if self.standing:
            self.fields["replaces"].choices = [  # type: ignore[attr-defined]
                *((key, f"Yes, it ends this one: {kinship.footing(one)}") for key, one in self.standing.items()),
                ("none", "No, both stand"),
            ]
        else:
            del self.fields["replaces"]

    def facts(self) -> dict[str, Any]:
        """Name the arrangement that this one ends, if any."""
        told = super().facts()
        told["replaces"] = self.standing.get(told.get("replaces", ""))
        return told


class EditArrangementForm(ArrangementForm, EditForm):
    """An arrangement put right or ended."""

    @staticmethod
    def stored(row: Arrangement) -> dict[str, Any]:
        """What the arrangement says now."""
        precision = row.started_precision if row.started_on else "unknown"
        return {
            **{name: getattr(row, name) for name in SAME},
            "started": PartialDate(row.started_on, precision),
            "carer": str(row.carer_id or ""),
            "authority": str(row.authority_id or ""),
        }


@needs(Permission.CASE_EDIT)
def arrangement_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add an arrangement to a child's history."""
    child = access.get(request, Person, pk)
    form = NewArrangementForm(request.POST or None, child=child, user=access.person(request))
    write = partial(arranging.record_arrangement, child=child, by=access.person(request))
    if saved(request, form, write, "Arrangement added"):
        return redirect("people:person", child.pk)
    return about(request, child, "arrangement_new", form)


@needs(Permission.CASE_EDIT)
def arrangement_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put an arrangement right, or end it."""
    arrangement = access.get(request, Arrangement, pk, related=("child",))
    user = access.person(request)
    form = EditArrangementForm.of(arrangement, request.POST or None, child=arrangement.child, user=user)
    if saved(request, form, partial(arranging.edit_arrangement, arrangement=arrangement, by=user)):
        return redirect("people:person", arrangement.child_id)
    return about(request, arrangement.child, "arrangement_change", form)
