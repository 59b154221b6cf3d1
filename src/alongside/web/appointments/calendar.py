"""The private address from which somebody's own calendar reads their appointments."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.core import access
from alongside.core.access import needs, open_to_all
from alongside.core.agencies.permissions import Permission
from alongside.records.appointments.queries import calendar_at, has_calendar
from alongside.records.appointments.services import end_calendar, open_calendar
from alongside.web.rendering import page


@needs(Permission.CASE_SEE)
def mine(request: HttpRequest) -> HttpResponse:
    """Make or end one's address. It is shown once."""
    by, address = access.person(request), ""
    if request.method == "POST" and "end" in request.POST:
        end_calendar(by=by)
        messages.success(request, "The address no longer works")
        return redirect("appointments:mine")
    if request.method == "POST":
        address = settings.BASE_URL + reverse("appointments:feed", args=[open_calendar(by=by)])
    return page(request, "appointments/calendar.html", {"address": address, "has": has_calendar(by)})


@open_to_all("whoever holds the private address may read times and initials from it")
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar behind an address."""
    with access.system():
        words = calendar_at(token)
    if words is None:
        raise Http404
    return HttpResponse(
        words, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-store"}
    )
