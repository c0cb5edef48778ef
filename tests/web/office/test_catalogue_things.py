"""What is offered, the books' arrangement and calendars in the office: lists, pages, forms, previews; and who finds them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import AT, HOUSE, LONG_AGO, given_actor, nothing_written
from tests.cast import LUCA, MAYA, NORA, SITI
from tests.catalogue.test_operations import rule
from tests.shop import given_item
from tests.web.office.test_office import first, previewed, saved, sent
from tests.web.reading import form, words

from inward.catalogue import operations as catalogue
from inward.catalogue.models import Category, Offering, PriceRule
from inward.catalogue.queries import price_book
from inward.core.pricing import Limit, Span, Target, TargetKind
from inward.core.terms import Money
from inward.ledger import operations as ledger
from inward.ledger.models import Account, AccountMapping
from inward.parties import operations as parties
from inward.parties.weeks import read_hours
from inward.trade.models import ApprovalLimit
from inward.web.office.things import THINGS

OFFERED = ("offerings", "prices", "schemes", "tax-rates", "categories")
BOOKED = ("accounts", "account-map", "series", "limits")
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def siti(house):
    return house.browser(SITI)


@pytest.fixture
def luca(house):
    house.order(NORA, ("coffee-machine", 1), customer="kestrel")
    ledger.number_entries(by=HOUSE, at=AT, company="abc")
    return house.browser(LUCA)


def opens(client, thing):
    """List, downloads, page, history and every form of a thing."""
    assert client.get(f"/office/{thing}/").status_code == 200
    for kind in ("csv", "xlsx"):
        assert client.get(f"/office/{thing}/-/list.{kind}").status_code == 200
    address = first(client.get(f"/office/{thing}/"), thing)
    assert client.get(address).status_code == 200
    assert client.get(f"{address}history/").status_code == 200
    for act in THINGS[thing].creates:
        assert client.get(f"/office/{thing}/-/new/{act.name}/").status_code == 200
    for act in THINGS[thing].acts:
        assert client.get(f"{address}do/{act.name}/").status_code in (200, 404)


@pytest.mark.parametrize("thing", [*OFFERED, "calendars"])
def test_data_administrators_find_what_is_offered_and_calendars(siti, thing):
    opens(siti, thing)


@pytest.mark.parametrize("thing", BOOKED)
def test_controllers_find_how_the_books_are_arranged(luca, thing):
    opens(luca, thing)


def test_each_finds_her_own_and_others_nothing(house, siti, luca):
    for thing in (*OFFERED, "calendars", "companies"):
        assert luca.get(f"/office/{thing}/").status_code == 404
    for thing in BOOKED:
        assert siti.get(f"/office/{thing}/").status_code == 404
    maya = house.browser(MAYA)
    for address in ("/office/", "/office/prices/", "/office/accounts/", "/office/calendars/abc/month/2026-12/"):
        assert maya.get(address).status_code == 404
    start = words(luca.get("/office/"))
    assert "Accounts" in start
    assert "Files brought in" in start  # of budgets
    assert "Companies" not in start


def test_a_price_is_changed_from_a_day_on_after_its_preview(house, siti):
    house.order(MAYA, ("coffee-machine", 2))
    address = "/office/prices/list-coffee-machine/do/change/"
    typed = {"valid_from": "2027-01-01", "value": "145,20", "source": "Board, 3 November"}
    with nothing_written():
        page = words(previewed(siti, address, **typed))
    assert "Nothing is saved yet." in page
    assert "Percent or amount 121.00 145.20" in page
    assert "Prices today and on 1 Jan 2027" in page
    assert "An employee: Henk Verhoef Coffee machine €90.75 (tax included) €108.90 (tax included) +€18.15" in page
    assert "A department: IT" in page
    assert "An outsider: Kestrel Café Coffee machine €121.00 (tax included) €145.20 (tax included) +€24.20" in page
    assert "Staff of the company 1 €181.50 €217.80 +€36.30" in page
    page = words(saved(siti, address, **typed))
    assert "The price is changed from that day on." in page
    known = PriceRule.objects.current().filter(code__startswith="list-coffee").order_by("code")
    assert [(rule.code, rule.valid_from, rule.includes_tax) for rule in known] == [
        ("list-coffee-machine", LONG_AGO, True),
        ("list-coffee-machine@2027-01-01", NEW_YEAR, True),
    ]
    history = words(siti.get("/office/prices/list-coffee-machine/history/"))
    assert "Board, 3 November" in history
    assert "Siti Hartati" in history
    page = words(saved(siti, "/office/prices/list-coffee-machine/do/take-back/", valid_from="2027-01-01"))
    assert "The planned change is taken back." in page
    assert PriceRule.objects.current().filter(code__startswith="list-coffee").count() == 1


RAISED = {"supplier": "abc", "level": "LIST", "percent": "3,5", "rounded_to": "0.10", "valid_from": "2027-01-01"}


def test_a_price_list_is_raised_after_its_preview(house, siti):
    house.order(MAYA, ("coffee-machine", 2))
    address = "/office/prices/-/new/raise/"
    with nothing_written():
        page = words(previewed(siti, address, **RAISED))
    assert "1 price becomes another." in page
    assert "Coffee machine everybody €121.00 each, tax included €125.20 each, tax included" in page
    assert "other way" not in page
    assert "An outsider: Kestrel Café Coffee machine €121.00 (tax included) €125.20 (tax included) +€4.20" in page
    assert "Orders of the last 90 days, priced anew" in page
    page = words(saved(siti, address, **RAISED))
    assert "The prices are changed from that day on." in page
    known = PriceRule.objects.current().filter(code__startswith="list-coffee").order_by("code")
    assert [(rule.code, rule.valid_from, rule.value) for rule in known] == [
        ("list-coffee-machine", LONG_AGO, 12100), ("list-coffee-machine@2027-01-01", NEW_YEAR, 12520),
    ]  # fmt: skip
    assert "Raised with others" in words(siti.get("/office/prices/list-coffee-machine/history/"))


def test_a_raise_is_taken_back_whole_after_its_preview(house, siti):
    saved(siti, "/office/prices/-/new/raise/", **RAISED)
    listed = words(siti.get("/office/price-raises/"))
    assert "ABC Retail List" in listed
    assert "Stands" in listed
    page = first(siti.get("/office/price-raises/"), "price-raises")
    told = words(siti.get(page))
    assert "Coffee machine, everybody €121.00 each, tax included → €125.20 each, tax included" in told
    with nothing_written():
        asked = words(previewed(siti, f"{page}do/take-back/"))
    assert "1 price goes back." in asked
    assert "Coffee machine everybody €125.20 each, tax included €121.00 each, tax included" in asked
    after = words(saved(siti, f"{page}do/take-back/"))
    assert "The raise is taken back." in after
    assert "Taken back on " in after
    assert "Take the whole raise back" not in after
    assert PriceRule.objects.current().filter(code__startswith="list-coffee").count() == 1
    assert "Taken back" in words(siti.get(f"{page}history/"))


def test_a_raise_of_which_one_price_was_changed_since_lets_the_others_go_back(house, siti):
    keeper = given_actor("abc-keeper", ("DATA_ADMINISTRATOR", "abc"))
    catalogue.set_price(by=keeper, at=AT, rule=rule("ten", price="110.00", quantity_min=10))
    saved(siti, "/office/prices/-/new/raise/", **RAISED)
    page = first(siti.get("/office/price-raises/"), "price-raises")
    assert "Take the other prices back" not in words(siti.get(page))
    catalogue.take_back_price(by=keeper, at=AT, price="ten", valid_from=NEW_YEAR)
    told = words(siti.get(page))
    assert "Take the whole raise back" not in told
    assert "It was taken back by itself on " in told
    with nothing_written():
        asked = words(previewed(siti, f"{page}do/take-others-back/"))
    assert "1 price goes back." in asked
    assert "1 price stays as it is." in asked
    after = words(saved(siti, f"{page}do/take-others-back/"))
    assert "The other prices are taken back." in after
    assert "Take the other prices back" not in after
    assert sorted(PriceRule.objects.current().filter(valid_from=NEW_YEAR).values_list("code")) == []


def test_a_raise_says_what_the_rounding_turns_the_other_way_and_what_cannot_be(siti):
    with nothing_written():
        page = words(previewed(siti, "/office/prices/-/new/raise/", **RAISED | {"rounded_to": "100", "percent": "1"}))
        nothing = previewed(siti, "/office/prices/-/new/raise/", **RAISED | {"rounded_to": "500"})
        same = previewed(siti, "/office/prices/-/new/raise/", **RAISED | {"percent": "0"})
        empty = words(previewed(siti, "/office/prices/-/new/raise/", supplier="", percent="", valid_from=""))
    assert "1 of them moves the other way, because the rounding is coarse beside it." in page
    assert nothing.status_code == same.status_code == 422
    assert "list-coffee-machine would become nothing by this rounding." in words(nothing)
    assert "Give a percent that is not 0 and above -100." in words(same)
    for said in (
        "Supplier : Type a name or a code.",
        "By how many percent : Type a number, such as 129.90.",
        "From : Choose a day.",
    ):
        assert said in empty


def test_of_many_prices_that_are_raised_the_first_are_shown_and_the_rest_counted(siti, monkeypatch):
    for pieces in (10, 20):
        more = {"target": "coffee-machine", "value": "99", "currency": "EUR", "quantity_min": str(pieces)}
        saved(siti, "/office/prices/-/new/list/", **more)
    monkeypatch.setattr("inward.web.office.things.raising._TOLD", 2)
    page = words(previewed(siti, "/office/prices/-/new/raise/", **RAISED | {"category": "coffee"}))
    assert "3 prices become others." in page
    assert "1 more is not shown here." in page


def test_a_conflict_is_told_at_the_preview_and_names_both(siti):
    with nothing_written():
        page = previewed(
            siti, "/office/prices/-/new/list/", target="coffee-machine", value="99", currency="EUR", quantity_min="1"
        )
    assert page.status_code == 422
    assert "list-coffee-machine" in words(page)
    assert "neither goes first" in words(page)


NEW_PRICES = {
    "list": {"target": "Widget A", "value": "4.50", "currency": "EUR", "quantity_min": "100"},
    "rate": {"supplier": "abc-it", "target_kind": "ALL", "method": "COST_PLUS", "value": "5", "customer_kinds": "affiliate", "quantity_min": "1"},
    "staff": {"scheme": "abc-staff", "target_kind": "CATEGORY", "category": "coffee", "method": "PERCENT_OFF", "value": "30", "quantity_min": "1", "saving_max": "40", "currency": "EUR", "floor_at_cost": "on"},
    "agreement": {"supplier": "abc", "customer": "Kestrel Café", "target_kind": "ITEM", "target": "coffee-machine", "method": "FIXED", "value": "100/3", "currency": "EUR", "quantity_min": "1"},
}  # fmt: skip


@pytest.mark.parametrize("act", NEW_PRICES)
def test_prices_of_every_level_are_entered_and_tried_first(siti, act):
    before = {rule.id for rule in price_book().rules}
    page = saved(siti, f"/office/prices/-/new/{act}/", **NEW_PRICES[act])
    assert "The price is kept." in words(page)
    (fresh,) = {rule.id for rule in price_book().rules} - before
    assert siti.get(f"/office/prices/{fresh}/").status_code == 200


def test_what_cannot_be_read_is_said_at_its_field(siti):
    page = previewed(
        siti, "/office/prices/-/new/list/", target="Tea pot", value="x", currency="EURO€", quantity_min="1"
    )
    assert page.status_code == 422
    assert "Nothing is known by this name or code: Tea pot" in words(page)
    assert "Type a number, such as 129.90." in words(page)
    page = previewed(siti, "/office/prices/-/new/list/", target="Widget A", value="1", currency="€", quantity_min="7")
    assert "“€” is not a currency code." in words(page)
    page = previewed(
        siti, "/office/prices/-/new/staff/", scheme="abc-staff", target_kind="CATEGORY", method="PERCENT_OFF", value="300",
        quantity_min="1",
    )  # fmt: skip
    assert page.status_code == 422


def test_an_item_is_offered_described_priced_outside_withdrawn_and_offered_again(siti):
    saved(siti, "/office/offerings/-/new/offer/", code="kettle", supplier="ABC Retail", kind="GOOD", name="Kettle", category="coffee", tax_code="STANDARD")  # fmt: skip
    assert Offering.objects.get(code="kettle").supplier.code == "abc"
    page = previewed(siti, "/office/offerings/coffee-machine/do/describe/", tax_code="")
    assert "Prices today and on" in words(page)
    saved(siti, "/office/offerings/coffee-machine/do/describe/", name="Espresso machine", benefit_kind="on_premises_athletic_facility")  # fmt: skip
    saved(siti, "/office/offerings/coffee-machine/do/cost/", valid_from="2027-01-01", cost="66", source="Invoice 7")
    saved(siti, "/office/offerings/coffee-machine/do/outside/", price="119.50", seen_at="Corner shop", seen_on="2026-11-20")  # fmt: skip
    page = words(siti.get("/office/offerings/coffee-machine/"))
    assert "Espresso machine" in page
    assert "€119.50 at Corner shop, seen 20 Nov 2026" in page
    assert "€66.00 a piece" in page
    assert "gym or other sports facility on the employer’s premises" in page
    saved(siti, "/office/offerings/coffee-machine/do/outside/", price="")
    assert Offering.objects.get(code="coffee-machine").outside_price is None
    saved(siti, "/office/offerings/coffee-machine/do/withdraw/")
    assert siti.get("/office/offerings/coffee-machine/do/withdraw/").status_code == 404
    saved(siti, "/office/offerings/coffee-machine/do/again/")
    assert Offering.objects.get(code="coffee-machine").offered


def several(client, address, step="preview", **typed):
    """The form with lists chosen from, which a plain dictionary cannot send."""
    return client.post(address, {**form(client.get(address), ""), **typed, "step": step}, follow=True)


def test_a_scheme_is_changed_from_a_day_on_and_loses_nothing_it_named(siti):
    address = "/office/schemes/abc-staff/do/change/"
    page = several(siti, address, valid_from="2027-01-01", allowance_money="900", work_kinds=["FULL_TIME", "TEMPORARY"])
    assert "Allowance in money 600.00 900" in words(page)
    again = form(page, "")
    page = siti.post(address, {**again, "step": "save"}, follow=True)
    assert "The scheme is changed from that day on." in words(page)
    now, then = price_book().scheme_versions["abc-staff"]
    assert (then.allowance_money, then.employers) == (Money.of("900", "EUR"), now.employers)
    assert {kind.value for kind in then.work_kinds} == {"FULL_TIME", "TEMPORARY"}
    assert then.period.start == NEW_YEAR


def test_a_scheme_is_set_up_and_ended(siti):
    page = saved(
        siti, "/office/schemes/-/new/set-up/", code="abc-tea", supplier="abc", name="Tea", allowance_measure="PRICE"
    )
    assert "The scheme is set up." in words(page)
    page = saved(siti, "/office/schemes/abc-tea/do/end/", valid_until="2027-06-30")
    assert price_book().schemes["abc-tea"].period.until == date(2027, 7, 1)


def test_a_scheme_is_for_a_line_of_business_and_closes_before_somebody_leaves(siti):
    address = "/office/schemes/abc-staff/do/change/"
    page = saved(siti, address, valid_from="2027-01-01", lines_of_business="grid retail", leaving_days="30")
    assert "grid, retail; not in the last 30 days; €600.00 a year" in words(page)
    then = price_book().schemes["abc-staff"]
    assert (then.lines_of_business, then.leaving_days) == (frozenset({"grid", "retail"}), 30)


def test_a_limit_is_set_changed_kept_through_other_changes_and_lifted(siti):
    set_, lift = "/office/schemes/abc-staff/do/limit/", "/office/schemes/abc-staff/do/lift-limit/"
    assert siti.get(lift).status_code == 404
    typed = {"valid_from": "2027-01-01", "id": "coffee", "span": "ROLLING", "target": "coffee", "each_item": "on"}
    page = previewed(siti, set_, **typed, units="1")
    assert page.status_code == 422
    assert "Say over how many days limit coffee counts, from 1 to 3,660." in words(page)
    page = previewed(siti, set_, **typed | {"span": "MONTH"}, money="1.001", currency="EUR")
    assert page.status_code == 422
    page = saved(siti, set_, **typed, units="1", days="730")
    assert "The limit holds from that day on." in words(page)
    page = words(siti.get("/office/schemes/abc-staff/"))
    assert "€600.00 a year; 1 piece in any 730 days, only of Coffee and tea" in page
    assert "each item by itself" in page
    saved(siti, "/office/schemes/abc-staff/do/change/", valid_from="2027-06-01", allowance_money="900")
    coffee = Target(TargetKind.CATEGORY, "coffee")
    last = price_book().schemes["abc-staff"]
    assert last.limits == (Limit("coffee", Span.ROLLING, units=1, days=730, target=coffee, each_item=True),)
    saved(siti, set_, valid_from="2027-07-01", id="coffee", span="YEAR", units="2", carry_over="on")
    assert price_book().schemes["abc-staff"].limits == (Limit("coffee", Span.YEAR, units=2, carry_over=True),)
    page = previewed(siti, lift, valid_from="2026-12-01", limit="coffee")
    assert page.status_code == 422
    assert "Limit coffee does not hold on 1 December 2026." in words(page)
    page = saved(siti, lift, valid_from="2027-08-01", limit="coffee")
    assert "The limit is lifted from that day on." in words(page)
    now = price_book().schemes["abc-staff"]
    assert (now.limits, now.allowance_money) == ((), Money.of("900", "EUR"))


@pytest.mark.parametrize("field", ["leaving_days", "tenure_months"])
def test_more_days_or_months_than_anybody_works_are_refused_at_their_field(siti, field):
    page = previewed(siti, "/office/schemes/abc-staff/do/change/", valid_from="2027-06-01", **{field: "5000000000"})
    assert page.status_code == 422
    assert "less than or equal to" in words(page)


def test_of_two_limits_set_at_once_both_hold(siti, monkeypatch):
    set_, seen = "/office/schemes/abc-staff/do/limit/", price_book()
    monkeypatch.setattr("inward.web.office.things.schemes.catalogue.price_book", lambda: seen)
    for name in ("one", "two"):  # neither page knows of the other
        saved(siti, set_, valid_from="2027-01-01", id=name, span="ORDER", units="2")
    saved(siti, "/office/schemes/abc-staff/do/change/", valid_from="2027-01-01", allowance_money="900")
    monkeypatch.undo()
    now = price_book().schemes["abc-staff"]
    assert (tuple(limit.id for limit in now.limits), now.allowance_money) == (("one", "two"), Money.of("900", "EUR"))


def test_tax_rates_and_categories_are_kept(siti):
    page = previewed(siti, "/office/tax-rates/abc:STANDARD/do/change/", valid_from="2027-01-01", percent="25")
    assert "Prices today and on 1 Jan 2027" in words(page)
    saved(siti, "/office/tax-rates/abc:STANDARD/do/change/", valid_from="2027-01-01", percent="25")
    saved(siti, "/office/tax-rates/-/new/set/", company="abc", tax_code="FOOD", percent="9", staff_minimum="NONE")
    saved(siti, "/office/tax-rates/abc:FOOD/do/end/", valid_until="2027-12-31")
    assert price_book().tax_on("abc", "STANDARD", NEW_YEAR).rate.percentage == 25
    saved(siti, "/office/categories/-/new/place/", code="tea", name="Tea", parent="coffee")
    page = previewed(siti, "/office/categories/-/new/place/", code="coffee", name="Other")
    assert page.status_code == 422
    saved(siti, "/office/categories/tea/do/move/", name="Teas", parent="")
    assert Category.objects.get(code="tea").name == "Teas"
    page = previewed(siti, "/office/categories/coffee/do/remove/")
    assert "in use" in words(page)
    saved(siti, "/office/categories/tea/do/remove/")
    assert not Category.objects.filter(code="tea").exists()


def test_accounts_are_added_renamed_used_closed_and_opened_again(luca):
    saved(luca, "/office/accounts/-/new/add/", company="abc", code="3070", name="Widgets", kind="REVENUE")
    saved(luca, "/office/accounts/abc:3070/do/rename/", name="Sales of widgets")
    saved(luca, "/office/account-map/abc:OUTSIDE_SALE:REVENUE/do/map/", account="3070", source="New chart")
    assert AccountMapping.objects.get(company__code="abc", kind="OUTSIDE_SALE", role="REVENUE").account.code == "3070"
    page = words(previewed(luca, "/office/account-map/abc:OUTSIDE_SALE:REVENUE/do/map/", account="3000"))
    assert "From now on it goes to 3000 Sales (Revenue)." in page
    assert "Until now it went to 3070 Sales of widgets." in page
    page = previewed(luca, "/office/accounts/abc:3070/do/close/")
    assert "is still posted to in 1 places" in words(page)
    saved(luca, "/office/account-map/-/new/map/", company="abc", kind="OUTSIDE_SALE", role="REVENUE", account="3000")
    saved(luca, "/office/accounts/abc:3070/do/close/")
    assert Account.objects.get(company__code="abc", code="3070").closed_on is not None
    saved(luca, "/office/accounts/abc:3070/do/open-again/")
    for typed, said in (
        ({"role": "FREE_USE", "account": "3000"}, "never posts"),
        ({"role": "REVENUE", "account": "9999"}, "has no open account 9999"),
        ({"role": "REVENUE", "account": "1500"}, "“Sales” goes to the kind Revenue."),
    ):
        page = previewed(luca, "/office/account-map/-/new/map/", company="abc", kind="OUTSIDE_SALE", **typed)
        assert (page.status_code, said in words(page)) == (422, True)


def test_limits_are_set_changed_and_lifted(luca):
    saved(luca, "/office/limits/-/new/set/", party="Purchasing", limit="750", currency="EUR")
    saved(luca, "/office/limits/abc-purchasing/do/change/", limit="900.00")
    assert ApprovalLimit.objects.get(party__code="abc-purchasing").limit_minor == 90000
    page = previewed(luca, "/office/limits/abc-purchasing/do/change/", limit="9", currency="NOK")
    assert "The limit must be in EUR" in words(page)
    assert previewed(luca, "/office/limits/abc-purchasing/do/change/", limit="1/3").status_code == 422
    saved(luca, "/office/limits/abc-purchasing/do/lift/", source="Board")
    assert not ApprovalLimit.objects.filter(party__code="abc-purchasing").exists()


def test_a_working_week_is_set_seen_by_month_and_ended(siti):
    page = saved(siti, "/office/calendars/abc/do/set/", mon="09:00-12:00, 13:00-17:00", tue="9.00–17.00", time_zone="Europe/Amsterdam", holidays_of="NL")  # fmt: skip
    assert "The working week is kept." in words(page)
    assert "09:00-12:00, 13:00-17:00" in words(page)
    page = saved(
        siti, "/office/calendars/abc-shops/do/own-day/", day="2026-12-24", name="Christmas Eve", hours="09:00-12:00"
    )
    assert "Christmas Eve: 09:00-12:00" in words(page)
    month = words(siti.get("/office/calendars/abc-shops/month/2026-12/"))
    assert "24 Dec 2026 Thursday 09:00-12:00 Christmas Eve" in month
    assert "25 Dec 2026 Friday closed Christmas Day" in month
    for wrong in ("2026-13", "1900-01", "x"):
        assert siti.get(f"/office/calendars/abc/month/{wrong}/").status_code == 404
    page = previewed(siti, "/office/calendars/abc/do/set/", valid_from="2027-01-01", mon="nine to five")
    assert "Write hours such as 09:00-12:00, 13:00-17:00" in words(page)
    saved(siti, "/office/calendars/abc-shops/do/remove-day/", day="2026-12-24")
    saved(siti, "/office/calendars/abc/do/end/", valid_until="2027-12-31")
    assert siti.get("/office/calendars/abc-shops/do/end/").status_code == 404


@pytest.mark.parametrize("thing", ["prices", "offerings", "calendars"])
def test_a_list_asks_as_often_for_one_row_as_for_three(house, siti, thing):
    counts = []
    for number in range(2):
        given_item(f"tea-{number}", "abc", f"Tea {number}", "5.00", cost="3.00")
        parties.set_working_week(by=HOUSE, at=AT, party=("abc", "xyz")[number], week={"mon": read_hours("9:00-17:00")}, time_zone="UTC")  # fmt: skip
        siti.get(f"/office/{thing}/")
        with CaptureQueriesContext(connection) as asked:
            siti.get(f"/office/{thing}/?text={('abc', '')[number] if thing == 'calendars' else 'tea'}")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_the_second_of_two_equal_submissions_is_led_to_the_first(siti):
    address = "/office/prices/list-coffee-machine/do/change/"
    page = previewed(siti, address, valid_from="2027-01-01", value="140")
    again = {name: values[-1] for name, values in form(page, "").items()} | {"step": "save"}
    assert [siti.post(address, again).status_code for _ in range(2)] == [303, 303]
    assert PriceRule.objects.current().filter(code__startswith="list-coffee").count() == 2
    assert catalogue.TABLES
    assert sent(siti, address)["method"] == "FIXED"


def test_a_limit_may_be_of_one_item_and_not_of_a_category_as_well(siti):
    address = "/office/schemes/abc-staff/do/limit/"
    one = {"valid_from": "2027-01-01", "id": "machine", "span": "YEAR", "units": "1", "item": "coffee-machine"}
    assert "not of both" in words(previewed(siti, address, **one, target="coffee"))
    assert "Nothing is known by this name or code" in words(previewed(siti, address, **one | {"item": "ghost"}))
    page = saved(siti, address, **one)
    assert "The limit holds from that day on." in words(page)
    machine = Target(TargetKind.ITEM, "coffee-machine")
    limits = price_book().scheme_on("abc-staff", date(2027, 1, 1)).limits
    assert limits == (Limit("machine", Span.YEAR, units=1, target=machine),)
