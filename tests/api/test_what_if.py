"""What would be, over HTTP."""

import json
from datetime import timedelta

import pytest
from tests.builders import AT, ON
from tests.cast import INES, MAYA, SITI

from inward.core.terms import Reason
from inward.insight import mine
from inward.insight.models import LateDealing
from inward.kit.reasons import to_plain
from inward.trade.models import Order

BEFORE = (ON - timedelta(days=300)).isoformat()
SOLD = f"share:jkl:xyz:0:{BEFORE}"
LEFT = f"work:maya-lund:abc:NONE:{BEFORE}"


@pytest.fixture
def lived_in(house):
    house.order(INES, ("widget-a", 10), customer="abc")
    house.order(MAYA, ("coffee-machine", 1))
    return house


def test_the_dealings_that_would_differ_are_told_to_the_cent(lived_in, caller):
    answer = caller(SITI).get(f"/what-if?s={SOLD}&s={LEFT}")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["asked"], told["differ"]) == (2, 2)
    assert [(turn["before"], turn["after"], turn["dealings"]) for turn in told["turns"]] == [
        ("staff", "outside", 1), ("affiliate", "outside", 1),
    ]  # fmt: skip
    private, sister = told["dealings"]
    assert (private["number"], private["customer"]) == (None, None)
    assert private["before"]["total"] == {"amount": "90.75", "currency": "EUR"}
    assert (sister["supplier"], sister["customer"]) == ("xyz", "abc")
    assert sister["after"] == {
        "kind": "outside", "settlement": "INVOICE", "total": {"amount": "60.50", "currency": "EUR"}, "why_not": None,
    }  # fmt: skip


def test_what_cannot_be_read_is_a_problem_with_its_text(lived_in, caller):
    answer = caller(SITI).get("/what-if?s=nonsense")
    assert answer.status_code == 422
    assert "nonsense" in answer.json()["detail"]
    assert caller(SITI).get("/what-if").status_code == 422


def test_nobody_else_is_told(lived_in, caller):
    assert caller(INES).get(f"/what-if?s={SOLD}").status_code == 403


def test_late_dealings_are_listed_and_decided_on_and_found_by_nobody_else(lived_in, caller):
    order = Order.objects.get(customer__code="abc")
    row = LateDealing.objects.create(
        order=order, kind_then="affiliate", kind_now="outside", currency="EUR", total_then_minor=4356,
        total_now_minor=6050, cause=to_plain(Reason.of("late_file", known=ON)), found_at=AT,
    )  # fmt: skip
    steward = caller(SITI)
    (told,) = steward.get("/late-dealings").json()["items"]
    assert (told["number"], told["kind_then"], told["kind_now"], told["state"]) == (
        str(order.number), "affiliate", "outside", "OPEN",
    )  # fmt: skip
    assert told["total_now"] == {"amount": "60.50", "currency": "EUR"}
    decision = {"state": "LEFT", "note": "Too small."}
    address = f"/late-dealings/{row.id}/decision"
    assert caller(INES).post(address, decision, key="a").status_code == 403
    assert steward.post("/late-dealings/none/decision", decision, key="b").status_code == 404
    assert LateDealing.objects.get().state == "OPEN"
    assert steward.post(address, decision, key="c").status_code == 204
    assert (LateDealing.objects.get().state, LateDealing.objects.get().note) == ("LEFT", "Too small.")
    assert caller(INES).get("/late-dealings").status_code == 403


def test_what_is_held_on_the_caller_is_told_whole(lived_in, caller):
    answer = caller(MAYA).get("/me/data")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told == json.loads(json.dumps(mine.held_on_me(viewer=lived_in.actor(MAYA), at=AT))) | {
        name: told[name] for name in ("made_at", "sign_in")
    }
    parts = ["made_at", "person", "sign_in", "orders", "requests", "subscriptions", "allowances"]
    told_to_her = [
        "allowance_gifts",
        "waited_for",
        "terms",
        "suspensions",
        "benefit_facts",
        "benefit_gifts",
        "deductions",
        "pay_lines",
        "net_pay",
        "letters_sent",
        "noted",
        "letters",
    ]
    assert list(told) == parts + told_to_her
