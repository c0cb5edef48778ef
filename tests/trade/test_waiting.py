"""Who waits for a counted item is asked in order: what is free again is held in the same act, and taken, left or lapsed once."""

from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, nothing_written
from tests.cast import HENK, INES, JONAS, MAYA, NORA, RATNA
from tests.trade.test_stock import buy, counted, refused, stands

from inward.core.pricing import Wanted
from inward.insight.mine import held_on_me
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.kit.writing import GateClosed
from inward.parties.announcements import PersonErased
from inward.trade import approvals, policy, queries, stock, waiting
from inward.trade import operations as trade
from inward.trade.models import Order, Stock, WaitingEnd, WaitingPlace
from inward.trade.operations import placing
from inward.trade.operations import waiting as acts
from inward.trade.reactions import end_waiting
from inward.trade.shelves import Available, Counted, Kept, Shelf

NEXT = timedelta(days=1)


def join(house, part, pieces=1, offering="widget-a", **more):
    return trade.join_waiting(by=house.actor(part, **more), at=AT, offering=offering, pieces=pieces)


def place_of(house, part, **more):
    """(number in line, held until) of what somebody waits for; None for nothing."""
    found = waiting.mine(viewer=house.actor(part, **more))
    return None if not found else (found[0].number, found[0].until)


def ends():
    return list(WaitingEnd.objects.order_by("at", "waiting_id").values_list("kind", flat=True))


def test_a_seat_given_back_is_held_for_the_next_in_the_same_act(house):
    counted(2)
    reference = buy(house, 2)
    assert (join(house, MAYA), join(house, JONAS)) == (0, 1)
    assert (place_of(house, MAYA), place_of(house, JONAS)) == ((1, None), (2, None))
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=reference, pieces={1: 1})
    trade.return_items(by=house.actor(RATNA), at=AT, reference=reference, pieces={1: 1}, reason="Cannot come.")
    until = approvals.after_working_days("xyz", AT.date(), 3)
    assert (place_of(house, MAYA), place_of(house, JONAS)) == ((0, until), (1, None))
    assert stands() == (2, 2, 0)
    assert refused(buy, house, 1, key="late").code == "stock_none"
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Nor can she.")
    assert place_of(house, JONAS) == (0, until)
    assert stands() == (2, 2, 0)


def test_who_waited_orders_what_is_held_and_nobody_else_does(house):
    counted(1)
    reference = buy(house, 1)
    join(house, MAYA)
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Cannot come.")
    view = queries.quote_for(viewer=house.actor(MAYA), at=AT, lines=[Wanted("widget-a", 1)])
    assert view.missing is None
    assert refused(buy, house, 1, key="late").code == "stock_none"
    taken = house.order(MAYA, ("widget-a", 1), key="mine").reference
    assert stands() == (1, 1, 0)
    assert place_of(house, MAYA) is None
    end = WaitingEnd.objects.get()
    assert (end.kind, end.order.reference) == ("TAKEN", taken)
    trade.cancel_order(by=house.actor(MAYA), at=AT, reference=taken, reason="After all not.")
    assert stands() == (1, 0, 1)


def test_of_what_is_held_she_may_order_less_and_more_where_more_is_left(house):
    counted(3)
    reference = buy(house, 3)
    join(house, MAYA, 2)
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Cannot come.")
    assert stands() == (3, 2, 1)
    house.order(MAYA, ("widget-a", 3), key="mine")
    assert stands() == (3, 3, 0)
    assert ends() == ["TAKEN"]


def test_more_than_is_held_and_left_is_refused_and_what_is_held_stays(house):
    counted(2)
    reference = buy(house, 2)
    join(house, MAYA, 2)
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Cannot come.")
    assert refused(house.order, MAYA, ("widget-a", 3), key="mine").code == "stock_none"
    assert place_of(house, MAYA)[0] == 0
    house.order(MAYA, ("widget-a", 1), key="mine")
    assert stands() == (2, 1, 1)


def test_the_first_whom_it_suffices_for_is_asked(house):
    counted(2)
    reference = buy(house, 2)
    join(house, MAYA, 5)
    join(house, JONAS, 1)
    join(house, NORA, 1)
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=reference, pieces={1: 1})
    trade.return_items(by=house.actor(RATNA), at=AT, reference=reference, pieces={1: 1}, reason="Cannot come.")
    assert [place_of(house, part)[0] for part in (MAYA, JONAS, NORA)] == [1, 0, 2]
    counted(7)
    assert [place_of(house, part)[0] for part in (MAYA, JONAS, NORA)] == [0, 0, 1]
    assert stands() == (7, 7, 0)


def test_what_did_not_go_back_on_the_shelf_is_held_for_nobody(house):
    counted(1)
    reference = buy(house, 1)
    join(house, MAYA)
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=reference)
    trade.return_items(by=house.actor(RATNA), at=AT, reference=reference, pieces={1: 1}, reason="Bad", shelved=False)
    assert place_of(house, MAYA) == (1, None)


def test_who_leaves_hands_what_is_held_to_the_next(house):
    counted(1)
    reference = buy(house, 1)
    for part in (MAYA, JONAS, NORA):
        join(house, part)
    trade.leave_waiting(by=house.actor(JONAS), at=AT, offering="widget-a")
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Cannot come.")
    trade.leave_waiting(by=house.actor(MAYA), at=AT, offering="widget-a")
    assert (place_of(house, MAYA), place_of(house, JONAS), place_of(house, NORA)[0]) == (None, None, 0)
    assert stands() == (1, 1, 0)
    assert sorted(ends()) == ["LEFT", "LEFT"]
    assert AuditRow.objects.filter(act="trade.leave_waiting", thing="waiting widget-a").count() == 2
    with pytest.raises(NotThere):
        trade.leave_waiting(by=house.actor(MAYA), at=AT, offering="widget-a")


def test_whose_days_are_over_loses_what_is_held_and_the_next_is_asked(house):
    counted(1, answer_days=1)
    reference = buy(house, 1)
    join(house, MAYA)
    join(house, JONAS)
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Cannot come.")
    until = place_of(house, MAYA)[1]
    last = AT + (until - AT.date())
    assert trade.lapse_waiting(by=HOUSE, at=last) == 0
    assert trade.lapse_waiting(by=HOUSE, at=last + NEXT) == 1
    assert (place_of(house, MAYA), place_of(house, JONAS)[0]) == (None, 0)
    assert (ends(), stands()) == (["LAPSED"], (1, 1, 0))


def test_an_order_at_the_very_moment_and_the_end_of_her_days_never_both_win(house, monkeypatch):
    counted(1, answer_days=1)
    reference = buy(house, 1)
    join(house, MAYA)
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Cannot come.")
    held = WaitingPlace.objects.get()
    house.order(MAYA, ("widget-a", 1), key="mine")
    assert acts._end(HOUSE, AT, held, acts.WaitingKind.LAPSED) is False
    assert (ends(), stands()) == (["TAKEN"], (1, 1, 0))


def test_an_order_that_comes_after_her_days_is_decided_anew(house, monkeypatch):
    counted(1, answer_days=1)
    reference = buy(house, 1)
    join(house, MAYA)
    join(house, JONAS)
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Cannot come.")
    write, gone = placing.write, []

    def overtaken(write_set):
        if not gone:
            gone.append(WaitingPlace.objects.order_by("id").first())
            acts.write(acts.WriteSet(rows=(stock.ended(gone[0].pk, acts.WaitingKind.LAPSED, AT),)))
        return write(write_set)

    monkeypatch.setattr(placing, "write", overtaken)
    assert refused(house.order, MAYA, ("widget-a", 1), key="mine").code == "stock_none"
    assert Order.objects.filter(state="PLACED").count() == 0


def test_counting_anew_serves_who_waits_and_where_all_can_order_again_nobody_waits(house):
    counted(0)
    join(house, MAYA)
    join(house, JONAS, 3)
    counted(1)
    assert (place_of(house, MAYA)[0], place_of(house, JONAS)) == (0, (1, None))
    counted(1, back_order=True)
    assert (place_of(house, MAYA)[0], place_of(house, JONAS)) == (0, None)
    assert ends() == ["OPEN"]
    counted(1)
    join(house, NORA)
    trade.stop_counting(by=HOUSE, at=AT, key="widget-a:Oslo")
    assert (place_of(house, NORA), ends()) == (None, ["OPEN", "OPEN"])


def test_what_is_free_elsewhere_is_held_where_it_became_free(house):
    counted(0)
    counted(0, place="Bergen")
    join(house, MAYA)
    counted(1, place="Bergen")
    assert WaitingPlace.objects.get().stock.place == "Bergen"
    counted(1, place="Oslo")
    assert stands() == (1, 0, 1)
    house.order(MAYA, ("widget-a", 1), key="mine")
    assert (stands(place="Bergen"), stands()) == ((1, 1, 0), (1, 0, 1))


def test_one_waits_once_for_what_is_gone_and_for_whom_one_may_order(house):
    with nothing_written():
        assert refused(join, house, MAYA).code == "waiting_needless"
    counted(0)
    join(house, MAYA)
    with nothing_written():
        assert refused(join, house, MAYA).code == "waiting_already"
        assert refused(join, house, JONAS, 0).code == "quantity_too_large"
        with pytest.raises(NotThere):
            join(house, JONAS, offering="nothing")
        with pytest.raises(Refused):
            trade.join_waiting(by=house.actor(MAYA), at=AT, offering="widget-a", customer="abc-it")
        with pytest.raises(Refused):
            trade.leave_waiting(by=house.actor(HENK), at=AT, offering="widget-a", customer="maya-lund")
    assert join(house, INES, acting_for="abc-it") == 1
    assert place_of(house, INES, acting_for="abc-it") == (2, None)
    assert place_of(house, INES) is None
    assert waiting.mine(viewer=NOBODY) == ()
    assert waiting.mine(viewer=house.actor(MAYA), offering="coffee-machine") == ()
    assert policy.may_wait(NOBODY).reasons[0].code == "no_actor"
    assert stock.one(viewer=house.actor(RATNA), at=AT, key="widget-a:Oslo").waiting == 2
    with pytest.raises(Refused):
        stock.listed(viewer=house.actor(MAYA), at=AT, params={})


def test_days_to_answer_are_working_days_within_bounds(house):
    friday = date(2026, 11, 27)
    assert approvals.after_working_days("xyz", friday, 1) == date(2026, 11, 30)
    assert approvals.after_working_days("xyz", friday, 6) == date(2026, 12, 7)
    for days in (0, 61):
        assert refused(counted, 1, answer_days=days).code == "stock_days_unfit"


def test_where_nobody_ever_works_days_count_as_they_come(monkeypatch):
    monkeypatch.setattr(approvals, "works_on", lambda _place, _day: False)
    assert approvals.after_working_days("xyz", date(2026, 11, 27), 3) == date(2026, 11, 30)


def test_what_was_held_serves_from_its_place_where_the_rest_is_left_too():
    shelf = Shelf(1, "x", "A", back_order=False, expected=None)
    found = Available((Counted(shelf, 3, -2),))
    assert found.beside(Kept(9, 1, 1), 3).shelf.place == "A"
    assert found.beside(Kept(9, 1, 1), 4) is None
    assert found.beside(Kept(9, 2, 1), 1) is None


def test_a_gate_closed_by_something_else_is_not_taken_for_an_order(house, monkeypatch):
    counted(0)
    join(house, MAYA)
    assert Stock.objects.filter(place="").count() == 1
    monkeypatch.setattr(acts, "write", lambda _set: (_ for _ in ()).throw(GateClosed("stock:waiting")))
    with pytest.raises(GateClosed):
        trade.leave_waiting(by=house.actor(MAYA), at=AT, offering="widget-a")


def test_whoever_is_erased_waits_for_nothing_and_the_next_is_asked(house):
    counted(1)
    reference = buy(house, 1)
    join(house, MAYA)
    join(house, JONAS)
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Cannot come.")
    maya = WaitingPlace.objects.get(person__code=MAYA.code).person_id
    end_waiting(PersonErased(person_id=maya, subject="s"), at=AT)
    assert (place_of(house, MAYA), place_of(house, JONAS)[0]) == (None, 0)
    assert trade.end_waiting_of(by=HOUSE, at=AT, person_id=maya) == 0
    assert stands() == (1, 1, 0)


def test_one_reads_all_one_ever_waited_for(house):
    counted(0)
    join(house, MAYA)
    (waits,) = waiting.own(viewer=house.actor(MAYA))
    assert (waits.offering.code, waits.pieces, waits.ended) == ("widget-a", 1, None)
    trade.leave_waiting(by=house.actor(MAYA), at=AT, offering="widget-a")
    assert [each.ended.value for each in waiting.own(viewer=house.actor(MAYA))] == ["LEFT"]
    assert waiting.own(viewer=house.actor(JONAS)) == ()
    assert held_on_me(viewer=house.actor(MAYA), at=AT)["waited_for"][0]["ended"] == "LEFT"
