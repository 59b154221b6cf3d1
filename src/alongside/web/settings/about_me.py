"""What a worker says of themselves to colleagues and families, if they wish."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.services.people import say_about_oneself
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, saved


class AboutMeForm(EditForm):
    """What they say."""

    kinship_carer_too = forms.BooleanField(
        label="I am a kinship carer too, and happy for people to know", required=False
    )
    about = forms.CharField(
        label="Something about you",
        help_text="A sentence or two that a family may hear. Leave it blank if you would rather not.",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @staticmethod
    def stored(row: User) -> dict[str, Any]:
        """What they say now."""
        return {"kinship_carer_too": row.kinship_carer_too, "about": row.about}


@needs(Permission.CASE_SEE)
def about_me(request: HttpRequest) -> HttpResponse:
    """Say it, or take it back."""
    person = access.get(request, User, access.person(request).pk, what="opened what they say of themselves")
    form = AboutMeForm.of(person, request.POST or None)
    write = partial(say_about_oneself, person)
    if saved(request, form, write, "Saved. It stands beside your name on the pages of your families."):
        return redirect("settings:about-me")
    context = {"form": form, "caption": person.name, "back_to": (url("settings:sign-in"), "My sign-in")}
    return page(request, "settings/about_me.html", context)
