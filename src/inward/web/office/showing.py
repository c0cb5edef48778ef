"""How the office writes values: for people on pages, and as cells of a sheet for those who calculate."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inward.core.terms import Money, Period, Rate, UnitPrice
from inward.kit import vocabularies
from inward.kit.canonical import fact
from inward.kit.sheets import Cell
from inward.web.components import formats
from inward.web.components.naming import full_name
from inward.web.components.templatetags.components import spoken as own_words
from inward.web.office.declaring import Value

EMPTY: Final = "–"
_FACTS: Final[Mapping[str, Promise]] = {
    "valid_from": gettext_lazy("From"),
    "valid_until": gettext_lazy("No longer from"),
    "votes": gettext_lazy("Votes"),
    "owner": gettext_lazy("Owner"),
    "owned": gettext_lazy("Company owned"),
    "company": gettext_lazy("Company"),
    "party": gettext_lazy("Over"),
    "parent": gettext_lazy("Below"),
    "role": gettext_lazy("Role"),
    "kind": gettext_lazy("Kind"),
    "before": gettext_lazy("Before"),
    "after": gettext_lazy("Now"),
    "country": gettext_lazy("Country"),
    "currency": gettext_lazy("Currency"),
    "price": gettext_lazy("Price"),
    "cost": gettext_lazy("Cost"),
    "supplier": gettext_lazy("Supplier"),
    "level": gettext_lazy("Level"),
    "account": gettext_lazy("Account"),
    "rate": gettext_lazy("Rate"),
    "day": gettext_lazy("Day"),
    "name": gettext_lazy("Name"),
    "holder": gettext_lazy("Who has it"),
    "right": gettext_lazy("Kind"),
    "shares": gettext_lazy("Shares"),
    "issued": gettext_lazy("Shares issued"),
    "votes_high": gettext_lazy("Votes at most"),
    "added": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "refused": gettext_lazy("Refused"),
}
"""Facts of the audit that are told in a history, and what they are called there. Others stay in the audit."""

_LABELS: Final = {"role": "role", "kind": "work_kind", "right": "right_kind"}
"""Facts that are values of a vocabulary, and the sort of label they have."""

_PARTIES: Final = frozenset({"owner", "owned", "holder", "company", "party", "parent", "supplier"})


def text(value: Value) -> str:
    """A value as people read it; a dash for none."""
    match value:
        case None | "":
            return EMPTY
        case bool():
            return _("yes") if value else _("no")
        case int():
            return formats.count(value)
        case Money():
            return formats.money(value)
        case Rate():
            return formats.percent(value)
        case datetime():
            return formats.instant(value)
        case date():
            return formats.short_day(value)
    return str(value)


def marked(value: Value, *, spoken: bool) -> str:
    """The same; words of the organisation's own are marked with their language where the page is in another."""
    return own_words(str(value)) if spoken and value else text(value)


def cell(value: Value) -> Cell:
    """The same value for a sheet: numbers, days and amounts stay what they are; a share is written in percent."""
    return formats.percent(value) if isinstance(value, Rate) else value


def days(period: Period) -> str:
    """The days of a period, the last one included: "1 Jan 2020 to 31 Dec 2025", "since 1 Jan 2020", "always"."""
    start = None if period.start is None else formats.short_day(period.start)
    last = None if period.until is None else formats.short_day(period.until - timedelta(days=1))
    if start is not None and last is not None:
        return _("%(first)s to %(last)s") % {"first": start, "last": last}
    if start is not None:
        return _("since %(first)s") % {"first": start}
    return _("always") if last is None else _("until %(last)s") % {"last": last}


def audited(facts: Mapping[str, Any]) -> str:
    """What the audit keeps of an act, in words: "Votes: 60%, From: 1 Jan 2027"."""
    told = ((label, _fact(name, facts[name])) for name, label in _FACTS.items() if facts.get(name) not in (None, ""))
    return ", ".join(f"{label}: {words}" for label, words in told if words)


def _fact(name: str, kept: Any) -> str:
    if name.startswith("valid_") and isinstance(kept, str):
        return formats.short_day(date.fromisoformat(kept))
    if name in _PARTIES:
        return _("everything") if kept == "*" else full_name(str(kept), on=date.max)
    if name in _LABELS:
        return vocabularies.label(_LABELS[name], str(kept), formats.language())
    known = fact(kept)
    if isinstance(known, Fraction | tuple):
        return ""
    return formats.money(known) if isinstance(known, UnitPrice) else text(known)
