"""Budgets on the pages of whoever buys, answers and keeps the books: what is left before one orders, and who sets them."""

from tests.builders import AT, HOUSE
from tests.cast import HENK, INES, LUCA, MAYA
from tests.trade.test_budgets import given_budget
from tests.web.office.test_importing import brought, checked, loaded
from tests.web.office.test_office import previewed, saved
from tests.web.reading import form, words

from inward.trade import budgets
from inward.trade.models import Budget, BudgetUse, Order
from inward.trade.vocabulary import BudgetRule

KEY = "abc-it:2026-01-01"


def buying(house):
    """Ines, who acts for IT and looks at ten widgets at 36.00 before tax."""
    client = house.browser(INES)
    client.post("/door/act-for/", {"party": "abc-it"})
    return client, client.get("/shop/widget-a/?quantity=10")


def test_a_buyer_reads_what_is_left_before_she_orders_and_on_her_start_page(house):
    given_budget("100.00")
    client, page = buying(house)
    said = "Budget of IT, 1 Jan 2026 – 31 Dec 2026: €64.00 left after this order."
    assert said in words(page)
    typed = {name: values[-1] for name, values in form(page, "/orders/place/").items()}
    assert "is placed" in words(client.post("/orders/place/", typed, follow=True))
    assert "Budget of IT €64.00 left for 1 Jan 2026 – 31 Dec 2026 €36.00 of €100.00 used" in words(client.get("/"))
    assert "IT Stops orders 1 Jan 2026 – 31 Dec 2026 €100.00 €36.00 €0.00 €64.00" in words(client.get("/budgets/"))


def test_beyond_a_budget_that_stops_nothing_is_ordered_and_one_that_tells_lets_it_through(house):
    given_budget("30.00")
    client, page = buying(house)
    assert "beyond the budget of IT for 1 Jan 2026 – 31 Dec 2026: €6.00 too much. It cannot be placed" in words(page)
    typed = {name: values[-1] for name, values in form(page, "/orders/place/").items()}
    refused = client.post("/orders/place/", typed, follow=True)
    assert "has €30.00 left; this order takes €36.00" in words(refused)
    assert Order.objects.count() == 0
    given_budget("30.00", rule=BudgetRule.WARN)
    page = client.get("/shop/widget-a/?quantity=10")
    assert "It can be placed all the same." in words(page)
    typed = {name: values[-1] for name, values in form(page, "/orders/place/").items()}
    assert "is placed" in words(client.post("/orders/place/", typed, follow=True))
    assert "€6.00 too much" in words(client.get("/"))


def test_budgets_are_read_by_those_who_answer_for_them_alone(house):
    assert "No budgets yet" in words(house.browser(HENK).get("/budgets/"))
    given_budget("30.00")
    assert "€30.00" in words(house.browser(HENK).get("/budgets/"))
    assert "Nothing fits" in words(house.browser(HENK).get("/budgets/?text=marketing"))
    assert house.browser(MAYA).get("/budgets/").status_code == 404
    assert "Set budgets" not in words(house.browser(HENK).get("/budgets/"))
    assert "Set budgets" in words(house.browser(LUCA).get("/budgets/"))


def test_a_controller_sets_raises_and_lifts_a_budget_in_the_office(house):
    client = house.browser(LUCA)
    first = {
        "centre": "abc-it",
        "valid_from": "2026-01-01",
        "last_day": "2026-12-31",
        "amount": "100",
        "currency": "eur",
    }
    page = saved(client, "/office/budgets/-/new/set/", **first, rule="STOP", source="Board")
    assert "The budget is kept." in words(page)
    assert "IT, 1 Jan 2026 – 31 Dec 2026" in words(page)
    saved(client, f"/office/budgets/{KEY}/do/change/", amount="250.00", rule="WARN", source="More heads")
    view = budgets.one(viewer=HOUSE, at=AT, key=KEY)
    assert (str(view.allotted.amount), view.allotted.rule) == ("250.00 EUR", BudgetRule.WARN)
    history = words(client.get(f"/office/budgets/{KEY}/history/"))
    assert "More heads" in history
    assert "Board" in history
    wrong = previewed(
        client, "/office/budgets/-/new/set/", **first | {"amount": "1.234", "rule": "STOP", "source": "x"}
    )
    assert "1.234 eur is no amount for a budget." in words(wrong)
    saved(client, f"/office/budgets/{KEY}/do/lift/", source="Merged")
    assert (Budget.objects.count(), BudgetUse.objects.count()) == (0, 0)


def test_a_controller_brings_budgets_in_from_a_file_and_takes_them_back(house):
    given_budget("50.00")
    buying(house)
    house.order(INES, ("widget-a", 10), customer="abc-it")
    client = house.browser(LUCA)
    assert "Files brought in" in words(client.get("/office/"))
    content = (
        "Cost centre;From;Last;Budget;Currency;Rule\n"
        "abc-it;2026-01-01;2026-12-31;900;EUR;Stop the order\n"
        "abc-shops;2026-01-01;2026-12-31;70;EUR;\n"
    )
    page = loaded(client, checked(client, brought(client, content, sort="budgets", name="budgets.csv")))
    assert "Loaded" in words(page)
    assert [(str(each.allotted.amount), str(each.left)) for each in budgets.listed(viewer=HOUSE, at=AT, params={"sort": "centre"}).rows] == [
        ("900.00 EUR", "864.00 EUR"), ("70.00 EUR", "70.00 EUR"),
    ]  # fmt: skip
    client.post(f"{page.redirect_chain[-1][0]}undo/", {"reason": "wrong year"}, follow=True)
    (left,) = budgets.listed(viewer=HOUSE, at=AT, params={}).rows
    assert (str(left.allotted.amount), str(left.left)) == ("50.00 EUR", "14.00 EUR")
    assert BudgetUse.objects.count() == 1
