"""What the pages of the workbench need beside the components: a kept view as the address of its list."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django import template

register = template.Library()


@register.simple_tag
def query(*, params: Mapping[str, str]) -> str:
    """``{% query params=kept %}``: the filters as what follows the question mark of an address."""
    return urlencode(params)


@register.filter
def item(values: Mapping[str, str], name: str) -> str:
    """``{{ typed|item:"words" }}``: what was typed in a field, empty where nothing was."""
    return values.get(name, "")
