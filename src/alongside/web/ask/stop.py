"""Stopping before sending: nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from alongside.core.access import open_to_all
from alongside.web.ask.answers import begun, forget
from alongside.web.jinja import url
from alongside.web.rendering import page


@open_to_all("a carer may stop at any time")
@never_cache
def stop(request: HttpRequest) -> HttpResponse:
    """Ask once more, then forget the answers."""
    if request.method == "POST":
        forget(request.session)
        return redirect(url("ask:stop"))
    return page(request, "ask/stop.html", {"answering": begun(request.session)})
