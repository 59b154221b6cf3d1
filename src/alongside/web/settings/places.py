"""The parts of the settings that a person may open, as links beside each of its pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission

PARTS = (
    ("People who sign in", "settings:people", Permission.STAFF_MANAGE),
    ("Teams", "settings:teams", Permission.STAFF_MANAGE),
    ("Restricted families", "settings:restricted", Permission.KNOWER_NAME),
    ("Questionnaires", "settings:questionnaires", Permission.LICENCE_DECLARE),
    ("The log", "settings:log", Permission.AUDIT_SEE),
    ("About me", "settings:about-me", Permission.CASE_SEE),
    ("Keys", "settings:keys", Permission.SIGNED_IN),
    ("My sign-in", "settings:sign-in", Permission.SIGNED_IN),
)


def parts(request: HttpRequest, here: str) -> list[tuple[str, str, bool]]:
    """Give the links, and which of them is here; none where there is only one."""
    user = access.person(request)
    mine = [(words, reverse(page), page == here) for words, page, permission in PARTS if user.may(permission)]
    return mine if len(mine) > 1 else []


@needs(Permission.SIGNED_IN)
def settings(request: HttpRequest) -> HttpResponse:
    """Go to the first part that this person may open."""
    user = access.person(request)
    return redirect(next(page for _, page, permission in PARTS if user.may(permission)))
