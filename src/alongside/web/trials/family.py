"""A family on its way into a trial: can it take part, does the carer agree, and what chance decides."""

from functools import partial
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.measures.queries import carers
from alongside.records.measures.usable import held
from alongside.records.trials.models import Trial, TrialConsent
from alongside.records.trials.queries import measured_lately, standing, standings
from alongside.records.trials.services.entering import (
    allocate_family,
    assess_family,
    record_consent,
    withdraw_consent,
)
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, saved

YES, NO = "yes", "no"


class LookForm(Form):
    """Whether each thing that a trial asks for is so."""

    def __init__(self, data: Any = None, *, criteria: list[str], **options: Any) -> None:
        super().__init__(data, **options)
        for number, words in enumerate(criteria):
            self.fields[f"so_{number}"] = forms.ChoiceField(
                label=words,
                choices=[(YES, "Yes"), (NO, "No")],
                widget=forms.RadioSelect,
                error_messages={"required": f"Say whether it is so: {words}"},
            )

    def facts(self) -> dict[str, Any]:
        """Give the answers in their order."""
        return {"answers": [self.cleaned_data[name] == YES for name in self.fields]}


class AskForm(Form):
    """What a carer said."""

    person = forms.ChoiceField(label="Who was asked?", widget=forms.RadioSelect)
    answer = forms.ChoiceField(
        label="Do they agree that chance decides?",
        choices=TrialConsent.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    how = forms.ChoiceField(
        label="How did they say so?",
        choices=TrialConsent.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they said so"},
    )
    said_on = DayField(label="When?", past_only=True)

    def __init__(self, data: Any = None, *, people: list[Any], **options: Any) -> None:
        super().__init__(data, **options)
        self.people = {str(person.pk): person for person in people}
        field = cast(forms.ChoiceField, self.fields["person"])
        field.choices = [(pk, person.name) for pk, person in self.people.items()]

    def facts(self) -> dict[str, Any]:
        """Give the person herself."""
        return {**self.cleaned_data, "person": self.people[self.cleaned_data["person"]]}


class TakeBackForm(EditForm):
    """When somebody took their agreement back, and whether their answers may stay."""

    withdrawn_on = DayField(label="When did they say so?", past_only=True)
    answers_may_stay = forms.ChoiceField(
        label="May we still count what they answered so far?",
        choices=[(YES, "Yes"), (NO, "No, leave it out")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said about their answers"},
    )
    withdrawn_words = forms.CharField(
        label="Did they say why?", help_text="They need not.", required=False, max_length=300
    )

    @staticmethod
    def stored(row: TrialConsent) -> dict[str, Any]:
        """What is known now."""
        return {
            "withdrawn_on": row.withdrawn_on or timezone.localdate(),
            "answers_may_stay": (YES if row.answers_may_stay else NO) if row.withdrawn_on else "",
            "withdrawn_words": row.withdrawn_words,
        }

    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        return {**self.cleaned_data, "answers_may_stay": self.cleaned_data["answers_may_stay"] == YES}


@needs(Permission.CASE_SEE)
def family(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where a family stands in each trial, and what comes next."""
    case = access.get(request, Case, pk, what="a family's trials opened", related=("household",))
    found = standings(case, access.person(request))
    return page(request, "trials/family.html", {"case": case, "standings": found})


@needs(Permission.CASE_EDIT)
def look(request: HttpRequest, pk: UUID, trial: UUID) -> HttpResponse:
    """Say whether a family can take part."""
    case, found = _both(request, pk, trial)
    stands = standing(case, found, access.person(request))
    before = stands.assessment.answers if stands.assessment else []
    form = LookForm(
        request.POST or None,
        criteria=found.criteria,
        initial={f"so_{number}": YES if met else NO for number, met in enumerate(before)},
    )
    if saved(request, form, partial(assess_family, case=case, trial=found, by=access.person(request))):
        return redirect("trials:family", case.pk)
    return page(request, "trials/look.html", {"form": form, "trial": found, **_of(case)})


@needs(Permission.CASE_EDIT)
def ask(request: HttpRequest, pk: UUID, trial: UUID) -> HttpResponse:
    """Write down what the carer said."""
    case, found = _both(request, pk, trial)
    people = carers(case)
    first = {"person": people[0].pk if len(people) == 1 else "", "said_on": timezone.localdate()}
    form = AskForm(request.POST or None, people=people, initial=first)
    if saved(request, form, partial(record_consent, case=case, trial=found, by=access.person(request))):
        return redirect("trials:family", case.pk)
    return page(request, "trials/ask.html", {"form": form, "trial": found, **_of(case)})


@needs(Permission.CASE_EDIT)
def allocate(request: HttpRequest, pk: UUID, trial: UUID) -> HttpResponse:
    """Ask once more, and let chance decide."""
    case, found = _both(request, pk, trial)
    here = url("trials:family", case.pk)
    if request.method == "POST":
        try:
            made = allocate_family(case=case, trial=found, by=access.person(request))
        except Refused as refusal:
            messages.warning(request, refusal.sentence)
        else:
            messages.success(request, f"Chance decided: {found.arms[made.arm]}.")
        return redirect(here)
    asked = held(found.agency_id, found.instrument).title
    words = "Chance decides at once, for good. Nobody can tell beforehand, and nobody can draw again."
    if not measured_lately(case, found, timezone.localdate()):
        words += f" “{asked}” is not answered yet: ask first, as answers change once people know."
    context = {"question": f"Let chance decide for {case.household}?", "words": words, "action": "Let chance decide"}
    return page(request, "layout/confirm.html", {**context, "cancel": here, "warning": False})


@needs(Permission.CASE_EDIT)
def take_back(request: HttpRequest, pk: UUID, trial: UUID) -> HttpResponse:
    """Write down that the carer takes her agreement back."""
    case, found = _both(request, pk, trial)
    consent = standing(case, found, access.person(request)).consent
    if consent is None or not consent.stands:
        messages.warning(request, "Nobody of this family has agreed, so there is nothing to take back.")
        return redirect("trials:family", case.pk)
    form = TakeBackForm.of(consent, request.POST or None)
    write = partial(withdraw_consent, consent=consent, by=access.person(request))
    if saved(request, form, write, "It is written down. Their support goes on as you agree with them."):
        return redirect("trials:family", case.pk)
    return page(request, "trials/take_back.html", {"form": form, "trial": found, **_of(case)})


def _both(request: HttpRequest, pk: UUID, trial: UUID) -> tuple[Case, Trial]:
    case = access.get(request, Case, pk, what="a family's trial opened", related=("household", "authority", "team"))
    found = access.visible(request, Trial).filter(pk=trial).first()
    if found is None:
        raise Http404
    return case, found


def _of(case: Case) -> dict[str, Any]:
    return {"case": case, "caption": str(case.household), "back_to": (url("trials:family", case.pk), "Trials")}
