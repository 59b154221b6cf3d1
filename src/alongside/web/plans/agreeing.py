"""Agreeing a plan with the carer, seeing it as it was agreed, and sending it to the family."""

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
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.records.people.knowing import know
from alongside.records.people.models import Person
from alongside.records.plans import queries
from alongside.records.plans.models import AgreedPlan, PlanSending
from alongside.records.plans.paper import as_read, content_of, paper_of
from alongside.records.plans.services import agreeing as services
from alongside.web.forms import DayField
from alongside.web.plans.family import PLAN, PersonField, carers_of, case_of, shown
from alongside.web.rendering import page, paper
from alongside.web.saving import NewForm, saved

SENT = {how.value: str(how.label) for how in PlanSending.How}


class AgreeForm(NewForm):
    """With whom, when and how a plan was agreed."""

    agreed_with = PersonField(
        label="With whom did you agree it?", error_messages={"required": "Choose with whom you agreed it"}
    )
    agreed_on = DayField(label="When?", past_only=True, error_messages={"required": "Enter the day"})
    how = forms.ChoiceField(
        label="How?",
        choices=AgreedPlan.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you agreed it"},
    )
    words = forms.CharField(
        label="What did they say about it?",
        help_text="In their own words. It stands at the top of their copy.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, carers: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        agreed_with = self.fields["agreed_with"]
        assert isinstance(agreed_with, PersonField)  # noqa: S101  (it is, just above)
        agreed_with.offer(carers)


class SendForm(NewForm):
    """How a plan goes to the family, and that it is safe there."""

    how = forms.ChoiceField(
        label="How does it go to them?",
        choices=PlanSending.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it goes to them"},
    )
    safe = forms.BooleanField(
        label="I have checked with them that it is safe to have it there, and who else may read it", required=False
    )


@needs(Permission.CASE_EDIT)
def agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree the plan as it stands."""
    case = case_of(request, pk)
    carers = carers_of(case.household)
    first = carers[0] if carers else None
    usual = {"agreed_on": timezone.localdate(), "agreed_with": first}
    form = AgreeForm(request.POST or None, carers=carers, initial=usual)
    write = partial(services.agree_plan, case=case, by=access.person(request))
    if saved(request, form, write, "The plan is kept as you agreed it"):
        return redirect("plans:plan", case.pk)
    content = content_of(case, first) if first else None
    return shown(request, case, "agree", form, PLAN, content=content)


@needs(Permission.CASE_SEE)
def agreed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a plan as it was agreed."""
    plan = _plan(request, pk, "agreed plan opened")
    sendings = [(sending, SENT[sending.how]) for sending in queries.sendings_of(plan)]
    return page(
        request,
        "plans/agreed.html",
        {"case": plan.case, "plan": plan, "read": as_read(plan), "sendings": sendings},
    )


@needs(Permission.CASE_SEE)
def agreed_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a plan on paper; that somebody took it is in the log."""
    plan = _plan(request, pk)
    ledger.note(by=access.person(request), what="plan taken away (pdf)", about=plan, kind=Entry.Kind.EXPORT)
    return paper(paper_of(plan), f"plan-{plan.agreed_on}.pdf")


@needs(Permission.CASE_EDIT)
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a plan to the family."""
    plan = _plan(request, pk)
    form = SendForm(request.POST or None)
    write = partial(services.send_plan, plan=plan, by=access.person(request))
    if saved(request, form, write, "It is written down that the plan went to them"):
        return redirect("plans:agreed", plan.pk)
    known = know(plan.case.household_id, access.person(request))
    return shown(request, plan.case, "send", form, PLAN, plan=plan, known=known)


def _plan(request: HttpRequest, pk: UUID, what: str = "") -> AgreedPlan:
    return access.get(request, AgreedPlan, pk, what=what, related=("case__household", "agreed_with", "by"))
