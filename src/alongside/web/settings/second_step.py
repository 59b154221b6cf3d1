"""Where somebody lands who still has to take their second step, and goes on from once they have."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from alongside.core import access
from alongside.core.access import open_to_all
from alongside.core.agencies.adapter import took_second_step
from alongside.core.agencies.queries import has_second_step
from alongside.web.rendering import page


@never_cache
@open_to_all("it leads somebody who is signed in by a password alone to their second step")
def second_step(request: HttpRequest) -> HttpResponse:
    """Go on to where they were, or ask for the step they have, or help to set one up."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    user = access.person(request)
    ready = has_second_step(user)
    if ready and took_second_step(request, user):
        request.session["second_step"] = True
    if request.session.get("second_step"):
        return redirect(request.session.pop("wanted", "settings:sign-in"))
    return page(request, "settings/second_step.html", {"ready": ready})
