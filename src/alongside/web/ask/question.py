"""One question a page, with why it is asked, a way past it and a way back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from alongside.core.access import open_to_all
from alongside.web.ask.answers import given, keep
from alongside.web.ask.questions import MOST_CHILDREN, QUESTIONS
from alongside.web.jinja import url
from alongside.web.rendering import page

STEPS = tuple(QUESTIONS)


@open_to_all("a carer asks for help without an account")
@never_cache
def question(request: HttpRequest, step: str) -> HttpResponse:
    """Ask, and keep the answer with the session."""
    if step not in QUESTIONS:
        raise Http404
    number = STEPS.index(step)
    correcting = "correcting" in request.GET
    after = url("ask:check") if correcting or number + 1 == len(STEPS) else url("ask:question", STEPS[number + 1])
    adding = "add" in request.POST
    form = QUESTIONS[step](request.POST if request.method == "POST" else None, initial=given(request.session, step))
    if not adding and form.is_valid():
        keep(request.session, step, form.cleaned_data)
        return redirect(after)
    before = url("ask:question", STEPS[number - 1]) if number else url("ask:start")
    context = {
        "form": form,
        "step": step,
        "number": number + 1,
        "of": len(STEPS),
        "before": url("ask:check") if correcting else before,
        "skip": after if form.may_skip else "",
        "most_children": MOST_CHILDREN,
    }
    return page(request, "ask/question.html", context)
