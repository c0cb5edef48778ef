"""Limits of a scheme where orders are written: counted, given back, carried over, and never overrun by two at once.

The machine costs 121.00 with tax, staff pay 90.75. The scheme's own allowance of 600.00 a year holds as well.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from tests.builders import AT, HOUSE, ON, committed
from tests.cast import MAYA, TOR
from tests.shop import given_item, given_the_house
from tests.trade.test_at_once import at_once

from inward.catalogue import operations as catalogue
from inward.catalogue import queries as known
from inward.core.pricing import Limit, Span, Wanted
from inward.core.pricing.allowances import CAME_BACK
from inward.core.terms import Money, Period
from inward.kit.writing import GateClosed
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.models import AllowanceUse, Order
from inward.trade.operations import AllowanceSpent, PastOrder, PriceChanged, place_orders_set_wise, set_wise

MONTH = f"{ON.year}-{ON.month:02d}"


def limit(house, *limits):
    """The staff scheme with these limits, from long before."""
    scheme = known.price_book().schemes["abc-staff"]
    since = date(ON.year - 1, 1, 1)
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=replace(scheme, period=Period(), limits=limits), valid_from=since)


def buy(house, pieces, *, at=AT, key="k"):
    by = house.actor(MAYA)
    lines = [Wanted("coffee-machine", pieces)]
    total = queries.quote_for(viewer=by, at=at, lines=lines).quote.total
    return trade.place_order(by=by, at=at, lines=lines, expected=total, key=f"{key}-{at}-{pieces}")


def counters():
    """{(what is counted, period): pieces}."""
    return {(row.counted, row.period): row.used_units for row in AllowanceUse.objects.all()}


def left(house, at=AT):
    """{limit: (pieces left, money left, next on)} as the buyer is told."""
    found = queries.allowances(viewer=house.actor(MAYA), at=at)
    return {view.limit.id: (view.units_left, view.money_left, view.next_on) for view in found}


def test_an_order_counts_on_every_limit_and_the_buyer_is_told_what_is_left(house):
    limit(house, Limit("month", Span.MONTH, units=3), Limit("order", Span.ORDER, units=2))
    receipt = buy(house, 2)
    assert receipt.total == Money.of("181.50", "EUR")
    assert counters() == {("", str(ON.year)): 2, ("month", MONTH): 2}
    first = date(ON.year + ON.month // 12, ON.month % 12 + 1, 1)
    assert left(house) == {
        "": (None, Money.of("418.50", "EUR"), date(ON.year + 1, 1, 1)),
        "month": (1, None, first),
        "order": (2, None, None),
    }
    assert Order.objects.get().allowances == [
        {"scheme": "abc-staff", "period": str(ON.year), "money": 18150, "units": 2},
        {
            "scheme": "abc-staff",
            "period": MONTH,
            "money": 18150,
            "units": 2,
            "limit": "month",
            "item": "",
            "offerings": ["coffee-machine"],
        },
    ]


def test_beyond_a_limit_the_rest_goes_at_the_ordinary_price(house):
    limit(house, Limit("month", Span.MONTH, units=1))
    assert buy(house, 2).total == Money.of("211.75", "EUR")
    assert counters()["month", MONTH] == 1


def test_what_is_called_off_or_comes_back_is_free_again_in_every_limit_it_was_counted_in(house):
    limit(house, Limit("each", Span.YEAR, units=4, each_item=True), Limit("window", Span.ROLLING, units=4, days=30))
    reference = buy(house, 3).reference
    tor = house.actor(TOR)
    trade.confirm_delivery(by=tor, at=AT, reference=reference, pieces={1: 2})
    trade.return_items(by=tor, at=AT, reference=reference, pieces={1: 1}, reason="broken")
    place = ("each:coffee-machine", str(ON.year))
    assert (counters()[place], counters()["window", ON.isoformat()], counters()["", str(ON.year)]) == (2, 2, 2)
    assert counters()["window", "ever"] == 3  # only ever grows: that is what two at once are guarded by
    other = buy(house, 1, key="other")
    trade.cancel_order(by=house.actor(MAYA), at=AT, reference=other.reference, reason="changed my mind")
    assert (counters()[place], counters()["window", ON.isoformat()], counters()["window", "ever"]) == (2, 2, 4)
    assert left(house)["window"] == (2, None, ON + timedelta(days=30))
    (apart,) = [v for v in queries.allowances(viewer=house.actor(MAYA), at=AT) if v.limit.id == "each"]
    assert (apart.item.name, apart.units_left) == ("Coffee machine", 2)


def test_of_two_items_that_count_by_themselves_only_the_one_that_came_back_is_free_again(house):
    given_item("grinder", "abc", "Grinder", "60.50", cost="20.00", category="coffee", includes_tax=True)
    limit(house, Limit("each", Span.YEAR, units=4, each_item=True))
    by, tor = house.actor(MAYA), house.actor(TOR)
    lines = [Wanted("coffee-machine", 1), Wanted("grinder", 1)]
    total = queries.quote_for(viewer=by, at=AT, lines=lines).quote.total
    reference = trade.place_order(by=by, at=AT, lines=lines, expected=total, key="two").reference
    trade.confirm_delivery(by=tor, at=AT, reference=reference)
    trade.return_items(by=tor, at=AT, reference=reference, pieces={2: 1}, reason="dull")
    year, back = str(ON.year), (f"{CAME_BACK}:grinder", ON.isoformat())
    assert counters() == {("", year): 1, ("each:coffee-machine", year): 1, ("each:grinder", year): 0, back: 1}


def test_what_was_given_back_can_be_bought_again_within_a_rolling_limit(house):
    limit(house, Limit("window", Span.ROLLING, units=2, days=30))
    first = buy(house, 2)
    assert buy(house, 1, key="full").total == Money.of("121.00", "EUR")
    trade.cancel_order(by=house.actor(MAYA), at=AT, reference=first.reference, reason="wrong colour")
    assert buy(house, 2, key="again").total == Money.of("181.50", "EUR")
    assert buy(house, 1, at=AT + timedelta(days=29), key="late").total == Money.of("121.00", "EUR")
    assert buy(house, 1, at=AT + timedelta(days=30), key="later").total == Money.of("90.75", "EUR")


def test_a_window_reaches_over_the_turn_of_the_year_and_carrying_over_as_well(house):
    limit(house, Limit("window", Span.ROLLING, units=1, days=90), Limit("year", Span.YEAR, units=2, carry_over=True))
    december = AT.replace(year=AT.year - 1, month=12, day=20)
    buy(house, 1, at=december)
    january = december + timedelta(days=30)
    assert buy(house, 1, at=january, key="jan").total == Money.of("121.00", "EUR")
    assert left(house, january)["window"] == (0, None, december.date() + timedelta(days=90))
    assert left(house, january)["year"][0] == 3  # two of its own, one carried over


def test_of_two_decisions_on_one_rest_only_one_is_written(house, monkeypatch):
    """The second was decided before the first was written: the gate, not the decision, keeps the limit."""
    limit(house, Limit("window", Span.ROLLING, units=2, days=30))
    stale = ()
    expected = Money.of("181.50", "EUR")
    buy(house, 1)
    monkeypatch.setattr(queries, "allowance_used", lambda *_, **__: stale)
    with pytest.raises(AllowanceSpent):
        trade.place_order(
            by=house.actor(MAYA), at=AT, lines=[Wanted("coffee-machine", 2)], expected=expected, key="stale"
        )
    assert counters()["window", ON.isoformat()] == 1


def test_what_was_carried_over_is_decided_anew_when_the_month_before_has_drawn_more(house, monkeypatch):
    limit(house, Limit("month", Span.MONTH, units=1, carry_over=True))
    before = AT.replace(day=1) - timedelta(days=1)
    buy(house, 1, at=before, key="before")
    true_used, told = queries.allowance_used, []

    def late(*args, **more):
        """The first look misses what was drawn in the month before."""
        told.append(1)
        return () if len(told) == 1 else true_used(*args, **more)

    monkeypatch.setattr(queries, "allowance_used", late)
    with pytest.raises(PriceChanged) as changed:
        trade.place_order(
            by=house.actor(MAYA),
            at=AT,
            lines=[Wanted("coffee-machine", 2)],
            expected=Money.of("181.50", "EUR"),
            key="k",
        )
    assert not isinstance(changed.value, AllowanceSpent)
    assert changed.value.decision.quote.total == Money.of("211.75", "EUR")
    assert ("month", MONTH) not in counters()


def test_many_past_orders_draw_on_limits_as_one_after_the_other_would(house):
    limit(
        house,
        Limit("window", Span.ROLLING, units=2, days=30),
        Limit("month", Span.MONTH, units=3, carry_over=True),
        Limit("order", Span.ORDER, units=2),
    )
    days = (0, 1, 40, 41, 80)
    lines = (Wanted("coffee-machine", 2),)
    start = AT - timedelta(days=100)
    orders = [PastOrder(house.actor(MAYA), start + timedelta(days=day), lines) for day in days]
    place_orders_set_wise(by=HOUSE, at=AT, orders=orders)
    together, totals = counters(), list(Order.objects.order_by("id").values_list("total_minor", flat=True))
    Order.objects.all()
    with connection.cursor() as cursor:
        for table in ("trade_orderstep", "trade_orderline", "trade_order", "trade_allowanceuse"):
            cursor.execute(f"DELETE FROM {table}")
    for order in orders:
        buy(house, 2, at=order.at, key="one")
    assert counters() == together
    assert list(Order.objects.order_by("id").values_list("total_minor", flat=True)) == totals
    assert totals == [18150, 24200, 18150, 24200, 18150]


def test_past_orders_are_decided_anew_when_somebody_else_draws_on_the_same_window(house, monkeypatch):
    limit(house, Limit("window", Span.ROLLING, units=9, days=30))
    buy(house, 1)
    monkeypatch.setattr(queries, "allowances_used", lambda *_: iter(()))  # always blind to what was drawn
    past = PastOrder(house.actor(MAYA), AT, (Wanted("coffee-machine", 1),))
    with pytest.raises(GateClosed) as closed:
        place_orders_set_wise(by=HOUSE, at=AT, orders=[past])
    assert closed.value.name == "allowance:abc-staff:ever:window"
    assert set_wise.ATTEMPTS == 3
    assert counters()["window", "ever"] == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_at_once_no_more_go_through_than_a_rolling_limit_lets(transactional_db):
    with committed():
        house = given_the_house()
        limit(house, Limit("window", Span.ROLLING, units=2, days=30))
        maya = house.actor(MAYA)
        lines, expected = [Wanted("coffee-machine", 1)], Money.of("90.75", "EUR")

        def one(key):
            return trade.place_order(by=maya, at=AT, lines=lines, expected=expected, key=key)

        outcomes = at_once(*(lambda key=key: one(key) for key in ("a", "b", "c", "d")))
        won = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
        assert len(won) == 2, outcomes
        assert all(isinstance(each, PriceChanged) for each in outcomes if isinstance(each, Exception)), outcomes
        assert (counters()["window", ON.isoformat()], Order.objects.count()) == (2, 2)
