"""Customers whom the book cannot tell apart are asked one price: the same that quote() asks where no allowance runs out."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.pricing.conftest import START, item, money, work, world

from inward.core.classification import Kind, WorkKind, classify
from inward.core.pricing import (
    Alike,
    Cost,
    CostPlus,
    Fixed,
    Level,
    PercentOff,
    PriceBook,
    PriceRule,
    Scheme,
    Scope,
    Target,
    TargetKind,
    TaxRate,
    Wanted,
    quote,
)
from inward.core.pricing import alike as module
from inward.core.terms import Period, Rate, Refusal, UnitPrice

DAY = timedelta(days=1)
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


def eur(amount):
    return UnitPrice.of(amount, "EUR")


def listed(code, price, since=None, until=None):
    key = f"list-{code}-{since}"
    return PriceRule(
        key, Level.LIST, "abc", Fixed(eur(price)), Target(TargetKind.ITEM, code), period=Period(since, until)
    )


def percent(key, level, off, **more):
    return PriceRule(key, level, "abc", PercentOff(Rate(Fraction(off, 100))), **more)


def book():
    """A list price that changes in July, staff and department prices, an agreement with one department and with the café."""
    return PriceBook.of(
        offerings=[item("machine", tax_code="STANDARD"), item("beans")],
        costs=[Cost("machine", eur("40.00"))],
        rules=[
            listed("machine", "100.00", until=JULY),
            listed("machine", "110.00", since=JULY),
            listed("beans", "8.00", since=START),
            percent("staff", Level.SCHEME, 25, scheme="staff"),
            percent("it", Level.AGREEMENT, 10, scope=Scope(party="abc-it")),
            percent("cafe", Level.AGREEMENT, 5, scope=Scope(party="cafe")),
            PriceRule("sister", Level.RATE, "abc", CostPlus(Rate(Fraction(1, 10))), scope=Scope(frozenset({Kind.AFFILIATE}))),
        ],
        schemes=[
            Scheme(
                "staff", "abc", "Staff", work_kinds=frozenset({WorkKind.FULL_TIME}), tenure_months=3,
                allowance_money=money("120.00"), allowance_units=1,
            )
        ],
        taxes=[TaxRate("abc", "STANDARD", Rate(Fraction(21, 100)), Period(None, AUGUST))],
    )  # fmt: skip


WORLD = world(work("newcomer", since=JULY - DAY), work("leaver", until=JULY), work("dina", "abc", since=JULY, number=2))
CUSTOMERS = (
    "maya",
    "dina",
    "olav",
    "nora",
    "newcomer",
    "leaver",
    "abc",
    "xyz",
    "cafe",
    "abc-it",
    "abc-it-desk",
    "abc-shop",
    "xyz-buy",
)
BOOK = book()
KEPT = Alike(WORLD, BOOK)
FREE = module._without_limits(BOOK)


def figures(line):
    return (
        line.offering,
        line.quantity,
        line.ordinary,
        line.net,
        line.tax,
        line.gross,
        [part.rule for part in line.parts],
    )


@given(
    customer=st.sampled_from(CUSTOMERS),
    on=st.dates(START, date(2027, 1, 1)),
    lines=st.lists(st.tuples(st.sampled_from(["machine", "beans"]), st.integers(1, 3)), min_size=1, max_size=3),
)
def test_every_price_is_the_one_that_quote_asks_where_no_allowance_runs_out(customer, on, lines):
    wanted = [Wanted(code, quantity) for code, quantity in lines]
    dealing = {"supplier": "abc", "customer": customer, "on": on}
    standing = classify(**dealing, world=WORLD)
    try:
        expected = [figures(line) for line in quote(**dealing, world=WORLD, book=FREE, lines=wanted).lines]
    except Refusal as refusal:
        expected = refusal.reason
    try:
        found = [figures(line) for line in KEPT.lines(**dealing, standing=standing, wanted=wanted)]
    except Refusal as refusal:
        found = refusal.reason
    assert found == expected


def asked(prices, customer, on, wanted):
    standing = classify(supplier="abc", customer=customer, world=WORLD, on=on)
    return prices.lines(supplier="abc", customer=customer, standing=standing, on=on, wanted=wanted)


def test_a_price_is_reckoned_once_for_all_who_are_alike(monkeypatch):
    reckoned = []
    reckon = Alike._reckoned
    monkeypatch.setattr(
        Alike, "_reckoned", lambda self, who, line: reckoned.append(who.party) or reckon(self, who, line)
    )
    prices = Alike(WORLD, BOOK)
    for customer in ("maya", "leaver", "maya"):
        asked(prices, customer, date(2026, 5, 4), [Wanted("machine", 1)])
    assert reckoned == ["maya"]
    asked(prices, "nora", date(2026, 5, 4), [Wanted("machine", 1)])
    asked(prices, "maya", JULY, [Wanted("machine", 1)])
    assert reckoned == ["maya", "nora", "maya"]


def test_no_allowance_runs_out():
    (line,) = asked(Alike(WORLD, BOOK), "maya", date(2026, 5, 4), [Wanted("machine", 9)])
    assert [(part.rule, part.quantity) for part in line.parts] == [("staff", 9)]


def test_a_refusal_names_the_day_that_was_asked_and_not_one_like_it():
    days = (AUGUST, date(2026, 9, 4), date(2027, 1, 1))
    prices = Alike(WORLD, BOOK)
    named = []
    for on in days:
        with pytest.raises(Refusal) as refused:
            asked(prices, "nora", on, [Wanted("machine", 1)])
        named.append(refused.value.reason.facts["on"])
    assert named == list(days)


def test_who_has_two_jobs_is_asked_by_the_first_of_them_and_is_like_nobody_whose_first_is_the_other():
    """Both work for two sisters of the supplier: Wil began at XYZ, Xia at JKL."""
    first, then = JULY - 400 * DAY, JULY - 300 * DAY
    house = world(
        work("wil", "xyz", since=first),
        work("wil", "jkl", since=then, number=2),
        work("xia", "xyz", since=then),
        work("xia", "jkl", since=first, number=2),
    )
    schemes = [Scheme(code, "abc", employers=frozenset({code})) for code in ("xyz", "jkl")]
    rules = [percent(scheme.id, Level.SCHEME, 10, scheme=scheme.id) for scheme in schemes]
    by_two = PriceBook.of(offerings=[item("machine")], rules=[listed("machine", "100.00"), *rules], schemes=schemes)
    prices, on, wanted = Alike(house, by_two), date(2026, 5, 4), [Wanted("machine", 1)]
    for customer, first_job in (("wil", "xyz"), ("xia", "jkl"), ("wil", "xyz")):
        dealing = {"supplier": "abc", "customer": customer, "on": on}
        standing = classify(**dealing, world=house)
        found = [figures(line) for line in prices.lines(**dealing, standing=standing, wanted=wanted)]
        assert found == [figures(line) for line in quote(**dealing, world=house, book=by_two, lines=wanted).lines]
        assert found[0][-1] == [first_job]


def test_what_has_no_price_is_refused_every_time_and_what_is_not_offered_is_not_known():
    prices = Alike(WORLD, replace(BOOK, taxes=()))
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            asked(prices, "nora", date(2026, 5, 4), [Wanted("machine", 1)])
        assert refused.value.reason.code == "tax_rate_missing"
    with pytest.raises(KeyError, match="gone"):
        asked(prices, "nora", date(2026, 5, 4), [Wanted("gone", 1)])
