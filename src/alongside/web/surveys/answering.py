"""Answering a survey without an account: what it is, its questions one by one or on one page, checking, and thanks."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from alongside.calc.surveys.answering import after, before, steps
from alongside.calc.surveys.definition import Definition
from alongside.core import access
from alongside.core.access import open_to_all
from alongside.core.base.errors import Refused
from alongside.core.base.rows import open_rows
from alongside.records.surveys.models import Response, Round
from alongside.records.surveys.queries import Opened, open_round_at, opened_by, round_named
from alongside.records.surveys.services.answering import begin_invited, begin_openly, save_answers, send_response
from alongside.web.jinja import url
from alongside.web.limits import may_send
from alongside.web.rendering import page
from alongside.web.surveys.asked import Asked, words_of

BY_LINK = "a carer answers a survey without an account"
AN_HOUR = 40  # begun from one address, which may be a library's or a whole group's


class Begin(forms.Form):
    """The start; where a round keeps answers with the record, whether somebody agrees to it."""

    def __init__(self, data: Any = None, *, asks_consent: bool = False) -> None:
        super().__init__(data)
        if asks_consent:
            self.fields["linked"] = forms.ChoiceField(
                label="May we keep your answers with your family's record?",
                help_text="You can say no and still answer. We never pass on what you say with your name.",
                choices=[("yes", "Yes, keep them with our record"), ("no", "No, keep them anonymous")],
                widget=forms.RadioSelect,
            )


def find(token: str) -> Opened | None:
    """Find what a link opens, and from then on show this request the rows of the agency that asks, and no others."""
    with access.system():
        opened = opened_by(token)
    if opened is not None:
        open_rows(str(opened.round.agency_id))
    return opened


def over(request: HttpRequest) -> HttpResponse:
    return page(request, "surveys/over.html", {}, status=404)


@open_to_all(BY_LINK)
def front(request: HttpRequest) -> HttpResponse:
    """An address of no survey: the same as of one that is over."""
    return over(request)


@open_to_all(BY_LINK)
@never_cache
def openly(request: HttpRequest, address: str) -> HttpResponse:
    """Say what this survey is, to anybody; beginning gives a link of one's own, to come back to."""
    with access.system():
        round = open_round_at(address)
    if round is None:
        return over(request)
    open_rows(str(round.agency_id))
    if request.method == "POST":
        if not may_send(request, "survey", AN_HOUR):
            return page(request, "errors/429.html", {}, status=429)
        return redirect("survey:next", begin_openly(round))
    return page(request, "surveys/start.html", _about(round, round.edition.asks) | {"form": Begin()})


@open_to_all(BY_LINK)
@never_cache
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Say what this survey is, to somebody who was invited or comes back."""
    opened = find(token)
    if opened is None:
        return over(request)
    asks_consent = opened.round.kept == Round.Kept.LINKED and opened.response is None
    form = Begin(request.POST if request.method == "POST" else None, asks_consent=asks_consent)
    if form.is_valid():
        linked = form.cleaned_data.get("linked") == "yes"
        begin_invited(opened=opened, token=token, linked=linked)
        return redirect("survey:next", token)
    about = _about(opened.round, opened.edition.asks)
    begun = bool(opened.response and opened.response.answers)
    return page(request, "surveys/start.html", about | {"begun": begun, "form": form})


def _about(round: Round, definition: Definition) -> dict[str, Any]:
    count = sum(1 for _ in definition.questions())
    return {
        "definition": definition,
        "provider": round.agency.name,
        "count": count,
        "branches": any(question.show_if for _, question in definition.questions())
        or any(part.show_if for part in definition.parts),
        "invited": round.way == Round.Way.INVITED,
        "until": round.closes_on,
        "begun": False,
    }


@open_to_all(BY_LINK)
@never_cache
def go_on(request: HttpRequest, token: str) -> HttpResponse:
    """Lead to the first question that has no answer, or to the end."""
    opened = find(token)
    if opened is None:
        return over(request)
    if opened.response is None:
        return redirect("survey:start", token)
    step = after(opened.edition.asks, opened.response.given, "")
    return redirect("survey:question", token, step.address) if step else redirect("survey:check", token)


@open_to_all(BY_LINK)
@never_cache
def question(request: HttpRequest, token: str, at: str) -> HttpResponse:
    """Ask one question; an answer or a skip leads to the next that is reached, the last to checking."""
    opened = find(token)
    if opened is None:
        return over(request)
    if opened.response is None:
        return redirect("survey:start", token)
    definition, response = opened.edition.asks, opened.response
    step = next((one for one in steps(definition, response.given) if one.address == at), None)
    if step is None:
        return redirect("survey:next", token)
    form = Asked([step], request.POST if request.method == "POST" else None, response.given)
    skipped = "skip" in request.POST and not step.question.required
    if request.method == "POST" and (skipped or form.is_valid()):
        _keep(response, form, skipped)
        following = None if "correcting" in request.GET else after(definition, response.given, at)
        return redirect("survey:question", token, following.address) if following else redirect("survey:check", token)
    earlier = before(definition, response.given, at)
    way_back = url("survey:question", token, earlier.address) if earlier else url("survey:start", token)
    return page(
        request,
        "surveys/question.html",
        {
            "form": form,
            "step": step,
            "token": token,
            "before": url("survey:check", token) if "correcting" in request.GET else way_back,
        },
    )


def _keep(response: Response, form: Asked, skipped: bool) -> None:
    if skipped:
        save_answers(response=response, given={}, left=[step.address for step in form.steps])
    else:
        save_answers(response=response, given=form.given(), left=form.left())


@open_to_all(BY_LINK)
@never_cache
def whole(request: HttpRequest, token: str) -> HttpResponse:
    """Ask all that is reached on one page; where an answer opens more questions, show it again with those."""
    opened = find(token)
    if opened is None:
        return over(request)
    if opened.response is None:
        return redirect("survey:start", token)
    definition, response = opened.edition.asks, opened.response
    reached = steps(definition, response.given)
    form = Asked(reached, request.POST if request.method == "POST" else None, response.given)
    more = 0
    if request.method == "POST" and form.is_valid():
        save_answers(response=response, given=form.given(), left=form.left())
        seen, reached = {step.address for step in reached}, steps(definition, response.given)
        more = sum(step.address not in seen for step in reached)
        if not more:
            return redirect("survey:check", token)
        form = Asked(reached, None, response.given)
    return page(request, "surveys/whole.html", {"form": form, "token": token, "more": more, "title": definition.title})


@open_to_all(BY_LINK)
@never_cache
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Show every answer with a way to change it, and send them off."""
    opened = find(token)
    if opened is None:
        return over(request)
    if opened.response is None:
        return redirect("survey:start", token)
    definition, answers = opened.edition.asks, opened.response.given
    refused: Refused | None = None
    if request.method == "POST":
        try:
            send_response(opened=opened, token=token)
        except Refused as refusal:
            refused = refusal
        else:
            return redirect("survey:thanks", opened.round.address)
    lines = [
        (step, words_of(step.question, answers[step.address]) if step.address in answers else "")
        for step in steps(definition, answers)
    ]
    return page(request, "surveys/check.html", {"lines": lines, "token": token, "refused": refused})


@open_to_all(BY_LINK)
def thanks(request: HttpRequest, address: str) -> HttpResponse:
    """Thank them, in the survey's own words; nothing here says what was answered."""
    with access.system():
        round = round_named(address)
    if round is None:
        return over(request)
    return page(request, "surveys/thanks.html", {"definition": round.edition.asks, "provider": round.agency.name})
