"""What pages with passkeys hand to the browser: options as JSON in an attribute, since no page has inline data scripts."""

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

register = template.Library()


@register.filter
def as_json(options: Any) -> str:
    """``{{ js_data.creation_options|as_json }}``: as text for an attribute; the template escapes it."""
    return json.dumps(_plain(options), separators=(",", ":"))


@register.filter
def has_passkeys(options: Any) -> bool:
    """Whether the browser is asked for one of some passkeys, and not for any at all."""
    public = dict(options or {}).get("publicKey") or {}
    return bool(dict(public).get("allowCredentials"))


@register.simple_tag
def sign_on_ways(**said: str) -> list[dict[str, str]]:
    """The providers of single sign-on, each with the address that begins it; what is ``said`` goes along."""
    asked = urlencode({name: value for name, value in said.items() if value})
    return [
        {
            "name": each.name,
            "title": each.title,
            "url": f"{reverse('sign_on', args=[each.name])}{'?' if asked else ''}{asked}",
        }
        for each in settings.INWARD_PROVIDERS
    ]


@register.simple_tag
def left_behind(source: str) -> dict[str, str]:
    """The provider of that source at whom one is still signed in, and where one signs out; empty where there is none."""
    found = next((each for each in settings.INWARD_PROVIDERS if each.source == source and each.sign_out), None)
    return {} if found is None else {"title": found.title, "url": found.sign_out}


@register.simple_tag
def passwords_for_all() -> bool:
    """Whether everybody may come in by password or passkey."""
    return bool(settings.INWARD_LOCAL_SIGN_IN == "all")


def _plain(value: Any) -> Any:
    """Mappings and lists all the way down: the options of fido2 are mappings of their own kind."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
