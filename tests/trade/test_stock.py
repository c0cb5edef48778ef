"""Counted items: held by an order in its own write, given back with it, told when they are gone, and a history that only grows."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.db.models import Sum
from tests.builders import AT, HOUSE, ON, nothing_written
from tests.cast import HENK, INES, MAYA, RATNA, SITI, TOR
from tests.shop import given_item

from inward.catalogue import operations as catalogue
from inward.core.pricing import Wanted
from inward.core.running import Every, Plan, RunningKind
from inward.core.terms import Refusal
from inward.kit import versions
from inward.kit.actor import NOBODY
from inward.kit.intake import Row, RowProblem
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import savepoint, transaction
from inward.kit.undoing import Journal
from inward.kit.writing import GateClosed
from inward.trade import operations as trade
from inward.trade import policy, queries, shelves, stock
from inward.trade.models import Order, OrderLine, Stock, StockMove
from inward.trade.operations import placing
from inward.trade.operations import stock as acts
from inward.trade.receiving import Came
from inward.trade.shelves import Available, Counted, Shelf
from inward.trade.vocabulary import Fault, StockMoveKind

SOON = ON + timedelta(days=10)


def counted(pieces, offering="widget-a", place="Oslo", **more):
    return trade.count_stock(by=HOUSE, at=AT, offering=offering, place=place, pieces=pieces, **more)


def stands(offering="widget-a", place="Oslo"):
    """(what lies there, promised, left) of an item at a place; its history always sums up to what lies there."""
    row = Stock.objects.get(offering__code=offering, place=place)
    told = StockMove.objects.filter(offering__code=offering, place=place).aggregate(pieces=Sum("pieces"))["pieces"]
    there = row.promised - row.short
    assert (told or 0) == there
    return there, row.promised, max(0, -row.short)


def buy(house, pieces=2, *, offering="widget-a", part=INES, customer="abc-it", key="first"):
    return house.order(part, (offering, pieces), customer=customer, key=key).reference


def refused(act, *args, **more):
    with pytest.raises(Refusal) as caught:
        act(*args, **more)
    return caught.value.reason


def test_an_order_holds_its_pieces_and_handing_over_takes_them_from_what_lies_there(house):
    counted(5)
    reference = buy(house)
    assert stands() == (5, 2, 3)
    line = OrderLine.objects.get(order__reference=reference)
    assert (line.stock.place, queries.order(viewer=HOUSE, at=AT, reference=reference).lines[0].place) == (
        "Oslo",
        "Oslo",
    )
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=reference, pieces={1: 1})
    assert stands() == (4, 1, 3)
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Enough.")
    assert stands() == (4, 0, 4)
    moves = StockMove.objects.order_by("id").values_list("kind", "pieces", "order__reference")
    assert list(moves) == [("COUNTED", 5, None), ("HANDED_OVER", -1, reference)]


def test_what_is_not_counted_is_ordered_as_before_and_holds_nothing(house, django_assert_num_queries):
    counted(1, "coffee-machine")
    reference = buy(house)
    assert OrderLine.objects.get(order__reference=reference).stock is None
    with versions.seen_once():
        versions.seen(stock.VERSION)  # what every request asks once, for all versions together
        with django_assert_num_queries(0):
            assert stock.left_of(["widget-a"]) == {}
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=reference)
    trade.return_items(by=house.actor(RATNA), at=AT, reference=reference, pieces={1: 2}, reason="Wrong ones.")
    assert StockMove.objects.count() == 1
    assert stands("coffee-machine") == (1, 0, 1)


def test_more_than_is_left_is_refused_with_what_is_left_and_nothing_is_written(house):
    counted(3)
    with nothing_written():
        reason = refused(buy, house, 4)
    assert (reason.code, dict(reason.facts)) == ("stock_short", {"offering": "Widget A", "left": 3, "quantity": 4})
    buy(house, 3)
    assert refused(buy, house, 1, key="next").code == "stock_none"
    counted(3, expected=SOON)
    reason = refused(buy, house, 1, key="next")
    assert (reason.code, dict(reason.facts)) == ("stock_none_until", {"offering": "Widget A", "expected": SOON})
    assert stands() == (3, 3, 0)


def test_two_lines_of_one_item_hold_no_more_than_is_left(house):
    counted(3)
    by = house.actor(INES, acting_for="abc-it")
    lines = [Wanted("widget-a", 2), Wanted("widget-a", 2)]
    view = queries.quote_for(viewer=by, at=AT, lines=lines)
    assert (view.missing.code, view.stock["widget-a"].left) == ("stock_short", 3)
    reason = refused(trade.place_order, by=by, at=AT, lines=lines, expected=view.quote.total, key="k")
    assert dict(reason.facts) == {"offering": "Widget A", "left": 1, "quantity": 2}
    counted(4)
    trade.place_order(by=by, at=AT, lines=lines, expected=view.quote.total, key="k")
    assert stands() == (4, 4, 0)


def test_where_it_may_be_ordered_beyond_what_is_there_it_is_and_comes_when_it_is_counted(house):
    counted(1, back_order=True, expected=SOON)
    reference = buy(house, 3)
    assert stands() == (1, 3, 0)
    view = stock.left_of(["widget-a"])["widget-a"]
    assert (view.left, view.back_order, view.expected(ON), view.expected(SOON + timedelta(days=1))) == (
        0,
        True,
        SOON,
        None,
    )
    counted(6)
    assert stands() == (6, 3, 3)
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=reference)
    assert stands() == (3, 0, 3)


def test_one_place_serves_a_line_the_first_that_has_all_of_it(house):
    counted(2, place="Bergen")
    counted(5, place="Oslo")
    buy(house, 3)
    assert (stands(place="Bergen"), stands(place="Oslo")) == ((2, 0, 2), (5, 3, 2))
    reason = refused(buy, house, 4, key="next")
    assert (reason.code, dict(reason.facts)) == (
        "stock_apart",
        {"offering": "Widget A", "most": 2, "place": "Bergen", "left": 4},
    )
    counted(0, place="Trondheim", back_order=True)
    buy(house, 4, key="next")
    assert stands(place="Trondheim") == (0, 4, 0)


def test_what_waits_holds_and_what_is_declined_or_called_off_is_free_again(house):
    counted(3_000)
    waits = buy(house, 2_000)
    assert stands() == (3_000, 2_000, 1_000)
    trade.decline_order(by=house.actor(HENK), at=AT, reference=waits, reason="Next year.")
    assert stands() == (3_000, 0, 3_000)
    first = buy(house, 2, key="next")
    trade.cancel_order(by=house.actor(INES), at=AT, reference=first, reason="Found some.")
    assert stands() == (3_000, 0, 3_000)


def test_what_came_back_lies_there_again_unless_it_does_not_go_on_the_shelf(house):
    counted(5)
    reference, seller = buy(house, 3), house.actor(RATNA)
    trade.confirm_delivery(by=seller, at=AT, reference=reference)
    trade.return_items(by=seller, at=AT, reference=reference, pieces={1: 1}, reason="Too many.")
    assert stands() == (3, 0, 3)
    trade.return_items(by=seller, at=AT, reference=reference, pieces={1: 1}, reason="Broken.", shelved=False)
    assert stands() == (3, 0, 3)
    assert list(StockMove.objects.filter(kind="CAME_BACK").values_list("pieces", flat=True)) == [1]


def test_what_did_not_come_is_owed_again_and_nothing_lies_there_for_it(house):
    counted(5)
    reference = buy(house, 3)
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=reference)
    came = {1: Came(taken=1, missing=1, refused=1, fault=Fault.DAMAGED, again=False)}
    trade.confirm_receipt(by=house.actor(INES), at=AT, reference=reference, came=came)
    assert stands() == (2, 1, 1)


def test_handing_over_what_the_count_does_not_know_is_never_refused(house):
    counted(2)
    reference = buy(house)
    counted(0)
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=reference)
    assert stands() == (-2, 0, 0)
    assert stock.left_of(["widget-a"])["widget-a"].left == 0


def test_the_last_piece_bought_twice_by_one_form_is_one_order(house):
    counted(2)
    assert buy(house) == buy(house)
    assert stands() == (2, 2, 0)


def test_a_subscription_is_not_counted_and_one_that_became_one_holds_nothing(house):
    given_item("line", "xyz", "Line", "10.00", cost="5.00")
    counted(1, "line")
    plan = Plan(RunningKind.SUBSCRIPTION, Every.MONTH)
    catalogue.set_plan(by=HOUSE, at=AT, offering="line", plan=plan)
    assert refused(counted, 1, "line").code == "stock_not_of_running"
    reference = buy(house, 1, offering="line")
    assert OrderLine.objects.get(order__reference=reference).stock is None
    assert stands("line") == (1, 0, 1)


def lost_races(monkeypatch, times):
    """Somebody takes everything between the look and the write, so many times."""
    write, left = placing.write, [times]

    def overtaken(write_set):
        if left[0]:
            left[0] -= 1
            row = Stock.objects.get(place="Oslo")
            Stock.objects.filter(pk=row.pk).update(promised=row.promised - row.short, short=0)
            try:
                return write(write_set)
            finally:
                if left[0]:
                    Stock.objects.filter(pk=row.pk).update(promised=row.promised, short=row.short)
        return write(write_set)

    monkeypatch.setattr(placing, "write", overtaken)


def test_whoever_loses_the_last_piece_is_served_from_another_place_or_told(house, monkeypatch):
    counted(2, place="Oslo")
    counted(2, place="Stavanger")
    lost_races(monkeypatch, 1)
    buy(house)
    assert stands(place="Stavanger") == (2, 2, 0)
    assert Order.objects.count() == 1
    with nothing_written():
        assert refused(buy, house, key="next").code == "stock_none"


def test_whoever_loses_twice_is_told_that_others_order_the_same(house, monkeypatch):
    counted(2)
    lost_races(monkeypatch, 2)
    assert refused(buy, house).code == "stock_moved"
    assert Order.objects.count() == 0


def test_another_closed_gate_is_no_word_about_stock(house, monkeypatch):
    counted(2)
    monkeypatch.setattr(placing, "write", lambda _set: (_ for _ in ()).throw(GateClosed("version:parties")))
    with pytest.raises(GateClosed):
        buy(house)


def test_a_count_says_what_lies_there_and_keeps_what_is_promised(house):
    counted(5)
    buy(house)
    trade.count_stock(by=house.actor(RATNA), at=AT, offering="widget-a", place="  Oslo ", pieces=9, source="Shelf 3")
    assert stands() == (9, 2, 7)
    row = AuditRow.objects.filter(act="trade.count_stock").order_by("-id").first()
    assert (row.thing, row.facts["pieces"], row.facts["before"], row.facts["source"]) == (
        "stock widget-a:Oslo",
        9,
        5,
        "Shelf 3",
    )
    moves = StockMove.objects.count()
    counted(9)
    assert StockMove.objects.count() == moves


@pytest.mark.parametrize(
    ("code", "where", "asked"),
    [
        ("stock_place_unfit", "lies_at", {"place": " "}),
        ("stock_place_unfit", "lies_at", {"place": "x" * 61}),
        ("stock_place_unfit", "lies_at", {"place": "a/b"}),
        ("stock_count_unfit", "pieces", {"pieces": -1}),
        ("stock_count_unfit", "pieces", {"pieces": 1_000_000_001}),
        ("stock_expected_unfit", "expected", {"expected": ON - timedelta(days=1)}),
    ],
)
def test_what_is_no_count_is_refused(house, code, where, asked):
    with nothing_written(), pytest.raises(Refusal) as caught:
        counted(**{"pieces": 1, **asked})
    assert (caught.value.reason.code, caught.value.where) == (code, where)


def test_who_counts_and_who_does_not(house):
    seller, keeper = house.actor(RATNA), house.actor(SITI)
    assert policy.may_count(seller, supplier="xyz", on=ON).allowed
    assert policy.may_count(keeper, supplier="xyz", on=ON).allowed
    assert policy.may_count(seller, supplier="abc", on=ON).reasons[0].code == "not_counter_for"
    assert policy.may_count(NOBODY, supplier="xyz", on=ON).reasons[0].code == "no_actor"
    assert policy.may_count_something(NOBODY, on=ON).reasons[0].code == "no_actor"
    assert policy.may_count_something(house.actor(MAYA), on=ON).reasons[0].code == "not_counter"
    assert policy.may_count_something(seller, on=ON).allowed
    assert policy.may_count_something(HOUSE, on=ON).allowed
    assert policy.may_count_everything(NOBODY, on=ON).reasons[0].code == "no_actor"
    assert policy.may_count_everything(seller, on=ON).reasons[0].code == "not_counter"
    assert policy.may_count_everything(HOUSE, on=ON).allowed
    assert policy.counted_by(NOBODY, on=ON) == frozenset()
    with pytest.raises(Refused), nothing_written():
        trade.count_stock(by=seller, at=AT, offering="coffee-machine", place="Oslo", pieces=1)
    with pytest.raises(NotThere):
        counted(1, "nothing-of-the-kind")


def test_counting_ends_and_orders_of_before_still_give_back_to_it(house):
    key = counted(2)
    first = buy(house)
    trade.stop_counting(by=house.actor(RATNA), at=AT, key=key, source="Made to order now")
    assert stock.left_of(["widget-a"]) == {}
    buy(house, 9, key="next")
    trade.cancel_order(by=house.actor(INES), at=AT, reference=first, reason="Found some.")
    assert stands() == (2, 0, 2)
    for act in (
        lambda: trade.stop_counting(by=HOUSE, at=AT, key=key),
        lambda: trade.stop_counting(by=HOUSE, at=AT, key="widget-a"),
        lambda: stock.one(viewer=HOUSE, at=AT, key=key),
    ):
        with pytest.raises(NotThere):
            act()
    counted(4)
    assert stands() == (4, 0, 4)
    with pytest.raises(Refused):
        trade.stop_counting(by=house.actor(TOR), at=AT, key=key)


def test_those_who_count_read_it_with_its_history_and_others_do_not(house):
    counted(5)
    counted(1, "coffee-machine")
    reference = buy(house)
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=reference)
    seller = house.actor(RATNA)
    (row,) = stock.listed(viewer=seller, at=AT, params={}).rows
    assert (row.key, row.supplier.code, row.counted.there, row.counted.left) == ("widget-a:Oslo", "xyz", 3, 3)
    found = stock.moves(viewer=seller, at=AT, params={"offering": "widget-a"}).rows
    assert [(each.kind, each.pieces, each.order) for each in found] == [
        (StockMoveKind.HANDED_OVER, -2, Order.objects.get().number),
        (StockMoveKind.COUNTED, 5, None),
    ]
    assert len(stock.listed(viewer=HOUSE, at=AT, params={"text": "slo"}).rows) == 2
    assert stock.listed(viewer=HOUSE, at=AT, params={"text": "machine"}).rows[0].offering.code == "coffee-machine"
    assert stock.places_of(viewer=HOUSE, on=ON) == ("Oslo",)
    assert stock.one(viewer=seller, at=AT, key="widget-a:Oslo").counted.there == 3
    with pytest.raises(NotThere):
        stock.one(viewer=seller, at=AT, key="coffee-machine:Oslo")
    assert stock.move_of(viewer=seller, at=AT, key=str(found[0].id)).pieces == -2
    for key in ("0", "x", "9" * 30):
        with pytest.raises(NotThere):
            stock.move_of(viewer=seller, at=AT, key=key)
    for ask in (stock.listed, stock.moves):
        with pytest.raises(Refused):
            ask(viewer=house.actor(MAYA), at=AT, params={})


def test_the_history_cannot_be_changed_or_removed(house):
    counted(5)
    for act in (lambda: StockMove.objects.update(pieces=4), lambda: StockMove.objects.all().delete()):
        with pytest.raises(IntegrityError), savepoint():
            act()
    assert stands() == (5, 0, 5)


def brought(*rows, **more):
    tables = {
        "stock": [row if isinstance(row, RowProblem) else Row("stock.csv", n, row) for n, row in enumerate(rows, 2)]
    }
    return trade.import_stock(by=more.pop("by", HOUSE), at=AT, tables=tables, **more)


def test_counts_come_from_a_file_row_by_row_and_a_bad_one_keeps_all_out(house):
    good = {"item": "widget-a", "lies_at": "Oslo", "pieces": "7", "back_order": "yes", "expected": SOON.isoformat()}
    bad = {"item": "nothing", "lies_at": "Oslo", "pieces": "7"}
    report = brought(good, bad)
    assert ([(p.line, p.column, p.reason.code) for p in report.report.problems], report.written) == (
        [(3, "item", "id_unknown")],
        False,
    )
    assert Stock.objects.filter(counted=True).count() == 0
    report = brought(good, bad, good_rows=True)
    assert (report.added, report.changed, report.written) == (1, 0, True)
    assert stands() == (7, 0, 7)
    report = brought({"item": "widget-a", "lies_at": "Oslo", "pieces": "6", "source": "Ratna"})
    assert (report.added, report.changed, stands()) == (0, 1, (6, 0, 6))
    assert not Stock.objects.get(counted=True).back_order
    assert brought({"item": "widget-a", "lies_at": "Oslo", "pieces": "4"}, dry_run=True).written is False
    assert stands() == (6, 0, 6)
    with pytest.raises(Refused):
        brought(good, by=house.actor(MAYA))


def test_what_a_file_counted_is_taken_back_as_long_as_nothing_moved(house):
    counted(3, expected=SOON)
    journal = Journal()
    brought(
        {"item": "widget-a", "lies_at": "Oslo", "pieces": "7"},
        {"item": "widget-a", "lies_at": "Bergen", "pieces": "2"},
        journal=journal,
    )
    assert [(entry[0], entry[2]) for entry in journal.entries] == [("trade.Stock", "CHANGED"), ("trade.Stock", "ADDED")]
    told = journal.entries[0][3]
    Stock.objects.filter(place="Oslo", **told["after"]).update(**told["before"])
    Stock.objects.filter(place="Bergen").delete()
    with transaction():
        assert acts.history_agrees(by=HOUSE, at=AT) == 2
        assert acts.history_agrees(by=HOUSE, at=AT) == 0
    assert stands() == (3, 0, 3)
    assert StockMove.objects.filter(place="Bergen").aggregate(pieces=Sum("pieces"))["pieces"] == 0
    assert Stock.objects.get(counted=True).expected == SOON


def shelf(key, place, short, *, back_order=False, expected=None):
    return Counted(Shelf(key, "x", place, back_order, expected), promised=0, short=short)


def test_the_place_that_serves_is_the_first_with_all_of_it_then_the_first_that_takes_more(house):
    found = Available((shelf(1, "A", -2), shelf(2, "B", -5), shelf(3, "C", 4, back_order=True)))
    assert [found.serving(pieces).shelf.place for pieces in (1, 2, 3, 5, 6)] == ["A", "A", "B", "B", "C"]
    assert (found.left, found.back_order, found.expected(date(2026, 1, 1))) == (7, True, None)
    assert found.less(2, 4).left == 3
    assert Available((shelf(1, "A", -2),)).serving(3) is None
    holds = [shelves.Hold(1, found.places[0].shelf, 1), shelves.Hold(2, found.places[0].shelf, 1)]
    assert shelves.by_shelf(holds) == {1: (found.places[0].shelf, 2)}
