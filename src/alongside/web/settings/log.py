"""The log, for the data protection lead: who did and saw what, newest first."""

from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.queries import LogFilter, log_for, names_of, people_called
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.audit.words import about
from alongside.web.forms import DayField
from alongside.web.rendering import page
from alongside.web.settings.places import parts

PAGE = 50
ADDRESSED = ("actor", "kind", "day_day", "day_month", "day_year")
KINDS = {
    Entry.Kind.READ: "Seen",
    Entry.Kind.WRITE: "Changed",
    Entry.Kind.DENIED: "Refused",
    Entry.Kind.EXPORT: "Taken away",
    Entry.Kind.SIGN_IN: "Sign-in",
}


class Look(forms.Form):
    """What to look for. Somebody is named in the form alone, and by their id in the address."""

    name = forms.CharField(
        required=False,
        max_length=120,
        label="Who",
        help_text="Part of a name, or of the e-mail address that they sign in with.",
    )
    kind = forms.ChoiceField(choices=[("", "Anything"), *KINDS.items()], required=False, label="What")
    day = DayField(required=False, label="Day", past_only=True)


@needs(Permission.AUDIT_SEE)
def log(request: HttpRequest) -> HttpResponse:
    """Show a page of it; that it was read is logged as well."""
    user = access.person(request)
    form = Look(request.POST or request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    called = people_called(user, given["name"]) if given.get("name") else []
    if request.method == "POST" and form.is_valid():
        if not given["name"]:
            return redirect(_address(request.POST, actor=""))
        if len(called) == 1:
            return redirect(_address(request.POST, actor=str(called[0].pk)))
        if not called:
            form.add_error("name", "Nobody who signs in is called that. Try another part of the name")
    actor = _actor(request.GET.get("actor", ""))
    wanted = LogFilter(actor, given.get("kind", ""), given.get("day"))
    before = request.GET.get("before", "")
    entries = log_for(user, wanted, int(before) if before.isdecimal() and len(before) < 19 else None, PAGE)
    ledger.note(by=user, what="log opened")
    shown = entries[:PAGE]
    names = names_of({entry.actor for entry in shown if entry.actor} | ({actor} if actor else set()))
    context = {
        "form": form,
        "only": _who(actor, names) if actor else "",
        "everybody": _address(request.GET, actor=""),
        "called": [(one, _address(request.POST, actor=str(one.pk))) for one in called] if len(called) > 1 else [],
        "entries": [(entry, _who(entry.actor, names), KINDS[Entry.Kind(entry.kind)], about(entry)) for entry in shown],
        "later": _address(request.GET, before=str(shown[-1].pk)) if len(entries) > PAGE else "",
        "first": "before" not in request.GET,
        "parts": parts(request, "settings:log"),
    }
    return page(request, "settings/log.html", context)


def _actor(asked: str) -> UUID | None:
    try:
        return UUID(asked) if asked else None
    except ValueError:
        return None


def _address(asked: QueryDict, **changes: str) -> str:
    """Give the address of the log as it was asked for, but for these changes; no name is ever part of it."""
    wanted = {name: asked.get(name, "") for name in ADDRESSED} | changes
    query = urlencode({name: value for name, value in wanted.items() if value})
    return reverse("settings:log") + (f"?{query}" if query else "")


def _who(actor: UUID | None, names: dict[UUID, str]) -> str:
    return names.get(actor, "Somebody who is gone") if actor else "Nobody signed in"
