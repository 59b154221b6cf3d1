"""What was found in a spreadsheet of families, before and after they are referred."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.records.referrals.models import Referral
from alongside.stewardship.exchange.models import Import, ImportRow
from alongside.stewardship.exchange.queries import done_before, pages_of, rows_of_import
from alongside.stewardship.exchange.services.staging import WORKING, confirm_import
from alongside.web.imports.working import act, still_working, working
from alongside.web.jinja import url
from alongside.web.rendering import page

Verdict = ImportRow.Verdict
ORDER = (Verdict.NEW, Verdict.ALIKE, Verdict.KNOWN, Verdict.PROBLEM)


class AlikeForm(forms.Form):
    """What to do with families that look like ones already referred."""

    alike = forms.ChoiceField(
        label="What shall we do with those that look like one already referred?",
        choices=[("send", "Send them too. Whoever decides sees both"), ("leave", "Leave them out")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether to send those that look like one already referred"},
    )


@needs(Permission.REFERRAL_MAKE)
def families(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a file at whatever point it is, and take a yes or no to what was found in it."""
    if request.htmx:  # type: ignore[attr-defined]
        return still_working(request, pk)
    rows = access.visible(request, Import).filter(kind=Import.Kind.FAMILIES).select_related("made_by")
    imported = access.get(request, Import, pk, what="families of a file opened", rows=rows)
    form = AlikeForm(request.POST if request.POST.get("do") == "confirm" else None)
    if request.method == "POST":
        if request.POST.get("do") != "confirm":
            act(request, imported)
            return redirect(url("imports:families", pk))
        if not imported.found.get(Verdict.ALIKE) or form.is_valid():
            return _confirmed(request, imported, form)
    if imported.status in WORKING:
        return working(request, imported)
    return page(request, "imports/families.html", {"form": form, **_shown(request, imported)})


def _confirmed(request: HttpRequest, imported: Import, form: AlikeForm) -> HttpResponse:
    with_alike = form.is_valid() and form.cleaned_data["alike"] == "send"
    try:
        confirm_import(imported=imported, with_alike=with_alike, by=access.person(request))
    except Refused as refused:
        messages.warning(request, refused.sentence)
    return redirect(url("imports:families", imported.pk))


def _shown(request: HttpRequest, imported: Import) -> dict[str, Any]:
    """Gather one page of what has one verdict; where none is asked for, the first that there is any of."""
    kept = ORDER if imported.status == Import.Status.READY else (Verdict.PROBLEM,)
    there = [verdict for verdict in kept if imported.found.get(verdict)]
    asked = request.GET.get("show", "")
    show = asked if asked in there else next(iter(there), "")
    last = pages_of(imported, show) if show else 1
    typed = request.GET.get("page", "1")
    number = min(max(int(typed), 1), last) if typed.isdecimal() and len(typed) < 7 else 1
    return {
        "imported": imported,
        "there": [(verdict.value, imported.found[verdict]) for verdict in there],
        "show": show,
        "rows": [row.data for row in rows_of_import(imported, show, number)] if show else [],
        "number": number,
        "last": last,
        "earlier": done_before(imported),
        "consents": dict(Referral.Consent.choices),
    }
