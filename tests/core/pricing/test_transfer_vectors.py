"""Textbooks', regulations' and other systems' own figures on transfer prices, run through the real quote and the real range.

What does not run is named here with its reason, and docs/explanation/differences.md tells people.
"""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from tests.core.pricing.conftest import asked, book, eur, item, listed, rule

from inward.core.classification import Kind
from inward.core.pricing import (
    CostPlus,
    FixedFee,
    Level,
    Negotiated,
    Prorated,
    Quartiles,
    ResaleMinus,
    Scope,
    StandardCost,
)
from inward.core.pricing.armslength import ArmsLength
from inward.core.pricing.transfer import Bases, reckoned
from inward.core.terms import Currency, Rate, Refusal

_TESTS = Path(__file__).parents[2]
VECTORS = {v["id"]: v for v in json.loads((_TESTS / "data" / "transfer_vectors.json").read_text())["vectors"]}
DIFFERENCES = (_TESTS.parent / "docs" / "explanation" / "differences.md").read_text(encoding="utf-8")
LIMITS = "the least and the most of a negotiation are typed with the price; what a plant loses elsewhere is no fact of a price list"
NOT_RUN = dict.fromkeys(("transfer_price-005", "transfer_price-006", "transfer_price-009"), LIMITS)
SISTERS = Scope(frozenset({Kind.AFFILIATE}))
TESTED = ("transfer_price-001", "transfer_price-003", "transfer_price-004", "transfer_price-010", "transfer_price-011")
RANGES = ("tp_range-002", "tp_range-003", "tp_range-005", "tp_range-006", "tp_range-007", "tp_range-008")
RUN = {*TESTED, *RANGES, "transfer_price-012", "transfer_price-013"}


def price_of(method, *, cost=None, quantity=1):
    """What a piece costs a sister company, in euros."""
    prices = book(
        rule("transfer", Level.RATE, method, scope=SISTERS),
        listed("99999999"),
        offerings=[item()],
        costs=[("machine", cost)] if cost is not None else (),
    )
    return asked(prices, customer="xyz", quantity=quantity).lines[0].net.minor / Fraction(100)


def test_every_vector_runs_or_is_listed_with_its_reason():
    assert set(VECTORS) == set(NOT_RUN) | RUN
    assert not set(NOT_RUN) & RUN
    row = f"| {', '.join(sorted(NOT_RUN))} | {LIMITS} |"
    assert row in DIFFERENCES.splitlines()


@pytest.mark.parametrize("vector", TESTED)
def test_a_method_asks_what_its_source_says(vector):
    given, expected = VECTORS[vector]["input"], VECTORS[vector]["expected"]
    match VECTORS[vector]["kind"].split("/")[1]:
        case "cost_plus":
            found = price_of(CostPlus(Rate.percent(given["markup_pct"])), cost=given["cost"])
            assert found - Fraction(given["cost"]) == Fraction(expected["markup"])
        case "fixed_fee":
            found = price_of(FixedFee(eur(given["fee"])), cost=given["cost"])
        case "resale_minus":
            found = price_of(ResaleMinus(eur(given["resale_price"]), Rate.percent(given["gross_margin_pct"])))
        case "range":
            low, high = given["seller_variable_cost"], min(given["buyer_external_price"], given["buyer_contribution"])
            assert (low, high) == (expected["minimum"], expected["maximum"])
            found = price_of(Prorated(eur(low), eur(high), Rate.percent(50)))
            expected = {"price": expected["equal_split"]}
            with pytest.raises(Refusal, match="price_beyond_limits"):
                price_of(Negotiated(eur(given["buyer_contribution"]), eur(low), eur(high)))
        case "negotiated_proration":
            costs = {side: Fraction(amount) for side, amount in given["variable_cost"].items()}
            share = Rate(costs["seller"] / sum(costs.values()))
            found = price_of(Prorated(eur(given["minimum"]), eur(given["maximum"]), share))
            assert found - Fraction(given["minimum"]) == Fraction(expected["seller_share"])
            assert Fraction(given["maximum"]) - found == Fraction(expected["buyer_share"])
    assert found == Fraction(expected["price"])


@pytest.mark.parametrize("vector", RANGES)
def test_a_result_is_within_the_range_of_its_source_or_moves_to_the_middle(vector):
    given, expected = VECTORS[vector]["input"], VECTORS[vector]["expected"]
    low = given.get("low") or given.get("comparables_low") or given["q1"]
    high = given.get("high") or given.get("comparables_high") or given["q3"]
    tested = Fraction(given.get("tested") or given.get("price") or given["tested_pct"])
    median = Fraction(given.get("median", (Fraction(low) + Fraction(high)) / 2))
    known = Quartiles(Fraction(low), median, Fraction(high), 3)
    if "within" in expected:
        assert known.holds(tested) is expected["within"]
        beside = ArmsLength(*(eur(each) for each in (tested, known.low, known.median, known.high)), 3)
        assert beside.within is expected["within"]
    assert known.to_median(tested) == Fraction(expected.get("adjust_to_median", known.to_median(tested)))
    assert bool(known.to_median(tested)) is not known.holds(tested)


def test_the_group_earns_the_same_whatever_is_asked_between_its_companies():
    given, expected = VECTORS["transfer_price-012"]["input"], VECTORS["transfer_price-012"]["expected"]
    cost, own, final = (Fraction(given[name]) for name in ("seller_cost", "buyer_own_cost", "final_price"))
    for amount in (given["transfer_price"], "31", "69.99"):
        asked_for = price_of(StandardCost(eur(amount), Rate.percent(0)))
        seller, buyer = asked_for - cost, final - asked_for - own
        assert seller + buyer == Fraction(expected["group_profit"])
        if amount == given["transfer_price"]:
            assert (seller, buyer) == (Fraction(expected["seller_profit"]), Fraction(expected["buyer_profit"]))


def test_a_mark_up_on_cost_and_a_margin_of_the_price_are_two_things():
    given, expected = VECTORS["transfer_price-013"]["input"], VECTORS["transfer_price-013"]["expected"]
    price = Fraction(given["cost"]) + Fraction(given["markup_amount"])
    assert price_of(CostPlus(Rate.percent(expected["markup_on_cost_pct"])), cost=given["cost"]) == price
    margin = Rate.percent(expected["margin_on_price_pct"])
    assert price_of(ResaleMinus(eur(price), margin)) == Fraction(given["cost"])


def test_a_method_on_the_ordinary_price_is_none_of_these():
    assert reckoned(CostPlus(Rate.percent(5)), Bases("machine", Currency("EUR"), 1)) is None
