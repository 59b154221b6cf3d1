"""What is known of everybody, to weight a round by: which questions have totals, and entering those of one."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.calc.surveys.definition import Question
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.surveys.models import Round
from alongside.records.surveys.queries import known_totals, may_be_known
from alongside.records.surveys.services.totals import field_of, fix_totals
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved

MOST = 10_000_000


class TotalsForm(NewForm):
    """How many there are in all of each answer, who says so, and of which day."""

    source = forms.CharField(
        label="Who counted them?",
        help_text="Such as: Department for Education, Children looked after, table A4",
        max_length=200,
        error_messages={"required": "Enter who counted them"},
    )
    counted_on = DayField(
        label="Of which day are they?", past_only=True, error_messages={"required": "Enter the day of the count"}
    )
    reason = forms.CharField(
        label="Why do you replace the totals that were fixed?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why you replace the totals that were fixed"},
    )

    def __init__(self, *args: Any, question: Question, again: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.question = question
        if not again:
            del self.fields["reason"]
        own: dict[str, forms.Field] = {}
        for place, choice in enumerate(question.choices):
            together, blank = _together(choice.key), f"Enter how many there are in all of “{choice.words}”"
            own[field_of(choice.key)] = forms.IntegerField(
                label=choice.words,
                required=together not in self.data,
                max_value=MOST,
                localize=True,
                error_messages={
                    "required": f"{blank}, or count it with the one above" if place else blank,
                    "invalid": f"Enter how many of “{choice.words}” as a whole number, such as 1200",
                },
            )
            if place:
                own[together] = forms.BooleanField(label=f"Count “{choice.words}” with the one above", required=False)
        self.fields = own | self.fields

    def clean(self) -> dict[str, Any]:
        """Refuse a total of an answer that counts with the one above."""
        for choice in self.question.choices:
            name = field_of(choice.key)
            if self.cleaned_data.get(name) is not None and self.cleaned_data.get(_together(choice.key)):
                words = f"Enter the total of both with the one above, and leave “{choice.words}” blank"
                self.add_error(name, words)
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        """Give the totals by answer."""
        given = self.cleaned_data
        totals = {choice.key: given[field_of(choice.key)] for choice in self.question.choices}
        return {
            "totals": totals,
            "source": given["source"],
            "counted_on": given["counted_on"],
            "reason": given.get("reason", ""),
            "submission": given["submission"],
        }


def _together(key: str) -> str:
    return f"with_{key}"


@needs(Permission.SURVEY_MAKE)
def totals(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show by which questions a round is weighted, and by which it may be."""
    found = access.get(request, Round, pk, related=("survey", "edition"), what="survey totals opened")
    asks = found.edition.asks
    known = known_totals(found)
    held = {one.question for one in known}
    context = {
        "round": found,
        "known": [(one, asks.find(one.question)[1]) for one in known],
        "others": [question for question in may_be_known(asks) if question.key not in held],
    }
    return page(request, "surveys/totals.html", context)


@needs(Permission.SURVEY_MAKE)
def totals_of(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Fix the totals of one question, or replace them with a reason."""
    found = access.get(request, Round, pk, related=("survey", "edition"))
    question = next((one for one in may_be_known(found.edition.asks) if one.key == key), None)
    if question is None:
        raise Http404
    again = any(one.question == key for one in known_totals(found))
    form = TotalsForm(request.POST or None, question=question, again=again)
    write = partial(fix_totals, round=found, question=question, by=access.person(request))
    if saved(request, form, write, "The totals are fixed"):
        return redirect("surveys:totals", pk)
    back = (url("surveys:totals", pk), "Back to the known totals")
    context = {"form": form, "back_to": back, "caption": found.name, "question": question, "again": again}
    return page(request, "surveys/totals_of.html", context)
