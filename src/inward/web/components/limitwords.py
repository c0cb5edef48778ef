"""The limits of staff schemes in words: how much of what, in which span, and for which days that is. No rules."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inward.core.pricing import Limit, Span
from inward.kit import vocabularies
from inward.web.components import formats


def amount_words(limit: Limit) -> str:
    """How much a limit lets through: "€200.00, 3 pieces"; empty where it lets everything."""
    found = [] if limit.money is None else [formats.money(limit.money)]
    if limit.pay_share is not None:
        found.append(_("%(share)s of net pay") % {"share": formats.percent(limit.pay_share)})
    if limit.units is not None:
        found.append(pieces_words(limit.units))
    return ", ".join(found)


def pieces_words(count: int) -> str:
    """So many pieces."""
    return ngettext("%(count)s piece", "%(count)s pieces", count) % {"count": formats.count(count)}


def span_words(limit: Limit) -> str:
    """In which span it counts: "a month", "in any 30 days"."""
    if limit.span is Span.ROLLING:
        return ngettext("in %(days)s day", "in any %(days)s days", limit.days) % {"days": formats.count(limit.days)}
    return vocabularies.label("limit_span", limit.span.value, formats.language())


def most_words(limit: Limit) -> str:
    """How much in which span: "2 pieces a month"."""
    return _("%(amount)s %(span)s") % {"amount": amount_words(limit) or _("no limit"), "span": span_words(limit)}


def limit_words(limit: Limit, target: str = "") -> str:
    """A limit in one line: "2 pieces a month of Kitchen, each item by itself, what is left is carried over"."""
    said = [most_words(limit)]
    if target:
        said.append(_("only of %(what)s") % {"what": target})
    if limit.each_item:
        said.append(_("each item by itself"))
    if limit.carry_over:
        said.append(_("what is left is carried over once"))
    return ", ".join(said)


def period_words(limit: Limit, on: date) -> str:
    """For which days a limit counts on that day: "2026", "May 2026", "April to June 2026", "30 days up to today"."""
    match limit.span:
        case Span.ORDER:
            return span_words(limit)
        case Span.MONTH:
            return formats.month(on)
        case Span.QUARTER:
            first = on.replace(day=1, month=on.month - (on.month - 1) % 3)
            return _("%(first)s to %(last)s") % {
                "first": formats.month(first), "last": formats.month(first.replace(month=first.month + 2)),
            }  # fmt: skip
        case Span.YEAR:
            return str(on.year)
        case Span.ROLLING:
            return ngettext("%(days)s day, today", "%(days)s days up to today", limit.days) % {
                "days": formats.count(limit.days)
            }
