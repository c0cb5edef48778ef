"""Two staff schemes side by side: what people would have paid under each on the orders of last year, and what each costs.

The address is the question; nothing is saved and nobody is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from inward.catalogue import policy
from inward.catalogue import queries as catalogue
from inward.core.terms import Money, Refusal
from inward.trade.programmes import BesideTried, GroupBeside, beside
from inward.web.components import formats
from inward.web.components.errors import words as reason_words
from inward.web.components.records import Option
from inward.web.components.requests import ActingRequest
from inward.web.office.things.pricewords import difference_words, label


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure under each scheme, and the second less the first."""

    name: str
    one: Money
    other: Money
    difference: str


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of work with its figures; ``lead`` says how many people, how many orders and what was paid then."""

    title: str
    lead: str
    measures: tuple[Measure, ...]


@require_safe
def page(request: ActingRequest) -> HttpResponse:
    """Choose two schemes, read them side by side."""
    if not policy.may_price_something(request.actor, on=request.at.date()):
        raise Http404
    one, other = request.GET.get("one", ""), request.GET.get("other", "")
    known = _schemes(request)
    names = (known.get(one, one), known.get(other, other))
    values: dict[str, object] = {
        "ones": _options(known, one),
        "others": _options(known, other),
        "names": names,
        "found": None,
        "refused": "",
    }
    if one in known and other in known:
        try:
            found = beside(viewer=request.actor, at=request.at, one=one, other=other)
        except Refusal as refusal:
            values["refused"] = reason_words(refusal.reason)
        else:
            values |= {"found": found, "groups": tuple(_groups(found)), "said": tuple(_said(found, names))}
    return render(request, "office/beside.html", values)


def _schemes(request: ActingRequest) -> dict[str, str]:
    """The schemes whose supplier the viewer keeps the prices of, by name."""
    schemes, on = catalogue.price_book().schemes.values(), request.at.date()
    mine = [each for each in schemes if policy.may_price(request.actor, supplier=each.supplier, on=on)]
    return {each.id: each.name or each.id for each in sorted(mine, key=lambda each: (each.name, each.id))}


def _options(known: dict[str, str], chosen: str) -> tuple[Option, ...]:
    first = Option("", _("Choose…"), chosen=chosen not in known)
    return (first, *(Option(code, name, chosen=code == chosen) for code, name in known.items()))


def _groups(found: BesideTried) -> Iterator[Group]:
    for each in found.together:
        yield _group(_("All of them together"), each)
    for each in found.groups:
        title = _("others, few of each") if each.kind is None else label("work_kind", each.kind.value)
        yield _group(title, each)


def _group(title: str, each: GroupBeside) -> Group:
    people = ngettext("%(count)s person", "%(count)s people", each.people) % {"count": formats.count(each.people)}
    orders = ngettext("%(count)s order", "%(count)s orders", each.orders) % {"count": formats.count(each.orders)}
    facts = {"people": people, "orders": orders, "paid": formats.money(each.paid)}
    one, other = each.sides
    return Group(
        capfirst(title),
        _("%(people)s, %(orders)s; paid then: %(paid)s.") % facts,
        (
            _measure(_("What they pay"), one.would, other.would),
            _measure(_("Below the ordinary price"), one.saving, other.saving),
            _measure(_("Below cost"), one.below_cost, other.below_cost),
        ),
    )


def _measure(name: str, one: Money, other: Money) -> Measure:
    return Measure(name, one, other, difference_words(other - one))


def _said(found: BesideTried, names: tuple[str, str]) -> Iterator[str]:
    """What is to be known of the figures: how far each scheme reached, and what is in no sum."""
    for name, count in zip(names, found.by_scheme, strict=True):
        facts = {"scheme": name, "orders": formats.count(found.orders)}
        if count is None:
            yield _("%(scheme)s had set a price for too few people to tell, of %(orders)s orders.") % facts
        else:
            facts["count"] = formats.count(count)
            yield _("%(scheme)s had set a price in %(count)s of %(orders)s orders.") % facts
    if found.unpriced:
        yield ngettext(
            "%(count)s order could not be placed any more and is in no sum.",
            "%(count)s orders could not be placed any more and are in no sum.",
            found.unpriced,
        ) % {"count": formats.count(found.unpriced)}
    if found.kept_back:
        yield ngettext(
            "%(count)s order is not told: too few people bought, and what one person buys is private.",
            "%(count)s orders are not told: too few people bought, and what one person buys is private.",
            found.kept_back,
        ) % {"count": formats.count(found.kept_back)}
    if found.cut:
        yield _("Only the newest orders of the year were tried.")
