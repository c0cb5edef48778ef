"""Prices between those who belong together, by method: what each asks, on which base, and beside which range it lies."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.pricing.conftest import ON, asked, book, by_rule, eur, item, listed, money, party, rule, scheme, world

from inward.core.classification import Kind
from inward.core.pricing import (
    ArmsLength,
    Basis,
    Comparable,
    CostPlus,
    Fixed,
    FixedFee,
    Free,
    Level,
    Market,
    Negotiated,
    OutsidePrice,
    PercentOff,
    Prorated,
    Quartiles,
    ResaleMinus,
    Scope,
    StandardCost,
    TaxRate,
    Uncontrolled,
    Wanted,
    quote,
    transfer,
)
from inward.core.pricing.methods import MethodName, Plain, amounts, method_of, plain
from inward.core.pricing.reading import price_book
from inward.core.pricing.returning import given_back
from inward.core.pricing.revising import ComparableEnds, NewComparable, revised
from inward.core.terms import Money, Period, Rate, Refusal, UnitPrice

AGREED = Level.AGREEMENT
SISTERS = Scope(frozenset({Kind.AFFILIATE}))
INSIDE = Scope(frozenset({Kind.DEPARTMENT}))
SEEN = date(2026, 3, 1)
OUTSIDE = OutsidePrice(eur("85.00"), "Another shop", SEEN)


def percent(value):
    return Rate.percent(value)


def sale(key, amount, currency="EUR", **more):
    return Comparable(key, "machine", UnitPrice.of(amount, currency), "A survey", SEEN, **more)


SALES = tuple(sale(f"s{place}", amount) for place, amount in enumerate(("60", "70", "80", "90"), 1))


def house_of(method, *, level=Level.RATE, scope=SISTERS, outside=OUTSIDE, listed_at="100.00", tax=False, **more):
    prices = rule("transfer", level, method, scope=scope)
    more = {"comparables": SALES, "offerings": [item(outside=outside)]} | more
    return book(prices, listed(listed_at, tax=tax), **more)


def line_of(method, customer="xyz", quantity=1, on=ON, **more):
    return asked(house_of(method, **more), customer=customer, quantity=quantity, on=on).lines[0]


@pytest.mark.parametrize(
    ("method", "price", "how"),
    [
        (CostPlus(percent(20)), "72.00", ("found_from_cost", {"base": eur("60"), "rate": percent(20)})),
        (CostPlus(percent(0)), "60.00", ("found_at_cost", {"base": eur("60")})),
        (
            Market(percent(0)),
            "85.00",
            ("found_at_market", {"base": eur("85"), "source": "Another shop", "seen_on": SEEN}),
        ),
        (
            Market(percent(10)),
            "76.50",
            (
                "found_from_market",
                {"base": eur("85"), "source": "Another shop", "seen_on": SEEN, "rate": percent(10)},
            ),
        ),
        (Uncontrolled(percent(0)), "75.00", ("found_at_comparables", {"base": eur("75"), "count": 4})),
        (
            Uncontrolled(percent(4)),
            "72.00",
            ("found_from_comparables", {"base": eur("75"), "count": 4, "rate": percent(4)}),
        ),
        (
            ResaleMinus(eur("100"), percent(20)),
            "80.00",
            ("found_from_resale", {"base": eur("100"), "rate": percent(20)}),
        ),
        (StandardCost(eur("58"), percent(0)), "58.00", ("found_at_standard_cost", {"base": eur("58")})),
        (
            StandardCost(eur("58"), percent(5)),
            "60.90",
            ("found_from_standard_cost", {"base": eur("58"), "rate": percent(5)}),
        ),
        (
            Negotiated(eur("82.50"), eur("80"), eur("85")),
            "82.50",
            ("found_by_negotiation", {"low": eur("80"), "high": eur("85")}),
        ),
        (
            Prorated(eur("17"), eur("21"), percent(20)),
            "17.80",
            ("found_by_share", {"low": eur("17"), "high": eur("21"), "rate": percent(20)}),
        ),
        (FixedFee(eur("50")), "50.00", ("found_as_fee", {"base": eur("50")})),
    ],
)
def test_each_method_asks_its_price_and_names_its_base(method, price, how):
    line = line_of(method, costs=[("machine", "60")])
    assert (line.price, line.parts[0].basis) == (money(price), Basis.TRANSFER)
    won = next(each for each in line.trace if each.rule == "transfer")
    assert (won.how.code, dict(won.how.facts)) == how


@pytest.mark.parametrize("method", [Fixed(eur("70")), PercentOff(percent(10)), Free()])
def test_a_method_on_the_ordinary_price_names_no_other_base(method):
    assert all(each.how is None for each in line_of(method).trace)
    alone = transfer.Bases("Machine", "EUR", 1)
    assert transfer.how(method, alone) is transfer.reckoned(method, alone) is transfer.obstacle(method, alone) is None


def test_a_method_that_lost_says_what_it_would_have_rested_on():
    prices = book(
        rule("agreed", AGREED, Fixed(eur("70")), scope=party("xyz")),
        rule("transfer", Level.RATE, StandardCost(eur("58"), percent(0)), scope=SISTERS),
        listed(),
    )
    lost = next(each for each in asked(prices, customer="xyz").lines[0].trace if each.rule == "transfer")
    assert (lost.outcome.value, lost.how.code) == ("lost", "found_at_standard_cost")


def test_departments_have_the_same_methods_at_their_own_rates():
    line = line_of(StandardCost(eur("58"), percent(10)), customer="abc-it", scope=INSIDE)
    assert (line.price, line.parts[0].basis, line.parts[0].range) == (money("63.80"), Basis.DEPARTMENT, None)


def test_nobody_outside_gets_a_transfer_price_of_any_method():
    line = line_of(Uncontrolled(percent(0)), customer="cafe", scope=Scope())
    assert by_rule(line)["transfer"] == ("not_applicable", "rate_for_inside_parties")
    assert (line.price, line.parts[0].range) == (money("100.00"), None)


@pytest.mark.parametrize(
    ("method", "more", "code"),
    [
        (Market(percent(0)), {"outside": None}, "market_price_not_known"),
        (
            Market(percent(0)),
            {"outside": OutsidePrice(UnitPrice.of("85", "USD"), "Another shop", SEEN)},
            "market_price_in_other_currency",
        ),
        (Uncontrolled(percent(0)), {"comparables": ()}, "comparables_missing"),
        (Uncontrolled(percent(0)), {"comparables": (sale("usd", "60", "USD"),)}, "comparables_missing"),
        (CostPlus(percent(0)), {}, "cost_not_known"),
        (FixedFee(UnitPrice.of("50", "USD")), {}, "rule_in_other_currency"),
    ],
)
def test_a_method_whose_base_is_not_known_is_passed_over_and_says_so(method, more, code):
    line = line_of(method, **more)
    assert by_rule(line)["transfer"] == ("not_applicable", code)
    assert line.price == money("100.00")


def test_comparables_count_on_their_days_only():
    sales = (sale("old", "60", period=Period(None, ON)), sale("new", "80", period=Period(ON, None)))
    before = line_of(Uncontrolled(percent(0)), comparables=sales, on=date(2026, 5, 3))
    assert (before.price, line_of(Uncontrolled(percent(0)), comparables=sales).price) == (money("60"), money("80"))


def test_a_fee_is_asked_once_whatever_the_quantity_and_comes_back_to_the_cent():
    line = line_of(FixedFee(eur("50")), quantity=3)
    assert (line.price, line.parts[0].unit_price.minor) == (money("50.00"), Fraction(5000, 3))
    back = [given_back(line, already=done, pieces=1).gross for done in range(3)]
    assert back == [money("16.67"), money("16.66"), money("16.67")]


def test_the_market_price_has_tax_in_it_where_the_list_has_and_loses_it_where_nothing_is_taxed():
    taxed = {
        "offerings": [item(outside=OutsidePrice(eur("121.00"), "Another shop", SEEN), tax_code="STD")],
        "taxes": [TaxRate("abc", "STD", percent(21))],
        "listed_at": "242.00",
        "tax": True,
    }
    sister = line_of(Market(percent(0)), **taxed)
    assert (sister.gross, sister.net, sister.includes_tax) == (money("121.00"), money("100.00"), True)
    inside = line_of(Market(percent(0)), customer="abc-it", scope=INSIDE, **taxed)
    assert (inside.net, inside.tax, inside.includes_tax) == (money("100.00"), money("0"), False)


class TestTheRange:
    def test_a_price_between_sisters_stands_beside_comparable_sales_without_tax(self):
        found = line_of(Fixed(eur("70"))).parts[0].range
        assert found == ArmsLength(eur("70"), eur("65"), eur("75"), eur("85"), 4)
        assert (found.within, found.to_median, found.told.code) == (True, eur("0"), "arms_length_within")

    @pytest.mark.parametrize(
        ("price", "within", "move"),
        [("65", True, "0"), ("85", True, "0"), ("64.99", False, "10.01"), ("90", False, "-15")],
    )
    def test_both_ends_are_within_and_what_is_beyond_moves_to_the_middle(self, price, within, move):
        found = line_of(Fixed(eur(price))).parts[0].range
        assert (found.within, found.to_median) == (within, eur(move))
        assert ("move" in found.told.facts) is not within

    def test_with_tax_in_the_price_the_range_tests_what_is_left_without(self):
        taxed = {"offerings": [item(tax_code="STD")], "taxes": [TaxRate("abc", "STD", percent(21))]}
        found = line_of(Fixed(eur("84.70"), includes_tax=True), tax=True, listed_at="121.00", **taxed).parts[0].range
        assert (found.tested, found.within) == (eur("70"), True)

    def test_sales_in_other_currencies_are_no_comparables_of_this_price(self):
        assert line_of(Fixed(eur("70")), comparables=(sale("usd", "70", "USD"),)).parts[0].range is None
        assert ArmsLength.of(eur("70"), [sale("usd", "70", "USD")]) is None

    def test_people_and_departments_stand_beside_no_range(self):
        for customer in ("maya", "abc-it"):
            parts = asked(book(listed(), comparables=SALES), customer=customer).lines[0].parts
            assert [part.range for part in parts] == [None]

    @pytest.mark.parametrize(
        ("results", "quartiles"),
        [
            ((5,), (5, 5, 5)),
            ((1, 2), (1, Fraction(3, 2), 2)),
            ((1, 2, 3), (1, 2, 3)),
            ((4, 1, 3, 2), (Fraction(3, 2), Fraction(5, 2), Fraction(7, 2))),
            (tuple(range(1, 12)), (3, 6, 9)),
        ],
    )
    def test_the_quartiles_are_those_of_the_american_regulation(self, results, quartiles):
        found = Quartiles.of([Fraction(each) for each in results])
        assert ((found.low, found.median, found.high), found.count) == (quartiles, len(results))

    def test_a_range_of_nothing_is_none(self):
        with pytest.raises(ValueError, match="needs results"):
            Quartiles.of([])

    @given(st.lists(st.fractions(min_value=0, max_value=1000), min_size=1, max_size=30))
    def test_at_least_a_quarter_lies_at_or_below_the_low_end_and_at_or_above_the_high_one(self, results):
        found = Quartiles.of(results)
        assert found.low <= found.median <= found.high
        assert 4 * sum(each <= found.low for each in results) >= len(results)
        assert 4 * sum(each >= found.high for each in results) >= len(results)
        assert found == Quartiles.of(results[::-1])


@given(
    cost=st.integers(0, 10_000), resold=st.integers(0, 50_000), low=st.integers(0, 20_000), more=st.integers(0, 20_000)
)
def test_what_the_group_earns_is_the_same_whatever_the_transfer_price(cost, resold, low, more):
    low_, high = UnitPrice(Fraction(low), "EUR"), UnitPrice(Fraction(low + more), "EUR")
    for method in (Prorated(low_, high, percent(30)), ResaleMinus(high, percent(15)), StandardCost(low_, percent(7))):
        price = line_of(method, listed_at="900.00").net.minor
        assert (price - cost) + (resold - price) == resold - cost


class TestTheDoor:
    @pytest.mark.parametrize(
        ("method", "code"),
        [
            (Negotiated(eur("79"), eur("80"), eur("85")), "price_beyond_limits"),
            (Negotiated(eur("86"), eur("80"), eur("85")), "price_beyond_limits"),
            (Prorated(eur("85"), eur("80"), percent(50)), "price_limits_backwards"),
            (Prorated(eur("80"), eur("85"), percent(101)), "percent_out_of_bounds"),
            (ResaleMinus(eur("85"), percent(101)), "percent_out_of_bounds"),
            (Market(percent(-1)), "percent_out_of_bounds"),
            (Uncontrolled(percent(101)), "percent_out_of_bounds"),
            (StandardCost(eur("85"), percent(-1)), "percent_out_of_bounds"),
            (FixedFee(eur("-1")), "price_negative"),
            (Negotiated(eur("80"), eur("80"), UnitPrice.of("85", "USD")), "price_in_two_currencies"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, method, code):
        with pytest.raises(Refusal) as caught:
            house_of(method)
        assert (caught.value.reason.code, caught.value.where) == (code, "price transfer")

    def test_limits_that_meet_and_mark_ups_beyond_a_hundred_percent_are_let_in(self):
        house_of(Negotiated(eur("80"), eur("80"), eur("80")))
        house_of(Prorated(eur("80"), eur("80"), percent(100)))
        house_of(StandardCost(eur("80"), percent(150)))

    def test_a_fee_is_no_staff_price(self):
        with pytest.raises(Refusal) as caught:
            book(
                rule("fee", Level.SCHEME, FixedFee(eur("5")), scheme="staff"),
                listed(),
                schemes=[scheme()],
            )
        assert caught.value.reason.code == "fee_not_for_schemes"

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            (Comparable("x", "nothing", eur("1"), "A survey", SEEN), "unknown_offering"),
            (sale("x", "-1"), "price_negative"),
            (Comparable("x", "machine", eur("1"), "", SEEN), "comparable_without_source"),
        ],
    )
    def test_a_comparable_names_an_item_a_price_and_a_source(self, wrong, code):
        with pytest.raises(Refusal) as caught:
            book(listed(), comparables=[wrong])
        assert (caught.value.reason.code, caught.value.where) == (code, "comparable x")

    def test_two_comparables_of_one_id_are_refused(self):
        with pytest.raises(Refusal) as caught:
            book(listed(), comparables=[sale("x", "1"), sale("x", "2")])
        assert (caught.value.reason.code, caught.value.where) == ("id_twice", "comparable x")


class TestTryingAChange:
    def test_a_comparable_that_comes_or_ends_moves_the_prices_that_rest_on_it(self):
        known = house_of(Uncontrolled(percent(0)))
        more = revised(known, NewComparable(sale("s5", "100")))
        assert asked(more, customer="xyz").lines[0].price == money("80.00")
        fewer = revised(more, ComparableEnds("s5", ON))
        assert asked(fewer, customer="xyz").lines[0].price == money("75.00")
        assert asked(fewer, customer="xyz", on=date(2026, 5, 3)).lines[0].price == money("80.00")

    def test_a_comparable_that_is_not_there_ends_nowhere(self):
        with pytest.raises(Refusal) as caught:
            revised(house_of(Free()), ComparableEnds("nothing", ON))
        assert caught.value.reason.code == "unknown_comparable"


METHODS = (
    Fixed(eur("100/3"), includes_tax=True),
    PercentOff(percent(10)),
    CostPlus(percent(20)),
    Free(),
    Market(percent(3)),
    Uncontrolled(percent(0)),
    ResaleMinus(eur("100"), percent("50/3")),
    StandardCost(eur("58"), percent(5)),
    Negotiated(eur("82.50"), eur("80"), eur("85")),
    Prorated(eur("17"), eur("21"), percent(20)),
    FixedFee(eur("50000")),
)


@pytest.mark.parametrize("method", METHODS)
def test_a_method_in_columns_is_the_same_method(method):
    columns = plain(method)
    assert method_of(columns) == method
    assert columns.currency == next((price.currency for price in amounts(method)), "")


def test_every_name_of_a_method_is_one_of_these():
    assert {plain(method).name for method in METHODS} == set(MethodName)
    assert method_of(Plain(MethodName.CUP)) == Uncontrolled(Rate(Fraction(0)))


def test_files_tell_every_method_and_comparables():
    def row(key, method, **more):
        return {"id": key, "level": "RATE", "supplier": "abc", "method": method, "quantity_min": key[1:]} | more

    tables = {
        "offerings": [{"id": "machine", "supplier": "abc"}],
        "prices": [
            row("r1", "MARKET", value="3"),
            row("r2", "CUP", value="0"),
            row("r3", "RESALE_MINUS", value="20", base_price="100", currency="EUR"),
            row("r4", "STANDARD_COST", value="5", base_price="58", currency="EUR"),
            row("r5", "NEGOTIATED", value="82.50", price_min="80", price_max="85", currency="EUR"),
            row("r6", "PRORATED", value="20", price_min="17", price_max="21", currency="EUR"),
            row("r7", "FIXED_FEE", value="50000", currency="EUR", includes_tax="yes"),
        ],
        "comparables": [
            {"id": "s1", "offering": "machine", "price": "60", "currency": "EUR", "source": "A survey", "seen_on": "2026-03-01"}
        ],
    }  # fmt: skip
    read = price_book(tables)
    assert [rule.method for rule in read.rules] == [
        *METHODS[4:6],
        ResaleMinus(eur("100"), percent(20)),
        *METHODS[7:],
    ]
    assert read.comparables == (sale("s1", "60"),)


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ({"method": "RESALE_MINUS", "value": "20", "currency": "EUR"}, "base_price"),
        ({"method": "STANDARD_COST", "value": "20", "base_price": "1"}, "currency"),
        ({"method": "NEGOTIATED", "value": "20", "currency": "EUR", "price_min": "1"}, "price_max"),
        ({"method": "PRORATED", "currency": "EUR", "price_min": "1", "price_max": "2"}, "value"),
        ({"method": "CUP", "value": "101"}, "value"),
    ],
)
def test_a_row_that_lacks_what_its_method_needs_is_refused_at_that_cell(cells, where):
    prices = [{"id": "r", "level": "RATE", "supplier": "abc", **cells}]
    with pytest.raises(Refusal) as caught:
        price_book({"offerings": [{"id": "machine", "supplier": "abc"}], "prices": prices})
    assert caught.value.where.endswith(where)


def test_two_currencies_of_one_item_keep_their_own_ranges():
    usd = rule("list-usd", Level.LIST, Fixed(UnitPrice.of("110", "USD")))
    prices = book(usd, comparables=(*SALES, sale("usd", "100", "USD")))
    line = quote(
        world=world(),
        book=prices, supplier="abc", customer="xyz", on=ON, lines=[Wanted("machine", 1)],
    ).lines[0]  # fmt: skip
    assert (line.price, line.parts[0].range.count) == (Money.of("110", "USD"), 1)
