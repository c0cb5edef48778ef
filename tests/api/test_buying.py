"""Budgets, receipts, ways to approve, being away, statements and disputes over HTTP: the same acts as the pages."""

import pytest
from tests.api.test_orders import codes, placed, priced
from tests.cast import HENK, INES, LUCA, MAYA, RATNA, TOR

WIDGETS = {"lines": [{"offering": "widget-a", "quantity": 10}], "customer": "abc-it"}
BUDGET = "/budgets/abc-it/2026-01-01"


@pytest.fixture
def came(caller):
    """An order of ten widgets at 36.00 for IT, handed over."""
    reference = placed(caller(INES), WIDGETS).json()["reference"]
    caller(RATNA).post(f"/orders/{reference}/deliver", {})
    return reference


def test_a_budget_is_set_read_held_and_lifted(caller):
    luca, ines = caller(LUCA), caller(INES)
    body = {"last_day": "2026-12-31", "amount": priced("40.00"), "rule": "STOP", "source": "Board"}
    assert luca.put(BUDGET, body).status_code == 204
    assert placed(ines, WIDGETS).status_code == 201
    assert codes(placed(ines, WIDGETS, key="k2")) == (422, ["budget_spent"])
    seen = ines.get(BUDGET).json()
    assert (seen["posted"], seen["committed"], seen["left"], seen["rule"]) == (
        priced("36.00"), priced("0.00"), priced("4.00"), "STOP",
    )  # fmt: skip
    assert [each["centre"]["code"] for each in ines.get("/budgets?text=it").json()["items"]] == ["abc-it"]
    assert codes(ines.put(BUDGET, body))[0] == 403
    assert luca.put(BUDGET, {"last_day": "2026-12-31"}).status_code == 204
    assert luca.get(BUDGET).status_code == 404
    assert caller(MAYA).get(BUDGET).status_code == 404


def test_what_came_is_confirmed_line_by_line(caller, came):
    ines = caller(INES)
    assert ines.get("/waiting").json()["to_receive"] == 1
    assert [each["turn"] for each in ines.get(f"/orders/{came}").json()["waits_for"]] == ["RECEIVER"]
    twice = {"lines": [{"position": 1, "taken": 1}, {"position": 1, "taken": 2}]}
    assert codes(ines.post(f"/orders/{came}/receive", twice)) == (422, ["line_named_twice"])
    said = {"lines": [{"position": 1, "taken": 6, "refused": 1, "fault": "DAMAGED", "again": False, "missing": 1}]}
    assert ines.post(f"/orders/{came}/receive", said).json() == {"state": "PARTLY_DELIVERED"}
    (line,) = ines.get(f"/orders/{came}").json()["lines"]
    assert (line["delivered"], line["received"], line["returned"], line["to_receive"]) == (9, 6, 1, 2)
    assert ines.post(f"/orders/{came}/receive", {}).json() == {"state": "PARTLY_DELIVERED"}
    assert [each["turn"] for each in ines.get(f"/orders/{came}").json()["waits_for"]] == ["SUPPLIER"]


def test_how_orders_are_approved_is_set_read_and_lifted(caller):
    luca = caller(LUCA)
    stage = {"place": "abc", "above": priced("20000.00"), "needed": 1}
    assert (
        luca.put("/approval-procedures/abc-it", {"needed": 1, "stages": [stage], "remind_after": 2}).status_code == 204
    )
    seen = luca.get("/approval-procedures/abc-it").json()
    assert (seen["stages"], seen["remind_after"]) == ([stage], 2)
    assert len(luca.get("/approval-procedures").json()["items"]) == 1
    assert luca.put("/approval-procedures/abc-it", {"lifted": True}).status_code == 204
    assert luca.get("/approval-procedures/abc-it").status_code == 404


def test_being_away_hands_on_what_one_approves(caller):
    henk = caller(HENK)
    asked = {"since": "2026-11-24", "last_day": "2026-11-30", "deputy": TOR.code}
    answer = henk.post("/me/away", asked)
    assert (answer.status_code, answer.json()) == (201, {"handed_on": ["abc"]})
    assert henk.post("/me/away/end", {}).status_code == 204
    assert codes(henk.post("/me/away", {"since": "2026-12-24", "last_day": "2026-12-23"})) == (422, ["away_days"])


def test_a_charge_is_read_disputed_and_answered(caller, came):
    ines, ratna = caller(INES), caller(RATNA)
    month = ines.get("/cost-centres/abc-it/statements/2026-11-24").json()
    assert (month["month"], month["charged"], [line["order"] for line in month["lines"]]) == (
        "2026-11", priced("36.00"), [came],
    )  # fmt: skip
    body = {"centre": "abc-it", "reason": "PRICE", "words": "3.20 was agreed", "due": "2026-12-01"}
    key = ines.post(f"/orders/{came}/disputes", body).json()["code"]
    assert codes(ines.post(f"/orders/{came}/disputes", body)) == (422, ["dispute_open"])
    assert [each["reference"] for each in ratna.get("/disputes").json()["items"]] == [key]
    assert ratna.post(f"/disputes/{key}/answer", {"answer": "CORRECTED", "words": "It is."}).status_code == 204
    (line,) = ines.get("/cost-centres/abc-it/statements/2026-11-01").json()["lines"]
    assert (line["dispute"]["answer"], line["dispute"]["answer_words"]) == ("CORRECTED", "It is.")
