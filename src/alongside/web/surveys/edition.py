"""An edition of a survey: its questions in their order, moving them, removing them, and its first and last words."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.calc.surveys import building
from alongside.calc.surveys.checking import check, missing
from alongside.calc.surveys.definition import Definition
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused, Stale
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import saved
from alongside.web.surveys.opening import OfEdition, edition_of, keep, part_of, question_of, shown
from alongside.web.surveys.saying import how, when

MOVES = {
    "part_up": (building.move_part, -1),
    "part_down": (building.move_part, 1),
    "up": (building.move_question, -1),
    "down": (building.move_question, 1),
}


class WordsForm(OfEdition):
    """What a survey is called, what it says first and last."""

    title = forms.CharField(label="What it is called", max_length=120)
    intro = forms.CharField(
        label="What it says before the first question",
        help_text="Why you ask, and what you will do with the answers. What is kept is said by itself.",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )
    thanks = forms.CharField(label="What it says at the end", max_length=2000, widget=forms.Textarea({"rows": 3}))


@needs(Permission.SURVEY_MAKE)
def edition(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the questions; move one where asked to."""
    found = edition_of(request, pk)
    definition = found.asks
    if request.method == "POST":
        _move(request, pk)
        return redirect("surveys:edition", pk)
    parts = [
        (part, when(definition, part.show_if), _over(definition, part.repeat.over) if part.repeat else "",
         [(question, how(question), when(definition, question.show_if)) for question in part.questions])
        for part in definition.parts
    ]  # fmt: skip
    context = {"edition": found, "definition": definition, "parts": parts, "missing": missing(definition)}
    return page(request, "surveys/edition.html", context)


def _over(definition: Definition, key: str) -> str:
    return definition.find(key)[1].words


def _move(request: HttpRequest, pk: UUID) -> None:
    found = edition_of(request, pk)
    definition = found.asks
    for name, (move, by) in MOVES.items():
        if key := request.POST.get(name):
            (part_of if name.startswith("part") else question_of)(definition, key)
            try:
                keep(request, found, partial(move, definition, key, by))
            except (Refused, Stale) as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, "Moved")


@needs(Permission.SURVEY_MAKE)
def words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the first and last words."""
    found = edition_of(request, pk)
    definition = found.asks
    told = {"title": definition.title, "intro": definition.intro, "thanks": definition.thanks}
    form = WordsForm.about(found, request.POST or None, told)

    def write(*, version: int, title: str, intro: str, thanks: str) -> None:
        keep(request, found, lambda: check(replace(definition, title=title, intro=intro, thanks=thanks)), version)

    if saved(request, form, write):
        return redirect("surveys:edition", pk)
    return shown(request, found, "words", form)


@needs(Permission.SURVEY_MAKE)
def remove_question(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Ask once more, and take a question away."""
    found = edition_of(request, pk)
    question = question_of(found.asks, key)
    if request.method == "POST":
        return _remove(request, pk, partial(building.remove_question, found.asks, key))
    return _ask(request, pk, f"Remove “{question.words}”?")


@needs(Permission.SURVEY_MAKE)
def remove_part(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Ask once more, and take a part away with its questions."""
    found = edition_of(request, pk)
    part = part_of(found.asks, key)
    if request.method == "POST":
        return _remove(request, pk, partial(building.remove_part, found.asks, key))
    return _ask(request, pk, f"Remove “{part.title}” with its questions?")


def _remove(request: HttpRequest, pk: UUID, change: "partial[Definition]") -> HttpResponse:
    try:
        keep(request, edition_of(request, pk), change)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "Removed")
    return redirect("surveys:edition", pk)


def _ask(request: HttpRequest, pk: UUID, asked: str) -> HttpResponse:
    context = {"question": asked, "words": "Earlier editions keep it.", "action": "Remove", "warning": True}
    return page(request, "layout/confirm.html", context | {"cancel": url("surveys:edition", pk)})
