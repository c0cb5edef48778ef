"""Signing limits of orders: up to how much whoever places or approves an order for a unit or company may bind it.

``parties.graph`` knows who holds which post and which limit a post has; here they are asked for orders. Where no signing limit
stands on the path of the unit or company that day, nobody is held to any. Reads what is kept in memory, asks no database.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from inward.core.terms import Money, Reason
from inward.kit.policy import ALLOWED, Answer, refusal
from inward.parties import graph as leaders
from inward.parties import leading
from inward.parties.vocabulary import Post
from inward.trade.deciding import within


def limit_of(person: str | None, place: str, *, on: date) -> Money | None:
    """Up to how much she may sign for the place on that day; nothing where she has no limit; None where none are kept."""
    here = leading.graph()
    kept = _kept(here, place, on)
    if kept is None:
        return None
    found = None if person is None else leaders.limit_of(here, person, place, on)
    return Money(0, kept.currency) if found is None else found.amount


def any_kept() -> bool:
    """Whether a signing limit is kept of any place, whatever the day."""
    return bool(leading.graph().limits)


def may_sign(person: str | None, place: str, total: Money, *, on: date) -> Answer:
    """Whether she may approve so much for the place on that day."""
    limit = limit_of(person, place, on=on)
    if limit is None or within(total, limit):
        return ALLOWED
    return refusal(Reason.of("above_signing_limit", unit=place, limit=limit, total=total))


def signers(people: frozenset[str], place: str, total: Money, *, on: date) -> frozenset[str]:
    """Who of these may approve so much: those who are there on that day, or, where all are away, those who are away."""
    able = frozenset(person for person in people if may_sign(person, place, total, on=on))
    here = leading.graph()
    return frozenset(person for person in able if not leaders.is_away(here, person, on)) or able


def within_limits(person: str | None, places: Iterable[str], *, on: date) -> tuple[Q, Q]:
    """The orders that ask these budgets and that she may sign on that day, and those above what she may sign, as two filters.

    ``places`` are the units and companies whose budgets are asked.
    """
    free: list[str] = []
    able, above = Q(pk__in=()), Q(pk__in=())
    for place in sorted(places):
        limit = limit_of(person, place, on=on)
        if limit is None:
            free.append(place)
            continue
        asked, one_currency = Q(approval__unit=place), Q(currency=limit.currency)
        able |= asked & one_currency & Q(total_minor__lte=limit.minor)
        above |= asked & (~one_currency | Q(total_minor__gt=limit.minor))
    return able | Q(approval__unit__in=free), above


def _kept(here: leaders.Graph, place: str, on: date) -> Money | None:
    """A limit that stands on the path of the place, or None where none does."""
    for each in leaders.path(here, place, on):
        for post in Post:
            for limit in here.limits.get((each, post), ()):
                if on in limit.period:
                    return limit.amount
    return None
