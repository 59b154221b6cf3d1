"""Planning days away: handing each family of a worker to somebody else."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.insight.workload.handing import Handing, handings, takers_for
from alongside.records.oversight.models import Absence
from alongside.records.oversight.queries import away_now
from alongside.records.oversight.services.covering import plan_absence
from alongside.records.oversight.tasks import look_on_its_days
from alongside.web.dates import day
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved
from alongside.web.team.frame import worker_of

EACH = "each"
READ_FIRST = "Read before calling."


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
        self,
        data: Any = None,
        *,
        handed: Sequence[Handing],
        takers: Sequence[User],
        away: Mapping[UUID, Absence],
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.takers = {str(taker.pk): taker for taker in takers}
        people = {taker.pk: f"{taker.name}{_until(away.get(taker.pk))}" for taker in takers}
        all_to = self.fields["all_to"]
        all_to.choices = [  # type: ignore[attr-defined]
            (EACH, "Each family as in the list"),
            *((str(pk), f"{words} takes all of them") for pk, words in people.items()),
        ]
        all_to.help_text = _suggestion(handed, people)
        self.handed = {f"case_{one.case.pk.hex}": one for one in handed}
        for name, one in self.handed.items():
            self.fields[name] = forms.ChoiceField(
                label=one.case.household.name,
                help_text=_told(one),
                choices=[(str(taker.pk), people[taker.pk]) for taker in one.takers],
                required=False,
                initial=str(one.suggested or ""),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for somebody for each family, where nobody takes them all."""
        said = super().clean() or self.cleaned_data
        if said.get("all_to") not in self.takers:
            for name in self.handed:
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, "Choose who takes this family")
        return said

    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        said = self.cleaned_data
        one = self.takers.get(said["all_to"])
        covers = {handed.case.pk: one or self.takers[said[name]] for name, handed in self.handed.items()}
        return {**{name: said[name] for name in ("submission", "starts_on", "ends_on", "words")}, "covers": covers}


@needs(Permission.TEAM_LEAD)
def away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan that a worker is away."""
    user, today = access.person(request), timezone.localdate()
    found, gone = worker_of(request, pk), away_now(user.agency_id, today)
    takers = takers_for(found, gone)
    handed = handings(found, user, takers, gone, today)
    form = AwayForm(request.POST or None, handed=handed, takers=takers, away=gone)
    if saved(request, form, partial(_plan, worker=found, by=user), "The handover is saved."):
        return redirect("team:absence", form.cleaned_data["submission"])
    others = [name for name, one in form.handed.items() if not one.first]
    context = {
        "form": form,
        "caption": found.name,
        "back_to": (url("team:worker", found.pk), found.name),
        "about": ["starts_on", "ends_on", "words"],
        "first": [name for name, one in form.handed.items() if one.first],
        "others": others,
        "others_wrong": any(form[name].errors for name in others),
        "takers": takers,
    }
    return page(request, "team/away.html", context)


def _plan(**facts: Any) -> None:
    look_on_its_days(plan_absence(**facts))


def _until(absence: Absence | None) -> str:
    if absence is None:
        return ""
    return f" (away until {day(absence.ends_on)})" if absence.ends_on else " (away)"


def _suggestion(handed: Sequence[Handing], people: Mapping[UUID, str]) -> str:
    given = Counter(one.suggested for one in handed if one.suggested)
    return f"Suggested: {', '.join(f'{people[pk]} {number}' for pk, number in given.most_common())}." if given else ""


def _told(one: Handing) -> str:
    """Say what makes a family one to think of first."""
    if not one.takers:
        return "Nobody else may know of this family. Let somebody know of it first, on its Safety page."
    concern = "A concern is open. " if one.case.concern_since else ""
    return concern + (READ_FIRST if one.noted else "")
