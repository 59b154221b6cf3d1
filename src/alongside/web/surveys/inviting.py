"""Inviting carers to a round: how many can be, sending, reminding, and links to hand out. No name is shown."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.queries import every_authority
from alongside.core.base.errors import Refused
from alongside.records.surveys import queries
from alongside.records.surveys.models import Round
from alongside.records.surveys.services import inviting
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import Form, saved


class InviteForm(Form):
    """Of which council area carers are invited."""

    authority: Any = forms.ModelChoiceField(
        None, label="Carers of which council area?", required=False, empty_label="All of them"
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["authority"].queryset = every_authority()  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Give the area by its id."""
        chosen = self.cleaned_data["authority"]
        return {"authority": chosen.pk if chosen else None}


class HandOutForm(Form):
    """How many links to hand out."""

    number = forms.IntegerField(label="How many links?", min_value=1, max_value=inviting.MOST_TO_HAND_OUT)


def _links() -> str:
    return settings.BASE_URL + url("survey:front") + "to/"


@needs(Permission.SURVEY_MAKE)
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Invite carers by e-mail or text."""
    found = access.get(request, Round, pk, related=("survey", "edition"))
    form = InviteForm(request.POST or None) if "remind" not in request.POST else InviteForm({})
    by = access.person(request)
    if "remind" in request.POST:
        write = partial(inviting.remind_carers, round=found, base_url=_links(), by=by)
        if saved(request, form, lambda authority: write(), "They are being reminded"):
            return redirect("surveys:round", pk)
    elif saved(
        request, form, partial(inviting.invite_carers, round=found, base_url=_links(), by=by), "They are being invited"
    ):
        return redirect("surveys:round", pk)
    context = {
        "form": form,
        "round": found,
        "could": inviting.carers_to_invite(found, None).count(),
        "going": queries.how_it_goes(found),
    }
    return page(request, "surveys/invite.html", context)


@needs(Permission.SURVEY_MAKE)
def hand_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make links that each work once, and show them this once."""
    found = access.get(request, Round, pk, related=("survey", "edition"))
    form = HandOutForm(request.POST or None)
    tokens: list[str] = []
    if form.is_valid():
        try:
            tokens = inviting.hand_out(round=found, number=form.cleaned_data["number"], by=access.person(request))
        except Refused as refused:
            form.add_error(None, refused.sentence)
    back = (url("surveys:round", pk), "Back to the round")
    context = {"form": form, "back_to": back, "caption": found.name, "links": [f"{_links()}{one}/" for one in tokens]}
    return page(request, "surveys/hand_out.html", context)
