"""That somebody of a family joined a group, and that they left it."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case
from alongside.records.people.models import Person
from alongside.records.people.queries import family
from alongside.records.programmes.models import GroupMember
from alongside.records.programmes.queries import groups_seen_by
from alongside.records.programmes.services.grouping import join_group, leave_group
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, NewForm, saved

ANOTHER = "another"
NAMING = {
    "name": "Enter what the group is called",
    "place": "Enter where it meets",
    "times": "Enter when it meets",
}


class JoinForm(NewForm):
    """Who joined which group, and when. A group that nobody named before is named here."""

    person = forms.ChoiceField(
        label="Who joined?", widget=forms.RadioSelect, error_messages={"required": "Choose who joined"}
    )
    group = forms.ChoiceField(
        label="Which group?", widget=forms.RadioSelect, error_messages={"required": "Choose the group"}
    )
    name = forms.CharField(label="What is it called?", required=False, max_length=80)
    place = forms.CharField(
        label="Where does it meet?", help_text="A place, or online.", required=False, max_length=160
    )
    times = forms.CharField(
        label="When does it meet?", help_text="Such as: Thursdays, 10am to noon.", required=False, max_length=120
    )
    joined_on = DayField(label="When did they first go?", past_only=True, error_messages={"required": "Enter the day"})

    def __init__(self, data: Any, *, case: Case, user: User, **options: Any) -> None:
        super().__init__(data, **options)
        self.groups = {str(group.pk): group for group in groups_seen_by(user)}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (str(one.id), one.known_as or one.name) for one in family(case.household_id)
        ]
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            *((pk, group.name) for pk, group in self.groups.items()),
            (ANOTHER, "Another group" if self.groups else "A group that you name"),
        ]

    @property
    def meets(self) -> dict[str, str]:
        """Where and when each group meets."""
        return {pk: f"{group.place}. {group.times}" for pk, group in self.groups.items()}

    def clean(self) -> dict[str, Any]:
        """Ask for all that is said of a group when it is first named."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("group") == ANOTHER:
            for name, wanted in NAMING.items():
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, wanted)
        return said

    def facts(self) -> dict[str, Any]:
        """Give the person and the group themselves."""
        said = self.cleaned_data
        return {**said, "person": Person(pk=UUID(said["person"])), "group": self.groups.get(said["group"])}


class LeaveForm(EditForm):
    """When somebody left, and why."""

    left_on = DayField(label="When did they last go?", past_only=True, error_messages={"required": "Enter the day"})
    why = forms.CharField(
        label="Why did they leave?",
        help_text="As they put it. If nobody knows, say so.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down why, or that nobody knows"},
    )

    @staticmethod
    def stored(row: GroupMember) -> dict[str, Any]:
        """What it says now."""
        return {"left_on": row.left_on, "why": row.why}


@needs(Permission.CASE_EDIT)
def group_join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down that somebody joined a group."""
    case, user = access.get(request, Case, pk, related=("household",)), access.person(request)
    form = JoinForm(request.POST or None, case=case, user=user, initial={"joined_on": timezone.localdate()})
    if saved(request, form, partial(join_group, case=case, by=user)):
        return redirect(_groups_of(case))
    return _shown(request, "group_join", form, case)


@needs(Permission.CASE_EDIT)
def group_leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down that somebody left a group, or put right when and why."""
    member = access.get(request, GroupMember, pk, related=("case__household", "group", "person"))
    form = LeaveForm.of(member, request.POST or None)
    if saved(request, form, partial(leave_group, member=member, by=access.person(request))):
        return redirect(_groups_of(member.case))
    return _shown(request, "group_leave", form, member.case, {"member": member})


def _groups_of(case: Case) -> str:
    return f"{url('programmes:family', case.pk)}#groups"


def _shown(
    request: HttpRequest, template: str, form: Form, case: Case, more: dict[str, Any] | None = None
) -> HttpResponse:
    family_name = str(case.household)
    context = {"form": form, "caption": family_name, "back_to": (_groups_of(case), f"Back to {family_name}")}
    return page(request, f"programmes/{template}.html", context | (more or {}))
