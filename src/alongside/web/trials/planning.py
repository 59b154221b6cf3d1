"""Every trial, and planning one: what is compared, for whom, by which chance, and what tells whether it helped."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.records.measures.usable import of_carers
from alongside.records.programmes.queries import programmes
from alongside.records.trials.models import Trial
from alongside.records.trials.queries import trials_for
from alongside.records.trials.rules import FACTORS
from alongside.records.trials.services.setting_up import change_trial, plan_trial
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, NewForm, saved

SAME = (
    *("name", "question", "design", "level", "method", "first_arm", "second_arm", "factors", "instrument"),
    *("wanted", "waiting_weeks", "follow_up_weeks"),
)


class PlanForm(Form):
    """What a trial is to be."""

    name = forms.CharField(label="What is it called?", max_length=80)
    question = forms.CharField(label="What question does it answer?", max_length=300)
    programme = forms.ChoiceField(label="Which support is tried?")
    first_arm = forms.CharField(
        label="What do those in the first arm get?", help_text="Such as “Kinship Connected now”.", max_length=80
    )
    second_arm = forms.CharField(
        label="And those in the second?",
        help_text="Such as “As it is now, and it in 12 weeks”.",
        max_length=80,
    )
    design = forms.ChoiceField(
        label="What is allocated?",
        choices=Trial.Design.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is allocated"},
    )
    waiting_weeks = forms.IntegerField(label="How many weeks do they wait?", required=False, min_value=1, max_value=104)
    level = forms.ChoiceField(
        label="Teams or authorities?", required=False, choices=Trial.Level.choices, widget=forms.RadioSelect
    )
    method = forms.ChoiceField(
        label="How does chance decide on each family?",
        help_text="Teams and authorities are paired by size instead, and chance decides within each pair.",
        required=False,
        choices=Trial.Method.choices,
        widget=forms.RadioSelect,
    )
    factors = forms.MultipleChoiceField(
        label="In what should the two arms be alike?",
        help_text="At most four. It is read from the family’s record at the moment when chance decides.",
        required=False,
        choices=list(FACTORS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    criteria = forms.CharField(
        label="What must be so for a family to take part?",
        help_text="One sentence on each line. The family’s worker says yes or no to each.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    instrument = forms.ChoiceField(label="Which questions tell whether it helped?")
    follow_up_weeks = forms.IntegerField(
        label="How many weeks after chance decided are they asked again?", min_value=1, max_value=156
    )
    wanted = forms.IntegerField(
        label="How many families should enter?", help_text="Both arms together.", min_value=2, max_value=5000
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.programmes = {one.slug: one for one in programmes()}
        self.fields["programme"].choices = [(slug, one.name) for slug, one in self.programmes.items()]  # type: ignore[attr-defined]

    def offers(self, agency: UUID) -> None:
        """Offer the questions that an agency may ask, its own among them."""
        self.fields["instrument"].choices = [(one.key, one.title) for one in of_carers(agency)]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Give the programme itself, and the criteria as the lines they are."""
        said = dict(self.cleaned_data)
        lines = [" ".join(line.split()) for line in said["criteria"].splitlines()]
        return {**said, "programme": self.programmes[said["programme"]], "criteria": [line for line in lines if line]}


class NewTrialForm(NewForm, PlanForm):
    """A trial that is new."""


class ChangeForm(EditForm, PlanForm):
    """A trial that is planned already."""

    @staticmethod
    def stored(row: Trial) -> dict[str, Any]:
        """What is planned now."""
        said = {name: getattr(row, name) for name in SAME}
        return {**said, "programme": row.programme.slug, "criteria": "\n".join(row.criteria)}


@needs(Permission.TRIAL_RUN)
def trials(request: HttpRequest) -> HttpResponse:
    """List the trials."""
    user = access.person(request)
    ledger.note(by=user, what="list of trials opened")
    return page(request, "trials/trials.html", {"trials": trials_for(user)})


@needs(Permission.TRIAL_RUN)
def new(request: HttpRequest) -> HttpResponse:
    """Plan a trial."""
    form = NewTrialForm(request.POST or None)
    form.offers(access.person(request).agency_id)
    if saved(request, form, partial(plan_trial, by=access.person(request)), "The trial is planned. Nobody enters yet."):
        return redirect("trials:trial", form.cleaned_data["submission"])
    return page(request, "trials/plan.html", {"form": form, "caption": "", "back_to": (url("trials:trials"), "Trials")})


@needs(Permission.TRIAL_RUN)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the plan of a trial that was not opened yet."""
    found = access.get(request, Trial, pk, related=("programme",))
    form = ChangeForm.of(found, request.POST or None)
    form.offers(found.agency_id)
    if saved(request, form, partial(change_trial, trial=found, by=access.person(request)), "The plan is changed."):
        return redirect("trials:trial", found.pk)
    back_to = (url("trials:trial", found.pk), found.name)
    return page(request, "trials/plan.html", {"form": form, "caption": found.name, "back_to": back_to})
