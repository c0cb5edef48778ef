"""A small house for prices: one retailer with two departments, a sister company, a café outside, and people of each."""

from datetime import date
from fractions import Fraction

from inward.core.classification import Company, Holding, Person, Unit, WorkKind, WorkRelationship, World
from inward.core.pricing import (
    Cost,
    Fixed,
    Level,
    Offering,
    PercentOff,
    PriceBook,
    PriceRule,
    Scheme,
    Scope,
    Target,
    TargetKind,
    Wanted,
    quote,
)
from inward.core.terms import Money, Period, Rate, UnitPrice

ON = date(2026, 5, 4)
START = date(2020, 1, 1)


def work(person, company="abc", kind=WorkKind.FULL_TIME, since=START, until=None, number=1):
    return WorkRelationship(f"w-{person}-{number}", person, company, kind, Period(since, until))


def world(*more_work):
    employed = [work("maya"), work("dina", "xyz"), work("olav", kind=WorkKind.RETIREE), *more_work]
    people = sorted({each.person for each in employed} | {"nora"})
    return World.of(
        companies=[Company("jkl"), Company("abc", "ABC"), Company("xyz", "XYZ"), Company("cafe")],
        holdings=[
            Holding("h1", "jkl", "abc", Fraction(4, 5)),
            Holding("h2", "jkl", "xyz", Fraction(3, 5)),
        ],
        units=[
            Unit("abc-shop", "abc"),
            Unit("abc-it", "abc"),
            Unit("abc-it-desk", "abc", "abc-it"),
            Unit("xyz-buy", "xyz"),
        ],
        people=[Person(person) for person in people],
        work_relationships=employed,
    )


def eur(amount):
    return UnitPrice.of(amount, "EUR")


def money(amount):
    return Money.of(amount, "EUR")


def item(code="machine", **more):
    return Offering(code, **({"supplier": "abc"} | more))


def listed(amount="100.00", code="machine", *, tax=False, supplier="abc", **more):
    target = more.pop("target", Target(TargetKind.ITEM, code))
    return PriceRule(f"list-{code}", Level.LIST, supplier, Fixed(eur(amount), tax), target, **more)


def rule(key, level, method, **more):
    return PriceRule(key, level, more.pop("supplier", "abc"), method, **more)


def staff_rule(method=None, key="staff", scheme="staff", **more):
    return rule(key, Level.SCHEME, method or PercentOff(Rate.percent(25)), scheme=scheme, **more)


def scheme(key="staff", **more):
    return Scheme(key, more.pop("supplier", "abc"), **more)


def book(*rules, offerings=None, costs=(), schemes=(), **more):
    return PriceBook.of(
        offerings=[item()] if offerings is None else offerings,
        rules=rules or [listed()],
        costs=[Cost(code, eur(amount)) for code, amount in costs],
        schemes=schemes,
        **more,
    )


def asked(prices, customer="maya", quantity=1, code="machine", on=ON, used=(), house=None):
    return quote(
        world=house or world(),
        book=prices,
        supplier=prices.offerings[code].supplier,
        customer=customer,
        on=on,
        lines=[Wanted(code, quantity)],
        used=used,
    )


def by_rule(line):
    return {traced.rule: (traced.outcome.value, traced.why.code) for traced in line.trace}


def party(code):
    return Scope(party=code)
