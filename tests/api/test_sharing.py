"""An order shared over cost centres, over HTTP."""

from tests.api.conftest import Caller, token_of
from tests.cast import INES
from tests.trade.test_budgets import office

from inward.trade.models import Order

__all__ = ["office"]


def eur(amount):
    return {"amount": amount, "currency": "EUR"}


ORDER = {"lines": [{"offering": "chair", "quantity": 10}], "customer": "abc-it", "expected": eur("1000.00")}


def test_shares_in_percent_or_amounts_are_kept_and_told_with_what_each_bears(office):
    ines = Caller(token_of(office, INES))
    for key, shares in (
        ("one", [{"centre": "abc-it", "percent": "62.5"}, {"centre": "abc-marketing", "percent": "37.5"}]),
        ("two", [{"centre": "abc-it", "amount": eur("625")}, {"centre": "abc-marketing", "amount": eur("375")}]),
    ):
        placed = ines.post("/orders", ORDER | {"shares": shares}, key=key)
        assert placed.status_code == 201
        found = ines.get(f"/orders/{placed.json()['reference']}").json()
        told = [(share["centre"]["code"], share["percent"], share["bears"]) for share in found["shares"]]
        assert told == [("abc-it", "62.5", eur("625.00")), ("abc-marketing", "37.5", eur("375.00"))]
        assert found["standing_order"] is None


def test_shares_that_are_not_all_of_it_are_refused_where_they_stand(office):
    shares = [{"centre": "abc-it", "percent": "60"}, {"centre": "abc-marketing", "percent": "30"}]
    refused = Caller(token_of(office, INES)).post("/orders", ORDER | {"shares": shares}, key="k")
    assert (refused.status_code, refused.json()["reasons"][0]["code"]) == (422, "shares_not_whole")
    assert Order.objects.count() == 0
