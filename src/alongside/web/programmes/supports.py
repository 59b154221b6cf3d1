"""What was offered to a family beside the sessions, and which contacts count as sessions."""

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
from alongside.records.cases.models import Case, Contact
from alongside.records.programmes.models import Enrolment, Support
from alongside.records.programmes.services.supporting import change_support, count_session, record_support
from alongside.records.programmes.standing import counted_for, enrolments_of
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, NewForm, saved

NONE = "none"


class SupportForm(forms.Form):
    """What was offered or done."""

    kind = forms.ChoiceField(
        label="What was it?",
        choices=Support.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it was"},
    )
    on = DayField(label="When?", past_only=True, error_messages={"required": "Enter the day"})
    words = forms.CharField(
        label="In your words",
        help_text="What you offered, advised or found. The next person should not have to ask again.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reply = forms.ChoiceField(
        label="What did they say?",
        choices=Support.Reply.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )


class NewSupportForm(SupportForm, NewForm):
    """Something new."""


class EditSupportForm(SupportForm, EditForm):
    """Put right, or answered in the end."""

    @staticmethod
    def stored(row: Support) -> dict[str, Any]:
        """What it says now."""
        return {name: getattr(row, name) for name in ("kind", "on", "words", "reply")}


class CountForm(Form):
    """For which programme a contact counts."""

    enrolment = forms.ChoiceField(
        label="For which programme is it a session?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a programme, or none"},
    )

    def __init__(self, data: Any, *, held: list[Enrolment], **options: Any) -> None:
        super().__init__(data, **options)
        self.held = {str(each.pk): each for each in held}
        self.fields["enrolment"].choices = [  # type: ignore[attr-defined]
            *((pk, each.contract.programme.name) for pk, each in self.held.items()),
            (NONE, "None: it was not a session"),
        ]

    def facts(self) -> dict[str, Any]:
        """Give the place itself."""
        return {"enrolment": self.held.get(self.cleaned_data["enrolment"])}


@needs(Permission.CASE_EDIT)
def support_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what was offered."""
    case = access.get(request, Case, pk, related=("household",))
    kind = request.GET.get("kind", "")
    form = NewSupportForm(request.POST or None, initial={"on": timezone.localdate(), "kind": kind})
    if saved(request, form, partial(record_support, case=case, by=access.person(request))):
        return redirect("programmes:family", case.pk)
    return _shown(request, "support_new", form, case)


@needs(Permission.CASE_EDIT)
def support_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put it right, or say what they said in the end."""
    found = access.get(request, Support, pk, related=("case__household",))
    form = EditSupportForm.of(found, request.POST or None)
    if saved(request, form, partial(change_support, support=found, by=access.person(request))):
        return redirect("programmes:family", found.case_id)
    return _shown(request, "support_change", form, found.case)


@needs(Permission.CASE_EDIT)
def count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say for which programme a contact counts."""
    contact = access.get(request, Contact, pk, related=("case__household",))
    now = counted_for(contact)
    form = CountForm(
        request.POST or None,
        held=enrolments_of(contact.case_id, timezone.localdate(contact.at)),
        initial={"enrolment": str(now) if now else NONE},
    )
    if saved(request, form, partial(count_session, contact=contact, by=access.person(request))):
        return redirect("programmes:family", contact.case_id)
    return _shown(request, "count", form, contact.case, {"contact": contact})


def _shown(
    request: HttpRequest, template: str, form: Form, case: Case, more: dict[str, Any] | None = None
) -> HttpResponse:
    family = str(case.household)
    back_to = (url("programmes:family", case.pk), f"Back to {family}")
    context = {"form": form, "case": case, "caption": family, "back_to": back_to}
    return page(request, f"programmes/{template}.html", context | (more or {}))
