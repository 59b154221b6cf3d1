"""The people who sign in, and those who are invited to."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import Invitation, User
from alongside.core.agencies.permissions import Permission, Role
from alongside.core.agencies.queries import agencies_for, people_after, teams_of, waiting_invitations, with_people
from alongside.core.agencies.services import invitations
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.web.rendering import page
from alongside.web.settings.places import parts

PAGE = 50


class Choose(forms.Form):
    """Whose people to show."""

    agency: Any = forms.ModelChoiceField(None, required=False, empty_label="Every organisation", label="Organisation")

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data)
        self.fields["agency"].queryset = with_people(by)  # type: ignore[attr-defined]


class Invite(forms.Form):
    """Whom to invite, where and as what."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    name = forms.CharField(max_length=120, error_messages={"required": "Enter their name"})
    email = forms.EmailField(
        label="E-mail address",
        help_text="The link goes here. They sign in with it, so it must be theirs alone.",
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an e-mail address, such as asha@example.org",
        },
    )
    agency: Any = forms.ModelChoiceField(
        None,
        label="Organisation",
        empty_label="Choose an organisation",
        error_messages={
            "required": "Choose an organisation",
            "invalid_choice": "Choose one of the organisations in the list",
        },
    )
    role = forms.ChoiceField(
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role", "invalid_choice": "Choose one of the roles in the list"},
    )
    team: Any = forms.ModelChoiceField(
        None, required=False, empty_label="No team", help_text="For people of your own organisation."
    )

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data, initial={"agency": by.agency_id})
        self.fields["agency"].queryset = agencies_for(by)  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams_of(by.agency_id)  # type: ignore[attr-defined]


@needs(Permission.STAFF_MANAGE)
def people(request: HttpRequest) -> HttpResponse:
    """List them by name, a page at a time, with the invitations that nobody took up yet."""
    user = access.person(request)
    choose = Choose(request.GET or None, by=user)
    agency = choose.cleaned_data.get("agency") if choose.is_valid() else None
    rows = people_after(user, agency.pk if agency else None, _after(request), PAGE)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    ledger.note(by=user, what="people who sign in listed")
    context = {
        "choose": choose,
        "people": [(person, Role(person.role).label) for person in rows[:PAGE]],
        "invitations": []
        if "after" in request.GET
        else [(invitation, Role(invitation.role).label) for invitation in waiting_invitations(user)],
        "now": timezone.now(),
        "later": _later(last, agency.pk if agency else None) if last else "",
        "parts": parts(request, "settings:people"),
    }
    return page(request, "settings/people.html", context)


def _after(request: HttpRequest) -> tuple[str, UUID] | None:
    id, _, name = request.GET.get("after", "").partition(" ")
    try:
        return name, UUID(id)
    except ValueError:
        return None


def _later(last: User, agency: UUID | None) -> str:
    query = {"after": f"{last.pk} {last.name}"} | ({"agency": str(agency)} if agency else {})
    return f"{reverse('settings:people')}?{urlencode(query)}"


@needs(Permission.STAFF_MANAGE)
def invite_person(request: HttpRequest) -> HttpResponse:
    """Ask whom to invite, and send the link."""
    user = access.person(request)
    form = Invite(request.POST or None, by=user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        id = given.pop("submission")
        try:
            invitations.invite(id=id, by=user, **given)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, f"We sent {given['email']} an invitation. The link works for 7 days, once.")
            return redirect("settings:people")
    return page(request, "settings/invite.html", {"form": form})


@require_POST
@needs(Permission.STAFF_MANAGE)
def invite_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a new link."""
    invitation = _waiting(request, pk)
    invitations.invite_again(invitation, by=access.person(request))
    messages.success(request, f"We sent {invitation.email} a new link. The old one does not work any more.")
    return redirect("settings:people")


@require_POST
@needs(Permission.STAFF_MANAGE)
def withdraw_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = _waiting(request, pk)
    invitations.withdraw(invitation, by=access.person(request))
    messages.success(request, f"The invitation to {invitation.email} is withdrawn.")
    return redirect("settings:people")


def _waiting(request: HttpRequest, pk: UUID) -> Invitation:
    return access.get(request, Invitation, pk, rows=waiting_invitations(access.person(request)))
