"""Before the first question: what will be asked, what happens with it, and who answers a phone instead."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from alongside.core.access import open_to_all
from alongside.web.ask.questions import QUESTIONS
from alongside.web.rendering import page


@open_to_all("a carer asks for help without an account")
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Say what comes."""
    return page(request, "ask/start.html", {"number": len(QUESTIONS), "first": next(iter(QUESTIONS))})
