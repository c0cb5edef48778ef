"""Many past orders at once are the same orders, books, allowances and notes as one after the other; only nobody is told."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import AT, HOUSE, given_role, nothing_written
from tests.cast import HENK, INES, JONAS, MAYA, NORA, TOR

from inward.core.pricing import Wanted
from inward.core.terms import Money, Period, Refusal
from inward.kit import kept, numbers
from inward.kit.actor import Actor, Grant
from inward.kit.models import AuditRow, IdempotencyReceipt, Task
from inward.kit.policy import Refused
from inward.kit.transaction import transaction
from inward.kit.versions import bump
from inward.kit.writing import GateClosed
from inward.ledger import operations as ledger
from inward.ledger.models import Entry, EntryLine
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.models import AllowanceUse, Order, OrderLine, OrderStep
from inward.trade.operations import PastOrder, set_wise
from inward.trade.operations import place_orders_set_wise as place_all
from inward.trade.vocabulary import OrderState, Settlement

WHO = (
    (MAYA, None, ("coffee-machine",), (None, Settlement.PAYROLL)),
    (JONAS, None, ("coffee-machine",), (None,)),
    (TOR, None, ("coffee-machine",), (None, Settlement.COST_CENTRE)),
    (INES, "abc", ("widget-a",), (None,)),
    (INES, "abc-marketing", ("help-hour",), (None,)),
    (NORA, "kestrel", ("coffee-machine",), (None,)),
    (NORA, "kestrel", ("widget-a",), (None,)),
)
"""Staff with and without what is left of an allowance, on payroll or a budget; a sister; a department; an outsider."""
ATTRIBUTES = ("id", "order_id", "reference", "number", "entry_id")
asked = st.lists(
    st.tuples(
        st.sampled_from(range(len(WHO))), st.integers(0, 3), st.lists(st.integers(1, 1200), min_size=1, max_size=3)
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture
def house(house):
    given_role(house.users[TOR.code], "BUYER", "abc-shop-centre")
    return house


def past(house, chosen, when):
    """What one draw asks for: a person of the cast, one of her goods, so many pieces a line, paid one of her ways."""
    part, customer, goods, ways = WHO[chosen[0]]
    lines = tuple(Wanted(goods[place % len(goods)], pieces % 9 + 1 if customer is None else pieces)
                  for place, pieces in enumerate(chosen[2]))  # fmt: skip
    way = ways[chosen[1] % len(ways)]
    centre = "abc-shop-centre" if way is Settlement.COST_CENTRE else None
    by = house.actor(part, acting_for=customer)
    return PastOrder(by=by, at=when, lines=lines, settlement=way, cost_centre=centre)


def one_by_one(orders):
    for number, each in enumerate(orders):
        total = queries.quote_for(viewer=each.by, at=each.at, lines=each.lines).quote.total
        trade.place_order(
            by=each.by,
            at=each.at,
            lines=each.lines,
            expected=total,
            key=f"order-{number}",
            settlement=each.settlement,
            cost_centre=each.cost_centre,
        )


def told(model, names, **which):
    """The rows of a table without the keys that are new every time, orders and entries named by their place instead."""
    found = []
    for row in model.objects.filter(**which):
        values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
        place = names.get(
            values.get("order_id") or values.get("entry_id") or values.get("reference") or values.get("thing")
        )
        plain = {name: value for name, value in values.items() if name not in (*ATTRIBUTES, "thing")}
        found.append((place, sorted(map(str, plain.items()))))
    return sorted(found, key=str)


def all_told():
    orders = list(Order.objects.order_by("number"))
    names = {order.reference: place for place, order in enumerate(orders)}
    names |= {order.id: names[order.reference] for order in orders}
    names |= {entry.id: (names[entry.reference], entry.company_id, entry.kind) for entry in Entry.objects.all()}
    tables = (Order, OrderLine, OrderStep, Entry, EntryLine)
    rows = {model.__name__: told(model, names) for model in tables}
    return rows | {
        "AuditRow": told(AuditRow, names, act="trade.place_order"),
        "AllowanceUse": told(AllowanceUse, names),
    }


def undone(act):
    """What the house looks like after the act, which is then undone."""
    mark = connection.savepoint()
    try:
        act()
        return all_told()
    finally:
        connection.savepoint_rollback(mark)
        kept.forget_all()
        numbers.forget_all()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draws=asked, chunk=st.integers(1, 4))
def test_together_they_leave_the_rows_that_one_after_the_other_would(house, draws, chunk):
    orders = [past(house, chosen, AT + timedelta(minutes=place)) for place, chosen in enumerate(draws)]
    single = undone(lambda: one_by_one(orders))

    def together():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(set_wise, "CHUNK", chunk)
            assert place_all(by=HOUSE, at=AT, orders=orders) == len(orders)

    assert undone(together) == single
    assert len(single["Order"]) == len(orders)


def machines(house, part, count, **more):
    return PastOrder(by=house.actor(part), at=AT, lines=(Wanted("coffee-machine", count),), **more)


def test_nobody_is_told_and_no_key_is_kept(house):
    Task.objects.all().delete()
    said = []
    place_all(by=HOUSE, at=AT, orders=iter([machines(house, MAYA, 1)] * 3), progress=said.append)
    assert said == [3]
    assert (Task.objects.count(), IdempotencyReceipt.objects.count()) == (0, 0)
    assert Order.objects.count() == AuditRow.objects.filter(act="trade.place_order").count() == 3


def test_what_was_handed_over_is_written_as_delivered_at_its_hour(house):
    later = AT + timedelta(days=2)
    place_all(by=HOUSE, at=AT, orders=[machines(house, MAYA, 2, delivered_at=later)])
    order = Order.objects.get()
    steps = list(order.steps.order_by("at", "id").values_list("kind", "at", "person__code", "facts"))
    assert order.state == OrderState.DELIVERED.value
    assert list(order.lines.values_list("quantity", "delivered", "returned")) == [(2, 2, 0)]
    assert steps == [("PLACED", AT, MAYA.code, {}), ("DELIVERED", later, None, {"pieces": {"1": 2}})]


def test_what_needs_approval_waits_whatever_was_said_of_its_delivery(house):
    by = house.actor(INES, acting_for="abc")
    order = PastOrder(by=by, at=AT, lines=(Wanted("widget-a", 2000),), delivered_at=AT + timedelta(days=1))
    place_all(by=HOUSE, at=AT, orders=[order])
    found = Order.objects.get()
    assert (found.state, found.steps.get().kind) == ("AWAITING_APPROVAL", "APPROVAL_ASKED")
    assert set(found.lines.values_list("delivered", flat=True)) == {0}
    assert Entry.objects.count() == 0
    assert queries.waiting(viewer=house.actor(HENK), at=AT).to_decide == 1


@pytest.mark.parametrize("customer", ["abc", "jkl"])
def test_an_order_its_own_actor_may_not_place_takes_its_chunk_with_it(house, customer):
    forbidden = machines(house, MAYA, 1, customer=customer)
    with nothing_written_but_numbers(), pytest.raises(Refused):
        place_all(by=HOUSE, at=AT, orders=[machines(house, JONAS, 1), forbidden])


def test_a_budget_its_actor_may_not_use_takes_the_chunk_with_it(house):
    foreign = machines(house, MAYA, 1, settlement=Settlement.COST_CENTRE, cost_centre="abc-marketing")
    with nothing_written_but_numbers(), pytest.raises(Refused):
        place_all(by=HOUSE, at=AT, orders=[machines(house, JONAS, 1), foreign])


def nothing_written_but_numbers():
    """Numbers are handed out before anything is decided; they may have gaps."""
    numbers.reserved("trade.order", 1)
    return nothing_written_apart_from("kit.Version")


def nothing_written_apart_from(label):
    from contextlib import contextmanager

    from tests import builders

    rows = builders._rows

    @contextmanager
    def watched():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(builders, "_rows", lambda: {name: found for name, found in rows().items() if name != label})
            with nothing_written():
                yield

    return watched()


def test_chunks_before_a_refused_one_stay(house, monkeypatch):
    monkeypatch.setattr(set_wise, "CHUNK", 2)
    gone = PastOrder(by=house.actor(MAYA), at=AT, lines=(Wanted("unicorn", 1),))
    said = []
    with pytest.raises(Refusal):
        place_all(by=HOUSE, at=AT, orders=[machines(house, MAYA, 1)] * 3 + [gone], progress=said.append)
    assert (said, Order.objects.count()) == ([2], 2)


def test_a_chunk_is_decided_anew_when_somebody_draws_on_an_allowance_meanwhile(house, monkeypatch):
    write, beaten = set_wise.write, []

    def late(write_set):
        if not beaten:
            beaten.append(True)
            house.order(MAYA, ("coffee-machine", 6))  # 540.00 of the 600.00 she has
        write(write_set)

    monkeypatch.setattr(set_wise, "write", late)
    place_all(by=HOUSE, at=AT, orders=[machines(house, MAYA, 2)])
    mine = Order.objects.order_by("number").first()
    assert (mine.total_minor, mine.saving_minor) == (24200, 0)  # nothing left at the staff price of 90.75
    assert AllowanceUse.objects.get().used_minor == 6 * 9075


def test_a_chunk_is_decided_anew_when_a_price_changes_meanwhile(house, monkeypatch):
    from tests.shop import change_price

    write, beaten = set_wise.write, []

    def late(write_set):
        if not beaten:
            beaten.append(True)
            change_price("coffee-machine", "abc", "242.00", includes_tax=True)
        write(write_set)

    monkeypatch.setattr(set_wise, "write", late)
    place_all(by=HOUSE, at=AT, orders=[machines(house, MAYA, 1)])
    assert Order.objects.get().total_minor == 18150


def test_a_month_closed_meanwhile_refuses_the_chunk(house, monkeypatch):
    write, beaten = set_wise.write, []

    def late(write_set):
        if not beaten:
            beaten.append(True)
            ledger.close_period(by=HOUSE, at=AT, company="abc", month=AT.date())
        write(write_set)

    monkeypatch.setattr(set_wise, "write", late)
    with pytest.raises(Refusal) as refused:
        place_all(by=HOUSE, at=AT, orders=[machines(house, MAYA, 1)])
    assert refused.value.reason.code == "period_closed"
    assert Order.objects.count() == 0


def test_ground_that_never_stands_still_is_said_after_three_attempts(house, monkeypatch):
    write, tries = set_wise.write, []

    def moved(write_set):
        tries.append(True)
        with transaction():
            bump("parties")
        write(write_set)

    monkeypatch.setattr(set_wise, "write", moved)
    with pytest.raises(GateClosed, match="version:parties"):
        place_all(by=HOUSE, at=AT, orders=[machines(house, MAYA, 1)])
    assert (len(tries), Order.objects.count()) == (3, 0)


def test_what_was_drawn_in_another_year_does_not_count_and_a_buyer_need_be_no_person(house):
    last_year = AT.replace(year=AT.year - 1)
    place_all(by=HOUSE, at=AT, orders=[PastOrder(house.actor(MAYA), last_year, (Wanted("coffee-machine", 6),))])
    whole_house = Grant("BUYER", "abc", frozenset({"abc"}), Period())
    nobody = Actor(user=1, person=None, acting_for="abc", grants=(whole_house,), subject="s-machine")
    widgets = PastOrder(by=nobody, at=AT, lines=(Wanted("widget-a", 2),))
    place_all(by=HOUSE, at=AT, orders=[machines(house, MAYA, 1), widgets])
    uses = AllowanceUse.objects.order_by("period").values_list("period", "used_units")
    assert list(uses) == [(str(last_year.year), 6), (str(AT.year), 1)]
    found = Order.objects.get(person=None)
    assert (found.customer.code, found.subject, found.total_minor) == ("abc", "s-machine", 871)


def test_each_chunk_asks_as_little_as_a_single_order_however_many_people_buy(house, django_assert_max_num_queries):
    people = [MAYA, JONAS, TOR]
    place_all(by=HOUSE, at=AT, orders=[machines(house, MAYA, 1)])
    orders = [machines(house, people[place % 3], 1) for place in range(30)]
    with django_assert_max_num_queries(34 if connection.vendor == "sqlite" else 12):
        place_all(by=HOUSE, at=AT, orders=orders)


def test_allowances_of_many_people_are_read_by_the_hundred(house, monkeypatch):
    people = [MAYA.code, TOR.code, JONAS.code]
    for part in (MAYA, JONAS, TOR):
        house.order(part, ("coffee-machine", 1), key=part.code)
    monkeypatch.setattr(queries, "_PEOPLE_AT_ONCE", 2)
    found = dict(queries.allowances_used([*people, "nobody"]))
    assert found.keys() == set(people)
    assert {use.money for use in found.values()} == {Money.of("90.75", "EUR")}
