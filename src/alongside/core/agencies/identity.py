"""Signing in through an agency's own identity provider: known by issuer and subject, never by an address alone."""

from hashlib import sha256
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from alongside.core.agencies.models import Agency, Invitation, User
from alongside.core.agencies.queries import identity_provider_of, open_invitation
from alongside.core.agencies.services.invitations import accept_through_provider
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused

INVITED = "invitation"  # where the session keeps the id of the invitation whose link was followed


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who may come in through an identity provider, and who they then are."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Name the account by issuer and subject of the signed token, so that no two issuers can be confused."""
        facts = sociallogin.account.extra_data
        token, described = facts.get("id_token") or {}, facts.get("userinfo") or {}
        if not token.get("iss") or not token.get("sub") or described.get("sub", token["sub"]) != token["sub"]:
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))
        sociallogin.account.uid = sha256(f"{token['iss']}\0{token['sub']}".encode()).hexdigest()
        user: User = super().populate_user(request, sociallogin, data)
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Turn away somebody whose agency does not sign in through this provider (any more)."""
        person = sociallogin.user if sociallogin.is_existing else request.user
        if isinstance(person, User) and identity_provider_of(person.agency) != sociallogin.account.provider:
            ledger.note(by=person, what="identity provider of another agency", kind=Entry.Kind.DENIED)
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Let somebody new in only with an open invitation to this address, at the agency of this provider."""
        return self._invitation(request, sociallogin) is not None

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Make the sign-in that the invitation promised."""
        invitation = self._invitation(request, sociallogin)
        if invitation is None:
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))
        try:
            user = accept_through_provider(invitation, sociallogin=sociallogin, request=request)
        except Refused as refused:
            raise ImmediateHttpResponse(redirect("socialaccount_login_error")) from refused
        del request.session[INVITED]
        return user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Go back to one's own sign-in."""
        return reverse("settings:sign-in")

    def _invitation(self, request: HttpRequest, sociallogin: SocialLogin) -> Invitation | None:
        invitation = open_invitation(request.session.get(INVITED, ""))
        if invitation is None or identity_provider_of(invitation.invited_to) != sociallogin.account.provider:
            return None
        email = str(sociallogin.user.email or "").lower()
        return invitation if email == invitation.email else None


def name_of_provider(id: str) -> str:
    """Give the name that an identity provider goes by."""
    return next(one["name"] for one in settings.IDENTITY_PROVIDERS if one["id"] == id)


def agency_goes_by(agency: Agency) -> str:
    """Give that name for an agency's own provider, or nothing."""
    provider = identity_provider_of(agency)
    return name_of_provider(provider) if provider else ""
