"""The sign-in library's forms in plain words, with one box for a password where it has two."""

from textwrap import wrap
from typing import Any

from allauth.account.fields import SetPasswordField
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings

LONG_ENOUGH = "At least 12 characters. Three or four words that only you would put together are easy to remember."
LIKE_THIS = "Enter an e-mail address, such as asha@example.org"
EMAIL = "Enter your e-mail address"
PASSWORD = "Enter your password"  # noqa: S105
CODE = "Enter the code"


def _say(form: forms.Form, name: str, label: str, hint: str = "", *, required: str, **errors: str) -> None:
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages.update(required=required, **errors)
    field.widget.attrs.pop("placeholder", None)


class SignIn(LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "login", "E-mail address", required=EMAIL, invalid=LIKE_THIS)
        _say(self, "password", "Password", required=PASSWORD)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.ways_in = [(provider["id"], provider["name"]) for provider in settings.IDENTITY_PROVIDERS]


class ForgottenPassword(ResetPasswordForm):  # type: ignore[misc]
    """Where to send a link for a new password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "email", "E-mail address", required=EMAIL, invalid=LIKE_THIS)


class NewPassword(ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, from a link."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        _say(self, "password1", "New password", LONG_ENOUGH, required="Enter a new password")


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    """The password one has and the one to have."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        _say(self, "oldpassword", "The password you have now", required="Enter the password you have now")
        _say(self, "password1", "New password", LONG_ENOUGH, required="Enter a new password")


class PasswordAgain(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "password", "Password", required=PASSWORD)


class _Code(forms.Form):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "code", "Code", "6 numbers from your app, or one of your recovery codes", required=CODE)
        self.fields["code"].widget.attrs.update(inputmode="numeric", size="10")


class SecondStep(_Code, AuthenticateForm):  # type: ignore[misc]
    """A code, to finish signing in."""


class SecondStepAgain(_Code, CodeAgainForm):  # type: ignore[misc]
    """A code, before something that matters."""


class SetUpApp(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app, which shows that it works."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "code", "Code from the app", "6 numbers", required=CODE)
        self.fields["code"].widget.attrs.update(inputmode="numeric", size="10")
        self.key_in_fours = " ".join(wrap(self.secret, 4))


class SetUpPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A name for a new passkey; the browser fills in the key itself."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "name", "A name for it", "So that you know which one it is, such as “My phone”", required="")
        self.fields["credential"].error_messages["required"] = "The passkey was not set up. Try again."


class ChosenPassword(forms.Form):
    """A password for a sign-in that is being made."""

    password = SetPasswordField(label="Choose a password", help_text=LONG_ENOUGH)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "password", "Choose a password", LONG_ENOUGH, required="Choose a password")
