"""Three ways to write an order leave the same rows: the hot path's one statement, plain ORM, and many at once.

The plain way stands here, written with the ORM and nothing else of the writing code, so that it is a second opinion.
"""

from datetime import timedelta

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import AT, HOUSE
from tests.cast import INES, JONAS, MAYA, NORA
from tests.shop import given_item
from tests.trade import looking

from inward.catalogue import queries as catalogue
from inward.core.pricing import Wanted
from inward.kit import audit, outbox
from inward.kit.ids import new_id, public_reference
from inward.kit.models import Task
from inward.kit.reasons import to_plain
from inward.kit.transaction import carrying
from inward.ledger.models import AccountMapping, Entry, EntryLine
from inward.parties import queries as parties
from inward.trade import deciding, queries
from inward.trade import operations as trade
from inward.trade.announcements import ApprovalAsked, OrderPlaced
from inward.trade.deciding import Wish
from inward.trade.models import AllowanceUse, Order, OrderLine, OrderStep
from inward.trade.operations import PastOrder
from inward.trade.operations.placing import approval_asked, prepared_writes

FEW = settings(
    deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
ITEMS = ("coffee-machine", "kettle", "cup")


@pytest.fixture
def stocked(house):
    """Two more items at prices that do not divide evenly, and a cheap one."""
    given_item("kettle", "abc", "Kettle", "33.33", cost="11.11", category="coffee", includes_tax=True)
    given_item("cup", "abc", "Cup", "3.337", cost="1.00", tax_code="")
    return house


def plainly_placed(by, lines, customer=None, at=AT):
    """Place an order with the ORM alone: get, create, save."""
    wish = Wish(customer or by.customer, by.person, tuple(lines))
    book, keys = catalogue.price_book(), parties.keys()
    decision = queries.decision_for(world=parties.world(), book=book, wish=wish, on=at.date())
    quoted, standing = decision.quote, decision.quote.standing
    asked = approval_asked(by=by, at=at, decision=decision)
    order = Order.objects.create(
        id=new_id(),
        reference=public_reference(),
        number=new_id(),
        placed_at=at,
        state="PLACED" if asked is None else "AWAITING_APPROVAL",
        subject=by.subject,
        person_id=keys[by.person],
        customer_id=keys[wish.customer],
        customer_company_id=keys.get(standing.customer_company),
        supplier_id=keys[decision.supplier],
        supplier_company_id=keys[standing.supplier_company],
        standing=standing.verdict.value,
        kind=standing.kind.value,
        grounds=[to_plain(ground) for ground in standing.grounds],
        nearest_miss=None if standing.nearest_miss is None else to_plain(standing.nearest_miss),
        definition=standing.definition,
        books_kind=decision.books.kind.value,
        books_definition=decision.books.definition,
        tax_definition="" if quoted.tax_group is None else quoted.tax_group.definition,
        tax_grounds=None if quoted.tax_group is None else [to_plain(why) for why in quoted.tax_group.grounds],
        world_version=quoted.world_version,
        book_version=quoted.book_version,
        settlement=decision.settlement.value,
        cost_centre_id=keys.get(decision.cost_centre),
        currency=quoted.total.currency,
        net_minor=quoted.net.minor,
        tax_minor=quoted.tax.minor,
        total_minor=quoted.total.minor,
        saving_minor=sum(line.saving.minor for line in quoted.lines),
        allowances=[
            {"scheme": d.scheme, "period": d.period, "money": d.money.minor, "units": d.units}
            for d in quoted.allowances
            if d.units
        ],
        approval=asked,
        note="",
    )
    for position, line in enumerate(quoted.lines, 1):
        _line(order, line, position, book)
    for drawn in quoted.allowances:
        if drawn.units:
            place = {"person_id": keys[by.person], "scheme": drawn.scheme, "period": drawn.period}
            AllowanceUse.objects.get_or_create(**place, defaults={"currency": drawn.money.currency})
            AllowanceUse.objects.filter(**place).update(
                used_minor=F("used_minor") + drawn.money.minor, used_units=F("used_units") + drawn.units
            )
    kind, facts = ("PLACED", {}) if asked is None else ("APPROVAL_ASKED", {"unit": decision.budget})
    OrderStep.objects.create(order=order, at=at, subject=by.subject, person_id=keys[by.person], kind=kind, facts=facts)
    if asked is None:
        _post(by, at, decision, order, book)
    facts = {"number": order.number, "total": str(quoted.total), "kind": standing.kind.value}
    audit.record(by=by, at=at, act="trade.place_order", thing=order.reference, facts=facts)
    told = (order.reference, order.number, wish.customer, decision.supplier, by.person)
    outbox.announce(OrderPlaced(*told) if asked is None else ApprovalAsked(*told, unit=decision.budget), by=by, at=at)
    return order.reference


def _line(order, line, position, book):
    offering = book.offerings[line.offering]
    figures = {
        f"{name}_minor": getattr(line, name).minor for name in ("ordinary", "price", "saving", "net", "tax", "gross")
    }
    parts = [
        {
            **{name: getattr(part, name) for name in ("quantity", "includes_tax", "rule", "scheme")},
            **{name: getattr(part, name).minor for name in ("amount", "net", "tax", "gross")},
            "unit_price": str(part.unit_price.minor),
            "basis": part.basis.value,
            "drawn": None if part.drawn is None else part.drawn.minor,
        }
        for part in line.parts
    ]
    trace = [
        {"rule": x.rule, "level": x.level.value, "outcome": x.outcome.value, "why": to_plain(x.why)}
        | ({} if x.how is None else {"how": to_plain(x.how)})
        for x in line.trace
    ]
    OrderLine.objects.create(
        order=order,
        position=position,
        offering_id=catalogue.offering_keys()[line.offering],
        code=line.offering,
        name=offering.name,
        quantity=line.quantity,
        includes_tax=line.includes_tax,
        tax_code=offering.tax_code,
        cost_minor=None if line.cost is None else line.cost.minor,
        parts=parts,
        trace=trace,
        **figures,
    )


def _post(by, at, decision, order, book):
    keys = parties.keys()
    dealing = deciding.dealing_of(decision, reference=order.reference, subject=by.subject)
    for entry in deciding.entries_for(dealing, deciding.sold_lines(book, decision.quote.lines)):
        row = Entry.objects.create(
            company_id=keys[entry.company],
            kind=entry.kind.value,
            reference=order.reference,
            posted_on=at.date(),
            entered_at=at,
            subject=by.subject,
        )
        # All at once: the database itself refuses an entry that is out of balance.
        EntryLine.objects.bulk_create(
            _entry_line(row, position, entry, line, at) for position, line in enumerate(entry.lines, 1)
        )


def _entry_line(row, position, entry, line, at):
    keys = parties.keys()
    mapped = AccountMapping.objects.get(company_id=row.company_id, kind=entry.kind.value, role=line.role.value)
    return EntryLine(
        entry=row,
        position=position,
        account_id=mapped.account_id,
        role=line.role.value,
        amount_minor=line.amount.minor,
        currency=line.amount.currency,
        functional_minor=line.amount.minor,
        rate="1",
        posted_on=at.date(),
        cost_centre_id=keys.get(line.cost_centre),
        counterparty=line.counterparty or "",
        tax_code=line.tax_code,
        elimination=line.elimination or "",
    )


class Undo(Exception):  # noqa: N818 - carries nothing
    """Raised so that what was written is not kept."""


def _undone(act):
    """What the act returns, with everything it wrote undone."""
    found = []

    def all_and_nothing():
        with carrying():
            found.append(act())
            raise Undo

    with pytest.raises(Undo):
        all_and_nothing()
    return found[0]


def _told(reference):
    """The announcement about the order, without its own key and the order's."""
    tasks = [t for t in Task.objects.filter(name__startswith="trade.") if t.payload["facts"]["order"] == reference]
    (task,) = tasks
    facts = {name: value for name, value in task.payload["facts"].items() if name not in ("order", "number")}
    return task.name, task.version, task.state, task.due_at, task.payload["by"], task.payload["at"], facts


orders = st.tuples(
    st.sampled_from([(MAYA, None), (JONAS, None), (NORA, None), (INES, "abc-purchasing"), (NORA, "kestrel")]),
    st.lists(st.tuples(st.sampled_from(ITEMS), st.integers(1, 9)), min_size=1, max_size=4),
)


@pytest.mark.django_db
@FEW
@given(asked=orders)
def test_the_hot_path_and_the_plain_way_leave_the_same_rows(stocked, asked):
    (part, customer), lines = asked
    by, wanted = stocked.actor(part, acting_for=customer), [Wanted(*line) for line in lines]
    total = queries.quote_for(viewer=by, at=AT, lines=wanted).quote.total

    def hot():
        reference = trade.place_order(by=by, at=AT, lines=wanted, expected=total, key=new_key()).reference
        return looking.everything_of(reference), _told(reference)

    def plain():
        reference = plainly_placed(by, wanted)
        return looking.everything_of(reference), _told(reference)

    assert _undone(hot) == _undone(plain)


@pytest.mark.django_db
def test_an_order_that_waits_is_the_same_either_way(stocked):
    by, wanted = stocked.actor(INES, acting_for="abc"), [Wanted("widget-a", 2000)]
    total = queries.quote_for(viewer=by, at=AT, lines=wanted).quote.total

    def hot():
        reference = trade.place_order(by=by, at=AT, lines=wanted, expected=total, key=new_key()).reference
        return looking.everything_of(reference), _told(reference)

    def plain():
        reference = plainly_placed(by, wanted)
        return looking.everything_of(reference), _told(reference)

    first = _undone(hot)
    assert first[0]["entries"] == []
    assert first == _undone(plain)


@pytest.mark.django_db
@FEW
@given(asked=st.lists(orders, min_size=1, max_size=4))
def test_many_at_once_are_decided_and_written_as_one_by_one(stocked, asked):
    def past(place, part, customer, lines):
        at = AT + timedelta(minutes=place)
        return stocked.actor(part, acting_for=customer), at, customer, tuple(Wanted(*line) for line in lines)

    wishes = [past(place, part, customer, lines) for place, ((part, customer), lines) in enumerate(asked)]

    def one_by_one():
        for by, at, customer, lines in wishes:
            total = queries.quote_for(viewer=by, at=at, lines=lines, customer=customer).quote.total
            trade.place_order(by=by, at=at, lines=lines, expected=total, key=new_key(), customer=customer)
        return _all()

    def at_once():
        many = [PastOrder(by, at, lines, customer) for by, at, customer, lines in wishes]
        assert trade.place_orders_set_wise(by=wishes[0][0], at=AT, orders=many) == len(many)
        return _all()

    assert _undone(one_by_one) == _undone(at_once)


def _all():
    references = Order.objects.order_by("placed_at").values_list("reference", flat=True)
    return [looking.everything_of(reference) for reference in references]


def new_key():
    return public_reference()


@pytest.mark.django_db
def test_past_orders_that_were_handed_over_are_written_so_and_those_that_wait_are_not(stocked):
    maya, ines = stocked.actor(MAYA), stocked.actor(INES, acting_for="abc")
    later = AT + timedelta(days=2)
    seen = []
    many = [
        PastOrder(maya, AT, (Wanted("coffee-machine", 7),), delivered_at=later),
        PastOrder(maya, AT, (Wanted("coffee-machine", 1),)),
        PastOrder(ines, AT, (Wanted("widget-a", 2000),), customer="abc", delivered_at=later),
        PastOrder(ines, AT, (Wanted("widget-a", 1),), customer="abc", delivered_at=later),
    ]
    assert trade.place_orders_set_wise(by=maya, at=later, orders=many, progress=seen.append) == 4
    first, second, third, fourth = Order.objects.order_by("id")
    assert [each.state for each in (first, second, third, fourth)] == [
        "DELIVERED",
        "PLACED",
        "AWAITING_APPROVAL",
        "DELIVERED",
    ]
    # Six at staff price, the seventh and the next order's one at the ordinary price: what was drawn is remembered.
    assert (first.total_minor, second.total_minor) == (66_550, 12_100)
    assert looking.used("maya-lund") == {"abc-staff": (54_450, 6)}
    assert looking.counted(first.reference) == [(7, 0)]
    assert [step[:2] for step in looking.steps(first.reference)] == [("PLACED", "maya-lund"), ("DELIVERED", None)]
    assert looking.counted(third.reference) == [(0, 0)]
    assert (looking.told(), seen) == ([], [4])


@pytest.mark.django_db
def test_of_many_at_once_one_that_is_refused_takes_its_chunk_along(stocked):
    from inward.core.terms import Refusal
    from inward.kit.policy import Refused

    maya = stocked.actor(MAYA)
    good = PastOrder(maya, AT, (Wanted("coffee-machine", 1),))
    for bad, error in (
        (PastOrder(maya, AT, (Wanted("gone", 1),)), Refusal),
        (PastOrder(maya, AT, (Wanted("cup", 1),), customer="abc"), Refused),
    ):
        with pytest.raises(error):
            trade.place_orders_set_wise(by=maya, at=AT, orders=[good, bad])
    assert (Order.objects.count(), looking.used("maya-lund")) == (0, {})


@pytest.mark.django_db
def test_past_orders_of_the_house_itself_and_of_another_year_draw_on_nobody_s_allowance_of_today(stocked):
    maya, jonas = stocked.actor(MAYA), stocked.actor(JONAS)
    stocked.order(MAYA, ("coffee-machine", 6))
    next_year = AT + timedelta(days=60)
    many = [
        PastOrder(HOUSE, AT, (Wanted("widget-a", 1),), customer="abc-purchasing"),
        PastOrder(jonas, AT, (Wanted("coffee-machine", 1),)),
        PastOrder(maya, next_year, (Wanted("coffee-machine", 1),)),
    ]
    trade.place_orders_set_wise(by=HOUSE, at=next_year, orders=many)
    totals = list(Order.objects.order_by("id").values_list("total_minor", flat=True))
    assert totals == [54_450, 436, 9_075, 9_075]
    assert sorted(AllowanceUse.objects.values_list("person__code", "period", "used_units")) == [
        ("jonas-vik", "2026", 1),
        ("maya-lund", "2026", 6),
        ("maya-lund", "2027", 1),
    ]


@pytest.mark.django_db
def test_what_the_bench_prepares_is_written_as_any_order_is(stocked):
    acts = list(prepared_writes(by=stocked.actor(MAYA), at=AT, lines=[Wanted("cup", 2)], count=2))
    assert Order.objects.count() == 0
    for act in acts:
        act()
    first, second = Order.objects.order_by("id").values_list("reference", flat=True)
    assert looking.everything_of(first)["lines"] == looking.everything_of(second)["lines"]
    assert looking.told() == ["trade.OrderPlaced"] * 2
