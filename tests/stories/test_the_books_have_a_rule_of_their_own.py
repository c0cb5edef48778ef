"""The group keeps four tenths of XYZ. Prices count whoever is held at three tenths as a sister; the books, as always, a majority.

3.60 a piece for a sister, 5.00 outside; 21 % tax on top. What the price says and what the books post part here.
"""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_holding
from tests.cast import INES, RATNA

from inward.core.bookkeeping import EntryKind, Role
from inward.core.classification import Kind
from inward.core.pricing import Wanted
from inward.core.terms import Money
from inward.ledger import queries as books
from inward.parties import operations as parties
from inward.parties.models import Holding
from inward.parties.vocabulary import Purpose
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.vocabulary import Settlement

LATER = AT + timedelta(minutes=5)
WIDGETS = [Wanted("widget-a", 100)]


def eur(amount):
    return Money.of(amount, "EUR")


@pytest.fixture
def four_tenths(house):
    """JKL keeps 40 % of XYZ, and a rule counts 30 % as inside."""
    held = Holding.objects.get(owner__code="jkl", owned__code="xyz", known_until=None)
    parties.end_holding(by=HOUSE, at=AT, holding=held.code, valid_until=ON)
    given_holding("jkl", "xyz", 40, valid_from=ON)
    three_tenths = {"basis": "votes", "threshold": "30", "operator": ">="}
    parties.keep_definition(by=HOUSE, at=AT, code="three-tenths", name="Three tenths", body=three_tenths)
    return house


def chosen(purpose):
    parties.choose_definition(by=HOUSE, at=AT, purpose=purpose, definition="three-tenths")


def asked(house):
    return queries.quote_for(viewer=house.actor(INES, acting_for="abc"), at=LATER, lines=WIDGETS)


def ordered(house, key="first"):
    by = house.actor(INES, acting_for="abc")
    total = queries.quote_for(viewer=by, at=LATER, lines=WIDGETS).quote.total
    placed = trade.place_order(by=by, at=LATER, lines=WIDGETS, expected=total, key=key)
    return queries.order(viewer=by, at=LATER, reference=placed.reference)


def posted(order):
    found = books.entries_of(viewer=HOUSE, at=LATER, reference=order.row.reference)
    return [(entry.company.code, entry.kind, {line.role: line.amount for line in entry.lines}) for entry in found]


def test_a_sister_by_price_that_is_none_for_the_books_pays_by_invoice_and_is_no_intercompany_entry(four_tenths):
    chosen(Purpose.PRICE)
    shown = asked(four_tenths)
    assert (shown.quote.standing.kind, shown.books.kind, shown.quote.net) == (
        Kind.AFFILIATE,
        Kind.OUTSIDE,
        eur("360.00"),
    )
    assert (shown.settlement, shown.settlements) == (Settlement.INVOICE, (Settlement.INVOICE,))
    order = ordered(four_tenths)
    assert (order.row.kind, order.standing.definition) == (Kind.AFFILIATE, "three-tenths")
    assert (order.books_kind, order.books_definition) == (Kind.OUTSIDE, "strict_majority")
    ((company, kind, lines),) = posted(order)
    assert (company, kind) == ("xyz", EntryKind.OUTSIDE_SALE)
    assert lines[Role.CUSTOMER_RECEIVABLE] == eur("435.60")
    assert Role.INTERCOMPANY_RECEIVABLE not in lines


def test_what_comes_back_is_posted_as_it_was_sold_whatever_rule_the_books_have_by_then(four_tenths):
    chosen(Purpose.PRICE)
    order = ordered(four_tenths)
    server = four_tenths.actor(RATNA)
    trade.confirm_delivery(by=server, at=LATER, reference=order.row.reference, pieces={1: 100})
    chosen(Purpose.BOOKS)
    trade.return_items(by=server, at=LATER, reference=order.row.reference, pieces={1: 100}, reason="Rust", key="back")
    sold, back = posted(order)
    assert (back[0], back[1]) == (sold[0], sold[1]) == ("xyz", EntryKind.OUTSIDE_SALE)
    assert {role: -amount for role, amount in back[2].items()} == sold[2]


def test_a_sister_for_the_books_alone_pays_the_list_price_between_the_companies_on_two_equal_sides(four_tenths):
    chosen(Purpose.BOOKS)
    order = ordered(four_tenths)
    assert (order.row.kind, order.books_kind, order.net) == (Kind.OUTSIDE, Kind.AFFILIATE, eur("500.00"))
    assert order.row.settlement is Settlement.INTERCOMPANY
    sides = {company: lines for company, _, lines in posted(order)}
    assert sides["xyz"][Role.INTERCOMPANY_RECEIVABLE] == eur("605.00")
    assert sides["abc"][Role.INTERCOMPANY_PAYABLE] == eur("-605.00")


def test_one_rule_for_both_decides_once(four_tenths):
    chosen(Purpose.PRICE)
    chosen(Purpose.BOOKS)
    shown = asked(four_tenths)
    assert shown.books is not None
    assert (shown.books, shown.settlement) == (shown.quote.standing, Settlement.INTERCOMPANY)


def test_the_pages_say_what_it_is_for_the_books_only_where_that_is_another_thing(four_tenths):
    client = four_tenths.browser(INES)
    client.post("/door/act-for/", {"party": "abc"})
    assert "For the books" not in client.get("/shop/widget-a/").content.decode()
    chosen(Purpose.PRICE)
    page = client.get("/shop/widget-a/").content.decode()
    assert "For the books: Outside. How it is paid follows from that." in page
    order = client.get(f"/orders/{ordered(four_tenths).row.reference}/").content.decode()
    assert "<dt>For the books</dt><dd>Outside</dd>" in order
