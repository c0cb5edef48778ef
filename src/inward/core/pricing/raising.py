"""A price list renewed: every fixed price of a supplier raised by one percent from a day on, and rounded as prices are told.

Prices found by a percent or on the cost follow by themselves. Nothing here keeps anything: ``revising`` makes the book.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final

from inward.core.pricing.book import PriceBook
from inward.core.pricing.methods import Fixed
from inward.core.pricing.rules import Level, PriceRule, Target, TargetKind
from inward.core.terms import Rate, Reason, Refusal, UnitPrice, divided, minor_digits

RAISED_AT_ONCE_MAX: Final = 5_000
"""Prices of one raise: while they are written, no other price can be changed. More come category by category, or as a file."""


@dataclass(frozen=True, slots=True)
class Raise:
    """Which prices are raised from which day on, by how much (below zero: lowered), and how they are rounded.

    ``category`` takes what is below it along; empty: everything. ``rounded_to`` and ``less`` are amounts of each price's own
    currency: to the nearest multiple of ``rounded_to`` (None: its smallest unit), ``less`` taken off: 1 and 0.10 give 12.90.
    """

    supplier: str
    rate: Rate
    since: date
    level: Level = Level.LIST
    category: str = ""
    rounded_to: Fraction | None = None
    less: Fraction = Fraction(0)


def raised(book: PriceBook, how: Raise) -> tuple[PriceRule, ...]:
    """The rules that hold on the day and become others, each under its own id with its new price, by id.

    Refusal: for a percent or a rounding that makes no sense, for a price that would become nothing, when there are too many,
    and when no price becomes another.
    """
    _check(how)
    found = tuple(_others(book, how))
    if not found:
        raise Refusal(Reason.of("no_price_to_raise", supplier=how.supplier), where="percent")
    if len(found) > RAISED_AT_ONCE_MAX:
        raise Refusal(Reason.of("too_many_to_raise", prices=len(found), most=RAISED_AT_ONCE_MAX), where="category")
    return found


def raised_price(price: UnitPrice, how: Raise) -> UnitPrice:
    """One price raised, rounded once, half away from zero."""
    whole = 10 ** minor_digits(price.currency)
    step, less = Fraction(1) if how.rounded_to is None else how.rounded_to * whole, how.less * whole
    wanted = price.minor * (1 + how.rate.fraction)
    return UnitPrice(divided(wanted + less, step) - less, price.currency)


def contrary(book: PriceBook, found: Sequence[PriceRule], how: Raise) -> int:
    """How many of the rules found by ``raised`` move the other way, because the rounding is coarse beside them."""
    before = {rule.id: rule for rule in book.rules}
    dearer = sum(_amount(rule) > _amount(before[rule.id]) for rule in found)
    return len(found) - dearer if how.rate.fraction > 0 else dearer


def _amount(rule: PriceRule) -> Fraction:
    assert isinstance(rule.method, Fixed)
    return rule.method.price.minor


def _check(how: Raise) -> None:
    if not how.rate.fraction or how.rate.fraction <= -1:
        raise Refusal(Reason.of("raise_without_percent"), where="percent")
    if how.rounded_to is None:
        if how.less:
            raise Refusal(Reason.of("raise_rounding"), where="rounded_to")
    elif how.rounded_to <= 0 or not 0 <= how.less < how.rounded_to:
        raise Refusal(Reason.of("raise_rounding"), where="rounded_to")


def _others(book: PriceBook, how: Raise) -> Iterator[PriceRule]:
    for rule in book.rules:
        if rule.supplier != how.supplier or rule.level is not how.level or how.since not in rule.period:
            continue
        if not isinstance(rule.method, Fixed) or not _within(book, rule.target, how.category):
            continue
        price = raised_price(rule.method.price, how)
        if price.minor <= 0 < rule.method.price.minor:
            raise Refusal(Reason.of("price_raised_to_nothing", price=rule.id), where="rounded_to")
        if price != rule.method.price:
            yield replace(rule, method=replace(rule.method, price=price))


def _within(book: PriceBook, target: Target, category: str) -> bool:
    """Whether a price speaks of the category or of something in it."""
    if not category:
        return True
    if target.kind is TargetKind.ALL:
        return False
    own = book.offerings[target.id].category if target.kind is TargetKind.ITEM else target.id
    return category in book.ancestry(own)
