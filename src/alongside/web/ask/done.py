"""After sending: what happens next, and when."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from alongside.core.access import open_to_all
from alongside.web.ask.answers import TOLD
from alongside.web.jinja import url
from alongside.web.rendering import page


@open_to_all("a carer who asked for help is told what comes next")
@never_cache
def done(request: HttpRequest) -> HttpResponse:
    """Say what happens next; nothing here says what was told."""
    told = request.session.get(TOLD)
    if told is None:
        return redirect(url("ask:start"))
    return page(request, "ask/done.html", {"words": told["words"], "due": date.fromisoformat(told["due"])})
