"""What the pages of a plan share: fetching the family, its people as choices, and showing a form about it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.core import access
from alongside.records.cases.models import Case
from alongside.records.people.models import Household, Membership, Person
from alongside.records.people.queries import members_past_and_present
from alongside.web.rendering import page

PLAN, PROMISES = ("plans:plan", "Back to the plan"), ("plans:promises", "Back to promises and money")


def case_of(request: HttpRequest, pk: UUID, what: str = "") -> Case:
    """Fetch a case with its household."""
    return access.get(request, Case, pk, what=what, related=("household", "authority", "worker"))


def people_of(household: Household, part: str = "") -> list[Person]:
    """Give everybody who lives or lived there, once, or those who have this part in it."""
    members = members_past_and_present(household)
    return list({one.person_id: one.person for one in members if part in ("", one.part)}.values())


def carers_of(household: Household) -> list[Person]:
    """Give the carers of a household."""
    return people_of(household, Membership.Part.CARER)


def children_of(household: Household) -> list[Person]:
    """Give the children of a household."""
    return people_of(household, Membership.Part.CHILD)


class PersonField(forms.ChoiceField):
    """One of the people of a household, or nobody where that has words; gives the person."""

    def __init__(self, *, nobody: str = "", **options: Any) -> None:
        self.nobody = nobody
        self.people: dict[str, Person] = {}
        super().__init__(widget=forms.RadioSelect, **options)

    def offer(self, people: Sequence[Person]) -> None:
        """Say who may be chosen."""
        self.people = {str(person.pk): person for person in people}
        rest = [("nobody", self.nobody)] if self.nobody else []
        self.choices = rest + [(key, person.known_as or person.name) for key, person in self.people.items()]

    def prepare_value(self, value: Any) -> Any:
        if value is None and self.nobody:
            return "nobody"
        return str(value.pk) if isinstance(value, Person) else value

    def clean(self, value: Any) -> Any:
        """Give the person; nobody where that was chosen, or nothing was."""
        return self.people.get(super().clean(value))


def shown(
    request: HttpRequest, case: Case, template: str, form: forms.Form, back: tuple[str, str], **more: Any
) -> HttpResponse:
    """Show a form about a family."""
    context = {
        "form": form,
        "case": case,
        "caption": str(case.household),
        "back_to": (reverse(back[0], args=[case.pk]), back[1]),
    }
    return page(request, f"plans/{template}.html", {**context, **more})
