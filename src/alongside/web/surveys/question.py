"""One question of a survey, and one part: adding and changing them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.calc.surveys import building
from alongside.calc.surveys.definition import CHOSEN, COUNTED, MOST_TIMES, Definition, Kind, Part, Question, Repeat
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.web.saving import saved
from alongside.web.surveys.opening import OfEdition, edition_of, keep, part_of, question_of, shown
from alongside.web.surveys.saying import KINDS


class QuestionForm(OfEdition):
    """A question: its words, and how it is answered."""

    words = forms.CharField(
        label="The question",
        help_text="One thing at a time, in words you would say on the phone.",
        max_length=500,
        error_messages={"required": "Write the question"},
    )
    why = forms.CharField(label="Why you ask, or a hint", max_length=1000, required=False)
    kind = forms.ChoiceField(
        label="How is it answered?", choices=[(kind.value, words) for kind, words in KINDS.items()],
        widget=forms.RadioSelect, error_messages={"required": "Choose how it is answered"},
    )  # fmt: skip
    choices = forms.CharField(
        label="The answers to choose from",
        help_text="One on each line. “I would rather not say” is added by itself.",
        required=False,
        max_length=8000,
        widget=forms.Textarea({"rows": 5}),
    )
    low = forms.IntegerField(label="Lowest number", required=False)
    high = forms.IntegerField(label="Highest number", required=False)
    low_words = forms.CharField(label="Words for the lowest, on a scale", max_length=80, required=False)
    high_words = forms.CharField(label="Words for the highest, on a scale", max_length=80, required=False)
    required = forms.BooleanField(label="It must be answered, if only with “I would rather not say”", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen kind needs; what it does not need is left out."""
        told = dict(super().clean() or {})
        kind = told.get("kind", "")
        told["choices"] = [line.strip() for line in told.get("choices", "").splitlines() if line.strip()]
        if kind in CHOSEN and len(told["choices"]) < 2:
            self.add_error("choices", "Write at least two answers, one on each line")
        if kind in CHOSEN and len(set(told["choices"])) < len(told["choices"]):
            self.add_error("choices", "Two of the answers are the same")
        if kind == Kind.SCALE:
            self._needs(told, "low", "Enter the lowest number of the scale, such as 0")
            self._needs(told, "high", "Enter the highest number of the scale, such as 10")
            self._needs(told, "low_words", "Say what the lowest number means")
            self._needs(told, "high_words", "Say what the highest number means")
        return told

    def _needs(self, told: dict[str, Any], name: str, words: str) -> None:
        if name not in self.errors and told.get(name) in (None, ""):
            self.add_error(name, words)


class PartForm(OfEdition):
    """A part: its heading, and how often it is asked."""

    title = forms.CharField(label="Heading", max_length=200, error_messages={"required": "Write a heading"})
    words = forms.CharField(label="Words under it", max_length=2000, required=False, widget=forms.Textarea({"rows": 2}))
    over = forms.ChoiceField(
        label="How often is it asked?",
        required=False,
        help_text=f"A whole number asked before, from 0 to at most {MOST_TIMES}, can say how often.",
    )
    each = forms.CharField(
        label="If for each of something: what is one of them called?",
        help_text="Such as: child",
        max_length=60,
        required=False,
    )

    def __init__(self, *args: Any, counts: list[Question], **options: Any) -> None:
        super().__init__(*args, **options)
        asked = [(one.key, f"As often as the answer to “{one.words}” says") for one in counts]
        self.fields["over"].choices = [("", "Once"), *asked]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask what one of them is called where the part is repeated."""
        told = dict(super().clean() or {})
        if told.get("over") and not told.get("each"):
            self.add_error("each", "Say what one of them is called, such as: child")
        return told


@needs(Permission.SURVEY_MAKE)
def question_new(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Add a question to a part."""
    edition = edition_of(request, pk)
    definition = edition.asks
    part = part_of(definition, key)
    form = QuestionForm.about(edition, request.POST or None, {})

    def write(*, version: int, **told: Any) -> None:
        made = _question(building.new_key(told["words"], building.question_keys(definition)), told, None)
        keep(request, edition, lambda: building.add_question(definition, part.key, made))

    if saved(request, form, write, "The question is added"):
        return redirect("surveys:edition", pk)
    return shown(request, edition, "question_form", form, adding=True)


@needs(Permission.SURVEY_MAKE)
def question(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Change a question."""
    edition = edition_of(request, pk)
    definition = edition.asks
    before = question_of(definition, key)
    form = QuestionForm.about(edition, request.POST or None, _told(before))

    def write(*, version: int, **told: Any) -> None:
        keep(request, edition, lambda: building.change_question(definition, _question(key, told, before)), version)

    if saved(request, form, write):
        return redirect("surveys:edition", pk)
    return shown(request, edition, "question_form", form, adding=False)


@needs(Permission.SURVEY_MAKE)
def part_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a part at the end."""
    edition = edition_of(request, pk)
    definition = edition.asks
    form = PartForm.about(edition, request.POST or None, {}, counts=_counts(definition, ""))

    def write(*, version: int, **told: Any) -> None:
        key = building.new_key(told["title"], {part.key for part in definition.parts})
        keep(request, edition, lambda: building.add_part(definition, _part(Part(key, ""), told)), version)

    if saved(request, form, write, "The part is added. Now add its questions"):
        return redirect("surveys:edition", pk)
    return shown(request, edition, "part_form", form, adding=True)


@needs(Permission.SURVEY_MAKE)
def part(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Change a part."""
    edition = edition_of(request, pk)
    definition = edition.asks
    before = part_of(definition, key)
    told_now = {"title": before.title, "words": before.words}
    if before.repeat:
        told_now |= {"over": before.repeat.over, "each": before.repeat.each}
    form = PartForm.about(edition, request.POST or None, told_now, counts=_counts(definition, key))

    def write(*, version: int, **told: Any) -> None:
        keep(request, edition, lambda: building.change_part(definition, _part(before, told)), version)

    if saved(request, form, write):
        return redirect("surveys:edition", pk)
    return shown(request, edition, "part_form", form, adding=False)


def _counts(definition: Definition, part: str) -> list[Question]:
    """Give the whole numbers, asked once before a part, by which it can be repeated."""
    found: list[Question] = []
    for one in definition.parts:
        if one.key == part:
            break
        if not one.repeat:
            found += [
                asked
                for asked in one.questions
                if asked.kind is Kind.WHOLE and asked.high is not None and asked.high <= MOST_TIMES
            ]
    return found


def _part(before: Part, told: dict[str, Any]) -> Part:
    repeat = Repeat(told["over"], told["each"]) if told["over"] else None
    return replace(before, title=told["title"], words=told["words"], repeat=repeat)


def _question(key: str, told: dict[str, Any], before: Question | None) -> Question:
    kind = Kind(told["kind"])
    scale = kind is Kind.SCALE
    choices = building.choices_from(told["choices"], before.choices if before else ()) if kind in CHOSEN else ()
    return Question(
        key=key,
        words=told["words"],
        kind=kind,
        why=told["why"],
        required=told["required"],
        choices=choices,
        low=told["low"] if kind in COUNTED else None,
        high=told["high"] if kind in COUNTED else None,
        low_words=told["low_words"] if scale else "",
        high_words=told["high_words"] if scale else "",
        show_if=before.show_if if before else None,
    )


def _told(question: Question) -> dict[str, Any]:
    names = ("words", "why", "low", "high", "low_words", "high_words", "required")
    lines = "\n".join(choice.words for choice in question.choices)
    return {name: getattr(question, name) for name in names} | {"kind": question.kind.value, "choices": lines}
