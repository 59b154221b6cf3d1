"""A survey as a carer would meet it, to try before it is sent out; nothing that is answered here is kept."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.calc.surveys.answering import Answer, AnswerRefused, after, check_answer, question_at, steps
from alongside.calc.surveys.definition import Definition
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.web.rendering import page
from alongside.web.surveys.asked import Asked, areas
from alongside.web.surveys.opening import edition_of


@needs(Permission.SURVEY_MAKE)
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask one question at a time; what was said so far travels with the page."""
    edition = edition_of(request, pk)
    definition = edition.asks
    said = _so_far(definition, request.POST.get("so_far", ""))
    reached = steps(definition, said)
    step = next((one for one in reached if one.address == request.POST.get("at")), None)
    form = Asked([step], request.POST, said) if step else None
    if step and form and (("skip" in request.POST and not step.question.required) or form.is_valid()):
        said = said if "skip" in request.POST else said | form.given()
        step, form = after(definition, said, step.address), None
    elif step is None:
        step = reached[0] if reached else None
    shown = form or Asked([step] if step else [], None, said)
    context = {"edition": edition, "definition": definition, "step": step, "form": shown, "so_far": json.dumps(said)}
    return page(request, "surveys/preview.html", context)


@needs(Permission.SURVEY_MAKE)
def preview_whole(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask all that is reached on one page; an answer that opens more shows them."""
    edition = edition_of(request, pk)
    definition = edition.asks
    form = Asked(steps(definition, {}), None, {})
    if request.method == "POST":
        posted: dict[str, Answer] = {}
        for _ in definition.parts:  # each round of answers may open more, which were on the page already
            form = Asked(steps(definition, posted), request.POST, {})
            if not form.is_valid():
                break
            posted = form.given()
        else:
            form = Asked(steps(definition, posted), None, posted)
    return page(request, "surveys/preview_whole.html", {"edition": edition, "definition": definition, "form": form})


def _so_far(definition: Definition, told: str) -> dict[str, Any]:
    """Read what was answered so far; what makes no sense, as it came from a browser, is left out."""
    try:
        said = json.loads(told or "{}")
    except ValueError:
        return {}
    found: dict[str, Any] = {}
    codes = dict(areas())
    for address, answer in said.items() if isinstance(said, dict) else ():
        try:
            found[address] = check_answer(question_at(definition, address), answer, codes)
        except (KeyError, AnswerRefused):
            continue
    return found
