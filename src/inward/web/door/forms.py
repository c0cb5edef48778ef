"""The forms of the door and of one's profile: they read what was typed and weigh a password; rules are in access."""

import struct
from typing import Any
from urllib.parse import urlsplit

from allauth.account.forms import ChangePasswordForm, LoginForm, SetPasswordForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from inward.access.passwords import STRENGTH_WORDS, Strength, password_rules, strength
from inward.kit import clock

_LOGIN_LENGTH = 254
_NAME_LENGTH = 60
_ZONE_AREAS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def passkeys_work_at(request: HttpRequest) -> bool:
    """Whether passkeys can be used at the address this page was asked under: they belong to one name, never to a number."""
    wanted, asked = urlsplit(settings.INWARD_BASE_URL).hostname or "", request.get_host()
    host = urlsplit(f"//{asked}").hostname or ""
    safe = request.is_secure() or host == "localhost"
    return safe and host == wanted and not host.replace(".", "").isdigit() and ":" not in host


class Weighed(forms.Form):
    """A form in which a password is chosen: it knows the rules, and says how strong the one that was typed is."""

    @cached_property
    def rules(self) -> list[str]:
        """The rules, in words."""
        return password_rules()

    @property
    def weighed(self) -> Strength | None:
        """How strong the typed one is; None before anything was typed."""
        typed = self.data.get("password1", "") if self.is_bound else ""
        return strength(typed) if typed else None

    @property
    def weighed_words(self) -> Any:
        """The same in a word."""
        return "" if self.weighed is None else STRENGTH_WORDS[self.weighed]

    @property
    def all_words(self) -> str:
        """The words from weakest to strongest, for the meter that counts while one types."""
        return "|".join(str(STRENGTH_WORDS[each]) for each in Strength)


class NewPassword(Weighed):
    """A password, twice."""

    password1 = forms.CharField(
        label=_("New password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=_("The same again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_password2(self) -> str:
        """The second must be the first."""
        second: str = self.cleaned_data["password2"]
        if "password1" in self.cleaned_data and self.cleaned_data["password1"] != second:
            raise ValidationError(_("This is not the same as above."))
        return second


class ChangePassword(Weighed, ChangePasswordForm):  # type: ignore[misc]
    """allauth's form with the present password, weighed."""


class SetPassword(Weighed, SetPasswordForm):  # type: ignore[misc]
    """allauth's form for who has no password yet, weighed."""


class SignIn(LoginForm):  # type: ignore[misc]
    """allauth's form; a link from a letter may have named who signs in."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        if self.request is not None:
            self.initial.setdefault("login", self.request.GET.get("login", "")[:_LOGIN_LENGTH])


class _Readable(forms.Form):
    """A form with what a browser says of a passkey: what cannot be read, or is signed by another key, is no passkey.

    The library that reads it raises whatever its parts raise; a stranger may send anything.
    """

    _UNREADABLE = (LookupError, ValueError, TypeError, AttributeError, struct.error, InvalidSignature)

    def clean(self) -> Any:
        """Whole forms, of a new passkey."""
        try:
            return super().clean()
        except self._UNREADABLE:
            raise get_adapter().validation_error("incorrect_code") from None


class AddPasskey(_Readable, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey and its name; ticked, it signs in alone."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["passwordless"].initial = True
        self.fields["name"].validators.append(MaxLengthValidator(_NAME_LENGTH))


class RenamePasskey(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(max_length=_NAME_LENGTH)


class _Shown(_Readable):
    """One of several passkeys, shown to come in."""

    def clean_credential(self) -> Any:
        """The passkey that was shown."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except self._UNREADABLE:
            raise get_adapter().validation_error("incorrect_code") from None


class ShowPasskey(_Shown, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """As the second step."""


class SignInByPasskey(_Shown, LoginWebAuthnForm):  # type: ignore[misc]
    """Instead of a password."""


class ShowPasskeyAgain(_Shown, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before something delicate."""


class Forgotten(forms.Form):
    """The address to which the link goes."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class NewEmail(forms.Form):
    """The address wanted from now on."""

    email = forms.EmailField(
        label=_("New e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class Profile(forms.Form):
    """Language and time zone."""

    language = forms.ChoiceField(label=_("Language"))
    time_zone = forms.ChoiceField(label=_("Time zone"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = _zones(str(self.initial.get("time_zone", "")))  # type: ignore[attr-defined]


def _zones(present: str) -> list[Any]:
    """Every zone that people live in, by part of the world; the present one in any case."""
    known = sorted(zone for zone in clock.zones() if zone.split("/")[0] in _ZONE_AREAS)
    groups: list[Any] = [("UTC", "UTC")]
    if present not in known and present != "UTC":
        groups.append((present, present))
    for area in _ZONE_AREAS:
        inside = [(zone, zone.partition("/")[2].replace("_", " ")) for zone in known if zone.startswith(f"{area}/")]
        groups.append((area, inside))
    return groups
