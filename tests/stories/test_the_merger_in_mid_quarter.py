"""In the middle of a quarter one department goes up in another and is called otherwise: old orders stay as they were decided."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, ON
from tests.cast import HENK, INES

from inward.core.classification import Kind
from inward.core.pricing import Wanted
from inward.kit.policy import NotThere
from inward.ledger import queries as books
from inward.parties import operations as parties
from inward.parties import queries as known
from inward.parties.reorganising import Reorganisation
from inward.parties.vocabulary import EventKind
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.models import Order

LATER = AT + timedelta(hours=1)


def kept(reference):
    """Everything the order says, and what was posted for it."""
    row = Order.objects.filter(reference=reference).values().get()
    entries = books.entries_of(viewer=HOUSE, at=LATER, reference=reference)
    return row, [(entry.company.code, [line.amount for line in entry.lines]) for entry in entries]


def entered(kind, **asked):
    return parties.reorganise(by=HOUSE, at=LATER, asked=Reorganisation(kind, ON, **asked))


def test_old_orders_and_verdicts_stay_as_they_were_and_new_ones_are_asked_of_the_new_department(house):
    done = house.order(INES, ("help-hour", 3), customer="abc-purchasing")
    before = kept(done.reference)
    entered(EventKind.RENAME, source="abc-marketing", name="Marketing and purchasing")
    entered(EventKind.MERGER, source="abc-purchasing", target="abc-marketing")
    assert kept(done.reference) == before
    assert before[0]["kind"] == Kind.DEPARTMENT.value
    buyer = house.actor(INES, acting_for="abc-marketing", at=LATER)
    assert (
        queries.quote_for(viewer=buyer, at=LATER, lines=[Wanted("help-hour", 1)]).quote.standing.kind is Kind.DEPARTMENT
    )
    with pytest.raises(NotThere):
        known.company_of("abc-purchasing", on=ON)
    assert known.company_of("abc-purchasing", on=ON - timedelta(days=1)) == "abc"


def test_open_orders_of_what_goes_up_in_another_are_counted_before(house):
    house.order(INES, ("help-hour", 3), customer="abc-purchasing")
    assert queries.open_orders(["abc-purchasing", "nowhere"]) == 1
    assert queries.open_orders(["abc"]) == 1
    assert queries.open_orders(["xyz", HENK.code]) == 0


def test_old_orders_their_books_and_their_verdict_bear_the_name_of_their_day(house):
    done = house.order(INES, ("widget-a", 10), customer="abc")
    day = ON + timedelta(days=1)
    parties.rename_party(by=HOUSE, at=LATER, party="xyz", name="XYZ Components", valid_from=day)
    parties.rename_party(by=HOUSE, at=LATER, party="abc-purchasing", name="Buying", valid_from=day)
    then = LATER + timedelta(days=2)
    assert parties.take_name(by=HOUSE, at=then, party=known.keys()["xyz"])
    buyer, wanted = house.actor(INES, acting_for="abc", at=then), [Wanted("widget-a", 10)]
    total = queries.quote_for(viewer=buyer, at=then, lines=wanted).quote.total
    new = trade.place_order(by=buyer, at=then, lines=wanted, expected=total, key="second")
    names = {}
    for order in (done, new):
        view = queries.order(viewer=HOUSE, at=then, reference=order.reference)
        grounds = {fact for ground in view.standing.grounds for name, fact in ground.items if name == "owned_name"}
        (entry,) = (
            each
            for each in books.entries_of(viewer=HOUSE, at=then, reference=order.reference)
            if each.company.code == "xyz"
        )
        names[order.reference] = (view.row.supplier.name, view.supplier_company.name, entry.company.name, grounds)
    assert names == {
        done.reference: ("XYZ Widgets", "XYZ Widgets", "XYZ Widgets", {"ABC Retail", "XYZ Widgets"}),
        new.reference: ("XYZ Components", "XYZ Components", "XYZ Components", {"ABC Retail", "XYZ Components"}),
    }
