"""One person who signs in: their role and team, and the end of their sign-in."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import ROLES_OF, Permission, Role
from alongside.core.agencies.queries import has_second_step, people_for, teams_of
from alongside.core.agencies.services import people as services
from alongside.core.base.errors import Refused, Stale
from alongside.web.rendering import page
from alongside.web.settings.places import parts
from alongside.web.settings.restricted import warn_of_restricted


class Change(forms.Form):
    """What may be changed of somebody: nothing else that is posted is read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    role = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role", "invalid_choice": "Choose one of the roles in the list"},
    )
    team: Any = forms.ModelChoiceField(None, required=False, empty_label="No team")
    capacity = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=200,
        label="Families at once",
        help_text="How many families this worker can hold.",
        error_messages={"invalid": "Enter a number, such as 25"},
    )

    def __init__(self, data: Any, *, person: User) -> None:
        kept = {name: getattr(person, name) for name in ("version", "role", "capacity")}
        super().__init__(data, initial={**kept, "team": person.team_id})
        self.fields["role"].choices = [(role, role.label) for role in ROLES_OF[person.agency.kind]]  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams_of(person.agency_id)  # type: ignore[attr-defined]


def _get(request: HttpRequest, pk: UUID) -> User:
    return access.get(request, User, pk, rows=people_for(access.person(request)))


@needs(Permission.STAFF_MANAGE)
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show somebody, and change their role or team."""
    found, user, now = _get(request, pk), access.person(request), None
    form = Change(request.POST or None, person=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_person(found, by=user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        except Stale as stale:
            now = stale.current
            form.data = {**form.data.dict(), "version": str(now.version)}  # type: ignore[attr-defined]
        else:
            messages.success(request, f"{found.name} is changed.")
            warn_of_restricted(request)
            return redirect("settings:people")
        found = _get(request, pk)
    context = {
        "person": found,
        "role": Role(found.role).label,
        "form": form,
        "now": now,
        "is_me": found.pk == user.pk,
        "second_step": has_second_step(found),
        "parts": parts(request, "settings:people"),
    }
    return page(request, "settings/person.html", context)


def _ask(
    request: HttpRequest, pk: UUID, act: Callable[[User, User], Any], done: str, words: dict[str, Any]
) -> HttpResponse:
    """Ask once more, then do it."""
    found = _get(request, pk)
    here = reverse("settings:person", args=[pk])
    if request.method == "POST":
        try:
            act(found, access.person(request))
        except (Refused, Stale) as problem:
            messages.error(request, str(problem))
            return redirect(here)
        messages.success(request, done.format(name=found.name))
        return redirect("settings:people")
    context = {name: text.format(name=found.name) for name, text in words.items()}
    return page(request, "layout/confirm.html", {**context, "cancel": here, "warning": True})


@needs(Permission.STAFF_MANAGE)
def end_sign_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End somebody's sign-in, such as when they leave."""
    answer = _ask(
        request,
        pk,
        lambda found, user: services.deactivate(found, version=found.version, by=user),
        "{name} cannot sign in any more.",
        {
            "question": "End the sign-in of {name}?",
            "words": "They are signed out everywhere at once and cannot sign in. What they did stays recorded.",
            "action": "Yes, end it",
        },
    )
    if request.method == "POST":
        warn_of_restricted(request)
    return answer


@needs(Permission.STAFF_MANAGE)
def open_sign_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody sign in again."""
    return _ask(
        request,
        pk,
        lambda found, user: services.reactivate(found, version=found.version, by=user),
        "{name} can sign in again.",
        {
            "question": "Let {name} sign in again?",
            "words": "They sign in as before, with the role and team they had.",
            "action": "Yes, let them",
        },
    )


@needs(Permission.STAFF_MANAGE)
def take_second_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take away the second step of somebody who lost it."""
    return _ask(
        request,
        pk,
        lambda found, user: services.reset_second_step(found, by=user),
        "{name} sets up a new second step at their next sign-in.",
        {
            "question": "Take away the second step of {name}?",
            "words": "Do this only when they lost their phone or key, and you are sure that it is them who asks. "
            "They are signed out everywhere, and set up a new second step at their next sign-in.",
            "action": "Yes, take it away",
        },
    )
