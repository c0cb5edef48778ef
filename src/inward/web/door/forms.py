"""The forms of the door and of one's profile: they read what was typed and weigh a password; rules are in access."""

from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from allauth.account.forms import ChangePasswordForm, SetPasswordForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from inward.access.passwords import STRENGTH_WORDS, Strength, strength

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
        return [text for text in password_validators_help_texts() if text]

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
    known = sorted(zone for zone in available_timezones() if zone.split("/")[0] in _ZONE_AREAS)
    groups: list[Any] = [("UTC", "UTC")]
    if present not in known and present != "UTC":
        groups.append((present, present))
    for area in _ZONE_AREAS:
        inside = [(zone, zone.partition("/")[2].replace("_", " ")) for zone in known if zone.startswith(f"{area}/")]
        groups.append((area, inside))
    return groups
