"""Exchange rates over HTTP, and what programs read of a dealing in another currency than the books."""

import pytest
from tests.builders import AT
from tests.cast import INES, LUCA, MAYA
from tests.trade.test_currencies import given_dollars, tell

from inward.kit import clock


@pytest.fixture
def house(house):
    given_dollars()
    return house


def test_programs_read_both_amounts_and_the_rate(house, caller):
    with clock.shifted(AT):
        tell()
        order = house.order(INES, ("gauge", 7), customer="abc")
        (told,) = caller(INES).get(f"/orders/{order.reference}").json()["in_books"]
        rate = {"currency": "USD", "into": "EUR", "rate": "2500/2719", "on": "2026-11-24", "published_by": "ECB"}
        assert told == {
            "company": {"code": "abc", "name": "ABC Retail"},
            "amount": {"amount": "77.81", "currency": "EUR"},
            "exchange": rate | {"via": None},
        }
        sides = caller(LUCA).get(f"/dealings/{order.reference}/entries").json()
    assert [(each["company"]["code"], each["exchange"] is None) for each in sides] == [("xyz", True), ("abc", False)]
    owes = next(line for line in sides[1]["lines"] if line["role"] == "INTERCOMPANY_PAYABLE")
    assert (owes["amount"]["amount"], owes["in_books"]) == ("-84.62", {"amount": "-77.80", "currency": "EUR"})


def test_rates_are_told_listed_and_taken_back_by_programs(house, caller):
    body = {"currency": "EUR", "against": "USD", "rate": "1.0876", "day": "2026-11-24", "published_by": "ECB"}
    with clock.shifted(AT):
        luca, maya = caller(LUCA), caller(MAYA)
        assert luca.post("/exchange-rates", {"rates": [body]}).json() == {"told": 1}
        assert luca.post("/exchange-rates", {"rates": [body]}).json() == {"told": 0}
        (one,) = luca.get("/exchange-rates?currency=EUR").json()["items"]
        assert one | body == one
        assert luca.get(f"/exchange-rates/{one['id']}").json() == one
        assert luca.post("/exchange-rates", {"rates": [body | {"rate": "0"}]}).status_code == 422
        assert maya.post("/exchange-rates", {"rates": [body]}).status_code == 403
        assert maya.get(f"/exchange-rates/{one['id']}").status_code == 403
        assert luca.post(f"/exchange-rates/{one['id']}/take-back", {}).status_code == 204
        assert luca.get(f"/exchange-rates/{one['id']}").status_code == 404
