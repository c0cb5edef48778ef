"""Limits of a scheme: in an order, a month, a quarter, a year, the last so many days; of all, of a category, of each item."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.pricing.conftest import ON, asked, book, by_rule, item, listed, money, scheme, staff_rule, work, world

from inward.core.classification import WorkKind
from inward.core.pricing import Limit, Span, Target, TargetKind, Used, Wanted, quote
from inward.core.pricing.allowances import Allowances
from inward.core.pricing.limits import EVER, before, leaves_on, next_first, period_of, window
from inward.core.pricing.reading import price_book
from inward.core.terms import Period, Refusal

KITCHEN = Target(TargetKind.CATEGORY, "kitchen")


def limited(*limits, **more):
    """A book with a machine of 100.00 and a kettle of 40.00, a quarter off, and these limits."""
    return book(
        listed(),
        listed("40.00", "kettle"),
        staff_rule(),
        offerings=[item(), item("kettle", category="kitchen")],
        categories={"kitchen": None},
        schemes=[scheme(limits=limits, **more)],
    )


def parts(quoted, line=0):
    return [(part.quantity, part.rule) for part in quoted.lines[line].parts]


def why(quoted, line=0):
    return next(each.why for each in quoted.lines[line].trace if each.rule == "staff")


def left(quoted):
    return {each.limit: (each.period, each.units_left, each.money_left, each.next_on) for each in quoted.allowances}


def test_no_more_pieces_than_the_limit_of_an_order_go_at_staff_price_and_the_next_order_begins_anew():
    prices = limited(Limit("order", Span.ORDER, units=2))
    first = asked(prices, quantity=3)
    assert parts(first) == [(2, "staff"), (1, "list-machine")]
    assert left(first)["order"] == ("", 0, None, None)
    assert parts(asked(prices, quantity=2, used=[Used("staff", "", None, 2, "order")])) == [(2, "staff")]


def test_the_limit_of_an_order_counts_all_its_lines():
    prices = limited(Limit("order", Span.ORDER, money=money("100")))
    quoted = quote(
        world=world(),
        book=prices,
        supplier="abc",
        customer="maya",
        on=ON,
        lines=[Wanted("machine", 1), Wanted("kettle", 1)],
    )
    assert parts(quoted, 1) == [(1, "list-kettle")]
    assert (why(quoted, 1).code, dict(why(quoted, 1).items)) == (
        "limit_reached",
        {"scheme": "staff", "span": "ORDER", "most": money("100")},
    )


@pytest.mark.parametrize(
    ("span", "period", "next_on"),
    [
        (Span.MONTH, "2026-05", date(2026, 6, 1)),
        (Span.QUARTER, "2026-Q2", date(2026, 7, 1)),
        (Span.YEAR, "2026", date(2027, 1, 1)),
    ],
)
def test_what_was_drawn_in_the_same_part_of_the_calendar_counts_and_the_refusal_says_when_more_is_left(
    span, period, next_on
):
    prices = limited(Limit("few", span, units=2))
    used = [Used("staff", period, None, 1, "few"), Used("staff", "2025", None, 9, "few")]
    assert parts(asked(prices, quantity=2, used=used)) == [(1, "staff"), (1, "list-machine")]
    assert left(asked(prices, used=used))["few"] == (period, 0, None, next_on)
    refused = asked(prices, used=[Used("staff", period, None, 2, "few")])
    assert by_rule(refused.lines[0])["staff"] == ("not_applicable", "limit_reached")
    assert dict(why(refused).items) == {"scheme": "staff", "span": span.value, "pieces": 2, "next_on": next_on}


def test_a_rolling_limit_counts_the_day_itself_and_those_before_it_and_nothing_older():
    prices = limited(Limit("window", Span.ROLLING, units=2, days=30))
    inside, older = Used("staff", "2026-04-05", None, 1, "window"), Used("staff", "2026-04-04", None, 5, "window")
    quoted = asked(prices, quantity=2, used=[inside, older, Used("staff", EVER, None, 9, "window")])
    assert parts(quoted) == [(1, "staff"), (1, "list-machine")]
    assert left(quoted)["window"] == ("2026-05-04", 0, None, date(2026, 5, 5))
    drawn = next(each for each in quoted.allowances if each.limit == "window")
    assert (drawn.seen.units, drawn.offerings) == (9, ("machine",))
    refused = asked(prices, used=[Used("staff", "2026-05-04", None, 2, "window")])
    assert dict(why(refused).items) == {"scheme": "staff", "days": 30, "pieces": 2, "next_on": date(2026, 6, 3)}
    assert why(refused).code == "limit_reached_rolling"


def test_a_fresh_rolling_limit_says_when_what_is_drawn_today_leaves_it():
    quoted = asked(limited(Limit("window", Span.ROLLING, money=money("200"), days=7)))
    assert left(quoted)["window"] == ("2026-05-04", None, money("125"), date(2026, 5, 11))


def test_each_item_counts_apart_where_the_limit_says_so():
    prices = limited(Limit("one", Span.YEAR, units=1, each_item=True))
    used = [Used("staff", "2026", None, 1, "one", "machine")]
    assert parts(asked(prices, used=used)) == [(1, "list-machine")]
    quoted = asked(prices, code="kettle", used=used)
    assert parts(quoted) == [(1, "staff")]
    assert [(each.limit, each.item) for each in quoted.allowances] == [("", ""), ("one", "kettle")]


def test_a_limit_of_a_category_leaves_other_things_alone():
    prices = limited(Limit("kitchen", Span.YEAR, units=0, target=KITCHEN))
    assert parts(asked(prices, code="kettle")) == [(1, "list-kettle")]
    quoted = asked(prices)
    assert parts(quoted) == [(1, "staff")]
    assert [each.limit for each in quoted.allowances] == [""]


def test_all_limits_hold_at_once_and_the_narrowest_decides():
    prices = limited(
        Limit("month", Span.MONTH, money=money("160")), Limit("year", Span.YEAR, units=9), allowance_units=5
    )
    quoted = asked(prices, quantity=5)
    assert parts(quoted) == [(2, "staff"), (3, "list-machine")]
    assert {key: value[1:3] for key, value in left(quoted).items()} == {
        "": (3, None),
        "month": (None, money("10")),
        "year": (7, None),
    }


def test_what_was_left_of_the_month_before_is_carried_over_once_and_only_its_own_amount():
    prices = limited(Limit("month", Span.MONTH, units=2, carry_over=True))
    used = [Used("staff", "2026-04", None, 1, "month")]
    quoted = asked(prices, quantity=4, used=used)
    assert parts(quoted) == [(3, "staff"), (1, "list-machine")]
    assert next(each for each in quoted.allowances if each.limit == "month").seen.units == 1
    assert parts(asked(prices, quantity=4, used=[Used("staff", "2026-04", None, 3, "month")]))[0] == (2, "staff")
    assert parts(asked(prices, quantity=9)) == [(4, "staff"), (5, "list-machine")]


def test_money_is_carried_over_to_the_cent():
    prices = limited(Limit("quarter", Span.QUARTER, money=money("100"), carry_over=True))
    used = [Used("staff", "2026-Q1", money("75.50"), 1, "quarter")]
    assert left(asked(prices, used=used))["quarter"][2] == money("49.50")
    assert left(asked(prices))["quarter"][2] == money("125")


def test_nothing_is_carried_over_to_somebody_who_was_not_there_in_the_month_before():
    prices = limited(Limit("month", Span.MONTH, units=2, carry_over=True))
    house = world(work("gry", since=date(2026, 5, 1)), work("kai", kind=WorkKind.RETIREE, number=2))
    assert parts(asked(prices, "gry", quantity=4, house=house))[0] == (2, "staff")


def test_nothing_is_carried_over_from_before_the_limit_or_the_scheme_began():
    first = scheme(period=Period(None, date(2026, 5, 1)))
    second = scheme(period=Period(date(2026, 5, 1)), limits=(Limit("month", Span.MONTH, units=2, carry_over=True),))
    prices = book(listed(), staff_rule(), schemes=[first, second])
    assert parts(asked(prices, quantity=4))[0] == (2, "staff")
    begun = scheme(period=Period(date(2026, 5, 1)), limits=(Limit("month", Span.MONTH, units=2, carry_over=True),))
    assert parts(asked(book(listed(), staff_rule(), schemes=[begun]), quantity=4))[0] == (2, "staff")


def test_nothing_is_carried_over_from_a_limit_of_that_name_that_counted_in_another_span():
    old, new = Limit("few", Span.YEAR, units=9), Limit("few", Span.MONTH, units=2, carry_over=True)
    halves = (Period(None, date(2026, 5, 1)), Period(date(2026, 5, 1)))
    schemes = [scheme(period=period, limits=(limit,)) for period, limit in zip(halves, (old, new), strict=True)]
    assert parts(asked(book(listed(), staff_rule(), schemes=schemes), quantity=4))[0] == (2, "staff")


def test_nothing_is_carried_over_to_somebody_who_had_not_worked_long_enough_in_the_month_before():
    prices = limited(Limit("month", Span.MONTH, units=2, carry_over=True), tenure_months=3)
    house = world(work("gry", since=date(2026, 2, 4)), work("kai", kind=WorkKind.RETIREE, number=2))
    assert parts(asked(prices, "gry", quantity=4, house=house))[0] == (2, "staff")


def test_more_used_than_the_limit_lets_through_leaves_nothing_and_takes_nothing_from_what_comes_after():
    prices = limited(Limit("month", Span.MONTH, units=2))
    assert parts(asked(prices, quantity=2, used=[Used("staff", "2026-05", None, 5, "month")])) == [(2, "list-machine")]
    prices = limited(Limit("quarter", Span.QUARTER, money=money("100"), carry_over=True))
    used = [Used("staff", "2026-Q1", money("175"), 2, "quarter")]
    assert left(asked(prices, used=used))["quarter"][2] == money("25")


def test_of_several_draws_the_first_to_leave_a_rolling_limit_says_when_there_is_more():
    prices = limited(Limit("window", Span.ROLLING, units=2, days=30))
    used = [Used("staff", f"2026-04-{day}", None, 1, "window") for day in (20, 10)]
    assert dict(why(asked(prices, used=used)).items)["next_on"] == date(2026, 5, 10)


def test_what_was_drawn_in_a_currency_that_the_limit_had_before_hinders_nobody():
    kroner = type(money("1")).of("50", "NOK")
    prices = limited(Limit("month", Span.MONTH, money=money("100")))
    assert parts(asked(prices, used=[Used("staff", "2026-04", kroner, 1, "month")])) == [(1, "staff")]
    prices = limited(Limit("month", Span.MONTH, money=money("100"), carry_over=True))
    assert left(asked(prices, used=[Used("staff", "2026-04", kroner, 1, "month")]))["month"][2] == money("25")
    prices = limited(Limit("window", Span.ROLLING, money=money("100"), days=30))
    used = [Used("staff", period, kroner, 1, "window") for period in ("2026-04-10", "ever")]
    assert left(asked(prices, used=used))["window"][2] == money("25")
    with pytest.raises(Refusal, match="allowance_currency"):  # a counter holds one currency
        asked(
            limited(Limit("month", Span.MONTH, money=money("100"))), used=[Used("staff", "2026-05", kroner, 1, "month")]
        )


def test_a_rolling_limit_of_pieces_counts_them_whatever_they_cost_in():
    window_ = Limit("window", Span.ROLLING, units=3, days=30)
    prices = limited(window_)
    spent = [money("75"), type(money("1")).of("50", "NOK"), money("75"), None]
    used = [Used("staff", f"2026-04-2{day}", paid, 1, "window") for day, paid in enumerate(spent)]
    assert parts(asked(prices, quantity=2, used=used[1:2])) == [(2, "staff")]
    assert parts(asked(prices, quantity=2, used=used)) == [(2, "list-machine")]
    told = Allowances.of(prices, used, on=ON).used(prices.schemes["staff"], window_)
    assert (told.units, told.money) == (4, money("150"))


def test_money_of_another_currency_is_never_carried_over():
    old = Limit("month", Span.MONTH, money=type(money("1")).of("100", "NOK"), carry_over=True)
    new = Limit("month", Span.MONTH, money=money("100"), carry_over=True)
    prices = book(
        listed(),
        staff_rule(),
        schemes=[
            scheme(period=Period(None, date(2026, 5, 1)), limits=(old,)),
            scheme(period=Period(date(2026, 5, 1)), limits=(new,)),
        ],
    )
    assert left(asked(prices))["month"][2] == money("25")


def test_a_price_in_another_currency_than_used_before_is_counted_in_its_own():
    quoted = asked(limited(), used=[Used("staff", "2026", type(money("1")).of("5", "NOK"), 1)])
    assert quoted.allowances[0].money == money("75")


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        (Limit("Bad name", Span.YEAR, units=1), "limit_id_unfit"),
        (Limit("", Span.YEAR, units=1), "limit_id_unfit"),
        (Limit("few", Span.YEAR), "limit_without_amount"),
        (Limit("few", Span.YEAR, units=-1), "price_negative"),
        (Limit("few", Span.YEAR, money=money("-1")), "price_negative"),
        (Limit("few", Span.ROLLING, units=1), "limit_days_missing"),
        (Limit("few", Span.ROLLING, units=1, days=3661), "limit_days_missing"),
        (Limit("few", Span.MONTH, units=1, days=3), "limit_days_of_rolling"),
        (Limit("few", Span.ORDER, units=1, carry_over=True), "limit_carries_periods"),
        (Limit("few", Span.ROLLING, units=1, days=3, carry_over=True), "limit_carries_periods"),
        (Limit("few", Span.YEAR, units=1, target=Target(TargetKind.CATEGORY, "boats")), "unknown_category"),
    ],
)
def test_a_limit_that_cannot_be_true_is_refused_at_the_door(limit, code):
    with pytest.raises(Refusal) as refused:
        limited(limit)
    assert (refused.value.reason.code, refused.value.where) == (code, "scheme staff")


def test_what_was_used_is_told_by_limit_and_by_item():
    apart, month = Limit("one", Span.YEAR, units=1, each_item=True), Limit("month", Span.MONTH, units=3)
    prices = limited(apart, month)
    used = [Used("staff", "2026", None, 1, "one", "machine"), Used("staff", "2026-05", None, 2, "month")]
    counted = Allowances.of(prices, used, on=ON)
    known = prices.schemes["staff"]
    assert list(counted.counts(known, apart)) == ["machine"]
    assert list(counted.counts(known, month)) == []
    assert [counted.used(known, apart, code).units for code in ("machine", "kettle")] == [1, 0]
    assert (counted.used(known, month).units, counted.room(known, month).units_left) == (2, 1)
    assert counted.drawn() == ()


def test_two_limits_of_one_name_are_refused():
    with pytest.raises(Refusal) as refused:
        limited(Limit("few", Span.YEAR, units=1), Limit("few", Span.MONTH, units=1))
    assert refused.value.reason.code == "id_twice"


def test_a_book_knows_how_far_back_its_limits_look():
    assert limited().reach == 0
    assert limited(Limit("few", Span.YEAR, units=1)).reach == 0
    assert limited(Limit("window", Span.ROLLING, units=1, days=90)).reach == 90
    assert limited(Limit("few", Span.MONTH, units=1, carry_over=True)).reach == 366


def test_limits_are_read_from_a_list_or_from_the_cell_of_a_table():
    plain = {"id": "month", "span": "month", "money": "200", "currency": "EUR", "carry_over": True}
    window_ = {"id": "w", "span": "ROLLING", "units": 3, "days": 30, "target_kind": "CATEGORY", "target": "kitchen"}
    expected = (
        Limit("month", Span.MONTH, money("200"), carry_over=True),
        Limit("w", Span.ROLLING, units=3, target=KITCHEN, days=30),
    )
    cell = json.dumps([plain | {"span": "MONTH"}, window_])
    for told in ([plain, window_], cell):
        read = price_book(_tables(limits=told))
        assert read.schemes["s"].limits == expected
    assert price_book(_tables(limits="  ")).schemes["s"].limits == ()
    assert price_book(_tables(limits=[])).schemes["s"].limits == ()


@pytest.mark.parametrize(
    ("limits", "code", "where"),
    [
        ("{", "cell_not_json", "schemes[0].limits"),
        ([{"id": "x", "span": "YEAR", "unit": 3}], "field_unknown", "schemes[0].limits[0].unit"),
        ([{"id": "x", "span": "YEAR", "money": "1.001", "currency": "EUR"}], "amount_too_fine", "schemes[0].limits[0].money"),
    ],
)  # fmt: skip
def test_a_limit_that_cannot_be_read_is_refused_where_it_stands(limits, code, where):
    with pytest.raises(Refusal) as refused:
        price_book(_tables(limits=limits))
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def _tables(**more):
    return {"schemes": [{"id": "s", "supplier": "abc", **more}], "categories": [{"id": "kitchen"}]}


def test_the_calendar_has_a_beginning_and_an_end():
    year, window_ = Limit("y", Span.YEAR, units=1), Limit("w", Span.ROLLING, units=1, days=30)
    assert next_first(year, date.max) is None
    assert next_first(window_, ON) is None
    assert before(year, date(1, 5, 4)) is None
    assert before(window_, ON) is None
    assert window(window_, date(1, 1, 5)) == date.min
    assert leaves_on(window_, date.max) is None
    assert period_of(Limit("o", Span.ORDER, units=1), ON) == ""
    assert period_of(year, date(26, 5, 4)) == "0026"
    assert period_of(Limit("q", Span.QUARTER, units=1), date(2026, 12, 31)) == "2026-Q4"
    assert before(Limit("q", Span.QUARTER, units=1, carry_over=True), date(2026, 1, 1)).period == "2025-Q4"
    carrying = limited(Limit("y", Span.YEAR, units=1, carry_over=True))
    assert parts(asked(carrying, quantity=2, on=date(1, 5, 4), house=world(work("maya", since=None, number=2)))) == [
        (1, "staff"),
        (1, "list-machine"),
    ]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 4)), max_size=12), st.integers(1, 20), st.integers(1, 5))
def test_no_run_of_orders_ever_draws_more_than_a_rolling_limit_within_its_days(orders, days, most):
    prices = limited(Limit("window", Span.ROLLING, units=most, days=days))
    used: dict[str, int] = {}
    for offset, quantity in sorted(orders):
        on = date.fromordinal(ON.toordinal() + offset)
        known = [Used("staff", period, None, units, "window") for period, units in used.items()]
        taken = sum(
            part.quantity for part in asked(prices, quantity=quantity, on=on, used=known).lines[0].parts if part.scheme
        )
        used[on.isoformat()] = used.get(on.isoformat(), 0) + taken
    for offset in range(61):
        last = ON.toordinal() + offset
        within = (date.fromordinal(day).isoformat() for day in range(last - days + 1, last + 1))
        assert sum(used.get(day, 0) for day in within) <= most
