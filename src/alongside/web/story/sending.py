"""Sending a family's story, or a part of it: it is enclosed in a letter, which is read and checked before it goes."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.insight.chronology.entries import Kind
from alongside.insight.chronology.queries import MOST
from alongside.insight.chronology.queries import story as read_story
from alongside.records.letters.queries import addressed_to
from alongside.records.letters.rules import Addressed, Enclosed
from alongside.records.letters.services import write_letter
from alongside.records.people.picture import carers_of_household
from alongside.web.dates import day
from alongside.web.jinja import count
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved
from alongside.web.story.asking import Asked, asked
from alongside.web.story.files import note, on_paper

GUARDED = frozenset({Kind.SAFETY, Kind.CONCERN})
ELSE = "else"


class SendForm(NewForm):
    """To whom a story goes, why, and whether with what was noted for safety."""

    to = forms.ChoiceField(
        label="Who is it for?", widget=forms.RadioSelect, error_messages={"required": "Choose who it is for"}
    )
    purpose = forms.CharField(
        label="Why do they receive it?",
        help_text="They read this in the letter. For example: you asked for your own record.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down why they receive it"},
    )
    guarded = forms.BooleanField(
        label="Leave out concerns and safety notes",
        help_text="Take this away only if they may know of them, and nobody is at risk if they do.",
        initial=True,
        required=False,
    )

    def __init__(self, *args: Any, known: dict[str, tuple[str, Addressed]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known
        choices = [(key, words) for key, (words, _) in known.items()]
        self.fields["to"].choices = [*choices, (ELSE, "Somebody else")]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Give the address of whoever was chosen; somebody else's is written on the letter itself."""
        _, to = self.known.get(self.cleaned_data["to"], ("", Addressed()))
        return {**self.cleaned_data, "to": to}


@needs(Permission.CASE_EDIT)
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the letter that takes what is asked for of a story to somebody."""
    found = asked(request, pk, "story opened")
    form = SendForm(request.POST or None, known=_known(found))
    if saved(request, form, partial(_enclose, request, found)):
        return redirect("letters:letter", form.cleaned_data["submission"])
    back_to = (f"{reverse('story:story', args=[pk])}?{found.query()}", "Back to the story")
    context = {"form": form, "caption": str(found.case.household), "back_to": back_to, "asked": found}
    return page(request, "story/send.html", context)


def _known(found: Asked) -> dict[str, tuple[str, Addressed]]:
    household, authority = found.case.household, found.case.authority
    known = {str(carer.pk): (carer.name, addressed_to(carer, household)) for carer in carers_of_household(household)}
    return known | ({"authority": (authority.name, Addressed(authority.name))} if authority else {})


def _enclose(
    request: HttpRequest, found: Asked, *, to: Addressed, purpose: str, guarded: bool, submission: UUID
) -> None:
    scope = found.scope(request, MOST)
    read = read_story(replace(scope, without=GUARDED) if guarded else scope, found.kind)
    if not read.lines:
        raise Refused("There is nothing of what you asked for. Go back to the story and ask for more")
    if read.after:
        raise Refused(f"There are more than {MOST:,} entries. Go back to the story and ask for fewer days")
    left_out = ", without concerns and safety notes" if guarded and found.kind is None else ""
    told = f"{found.in_words}{left_out}"
    title = f"{told}: {count(len(read.lines), 'entry', 'entries')}"
    user = access.person(request)
    write_letter(
        case=found.case,
        template="with-the-story",
        about=None,
        facts={
            "recipient": to.to_name,
            "enclosed": f"{title[0].lower()}{title[1:]}, as it stood on {day(timezone.localdate())}",
            "purpose": purpose,
            "worker": user.name,
        },
        to=to,
        by=user,
        submission=submission,
        enclosed=Enclosed(title, on_paper(request, found, told, read)),
    )
    note(request, found, "enclosed in a letter", read)
