"""A price that was agreed for a line goes before every rule of the book; tax and the ordinary price are those of the day."""

from datetime import date

import pytest
from tests.core.pricing.conftest import START, book, by_rule, eur, item, listed, money, rule, world

from inward.core.classification import Kind
from inward.core.pricing import Agreed, Basis, Fixed, Level, PercentOff, Scope, TaxRate, Wanted, quote
from inward.core.terms import Period, Rate, Refusal

ON = date(2026, 5, 4)
HALF = rule("half", Level.RATE, PercentOff(Rate.percent(50)), scope=Scope(frozenset({Kind.DEPARTMENT})))


def asked(prices, agreed, *, customer="abc-it", quantity=3):
    lines = [Wanted("machine", quantity, agreed)]
    return quote(world=world(), book=prices, supplier="abc", customer=customer, on=ON, lines=lines).lines[0]


def test_it_goes_before_a_cheaper_rule_which_is_told_as_beaten_by_it():
    line = asked(book(listed(), HALF), Agreed("frame", eur("70.00"), includes_tax=False))
    assert (line.net, line.ordinary, line.saving) == (money("210.00"), money("300.00"), money("90.00"))
    assert (line.parts[0].basis, line.parts[0].rule) == (Basis.AGREEMENT, "frame")
    assert by_rule(line) == {
        "frame": ("won", "rule_won"),
        "half": ("lost", "lost_by_level"),
        "list-machine": ("lost", "lost_by_level"),
    }


def test_it_may_lie_above_the_ordinary_price_of_the_day():
    assert asked(book(listed("40.00")), Agreed("frame", eur("70.00"), includes_tax=False)).net == money("210.00")


def test_what_is_reckoned_at_it_is_not_taken_for_the_price_of_others():
    prices = book(listed(), HALF)
    asked(prices, Agreed("frame", eur("70.00"), includes_tax=False))
    assert asked(prices, None).net == money("150.00")
    assert asked(prices, Agreed("frame", eur("71.00"), includes_tax=False)).net == money("213.00")


def test_what_was_agreed_as_free_stays_free():
    line = asked(book(listed()), Agreed("frame", eur("0.00"), includes_tax=False, free=True))
    assert (line.net, line.parts[0].basis) == (money("0.00"), Basis.FREE)


def test_tax_is_that_of_the_day_and_none_within_one_company():
    taxes = [TaxRate("abc", "STANDARD", Rate.percent(25), Period(START, None))]
    prices = book(listed(tax=True), offerings=[item(tax_code="STANDARD")], taxes=taxes)
    agreed = Agreed("frame", eur("125.00"), includes_tax=True)
    sister, inside = asked(prices, agreed, customer="xyz", quantity=2), asked(prices, agreed, quantity=2)
    assert (sister.net, sister.tax, sister.gross) == (money("200.00"), money("50.00"), money("250.00"))
    assert (inside.net, inside.tax) == (money("200.00"), money("0.00"))


def test_an_agreement_in_another_currency_than_the_list_is_refused():
    with pytest.raises(Refusal) as refused:
        asked(book(listed()), Agreed("frame", Fixed(eur("1.00")).price.of("70", "NOK"), includes_tax=False))
    assert refused.value.reason.code == "rule_in_other_currency"
