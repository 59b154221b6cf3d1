"""Therapy beside the work: what a fund agreed to for each child, each session, and what is left."""

from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case
from alongside.records.people.models import Membership, Person
from alongside.records.people.queries import family
from alongside.records.programmes.funds import fund, fund_of
from alongside.records.programmes.models import FundAgreement, TherapySession
from alongside.records.programmes.rules.money import Limit, left, limit_on
from alongside.records.programmes.services import therapy as services
from alongside.records.programmes.standing import agreements_of
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.money import PoundsField
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, NewForm, saved


class AgreementForm(Form):
    """What the fund agreed to."""

    child = forms.ChoiceField(
        label="For which child?", widget=forms.RadioSelect, error_messages={"required": "Choose the child"}
    )
    therapist = forms.CharField(
        label="Who is the therapist?", max_length=120, error_messages={"required": "Enter the therapist's name"}
    )
    price = PoundsField(
        label="How much did the fund agree to, in pounds?", error_messages={"required": "Enter the amount"}
    )
    starts_on = DayField(label="From which day?", error_messages={"required": "Enter the first day"})
    ends_on = DayField(label="Until which day?", error_messages={"required": "Enter the last day"})
    reference = forms.CharField(label="The fund's reference", required=False, max_length=60)
    over_words = forms.CharField(
        label="Who pays what goes beyond the fund's limit?",
        help_text="Leave this blank where it stays within the limit.",
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, children: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["child"].choices = children  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Give the child itself."""
        said = dict(self.cleaned_data)
        price, child = said.pop("price"), said.pop("child")
        return {**said, "pence": price, "child": Person(pk=UUID(child))}


class NewAgreementForm(AgreementForm, NewForm):
    """What was agreed for the first time."""


class EditAgreementForm(AgreementForm, EditForm):
    """An agreement put right."""

    @staticmethod
    def stored(row: FundAgreement) -> dict[str, Any]:
        """What it says now."""
        names = ("therapist", "starts_on", "ends_on", "reference", "over_words")
        return {
            **{name: getattr(row, name) for name in names},
            "child": str(row.child_id),
            "price": row.pence,
        }


class SessionForm(Form):
    """One session with a therapist."""

    on = DayField(label="When was it?", past_only=True, error_messages={"required": "Enter the day"})
    therapist = forms.CharField(
        label="With whom?", max_length=120, error_messages={"required": "Enter the therapist's name"}
    )
    outcome = forms.ChoiceField(
        label="How did it go?",
        choices=TherapySession.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it went"},
    )
    price = PoundsField(
        label="What did it cost the fund, in pounds?",
        help_text="0 where nothing was charged.",
        error_messages={"required": "Enter the cost, or 0"},
    )

    def facts(self) -> dict[str, Any]:
        """Call the amount what the service calls it."""
        said = dict(self.cleaned_data)
        price = said.pop("price")
        return {**said, "pence": price}


class NewSessionForm(SessionForm, NewForm):
    """A session that was had."""


class EditSessionForm(SessionForm, EditForm):
    """A session put right."""

    @staticmethod
    def stored(row: TherapySession) -> dict[str, Any]:
        """What it says now."""
        names = ("on", "therapist", "outcome")
        return {**{name: getattr(row, name) for name in names}, "price": row.pence}


class Account(NamedTuple):
    """An agreement with what was had and what is left."""

    agreement: FundAgreement
    sessions: list[TherapySession]
    spent: int
    left: int
    limit: Limit | None


@needs(Permission.CASE_SEE)
def therapy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was agreed for each child, and each session."""
    case = _case(request, pk)
    now = fund_of(case)
    accounts = []
    for agreement in agreements_of(case):
        sessions = list(agreement.sessions.all())
        costs = [session.pence for session in sessions]
        limit = limit_on(fund(agreement.fund).limits, agreement.starts_on)
        accounts.append(Account(agreement, sessions, sum(costs), left(agreement.pence, costs), limit))
    context = {
        "case": case,
        "accounts": accounts,
        "fund_name": now.name,
        "limit": limit_on(now.limits, timezone.localdate()),
        "outcomes": dict(TherapySession.Outcome.choices),
    }
    return page(request, "programmes/therapy.html", context)


@needs(Permission.CASE_EDIT)
def agreement_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what the fund agreed to."""
    case = _case(request, pk)
    form = NewAgreementForm(request.POST or None, children=_children(case))
    write = partial(services.agree_fund, case=case, fund=fund_of(case).slug, by=access.person(request))
    if saved(request, form, write, "The agreement is saved."):
        return redirect("programmes:therapy", case.pk)
    return _shown(request, "agreement_new", form, case)


@needs(Permission.CASE_EDIT)
def agreement_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put an agreement right."""
    found = _agreement(request, pk)
    form = EditAgreementForm.of(found, request.POST or None, children=_children(found.case))
    if saved(request, form, partial(services.change_fund, agreement=found, by=access.person(request))):
        return redirect("programmes:therapy", found.case_id)
    return _shown(request, "agreement_change", form, found.case)


@needs(Permission.CASE_EDIT)
def session_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a session with a therapist."""
    found = _agreement(request, pk)
    first = {"on": timezone.localdate(), "therapist": found.therapist, "outcome": TherapySession.Outcome.ATTENDED}
    form = NewSessionForm(request.POST or None, initial=first)
    write = partial(services.log_therapy, agreement=found, by=access.person(request))
    if saved(request, form, write, "The session is saved."):
        return redirect("programmes:therapy", found.case_id)
    return _shown(request, "session_new", form, found.case)


@needs(Permission.CASE_EDIT)
def session_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a session right."""
    found = access.get(request, TherapySession, pk, related=("agreement__case__household",))
    form = EditSessionForm.of(found, request.POST or None)
    if saved(request, form, partial(services.change_therapy, session=found, by=access.person(request))):
        return redirect("programmes:therapy", found.agreement.case_id)
    return _shown(request, "session_change", form, found.agreement.case)


def _case(request: HttpRequest, pk: UUID) -> Case:
    return access.get(request, Case, pk, related=("household",))


def _agreement(request: HttpRequest, pk: UUID) -> FundAgreement:
    return access.get(request, FundAgreement, pk, related=("case__household", "child"))


def _children(case: Case) -> list[tuple[str, str]]:
    members = family(case.household_id)
    return [(str(one.id), one.known_as or one.name) for one in members if one.part == Membership.Part.CHILD]


def _shown(request: HttpRequest, template: str, form: Form, case: Case) -> HttpResponse:
    back_to = (url("programmes:therapy", case.pk), "Back to therapy")
    context = {"form": form, "caption": str(case.household), "back_to": back_to}
    return page(request, f"programmes/{template}.html", context)
