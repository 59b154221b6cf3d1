"""Giving the newest edition of a case to the agency that pays for its contract."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.insight.economics.services import release_edition
from alongside.web.economics.opening import open_edition
from alongside.web.jinja import url
from alongside.web.rendering import page

WORDS = (
    "The agency that pays for the contract can read this edition from now on, move its numbers without changing yours, "
    "and keep a copy as its own. What you change later does not change what it was given. This cannot be taken back."
)


@needs(Permission.ECONOMICS_EDIT)
def share(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then give it."""
    case, newest = open_edition(request, pk)
    back = url("economics:case", case.pk)
    if request.method != "POST":
        asked = {"question": f"Give edition {newest.number} to who pays?", "words": WORDS, "action": "Give it"}
        return page(request, "layout/confirm.html", {**asked, "cancel": back, "warning": False})
    try:
        given = release_edition(edition=newest, by=access.person(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, f"Edition {newest.number} is with {given.purchaser.name}.")
    return redirect(back)
