"""What a directory says of somebody, read from her SCIM document (RFC 7643 and our employment extension).

Pure: a document in, a value out. Nothing here knows what the texts mean in this house; mappings say that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
EMPLOYMENT = "urn:inward:params:scim:schemas:extension:employment:1.0:User"


@dataclass(frozen=True, slots=True)
class Said:
    """One person in the words of a directory; empty texts were not said. ``until`` is the first day she is gone."""

    user_name: str
    name: str
    email: str
    active: bool
    title: str
    texts: Mapping[str, str]
    """By ``DirectoryAttribute`` value; only those that were said."""
    company: str
    unit: str
    since: date | None
    until: date | None


def said(document: Mapping[str, Any]) -> Said:
    """Read a document. Nobody is inactive unless it says so (RFC 7643 leaves ``active`` out where it is not used)."""
    enterprise, employment = document.get(ENTERPRISE) or {}, document.get(EMPLOYMENT) or {}
    texts = {name: _text(enterprise, name) for name in ("organization", "division", "department", "costCenter")}
    texts["userType"] = _text(employment, "employmentType") or _text(document, "userType")
    last = _day(employment, "endDate")
    for name in ("startDate", "endDate"):
        if _day(employment, name) is None:
            texts[name] = _text(employment, name)  # what is no day means nothing, and parks her
    return Said(
        user_name=_text(document, "userName"),
        name=_name(document),
        email=_email(document),
        active=document.get("active") is not False,
        title=_text(document, "title"),
        texts={name: text for name, text in texts.items() if text},
        company=_text(employment, "employingEntity"),
        unit=_text(employment, "orgUnitId"),
        since=_day(employment, "startDate"),
        until=None if last is None else last + timedelta(days=1),
    )


def manager(document: Mapping[str, Any]) -> str:
    """The SCIM id of the manager; empty for none."""
    return _text((document.get(ENTERPRISE) or {}).get("manager") or {}, "value")


def _text(part: Mapping[str, Any], name: str) -> str:
    return str(part.get(name) or "").strip()


def _day(part: Mapping[str, Any], name: str) -> date | None:
    """The day that was said, be it with a time; None for none, and for what is no day."""
    try:
        return datetime.fromisoformat(_text(part, name)).date()
    except ValueError:
        return None


def _name(document: Mapping[str, Any]) -> str:
    parts = document.get("name") or {}
    whole = " ".join(filter(None, (_text(parts, "givenName"), _text(parts, "familyName"))))
    return _text(document, "displayName") or _text(parts, "formatted") or whole or _text(document, "userName")


def _email(document: Mapping[str, Any]) -> str:
    """The primary address, else the one of work, else the first."""
    kept = [each for each in document.get("emails") or () if _text(each, "value")]
    kept.sort(key=lambda each: (each.get("primary") is not True, each.get("type") != "work"))
    return _text(kept[0], "value").lower() if kept else ""
