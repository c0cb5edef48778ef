"""Addresses of the door and of one's own profile. The ceremonies are allauth's, in our look; each is named here, so that
what is not wanted (signing oneself up, codes by mail) has no address, or is not there.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, path

from inward.web.components import guide
from inward.web.door import factors, letters, passwords, profile, saml, sso, tokens, unsent, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("door/login/", account.login, name="account_login"),
    path("door/logout/", views.sign_out, name="account_logout"),
    path("door/inactive/", account.account_inactive, name="account_inactive"),
    path("door/signup/", views.not_here, name="account_signup"),
    path("door/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("door/second-factor/", mfa.authenticate, name="mfa_authenticate"),
    path("door/second-factor/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("door/passkey/", login_not_required(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("door/passkey/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("door/password/change/", account.password_change, name="account_change_password"),
    path("door/password/set/", account.password_set, name="account_set_password"),
    path("door/password/reset/", passwords.forgotten, name="account_reset_password"),
    path("door/password/reset/done/", passwords.letter_sent, name="account_reset_password_done"),
    path("door/password/new/<str:token>/", passwords.new_password, name="new_password"),
    path("door/invitation/<str:token>/", passwords.invitation, name="invitation"),
    path("door/email/<str:token>/", profile.confirm_email, name="confirm_email"),
    path("door/with/<str:provider>/", sso.begin, name="sign_on"),
    path("door/with/<str:provider>/back/", sso.back, name="sign_on_back"),
    path("door/with/<str:provider>/answer/", saml.arrived, name="sign_on_answer"),
    path("door/with/<str:provider>/metadata/", saml.metadata, name="sign_on_metadata"),
    path("door/unsent/", unsent.waiting, name="unsent"),
    path("door/act-for/", views.act_for, name="act_for"),
    path("door/language/", views.language, name="language"),
    path("door/look/", views.theme, name="theme"),
    path("account/", profile.profile, name="profile"),
    path("account/data/", profile.held, name="profile_data"),
    path("account/email/", profile.email, name="profile_email"),
    path("account/email/keep/", profile.keep_email, name="profile_email_keep"),
    path("account/sign-on/<str:provider>/", sso.link, name="sign_on_link"),
    path("account/sign-on/", sso.unlink, name="sign_on_unlink"),
    path("account/sessions/", profile.sessions, name="sessions"),
    path("account/sessions/end/", profile.end_sessions, name="sessions_end"),
    path("account/second-factor/", factors.index, name="mfa_index"),
    path("account/second-factor/app/", factors.noted(totp.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", factors.noted(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/second-factor/codes/new/",
        factors.noted(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("account/second-factor/passkeys/", factors.passkeys, name="mfa_list_webauthn"),
    path("account/second-factor/passkeys/add/", factors.noted(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("account/second-factor/passkeys/<int:pk>/", factors.noted(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "account/second-factor/passkeys/<int:pk>/remove/",
        factors.noted(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("account/letters/", letters.letters, name="account_notices"),
    path("account/tokens/", tokens.tokens, name="account_tokens"),
    path("account/tokens/<int:id>/revoke/", tokens.revoke, name="account_token_revoke"),
]
if settings.DEBUG or settings.INWARD_DEMO or settings.TESTING:
    urlpatterns.append(path("style/", guide.style, name="style"))
