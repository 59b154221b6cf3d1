"""The front page: what this is, for a carer who needs help and for those who sign in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core.access import open_to_all
from alongside.web.navigation import links_for
from alongside.web.rendering import page


@open_to_all("it says what the service is and leads on")
def home(request: HttpRequest) -> HttpResponse:
    """Welcome a stranger; send somebody signed in to the first page that their role has."""
    if request.user.is_authenticated:
        links = links_for(request.user.permissions, request.path)
        if links:
            return redirect(links[0].href)
    return page(request, "home/home.html", {})
