"""A limit that is a share of net pay: as much as it lets through, in one reason that never says what somebody earns."""

from dataclasses import replace

import pytest
from tests.core.pricing.conftest import ON, book, by_rule, listed, money, scheme, staff_rule, world

from inward.core.pricing import Limit, NetPay, Span, Used, Wanted, quote
from inward.core.pricing.eligibility import HER_OWN
from inward.core.pricing.reading import limit as read_limit
from inward.core.terms import Fields, Rate, Refusal

TENTH = Rate.percent(10)


def shared(span=Span.MONTH, share=TENTH, **more):
    limit = Limit("pay", span, pay_share=share, **more)
    return book(listed(), staff_rule(), schemes=[scheme(limits=(limit,))])


def asked(found, pay, quantity=1, used=()):
    lines = [Wanted("machine", quantity)]
    return quote(world=world(), book=found, supplier="abc", customer="maya", on=ON, lines=lines, used=used, net_pay=pay)


def pieces(found, pay, quantity=5, used=()):
    parts = asked(found, pay, quantity, used).lines[0].parts
    return {part.basis.value: part.quantity for part in parts}


@pytest.mark.parametrize(
    ("pay", "staff"),
    [("2250.00", 3), ("2249.99", 2), ("750.00", 1), ("749.99", 0), ("0.00", 0)],
)
def test_as_many_pieces_go_at_staff_price_as_the_share_pays_for(pay, staff):
    found = pieces(shared(), NetPay(money(pay)))  # 75.00 a piece
    assert found == {name: count for name, count in (("staff", staff), ("list", 5 - staff)) if count}


def test_what_was_drawn_this_month_counts_and_an_order_counts_by_itself():
    used = [Used("staff", "2026-05", money("150.00"), 2, "pay")]
    pay = NetPay(money("2250.00"))
    assert pieces(shared(), pay, used=used) == {"staff": 1, "list": 4}
    assert pieces(shared(Span.ORDER), pay, used=used) == {"staff": 3, "list": 2}


def test_the_reason_says_that_it_is_reached_and_never_how_much():
    line = asked(shared(), NetPay(money("749.99"))).lines[0]
    (why,) = (each.why for each in line.trace if each.rule == "staff")
    assert (why.code, set(why.facts)) == ("limit_of_pay_reached", {"scheme", "span", "next_on"})
    assert why.code in HER_OWN


@pytest.mark.parametrize("units", [None, 4])
def test_of_whom_nobody_has_said_it_nothing_goes_at_staff_price(units):
    found = asked(shared(units=units), NetPay(None))
    assert by_rule(found.lines[0])["staff"] == ("not_applicable", "limit_of_pay_unknown")
    assert {"limit_of_pay_unknown"} <= HER_OWN
    assert found.allowances == ()


def test_left_aside_it_limits_nothing():
    assert pieces(shared(), None) == {"staff": 5}


def test_pieces_are_limited_beside_it():
    assert pieces(shared(units=2), NetPay(money("9999.00"))) == {"staff": 2, "list": 3}


def test_what_is_drawn_is_marked_as_telling_of_pay():
    own, drawn = asked(shared(), NetPay(money("2250.00"))).allowances
    assert (own.of_pay, drawn.of_pay, drawn.limit, drawn.money_left) == (False, True, "pay", money("150.00"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"span": Span.YEAR},
        {"span": Span.ROLLING, "days": 5},
        {"money": money("5.00")},
        {"carry_over": True},
        {"share": Rate.percent(0)},
        {"share": Rate.percent(101)},
    ],
)
def test_what_is_no_share_of_a_month_s_pay_is_refused(wrong):
    with pytest.raises(Refusal) as found:
        shared(**wrong)
    assert found.value.reason.code == "limit_pay_share_unfit"
    assert shared(share=Rate.percent(100))


def test_it_is_read_as_files_say_it():
    row = {"id": "pay", "span": "MONTH", "pay_percent": "12.5"}
    assert read_limit(Fields(row)) == Limit("pay", Span.MONTH, pay_share=Rate.percent("12.5"))
    assert replace(read_limit(Fields(row)), pay_share=None) == Limit("pay", Span.MONTH)
