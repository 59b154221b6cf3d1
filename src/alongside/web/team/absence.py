"""One absence: who looks after which family meanwhile, beginning and ending it by hand, and another last day."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.oversight.models import Absence
from alongside.records.oversight.queries import covers_of
from alongside.records.oversight.rules import standing_in
from alongside.records.oversight.services.covering import begin, change_last_day, end
from alongside.records.oversight.tasks import look_on_its_days
from alongside.web.before_calling import check_again
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, saved
from alongside.web.team.worker import STANDS


class LastDayForm(EditForm):
    """Until when somebody is away."""

    ends_on = DayField(
        label="What is their last day away?",
        help_text="Leave this blank while nobody knows. The families come back the day after.",
        required=False,
    )

    @staticmethod
    def stored(row: Absence) -> dict[str, Any]:
        """What is planned now."""
        return {"ends_on": row.ends_on}


@needs(Permission.CASE_SEE)
def absence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who takes which family, with what to know before calling; begin or end it by hand."""
    user, today = access.person(request), timezone.localdate()
    found = access.get(request, Absence, pk, related=("worker", "by"))
    lead = user.may(Permission.TEAM_LEAD)
    if request.method == "POST" and lead:
        if request.POST.get("do") == "begin":
            begin(absence=found, by=user)
            messages.success(request, "The handover has begun.")
        elif request.POST.get("do") == "end":
            end(absence=found, by=user)
            messages.success(request, "The handover is over.")
        return redirect("team:absence", found.pk)
    stands = standing_in(found.starts_on, found.begun_on, found.ends_on, found.over_on, today)
    return page(
        request,
        "team/absence.html",
        {
            "absence": found,
            "stands": stands,
            "tag_words": STANDS[stands],
            "covers": covers_of(found, user),
            "lead": lead,
            "up": (found.worker.name, url("team:worker", found.worker_id))
            if lead
            else ("Supervision", url("team:mine")),
            "check_again": check_again(),
        },
    )


@needs(Permission.TEAM_LEAD)
def last_day(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that somebody is back sooner or later than planned."""
    found = access.get(request, Absence, pk, related=("worker",))
    form = LastDayForm.of(found, request.POST or None)
    if saved(request, form, partial(_change, absence=found, by=access.person(request))):
        return redirect("team:absence", found.pk)
    back_to = (url("team:absence", found.pk), "Days away")
    return page(request, "team/last_day.html", {"form": form, "caption": found.worker.name, "back_to": back_to})


def _change(**facts: Any) -> None:
    look_on_its_days(change_last_day(**facts))
