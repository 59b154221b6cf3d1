"""Closing a family's case with a reason and a plan, and opening it again when they come back."""

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case, Closure
from alongside.records.measures.queries import carers
from alongside.records.people.models import Person
from alongside.records.programmes.models import Enrolment
from alongside.records.programmes.queries import months_sent_later
from alongside.records.programmes.services.closing import close_family, reopen_family
from alongside.records.programmes.standing import last_place
from alongside.web.cases.goals import shown
from alongside.web.forms import DayField
from alongside.web.saving import Form, NewForm, saved

Later = Closure.Later
NOT_ASKED = "not_asked"  # a choice needs a value to be drawn; it is kept as nothing
ONLY_IF = (
    "Only if they say yes do we send a link by ourselves, and never while there is something to read before calling."
)


class CloseForm(NewForm):
    """Why the work ends, and what was agreed for afterwards."""

    reason = forms.ChoiceField(
        label="Why does the work end?",
        choices=Closure.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why the work ends"},
    )
    words = forms.CharField(
        label="In your words",
        help_text="What changed, and what the family said about it.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    closed_on = DayField(label="Last day", past_only=True, error_messages={"required": "Enter the last day"})
    follow_up_on = DayField(
        label="When will you ask how they are?",
        help_text="Leave this blank if they would rather you did not.",
        required=False,
    )
    follow_up_words = forms.CharField(label="What was agreed about that", required=False, max_length=300)
    later = forms.ChoiceField(
        label="May we send them a few questions later?",
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose one of these"},
    )

    def __init__(
        self, data: object = None, *, months: tuple[int, ...], carers: list[Person], **options: object
    ) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        self.ways = {
            f"{way.value}-{carer.pk}": (way, carer, f"Yes: {words} {carer.name}")
            for carer in carers
            for way, words, reached in ((Later.TEXT, "text", carer.phone), (Later.EMAIL, "e-mail", carer.email))
            if reached
        }
        yes = [(key, words) for key, (_, _, words) in self.ways.items()]
        no = [(Later.RATHER_NOT.value, Later.RATHER_NOT.label), (NOT_ASKED, Later.NOT_SAID.label)]
        if months:
            asked = self.fields["later"]
            asked.choices = [*yes, *no]  # type: ignore[attr-defined]
            asked.help_text = f"{_months(months)} after the end, to see what has lasted. {ONLY_IF}"
        else:
            del self.fields["later"]

    def facts(self) -> dict[str, object]:
        """Name who said yes, and by which way."""
        told = dict(self.cleaned_data)
        later = told.pop("later", "")
        way, person, _ = self.ways.get(later, ("" if later == NOT_ASKED else later, None, ""))
        return {**told, "later": way, "later_person": person}


class ReopenForm(Form):
    """Why the family came back."""

    words = forms.CharField(
        label="Why have they come back?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write down why they have come back"},
    )
    next_contact_due = DayField(label="When will you be in touch?", required=False)
    again = forms.BooleanField(label="", required=False)

    def __init__(self, data: object = None, *, last: Enrolment | None, **options: object) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        self.last = last
        if last:
            self.fields["again"].label = f"Give them a place in {last.contract.name} again"
        else:
            del self.fields["again"]

    def facts(self) -> dict[str, object]:
        """Name the place that they take up again, if any."""
        told = dict(self.cleaned_data)
        again = told.pop("again", False)
        return {**told, "again_in": self.last if again else None}


@needs(Permission.CASE_CLOSE)
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a case."""
    case = _case(request, pk)
    form = CloseForm(
        request.POST or None,
        initial={"closed_on": timezone.localdate(), "later": NOT_ASKED},
        months=months_sent_later(case),
        carers=carers(case),
    )
    if saved(request, form, partial(close_family, case=case, by=access.person(request)), "Case closed"):
        return redirect("cases:case", case.pk)
    return shown(request, case, "close", form)


@needs(Permission.CASE_CLOSE)
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a case again."""
    case = _case(request, pk)
    last = last_place(case, timezone.localdate())
    form = ReopenForm(request.POST or None, last=last)
    if saved(request, form, partial(reopen_family, case=case, by=access.person(request)), "Case opened again"):
        return redirect("cases:case", case.pk)
    return shown(request, case, "reopen", form)


def _months(months: tuple[int, ...]) -> str:
    return f"{' and '.join(map(str, months))} {'month' if months == (1,) else 'months'}"


def _case(request: HttpRequest, pk: UUID) -> Case:
    return access.get(request, Case, pk, related=("household",))
