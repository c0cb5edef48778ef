"""Other systems' own answers about returns, internal transfers, mirrored documents, prices by context and promotions.

What does not run is named here with its reason, and docs/explanation/differences.md tells people.
"""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from tests.core.pricing.conftest import asked, book, eur, item, listed, money, party, rule

from inward.core.bookkeeping import Exchange, Published, Role, SoldLine, booked, exchange_on, intercompany_sale
from inward.core.classification import Kind
from inward.core.pricing import CostPlus, Fixed, Level, PercentOff, Scope, TaxRate
from inward.core.pricing.returning import given_back
from inward.core.terms import Money, Rate, Refusal, UnitPrice

_TESTS = Path(__file__).parents[2]
VECTORS = {v["id"]: v for v in json.loads((_TESTS / "data" / "dealing_vectors.json").read_text())["vectors"]}
DIFFERENCES = (_TESTS.parent / "docs" / "explanation" / "differences.md").read_text(encoding="utf-8")

PROMOTION = "no price hangs on other lines of an order (two of three free, so much off from a total on): each line is priced alone, so that a return never reprices the others"
STOCK = "stock is not valued here: what a piece costs is said by its supplier, from a day on"
OVER = "nothing more is handed over than was ordered; more is another order"
CONTEXT = "a customer is named as a party, by what it stands in, or by its kind of standing; regions and customer groups are none of them"
PRIORITY = "what is nearer to the item and the customer goes first; there are no numbers of priority"
FLAGS = "a description of flags without a figure; who may use a scheme is data of the scheme, households among it"
NOT_RUN = {
    **dict.fromkeys([key for key in VECTORS if key.startswith("promotion")], PROMOTION),
    **dict.fromkeys(("internal_transfer-003", "internal_transfer-004", "internal_transfer-009"), STOCK),
    "internal_transfer-007": OVER,
    **dict.fromkeys(("price_context-007", "price_context-009", "price_context-012"), CONTEXT),
    "priority-001": PRIORITY,
    "eligibility-001": FLAGS,
}
RUN = {
    "return-001",
    "currency-002",
    "currency-004",
    "currency-005",
    "intercompany_mirror-003",
    "internal_transfer-002",
    "intercompany_mirror-002",
    "intercompany_mirror-004",
    "price_context-001",
    "price_context-003",
    "price_context-010",
    "price_context-011",
    "price_context-013",
    "price_context-014",
}


def test_every_vector_runs_or_is_listed_with_its_reason():
    assert set(VECTORS) == set(NOT_RUN) | RUN
    assert not set(NOT_RUN) & RUN
    for why in dict.fromkeys(NOT_RUN.values()):
        cases = ", ".join(sorted(key for key in NOT_RUN if NOT_RUN[key] == why))
        assert f"| {cases} | {why} |" in DIFFERENCES.splitlines()


def test_a_return_is_priced_by_what_was_sold_whatever_the_rule_is_now():
    given, expected = VECTORS["return-001"]["input"], VECTORS["return-001"]["expected"]

    def sold(percent):
        off = rule("off", Level.AGREEMENT, PercentOff(Rate.percent(percent)))
        return asked(book(off, listed(given["sale"]["list_price"])), customer="nora").lines[0]

    line = sold(given["sale"]["discount_pct"])
    assert sold(given["rule_later"]["discount_pct"]).price != line.price
    assert given_back(line, already=0, pieces=1).gross == money(expected["rate"])


def test_within_one_company_a_transfer_at_cost_is_the_cost_without_tax_whatever_the_list_says():
    given, expected = VECTORS["internal_transfer-002"]["input"], VECTORS["internal_transfer-002"]["expected"]
    prices = book(
        rule("transfer", Level.RATE, CostPlus(Rate.percent(0)), scope=Scope(frozenset({Kind.DEPARTMENT}))),
        listed(given["price_list_rate"], tax=given["tax_included"]),
        offerings=[item(tax_code="STD")],
        costs=[("machine", given["valuation_rate"])],
        taxes=[TaxRate("abc", "STD", Rate.percent(given["tax_pct"]))],
    )
    line = asked(prices, customer="abc-it").lines[0]
    assert (line.price, line.net, line.tax) == (money(expected["rate"]), money(expected["net_rate"]), money("0"))
    assert line.includes_tax is expected["included_in_print_rate"]


def both_sides(line, sign=1):
    sold = [SoldLine(Money(sign * line.net.minor, "EUR"), Money(sign * line.tax.minor, "EUR"), "STD")]
    return intercompany_sale(supplier="abc", customer="xyz", cost_centre=None, lines=sold, reference="o1")


def taxed_line():
    return asked(
        book(
            listed("121.00", tax=True),
            offerings=[item(tax_code="STD")],
            taxes=[TaxRate("abc", "STD", Rate.percent(21))],
        ),
        customer="xyz",
    ).lines[0]


def test_a_price_with_tax_in_it_is_the_same_total_on_both_sides():
    assert VECTORS["intercompany_mirror-004"]["expected"]["law"] == "mirror.total == original.total"
    seller, buyer = both_sides(taxed_line())
    owed = next(line.amount for line in seller.lines if line.role is Role.INTERCOMPANY_RECEIVABLE)
    owes = next(line.amount for line in buyer.lines if line.role is Role.INTERCOMPANY_PAYABLE)
    assert (owed, owes) == (money("121.00"), money("-121.00"))


def test_calling_off_clears_both_sides_which_name_one_dealing():
    expected = VECTORS["intercompany_mirror-002"]["expected"]
    assert expected == {"cross_reference": True, "after_cancel_both_cleared": True}
    sale, reversal = both_sides(taxed_line()), both_sides(taxed_line(), sign=-1)
    assert {entry.reference for entry in (*sale, *reversal)} == {"o1"}
    for company in ("abc", "xyz"):
        left = sum(
            line.amount.minor
            for entry in (*sale, *reversal)
            if entry.company == company
            for line in entry.lines
            if line.role in {Role.INTERCOMPANY_RECEIVABLE, Role.INTERCOMPANY_PAYABLE}
        )
        assert left == 0


def in_context(*rules, listed_at, customer="nora", currency="EUR"):
    list_price = rule("list", Level.LIST, Fixed(UnitPrice.of(listed_at, currency)))
    return asked(book(*rules, list_price), customer=customer).lines[0]


@pytest.mark.parametrize("vector", ["price_context-001", "price_context-003"])
def test_a_price_for_another_company_is_not_hers(vector):
    prices = VECTORS[vector]["input"]["prices"]
    plain_, theirs = prices[0], next(each for each in prices if list(each.get("rules", {})) == ["company_id"])
    agreed = rule("theirs", Level.AGREEMENT, Fixed(UnitPrice.of(theirs["amount"], "PLN")), scope=party("xyz"))
    line = in_context(agreed, listed_at=plain_["amount"], currency="PLN")
    assert line.parts[0].unit_price == UnitPrice.of(VECTORS[vector]["expected"]["amount"], "PLN")


def test_no_list_price_is_no_price_and_never_nought():
    assert VECTORS["price_context-010"]["expected"] == {"amount": None}
    with pytest.raises(Refusal, match="list_price_missing"):
        asked(book(rule("theirs", Level.AGREEMENT, Fixed(eur("50")), scope=party("nora"))), customer="nora")


def test_nought_is_a_price():
    amount = VECTORS["price_context-011"]["expected"]["amount"]
    assert in_context(listed_at=amount, currency="USD").price == Money.of(amount, "USD")


@pytest.mark.parametrize("vector", ["price_context-013", "price_context-014"])
def test_a_better_price_stands_beside_the_ordinary_one(vector):
    given, expected = VECTORS[vector]["input"], VECTORS[vector]["expected"]
    amount = Fraction(given["price_list"]["amount"])
    line = in_context(rule("sale", Level.AGREEMENT, Fixed(eur(amount))), listed_at=expected["original"])
    assert (line.price, line.ordinary) == (money(expected["calculated"]), money(expected["original"]))


DAY = date(2026, 5, 4)


def crossed(given, one, other):
    """The rate between two currencies of which so much goes to one euro."""
    facts = [
        Published("EUR", code, Fraction(rate), DAY, "theirs")
        for code, rate in ((one, given["from_rate"]), (other, given["to_rate"]))
        if rate is not None
    ]
    return exchange_on(facts, currency=one, into=other, on=DAY, days_max=0)


def test_an_amount_is_turned_over_a_third_currency_and_rounded_once():
    given, expected = VECTORS["currency-002"]["input"], VECTORS["currency-002"]["expected"]
    turned = crossed(given, "USD", "CHF").turned(Money.of(given["amount"], "USD"))
    assert turned == Money.of(expected["amount"], "CHF")


def test_a_rate_that_is_missing_is_never_one():
    assert VECTORS["currency-004"]["expected"] == {"error": "missing rate"}
    assert crossed(VECTORS["currency-004"]["input"], "USD", "CHF") is None


def test_the_side_of_rounding_is_half_away_from_nought_both_ways():
    given, expected = VECTORS["currency-005"]["input"], VECTORS["currency-005"]["expected"]
    rate = Exchange(given["from"], given["to"], Fraction(given["rate"]), DAY, "theirs")
    amount = Money.of(given["amount"], "USD")
    assert rate.turned(amount) == Money.of(expected["page_shows"], "INR")
    assert rate.turned(-amount) == -rate.turned(amount)


def test_companies_with_books_in_two_currencies_deal_and_owe_the_same():
    assert VECTORS["intercompany_mirror-003"]["expected"]["erpnext"].startswith("refused")
    line = SoldLine(Money.of("100", "USD"), Money.zero("USD"))
    seller, buyer = intercompany_sale(supplier="xyz", customer="abc", cost_centre=None, lines=[line], reference="o1")
    kept = booked(buyer, Exchange("USD", "IDR", Fraction(16_250), DAY, "theirs"))
    assert seller.lines[0].amount == -kept[-1].line.amount
    assert kept[-1].functional == Money.of("-1625000", "IDR")
