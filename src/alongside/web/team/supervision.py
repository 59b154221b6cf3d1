"""Supervision: writing down what was talked of and agreed, reading it again, and saying that something was done."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission, Role
from alongside.insight.workload.handing import caseload_of
from alongside.records.cases.models import Case
from alongside.records.oversight.models import AgreedAction, Supervision
from alongside.records.oversight.queries import actions_of, talks_of
from alongside.records.oversight.services.supervising import finish_action, record_supervision
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, NewForm, saved
from alongside.web.team.frame import worker_of

ACTIONS = 3


class AgreeingForm(Form):
    """A form in which up to three things may be agreed."""

    def add_actions(self) -> None:
        """Add their fields, behind the others."""
        for number in range(1, ACTIONS + 1):
            label = "What was agreed?" if number == 1 else "And what else?"
            self.fields[f"agreed_{number}"] = forms.CharField(label=label, required=False, max_length=300)
            self.fields[f"agreed_{number}_due"] = DayField(label="By when?", required=False)

    def agreed(self) -> list[tuple[str, Any]]:
        """Give what was agreed, with its day."""
        said = self.cleaned_data
        return [(said[f"agreed_{number}"], said[f"agreed_{number}_due"]) for number in range(1, ACTIONS + 1)]


class SupervisionForm(NewForm, AgreeingForm):
    """One supervision, with a place for each family."""

    held_on = DayField(label="When did you meet?", past_only=True)
    words = forms.CharField(
        label="How is the worker, and what else did you talk about?",
        help_text="The worker can read this.",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any = None, *, cases: list[Case], **options: Any) -> None:
        super().__init__(data, **options)
        self.talks = {f"talk_{case.pk.hex}": case.pk for case in cases}
        for case in cases:
            self.fields[f"talk_{case.pk.hex}"] = forms.CharField(
                label=f"What did you say about {case.household.name}?",
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.add_actions()
        self.fields["next_on"] = DayField(label="When do you meet next?", required=False)

    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        said = self.cleaned_data
        same = {name: said[name] for name in ("submission", "held_on", "words", "next_on")}
        return {**same, "talks": {case: said[name] for name, case in self.talks.items()}, "agreed": self.agreed()}


class DoneForm(EditForm):
    """What came of something agreed."""

    done_on = DayField(label="When was it done?", past_only=True)
    came_of_it = forms.CharField(label="What came of it?", required=False, max_length=300)

    @staticmethod
    def stored(row: AgreedAction) -> dict[str, Any]:
        """What is known now."""
        return {"done_on": row.done_on, "came_of_it": row.came_of_it}


@needs(Permission.TEAM_LEAD)
def supervise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a supervision."""
    user, found = access.person(request), worker_of(request, pk)
    cases = caseload_of(found, user)
    form = SupervisionForm(request.POST or None, cases=cases, initial={"held_on": timezone.localdate()})
    write = partial(record_supervision, worker=found, by=user)
    if saved(request, form, write, "The supervision is saved. The worker can read it."):
        return redirect("team:worker", found.pk)
    context = {
        "form": form,
        "caption": found.name,
        "back_to": (url("team:worker", found.pk), found.name),
        "before": ["held_on", "words"],
        "talks": [(f"talk_{case.pk.hex}", case.household.name, case.concern_since is not None) for case in cases],
        "after": [name for name in form.fields if name.startswith("agreed_")] + ["next_on"],
    }
    return page(request, "team/supervise.html", context)


@needs(Permission.CASE_SEE)
def supervision(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a supervision to those who were in it."""
    found = access.get(request, Supervision, pk, related=("worker", "by"))
    return page(
        request,
        "team/supervision.html",
        {
            "supervision": found,
            "talks": talks_of(found, access.person(request)),
            "actions": actions_of(supervision=found),
            "up": _up(request, found),
            "today": timezone.localdate(),
        },
    )


@needs(Permission.CASE_SEE)
def action(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that something agreed was done."""
    found = access.get(request, AgreedAction, pk, related=("owner",))
    form = DoneForm.of(found, request.POST or None)
    lead = access.person(request).role == Role.MANAGER
    back_to = (url("team:worker", found.owner_id), found.owner.name) if lead else (url("team:mine"), "Supervision")
    if saved(request, form, partial(finish_action, action=found, by=access.person(request))):
        return redirect(back_to[0])
    return page(request, "team/action.html", {"form": form, "caption": found.words, "back_to": back_to})


def _up(request: HttpRequest, found: Supervision) -> tuple[str, str]:
    if access.person(request).role == Role.MANAGER:
        return found.worker.name, url("team:worker", found.worker_id)
    return "Supervision", url("team:mine")
