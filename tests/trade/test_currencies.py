"""An order in dollars between companies whose books are in euro and dollars: one price, two books, one rate, and nothing left after returns."""

from collections import Counter
from datetime import timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, ON, nothing_written
from tests.cast import HENK, INES, LUCA, MAYA, RATNA
from tests.trade import looking
from tests.web.office.test_office import previewed, saved
from tests.web.reading import words

from inward.catalogue import operations as catalogue
from inward.core.bookkeeping import Published
from inward.core.pricing import Fixed, Level, Offering, OfferingKind, PriceRule, Target, TargetKind
from inward.core.terms import Money, Refusal, UnitPrice
from inward.kit import versions
from inward.kit.transaction import transaction
from inward.ledger import operations as ledger
from inward.ledger import queries as books
from inward.ledger.models import Books, EntryLine
from inward.ledger.ratefiles import Told
from inward.trade import operations as trade
from inward.trade.models import Order
from inward.trade.vocabulary import DisputeReason

LATER = AT + timedelta(days=5)


def tell(price="1.0876", on=ON, at=AT):
    """One euro is so many dollars on that day."""
    rate = Published("EUR", "USD", Fraction(price), on, "ECB")
    ledger.tell_rates(by=HOUSE, at=at, told=[Told(rate, "rate")])


def given_dollars():
    """XYZ lists a gauge in dollars and keeps its books in them; ABC keeps its own in euro."""
    with transaction():
        Books.objects.filter(company__code="xyz").update(currency="USD")
        versions.bump(books.VERSION)
    gauge = Offering("gauge", "xyz", "widgets", OfferingKind.GOOD, "STANDARD", "Gauge")
    catalogue.offer_item(by=HOUSE, at=AT, offering=gauge)
    listed = Fixed(UnitPrice.of("9.99", "USD"))
    rule = PriceRule("list-gauge", Level.LIST, "xyz", listed, Target(TargetKind.ITEM, "gauge"))
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    trade.set_approval_limit(by=HOUSE, at=AT, party="abc", limit=None)  # in euro, it would ask about any dollar


@pytest.fixture
def house(house):
    given_dollars()
    return house


def owed(reference):
    """By company and role: (dollars, in the books)."""
    sums = Counter()
    for line in EntryLine.objects.filter(entry__reference=reference).select_related("entry__company"):
        place = (line.entry.company.code, line.role)
        sums[(*place, "USD")] += line.amount_minor
        sums[(*place, "books")] += line.functional_minor
    return sums


def test_both_owe_the_same_dollars_and_each_keeps_them_in_its_own_currency(house):
    tell()
    order = house.order(INES, ("gauge", 7), customer="abc")
    assert order.total == Money.of("84.62", "USD")
    sums = owed(order.reference)
    assert sums["xyz", "INTERCOMPANY_RECEIVABLE", "USD"] == -sums["abc", "INTERCOMPANY_PAYABLE", "USD"] == 8_462
    assert sums["xyz", "INTERCOMPANY_RECEIVABLE", "books"] == 8_462
    assert sums["abc", "INTERCOMPANY_PAYABLE", "books"] == -7_780
    assert books.unbalanced() == []


def test_without_a_rate_the_order_is_refused_and_placed_once_it_is_told(house):
    with pytest.raises(Refusal) as refused:
        house.order(INES, ("gauge", 7), customer="abc")
    assert not Order.objects.exists()
    assert not EntryLine.objects.exists()
    assert refused.value.reason.code == "exchange_rate_missing"
    tell()
    assert house.order(INES, ("gauge", 7), customer="abc", key="second").number


def test_partial_returns_at_another_days_rate_keep_both_sides_equal_and_leave_nothing(house):
    tell()
    reference = house.order(INES, ("gauge", 7), customer="abc").reference
    ratna = house.actor(RATNA)
    trade.confirm_delivery(by=ratna, at=AT, reference=reference, pieces={1: 7})
    tell("1.25", LATER.date(), LATER)
    for pieces in (2, 1, 4):
        trade.return_items(by=ratna, at=LATER, reference=reference, pieces={1: pieces}, reason="Wrong size.")
        sums = owed(reference)
        assert sums["xyz", "INTERCOMPANY_RECEIVABLE", "USD"] == -sums["abc", "INTERCOMPANY_PAYABLE", "USD"]
    assert set(owed(reference).values()) == {0}
    assert books.unbalanced() == []


def test_calling_off_what_is_left_uses_the_rate_of_the_sale(house):
    tell()
    reference = house.order(INES, ("gauge", 7), customer="abc").reference
    tell("1.25", LATER.date(), LATER)
    trade.cancel_order(by=house.actor(INES, acting_for="abc"), at=LATER, reference=reference, reason="Enough.")
    assert set(owed(reference).values()) == {0}


def test_what_waited_for_approval_is_posted_at_the_rate_of_the_day_it_was_approved(house):
    tell()
    trade.set_approval_limit(by=HOUSE, at=AT, party="abc", limit=Money.of("1.00", "EUR"))
    reference = house.order(INES, ("gauge", 7), customer="abc").reference
    assert looking.state(reference) == "AWAITING_APPROVAL"
    assert owed(reference) == {}
    tell("1.25", LATER.date(), LATER)
    trade.approve_order(by=house.actor(HENK), at=LATER, reference=reference)
    assert owed(reference)["abc", "INTERCOMPANY_PAYABLE", "books"] == -6_770


def test_a_dispute_is_in_the_currency_of_the_dealing(house):
    tell()
    reference = house.order(INES, ("gauge", 7), customer="abc").reference
    ines = house.actor(INES, acting_for="abc")
    said = {"reason": DisputeReason.PRICE, "words": "Too much.", "due": LATER.date()}
    with pytest.raises(Refusal):
        trade.dispute_charge(by=ines, at=AT, order=reference, centre="abc", amount=Money.of("5.00", "EUR"), **said)


def test_what_leaves_her_pay_is_refused_where_her_employer_keeps_other_books(house):
    tell()
    with pytest.raises(Refusal, match="books_in_another_currency"):
        house.order(MAYA, ("gauge", 1))
    assert not Order.objects.exists()


def test_the_page_of_the_order_and_both_journals_tell_rate_day_and_source(house):
    tell()
    order = house.order(INES, ("gauge", 7), customer="abc")
    page = words(house.browser(INES).get(f"/orders/{order.reference}/"))
    assert "In the books of ABC Retail: €77.81 1 USD = 0.919456 EUR (ECB, 24 Nov 2026)" in page
    assert "In the books of XYZ Widgets" not in page
    luca = house.browser(LUCA)
    assert "US$84.62 €77.81" in words(luca.get("/books/abc/"))
    entry = next(
        each
        for each in books.entries_of(viewer=house.actor(LUCA), at=AT, reference=order.reference)
        if each.company.code == "abc"
    )
    page = words(luca.get(f"/books/entries/{entry.id}/"))
    assert "Exchange rate 1 USD = 0.919456 EUR (ECB, 24 Nov 2026)" in page
    assert "Rounding of exchange" in page
    other = next(
        each
        for each in books.entries_of(viewer=house.actor(LUCA), at=AT, reference=order.reference)
        if each.company.code == "xyz"
    )
    assert "Exchange rate" not in words(luca.get(f"/books/entries/{other.id}/"))


def test_rates_are_given_pasted_corrected_and_taken_back_in_the_office(house):
    luca = house.browser(LUCA)
    typed = {"currency": "eur", "rate": "1,0876", "against": "usd", "day": "2026-11-24", "published_by": "ECB"}
    assert "The rate is kept." in words(saved(luca, "/office/exchange-rates/-/new/tell/", **typed))
    saved(luca, "/office/exchange-rates/-/new/tell/", **typed | {"rate": "1.0877", "last_day": "2026-11-30"})
    page = words(luca.get("/office/exchange-rates/EUR:USD:2026-11-24/"))
    for said in ("Rate 1 EUR = 1.0877 USD", "Used through 30 Nov 2026"):
        assert said in page
    assert "1 EUR = 1.0876 USD (ECB)" in words(luca.get("/office/exchange-rates/EUR:USD:2026-11-24/history/"))
    file = "Date,NOK,ISK\n2026-11-23,11.51,N/A\n"
    pasted = {"file": file, "base": "EUR", "published_by": "ECB"}
    assert "2 lines" in words(previewed(luca, "/office/exchange-rates/-/new/paste/", **pasted))
    saved(luca, "/office/exchange-rates/-/new/paste/", **pasted)
    listed = words(luca.get("/office/exchange-rates/?currency=EUR"))
    assert "1 EUR = 11.51 NOK 23 Nov 2026 – ECB" in listed
    saved(luca, "/office/exchange-rates/EUR:USD:2026-11-24/do/take-back/")
    assert luca.get("/office/exchange-rates/EUR:USD:2026-11-24/").status_code == 404
    for wrong in ({"rate": "0"}, {"currency": "€"}, {"day": "2031-01-01"}):
        with nothing_written():
            previewed(luca, "/office/exchange-rates/-/new/tell/", **typed | wrong)
    assert house.browser(MAYA).get("/office/exchange-rates/").status_code == 404
