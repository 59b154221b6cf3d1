"""The days that set the clocks of an arrangement going, or stop them: only those that its kind has."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.clocks.reading import rules
from alongside.records.cases.queries import case_of_household
from alongside.records.people.models import Arrangement, Person
from alongside.records.people.queries import homes_of
from alongside.records.people.services.arranging import record_clock_dates
from alongside.web import kinship
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, saved

# Each date that may be asked, in the order in which they come about: its question, and what helps to answer it.
QUESTIONS = {
    "planned_for": ("When is the child to move in?", "Only while it is planned."),
    "authority_told_on": ("When was the council told?", "By the carer, a parent or you."),
    "temporarily_approved_on": ("When was the carer approved temporarily?", "The authority’s letter says it."),
    "visited_on": ("When did the social worker last visit?", ""),
    "reviewed_on": ("When was the first review?", ""),
    "approval_extended_on": ("When was the temporary approval extended?", "In England it can be extended once."),
    "approval_decided_on": ("When was full approval decided?", "Whether it was given or refused."),
    "fund_assessed_on": ("When did the authority finish its assessment for the fund?", ""),
    "fund_applied_on": ("When did it apply to the fund?", ""),
    "allowance_claimed_on": ("When was Guardian’s Allowance claimed?", ""),
}


def asked_of(kind: str) -> list[str]:
    """Give the dates that matter to the clocks of arrangements of a kind."""
    named = {
        name for rule in rules() if kind in rule.kinds for name in (*rule.count_from, *rule.needs, *rule.ends_with)
    }
    return [name for name in QUESTIONS if name in named]


class DatesForm(EditForm):
    """The dates of one arrangement, any of which may be left blank."""

    def __init__(self, data: Any = None, *, names: list[str], **options: Any) -> None:
        super().__init__(data, **options)
        for name in names:
            label, hint = QUESTIONS[name]
            self.fields[name] = DayField(label=label, help_text=hint, required=False, past_only=name != "planned_for")

    @staticmethod
    def stored(row: Arrangement) -> dict[str, Any]:
        """What the arrangement says now."""
        return {name: getattr(row, name) for name in QUESTIONS}


@needs(Permission.CASE_EDIT)
def dates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say when things happened that the law counts from."""
    arrangement = access.get(request, Arrangement, pk, related=("child",))
    names = asked_of(arrangement.kind)
    if not names:
        raise Http404
    form = DatesForm.of(arrangement, request.POST or None, names=names)
    back_to = _back_to(request, arrangement.child)
    if saved(request, form, partial(record_clock_dates, arrangement=arrangement, by=access.person(request))):
        return redirect(back_to[0])
    caption = f"{arrangement.child.name}: {kinship.KINDS[arrangement.kind]}"
    return page(request, "clocks/dates.html", {"form": form, "caption": caption, "back_to": back_to})


def _back_to(request: HttpRequest, child: Person) -> tuple[str, str]:
    """Lead back to the clocks of the family with which the child lives or, without a case, to the child."""
    homes = homes_of([child.pk], access.person(request))
    cases = case_of_household(home.household_id for home in homes)
    found = next((cases[home.household_id] for home in homes if home.household_id in cases), None)
    return (url("clocks:family", found), "Clocks") if found else (url("people:person", child.pk), "The child")
