"""The books: what controllers see and do; that others see nothing; that both sides of a dealing stand there."""

import hashlib
import re

import pytest
from tests.builders import AT, HOUSE
from tests.cast import INES, LUCA, MAYA, RATNA
from tests.web.reading import words

from inward.ledger import operations as ledger
from inward.ledger.models import Account, AccountMapping, Entry
from inward.trade.models import Order


@pytest.fixture
def sold(house):
    """Ten widgets from XYZ to ABC at 3.60: 36.00 and 7.56 tax."""
    house.order(INES, ("widget-a", 10), customer="abc")
    for company in ("abc", "xyz"):
        ledger.number_entries(by=HOUSE, at=AT, company=company)
    return house


def test_the_journal_lists_what_was_posted_and_links_both_sides(sold):
    client = sold.browser(LUCA)
    page = words(client.get("/books/xyz/"))
    assert "1 24 Nov 2026 Intercompany sale" in page
    assert "€43.56" in page
    entry = Entry.objects.get(company__code="xyz")
    page = words(client.get(f"/books/entries/{entry.pk}/"))
    assert "1560 Intercompany receivable Owed by a sister company – ABC Retail €43.56" in page
    assert "Sum €43.56 €43.56" in page
    assert "Intercompany purchase – ABC Retail, 24 Nov 2026, €43.56" in page


def test_postings_are_found_by_the_number_people_know_an_order_by(sold):
    other = sold.order(INES, ("widget-a", 1), customer="abc", key="other")
    client = sold.browser(LUCA)
    listed = client.get("/books/xyz/")
    first = Order.objects.exclude(reference=other.reference).get()
    for order in (first, other):
        link = f'<a class="reference" href="?reference={order.reference}">{order.number}</a>'
        assert link in listed.content.decode()
    assert "Show all" not in words(listed)
    page = client.get(f"/books/xyz/?reference={first.reference}")
    assert f"Only postings of order {first.number} are shown. Show all" in words(page)
    assert str(other.number) not in words(page)
    entry = Entry.objects.get(company__code="xyz", reference=first.reference)
    assert f"Order {first.number} · All its postings here {first.reference}" in words(
        client.get(f"/books/entries/{entry.pk}/")
    )


def test_a_list_of_fewer_postings_says_so_and_one_click_shows_all(sold):
    client = sold.browser(LUCA)
    page = client.get("/books/xyz/?kind=INTERCOMPANY_SALE")
    assert "Not all postings are shown. Show all" in words(page)
    assert page.content.decode().count('href="?"') == 1
    none = words(client.get("/books/xyz/?reference=of-nobody"))
    assert "No posting fits" in none
    assert "of-nobody" not in none


def test_the_books_show_a_dealing_s_key_where_no_order_has_it(sold, monkeypatch):
    monkeypatch.setattr("inward.trade.queries.numbers_of", lambda _references: {})
    entry = Entry.objects.get(company__code="xyz")
    assert f"{entry.reference[:11]}…" in words(sold.browser(LUCA).get("/books/xyz/"))
    assert f"Only postings of order {entry.reference} are shown." in words(
        sold.browser(LUCA).get(f"/books/xyz/?reference={entry.reference}")
    )


def test_the_trial_balance_adds_up_alike_and_respects_its_days(sold):
    client = sold.browser(LUCA)
    assert "Sum €43.56 €43.56" in words(client.get("/books/abc/balance/"))
    assert "Nothing moved in these days" in words(client.get("/books/abc/balance/?until=2026-11-23"))
    assert "€43.56" in words(client.get("/books/abc/balance/?since=2026-11-24&until=2026-11-24"))
    assert "€43.56" in words(client.get("/books/abc/balance/?since=nonsense"))


def test_a_controller_maps_a_role_to_another_account(sold):
    client = sold.browser(LUCA)
    sent = {"kind": "INTERCOMPANY_SALE", "role": "INTERCOMPANY_REVENUE", "account": "3000"}
    page = client.post("/books/xyz/accounts/", sent, follow=True)
    assert "From now on it goes to account 3000." in words(page)
    assert client.post("/books/xyz/accounts/", sent | {"account": "9999"}).status_code == 404
    assert client.post("/books/xyz/accounts/", sent | {"role": "NONSENSE"}).status_code == 404


def test_an_account_that_cannot_be_meant_is_refused_and_one_that_was_kept_so_before_is_told_in_its_line(sold):
    client = sold.browser(LUCA)
    sent = {"kind": "INTERCOMPANY_SALE", "role": "INTERCOMPANY_REVENUE", "account": "1500"}
    refused = "1500 Trade receivables is an account of the kind Asset. “Intercompany sales” goes to the kind Revenue."
    assert refused in words(client.post("/books/xyz/accounts/", sent, follow=True))
    line = AccountMapping.objects.filter(company__code="xyz", kind=sent["kind"], role=sent["role"])
    assert line.get().account.code == "3060"
    assert refused not in words(client.get("/books/xyz/accounts/"))
    line.update(account=Account.objects.get(company__code="xyz", code="1500"))
    page = client.get("/books/xyz/accounts/")
    assert refused in words(page)
    shown = (
        page.content.decode().partition('id="a-INTERCOMPANY_SALE-INTERCOMPANY_REVENUE"')[2].partition("</select>")[0]
    )
    assert re.findall(r'<option value="(\d+)"( selected)?', shown) == [
        *(("1500", " selected"), ("3000", ""), ("3050", ""), ("3060", ""), ("3090", ""), ("3900", ""))
    ]


def test_whoever_maps_accounts_finds_where_they_are_added(sold):
    client = sold.browser(LUCA)
    page = client.get("/books/xyz/accounts/")
    assert 'href="/office/accounts/?company=xyz"' in page.content.decode()
    assert "Intercompany sales" in words(client.get("/office/accounts/?company=xyz"))


def test_a_month_is_closed_and_opened_again(sold):
    client = sold.browser(LUCA)
    page = words(client.post("/books/xyz/months/", {"month": "2026-11-01", "act": "close"}, follow=True))
    assert "November 2026 is closed now." in page
    assert "November 2026 Closed 1 Open again" in page
    page = words(client.post("/books/xyz/months/", {"month": "2026-11-01", "act": "open"}, follow=True))
    assert "November 2026 is open again." in page
    assert client.post("/books/xyz/months/", {"month": "never", "act": "close"}).status_code == 404


def test_an_export_holds_every_posting_once_and_never_changes(sold):
    client = sold.browser(LUCA)
    page = words(client.post("/books/xyz/exports/", follow=True))
    assert "The export is made." in page
    first, second = client.get("/books/xyz/exports/1.csv"), client.get("/books/xyz/exports/1.csv")
    assert first.content == second.content
    assert first["Content-Disposition"] == 'attachment; filename="journal-xyz-1.csv"'
    assert hashlib.sha256(first.content).hexdigest()[:12] in page
    assert "Everything in the books of XYZ Widgets has been exported already." in words(
        client.post("/books/xyz/exports/", follow=True)
    )
    assert client.get("/books/xyz/exports/2.csv").status_code == 404


@pytest.mark.parametrize("part", [MAYA, INES, RATNA], ids=lambda part: part.code)
@pytest.mark.parametrize(
    "address", ["", "xyz/", "xyz/balance/", "xyz/accounts/", "xyz/months/", "xyz/exports/", "xyz/exports/1.csv"]
)
def test_others_find_nothing_in_the_books(sold, part, address):
    assert sold.browser(part).get(f"/books/{address}").status_code == 404


def test_others_change_nothing_in_the_books(sold):
    client = sold.browser(RATNA)
    assert client.post("/books/xyz/months/", {"month": "2026-11-01", "act": "close"}).status_code == 403
    assert client.post("/books/xyz/exports/").status_code == 403


def test_a_controller_finds_no_books_of_a_company_that_is_not_hers(sold):
    assert sold.browser(LUCA).get("/books/kestrel/").status_code == 404


def test_one_posting_costs_as_many_queries_as_three(house, django_assert_num_queries):
    client = house.browser(LUCA)
    house.order(INES, ("widget-a", 1), customer="abc", key="a")
    client.get("/books/xyz/")
    with django_assert_num_queries(6):
        client.get("/books/xyz/")
    for key in "bc":
        house.order(INES, ("widget-a", 1), customer="abc", key=key)
    with django_assert_num_queries(6):
        client.get("/books/xyz/")
