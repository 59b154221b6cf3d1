"""Addresses of signing in: of the sign-in library's pages only those that are used here."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step_base
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as identity
from allauth.socialaccount.providers.openid_connect import views as provider
from django.urls import path, re_path
from django.views.generic.base import RedirectView

from alongside.web.settings.invitation import go_to_provider, invitation
from alongside.web.settings.second_step import second_step

TO_MY_SIGN_IN = RedirectView.as_view(pattern_name="settings:sign-in")
TO_SIGN_IN = RedirectView.as_view(pattern_name="account_login")

urlpatterns = [
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("invitation/<str:token>/through/", go_to_provider, name="invitation_through"),
    path("sign-up/", TO_SIGN_IN, name="account_signup"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("ended/", account.account_inactive, name="account_inactive"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/set/", TO_MY_SIGN_IN, name="account_set_password"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("second-step/", second_step, name="mfa_index"),
    path("second-step/code/", second_step_base.authenticate, name="mfa_authenticate"),
    path("second-step/again/", second_step_base.reauthenticate, name="mfa_reauthenticate"),
    path("second-step/app/", app.activate_totp, name="mfa_activate_totp"),
    path("second-step/app/there/", TO_MY_SIGN_IN, name="mfa_deactivate_totp"),
    path("second-step/passkey/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("second-step/passkey/again/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("second-step/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-step/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "second-step/recovery-codes/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("through/<str:provider_id>/", provider.login, name="openid_connect_login"),
    path("through/<str:provider_id>/back/", provider.callback, name="openid_connect_callback"),
    path("through-stopped/", identity.login_cancelled, name="socialaccount_login_cancelled"),
    path("through-failed/", identity.login_error, name="socialaccount_login_error"),
    path("through-unknown/", TO_SIGN_IN, name="socialaccount_signup"),
]
