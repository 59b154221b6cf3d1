"""The children of a return who live with family or friends, and picking whom to offer support."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.records.people.models import Arrangement, ThreeWay
from alongside.stewardship.exchange.models import Import, ImportRow
from alongside.stewardship.exchange.queries import pages_of, picked_among, rows_of_import
from alongside.stewardship.exchange.services.picking import pick_children
from alongside.stewardship.exchange.services.staging import WORKING
from alongside.stewardship.exchange.ssda903_codes import CODES
from alongside.web.imports.working import act, still_working, working
from alongside.web.jinja import count, url
from alongside.web.rendering import page


class Listed(NamedTuple):
    """A child of a return as the list shows them."""

    place: int
    code: str
    born: date | None
    age: int | None
    footing: str
    on: date
    before: str
    why: str
    check: bool


NEW, GROWN, PROBLEM = (
    verdict.value for verdict in (ImportRow.Verdict.NEW, ImportRow.Verdict.GROWN, ImportRow.Verdict.PROBLEM)
)
SHOWS = (NEW, GROWN, PROBLEM)
KINDS = {kind.value: str(kind.label) for kind in Arrangement.Kind}
BEFORE = {ThreeWay.YES.value: "Yes", ThreeWay.NO.value: "No", ThreeWay.UNKNOWN.value: "No order yet"}


@needs(Permission.REFERRAL_MAKE)
def children(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List the children of a return, and keep those who are picked."""
    if request.htmx:  # type: ignore[attr-defined]
        return still_working(request, pk)
    rows = access.visible(request, Import).filter(kind=Import.Kind.RETURN).select_related("made_by")
    imported = access.get(request, Import, pk, what="children of a return opened", rows=rows)
    if request.method == "POST":
        if request.POST.get("do") in ("ticked", "all"):
            return _picked(request, imported)
        act(request, imported)
        return redirect(url("imports:children", pk))
    if imported.status in WORKING:
        return working(request, imported)
    return page(request, "imports/children.html", _shown(request, imported))


def _picked(request: HttpRequest, imported: Import) -> HttpResponse:
    everyone = request.POST["do"] == "all"
    ticked = [int(place) for place in request.POST.getlist("child") if place.isdecimal() and len(place) < 7]
    show = GROWN if request.POST.get("show") == GROWN else NEW
    number = _number(request.POST.get("page", ""), imported, show)
    back = redirect(f"{url('imports:children', imported.pk)}?show={show}&page={number}")
    if not everyone and not ticked:
        messages.warning(request, "Tick at least one child first.")
        return back
    try:
        new = pick_children(
            imported=imported, places=None if everyone else ticked, by=access.person(request), verdict=show
        )
    except Refused as refused:
        messages.warning(request, refused.sentence)
        return back
    messages.success(request, f"{count(new, 'child', 'children')} picked. Add their carers when you are ready.")
    return back


def _shown(request: HttpRequest, imported: Import) -> dict[str, Any]:
    asked = request.GET.get("show", "")
    there = [(verdict, imported.found[verdict]) for verdict in SHOWS if imported.found.get(verdict)]
    show = asked if asked in dict(there) else next(iter(dict(there)), NEW)
    number = _number(request.GET.get("page", ""), imported, show)
    rows = rows_of_import(imported, show, number)
    found = [_listed(row) for row in rows] if show != PROBLEM else []
    by = access.person(request)
    return {
        "imported": imported,
        "show": show,
        "there": there,
        "found": found,
        "rows": [row.data for row in rows],
        "picked": picked_among(by, [child.code for child in found]),
        "number": number,
        "last": pages_of(imported, show),
        "follows": [(KINDS[kind], sentences) for kind, sentences in CODES.follows.items()],
    }


def _listed(row: ImportRow) -> Listed:
    data = row.data
    return Listed(
        place=row.place,
        code=data["child"],
        born=date.fromisoformat(data["birth_date"]) if data["birth_date"] else None,
        age=data["age"],
        footing=KINDS[data["arrangement"]],
        on=date.fromisoformat(data["on"]),
        before=BEFORE[data["looked_after_before"]],
        why=data["why"],
        check=data["with_family"] == "not_said",
    )


def _number(typed: str, imported: Import, show: str) -> int:
    number = int(typed) if typed.isdecimal() and len(typed) < 7 else 1
    return min(max(number, 1), pages_of(imported, show))
