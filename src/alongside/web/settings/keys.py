"""One's own keys, by which a machine acts for one: made, shown once, and ended."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import ApiKey
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.services.keys import end_key, make_key
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.web.rendering import page
from alongside.web.settings.places import parts

LENGTHS = [("30", "30 days"), ("90", "90 days"), ("365", "A year")]


class KeyForm(forms.Form):
    """What a key is for, and how long it lasts."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    name = forms.CharField(
        label="What is it for?",
        max_length=80,
        help_text="Such as the name of your case system.",
        error_messages={"required": "Say what the key is for"},
    )
    days = forms.TypedChoiceField(
        label="How long does it last?", choices=LENGTHS, coerce=int, initial="90", widget=forms.RadioSelect
    )


@needs(Permission.SIGNED_IN)
def keys(request: HttpRequest) -> HttpResponse:
    """List them, with when each was last used."""
    today = timezone.localdate()
    rows = [(key, key.ended_at is None and key.expires_on >= today) for key in access.visible(request, ApiKey)]
    return page(request, "settings/keys.html", {"keys": rows, "parts": parts(request, "settings:keys")})


@never_cache
@needs(Permission.SIGNED_IN)
def new_key(request: HttpRequest) -> HttpResponse:
    """Make one, and show it this once."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            key, token = make_key(**form.cleaned_data, by=access.person(request))
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return page(request, "settings/key_made.html", {"key": key, "token": token})
    return page(request, "settings/key.html", {"form": form})


@needs(Permission.SIGNED_IN)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then end one."""
    key = access.get(request, ApiKey, pk)
    if request.method == "POST":
        end_key(key=key, by=access.person(request))
        messages.success(request, f"The key “{key.name}” is ended.")
        return redirect("settings:keys")
    context = {
        "question": f"End the key “{key.name}”?",
        "words": "Whatever uses it is refused from now on.",
        "action": "Yes, end it",
        "cancel": reverse("settings:keys"),
        "warning": True,
    }
    return page(request, "layout/confirm.html", context)
