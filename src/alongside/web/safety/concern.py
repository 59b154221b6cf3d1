"""One concern: what was said, what is to be done by when, and everything that was done."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.cases.queries import case_of_household
from alongside.records.concerns import queries
from alongside.records.concerns.models import Concern, ConcernStep
from alongside.records.concerns.services.acting import place_concern
from alongside.records.people.rules import sought
from alongside.records.people.searching import search
from alongside.web.rendering import page
from alongside.web.safety.telling import told

LONGEST = 200


@needs(Permission.CONCERN_RAISE)
def concern(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show it. A name to look for comes in a form: it belongs in no address, where browsers and servers keep it."""
    found = access.get(request, Concern, pk, what="concern opened", related=("case__household", "raised_by"))
    user, now = access.person(request), timezone.now()
    context = {
        "told": told(found, now),
        "concern": found,
        "steps": queries.steps_of(found),
        "kinds": {kind.value: str(kind.label) for kind in ConcernStep.Kind},
        "leads": user.may(Permission.CONCERN_LEAD),
        "works": user.may(Permission.CASE_EDIT),
        "on_call": settings.ON_CALL if found.seen_at is None and queries.out_of_hours(now) else "",
        **_families(user, found, request.POST.get("q", found.about)),
    }
    return page(request, "safety/concern.html", context)


def _families(user: User, found: Concern, typed: str) -> dict[str, object]:
    """Give the families that a concern may be about, where that is not known yet and this person may say."""
    asks = found.case_id is None and user.may(Permission.PEOPLE_SEARCH)
    typed = typed[:LONGEST].replace("\x00", "")
    people = search(user, sought(typed)) if asks else []
    cases = case_of_household({home.household_id for person in people for home in person.homes})
    families = {
        cases[home.household_id]: home.family
        for person in people
        for home in person.homes
        if home.household_id in cases
    }
    return {"asks_family": asks, "typed": typed, "families": families}


@needs(Permission.CASE_EDIT)
def place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which family it is about."""
    found = access.get(request, Concern, pk)
    wanted = request.POST.get("case", "")
    if request.method == "POST" and _is_id(wanted):
        case = access.get(request, Case, UUID(wanted))
        try:
            place_concern(concern=found, case=case, by=access.person(request))
        except Refused as refused:
            messages.warning(request, refused.sentence)
        else:
            messages.success(request, f"This concern is about {case.household} now")
    return redirect("safety:concern", pk)


def _is_id(typed: str) -> bool:
    try:
        UUID(typed)
    except ValueError:
        return False
    return True
