"""A colleague orders for somebody who lets her: it is her order, at her price; both are told; nobody approves so."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, ON, nothing_written
from tests.cast import INES, JONAS, LUCA, MAYA, NORA, TOR
from tests.trade.test_benefit import euro
from tests.trade.test_payments import refused
from tests.trade.test_running import DSL
from tests.trade.test_terms import PAYROLL, published

from inward.catalogue import operations as catalogue
from inward.core.pricing import Wanted
from inward.kit import idempotency, worker
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused
from inward.notices.queries import notices
from inward.parties import queries as known
from inward.trade import behalf, operations, ordering_for, policy, queries
from inward.trade.announcements import OrderPlaced
from inward.trade.models import AllowanceUse, Order, OrderBehalf, OrderHelper
from inward.trade.operations import PriceChanged
from inward.trade.operations import behalf as acts
from inward.trade.vocabulary import Settlement

DAY = timedelta(days=1)
STAFF, ORDINARY = euro("90.75"), euro("121.00")
LINES = (Wanted("coffee-machine", 1),)


@pytest.fixture
def house(house):
    """Jonas may order for Maya through a week from now."""
    let(house)
    return house


def let(house, part=MAYA, helper=JONAS, last_day=ON + 7 * DAY, at=AT):
    operations.let_order(by=house.actor(part), at=at, helper=helper.code, last_day=last_day)


def ended(house, part=MAYA, person=MAYA, helper=JONAS, at=AT):
    operations.end_help(by=house.actor(part), at=at, person=person.code, helper=helper.code)


def ordered(house, part=JONAS, person=MAYA, key="k", expected=STAFF, at=AT, lines=LINES, **more):
    receipt = operations.place_order_for(
        by=house.actor(part), at=at, person=person.code, lines=lines, expected=expected, key=key, **more
    )
    return Order.objects.get(reference=receipt.reference)


def test_the_order_is_hers_in_price_allowance_and_books_and_keeps_who_placed_it(house):
    order = ordered(house)
    assert (order.person.code, order.customer.code, order.settlement) == (MAYA.code, MAYA.code, "PAYROLL")
    assert order.subject == known.subject_of(MAYA.code)
    assert OrderBehalf.objects.get().helper.code == JONAS.code
    assert [(use.person.code, use.used_minor) for use in AllowanceUse.objects.all()] == [(MAYA.code, 90_75)]
    hers = queries.order(viewer=house.actor(MAYA), at=AT, reference=order.reference)
    assert (hers.placed_by.code, hers.steps[0].person.code) == (JONAS.code, JONAS.code)
    assert queries.orders(viewer=house.actor(MAYA), at=AT, which="own").rows[0].reference == order.reference
    assert AuditRow.objects.get(act="trade.place_order").subject == house.actor(JONAS).subject


def test_both_are_told_and_nobody_gets_two_letters_of_one_order(house):
    ordered(house)
    assert [each.helper for each in announced(OrderPlaced)] == [JONAS.code]
    worker.drain()
    assert [each.code for each in notices(viewer=house.actor(MAYA))] == ["ordered_for_you"]
    assert [each.code for each in notices(viewer=house.actor(JONAS))] == ["ordered_for"]


def test_the_price_is_hers_also_where_the_helper_has_none(house):
    let(house, helper=NORA)
    view = behalf.quote(viewer=house.actor(NORA), at=AT, person=MAYA.code, lines=LINES)
    assert (view.quote.total, view.customer.code) == (STAFF, MAYA.code)
    assert queries.quote_for(viewer=house.actor(NORA), at=AT, lines=LINES).quote.total == ORDINARY


def test_what_is_left_of_her_allowance_is_not_told_and_no_department_pays(house):
    view = behalf.quote(viewer=house.actor(JONAS), at=AT, person=MAYA.code, lines=LINES)
    assert (view.quote.allowances, view.plans, view.terms) == ((), (), ())
    assert view.settlements == (Settlement.PAYROLL,)
    refused("behalf_needs_approval", "settlement", lambda: ordered(house, settlement=Settlement.COST_CENTRE))


def test_what_runs_on_she_orders_herself(house):
    catalogue.set_plan(by=HOUSE, at=AT, offering="coffee-machine", plan=DSL)
    refused("behalf_not_running", "on_behalf", lambda: ordered(house))


def test_terms_are_hers_to_accept(house):
    published(about=PAYROLL)
    refused("behalf_terms", "on_behalf", lambda: ordered(house))


def test_nobody_orders_for_her_who_may_not(house):
    for part in (TOR, INES, MAYA):
        with nothing_written(), pytest.raises(Refused) as found:
            ordered(house, part)
        assert found.value.reasons[0].code == "not_helper_for"
    with pytest.raises(Refused):
        behalf.quote(viewer=house.actor(TOR), at=AT, person=MAYA.code, lines=LINES)
    assert policy.may_order_for(NOBODY, person=MAYA.code, on=ON).reasons[0].code == "no_actor"
    assert policy.may_order_for(HOUSE, person=MAYA.code, on=ON).reasons[0].code == "no_actor"


def test_it_holds_through_its_last_day_and_not_beyond(house):
    assert ordering_for.helped_by(JONAS.code, on=ON + 7 * DAY) == (MAYA.code,)
    assert ordering_for.helped_by(JONAS.code, on=ON + 8 * DAY) == ()
    assert not ordering_for.holding(MAYA.code, JONAS.code, on=ON - DAY)
    ordered(house, at=AT + 7 * DAY)
    with nothing_written(), pytest.raises(Refused):
        ordered(house, key="2", at=AT + 8 * DAY)


def test_a_permission_that_ends_in_mid_checkout_places_nothing(house, monkeypatch):
    real = acts.behalf.wish

    def ends_meanwhile(*asked, **more):
        ended(house)
        return real(*asked, **more)

    monkeypatch.setattr(acts.behalf, "wish", ends_meanwhile)
    with pytest.raises(Refused):
        ordered(house)
    assert Order.objects.count() == 0


@pytest.mark.parametrize("part", [MAYA, JONAS])
def test_either_of_the_two_ends_it_at_once_and_the_helper_reads_those_orders_no_longer(house, part):
    order = ordered(house)
    jonas = house.actor(JONAS)
    assert [row.reference for row in queries.orders(viewer=jonas, at=AT).rows] == [order.reference]
    assert not queries.order(viewer=jonas, at=AT, reference=order.reference).may["cancel"]
    ended(house, part)
    assert queries.orders(viewer=jonas, at=AT).rows == ()
    with pytest.raises(NotThere):
        queries.order(viewer=jonas, at=AT, reference=order.reference)
    assert OrderHelper.objects.count() == 0
    with nothing_written(), pytest.raises(NotThere):
        ended(house, part)


def test_what_held_before_today_ends_today_and_is_kept(house):
    ended(house, at=AT + DAY)
    (row,) = OrderHelper.objects.all()
    assert (row.since, row.until) == (ON, ON + DAY)


def test_others_orders_of_hers_the_helper_does_not_read(house):
    house.order(MAYA, ("coffee-machine", 1), key="own")
    assert queries.orders(viewer=house.actor(JONAS), at=AT).rows == ()


def test_nobody_hands_over_what_she_placed_for_another(house):
    let(house, helper=TOR)
    order = ordered(house, TOR)
    other = house.order(JONAS, ("coffee-machine", 1), key="other").reference
    seen = queries.orders(viewer=house.actor(TOR), at=AT, which="to_deliver").rows
    assert [row.reference for row in seen] == [other]
    for act in (operations.confirm_delivery, operations.tell_ready):
        with nothing_written(), pytest.raises(Refused) as found:
            act(by=house.actor(TOR), at=AT, reference=order.reference)
        assert found.value.reasons[0].code == "never_to_oneself"


def test_nobody_else_ends_it(house):
    for part in (TOR, LUCA):
        with nothing_written(), pytest.raises(NotThere):
            ended(house, part)
    with nothing_written(), pytest.raises(NotThere):
        operations.end_help(by=HOUSE, at=AT, person=MAYA.code, helper=JONAS.code)


def test_said_again_the_new_day_holds(house):
    let(house, last_day=ON + DAY)
    assert [(each.other.code, each.since, each.last_day) for each in behalf.mine(house.actor(MAYA), on=ON)] == [
        (JONAS.code, ON, ON + DAY)
    ]
    assert [each.code for each in behalf.open_to(house.actor(JONAS), on=ON)] == [MAYA.code]
    assert behalf.mine(HOUSE, on=ON) == ()


def test_a_helper_is_another_person_and_days_are_at_most_a_year(house):
    refused("helper_oneself", "helper", lambda: let(house, helper=MAYA))
    for last_day in (ON - DAY, ON + 366 * DAY):
        refused("helper_days_unfit", "last_day", lambda last_day=last_day: let(house, last_day=last_day))
    for nobody in ("abc", "nobody"):
        with nothing_written(), pytest.raises(NotThere):
            operations.let_order(by=house.actor(MAYA), at=AT, helper=nobody, last_day=ON)
    with nothing_written(), pytest.raises(Refused):
        operations.let_order(by=HOUSE, at=AT, helper=JONAS.code, last_day=ON)


def test_sent_twice_it_is_one_order_and_a_price_that_moved_is_told(house):
    assert ordered(house).pk == ordered(house).pk
    with pytest.raises(idempotency.KeyReused):
        ordered(house, note="another")
    with pytest.raises(PriceChanged):
        ordered(house, key="2", expected=ORDINARY)
    refused("text_too_long", "note", lambda: ordered(house, key="3", note="x" * 501))
    assert Order.objects.count() == 1


def test_her_allowance_is_spent_by_whoever_orders(house):
    ordered(house, lines=(Wanted("coffee-machine", 6),), expected=euro("544.50"))
    view = queries.quote_for(viewer=house.actor(MAYA), at=AT, lines=LINES)
    assert view.quote.total == ORDINARY
    assert queries.quote_for(viewer=house.actor(JONAS), at=AT, lines=LINES).quote.total == STAFF
