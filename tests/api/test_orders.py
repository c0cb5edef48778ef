"""Quotes and orders over HTTP: the same operations as the web, one shape for every refusal."""

import pytest
from tests.cast import HENK, INES, LUCA, MAYA, NORA, RATNA, TOR

MACHINE = {"lines": [{"offering": "coffee-machine", "quantity": 1}]}
EUR = "EUR"


def priced(amount):
    return {"amount": amount, "currency": EUR}


def placed(who, body=MACHINE, key="k1", **more):
    total = who.post("/quotes", body | more).json()["total"]
    return who.post("/orders", body | {"expected": total} | more, key=key)


def codes(answer):
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["type"].startswith("/problems/")
    return answer.status_code, [reason["code"] for reason in body["reasons"]]


def test_a_quote_tells_price_verdict_and_every_reason(caller):
    answer = caller(MAYA).post("/quotes", MACHINE).json()
    line = answer["lines"][0]
    assert (line["ordinary"], line["price"], line["saving"]) == (priced("121.00"), priced("90.75"), priced("30.25"))
    assert (answer["standing"]["standing"], answer["standing"]["kind"]) == ("internal", "staff")
    assert [ground["code"] for ground in answer["standing"]["grounds"]] == ["works_for"]
    assert {traced["rule"]: traced["outcome"] for traced in line["trace"]} == {
        "staff-abc": "won",
        "list-coffee-machine": "lost",
    }
    assert answer["allowances"][0]["money_left"] == priced("509.25")
    assert (answer["settlement"], answer["settlements"]) == ("PAYROLL", ["PAYROLL", "COST_CENTRE"])


def test_reasons_come_in_the_language_asked_for(caller):
    assert "Ordinær" not in caller(MAYA).post("/quotes", MACHINE).content.decode()
    norwegian = caller(MAYA, language="nb").post("/quotes", MACHINE).json()
    assert (
        norwegian["lines"][0]["trace"][-1]["why"]["text"]
        != caller(MAYA).post("/quotes", MACHINE).json()["lines"][0]["trace"][-1]["why"]["text"]
    )


def test_an_order_is_placed_once_however_often_it_is_sent(caller):
    maya = caller(MAYA)
    first = placed(maya)
    assert (first.status_code, first.json()["state"], first.json()["again"]) == (201, "PLACED", False)
    body = MACHINE | {"expected": priced("90.75")}
    again = maya.post("/orders", body, key="k1")
    assert (again.status_code, again.json()["again"]) == (200, True)
    assert again.json()["reference"] == first.json()["reference"]
    assert len(maya.get("/orders").json()["items"]) == 1
    other = maya.post("/orders", body | {"note": "something else"}, key="k1")
    assert codes(other) == (422, ["idempotency_key_reused"])


def test_a_price_that_moved_is_told_with_the_new_one(caller):
    answer = caller(MAYA).post("/orders", MACHINE | {"expected": priced("80.00")}, key="k")
    assert codes(answer) == (409, ["price_changed"])
    assert answer.json()["quote"]["total"] == priced("90.75")
    assert caller(MAYA).get("/orders").json()["items"] == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"lines": []}, 422, "unreadable"),
        ({"lines": [{"offering": "coffee-machine", "quantity": 0}]}, 422, "unreadable"),
        ({"lines": [{"offering": "ghost", "quantity": 1}]}, 422, "offering_gone"),
        (
            {"lines": [{"offering": "coffee-machine", "quantity": 1}, {"offering": "widget-a", "quantity": 1}]},
            422,
            "lines_of_several_suppliers",
        ),
        (MACHINE | {"customer": "xyz"}, 403, "not_buyer_for"),
    ],
)
def test_what_cannot_be_priced_is_said_and_why(caller, body, status, code):
    answer = caller(MAYA).post("/quotes", body)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{code}")


def test_a_body_that_is_no_json_and_a_missing_key_are_problems(caller):
    maya = caller(MAYA)
    answer = maya.client.post("/api/v1/quotes", "{", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    answer = maya.post("/orders", MACHINE | {"expected": priced("90.75")})
    assert (answer.status_code, answer.json()["errors"][0]["where"]) == (422, "header.idempotency_key")


def test_an_order_above_the_limit_waits_for_a_budget_holder_and_never_for_the_buyer(caller):
    ines, henk = caller(INES), caller(HENK)
    widgets = {"lines": [{"offering": "widget-a", "quantity": 2000}], "customer": "abc-purchasing"}
    answer = placed(ines, widgets)
    reference = answer.json()["reference"]
    assert answer.json()["state"] == "AWAITING_APPROVAL"
    assert codes(ines.post(f"/orders/{reference}/approve", {})) == (403, ["own_order_not_decided"])
    assert henk.get("/orders?which=to_decide").json()["items"][0]["reference"] == reference
    assert henk.post(f"/orders/{reference}/approve", {}).json() == {"state": "PLACED"}
    assert codes(henk.post(f"/orders/{reference}/decline", {"reason": "late"})) == (422, ["order_not_waiting"])


def test_delivered_returned_and_given_back(caller):
    maya, tor = caller(MAYA), caller(TOR)
    reference = placed(maya, {"lines": [{"offering": "coffee-machine", "quantity": 2}]}).json()["reference"]
    assert codes(maya.post(f"/orders/{reference}/deliver", {})) == (403, ["not_seller_for"])
    half = {"lines": [{"position": 1, "quantity": 1}]}
    assert tor.post(f"/orders/{reference}/deliver", half).json() == {"state": "PARTLY_DELIVERED"}
    assert tor.post(f"/orders/{reference}/deliver", {}).json() == {"state": "DELIVERED"}
    assert codes(maya.post(f"/orders/{reference}/cancel", {"reason": "too late"})) == (422, ["order_not_cancellable"])
    back = tor.post(f"/orders/{reference}/return", half | {"reason": "cracked"})
    assert back.json() == {"amount": priced("90.75")}
    found = maya.get(f"/orders/{reference}").json()
    assert [step["kind"] for step in found["history"]] == ["PLACED", "DELIVERED", "DELIVERED", "RETURNED"]
    (line,) = found["lines"]
    assert (line["delivered"], line["returned"], line["cancelled"]) == (2, 1, 0)


def test_a_line_tells_how_many_pieces_were_called_off(caller):
    maya, tor = caller(MAYA), caller(TOR)
    reference = placed(maya, {"lines": [{"offering": "coffee-machine", "quantity": 2}]}).json()["reference"]
    tor.post(f"/orders/{reference}/deliver", {"lines": [{"position": 1, "quantity": 1}]})
    assert maya.get(f"/orders/{reference}").json()["lines"][0]["cancelled"] == 0
    assert tor.post(f"/orders/{reference}/cancel", {"reason": "out of stock"}).json() == {"state": "DELIVERED"}
    (line,) = maya.get(f"/orders/{reference}").json()["lines"]
    assert (line["quantity"], line["delivered"], line["returned"], line["cancelled"]) == (2, 1, 0, 1)


def test_what_is_out_of_bounds_is_not_there(caller):
    reference = placed(caller(MAYA)).json()["reference"]
    for who in (NORA, RATNA, INES, LUCA):
        assert caller(who).get(f"/orders/{reference}").status_code == 404
        assert caller(who).get("/orders").json()["items"] == []
    assert caller(TOR).get(f"/orders/{reference}").status_code == 200
    assert caller(MAYA).get("/orders/nothing-like-it").status_code == 404


def test_lists_page_by_cursor_and_refuse_what_they_do_not_know(caller):
    maya = caller(MAYA)
    for number in range(5):
        placed(maya, key=f"k{number}")
    first = maya.get("/orders?limit=2").json()
    second = maya.get(f"/orders?limit=2&cursor={first['next']}").json()
    third = maya.get(f"/orders?limit=2&cursor={second['next']}").json()
    numbers = [row["number"] for page in (first, second, third) for row in page["items"]]
    assert numbers == sorted(numbers, reverse=True)
    assert (len(numbers), third["next"], first["previous"]) == (5, None, None)
    assert maya.get(f"/orders?limit=2&cursor={second['previous']}").json()["items"] == first["items"]
    for wrong in ("sort=secret", "limit=0", "cursor=abc", "colour=red"):
        assert maya.get(f"/orders?{wrong}").status_code == 422
    assert maya.get("/orders?state=PLACED").json()["items"] == maya.get("/orders").json()["items"]


def test_allowances_are_ones_own(caller):
    placed(caller(MAYA))
    found = caller(MAYA).get("/allowances").json()
    assert [(each["scheme"], each["used"], each["money_left"]) for each in found] == [
        ("abc-staff", priced("90.75"), priced("509.25"))
    ]
    assert (found[0]["limit"], found[0]["span"], found[0]["next_on"]) == ("", "YEAR", "2027-01-01")
    assert caller(NORA).get("/allowances").json() == []


def test_what_a_thing_costs_its_supplier_is_told_only_where_it_is_free(caller):
    bought = caller(NORA)
    assert bought.post("/quotes", MACHINE).json()["lines"][0]["cost"] is None
    reference = placed(bought).json()["reference"]
    assert bought.get(f"/orders/{reference}").json()["lines"][0]["cost"] is None
    free = {"lines": [{"offering": "help-hour", "quantity": 2}], "customer": "abc-purchasing"}
    assert caller(INES).post("/quotes", free).json()["lines"][0]["cost"] == priced("84.00")
