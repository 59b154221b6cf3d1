"""Loading the words of a questionnaire that an agency may hold itself, and taking them out of use."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.measures.library import EXAMPLE_PACK
from alongside.records.measures.licensing import LARGEST, end_pack, load_pack
from alongside.records.measures.models import Pack
from alongside.records.measures.standing import State, standing
from alongside.web.rendering import page
from alongside.web.saving import Form, saved

LOADED = "The pack is loaded."


class PackForm(Form):
    """The file."""

    file = forms.FileField(
        label="Which file?",
        help_text=f"A file in the form of the example, up to {LARGEST // 1000} KB.",
        widget=forms.FileInput({"accept": ".toml"}),
        error_messages={"required": "Choose a file", "empty": "This file is empty"},
    )

    def facts(self) -> dict[str, Any]:
        """One byte more than is allowed says enough of a file that is too large."""
        return {"content": self.cleaned_data["file"].read(LARGEST + 1)}


@needs(Permission.LICENCE_DECLARE)
def load(request: HttpRequest) -> HttpResponse:
    """Take the file in, or say by its key what is wrong in it."""
    user = access.person(request)
    form = PackForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    loaded: list[Pack] = []
    if saved(request, form, lambda content: loaded.append(load_pack(content=content, by=user)), LOADED):
        key = loaded[0].instrument
        found = standing(user, key)
        if found and found.state is not State.OPEN:
            messages.warning(request, "It is not open yet: declare on what ground you may use it.")
        return redirect("settings:questionnaire", key)
    return page(request, "settings/pack.html", {"form": form})


@needs(Permission.LICENCE_DECLARE)
def example(request: HttpRequest) -> HttpResponse:
    """Give a made-up questionnaire in the form of a pack, to be filled in anew."""
    headers = {"Content-Disposition": 'attachment; filename="example-pack.toml"'}
    return HttpResponse(EXAMPLE_PACK.read_text(encoding="utf-8"), "application/toml; charset=utf-8", headers=headers)


@needs(Permission.LICENCE_DECLARE)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then take a pack out of use."""
    pack = access.get(request, Pack, pk)
    if request.method == "POST":
        end_pack(pack=pack, by=access.person(request))
        messages.success(request, f"“{pack.title}”, edition {pack.edition}, is out of use.")
        return redirect("settings:questionnaire", pack.instrument)
    context = {
        "question": f"Take “{pack.title}”, edition {pack.edition}, out of use?",
        "words": "Workers do not ask it from now on. What was answered stays, and can still be read.",
        "action": "Yes, take it out of use",
        "cancel": reverse("settings:questionnaire", args=[pack.instrument]),
        "warning": True,
    }
    return page(request, "layout/confirm.html", context)
