"""Taking contacts away as a spreadsheet: the manager says from which day to which, and the file comes as it is read."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.insight.reports.periods import DAY, Quarter, midnight
from alongside.records.cases.models import Contact
from alongside.stewardship.exchange.contact_file import contact_file as file_of
from alongside.web.dates import day
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page


class Span(forms.Form):
    """From which day to which, both included."""

    first = DayField(label="First day", past_only=True)
    last = DayField(label="Last day", past_only=True)

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        given = super().clean() or {}
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            self.add_error("last", "The last day must not be before the first")
        return given


@needs(Permission.RECORDS_EXPORT)
def contact_file(request: HttpRequest) -> HttpResponseBase:
    """Ask for the days, and send the file; that it was taken away is logged before its first line leaves."""
    user = access.person(request)
    before = Quarter.of(timezone.localdate()).starts_on - DAY
    form = Span(request.POST or None, initial={"first": Quarter.of(before).starts_on, "last": before})
    if not form.is_valid():
        back = (url("reports:reports"), "Back to reports")
        return page(request, "reports/contact_file.html", {"form": form, "back_to": back, "caption": ""})
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    rows = access.visible(request, Contact).filter(at__gte=midnight(first), at__lt=midnight(last + DAY))
    ledger.note(by=user, what=f"contacts taken away, {day(first)} to {day(last)}", kind=Entry.Kind.EXPORT)
    name = f"contacts-{first.isoformat()}-to-{last.isoformat()}.csv"
    return StreamingHttpResponse(
        _sent(rows, user),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _sent(rows: QuerySet[Contact], user: User) -> Iterator[bytes]:
    """Read while the file is sent, which is after the gate has done its work."""
    with access.on_behalf_of(user.agency_id):
        yield from file_of(rows)
