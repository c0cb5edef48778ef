"""What pages with passkeys hand to the browser: options as JSON in an attribute, since no page has inline data scripts."""

import json
from collections.abc import Mapping
from typing import Any

from django import template

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


def _plain(value: Any) -> Any:
    """Mappings and lists all the way down: the options of fido2 are mappings of their own kind."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
