"""A warehouse's list of what was handed over: per line and quantity, each delivery note once, all rows or the good ones."""

import pytest
from tests.builders import AT, HOUSE, nothing_written
from tests.cast import INES, MAYA, TOR
from tests.shop import given_item

from inward.core.terms import Refusal
from inward.kit import imports
from inward.kit.actor import NOBODY
from inward.kit.intake import Row
from inward.kit.policy import Refused
from inward.trade import operations as trade
from inward.trade.models import Order, OrderStep
from inward.trade.vocabulary import OrderState


@pytest.fixture
def orders(house):
    """Ines ordered six and four of two things for IT, and Maya one for herself; Tor serves for the supplier of all three."""
    given_item("lamp", "abc", "Lamp", "40.00", cost="20.00")
    first = house.order(INES, ("coffee-machine", 6), ("lamp", 4), customer="abc", key="a").reference
    second = house.order(MAYA, ("coffee-machine", 1), key="b").reference
    return house, Order.objects.get(reference=first), Order.objects.get(reference=second)


def row(order, line, pieces, note="N-1", number=True):
    named = str(order.number) if number else order.reference
    return {"order": named, "line": str(line), "handed_over": str(pieces), "delivery_note": note}


def brought(house, *rows, by=None, **more):
    tables = {"hand_overs": [Row("list.csv", n, each) for n, each in enumerate(rows, 2)]}
    return trade.import_hand_overs(by=by or house.actor(TOR), at=AT, tables=tables, **more)


def delivered(order):
    return [line.delivered for line in order.lines.order_by("position")]


def wrong(report):
    return [(each.line, each.column, each.reason.code) for each in report.report.problems]


def test_each_note_of_an_order_is_one_hand_over_and_says_so_once_however_often_the_list_comes(orders):
    house, one, two = orders
    rows = (row(one, 1, 2), row(one, 2, 1), row(one, 1, 1), row(two, 1, 1, number=False), row(one, 1, 1, "N-2"))
    with nothing_written():
        assert not brought(house, *rows, dry_run=True).written
    report = brought(house, *rows)
    assert (wrong(report), report.added, report.written) == ([], 3, True)
    assert (delivered(one), delivered(two)) == ([4, 1], [1])
    assert [Order.objects.get(pk=each.pk).state for each in (one, two)] == ["PARTLY_DELIVERED", "DELIVERED"]
    facts = OrderStep.objects.filter(order=one, kind="DELIVERED").order_by("id").values_list("facts", flat=True)
    assert list(facts) == [
        {"pieces": {"1": 3, "2": 1}, "delivery_note": "N-1"},
        {"pieces": {"1": 1}, "delivery_note": "N-2"},
    ]
    for by in (TOR, None):  # nor by anybody else
        again = brought(house, *rows, by=HOUSE if by is None else house.actor(by))
        assert (again.added, delivered(one), delivered(two)) == (0, [4, 1], [1])


def test_a_row_that_cannot_be_keeps_all_out_or_itself_and_its_note(orders):
    house, one, two = orders
    rows = (
        row(one, 3, 1),  # no such line
        row(one, 1, 0),
        {**row(two, 1, 1), "order": "999999"},
        row(one, 1, 6, "N-2"),
        row(one, 2, 5, "N-2"),  # more than is open: the whole note stays out
        row(two, 1, 1, "N-3"),
    )
    expected = [
        (2, "line", "id_unknown"),
        (3, "handed_over", "nothing_chosen"),
        (4, "order", "id_unknown"),
        (6, "line 2", "more_than_ordered"),
    ]
    with nothing_written():
        report = brought(house, *rows)
    assert (wrong(report), report.report.good, report.written) == (expected, 1, False)
    report = brought(house, *rows, good_rows=True)
    assert (wrong(report), report.added, delivered(one), delivered(two)) == (expected, 1, [0, 0], [1])


def test_a_note_that_said_otherwise_is_refused_and_the_same_one_is_not_noted_twice(orders):
    house, one, _two = orders
    said = {"by": house.actor(TOR), "at": AT, "reference": one.reference, "delivery_note": " N  9 "}
    assert trade.confirm_delivery(pieces={1: 2}, **said) is OrderState.PARTLY_DELIVERED
    with nothing_written():
        assert trade.confirm_delivery(pieces={1: 2}, **said) is OrderState.PARTLY_DELIVERED
        for pieces in ({1: 3}, None):
            with pytest.raises(Refusal) as refused:
                trade.confirm_delivery(pieces=pieces, **said)
            assert refused.value.reason.code == "delivery_note_used"
        with pytest.raises(Refusal) as refused:
            trade.confirm_delivery(pieces={1: 1}, **said | {"delivery_note": "x" * 81})
        assert refused.value.reason.code == "text_too_long"
    assert delivered(one) == [2, 0]


def test_whoever_serves_nobody_brings_none_and_one_that_serves_nothing_on_her_own_order(orders):
    house, one, _two = orders
    with nothing_written(), pytest.raises(Refused):
        brought(house, row(one, 1, 1), by=house.actor(MAYA))
    sort = imports._sorts["hand_overs"]
    assert [bool(sort.may(who, AT.date())) for who in (house.actor(TOR), house.actor(MAYA), NOBODY)] == [
        True,
        False,
        False,
    ]
    assert [bool(sort.sees_all(who, AT.date())) for who in (HOUSE, house.actor(TOR))] == [True, False]
    with pytest.raises(Refusal) as refused, sort.undone(by=HOUSE, at=AT, added={}):
        pass
    assert refused.value.reason.code == "hand_overs_stay"
