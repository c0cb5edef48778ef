"""What leaves for analysis: each row with its columns, nothing twice, and nobody's name."""

from tests.builders import AT, HOUSE
from tests.cast import INES, RATNA
from tests.trade.test_budgets import office
from tests.trade.test_frames import agree, draw
from tests.trade.test_sharing import THIRDS, buy

from inward.parties import queries as parties
from inward.trade import exports
from inward.trade import operations as trade
from inward.trade.models import Order

__all__ = ["office"]


def exported(name):
    (export,) = [each for each in exports.EXPORTS if each.name == name]
    columns = [column.name for column in export.columns]
    return [dict(zip(columns, row, strict=True)) for row in export.rows()]


def test_a_standing_order_is_none_of_the_orders_that_are_summed_up_and_its_parts_are(office):
    reference = agree(office, 40)
    part = draw(office, reference, 4)
    standing = Order.objects.get(reference=reference)
    (order,) = exported("orders")
    assert (order["reference"], order["standing_order_id"], order["net_minor"]) == (
        part.reference,
        standing.pk,
        40_000,
    )
    assert [(row["order_id"], row["quantity"]) for row in exported("order_lines")] == [(order["id"], 4)]
    (agreed,) = exported("standing_orders")
    assert agreed | {"asked_at": None, "starts_on": None, "until": None, "offering_id": None} == {
        "id": standing.pk,
        "reference": reference,
        "asked_at": None,
        "state": "AGREED",
        "customer_id": parties.keys()["abc-it"],
        "supplier_id": standing.supplier_id,
        "cost_centre_id": parties.keys()["abc-it"],
        "offering_id": None,
        "quantity": 40,
        "ordered": 4,
        "rhythm": "BY_HAND",
        "each": None,
        "price": "TODAY",
        "starts_on": None,
        "until": None,
        "paused": False,
        "currency": "EUR",
        "net_minor": 400_000,
    }


def test_an_order_that_several_share_leaves_with_what_each_bears(office):
    reference = buy(office, 1, THIRDS)
    order = Order.objects.get(reference=reference)
    told = [(row["order_id"], row["position"], row["cost_centre_id"]) for row in exported("order_shares")]
    keys = parties.keys()
    assert sorted(told) == [
        (order.pk, 1, keys["abc-it"]),
        (order.pk, 2, keys["abc-marketing"]),
        (order.pk, 3, keys["abc-shops"]),
    ]
    assert sum(row["bears_minor"] for row in exported("order_shares")) == order.net_minor
    assert exported("orders")[0]["standing_order_id"] is None


def test_counts_leave_without_who_counted(house):
    trade.count_stock(by=HOUSE, at=AT, offering="widget-a", place="Oslo", pieces=5)
    reference = house.order(INES, ("widget-a", 2), customer="abc-it").reference
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=reference)
    moves = exported("stock_moves")
    assert [(row["place"], row["kind"], row["pieces"]) for row in moves] == [
        ("Oslo", "COUNTED", 5),
        ("Oslo", "HANDED_OVER", -2),
    ]
    assert "subject" not in moves[0]
