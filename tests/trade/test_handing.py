"""A supplier says how it hands over, an order chooses among that, and whoever ordered is told when it is ready."""

import pytest
from tests.builders import AT, HOUSE, given_role, nothing_written
from tests.cast import INES, LUCA, MAYA, NORA, SITI, TOR
from tests.shop import given_item
from tests.trade.test_payments import refused

from inward.core.pricing import OfferingKind, Wanted
from inward.kit import idempotency, worker
from inward.kit.actor import NOBODY, Actor
from inward.kit.models import AuditRow
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused
from inward.notices.queries import notices
from inward.trade import handing, operations, policy, queries
from inward.trade.announcements import OrderReady
from inward.trade.deciding import Handover
from inward.trade.handing import Ways
from inward.trade.models import Order, OrderHandover
from inward.trade.vocabulary import HandoverWay, StageKind, StageState, StepKind, WaitsFor

DESK, DEPOT = "Front desk", "Depot, gate 2"
BROUGHT = Handover(HandoverWay.BRING)


def at_desk(place=DESK):
    return Handover(HandoverWay.COLLECT, place)


@pytest.fixture
def house(house):
    said()
    return house


def said(places=(f" {DESK} ", DEPOT), brings=True, supplier="abc", by=HOUSE):
    operations.say_handover(by=by, at=AT, supplier=supplier, places=places, brings=brings)


def quoted(house, part=MAYA, offering="coffee-machine", **more):
    return queries.quote_for(viewer=house.actor(part, **more), at=AT, lines=[Wanted(offering, 1)])


def ordered(house, chosen=None, part=MAYA, key="k", offering="coffee-machine", **more):
    by = house.actor(part, **more)
    total = quoted(house, part, offering, **more).quote.total
    receipt = operations.place_order(
        by=by, at=AT, lines=[Wanted(offering, 1)], expected=total, key=key, handover=chosen
    )
    return Order.objects.get(reference=receipt.reference)


def kept(order):
    return handing.of_order(Order.objects.select_related("handover").get(pk=order.pk))


def seen(house, order, part=MAYA):
    return queries.order(viewer=house.actor(part), at=AT, reference=order.reference)


def test_a_person_picks_up_at_the_first_place_and_a_company_has_it_brought_where_nothing_is_chosen(house):
    assert quoted(house).handover == handing.Choice(Ways((DESK, DEPOT), True), at_desk(), False)
    assert kept(ordered(house)) == at_desk()
    assert quoted(house, INES, acting_for="abc").handover.usual == BROUGHT
    assert kept(ordered(house, None, INES, key="2", acting_for="abc")) == BROUGHT


def test_what_only_one_way_is_there_for_goes_that_way(house):
    said(brings=False)
    assert quoted(house, INES, acting_for="abc").handover.usual == at_desk()
    said(places=())
    assert kept(ordered(house)) == BROUGHT


def test_the_order_keeps_what_was_chosen_when_the_supplier_says_otherwise_later(house):
    order = ordered(house, at_desk(DEPOT))
    brought = ordered(house, Handover(HandoverWay.BRING, "", " Quay 3, second floor "), key="2")
    said(places=(), brings=False)
    assert handing.said() == {}
    assert kept(order) == at_desk(DEPOT)
    assert kept(brought) == Handover(HandoverWay.BRING, "", "Quay 3, second floor")
    assert seen(house, order).handover == at_desk(DEPOT)
    assert quoted(house).handover is None


@pytest.mark.parametrize(
    "chosen",
    [
        at_desk("The moon"),
        at_desk(""),
        Handover(HandoverWay.COLLECT, DESK, "Quay 3"),
        Handover(HandoverWay.BRING, DESK),
    ],
)
def test_what_the_supplier_does_not_offer_is_refused(house, chosen):
    refused("handover_way_unknown", "handover", lambda: ordered(house, chosen))


def test_what_is_not_brought_any_more_is_refused_in_mid_checkout(house):
    said(brings=False)
    refused("handover_way_unknown", "handover", lambda: ordered(house, BROUGHT))


def test_whoever_has_no_place_in_the_house_says_where_to(house):
    said(places=())
    assert quoted(house, NORA).handover.address_needed
    refused("handover_address_missing", "handover", lambda: ordered(house, None, NORA))
    refused("handover_address_missing", "handover", lambda: ordered(house, Handover(HandoverWay.BRING, "", "x" * 301)))
    there = Handover(HandoverWay.BRING, "", "Quay 3")
    assert kept(ordered(house, there, NORA)) == there


def test_of_a_supplier_that_says_nothing_and_of_services_there_is_no_choice_and_nothing_more_is_kept(house):
    said(supplier="abc-it")
    given_item("repair", "abc", "Repair", "10.00", cost="5.00", kind=OfferingKind.SERVICE)
    assert quoted(house, INES, "widget-a", acting_for="abc").handover is None
    assert quoted(house, offering="repair").handover is None
    assert kept(ordered(house, None, offering="repair")) is None
    refused("handover_not_offered", "handover", lambda: ordered(house, at_desk(), key="2", offering="repair"))
    assert OrderHandover.objects.count() == 0


def test_sent_twice_it_is_one_order_and_with_another_way_another_one(house):
    assert ordered(house, at_desk(DEPOT)).pk == ordered(house, at_desk(DEPOT)).pk
    with pytest.raises(idempotency.KeyReused):
        ordered(house, at_desk(DESK))


def test_what_is_sold_at_the_till_is_handed_over_there(house):
    given_role(house.users[SITI.code], "SELLER", "abc")
    shown = operations.make_till_code(by=house.actor(MAYA), at=AT)
    total = quoted(house).quote.total
    lines = [Wanted("coffee-machine", 1)]
    receipt = operations.sell_at_till(
        by=house.actor(SITI), at=AT, code=shown.code, lines=lines, expected=total, key="t"
    )
    assert kept(Order.objects.get(reference=receipt.reference)) is None


@pytest.mark.parametrize(
    ("places", "brings"),
    [(["", DESK], True), ([DESK, f" {DESK}"], True), (["x" * 61], False), (list("abcdefghijklmnopqrstu"), True)],
)
def test_places_that_are_none_are_refused(house, places, brings):
    refused("handover_unfit", "places", lambda: said(places, brings=brings))


def test_only_those_who_serve_for_the_supplier_and_its_data_administrators_say_it(house):
    said(by=house.actor(TOR))
    for by, code in ((house.actor(MAYA), "not_handover_keeper"), (NOBODY, "no_actor")):
        with nothing_written(), pytest.raises(Refused) as found:
            said(by=by)
        assert found.value.reasons[0].code == code
    with nothing_written(), pytest.raises(NotThere):
        said(supplier="nobody")
    assert policy.may_say_some_handover(house.actor(TOR), on=AT.date())
    assert policy.may_say_some_handover(HOUSE, on=AT.date())
    refusals = [policy.may_say_some_handover(by, on=AT.date()).reasons[0].code for by in (house.actor(MAYA), NOBODY)]
    assert refusals == ["not_some_handover_keeper", "no_actor"]
    assert AuditRow.objects.filter(act="trade.say_handover", thing="handover abc").count() == 2


def test_lists_tell_each_of_what_she_may_say(house):
    said(supplier="xyz")
    tor = house.actor(TOR)
    assert [row.code for row in handing.views(viewer=tor, at=AT, params={}).rows] == ["abc"]
    assert handing.views(viewer=HOUSE, at=AT, params={"text": "xyz"}).rows[0].ways == Ways((DESK, DEPOT), True)
    assert handing.view(viewer=tor, at=AT, supplier="abc").supplier.code == "abc"
    for supplier in ("xyz", "abc-it"):
        with pytest.raises(NotThere):
            handing.view(viewer=tor, at=AT, supplier=supplier)
    assert handing.suppliers(tor, on=AT.date()) == ("abc", "abc-it")
    with pytest.raises(Refused):
        handing.views(viewer=house.actor(MAYA), at=AT, params={})


def test_that_it_is_ready_is_said_once_told_to_whoever_ordered_and_makes_it_her_turn(house):
    given_role(house.users[SITI.code], "SELLER", "abc")
    order, siti = ordered(house), house.actor(SITI)
    assert seen(house, order, SITI).may["ready"].allowed
    operations.tell_ready(by=siti, at=AT, reference=order.reference)
    told = seen(house, order)
    assert [(stage.kind, stage.state) for stage in told.track[1:]] == [
        (StageKind.READY_TO_COLLECT, StageState.DONE),
        (StageKind.COLLECTED, StageState.NEXT),
    ]
    assert [(turn, party.code) for turn, party in told.waits_for] == [(WaitsFor.COLLECTOR, MAYA.code)]
    assert "ready" not in seen(house, order, SITI).may
    assert [(each.way, each.place) for each in announced(OrderReady)] == [("COLLECT", DESK)]
    worker.drain()
    assert notices(viewer=house.actor(MAYA))[0].code == "order_ready"
    refused("handover_ready_already", "", lambda: operations.tell_ready(by=siti, at=AT, reference=order.reference))
    operations.confirm_delivery(by=siti, at=AT, reference=order.reference)
    refused("order_not_deliverable", "", lambda: operations.tell_ready(by=siti, at=AT, reference=order.reference))


def test_nobody_says_it_of_what_she_may_not_hand_over(house):
    order = ordered(house)
    with nothing_written(), pytest.raises(Refused):
        operations.tell_ready(by=house.actor(MAYA), at=AT, reference=order.reference)
    with nothing_written(), pytest.raises(NotThere):
        operations.tell_ready(by=house.actor(INES), at=AT, reference=order.reference)


def test_of_what_was_chosen_nowhere_the_letter_names_no_way(house):
    given_role(house.users[SITI.code], "SELLER", "abc")
    said(places=(), brings=False)
    order = ordered(house)
    operations.tell_ready(by=house.actor(SITI), at=AT, reference=order.reference)
    assert [(each.way, each.place) for each in announced(OrderReady)] == [("", "")]
    assert order.steps.filter(kind=StepKind.READY.value).count() == 1


def test_the_list_of_what_is_to_be_handed_over_is_filtered_by_way_and_place(house):
    given_role(house.users[SITI.code], "SELLER", "abc")
    desk, depot = ordered(house, at_desk()), ordered(house, at_desk(DEPOT), key="2")
    brought = ordered(house, BROUGHT, key="3")

    def found(**params):
        page = queries.orders(viewer=house.actor(SITI), at=AT, params=params, which="to_deliver")
        return {row.reference for row in page.rows}

    assert found() == {desk.reference, depot.reference, brought.reference}
    assert found(handover="BRING") == {brought.reference}
    assert found(handover="COLLECT") == {desk.reference, depot.reference}
    assert found(place=DEPOT) == {depot.reference}


def test_where_an_erased_person_had_things_brought_is_forgotten(house):
    there = Handover(HandoverWay.BRING, "", "Quay 3")
    hers, others = ordered(house, there), ordered(house, there, INES, key="2")
    by = Actor.system("trade.forget_words")
    assert operations.forget_addresses(by=by, at=AT, person_id=hers.person_id) == 1
    assert (kept(hers), kept(others)) == (BROUGHT, there)
    with nothing_written():
        assert operations.forget_addresses(by=by, at=AT, person_id=hers.person_id) == 0
    with nothing_written(), pytest.raises(Refused):
        operations.forget_addresses(by=house.actor(LUCA), at=AT, person_id=hers.person_id)
