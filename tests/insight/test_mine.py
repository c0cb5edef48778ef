"""What is held on a person, for her alone: everything of hers, and nothing of anybody else."""

import json

import pytest
from tests.builders import AT, HOUSE, given_holding, nothing_written
from tests.cast import INES, MAYA
from tests.shop import given_item

from inward.catalogue import operations as catalogue
from inward.core.running import Plan, RunningKind
from inward.insight import mine
from inward.kit.actor import NOBODY, Actor
from inward.kit.policy import Refused
from inward.parties import operations as parties
from inward.trade import operations as trade

pytestmark = pytest.mark.django_db


def test_a_person_reads_what_is_held_on_her_and_nothing_of_others(house):
    done = house.order(MAYA, ("coffee-machine", 1))
    other = house.order(INES, ("widget-a", 10), customer="abc", key="second")
    with nothing_written():
        told = mine.held_on_me(viewer=house.actor(MAYA), at=AT)
    assert list(told) == [
        "made_at",
        "person",
        "sign_in",
        "orders",
        "requests",
        "subscriptions",
        "allowances",
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
    person = told["person"]
    assert (person["code"], person["name"]) == (MAYA.code, "Maya Lund")
    assert [(work["company"]["code"], work["kind"]) for work in person["work"]] == [("abc", "FULL_TIME")]
    assert (person["heads"], person["away"], person["households"]) == ([], [], [])
    assert told["sign_in"]["profile"]["username"] == MAYA.code
    (order,) = told["orders"]
    assert order["row"]["reference"] == done.reference
    assert order["row"]["total"] == {"amount": done.total.amount, "currency": "EUR"}
    assert order["standing"]["grounds"][0]["code"]
    assert "may" not in order
    parties.rename_party(by=HOUSE, at=AT, party=MAYA.code, name="Maya Berg")
    (noted, *_) = mine.held_on_me(viewer=house.actor(MAYA), at=AT)["noted"]
    assert noted == {"at": AT.isoformat(), "act": "parties.rename_party"}
    text = json.dumps(told)
    assert other.reference not in text
    assert INES.code not in text


def test_shares_that_she_holds_are_told(house):
    given_holding(MAYA.code, "xyz", 5)
    given_holding(INES.code, "xyz", 7)
    (share,) = mine.held_on_me(viewer=house.actor(MAYA), at=AT)["person"]["shares"]
    assert (share["owner"], share["owned"], share["votes"]) == (MAYA.code, "xyz", "0.05")


def test_every_page_of_orders_is_told(house, monkeypatch):
    for key in ("1", "2", "3"):
        house.order(MAYA, ("coffee-machine", 1), key=key)
    monkeypatch.setattr(mine, "_AT_ONCE", "2")
    assert len(mine.held_on_me(viewer=house.actor(MAYA), at=AT)["orders"]) == 3


def test_what_runs_for_her_is_told_with_its_charges_whomever_she_acts_for(house):
    given_item("dsl", "abc", "DSL", "40.00", cost="5.00", includes_tax=True)
    catalogue.set_plan(by=HOUSE, at=AT, offering="dsl", plan=Plan(RunningKind.SUBSCRIPTION))
    house.order(MAYA, ("dsl", 1), key="hers")
    for viewer in (house.actor(MAYA), house.actor(MAYA, acting_for="abc-shops")):
        (runs,) = mine.held_on_me(viewer=viewer, at=AT)["subscriptions"]
        assert (runs["row"]["customer"]["code"], runs["row"]["name"]) == (MAYA.code, "DSL")
        assert [charge["amount"] for charge in runs["charges"]] == [runs["row"]["price"]]
        assert not {"others", "may_end", "may_keep"} & runs.keys()
    assert mine.held_on_me(viewer=house.actor(INES), at=AT)["subscriptions"] == []


def test_a_machine_has_no_person_and_nobody_reads_nothing():
    told = mine.held_on_me(viewer=Actor.system("x"), at=AT)
    assert (told["person"], told["sign_in"], told["orders"], told["allowances"]) == (None, None, [], [])
    with pytest.raises(Refused):
        mine.held_on_me(viewer=NOBODY, at=AT)


def test_what_payroll_and_employers_were_told_for_tax_is_hers_to_read(house):
    house.order(MAYA, ("coffee-machine", 1), key="for-pay")
    trade.make_pay_run(by=HOUSE, at=AT, company="abc", month=AT.date(), cut_off=AT.date())
    held = mine.held_on_me(viewer=house.actor(MAYA), at=AT)
    assert {(line["kind"], line["company"]) for line in held["pay_lines"]} == {("BENEFIT", "abc"), ("DEDUCTION", "abc")}
    assert held["benefit_facts"] == []
