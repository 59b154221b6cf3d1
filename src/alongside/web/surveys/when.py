"""When a question or a part is asked: always, or depending on what was answered before."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.calc.surveys import building
from alongside.calc.surveys.definition import CHOSEN, COUNTED, Ask, Comparison, Definition, Question, Rule
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.records.surveys.models import Edition
from alongside.web.saving import saved
from alongside.web.surveys.opening import OfEdition, edition_of, keep, part_of, question_of, shown
from alongside.web.surveys.saying import COMPARED, when

JOINS = [
    ("only", "Only this counts"),
    ("all", "Both: what is there, and this"),
    ("any", "Either: what is there, or this"),
]


class WhenForm(OfEdition):
    """Which answer to an earlier question opens this one."""

    test = forms.ChoiceField(label="It is asked if the answer", widget=forms.RadioSelect, initial=Comparison.IS.value)
    value = forms.CharField(label="Which answer?", required=False)

    def __init__(self, *args: Any, asked: Question, ruled: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        tests = list(Comparison) if asked.kind in COUNTED else [Comparison.IS, Comparison.IS_NOT, Comparison.ANSWERED]
        if asked.kind in CHOSEN:
            choices = [(one.key, one.words) for one in asked.choices]
            self.fields["value"] = forms.ChoiceField(
                label="Which answer?", choices=choices, required=False, widget=forms.RadioSelect
            )
        elif asked.kind in COUNTED:
            self.fields["value"] = forms.IntegerField(label="Which number?", required=False)
        else:
            del self.fields["value"]
            tests = [Comparison.ANSWERED]
            self.initial["test"] = Comparison.ANSWERED.value
        self.fields["test"].choices = [(test.value, COMPARED[test]) for test in tests]  # type: ignore[attr-defined]
        if ruled:
            self.fields["join"] = forms.ChoiceField(
                label="And what it depends on now?", choices=JOINS, widget=forms.RadioSelect, initial="only"
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the answer, unless any will do."""
        told = dict(super().clean() or {})
        blank = told.get("value") in (None, "")
        if "value" in self.fields and "value" not in self.errors and blank and told.get("test") != Comparison.ANSWERED:
            self.add_error("value", "Choose which answer" if self.asked.kind in CHOSEN else "Enter a number")
        return told

    def rule(self, now: Rule | None) -> Rule:
        """Give the rule that was chosen, joined with the one that is there as was said."""
        told = self.cleaned_data
        test = Comparison(told["test"])
        ask = Ask(self.asked.key, test, "" if test is Comparison.ANSWERED else told["value"])
        if now is None or told.get("join", "only") == "only":
            return Rule((ask,))
        return Rule((*now.tests, ask), any=told["join"] == "any")


@needs(Permission.SURVEY_MAKE)
def question_when(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Say when a question is asked."""
    edition = edition_of(request, pk)
    definition = edition.asks
    part, question = definition.find(question_of(definition, key).key)
    earlier = _earlier(definition, part.key, key)

    def put(rule: Rule | None) -> Definition:
        return building.change_question(definition, replace(question, show_if=rule))

    return _choose(request, edition, definition, question.words, question.show_if, earlier, put)


@needs(Permission.SURVEY_MAKE)
def part_when(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Say when a part is asked."""
    edition = edition_of(request, pk)
    definition = edition.asks
    part = part_of(definition, key)
    earlier = _earlier(definition, key, "")

    def put(rule: Rule | None) -> Definition:
        return building.change_part(definition, replace(part, show_if=rule))

    return _choose(request, edition, definition, part.title, part.show_if, earlier, put)


def _choose(
    request: HttpRequest, edition: Edition, definition: Definition, title: str, now: Rule | None,
    earlier: list[Question], put: Any,
) -> HttpResponse:  # fmt: skip
    """First which question it depends on, then which answer."""
    about = {"title": title, "now": when(definition, now), "earlier": earlier}
    if request.method == "POST" and "always" in request.POST:
        try:
            keep(request, edition, lambda: put(None))
        except Refused as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, "It is always asked now")
        return redirect("surveys:edition", edition.pk)
    asked = next((one for one in earlier if one.key == request.GET.get("on")), None)
    if asked is None:
        return shown(request, edition, "when", OfEdition.about(edition, None, {}), asked=None, **about)
    form = WhenForm.about(edition, request.POST or None, {}, asked=asked, ruled=now is not None)

    def write(*, version: int, **told: Any) -> None:
        keep(request, edition, lambda: put(form.rule(now)), version)

    if saved(request, form, write):
        return redirect("surveys:edition", edition.pk)
    return shown(request, edition, "when", form, asked=asked, **about)


def _earlier(definition: Definition, part: str, question: str) -> list[Question]:
    """Give what is asked before something, leaving out what is asked more than once elsewhere."""
    found: list[Question] = []
    for one in definition.parts:
        if one.key == part and not question:
            break
        for asked in one.questions:
            if one.key == part and asked.key == question:
                return found
            if not one.repeat or one.key == part:
                found.append(asked)
    return found
