"""One's own sign-in: password, second step, and where one is signed in."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.identity import agency_goes_by
from alongside.core.agencies.permissions import Permission, Role
from alongside.core.agencies.queries import second_steps_of, sessions_of
from alongside.core.agencies.services import people
from alongside.web.rendering import page
from alongside.web.settings.devices import device
from alongside.web.settings.places import parts

WORDS = {"totp": "Authenticator app", "webauthn": "Passkey", "recovery_codes": "Recovery codes"}


@needs(Permission.SIGNED_IN)
def my_sign_in(request: HttpRequest) -> HttpResponse:
    """Show it all on one page."""
    user = access.person(request)
    steps = second_steps_of(user)
    context = {
        "person": user,
        "role": Role(user.role).label,
        "through": agency_goes_by(user.agency),
        "has_password": user.has_usable_password(),
        "steps": [(step, _name(step)) for step in steps],
        "has_app": any(step.type == "totp" for step in steps),
        "sessions": [
            (session, device(session.user_agent), session.session_key == request.session.session_key)
            for session in sessions_of(user)
        ],
        "parts": parts(request, "settings:sign-in"),
    }
    return page(request, "settings/sign_in.html", context)


def _name(step: Any) -> str:
    return step.data["name"] if step.type == "webauthn" else WORDS[step.type]


@reauthentication_required  # type: ignore[untyped-decorator]
@needs(Permission.SIGNED_IN)
def remove_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take away one of one's second steps; those who must have one are led to set up another."""
    user = access.person(request)
    step = next((step for step in second_steps_of(user) if step.pk == pk), None)
    if step is None:
        raise Http404
    if request.method == "POST":
        left = people.remove_second_step(step, keep_session=request.session.session_key or "", by=user)
        if not left:
            request.session.pop("second_step", None)
        messages.success(request, f"{_name(step)} is removed.")
        return redirect("settings:sign-in")
    context = {
        "question": f"Remove “{_name(step)}” as a second step?",
        "words": "You are signed out everywhere else, and cannot use it to sign in any more.",
        "action": "Yes, remove it",
        "cancel": reverse("settings:sign-in"),
        "warning": True,
    }
    return page(request, "layout/confirm.html", context)


@require_POST
@needs(Permission.SIGNED_IN)
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out one browser."""
    user = access.person(request)
    session = next((session for session in sessions_of(user) if session.pk == pk), None)
    if session is None:
        raise Http404
    people.end_session(session, by=user)
    messages.success(request, "That browser is signed out.")
    return redirect("settings:sign-in")


@require_POST
@needs(Permission.SIGNED_IN)
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out every browser but this one."""
    people.end_sessions(access.person(request), by=access.person(request), besides=request.session.session_key or "")
    messages.success(request, "You are signed out everywhere else.")
    return redirect("settings:sign-in")
