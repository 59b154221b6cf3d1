"""The log, for the data protection lead: who did and saw what, newest first."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.queries import LogFilter, log_for, names_of, people_for
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.audit.words import about
from alongside.web.forms import DayField
from alongside.web.rendering import page
from alongside.web.settings.places import parts

PAGE = 50
KINDS = {
    Entry.Kind.READ: "Seen",
    Entry.Kind.WRITE: "Changed",
    Entry.Kind.DENIED: "Refused",
    Entry.Kind.EXPORT: "Taken away",
    Entry.Kind.SIGN_IN: "Sign-in",
}


class Look(forms.Form):
    """What to look for."""

    actor: Any = forms.ModelChoiceField(None, required=False, empty_label="Anybody", label="Who")
    kind = forms.ChoiceField(choices=[("", "Anything"), *KINDS.items()], required=False, label="What")
    day = DayField(required=False, label="Day", past_only=True)

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data)
        self.fields["actor"].queryset = people_for(by).order_by("name")  # type: ignore[attr-defined]


@needs(Permission.AUDIT_SEE)
def log(request: HttpRequest) -> HttpResponse:
    """Show a page of it; that it was read is logged as well."""
    user = access.person(request)
    form = Look(request.GET or None, by=user)
    given = form.cleaned_data if form.is_valid() else {}
    actor = given.get("actor")
    wanted = LogFilter(actor.pk if actor else None, given.get("kind", ""), given.get("day"))
    before = request.GET.get("before", "")
    entries = log_for(user, wanted, int(before) if before.isdecimal() and len(before) < 19 else None, PAGE)
    ledger.note(by=user, what="log opened")
    shown = entries[:PAGE]
    names = names_of({entry.actor for entry in shown if entry.actor})
    context = {
        "form": form,
        "entries": [(entry, _who(entry.actor, names), KINDS[Entry.Kind(entry.kind)], about(entry)) for entry in shown],
        "later": _later(request, shown[-1].pk) if len(entries) > PAGE else "",
        "first": "before" not in request.GET,
        "parts": parts(request, "settings:log"),
    }
    return page(request, "settings/log.html", context)


def _who(actor: UUID | None, names: dict[UUID, str]) -> str:
    return names.get(actor, "Somebody who is gone") if actor else "Nobody signed in"


def _later(request: HttpRequest, last: int) -> str:
    query = request.GET.copy()
    query["before"] = str(last)
    return f"{reverse('settings:log')}?{query.urlencode()}"
