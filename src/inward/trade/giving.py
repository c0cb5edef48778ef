"""Unused allowance that people give each other: who may be given some, how much is one's own to give, what was given. Reads only.

Why so: docs/decisions/0142. Why somebody cannot be given anything is never told.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from inward.catalogue import queries as catalogue
from inward.core.pricing import GivenTo, Scheme
from inward.core.terms import Money, as_currency
from inward.kit.actor import Actor
from inward.parties import queries as parties
from inward.parties import veil
from inward.parties.queries import Named
from inward.parties.vocabulary import Purpose
from inward.trade.models import AllowanceGift, AllowanceUse


@dataclass(frozen=True, slots=True)
class Givable:
    """What of a scheme's allowance of the year is one's own and unused; None: the scheme has no such limit."""

    scheme: str
    name: str
    money: Money | None
    units: int | None

    @property
    def something(self) -> bool:
        """Whether there is anything to give."""
        return bool(self.money) or bool(self.units)


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift as one of the two reads it: ``mine`` was given by her, else to her."""

    at: datetime
    mine: bool
    other: Named
    scheme: str
    period: str
    money: Money
    units: int


def givable(*, viewer: Actor, at: datetime) -> tuple[Givable, ...]:
    """What the viewer may give on that day, of every scheme that lets her."""
    if viewer.nobody or viewer.person is None:
        return ()
    on = at.date()
    return tuple(own_left(viewer.person, scheme, on) for scheme in open_to(viewer.person, on) if scheme.given_to)


def gifts(*, viewer: Actor) -> tuple[Gift, ...]:
    """What the viewer gave and was given, the latest first."""
    if viewer.nobody or viewer.person is None:
        return ()
    key = parties.keys()[viewer.person]
    rows = AllowanceGift.objects.filter(Q(giver_id=key) | Q(receiver_id=key)).select_related("giver", "receiver")
    return tuple(_gift(row, mine=row.giver_id == key) for row in rows.order_by("-id"))


def open_to(person: str, on: date) -> tuple[Scheme, ...]:
    """The schemes that a person may use on that day."""
    world, book = parties.world(purpose=Purpose.PRICE), catalogue.price_book()
    return tuple(scheme for scheme, _ in catalogue.schemes_of(person, world=world, book=book, on=on))


def own_left(person: str, scheme: Scheme, on: date) -> Givable:
    """What of a person's own allowance of the year is not drawn; what others gave her is not hers to give."""
    used = AllowanceUse.objects.filter(
        person_id=parties.keys()[person], scheme=scheme.id, counted="", period=f"{on.year:04d}"
    ).first()
    money, units = scheme.allowance_money, scheme.allowance_units
    if used is not None:
        same = money is not None and used.currency == money.currency
        money = Money(max(money.minor - used.used_minor, 0), money.currency) if money is not None and same else money
        units = None if units is None else max(units - used.used_units, 0)
    return Givable(scheme.id, scheme.name or scheme.id, money, units)


def may_get(giver: str, receiver: str, scheme: Scheme, on: date) -> bool:
    """Whether the scheme lets this one give to that one: both may use it, and are what it asks them to be to each other."""
    if giver == receiver or receiver in veil.closed() or receiver not in parties.world().person:
        return False
    if scheme.id not in {each.id for each in open_to(receiver, on)}:
        return False
    ties = {GivenTo.COLLEAGUE: _colleagues, GivenTo.HOUSEHOLD: _one_household}
    return any(ties[each](giver, receiver, on) for each in scheme.given_to)


def _colleagues(one: str, other: str, on: date) -> bool:
    employers = [{work.company for work in parties.work_of(person, on=on)} for person in (one, other)]
    return bool(employers[0] & employers[1])


def _one_household(one: str, other: str, on: date) -> bool:
    """Whether one is known to belong to the household of the other, or both to that of a third."""
    known = parties.world(purpose=Purpose.PRICE).household
    homes = [{person, *(home.person for home in known.get(person, ()) if on in home.period)} for person in (one, other)]
    return bool(homes[0] & homes[1])


def _gift(row: AllowanceGift, *, mine: bool) -> Gift:
    book, other = catalogue.price_book(), row.receiver if mine else row.giver
    known = book.schemes.get(row.scheme)
    return Gift(
        row.at,
        mine,
        parties.named(other),
        row.scheme if known is None else known.name or row.scheme,
        row.period,
        Money(row.money_minor, as_currency(row.currency)),
        row.units,
    )
