"""The books over HTTP: both sides of a dealing, balances, the account map, months and exports."""

import hashlib

from tests.builders import AT, HOUSE
from tests.cast import INES, LUCA, MAYA

from inward.ledger import operations as ledger
from inward.ledger.vocabulary import AccountKind


def given_a_sale(house):
    return house.order(INES, ("widget-a", 100), customer="abc-purchasing").reference


def test_both_sides_of_a_dealing_have_one_reference_and_balance(house, caller):
    reference = given_a_sale(house)
    luca = caller(LUCA)
    sides = {
        company: luca.get(f"/books/{company}/entries?reference={reference}").json()["items"]
        for company in ("abc", "xyz")
    }
    assert [entry["kind"] for entry in sides["xyz"] + sides["abc"]] == ["INTERCOMPANY_SALE", "INTERCOMPANY_PURCHASE"]
    for entries in sides.values():
        amounts = [float(line["amount"]["amount"]) for line in entries[0]["lines"]]
        assert round(sum(amounts), 2) == 0
    assert {row["account"]["code"]: row["balance"]["amount"] for row in luca.get("/books/xyz/balances").json()} == {
        "1560": "435.60",
        "2700": "-75.60",
        "3060": "-360.00",
    }
    assert luca.get("/books/xyz/balances?until=2020-01-01").json() == []


def test_a_controller_maps_an_account_and_later_sales_go_there(house, caller):
    luca = caller(LUCA)
    ledger.add_account(by=HOUSE, at=AT, company="xyz", code="3061", name="Widgets to sisters", kind=AccountKind.REVENUE)
    body = {"kind": "INTERCOMPANY_SALE", "role": "INTERCOMPANY_REVENUE", "account": "3061"}
    assert caller(MAYA).put("/books/xyz/account-map", body).status_code == 404
    assert luca.put("/books/xyz/account-map", body).status_code == 204
    assert luca.put("/books/xyz/account-map", body | {"account": "9999"}).status_code == 404
    mapped = {
        row["role"]: row["account"]["code"]
        for row in luca.get("/books/xyz/account-map").json()
        if row["kind"] == "INTERCOMPANY_SALE"
    }
    assert mapped["INTERCOMPANY_REVENUE"] == "3061"
    given_a_sale(house)
    assert "3061" in {row["account"]["code"] for row in luca.get("/books/xyz/balances").json()}


def test_a_month_is_closed_and_opened(house, caller):
    luca = caller(LUCA)
    month = f"{AT:%Y-%m}"
    assert luca.put(f"/books/abc/periods/{month}", {"state": "CLOSED"}).status_code == 204
    assert luca.get("/books/abc/periods").json() == [{"month": month, "state": "CLOSED", "entries": 0}]
    assert luca.put(f"/books/abc/periods/{month}", {"state": "CLOSED"}).status_code == 422
    assert luca.put(f"/books/abc/periods/{month}", {"state": "OPEN"}).status_code == 204
    assert luca.put("/books/abc/periods/tomorrow", {"state": "OPEN"}).status_code == 422


def test_an_export_has_the_same_bytes_every_time_and_nothing_is_in_two(house, caller):
    luca = caller(LUCA)
    given_a_sale(house)
    assert luca.post("/books/xyz/exports", {}).status_code == 422
    ledger.number_entries(by=HOUSE, at=AT, company="xyz")
    assert luca.post("/books/xyz/exports", {}).json() == {"number": 1}
    first = luca.get("/books/xyz/exports/1.csv")
    assert first.content == luca.get("/books/xyz/exports/1.csv").content
    made = luca.get("/books/xyz/exports").json()[0]
    assert (made["sha256"], made["entries"]) == (hashlib.sha256(first.content).hexdigest(), 1)
    assert luca.post("/books/xyz/exports", {}).status_code == 422
    assert luca.get("/books/xyz/exports/2.csv").status_code == 404
    assert caller(MAYA).get("/books/xyz/exports/1.csv").status_code == 404
