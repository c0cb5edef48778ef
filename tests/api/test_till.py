"""The till over HTTP: a code of one's own, a price and a sale for whoever showed one."""

import pytest
from tests.builders import given_role
from tests.cast import INES, MAYA

LINES = [{"offering": "coffee-machine", "quantity": 1}]
STAFF = {"amount": "90.75", "currency": "EUR"}


@pytest.fixture
def cashier(house, caller):
    given_role(house.users[INES.code], "SELLER", "abc")
    return caller(INES)


def code_of(caller, key="code"):
    answer = caller(MAYA).post("/me/till-code", {}, key=key)
    assert answer.status_code == 201
    return answer.json()["code"]


def test_a_sale_by_code_is_her_order_handed_over_and_happens_once(caller, cashier):
    code = code_of(caller)
    told = cashier.post("/till/quotes", {"code": code, "lines": LINES}).json()
    assert (told["customer"]["code"], told["total"]) == ("maya-lund", STAFF)
    sale = {"code": code, "lines": LINES, "expected": STAFF}
    sold, again = cashier.post("/till/orders", sale, key="k"), cashier.post("/till/orders", sale, key="k")
    assert (sold.status_code, again.status_code) == (201, 200)
    assert sold.json()["reference"] == again.json()["reference"]
    (mine,) = caller(MAYA).get("/orders?which=own").json()["items"]
    assert (mine["reference"], mine["state"]) == (sold.json()["reference"], "DELIVERED")
    used = cashier.post("/till/orders", sale, key="other")
    assert (used.status_code, used.json()["type"]) == (422, "/problems/till_code_used")


def test_a_price_that_moved_is_told_and_nothing_is_sold(caller, cashier):
    sale = {"code": code_of(caller), "lines": LINES, "expected": {"amount": "1.00", "currency": "EUR"}}
    assert cashier.post("/till/orders", sale, key="k").status_code == 409
    assert caller(MAYA).get("/orders?which=own").json()["items"] == []


def test_whoever_serves_nobody_reads_no_code(caller):
    code = code_of(caller)
    for asked in (code, "AAA-AAA-AAA"):
        answer = caller(MAYA).post("/till/quotes", {"code": asked, "lines": LINES})
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/serves_nobody")


def test_each_code_ends_the_one_before(caller, cashier):
    first, second = code_of(caller, "one"), code_of(caller, "two")
    assert first != second
    over = cashier.post("/till/quotes", {"code": first, "lines": LINES})
    assert over.json()["type"] == "/problems/till_code_over"
    assert cashier.post("/till/quotes", {"code": second, "lines": LINES}).status_code == 200
