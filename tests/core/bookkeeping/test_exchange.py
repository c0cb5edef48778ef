"""Exchange: the latest rate of the day, told, backwards or over a third currency; lines turned once; nothing left after returns."""

import random
from datetime import date
from fractions import Fraction

import pytest

from inward.core.bookkeeping import (
    Entry,
    EntryKind,
    Exchange,
    PostingLine,
    Published,
    Role,
    SoldLine,
    Stood,
    booked,
    exchange_on,
    intercompany_sale,
)
from inward.core.bookkeeping.exchange import place_of
from inward.core.terms import Money

FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)


def told(currency, against, price, on=FRIDAY, source="ECB", last=None):
    return Published(currency, against, Fraction(price), on, source, last)


def rate(*facts, currency="USD", into="EUR", on=FRIDAY, days=7):
    return exchange_on(facts, currency=currency, into=into, on=on, days_max=days)


def test_the_rate_is_the_one_told_of_the_day():
    found = rate(told("USD", "EUR", "0.92"), told("USD", "EUR", "0.90", date(2026, 11, 26)))
    assert found == Exchange("USD", "EUR", Fraction("0.92"), FRIDAY, "ECB")


def test_at_the_weekend_fridays_rate_holds_and_says_so():
    assert rate(told("USD", "EUR", "0.92"), on=SATURDAY).on == FRIDAY


@pytest.mark.parametrize(("days", "found"), [(7, True), (0, False)])
def test_a_rate_is_used_for_so_many_days_and_no_longer(days, found):
    assert (rate(told("USD", "EUR", "0.92"), on=SATURDAY, days=days) is not None) is found


def test_a_rate_told_with_a_last_day_holds_through_it_and_not_a_day_longer():
    monthly = told("USD", "EUR", "0.93", date(2026, 11, 1), last=date(2026, 11, 30))
    assert rate(monthly, on=date(2026, 11, 30)).price == Fraction("0.93")
    assert rate(monthly, on=date(2026, 12, 1)) is None
    assert rate(monthly, on=date(2026, 10, 31)) is None


def test_a_later_rate_goes_before_that_of_the_month():
    monthly = told("USD", "EUR", "0.93", date(2026, 11, 1), last=date(2026, 11, 30))
    assert rate(monthly, told("USD", "EUR", "0.92")).price == Fraction("0.92")


def test_a_pair_told_the_other_way_round_is_turned_exactly():
    assert rate(told("EUR", "USD", "1.0876")).price == 1 / Fraction("1.0876")


def test_what_was_told_goes_before_its_reverse():
    assert rate(told("EUR", "USD", "1.1"), told("USD", "EUR", "0.92")).price == Fraction("0.92")
    assert rate(told("USD", "EUR", "0.92"), told("EUR", "USD", "1.1")).price == Fraction("0.92")


def test_two_rates_of_one_day_lead_over_a_third_currency():
    found = rate(told("EUR", "USD", "1.25"), told("EUR", "NOK", "11.5"), into="NOK")
    assert found == Exchange("USD", "NOK", Fraction("9.2"), FRIDAY, "ECB", "EUR")


def test_of_two_third_currencies_the_first_by_its_code_is_taken_and_sources_are_both_named():
    legs = (told("EUR", "USD", "1.25"), told("EUR", "NOK", "11.5", source="Norges Bank"))
    others = (told("GBP", "USD", "1.5"), told("GBP", "NOK", "14"))
    for facts in ((*legs, *others), (*others, *legs)):
        assert rate(*facts, into="NOK") == Exchange("USD", "NOK", Fraction("9.2"), FRIDAY, "ECB / Norges Bank", "EUR")


def test_rates_of_two_days_never_lead_over_a_third_currency():
    assert rate(told("EUR", "USD", "1.25"), told("EUR", "NOK", "11.5", date(2026, 11, 26)), into="NOK") is None


def test_no_rate_is_none_and_never_one():
    assert rate() is None
    assert rate(told("GBP", "EUR", "1.2")) is None


@pytest.mark.parametrize(
    ("amount", "into", "price", "comes_to"),
    [
        ("10.00", "JPY", "162.105", "1621"),
        ("-10.00", "JPY", "162.15", "-1622"),
        ("10.00", "KWD", "0.3335", "3.335"),
        ("0.01", "EUR", "0.4", "0.00"),
    ],
)
def test_amounts_are_turned_in_the_digits_of_their_currency(amount, into, price, comes_to):
    found = Exchange("USD", into, Fraction(price), FRIDAY, "ECB").turned(Money.of(amount, "USD"))
    assert found == Money.of(comes_to, into)


def sold(net, tax, sign=1):
    lines = [SoldLine(Money(sign * net, "USD"), Money(sign * tax, "USD"), "STD")]
    correction = None if sign > 0 else "o1"
    return intercompany_sale(
        supplier="xyz", customer="abc", cost_centre="abc-buy", lines=lines, reference="o1", correction_of=correction
    )


HALF = Exchange("USD", "EUR", Fraction(1, 2), FRIDAY, "ECB")


def test_what_rounding_leaves_goes_to_an_account_of_its_own_with_nothing_in_the_dealings_currency():
    _, bought = sold(1_001, 211)
    found = [(each.line.role, each.line.amount.minor, each.functional) for each in booked(bought, HALF)]
    assert found == [
        (Role.INTERCOMPANY_PURCHASE, 1_001, Money(501, "EUR")),
        (Role.INPUT_TAX, 211, Money(106, "EUR")),
        (Role.INTERCOMPANY_PAYABLE, -1_212, Money(-606, "EUR")),
        (Role.EXCHANGE_ROUNDING, 0, Money(-1, "EUR")),
    ]


def test_where_nothing_is_left_there_is_no_line_for_it():
    _, bought = sold(1_000, 210)
    assert [each.functional.minor for each in booked(bought, HALF)] == [500, 105, -605]


def test_any_number_of_returns_leaves_nothing_in_either_currency():
    chance = random.Random(7)
    for _ in range(200):
        net, tax = chance.randint(3, 99_999), chance.randint(0, 20_000)
        exchange = Exchange("USD", "EUR", Fraction(chance.randint(1, 30_000), 9_999), FRIDAY, "ECB")
        for entry, backwards in zip(sold(net, tax), (0, 1), strict=True):
            stands = standing({}, booked(entry, exchange))
            for part in ((net // 3, tax // 2), (net // 5, 0), None):
                gone = left(stands) if part is None else part
                if not any(gone):
                    continue
                back = sold(*gone, sign=-1)[backwards]
                lines = booked(back, exchange, stands)
                assert sum(each.functional.minor for each in lines) == 0
                stands = standing(stands, lines)
            assert {
                place: stood
                for place, stood in stands.items()
                if place[0] is not Role.EXCHANGE_ROUNDING and stood != Stood()
            } == {}


def standing(stands, lines):
    now = dict(stands)
    for each in lines:
        place = place_of(each.line)
        before = now.get(place, Stood())
        now[place] = Stood(before.amount + each.line.amount.minor, before.functional + each.functional.minor)
    return now


def left(stands):
    def of(*roles):
        return abs(sum(stood.amount for place, stood in stands.items() if place[0] in roles))

    return of(Role.INTERCOMPANY_REVENUE, Role.INTERCOMPANY_PURCHASE), of(Role.OUTPUT_TAX, Role.INPUT_TAX)


def test_two_lines_in_one_place_are_turned_together():
    half = PostingLine(Role.COST_RECOVERY, Money(-1, "USD"), counterparty="a")
    entry = Entry(
        "abc", EntryKind.CHARGEBACK, "o1", (half, half, PostingLine(Role.COST_CENTRE_CHARGE, Money(2, "USD")))
    )
    lines = booked(entry, Exchange("USD", "EUR", Fraction("0.5"), FRIDAY, "ECB"))
    assert [each.functional.minor for each in lines] == [-1, 0, 1]
