"""A price list renewed: which prices become others, by how much, and what is refused before anything is written."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.pricing.conftest import eur, item, listed, scheme, staff_rule

from inward.core.pricing import CostPlus, Fixed, Level, PriceBook, PriceRule, Target, TargetKind, revising
from inward.core.pricing import raising as r
from inward.core.terms import Period, Rate, Refusal, UnitPrice

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def how(percent="10", **more):
    return r.Raise("abc", Rate.percent(percent), JUNE, **more)


def on_list(code, price, *, id="", target=None, **more):
    target = target or Target(TargetKind.ITEM, code)
    return PriceRule(id or f"list-{code}", Level.LIST, "abc", Fixed(eur(price)), target, **more)


def shelf(*rules, **more):
    items = [
        item("machine", category="coffee"), item("kettle", category="tea"), item("spoon", category=""),
        item("other", supplier="xyz"),
    ]  # fmt: skip
    categories = {"kitchen": None, "coffee": "kitchen", "tea": "kitchen"}
    return PriceBook.of(offerings=items, categories=categories, rules=rules, **more)


def prices(found):
    return {rule.id: rule.method.price.minor / 100 for rule in found}


FOUR = (on_list("machine", "100"), on_list("kettle", "20"), on_list("spoon", "1"))


def test_every_fixed_price_of_the_level_becomes_another_and_no_other_one():
    theirs = replace(on_list("other", "50"), supplier="xyz")
    agreed = PriceRule("agreed", Level.AGREEMENT, "abc", Fixed(eur("90")), Target(TargetKind.ITEM, "machine"),
                       scope=listed().scope.__class__(party="cafe"))  # fmt: skip
    on_cost = PriceRule("rate", Level.RATE, "abc", CostPlus(Rate.percent(5)))
    known = shelf(*FOUR, theirs, agreed, on_cost)
    assert prices(r.raised(known, how())) == {"list-kettle": 22, "list-machine": 110, "list-spoon": Fraction(11, 10)}
    assert prices(r.raised(known, how(level=Level.AGREEMENT))) == {"agreed": 99}
    with pytest.raises(Refusal) as refused:
        r.raised(known, how(level=Level.RATE))  # none of them is fixed
    assert (refused.value.reason.code, refused.value.where) == ("no_price_to_raise", "percent")


def test_a_category_takes_what_is_below_it_along():
    wide = on_list("", "5", id="list-all", target=Target(), quantity_min=9)
    of_tea = on_list("", "7", id="list-tea", target=Target(TargetKind.CATEGORY, "tea"), quantity_min=9)
    known = shelf(*FOUR, wide, of_tea)
    assert set(prices(r.raised(known, how()))) == {"list-all", "list-kettle", "list-machine", "list-spoon", "list-tea"}
    assert set(prices(r.raised(known, how(category="kitchen")))) == {"list-kettle", "list-machine", "list-tea"}
    assert set(prices(r.raised(known, how(category="tea")))) == {"list-kettle", "list-tea"}


def test_only_what_holds_on_the_day_is_raised_and_what_was_planned_stays():
    gone = on_list("machine", "80", id="gone", period=Period(None, JUNE))
    now = on_list("machine", "100", id="list-machine", period=Period(JUNE, JULY))
    later = on_list("machine", "120", id="list-machine@2026-07-01", period=Period(JULY, None))
    known = shelf(gone, now, later)
    assert prices(r.raised(known, how())) == {"list-machine": 110}
    after = revising.revised(known, revising.PricesRaised(how()))
    assert {(rule.id, rule.period.start, rule.method.price.minor) for rule in after.rules} == {
        ("gone", None, 8000), ("list-machine", JUNE, 11000), ("list-machine@2026-07-01", JULY, 12000),
    }  # fmt: skip


def test_the_price_until_then_ends_and_the_new_one_begins_under_its_name():
    after = revising.revised(shelf(*FOUR), revising.PricesRaised(how("5", category="tea")))
    assert {(rule.id, rule.period.start, rule.period.until, rule.method.price.minor) for rule in after.rules} == {
        ("list-machine", None, None, 10000), ("list-spoon", None, None, 100),
        ("list-kettle", None, JUNE, 2000), ("list-kettle@2026-06-01", JUNE, None, 2100),
    }  # fmt: skip


def test_what_stays_after_rounding_is_left_alone():
    known = shelf(*FOUR)
    assert prices(r.raised(known, how("2", rounded_to=Fraction(1)))) == {
        "list-machine": 102
    }  # 20.40 and 1.02 stay 20 and 1
    with pytest.raises(Refusal) as refused:
        r.raised(known, how("0.1", rounded_to=Fraction(1)))
    assert refused.value.reason.code == "no_price_to_raise"


@pytest.mark.parametrize(
    ("price", "percent", "step", "less", "becomes"),
    [
        ("129.90", "3.5", None, "0", "134.45"),
        ("129.90", "3.5", "0.10", "0", "134.40"),
        ("129.90", "3.5", "1", "0.10", "134.90"),
        ("129.90", "3.5", "1", "0.01", "133.99"),
        ("12.25", "-2", "0.05", "0", "12.00"),
        ("0.125", "100", "0.001", "0", "0.25"),
        ("1.00", "5", "0.10", "0", "1.10"),  # half a step goes up
    ],
)
def test_a_price_is_rounded_once(price, percent, step, less, becomes):
    asked = how(percent, rounded_to=None if step is None else Fraction(step), less=Fraction(less))
    assert r.raised_price(eur(price), asked) == eur(becomes)


def test_a_currency_without_small_coins_is_rounded_in_its_own():
    assert r.raised_price(UnitPrice.of("1000", "JPY"), how("0.25")) == UnitPrice.of("1003", "JPY")
    assert r.raised_price(UnitPrice.of("1000", "JPY"), how("3", rounded_to=Fraction(50))) == UnitPrice.of("1050", "JPY")


@pytest.mark.parametrize("percent", ["0", "-100", "-250"])
def test_a_percent_that_changes_nothing_or_takes_everything_is_refused(percent):
    with pytest.raises(Refusal) as refused:
        r.raised(shelf(*FOUR), how(percent))
    assert (refused.value.reason.code, refused.value.where) == ("raise_without_percent", "percent")


@pytest.mark.parametrize(("step", "less"), [(None, "0.10"), ("0", "0"), ("-1", "0"), ("1", "1"), ("1", "-0.10")])
def test_a_rounding_that_makes_no_sense_is_refused(step, less):
    with pytest.raises(Refusal) as refused:
        r.raised(shelf(*FOUR), how(rounded_to=None if step is None else Fraction(step), less=Fraction(less)))
    assert (refused.value.reason.code, refused.value.where) == ("raise_rounding", "rounded_to")


def test_a_price_that_would_become_nothing_is_named_and_refused():
    with pytest.raises(Refusal) as refused:
        r.raised(shelf(*FOUR), how(rounded_to=Fraction(5)))
    assert (refused.value.reason.code, dict(refused.value.reason.facts)) == (
        "price_raised_to_nothing", {"price": "list-spoon"},
    )  # fmt: skip


def test_what_costs_nothing_goes_on_costing_nothing():
    assert prices(r.raised(shelf(on_list("machine", "0"), on_list("kettle", "20")), how())) == {"list-kettle": 22}


def test_more_than_can_be_written_at_once_are_refused(monkeypatch):
    monkeypatch.setattr(r, "RAISED_AT_ONCE_MAX", 2)
    with pytest.raises(Refusal) as refused:
        r.raised(shelf(*FOUR), how())
    assert (refused.value.reason.code, refused.value.where) == ("too_many_to_raise", "category")
    assert dict(refused.value.reason.facts) == {"prices": 3, "most": 2}


def test_prices_that_the_rounding_moves_the_other_way_are_counted():
    known = shelf(on_list("machine", "100"), on_list("kettle", "0.99"), on_list("spoon", "1.90"))
    up, down = how("3", rounded_to=Fraction(1), less=Fraction(1, 10)), how("-3", rounded_to=Fraction(1))
    assert prices(r.raised(known, up)) == {"list-kettle": Fraction(9, 10), "list-machine": Fraction(1029, 10)}
    assert r.contrary(known, r.raised(known, up), up) == 1
    assert prices(r.raised(known, down)) == {"list-kettle": 1, "list-machine": 97, "list-spoon": 2}
    assert r.contrary(known, r.raised(known, down), down) == 2


def test_staff_prices_that_are_fixed_are_raised_with_their_scheme_kept():
    rule = replace(staff_rule(), method=Fixed(eur("75")))
    known = PriceBook.of(offerings=[item()], rules=[listed(), rule], schemes=[scheme()])
    (found,) = r.raised(known, how(level=Level.SCHEME))
    assert (found.id, found.scheme, found.method.price) == (rule.id, rule.scheme, eur("82.50"))


@given(
    st.lists(st.integers(1, 10**7), min_size=1, max_size=6),
    st.fractions(-Fraction(99, 100), 3, max_denominator=1000).filter(bool),
    st.sampled_from([None, Fraction(1, 100), Fraction(1, 20), Fraction(1)]),
)
def test_no_price_is_further_from_what_was_asked_than_half_a_step(cents, rate, step):
    for minor in cents:
        price = UnitPrice(Fraction(minor), eur("1").currency)
        asked = r.Raise("abc", Rate(rate), JUNE, rounded_to=step)
        off = r.raised_price(price, asked).minor - price.minor * (1 + rate)
        assert abs(off) <= (Fraction(1) if step is None else step * 100) / 2
