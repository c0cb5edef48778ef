"""Other systems' own answers, run through the real quote and the real spread as far as they speak of what Inward does.

What does not run is named here with its reason, and docs/explanation/differences.md tells people; a test asserts that
every vector of these kinds is one or the other.
"""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from tests.core.pricing.conftest import asked, book, eur, item, listed, money, party, rule, scheme

from inward.core.pricing import AllowanceMeasure, Fixed, Level, PercentOff, Target, TargetKind, Used
from inward.core.pricing.allowances import Allowances
from inward.core.pricing.reading import price_book
from inward.core.terms import Money, Period, Rate, Refusal, UnitPrice, spread

VECTORS = {
    v["id"]: v for v in json.loads((Path(__file__).parents[2] / "data" / "price_vectors.json").read_text())["vectors"]
}

NEGATIVE = "quantities are positive; what comes back is a return, at the price of the sale"
PROMOTION = "no price hangs on other lines, and nothing is given along: each line is priced alone, so that a return never reprices the others"
FORMULA = "one rule prices a piece, from a base that it names; a price made of several prices or surcharges is typed as what it comes to"
CONDITION = "free conditions in code are not taken: rules are data that can be explained and checked for conflict"
STACKED = "one rule prices a piece; rules are never added up, so that the trace names one winner"
CURRENCY = "a price is never converted: it is listed in the currency in which it is asked, and only books turn one into another (decision 189)"
MOST_SPECIFIC = "the more specific rule wins, not the first in a sequence; entry order never matters"
NOT_RUN = {
    **dict.fromkeys(
        ("price_rule-004", "price_rule-005"),
        "a campaign is a rule with days, for whom it names; nobody brings a campaign along with an order",
    ),
    "price_rule-007": "a rule that names nobody is for everybody here; a scope that names a missing customer is unknown and refused",
    "price_rule-014": FORMULA,
    **dict.fromkeys(("price_rule-016", "price_rule-017", "price_rule-018"), CONDITION),
    **dict.fromkeys(("price_rule-020", "price_rule-039"), STACKED),
    "price_rule-021": "a fixed price of 0 is a price of 0 here, as test_quoting shows; there it means no price",
    **dict.fromkeys([f"price_rule-0{n}" for n in (32, 33, 35, 41, 42, 43, 44, 45, 46)], PROMOTION),
    **dict.fromkeys(("price_list-008", "price_list-011"), CURRENCY),
    "price_list-018": FORMULA,
    "order_discount-003": STACKED,
    "price_list-024": NEGATIVE,
    "price_list-033": MOST_SPECIFIC,
}
ITEM = Target(TargetKind.ITEM, "machine")
DIFFERENCES = (Path(__file__).parents[3] / "docs" / "explanation" / "differences.md").read_text(encoding="utf-8")


def off(percent, key="off", **more):
    return rule(key, Level.AGREEMENT, PercentOff(Rate.percent(percent)), **more)


def price_of(*rules, listed_at="100", quantity=1, customer="nora", on=date(2026, 5, 4), **more):
    """What a piece costs an outsider, exactly, and by which rule."""
    line = asked(book(listed(listed_at), *rules, **more), customer=customer, quantity=quantity, on=on).lines[0]
    part = line.parts[0]
    return part.unit_price.minor / 100, part.rule


def test_every_vector_runs_or_is_listed_with_its_reason():
    assert set(VECTORS) == set(NOT_RUN) | RUN
    assert not set(NOT_RUN) & RUN


def explained():
    """The rows of the page on differences that tell which cases are not run, and why."""
    reasons = dict.fromkeys(NOT_RUN.values())
    return [f"| {', '.join(sorted(key for key in NOT_RUN if NOT_RUN[key] == why))} | {why} |" for why in reasons]


def test_the_page_on_differences_tells_every_case_that_is_not_run_and_why():
    assert [row for row in explained() if row not in DIFFERENCES.splitlines()] == []


@pytest.mark.parametrize(("vector", "currency"), [("price_rule-030", "USD"), ("price_rule-031", "INR")])
def test_of_rules_in_two_currencies_the_one_in_the_currency_of_the_sale_is_taken(vector, currency):
    given = VECTORS[vector]
    assert given["input"]["currency"] == currency
    rules = [
        rule(each["currency"], Level.AGREEMENT, Fixed(UnitPrice.of(each["rate"], each["currency"])), target=target)
        for each, target in zip(given["input"]["rules"], (ITEM, Target()), strict=True)
    ]
    listed_in = rule("list", Level.LIST, Fixed(UnitPrice.of("500", currency)))
    line = asked(book(*rules, listed_in), customer="nora").lines[0]
    assert line.parts[0].unit_price == UnitPrice.of(given["expected"]["rate"], currency)


def test_a_rule_for_the_customer_goes_before_one_for_everybody():
    rules = (off(10, "item10", target=ITEM), off(20, "cust20", target=ITEM, scope=party("cafe")))
    assert price_of(*rules, customer="cafe") == (80, "cust20")
    assert VECTORS["price_rule-002"]["expected"] == {"discount_pct": "20", "rule": "cust20"}


def test_a_rule_for_the_parent_reaches_what_stands_below():
    tree = {"products": None, "below": "products"}
    rules = (off(10, target=Target(TargetKind.CATEGORY, "products"), scope=party("abc")),)
    offerings = [item("machine", supplier="xyz", category="below")]
    prices = book(
        listed(supplier="xyz"),
        rule(
            "off",
            Level.AGREEMENT,
            PercentOff(Rate.percent(10)),
            supplier="xyz",
            target=rules[0].target,
            scope=rules[0].scope,
        ),
        offerings=offerings,
        categories=tree,
    )
    line = asked(prices, customer="abc-it-desk").lines[0]
    assert line.price == money("90.00")
    assert VECTORS["price_rule-008"]["expected"]["discount_pct"] == "10"


def test_a_template_reaches_its_variants_and_the_variant_goes_first():
    tree, variant = {"template": None}, [item("machine", category="template")]
    template = off("7.5", "tmpl", target=Target(TargetKind.CATEGORY, "template"))
    assert price_of(template, offerings=variant, categories=tree) == (Fraction("92.5"), "tmpl")
    assert price_of(template, off("17.5", "var", target=ITEM), offerings=variant, categories=tree) == (
        Fraction("82.5"),
        "var",
    )
    assert VECTORS["price_rule-010"]["expected"]["discount_pct"] == "7.5"
    assert VECTORS["price_rule-011"]["expected"]["discount_pct"] == "17.5"


@pytest.mark.parametrize(
    ("vector", "percent", "listed_at", "expected"),
    [("price_rule-036", 20, "100", 80), ("discount-001", 10, "10", 9), ("discount-003", 50, "10", 5)],
)
def test_percent_off_is_taken_from_the_list_price(vector, percent, listed_at, expected):
    known = VECTORS[vector]["expected"]
    assert Fraction(known.get("rate") or known.get("unit_price") or known["price"]) == expected
    assert price_of(off(percent), listed_at=listed_at)[0] == expected


def test_a_fixed_price_is_that_price():
    assert price_of(rule("fixed", Level.AGREEMENT, Fixed(eur("5"))), listed_at="10")[0] == 5
    assert VECTORS["discount-004"]["expected"]["price"] == "5"


def test_a_discount_holds_from_its_first_day():
    spring = off(50, period=Period.through(date(2020, 4, 6), date(2020, 4, 9)))
    assert price_of(spring, listed_at="1000", on=date(2020, 4, 6))[0] == Fraction(
        VECTORS["price_list-007"]["expected"]["unit_price"]
    )
    assert price_of(spring, listed_at="1000", on=date(2020, 4, 5))[0] == 1000


@pytest.mark.parametrize("vector", ["price_list-004", "price_list-013", "price_list-014"])
def test_a_quantity_break_begins_at_its_quantity(vector):
    given = VECTORS[vector]
    least = int(given["input"]["rules"][0]["min_qty"])
    quantity = int(given["input"]["qty"])
    price = price_of(off(10, quantity_min=least), quantity=quantity)[0]
    applies = given["expected"].get("applies", given["expected"].get("unit_price") != "100")
    assert (price == 90) is applies
    assert price_of(off(10, quantity_min=least), quantity=least - 1)[0] == 100


@pytest.mark.parametrize(("vector", "quantity"), [("price_list-022", 1), ("price_list-026", 10)])
def test_the_items_own_rule_with_the_higher_break_goes_first(vector, quantity):
    rules = (
        rule("variant10", Level.AGREEMENT, Fixed(eur("8")), target=ITEM, quantity_min=10),
        rule("all10", Level.AGREEMENT, Fixed(eur("9")), quantity_min=10),
        rule("variant", Level.AGREEMENT, Fixed(eur("11")), target=ITEM),
        rule("all", Level.AGREEMENT, Fixed(eur("10"))),
    )
    assert price_of(*rules, listed_at="10", quantity=quantity)[0] == Fraction(
        VECTORS[vector]["expected"]["price_per_kg"]
    )


def test_a_category_rule_reaches_the_child_category():
    parent = rule("parent", Level.AGREEMENT, PercentOff(Rate.percent(20)), target=Target(TargetKind.CATEGORY, "parent"))
    tree, offerings = {"parent": None, "child": "parent"}, [item(category="child")]
    found = price_of(parent, listed_at="10", offerings=offerings, categories=tree)[0]
    assert found == Fraction(VECTORS["price_list-028"]["expected"]["price"])


def test_below_the_break_the_items_own_rule_holds():
    rules = (
        rule("all10", Level.AGREEMENT, PercentOff(Rate.percent(30)), quantity_min=10),
        rule("item", Level.AGREEMENT, PercentOff(Rate.percent(20)), target=ITEM),
        rule("all", Level.AGREEMENT, PercentOff(Rate.percent(50))),
    )
    assert price_of(*rules, listed_at="10")[0] == Fraction(VECTORS["price_list-032"]["expected"]["price"])


@pytest.mark.parametrize("vector", [key for key in VECTORS if key.startswith("discount_split")])
def test_a_discount_over_an_order_is_spread_to_the_cent(vector):
    given, expected = VECTORS[vector]["input"], VECTORS[vector]["expected"]
    weights = [Money.of(given[name], "EUR").minor for name in ("subtotal", "shipping")]
    value = Fraction(given["value"])
    whole = min(int(value * 100), sum(weights)) if given["type"] == "fixed" else int(sum(weights) * value / 100)
    parts = spread(whole, weights)
    assert [Money(part, "EUR") for part in parts] == [
        money(expected["subtotal_part"]),
        money(expected["shipping_part"]),
    ]


@pytest.mark.parametrize("vector", ["quota-003", "quota-004", "quota-005"])
def test_what_is_left_of_a_count_is_never_below_zero(vector):
    given = VECTORS[vector]["input"]
    limit = given.get("max_user_applications", given.get("max_global_applications"))
    used = given.get("used_by_user", given.get("used", 0))
    limited = scheme(allowance_units=limit)
    allowances = Allowances.of(book(schemes=[limited]), [Used("staff", "2026", None, used)], on=date(2026, 6, 1))
    assert (
        allowances.pieces(limited, item(), 100, lambda count: money("1") * count)
        == VECTORS[vector]["expected"]["remaining"]
    )


@pytest.mark.parametrize("vector", ["quota-007", "quota-008"])
def test_a_cap_in_money_ends_the_discount(vector):
    given = VECTORS[vector]["input"]
    limited = scheme(allowance_money=money(given["max_discount"]), allowance_measure=AllowanceMeasure.SAVING)
    used = [Used("staff", "2026", money(given["given_so_far"]), 0)]
    allowances = Allowances.of(book(schemes=[limited]), used, on=date(2026, 6, 1))
    assert (allowances.pieces(limited, item(), 1, lambda count: money("1") * count) > 0) is VECTORS[vector]["expected"][
        "available"
    ]


@pytest.mark.parametrize("vector", ["validity-001", "validity-002"])
def test_the_last_day_counts(vector):
    given = {name: date.fromisoformat(day) for name, day in VECTORS[vector]["input"].items()}
    period = Period.through(given["start"], given["end"])
    assert (given["at"] in period) is VECTORS[vector]["expected"]["available"]
    assert given["end"] in period


def test_more_than_a_hundred_percent_off_is_refused():
    assert VECTORS["order_discount-002"]["expected"] == {"error": "ValidationError"}
    row = {"id": "off", "level": "AGREEMENT", "supplier": "abc", "method": "PERCENT_OFF", "value": "110"}
    with pytest.raises(Refusal) as refused:
        price_book({"prices": [row]})
    assert (refused.value.reason.code, refused.value.where) == ("percent_out_of_bounds", "prices[0].value")


TONNE = 1000
"""Kilograms in it: what is sold by weight has the kilogram as its piece here."""


@pytest.mark.parametrize(
    ("vector", "kilograms"), [("price_list-001", 2), ("price_list-002", 2000), ("price_list-003", 3500)]
)
def test_what_is_asked_by_the_tonne_is_priced_by_the_kilogram(vector, kilograms):
    given, expected = VECTORS[vector]["input"], VECTORS[vector]["expected"]
    (less,) = given["rules"]
    assert Fraction(given["qty"]) == kilograms
    by_the_tonne = (Fraction(given["list_price"]) + Fraction(less["surcharge"])) / TONNE
    break_at = int(less["min_qty"]) * TONNE
    cheaper = rule("from 3 t", Level.AGREEMENT, Fixed(eur(str(float(by_the_tonne)))), quantity_min=break_at)
    listed_at = str(float(Fraction(given["list_price"]) / TONNE))
    assert price_of(cheaper, listed_at=listed_at, quantity=kilograms)[0] == Fraction(expected["unit_price"])


def test_a_dozen_costs_twelve_pieces():
    given, expected = VECTORS["price_list-019"]["input"], VECTORS["price_list-019"]["expected"]
    line = asked(book(listed(given["list_price"])), customer="nora", quantity=int(given["uom_factor"])).lines[0]
    assert line.price == money(expected["unit_price"])


def test_a_break_counts_pieces_and_not_boxes():
    given, expected = VECTORS["price_rule-013"]["input"], VECTORS["price_rule-013"]["expected"]
    (less,) = given["rules"]
    pieces = int(given["qty"]) * int(given["uom_factor"])
    most = int(less["max_qty"])  # what ends a break here is the next one
    breaks = (off(less["discount_pct"], quantity_min=int(less["min_qty"])), off(0, "beyond", quantity_min=most + 1))
    assert price_of(*breaks, quantity=pieces) == (Fraction(expected["rate"]), "beyond")
    assert price_of(*breaks, quantity=most) == (Fraction("82.5"), "off")


@pytest.mark.parametrize(("vector", "code"), [("price_rule-026", "box"), ("price_rule-027", "piece")])
def test_a_box_with_a_price_of_its_own_is_a_variant_of_its_own(vector, code):
    given, expected = VECTORS[vector]["input"], VECTORS[vector]["expected"]
    own = rule("box", Level.AGREEMENT, Fixed(eur(given["rules"][0]["rate"])), target=Target(TargetKind.ITEM, "box"))
    prices = book(
        listed(given["list_price"], "piece"),
        listed("1000", "box"),
        own,
        offerings=[item("piece"), item("box")],
    )
    assert asked(prices, customer="nora", code=code).lines[0].price == money(expected["rate"])


@pytest.mark.parametrize(("vector", "target"), [("price_list-025", Target()), ("price_list-027", ITEM)])
def test_ten_thousand_grams_are_ten_pieces_of_a_kilogram(vector, target):
    given, expected = VECTORS[vector]["input"], VECTORS[vector]["expected"]
    kilograms = int(given["qty"]) // 1000
    rules = [
        rule(
            f"r{place}",
            Level.AGREEMENT,
            Fixed(eur(str(10 * float(line["formula"].lstrip("*"))))),
            quantity_min=int(line.get("min_qty", 1)),
        )
        for place, line in enumerate(given["lines"])
        if (line.get("product") == "variant") == (target == ITEM)
    ]
    assert price_of(*rules, listed_at=given["list_price"], quantity=kilograms)[0] == Fraction(expected["price_per_kg"])


RUN = {
    *("price_list-001", "price_list-002", "price_list-003", "price_list-019", "price_list-025", "price_list-027"),
    *("price_rule-013", "price_rule-026", "price_rule-027"),
    *("price_rule-002", "price_rule-008", "price_rule-010", "price_rule-011", "price_rule-036"),
    *("price_rule-030", "price_rule-031"),
    *("discount-001", "discount-003", "discount-004"),
    *("price_list-004", "price_list-007", "price_list-013", "price_list-014", "price_list-022", "price_list-026"),
    *("price_list-028", "price_list-032", "order_discount-002"),
    *(key for key in VECTORS if key.startswith(("discount_split", "quota", "validity"))),
}
