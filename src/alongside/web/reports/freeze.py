"""Freezing a quarter, after asking whether one is sure."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.insight.reports.services import freeze_quarter
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.reports.opening import open_quarter

WORDS = (
    "The report of this quarter will then stay as it is now, whatever is changed in the records later. "
    "The page will say how many records have changed since. This cannot be undone."
)


@needs(Permission.REPORT_FREEZE)
def freeze(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """Ask, then freeze; freezing twice is freezing once."""
    opened = open_quarter(request, pk, slug, "freezing of a report opened")
    back = url("reports:quarter", opened.contract.pk, opened.slug)
    title = opened.period.quarter.title
    if request.method != "POST":
        context = {"question": f"Freeze {title}?", "words": WORDS, "action": "Freeze this quarter", "cancel": back}
        return page(request, "layout/confirm.html", {**context, "warning": False})
    try:
        freeze_quarter(contract=opened.contract, period=opened.period, by=access.person(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, f"{title} is frozen.")
    return redirect(back)
