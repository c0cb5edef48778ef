"""Which amount leaves which pay: read before the order, kept on it, told month by month; set by payroll in the office."""

import pytest
from tests.api.conftest import Caller, token_of
from tests.builders import AT, ON, given_role
from tests.cast import HENK, LUCA, MAYA
from tests.web.office.test_office import previewed, saved
from tests.web.reading import form, words

from inward.core.bookkeeping import PayRule
from inward.core.pricing import Wanted
from inward.core.terms import Money
from inward.trade import instalments, operations
from inward.trade.models import Order


@pytest.fixture
def house(house):
    given_role(house.users[HENK.code], "PAYROLL_OFFICER", "abc")
    rule = PayRule(3, Money.of("10", "EUR"))
    operations.set_pay_parts(by=house.actor(HENK), at=AT, company="abc", rule=rule)
    return house


def test_she_chooses_in_how_many_parts_and_reads_what_leaves_which_pay(house):
    maya = house.browser(MAYA)
    page = maya.get("/shop/coffee-machine/")
    told = words(page)
    assert "at once, out of the pay of November 2026" in told
    assert "3 parts of €30.25, from November 2026 to January 2027" in told
    assert "Whoever leaves before has the rest deducted from the last pay." in told
    typed = {name: values[-1] for name, values in form(page, "/orders/place/").items()}
    placed = maya.post("/orders/place/", typed | {"settlement": "PAYROLL", "instalments": "3"}, follow=True)
    shown = words(placed)
    assert "November 2026: €30.25 December 2026: €30.25 January 2027: €30.25" in shown
    order = Order.objects.get()
    receipt = words(maya.get(f"/orders/{order.reference}/receipt/"))
    assert "January 2027: €30.25" in receipt
    mine = words(maya.get("/deductions/"))
    assert "November 2026 €30.25 December 2026 €30.25 January 2027 €30.25" in mine
    assert "On leaving: All of it out of the last pay" in mine


def test_a_number_of_parts_that_was_chosen_for_pay_does_not_count_for_a_department(house):
    maya = house.browser(MAYA)
    page = maya.get("/shop/coffee-machine/")
    typed = {name: values[-1] for name, values in form(page, "/orders/place/").items()}
    for wrong in ("0", "37", "many"):
        maya.post("/orders/place/", typed | {"settlement": "PAYROLL", "instalments": wrong})
    assert Order.objects.count() == 0
    maya.post("/orders/place/", typed | {"settlement": "PAYROLL", "instalments": "1"})
    assert Order.objects.get().instalments is None


def test_after_a_run_the_rest_is_told_and_what_payroll_was_told(house):
    operations.place_order(
        by=house.actor(MAYA),
        at=AT,
        lines=[Wanted("coffee-machine", 1)],
        expected=Money.of("90.75", "EUR"),
        key="k",
        instalments=3,
    )
    operations.make_pay_run(by=house.actor(HENK), at=AT, company="abc", month=ON, cut_off=ON)
    told = words(house.browser(MAYA).get("/deductions/"))
    assert "December 2026 €30.25" in told
    assert "November 2026 Deduction for an order" in told
    assert "Nothing more leaves your pay" in words(house.browser(LUCA).get("/deductions/"))


def test_payroll_says_it_in_the_office(house):
    henk = house.browser(HENK)
    assert "ABC Retail" in words(henk.get("/office/pay-parts/"))
    address = "/office/pay-parts/abc/do/change/"
    wrong = previewed(henk, address, parts_max="12", part_min="5.001", currency="EUR", last_day="20", leaving="INVOICE")
    assert "5.001" in words(wrong)
    wrong = previewed(henk, address, parts_max="12", part_min="5", currency="", last_day="20", leaving="INVOICE")
    assert "is not a currency" in words(wrong)
    done = saved(henk, address, parts_max="12", part_min="", currency="", last_day="20", leaving="INVOICE")
    assert "orders from now on may be deducted so" in words(done)
    rule = instalments.rules()["abc"]
    assert (rule.parts_max, rule.part_min, rule.last_day, rule.leaving.value) == (12, None, 20, "INVOICE")
    assert "The rest is invoiced" in words(henk.get("/office/pay-parts/abc/"))
    fresh = saved(
        henk, "/office/pay-parts/-/new/set/", company="abc", parts_max="2", part_min="5", currency="EUR", last_day="31",
        leaving="LAST_PAY",
    )  # fmt: skip
    assert fresh.status_code == 200
    assert instalments.rules()["abc"].part_min == Money.of("5", "EUR")


def test_programs_do_the_same(house):
    maya, henk = Caller(token_of(house, MAYA)), Caller(token_of(house, HENK))
    body = {"lines": [{"offering": "coffee-machine", "quantity": 1}]}
    plans = maya.post("/quotes", body).json()["plans"]
    assert [len(plan) for plan in plans] == [1, 2, 3]
    expected = {"amount": "90.75", "currency": "EUR"}
    made = maya.post("/orders", body | {"expected": expected, "instalments": 3}, key="one")
    assert made.status_code == 201
    order = maya.get(f"/orders/{made.json()['reference']}").json()
    assert [part["month"] for part in order["instalments"]] == ["2026-11", "2026-12", "2027-01"]
    (mine,) = maya.get("/me/deductions").json()
    assert (len(mine["parts"]), mine["on_leaving"]) == (3, "LAST_PAY")
    changed = {
        "company": "abc",
        "parts_max": 6,
        "part_min": {"amount": "20.00", "currency": "EUR"},
        "leaving": "INVOICE",
    }
    assert henk.post("/pay-parts", changed).status_code == 204
    (rule,) = henk.get("/pay-parts").json()["items"]
    assert (rule["parts_max"], rule["part_min"]["amount"], rule["leaving"]) == (6, "20.00", "INVOICE")
