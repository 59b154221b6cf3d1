"""Days away: handing each family of a worker to somebody else, and having them back."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.insight.workload.handing import caseload_of, suggested_takers, takers_for
from alongside.records.cases.models import Case
from alongside.records.oversight.models import Absence
from alongside.records.oversight.queries import covers_of, noted
from alongside.records.oversight.rules import standing_in
from alongside.records.oversight.services.covering import begin, end, plan_absence
from alongside.records.oversight.tasks import look_on_its_days
from alongside.web.before_calling import check_again
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved
from alongside.web.team.frame import worker_of
from alongside.web.team.worker import STANDS

EACH = "each"
READ_FIRST = "Read before calling: something must be known of this family."


class AwayForm(NewForm):
    """When somebody is away, and who takes each of their families."""

    starts_on = DayField(label="What is their first day away?")
    ends_on = DayField(
        label="And their last?",
        help_text="Leave this blank while nobody knows. The families come back the day after.",
        required=False,
    )
    words = forms.CharField(
        label="What must those who stand in know?",
        help_text="Not why somebody is away.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    all_to = forms.ChoiceField(label="Who takes the families?", required=False)

    def __init__(
        self, data: Any = None, *, cases: list[Case], takers: list[User], first: dict[UUID, UUID], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.takers = {str(taker.pk): taker for taker in takers}
        people = [(key, taker.name) for key, taker in self.takers.items()]
        self.fields["all_to"].choices = [  # type: ignore[attr-defined]
            (EACH, "Each family as chosen below"),
            *((key, f"{name} takes all of them") for key, name in people),
        ]
        self.cases = {f"case_{case.pk.hex}": case for case in cases}
        self.fields_of = {case.household_id: name for name, case in self.cases.items()}
        for name, case in self.cases.items():
            self.fields[name] = forms.ChoiceField(
                label=case.household.name, choices=people, required=False, initial=str(first.get(case.pk, ""))
            )

    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        said = self.cleaned_data
        one = self.takers.get(said["all_to"])
        covers = {case.pk: one or self.takers[said[name]] for name, case in self.cases.items() if one or said[name]}
        return {**{name: said[name] for name in ("submission", "starts_on", "ends_on", "words")}, "covers": covers}


@needs(Permission.TEAM_LEAD)
def away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan that a worker is away."""
    user, today = access.person(request), timezone.localdate()
    found = worker_of(request, pk)
    cases, takers = caseload_of(found, user), takers_for(found)
    first = suggested_takers(user, cases, takers, today)
    form = AwayForm(request.POST or None, cases=cases, takers=takers, first=first)
    for household in noted(form.fields_of):
        form.fields[form.fields_of[household]].help_text = READ_FIRST
    if saved(request, form, partial(_plan, worker=found, by=user), "The handover is saved."):
        return redirect("team:absence", form.cleaned_data["submission"])
    context = {
        "form": form,
        "caption": found.name,
        "back_to": (url("team:worker", found.pk), found.name),
        "before": ["starts_on", "ends_on", "words", "all_to"],
        "cases": list(form.cases),
        "takers": takers,
    }
    return page(request, "team/away.html", context)


def _plan(**facts: Any) -> None:
    look_on_its_days(plan_absence(**facts))


@needs(Permission.CASE_SEE)
def absence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who takes which family, with what to know before calling; begin or end it by hand."""
    user, today = access.person(request), timezone.localdate()
    found = access.get(request, Absence, pk, related=("worker", "by"))
    lead = user.may(Permission.TEAM_LEAD)
    if request.method == "POST" and lead:
        if request.POST.get("do") == "begin":
            begin(absence=found, by=user)
            messages.success(request, "The handover has begun.")
        elif request.POST.get("do") == "end":
            end(absence=found, by=user)
            messages.success(request, "The handover is over.")
        return redirect("team:absence", found.pk)
    stands = standing_in(found.starts_on, found.begun_on, found.ends_on, found.over_on, today)
    return page(
        request,
        "team/absence.html",
        {
            "absence": found,
            "stands": stands,
            "tag_words": STANDS[stands],
            "covers": covers_of(found, user),
            "lead": lead,
            "up": (found.worker.name, url("team:worker", found.worker_id))
            if lead
            else ("Supervision", url("team:mine")),
            "check_again": check_again(),
        },
    )
