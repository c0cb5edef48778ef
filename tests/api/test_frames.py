"""Standing orders over HTTP: the same acts as the pages, each once, and 409 where the price moved."""

from tests.api.conftest import Caller, token_of
from tests.cast import HENK, INES, MAYA
from tests.trade.test_budgets import given_budget, office

from inward.trade.models import Frame

__all__ = ["office"]
ASKED = {
    "offering": "chair",
    "quantity": 40,
    "starts_on": "2026-11-24",
    "last_day": "2026-12-31",
    "rhythm": "DAILY",
    "each": 4,
    "expected": {"amount": "4000.00", "currency": "EUR"},
    "customer": "abc-it",
    "note": "By the lift.",
}


def caller(house, part=INES):
    return Caller(token_of(house, part))


def eur(amount):
    return {"amount": amount, "currency": "EUR"}


def test_it_is_agreed_once_read_ordered_in_parts_paused_and_ended(office):
    given_budget("9000.00")
    ines = caller(office)
    made = ines.post("/standing-orders", ASKED, key="frame-1")
    assert (made.status_code, made.json()["state"]) == (201, "AGREED")
    assert ines.post("/standing-orders", ASKED, key="frame-1").status_code == 200
    path = f"/standing-orders/{made.json()['reference']}"
    part = {"quantity": 10, "expected": eur("1000.00")}
    assert ines.post(f"{path}/parts", part, key="part-1").status_code == 201
    assert ines.post(f"{path}/parts", part, key="part-1").status_code == 200
    found = ines.get(path).json()
    told = {name: found[name] for name in ("state", "drawn", "rhythm", "each", "weekday", "price", "next_on", "note")}
    assert told == {
        "state": "AGREED", "drawn": 10, "rhythm": "DAILY", "each": 4, "weekday": None, "price": "TODAY",
        "next_on": "2026-11-24", "note": "By the lift.",
    }  # fmt: skip
    assert found["committed"] == eur("3000.00")
    assert [(each["quantity"], each["due"], each["order"]["total"]) for each in found["parts"]] == [
        (10, None, eur("1000.00"))
    ]
    assert ines.post(f"{path}/pause", {}).status_code == 204
    assert ines.get(path).json()["paused"] is True
    assert ines.post(f"{path}/resume", {}).status_code == 204
    assert ines.post(f"{path}/end", {"reason": "Enough."}).status_code == 204
    (listed,) = ines.get("/standing-orders").json()["items"]
    assert (listed["state"], listed["drawn"], listed["next_on"]) == ("ENDED", 10, None)
    assert found["shares"] == []
    parts = [{"centre": "abc-it", "percent": "60"}, {"centre": "abc-marketing", "percent": "40"}]
    shared = ines.post("/standing-orders", ASKED | {"shares": parts}, key="frame-2").json()
    told = ines.get(f"/standing-orders/{shared['reference']}").json()["shares"]
    assert [(each["percent"], each["bears"]) for each in told] == [("60", eur("2400.00")), ("40", eur("1600.00"))]


def test_a_moved_price_is_answered_with_the_new_one_and_nothing_is_written(office):
    ines = caller(office)
    moved = ines.post("/standing-orders", ASKED | {"expected": eur("1.00")}, key="k")
    assert (moved.status_code, moved.json()["quote"]["total"]) == (409, eur("4000.00"))
    assert Frame.objects.count() == 0
    made = ines.post("/standing-orders", ASKED, key="k2").json()
    part = {"quantity": 1, "expected": eur("1.00")}
    refused = ines.post(f"/standing-orders/{made['reference']}/parts", part, key="k3")
    assert (refused.status_code, refused.json()["quote"]["total"]) == (409, eur("100.00"))


def test_who_answers_for_the_budget_reads_it_and_orders_nothing_and_others_see_none(office):
    path = "/standing-orders/" + caller(office).post("/standing-orders", ASKED, key="k").json()["reference"]
    henk, part = caller(office, HENK), {"quantity": 1, "expected": eur("100.00")}
    assert henk.get(path).status_code == 200
    assert henk.post(f"{path}/parts", part, key="k").status_code == 403
    assert caller(office, MAYA).get(path).status_code == 404
    assert caller(office, MAYA).get("/standing-orders").json()["items"] == []
