"""Finding somebody by name, birth date or postcode, whatever the spelling or order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.records.cases.queries import case_of_household
from alongside.records.people.models import Membership
from alongside.records.people.rules import age, sought
from alongside.records.people.searching import ENOUGH
from alongside.records.people.searching import search as people_search
from alongside.web.rendering import fragment, page

LONGEST = 200
TYPED = "searched"
PARTS = {part.value: str(part.label) for part in Membership.Part}


@needs(Permission.PEOPLE_SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """Show who may be meant by what was typed; nothing is found of other agencies, nor counted.

    A name belongs in no address, where browsers and servers keep it: it comes in a form, and the session holds it.
    """
    user = access.person(request)
    in_part = bool(request.headers.get("HX-Request"))
    if request.method == "POST":
        request.session[TYPED] = request.POST.get("q", "")[:LONGEST].replace("\x00", "")
        if not in_part:
            return redirect("people:search")
    typed = request.session.get(TYPED, "")
    looked_for = sought(typed)
    found = people_search(user, looked_for)
    if looked_for.enough:
        ledger.note(by=user, what="people searched")
    homes = [home for one in found for home in one.homes]
    context = {
        "typed": typed,
        "enough": looked_for.enough,
        "found": found,
        "ages": {one.id: age(one.birth_date, one.birth_precision, timezone.localdate()) for one in found},
        "parts": PARTS,
        "cases": case_of_household({home.household_id for home in homes}),
        "many": len(found) >= ENOUGH,
    }
    if in_part:
        return fragment(request, "people/search.html", "results", context)
    return page(request, "people/search.html", context)
