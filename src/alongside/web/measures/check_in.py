"""A check-in: what it is, one question a page, and thanks. Each answer is kept as it is given."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.calc.instruments import Instrument, Item
from alongside.core import access
from alongside.core.access import open_to_all
from alongside.core.base.rows import open_rows
from alongside.records.concerns.services.listening import finish_link, heard, save_answer
from alongside.records.measures.models import CheckInLink, Occasion
from alongside.records.measures.queries import open_link
from alongside.records.measures.usable import held_of
from alongside.web.measures.asked import next_review
from alongside.web.measures.own_line import OwnLine, own_lines
from alongside.web.measures.questions import answer_from, field_for, words_of
from alongside.web.rendering import page

BY_LINK = "a carer answers from a link, without an account"


class OneQuestion(forms.Form):
    """One question of a check-in."""

    def __init__(self, item: Item, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"] = field_for(item)


def find(token: str) -> CheckInLink | None:
    """Find the link, and from then on show this request the rows of the agency that gave it, and no others."""
    with access.system():
        link = open_link(token)
    if link is not None:
        open_rows(str(link.agency_id))
    return link


def _asked(link: CheckInLink) -> list[tuple[Instrument, Item]]:
    asked = held_of(link.agency_id, link.instruments)
    return [(instrument, item) for instrument in asked for item in instrument.items]


def _next(link: CheckInLink) -> int:
    """Give the first question that she has not answered, or the last one."""
    asked = _asked(link)
    unanswered = (n for n, (of, item) in enumerate(asked, 1) if item.key not in link.answers.get(of.key, {}))
    return next(unanswered, len(asked))


def _support(link: CheckInLink) -> dict[str, Any]:
    """Give what stands by every question: whether somebody was told, and who answers when nobody is at work."""
    return {"heard": heard(link), "out_of_hours": settings.OUT_OF_HOURS}


def no_such_link(request: HttpRequest) -> HttpResponse:
    return page(request, "measures/check_in_ended.html", {}, status=404)


@open_to_all(BY_LINK)
def front(request: HttpRequest) -> HttpResponse:
    """An address with no token: the same as one that has ended."""
    return no_such_link(request)


@open_to_all(BY_LINK)
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Say what this is and who will see it, before the first question."""
    link = find(token)
    if link is None:
        return no_such_link(request)
    return page(
        request,
        "measures/check_in_start.html",
        {
            "token": token,
            "count": len(_asked(link)),
            "begun": bool(link.answers),
            "next": _next(link),
            "provider": link.agency.name,
            "later": link.occasion == Occasion.FOLLOW_UP,
            **_support(link),
        },
    )


@open_to_all(BY_LINK)
def question(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Ask one question; an answer or a skip leads to the next, and the last one to thanks."""
    link = find(token)
    if link is None:
        return no_such_link(request)
    asked = _asked(link)
    if not 1 <= number <= len(asked):
        return redirect("check_in:start", token)
    instrument, item = asked[number - 1]
    earlier = words_of(link.answers.get(instrument.key, {}).get(item.key))
    form = OneQuestion(item, request.POST if request.method == "POST" else None, initial={"answer": earlier})
    if request.method == "POST":
        if "skip" not in request.POST and form.is_valid():
            answer = answer_from(str(request.POST.get("answer", "")))
            link = save_answer(link=link, instrument=instrument.key, item=item.key, answer=answer)
        if "skip" in request.POST or form.is_valid():
            if number < len(asked):
                return redirect("check_in:question", token, number + 1)
            return _finish(request, link)
    context = {"token": token, "form": form, "number": number, "of": len(asked), "skippable": number < len(asked)}
    return page(request, "measures/check_in_question.html", {**context, **_support(link)})


def _finish(request: HttpRequest, link: CheckInLink) -> HttpResponse:
    finish_link(link=link, next_review=next_review(link.case))
    request.session["check_in_heard"] = heard(link)
    request.session["check_in_lines"] = own_lines(link)
    request.session["check_in_later"] = link.occasion == Occasion.FOLLOW_UP
    return redirect("check_in:done")


@open_to_all(BY_LINK)
def done(request: HttpRequest) -> HttpResponse:
    """Thank her, show her own line since the start once, and say what happens next."""
    own = [OwnLine(*line) for line in request.session.pop("check_in_lines", [])]
    told = request.session.pop("check_in_heard", False)
    context = {"phone": settings.HELP_PHONE, "heard": told, "out_of_hours": settings.OUT_OF_HOURS, "lines": own}
    later = request.session.pop("check_in_later", False)
    return page(request, "measures/check_in_done.html", {**context, "later": later})
