"""Comparable sales and transfer prices over HTTP: noted, listed, ended, tried first; a quote tells base and range."""

import pytest
from tests.api.test_previews import asked, refused
from tests.builders import AT
from tests.cast import INES, MAYA, SITI

from inward.kit import clock

SALE = {
    "id": "widget-1",
    "offering": "widget-a",
    "price": {"amount": "4.60", "currency": "EUR"},
    "seen_at": "A survey",
    "seen_on": "2026-06-01",
}
PRICE = {
    "id": "resold",
    "level": "AGREEMENT",
    "supplier": "xyz",
    "target_kind": "ITEM",
    "target": "widget-a",
    "customer": "abc",
    "method": "RESALE_MINUS",
    "value": "20",
    "base_price": "5.75",
    "currency": "EUR",
}


@pytest.fixture
def house(house):
    with clock.shifted(AT):
        yield house


def test_a_comparable_sale_is_noted_listed_read_and_ended(caller):
    siti = caller(SITI)
    assert siti.post("/comparables", SALE).status_code == 201
    (listed,) = siti.get("/comparables?offering=widget-a").json()["items"]
    one = siti.get("/comparables/widget-1").json()
    assert listed == one
    assert (one["price"], one["seen_at"], one["seen_on"]) == (SALE["price"], "A survey", "2026-06-01")
    assert siti.post("/comparables/widget-1/end", {"valid_until": "2027-01-01"}).status_code == 204
    assert siti.get("/comparables?on=2027-01-01").json()["items"] == []
    assert siti.get("/comparables/widget-1").json()["valid_until"] == "2027-01-01"


def test_what_cannot_be_is_refused_and_nobody_else_looks_or_notes(caller):
    siti, maya = caller(SITI), caller(MAYA)
    assert refused(siti.post("/comparables", SALE | {"seen_on": "2031-01-01"})) == (422, "comparable_day_unfit")
    assert siti.post("/comparables", SALE | {"offering": "nothing"}).status_code == 404
    backwards = SALE | {"valid_from": "2026-07-01", "valid_until": "2026-06-01"}
    assert refused(siti.post("/comparables", backwards)) == (422, "period_backwards")
    assert refused(asked(siti, "/comparables", backwards)) == (422, "period_backwards")
    assert siti.post("/comparables", SALE).status_code == 201
    assert refused(siti.post("/comparables", SALE)) == (422, "id_twice")
    assert maya.post("/comparables", SALE | {"id": "widget-2"}).status_code == 403
    assert maya.get("/comparables/widget-1").status_code == 404


def test_a_sale_is_tried_on_the_prices_that_rest_on_it(caller):
    siti = caller(SITI)
    siti.post("/comparables", SALE)
    middle = {"id": "middle", "level": "RATE", "supplier": "xyz", "method": "CUP", "value": "0"}
    assert siti.post("/prices", middle).status_code == 201
    more = SALE | {"id": "widget-2", "price": {"amount": "5.60", "currency": "EUR"}}
    found = asked(siti, "/comparables", more).json()
    prices = {(row["today"]["price"]["amount"], row["then"]["price"]["amount"]) for row in found["prices"]}
    assert ("4.60", "5.10") in prices
    assert siti.get("/comparables").json()["items"] != []
    siti.post("/comparables", more)
    found = asked(siti, "/comparables/widget-2/end", {"valid_until": "2027-01-01"}).json()
    assert any(row["then"]["price"]["amount"] == "4.60" for row in found["prices"])


@pytest.mark.parametrize("amount", ["4.60"])
def test_a_quote_between_sisters_tells_base_and_range(caller, amount):
    siti = caller(SITI)
    siti.post("/comparables", SALE)
    assert siti.post("/prices", PRICE).status_code == 201
    kept = siti.get("/prices/resold").json()
    assert (kept["method"], kept["value"], kept["base_price"]) == (
        "RESALE_MINUS",
        "20",
        {"amount": "5.75", "currency": "EUR"},
    )
    body = {"lines": [{"offering": "widget-a", "quantity": 1}], "customer": "abc"}
    answer = caller(INES).post("/quotes", body)
    (line,) = answer.json()["lines"]
    (part,) = line["parts"]
    assert (part["rule"], part["unit_price"]["amount"]) == ("resold", amount)
    assert part["range"] == {
        "within": True,
        "count": 1,
        **{key: {"amount": amount, "currency": "EUR"} for key in ("tested", "low", "median", "high")},
        "to_median": {"amount": "0.00", "currency": "EUR"},
    }
    how = next(each["how"] for each in line["trace"] if each["rule"] == "resold")
    assert how["code"] == "found_from_resale"
