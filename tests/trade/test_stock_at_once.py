"""Several want the last pieces at the same moment: nobody gets what is not there, and whoever comes too late is told plainly."""

import pytest
from tests.builders import AT, HOUSE, committed
from tests.cast import INES, JONAS, MAYA, RATNA
from tests.shop import given_the_house
from tests.trade.test_at_once import at_once
from tests.trade.test_budgets_at_once import place

from inward.core.terms import Refusal
from inward.kit.models import Version
from inward.trade import budgets, waiting
from inward.trade import operations as trade
from inward.trade.models import Order, Stock, WaitingEnd, WaitingPlace

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(transactional_db):
    # The migration makes the row that orders hold; emptying the tables between tests that really commit took it away.
    Version.objects.get_or_create(name=budgets.VERSION, defaults={"number": 0})
    with committed():
        yield given_the_house()


def counted(pieces, where="Oslo"):
    trade.count_stock(by=HOUSE, at=AT, offering="widget-a", place=where, pieces=pieces)


def stands(where="Oslo"):
    """(what lies there, promised) at a place."""
    row = Stock.objects.get(place=where)
    return row.promised - row.short, row.promised


def test_two_people_want_the_last_piece_and_one_gets_it(house):
    counted(10)
    ines = house.actor(INES, acting_for="abc-it")
    outcomes = at_once(*(lambda key=key: place(ines, key) for key in ("a", "b")))
    assert [each.reason.code for each in outcomes if isinstance(each, Refusal)] == ["stock_none"], outcomes
    assert (Order.objects.count(), stands()) == (1, (10, 10))


def test_many_orders_at_once_take_what_is_there_at_every_place_and_no_more(house):
    counted(20)
    counted(10, "Stavanger")
    ines = house.actor(INES, acting_for="abc-it")
    outcomes = at_once(*(lambda key=key: place(ines, key) for key in "abcdef"))
    late = [each.reason.code for each in outcomes if isinstance(each, Refusal)]
    assert set(late) <= {"stock_none", "stock_moved"}, outcomes
    assert Order.objects.count() == 6 - len(late)
    promised = stands()[1] + stands("Stavanger")[1]
    assert promised == 10 * Order.objects.count() <= 30


def test_a_count_and_orders_and_hand_overs_at_once_lose_nothing(house):
    counted(100)
    ines, ratna = house.actor(INES, acting_for="abc-it"), house.actor(RATNA)
    first, second = place(ines, "first"), place(ines, "second")
    outcomes = at_once(
        lambda: counted(200),
        *(lambda key=key: place(ines, key) for key in ("a", "b")),
        lambda: trade.confirm_delivery(by=ratna, at=AT, reference=first.reference),
        lambda: trade.cancel_order(by=ines, at=AT, reference=second.reference, reason="Found some."),
    )
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    # Handed over before the count was written, or after it: both are true, and nothing but that differs.
    assert stands() in {(200, 20), (190, 20)}


def test_what_is_given_back_goes_to_who_waits_whoever_comes_by_at_that_moment(house):
    counted(10)
    ines = house.actor(INES, acting_for="abc-it")
    first = place(ines, "first")
    for part in (MAYA, JONAS):
        trade.join_waiting(by=house.actor(part), at=AT, offering="widget-a", pieces=5)
    outcomes = at_once(
        lambda: trade.cancel_order(by=ines, at=AT, reference=first.reference, reason="Cannot come."),
        *(lambda key=key: place(ines, key, 5) for key in ("a", "b", "c")),
    )
    late = [each.reason.code for each in outcomes if isinstance(each, Refusal)]
    assert len(late) == 3, outcomes
    assert set(late) <= {"stock_none", "stock_moved"}
    assert WaitingPlace.objects.filter(stock__isnull=False).count() == 2
    assert stands() == (10, 10)


def test_joining_leaving_and_giving_back_at_once_leaves_nothing_held_for_nobody(house):
    counted(10)
    counted(0, "Stavanger")
    ines = house.actor(INES, acting_for="abc-it")
    first = place(ines, "first")
    trade.join_waiting(by=house.actor(MAYA), at=AT, offering="widget-a", pieces=10)
    outcomes = at_once(
        lambda: trade.cancel_order(by=ines, at=AT, reference=first.reference, reason="Cannot come."),
        lambda: trade.leave_waiting(by=house.actor(MAYA), at=AT, offering="widget-a"),
        lambda: trade.join_waiting(by=house.actor(JONAS), at=AT, offering="widget-a", pieces=10),
        lambda: counted(1, "Stavanger"),
    )
    assert [each for each in outcomes if isinstance(each, Exception) and not isinstance(each, Refusal)] == []
    held = sum(place.pieces for place in waiting.open_places().exclude(stock=None))
    assert stands()[1] + stands("Stavanger")[1] == held
    joined = WaitingPlace.objects.filter(person__code=JONAS.code).first()
    # He waits and has it held, or it could be ordered when he came: never does he wait for what is free.
    assert joined is None or joined.stock is not None


def test_an_order_and_the_end_of_her_days_at_once_never_both_win(house):
    counted(10)
    ines = house.actor(INES, acting_for="abc-it")
    first = place(ines, "first")
    trade.join_waiting(by=ines, at=AT, offering="widget-a", pieces=10)
    trade.cancel_order(by=ines, at=AT, reference=first.reference, reason="Cannot come.")
    WaitingPlace.objects.update(until=AT.date().replace(year=2026, month=1, day=2))
    outcomes = at_once(lambda: place(ines, "second"), lambda: trade.lapse_waiting(by=HOUSE, at=AT))
    (end,) = WaitingEnd.objects.all()
    # Where the days were over first, the order is decided anew and takes what is free again.
    assert (end.kind, stands()) in {("TAKEN", (10, 10)), ("LAPSED", (10, 10)), ("LAPSED", (10, 0))}, outcomes
