"""A form for questions of a survey as they are reached: one field a question, named by where its answer is kept."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.calc.surveys.answering import LONGEST, Answer, AnswerRefused, Step, check_answer
from alongside.calc.surveys.definition import CHOSEN, Kind, Question
from alongside.core.agencies.places import authorities
from alongside.web.forms import RATHER_NOT, DayField, ScaleField

LEAVE = "I would rather not say"
NOT_SURE = "I am not sure, or would rather not say"
BOTH = "Choose answers, or say that you would rather not: not both"
TYPED = frozenset({Kind.WHOLE, Kind.NUMBER, Kind.DAY, Kind.TEXT, Kind.WORDS})


def areas() -> list[tuple[str, str]]:
    """Give the council areas to choose from, by name."""
    return sorted(((one.code, one.name) for one in authorities()), key=lambda area: area[1])


class Asked(forms.Form):
    """Questions, each with what was answered before."""

    use_required_attribute = False

    def __init__(self, steps: Sequence[Step], data: Any, answers: dict[str, Answer]) -> None:
        super().__init__(data, initial=dict(_shown(steps, answers)))
        self.steps = steps
        for step in steps:
            self.fields[step.address] = field_for(step.question)
            if _declined_by_a_tick(step.question):
                self.fields[f"{step.address}.not"] = forms.BooleanField(label=LEAVE, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse what a question does not allow; what somebody would rather not say needs no answer."""
        said: dict[str, Any] = self.cleaned_data
        for step in self.steps:
            if said.get(f"{step.address}.not"):
                self.errors.pop(step.address, None)
                said[step.address] = RATHER_NOT
            elif step.address in said:
                self._check(step, said)
        return said

    def _check(self, step: Step, said: dict[str, Any]) -> None:
        answer = said[step.address]
        if isinstance(answer, list) and RATHER_NOT in answer:
            if len(answer) > 1:
                self.add_error(step.address, ValidationError(BOTH))
            said[step.address] = RATHER_NOT
        elif not _blank(answer) and answer != RATHER_NOT:
            try:
                said[step.address] = check_answer(step.question, _plain(answer), dict(areas()))
            except AnswerRefused as refused:
                self.add_error(step.address, str(refused))

    def given(self) -> dict[str, Answer]:
        """Give what was answered, by address."""
        said = {step.address: self.cleaned_data[step.address] for step in self.steps}
        return {
            address: None if answer == RATHER_NOT else answer for address, answer in said.items() if not _blank(answer)
        }

    def left(self) -> list[str]:
        """Give where nothing was answered."""
        return [step.address for step in self.steps if _blank(self.cleaned_data[step.address])]


def field_for(question: Question) -> forms.Field:
    """Make the field of one question."""
    shared: dict[str, Any] = {"label": question.words, "help_text": question.why, "required": question.required}
    if question.kind is Kind.SCALE and (question.low, question.high) == (0, 10):
        return _ZeroToTen(low=question.low_words, high=question.high_words, **shared)
    if question.kind is Kind.MANY:
        choices = [(one.key, one.words) for one in question.choices]
        return forms.MultipleChoiceField(
            choices=[*choices, (RATHER_NOT, LEAVE)], widget=forms.CheckboxSelectMultiple, **shared
        )
    if question.kind in (Kind.ONE, Kind.SCALE):
        return forms.ChoiceField(choices=[*_choices(question), (RATHER_NOT, LEAVE)], widget=forms.RadioSelect, **shared)
    if question.kind is Kind.AREA:
        blank = ("", "Choose a council")
        return forms.ChoiceField(choices=[blank, *areas(), (RATHER_NOT, NOT_SURE)], widget=forms.Select, **shared)
    if question.kind is Kind.DAY:
        return DayField(**shared)
    if question.kind in LONGEST:
        widget = forms.TextInput() if question.kind is Kind.TEXT else forms.Textarea({"rows": 6})
        return forms.CharField(max_length=LONGEST[question.kind], widget=widget, **shared)
    mode = "numeric" if question.kind is Kind.WHOLE else "decimal"
    return forms.CharField(max_length=20, widget=forms.TextInput({"size": 5, "inputmode": mode}), **shared)


class _ZeroToTen(ScaleField):
    """Eleven places; that somebody would rather not say stays apart from leaving it blank."""

    def clean(self, value: Any) -> Any:
        return RATHER_NOT if value == RATHER_NOT else super().clean(value)


def _choices(question: Question) -> list[tuple[str, str]]:
    if question.kind in CHOSEN:
        return [(one.key, one.words) for one in question.choices]
    low, high = question.low or 0, question.high or 0
    ends = {low: f"{low}: {question.low_words}", high: f"{high}: {question.high_words}"}
    return [(str(place), ends.get(place, str(place))) for place in range(low, high + 1)]


def words_of(question: Question, answer: Answer) -> str:
    """Say an answer in the words in which it was chosen."""
    if answer is None:
        return LEAVE
    if isinstance(answer, list):
        return ", ".join(question.choice(key) for key in answer)
    if question.kind is Kind.AREA:
        return dict(areas()).get(str(answer), str(answer))
    if question.kind is Kind.SCALE:
        return dict(_choices(question)).get(str(answer), str(answer))
    return question.choice(str(answer))


def _declined_by_a_tick(question: Question) -> bool:
    return question.required and question.kind in TYPED


def _shown(steps: Sequence[Step], answers: dict[str, Answer]) -> list[tuple[str, Any]]:
    shown: list[tuple[str, Any]] = []
    for step in steps:
        if step.address not in answers:
            continue
        answer = answers[step.address]
        if answer is None and _declined_by_a_tick(step.question):
            shown.append((f"{step.address}.not", True))
        elif answer is None:
            shown.append((step.address, [RATHER_NOT] if step.question.kind is Kind.MANY else RATHER_NOT))
        elif step.question.kind is Kind.DAY:
            shown.append((step.address, DayField().clean(str(answer).split("-")[::-1])))
        else:
            shown.append((step.address, answer if isinstance(answer, list) else str(answer)))
    return shown


def _blank(answer: Any) -> bool:
    return answer is None or answer == "" or answer == []


def _plain(answer: Any) -> Answer:
    plain: Answer = answer.isoformat() if hasattr(answer, "isoformat") else answer
    return plain
