"""Keys of things within addresses, whatever they are made of: codes of items and schemes come from other systems, some with ``/``.

A slash is written as ``%2F`` and that once more as an address must, since servers undo one writing before they look for the page.
"""

from typing import Final
from urllib.parse import unquote

from django.urls import register_converter


class KeyConverter:
    """``<key:name>`` in an address."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """The key as it is kept."""
        return unquote(value, errors="strict") if "%" in value else value

    def to_url(self, value: str) -> str:
        """The key as a piece of an address. A percent sign is written too, so that it is not taken for the beginning of one."""
        return str(value).replace("%", "%25").replace("/", "%2F")


register_converter(KeyConverter, "key")

KEY: Final = "<key:key>"
"""The piece of an address that is a key."""
