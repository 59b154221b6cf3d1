"""A family's letters: what was sent and what is being written, and beginning a new one."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case
from alongside.records.letters import queries, services
from alongside.records.letters.library import begun_from_nothing, templates
from alongside.records.letters.models import Letter
from alongside.records.letters.rules import Addressed
from alongside.records.people.models import Membership, Person
from alongside.records.people.queries import members_past_and_present
from alongside.web.letters.facts import facts_of
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved

STATUS = {status.value: str(status.label) for status in Letter.Status}
HOW = {how.value: str(how.label).lower() for how in Letter.How}
NOBODY = "nobody"


class BeginForm(NewForm):
    """Which letter, from which carer's side, about which child."""

    template = forms.ChoiceField(
        label="Which letter?",
        choices=[(key, template.title) for key, template in begun_from_nothing().items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which letter it is"},
    )
    carer = forms.ChoiceField(label="Which carer?", widget=forms.RadioSelect, required=False)
    child = forms.ChoiceField(label="About which child?", widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, carers: list[Person], children: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(person.pk): person for person in [*carers, *children]}
        for name, people in (("carer", carers), ("child", children)):
            choices = [(str(person.pk), person.known_as or person.name) for person in people]
            self.fields[name].choices = [*choices, (NOBODY, "Nobody by name")]  # type: ignore[attr-defined]
            self.fields[name].initial = choices[0][0] if choices else NOBODY

    def person(self, name: str) -> Person | None:
        """Give who was chosen."""
        return self.people.get(self.cleaned_data.get(name) or "")


@needs(Permission.CASE_SEE)
def letters(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the letters of one family."""
    case = _case(request, pk, "letters opened")
    context = {"case": case, "letters": queries.letters_of(case), "status": STATUS, "how": HOW}
    return page(request, "letters/letters.html", context)


@needs(Permission.CASE_EDIT)
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a letter from a template."""
    case = _case(request, pk)
    members = members_past_and_present(case.household)
    carers, children = (
        [one.person for one in members if one.part == part and one.until is None]
        for part in (Membership.Part.CARER, Membership.Part.CHILD)
    )
    form = BeginForm(request.POST or None, carers=carers, children=children)
    if saved(request, form, partial(_write, request, case, form, children), "The letter is begun. Nothing is sent yet"):
        return redirect("letters:letter", form.cleaned_data["submission"])
    hints = {key: template.when for key, template in templates().items()}
    back_to = (reverse("letters:letters", args=[case.pk]), "Back to the letters")
    context = {"form": form, "caption": str(case.household), "back_to": back_to, "hints": hints}
    return page(request, "letters/begin.html", context)


def _write(request: HttpRequest, case: Case, form: BeginForm, children: list[Person], **told: Any) -> Letter:
    template = templates()[told["template"]]
    carer, child = form.person("carer"), form.person("child")
    to = Addressed()
    if template.to == "carer" and carer is not None:
        to = queries.addressed_to(carer, case.household)
    elif template.to == "authority" and case.authority is not None:
        to = Addressed(case.authority.name)
    return services.write_letter(
        case=case,
        template=template.key,
        about=child,
        facts=facts_of(case, carer, child, children, access.person(request)),
        to=to,
        by=access.person(request),
        submission=told["submission"],
    )


def _case(request: HttpRequest, pk: UUID, what: str = "") -> Case:
    return access.get(request, Case, pk, what=what, related=("household", "authority", "worker"))
