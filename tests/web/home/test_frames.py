"""Standing orders on the pages: what is agreed is shown before it is, parts are ordered at the price shown, and who may not sees none."""

from datetime import timedelta

from tests.builders import AT, HOUSE
from tests.cast import HENK, INES, MAYA, TOR
from tests.trade.test_budgets import given_budget, office
from tests.trade.test_frames import DAILY, WEDNESDAYS, agree, dearer_tomorrow
from tests.web.reading import form, words

from inward.catalogue import operations as catalogue
from inward.kit import clock
from inward.trade import operations as trade
from inward.trade.models import Frame, Order

__all__ = ["office"]
TYPED = {
    "quantity": "40", "starts_on": "2026-11-24", "last_day": "2026-12-31", "rhythm": "WEEKLY", "each": "10", "weekday": "2",
    "price": "AGREED", "note": "By the goods lift.",
}  # fmt: skip


def acting(house):
    client = house.browser(INES)
    client.post("/door/act-for/", {"party": "abc-it"})
    return client


def sent(page, action):
    return {name: values[-1] for name, values in form(page, action).items()}


def test_what_all_of_it_costs_is_shown_before_it_is_agreed_and_then_its_page_tells_what_is_left(office):
    given_budget("9000.00")
    client = acting(office)
    assert "Agree on a standing order instead" in words(client.get("/shop/chair/"))
    page = client.get("/standing-orders/new/chair/", TYPED)
    assert "40 pieces, before tax €4,000.00" in words(page)
    assert "Budget of IT, 1 Jan 2026 – 31 Dec 2026: €5,000.00 left after this order." in words(page)
    assert Frame.objects.count() == 0
    shown = client.post(
        "/standing-orders/new/chair/agree/", sent(page, "/standing-orders/new/chair/agree/"), follow=True
    )
    said = words(shown)
    assert "10 pieces every Wednesday" in said
    assert "The next part is due on 25 November 2026." in said
    assert "0 of 40 pieces ordered" in said
    assert "Still taken of the budget €4,000.00" in said
    assert "By the goods lift." in said


def test_what_waits_for_approval_says_whose_and_offers_no_part(office):
    client = acting(office)
    page = client.get("/standing-orders/new/chair/", TYPED | {"quantity": "60"})
    assert "A budget holder of IT, ABC Retail approves it first" in words(page)
    shown = client.post(
        "/standing-orders/new/chair/agree/", sent(page, "/standing-orders/new/chair/agree/"), follow=True
    )
    assert "Waiting for approval" in words(shown)
    assert "Order a part now" not in words(shown)
    reference = Frame.objects.get().order.reference
    decided = office.browser(HENK).post(f"/orders/{reference}/approve/", follow=True)
    assert "Agreed" in words(decided)
    assert "Order a part now" in words(client.get(f"/standing-orders/{reference}/"))


def test_what_cannot_be_agreed_says_why_and_nothing_is_written(office):
    client = acting(office)
    refused = client.get("/standing-orders/new/chair/", TYPED | {"last_day": "2026-11-01"})
    assert "Choose days from today on" in words(refused)
    assert "Choose the day of the week." in words(client.get("/standing-orders/new/chair/", TYPED | {"weekday": ""}))
    assert "How many" in words(client.get("/standing-orders/new/chair/", TYPED | {"quantity": "x"}))
    forged = client.post("/standing-orders/new/chair/agree/", TYPED, follow=True)
    assert "required" in words(forged).lower() or "cannot be read" in words(forged)
    alone = office.browser(INES).get("/standing-orders/new/chair/", TYPED)
    assert "choose for whom you act" in words(alone)
    assert Frame.objects.count() == 0


def test_a_part_is_ordered_at_the_price_that_was_shown_or_not_at_all(office):
    reference = agree(office)
    client = acting(office)
    page = client.get(f"/standing-orders/{reference}/?quantity=15")
    assert "Order 15 for €1,500.00" in words(page)
    typed = sent(page, f"/standing-orders/{reference}/order/")
    said = words(client.post(f"/standing-orders/{reference}/order/", typed, follow=True))
    assert "The part is ordered." in said
    assert "15 of 40 pieces ordered" in said
    assert "by hand" in said
    again = words(client.post(f"/standing-orders/{reference}/order/", typed, follow=True))
    assert "15 of 40 pieces ordered" in again
    stale = sent(client.get(f"/standing-orders/{reference}/?quantity=99"), f"/standing-orders/{reference}/order/")
    assert stale["quantity"] == "25"
    dearer_tomorrow()
    with clock.shifted(AT + timedelta(days=1)):
        moved = words(client.post(f"/standing-orders/{reference}/order/", stale, follow=True))
    assert "2,750.00" in moved
    assert "15 of 40 pieces ordered" in moved
    assert "required" in words(client.post(f"/standing-orders/{reference}/order/", {}, follow=True)).lower()


def test_the_order_of_a_part_leads_to_its_standing_order(office):
    reference = agree(office, terms=DAILY)
    trade.draw_due(by=HOUSE, at=AT)
    part = Order.objects.get(draw__isnull=False)
    page = office.browser(INES).get(f"/orders/{part.reference}/")
    assert f"/standing-orders/{reference}/" in page.content.decode()


def test_it_rests_goes_on_and_ends(office):
    reference = agree(office, terms=DAILY)
    client = acting(office)
    assert "4 pieces on every working day" in words(client.get("/standing-orders/"))
    for act, said in (("pause", "Paused"), ("resume", "It goes on from today."), ("end", "It has ended.")):
        assert said in words(client.post(f"/standing-orders/{reference}/{act}/", follow=True))
    assert "Ended" in words(client.get("/standing-orders/"))
    assert "Nothing can be ordered" in words(client.post(f"/standing-orders/{reference}/end/", follow=True))


def test_a_part_that_waits_says_why(office):
    given_budget("4000.00")
    reference = agree(office, terms=DAILY)
    dearer_tomorrow()
    with clock.shifted(AT + timedelta(days=1)):
        trade.draw_due(by=HOUSE, at=AT + timedelta(days=1))
        page = words(office.browser(INES).get(f"/standing-orders/{reference}/"))
    assert "The part that is due could not be ordered: The budget of IT" in page


def test_the_supplier_reads_it_and_ends_it_but_orders_nothing_and_others_see_none(office):
    reference = agree(office, terms=WEDNESDAYS)
    given_budget("9000.00")
    page = office.browser(TOR).get(f"/standing-orders/{reference}/").content.decode()
    assert f"/standing-orders/{reference}/end/" in page
    for hers in ("pause", "order"):
        assert f"/standing-orders/{reference}/{hers}/" not in page
    assert "4\u00a0000,00" in page
    client = acting(office)
    assert "Still taken of the budget €4,000.00" in words(client.get(f"/standing-orders/{reference}/"))
    assert "budsjett" not in page[page.index("<main") :]
    assert office.browser(MAYA).get(f"/standing-orders/{reference}/").status_code == 404
    assert "No standing orders" in words(office.browser(MAYA).get("/standing-orders/"))


def test_where_nothing_is_priced_today_a_part_says_so(office):
    reference = agree(office)
    catalogue.withdraw_item(by=HOUSE, at=AT, offering="chair")
    assert "is not offered" in words(acting(office).get(f"/standing-orders/{reference}/"))


def test_it_is_shared_over_departments_before_it_is_agreed(office):
    client, agree_url = acting(office), "/standing-orders/new/chair/agree/"
    shares = {"share_centre": ["abc-it", "abc-marketing"], "share_part": ["60", "forty"], "share_in": "percent"}
    assert "“forty” is no part" in words(client.get("/standing-orders/new/chair/", TYPED | shares))
    page = client.get("/standing-orders/new/chair/", TYPED | shares | {"share_part": ["60", "40"]})
    body = form(page, agree_url)
    assert Frame.objects.count() == 0
    said = words(client.post(agree_url, body, follow=True))
    assert "IT, ABC Retail: 60% · €2,400.00" in said
    assert "Marketing, ABC Retail: 40% · €1,600.00" in said
