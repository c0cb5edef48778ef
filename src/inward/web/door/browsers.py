"""Names a browser and its machine as people call them, from what it says of itself. A guess for the eye, never a check."""

from typing import Final

from django.utils.translation import gettext as _

_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""The first that is found counts: most browsers also claim to be those below them."""
_MACHINES: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def words(agent: str) -> str:
    """What it is called, such as Firefox on Windows; that nobody knows, where it does not say."""
    found = [next((name for mark, name in known if mark in agent), "") for known in (_BROWSERS, _MACHINES)]
    return ", ".join(name for name in found if name) or _("Unknown browser")
