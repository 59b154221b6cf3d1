"""Children who were picked from a return and wait for their carer's name and consent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.base.paging import page_of
from alongside.stewardship.exchange.models import PickedChild
from alongside.stewardship.exchange.queries import to_complete
from alongside.stewardship.exchange.services.picking import unpick_children
from alongside.web.imports.children import KINDS
from alongside.web.jinja import count, url
from alongside.web.rendering import page


@needs(Permission.REFERRAL_MAKE)
def picked(request: HttpRequest) -> HttpResponse:
    """List the children to complete; those who are ticked are completed as one family, or taken off the list."""
    by = access.person(request)
    rows = to_complete(access.visible(request, PickedChild))
    if request.method == "POST":
        chosen = list(rows.filter(pk__in=ids(request.POST.getlist("child"))))
        if not chosen:
            messages.warning(request, "Tick at least one child first.")
        elif request.POST.get("do") == "unpick":
            unpick_children(children=chosen, by=by)
            messages.success(request, f"{count(len(chosen), 'child', 'children')} taken off the list.")
        else:
            asked = "&".join(f"child={child.pk}" for child in chosen)
            return redirect(f"{url('imports:complete')}?{asked}")
        return redirect(url("imports:picked"))
    ledger.note(by=by, what="list of picked children opened")
    listed = page_of(rows.select_related("picked_by"), order="created_at", key=request.GET.get("at", ""))
    return page(request, "imports/picked.html", {"listed": listed, "kinds": KINDS})


def ids(typed: list[str]) -> list[UUID]:
    """Read ids out of a form; what is none is left out."""
    found = []
    for one in typed:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found
