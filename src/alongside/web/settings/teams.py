"""The teams of one's agency."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import Team
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.queries import every_authority, teams_of
from alongside.core.agencies.services.teams import change_team, create_team
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.ids import new_id
from alongside.web.rendering import page
from alongside.web.settings.places import parts


class About(forms.Form):
    """What a team is called, and with whom it sits."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    name = forms.CharField(max_length=80, label="Name of the team", error_messages={"required": "Enter a name"})
    sits_with: Any = forms.ModelChoiceField(
        label="With which council’s own team do they sit?",
        help_text="They then keep that team’s record too, apart from ours.",
        queryset=None,
        required=False,
        empty_label="None",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sits_with"].queryset = every_authority()  # type: ignore[attr-defined]


@needs(Permission.STAFF_MANAGE)
def teams(request: HttpRequest) -> HttpResponse:
    """List them."""
    rows = teams_of(access.person(request).agency_id).select_related("sits_with")
    return page(request, "settings/teams.html", {"teams": rows, "parts": parts(request, "settings:teams")})


@needs(Permission.STAFF_MANAGE)
def new_team(request: HttpRequest) -> HttpResponse:
    """Make a team."""
    form = About(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            create_team(
                id=given["submission"], name=given["name"], sits_with=given["sits_with"], by=access.person(request)
            )
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, f"The team {given['name']} is made.")
            return redirect("settings:teams")
    return page(request, "settings/team.html", {"form": form, "team": None, "now": None})


@needs(Permission.STAFF_MANAGE)
def team(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a team another name, or say with whom it sits."""
    found, now = access.get(request, Team, pk), None
    first = {"name": found.name, "sits_with": found.sits_with_id, "version": found.version}
    form = About(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_team(
                found,
                name=given["name"],
                sits_with=given["sits_with"],
                version=given["version"],
                by=access.person(request),
            )
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        except Stale as stale:
            now = stale.current
            form.data = {**form.data.dict(), "version": str(now.version)}  # type: ignore[attr-defined]
        else:
            messages.success(request, f"The team {given['name']} is saved.")
            return redirect("settings:teams")
    return page(request, "settings/team.html", {"form": form, "team": found, "now": now})
