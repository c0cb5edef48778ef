"""Subscriptions and covers over HTTP: a plan is set, one is ordered, read, ended, kept and changed."""

import pytest
from tests.builders import AT, HOUSE, ON
from tests.cast import JONAS, MAYA, SITI
from tests.shop import given_item

from inward.trade import operations
from inward.trade.terms import About
from inward.trade.vocabulary import TermsKind

PLAN = {"plan": "SUBSCRIPTION", "plan_every": "MONTH", "plan_notice_days": 14, "source": "price sheet"}


@pytest.fixture
def running(caller):
    """The coffee machine as something that runs (by the month, 90.75 for staff), and Maya has it."""
    answer = caller(SITI).put("/catalogue/offerings/coffee-machine/plan", PLAN)
    assert answer.status_code == 204
    maya = caller(MAYA)
    body = {
        "lines": [{"offering": "coffee-machine", "quantity": 1}],
        "expected": {"amount": "90.75", "currency": "EUR"},
    }
    made = maya.post("/orders", body, key="one")
    assert made.status_code == 201
    return maya, made.json()["reference"]


def test_what_runs_is_read_with_its_charges_and_never_with_what_its_seller_earns(caller, running):
    maya, reference = running

    (row,) = maya.get("/running").json()["items"]
    one = maya.get(f"/running/{reference}").json()

    assert (row["reference"], row["price"]) == (reference, {"amount": "90.75", "currency": "EUR"})
    assert [(charge["amount"]["amount"], charge["by_order"]) for charge in one["charges"]] == [("90.75", True)]
    assert one["plan"]["plan_commission"] == ""
    assert (row["household"], row["beneficiary"]) == (False, None)
    assert caller(JONAS).get(f"/running/{reference}").status_code == 404
    assert maya.get("/running?which=none").status_code == 422
    assert maya.get("/running-changes").json()["items"] == []


def test_it_is_ended_kept_and_not_changed_to_what_is_no_plan(caller, running):
    maya, reference = running
    earliest = maya.get(f"/running/{reference}").json()["earliest_end"]

    early = maya.post(f"/running/{reference}/end", {"on": "2020-01-01"}, key="a")
    ended = maya.post(f"/running/{reference}/end", {}, key="b")
    kept = maya.post(f"/running/{reference}/keep", {}, key="c")
    other = {"offering": "widget-a", "expected": {"amount": "5.00", "currency": "EUR"}, "key": "k"}
    changed = maya.post(f"/running/{reference}/change", other, key="d")

    assert (early.status_code, early.json()["type"]) == (422, "/problems/running_ends_earliest")
    assert (ended.status_code, ended.json()) == (200, {"ends_on": earliest})
    assert kept.status_code == 204
    assert (changed.status_code, changed.json()["type"]) == (422, "/problems/running_change_unfit")


def test_another_plan_is_ordered_with_the_terms_it_needs_or_not_at_all(caller, running):
    maya, reference = running
    given_item("big-machine", "abc", "Big machine", "242.00", cost="60.00", category="coffee", includes_tax=True)
    assert caller(SITI).put("/catalogue/offerings/big-machine/plan", PLAN).status_code == 204
    about = About(TermsKind.SCHEME, "abc-staff")
    operations.publish_terms(by=HOUSE, at=AT, about=about, texts={"en": "Not for resale."}, valid_from=ON)
    wanted = {"offering": "big-machine", "expected": {"amount": "181.50", "currency": "EUR"}, "key": "k"}

    refused = maya.post(f"/running/{reference}/change", wanted, key="a")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/terms_not_accepted")
    assert maya.get(f"/running/{reference}").json()["ends_on"] is None
    changed = maya.post(f"/running/{reference}/change", wanted | {"accepts": ["scheme:abc-staff:1"]}, key="b")

    assert changed.status_code == 201
    assert maya.get(f"/running/{changed.json()['reference']}").json()["price"]["amount"] == "181.50"
    assert maya.get(f"/running/{reference}").json()["ends_on"] is not None


def test_a_plan_is_taken_away_and_one_that_cannot_be_is_refused(caller):
    siti, path = caller(SITI), "/catalogue/offerings/coffee-machine/plan"

    assert siti.put(path, PLAN | {"plan_insurer": "xyz"}).status_code == 422
    assert siti.put(path, PLAN).status_code == 204
    assert siti.get("/catalogue/offerings/coffee-machine").json()["plan"]["plan"] == "SUBSCRIPTION"
    assert siti.put(path, {"source": "gone"}).status_code == 204
    assert siti.get("/catalogue/offerings/coffee-machine").json()["plan"] is None
