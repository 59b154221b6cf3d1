"""What the pages of a file share: waiting while work is done on it, and the buttons that start or end that work."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.base.errors import Refused, Stale
from alongside.stewardship.exchange.models import Import
from alongside.stewardship.exchange.services.staging import PATIENCE, WORKING, drop_import, try_again
from alongside.web.rendering import fragment, page

TEMPLATE = "imports/working.html"


def still_working(request: HttpRequest, pk: Any) -> HttpResponse:
    """Answer the page that looks again by itself; once the work is done the page is opened anew.

    Looking again is no new reading of the record, so it is not logged.
    """
    imported = access.visible(request, Import).filter(pk=pk).first()
    if imported is None:
        raise Http404
    if imported.status not in WORKING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return fragment(request, TEMPLATE, "progress", _waiting(imported))


def working(request: HttpRequest, imported: Import) -> HttpResponse:
    """Show that work on a file goes on."""
    return page(request, TEMPLATE, _waiting(imported))


def act(request: HttpRequest, imported: Import) -> None:
    """Do what the button says that drops a file or starts the work on it again."""
    by = access.person(request)
    try:
        if request.POST.get("do") == "drop":
            drop_import(imported=imported, by=by)
        elif request.POST.get("do") == "again":
            try_again(imported=imported, by=by)
            messages.success(request, "We have started again.")
    except Refused as refused:
        messages.warning(request, refused.sentence)
    except Stale:
        messages.warning(request, "This file moved on while you were looking. Here it is as it is now.")


def _waiting(imported: Import) -> dict[str, Any]:
    return {"imported": imported, "slow": timezone.now() - imported.status_at > PATIENCE}
