"""How the sign-in library behaves here: what it says, what it logs, and whom it lets in."""

import time
from pathlib import Path
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from alongside.core.agencies.models import User
from alongside.core.agencies.queries import with_email
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.base.mail import send_on_commit
from alongside.core.base.sealing import seal, unseal

LETTERS = Path(__file__).parent / "letters"
PURPOSE = "second step"
FRESH = 300  # seconds for which a password or code that was just given need not be given again
# What a person is told about their own sign-in: in the log, in a mail, and on the page that follows.
CHANGES = {
    "account/email/password_changed": "Your password was changed.",
    "account/email/password_reset": "Your password was set again from a link that we sent.",
    "mfa/email/totp_activated": "An authenticator app was set up as your second step.",
    "mfa/email/webauthn_added": "A passkey was set up as your second step.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made. The old ones do not work any more.",
    "socialaccount/email/account_connected": "Your sign-in was tied to your organisation’s own.",
}
SAID = {
    "account/messages/password_changed.txt": "Your password is changed. You are signed out everywhere else.",
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/webauthn_added.txt": "Your passkey is set up.",
}
SECOND_STEPS = {"mfa/email/totp_activated", "mfa/email/webauthn_added"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in with a password: nobody signs up, everything is logged, and every sentence is plain."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right. Check both and try again.",
        "too_many_login_attempts": "There were too many tries. Wait five minutes, then try again.",
        "rate_limited": "There were too many tries. Wait five minutes, then try again.",
        "incorrect_password": "The password is not right.",
        "enter_current_password": "The password is not the one you have now.",
        "incorrect_code": "The code is not right. Wait for the next one in your app, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let nobody sign up: people come by invitation."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign somebody in, remember whether they took a second step, and log it."""
        super().login(request, user)
        if took_second_step(request, user):
            request.session["second_step"] = True
        ledger.note(by=user, what="signed in", about=user, kind=Entry.Kind.SIGN_IN)

    def logout(self, request: HttpRequest) -> None:
        """Sign somebody out and log it."""
        if isinstance(request.user, User):
            ledger.note(by=request.user, what="signed out", about=request.user, kind=Entry.Kind.SIGN_IN)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log a failed try: against whom or, where nobody has that address, against a keyed hash of it."""
        email = str(credentials.get("email", ""))
        user = with_email(email)
        row = str(user.pk) if user else salted_hmac("failed sign-in", email.lower()).hexdigest()[:32]
        ledger.note(by=None, what="sign-in failed", kind=Entry.Kind.SIGN_IN, model="agencies.User", row=row)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Check the password of somebody who is signed in, within the same limits as a sign-in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask for the password again only when none was given just now."""
        given = get_authentication_records(context.request, context.request.user)
        if any(time.time() - record["at"] < FRESH for record in given):
            return False
        return bool(super().is_reauthentication_required(app=app))

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell somebody that their sign-in was changed, and log it."""
        change = CHANGES[template_prefix]
        if template_prefix in SECOND_STEPS:
            self.request.session["second_step"] = True
        ledger.note(by=user, what=change, about=user, kind=Entry.Kind.SIGN_IN)
        send_on_commit(LETTERS / "changed.txt", to=user.email, name=user.name, change=change)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Send a link to set the password, or say where to sign in where there is no password."""
        letter = "password.txt" if user.has_usable_password() else "no_password.txt"
        self._answer(letter, email, context["password_reset_url"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Answer a request for a new password from an address that nobody signs in with."""
        self._answer("unknown.txt", email, "")

    def _answer(self, letter: str, email: str, link: str) -> None:
        send_on_commit(LETTERS / letter, to=email, secret=True, link=link)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what was done in our own words, or nothing where the next page shows it."""
        if words := message or SAID.get(message_template or ""):
            messages.add_message(request, level, words, extra_tags=extra_tags)


def took_second_step(request: HttpRequest, user: User) -> bool:
    """Say whether a code or passkey was given in this session."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step: whose it is, how its secret is kept, and what is said when it fails."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right. Wait for the next one in your app, then try again.",
    }

    def _get_site_name(self) -> str:
        return str(settings.SERVICE_NAME)

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """Give a new passkey a name that the list can show."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return f"Passkey {number}"

    def encrypt(self, text: str) -> str:
        """Keep the secrets of apps and recovery codes unreadable in the database."""
        return seal(PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read such a secret back."""
        return unseal(PURPOSE, encrypted_text)
