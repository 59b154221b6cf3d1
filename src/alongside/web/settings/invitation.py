"""Taking up an invitation: with a password, or through the identity provider of one's organisation."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from alongside.core.access import open_to_all
from alongside.core.agencies.identity import INVITED, agency_goes_by
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.agencies.queries import identity_provider_of, invitation_by
from alongside.core.agencies.services.invitations import accept
from alongside.core.base.errors import Refused
from alongside.web.rendering import page
from alongside.web.settings.sign_in_forms import ChosenPassword


@sensitive_post_parameters("password")
@never_cache
@open_to_all("the link is the invitation")
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Say who is invited to what, and make their sign-in once they have chosen a password."""
    found = invitation_by(token)
    if found is None:
        return page(request, "settings/invitation_gone.html", {}, status=404)
    through = agency_goes_by(found.invited_to)
    form = ChosenPassword(None if through else request.POST or None)
    form.fields["password"].user = User(email=found.email, name=found.name)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            user = accept(found, password=form.cleaned_data["password"])
        except Refused:
            return page(request, "settings/invitation_gone.html", {}, status=404)
        record_authentication(request, user, "password")
        signed_in: HttpResponseBase = perform_login(request, user)
        return signed_in
    context = {"invitation": found, "form": form, "through": through, "token": token, "role": Role(found.role).label}
    return page(request, "settings/invitation.html", context)


@require_POST
@never_cache
@open_to_all("the link is the invitation")
def go_to_provider(request: HttpRequest, token: str) -> HttpResponse:
    """Keep in mind which invitation it was, and go on to the organisation's own sign-in."""
    found = invitation_by(token)
    provider = identity_provider_of(found.invited_to) if found else ""
    if not found or not provider:
        return page(request, "settings/invitation_gone.html", {}, status=404)
    request.session[INVITED] = str(found.pk)
    return redirect(reverse("openid_connect_login", args=[provider]))
