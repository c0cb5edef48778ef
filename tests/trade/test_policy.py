"""Who may order, decide, deliver, cancel, return and see; every rule with everybody who could come."""

from datetime import date

import pytest
from django.db.models import Q

from inward.core.terms import Period
from inward.kit.actor import NOBODY, Actor, Grant
from inward.trade import policy
from inward.trade.models import OrderShare
from inward.trade.policy import OrderParties

ON = date(2026, 11, 24)
PRIVATE = OrderParties("maya", "maya", "abc")
UNIT = OrderParties("ines", "abc-it", "xyz", "abc")
SYSTEM = Actor.system("tests")


def actor(person, *grants, until=None):
    held = tuple(
        Grant(role, "x", None if parties is None else frozenset(parties), Period(None, until))
        for role, parties in grants
    )
    return Actor(user=1, person=person, acting_for=None, grants=held, subject="s")


MAYA = actor("maya")
BUYER = actor("ines", ("BUYER", ["abc", "abc-it"]))
BUYS_ALL = actor("ines", ("BUYER", None))
HOLDER = actor("henk", ("BUDGET_HOLDER", ["abc", "abc-it"]))
SELLER = actor("tor", ("SELLER", ["abc"]))
SELLS_WIDGETS = actor("ratna", ("SELLER", ["xyz"]))
KEEPER = actor("luca", ("CONTROLLER", ["abc"]))
PAYS = actor("pia", ("PAYROLL_OFFICER", ["abc"]))


def said(answer):
    return "yes" if answer else answer.reasons[0].code


@pytest.mark.parametrize(
    ("by", "customer", "answer"),
    [
        (NOBODY, "maya", "no_actor"),
        (MAYA, "maya", "yes"),
        (MAYA, None, "no_customer"),
        (MAYA, "tor", "not_buyer_for"),
        (MAYA, "abc-it", "not_buyer_for"),
        (BUYER, "abc-it", "yes"),
        (BUYER, "xyz", "not_buyer_for"),
        (actor("ines", ("BUYER", ["abc"]), until=ON), "abc", "not_buyer_for"),
        (HOLDER, "abc-it", "not_buyer_for"),
        (SYSTEM, "abc-it", "yes"),
    ],
)
def test_who_may_order(by, customer, answer):
    assert said(policy.may_order(by, customer=customer, on=ON)) == answer


@pytest.mark.parametrize(
    ("by", "order", "answer"),
    [
        (NOBODY, UNIT, "no_actor"),
        (HOLDER, UNIT, "yes"),
        (actor("ines", ("BUDGET_HOLDER", None)), UNIT, "own_order_not_decided"),
        (BUYER, UNIT, "own_order_not_decided"),
        (MAYA, UNIT, "not_approver_for"),
        (HOLDER, PRIVATE, "not_approver_for"),
        (actor(None, ("BUDGET_HOLDER", None)), UNIT, "yes"),
    ],
)
def test_who_may_decide(by, order, answer):
    assert said(policy.may_decide(by, order=order, on=ON)) == answer


@pytest.mark.parametrize(
    ("by", "order", "answer"),
    [
        (NOBODY, PRIVATE, "no_actor"),
        (SELLER, PRIVATE, "yes"),
        (SELLER, UNIT, "not_seller_for"),
        (SELLS_WIDGETS, UNIT, "yes"),
        (MAYA, PRIVATE, "not_seller_for"),
        (actor("maya", ("SELLER", ["abc"])), PRIVATE, "never_to_oneself"),
        (actor("ines", ("SELLER", ["xyz"])), UNIT, "never_to_oneself"),
        (SYSTEM, PRIVATE, "yes"),
    ],
)
def test_who_may_hand_over_and_take_back(by, order, answer):
    assert said(policy.may_deliver(by, order=order, on=ON)) == answer
    assert said(policy.may_take_back(by, order=order, on=ON)) == answer


@pytest.mark.parametrize(
    ("by", "order", "answer"),
    [
        (NOBODY, PRIVATE, "no_actor"),
        (MAYA, PRIVATE, "yes"),
        (SELLER, PRIVATE, "yes"),
        (BUYER, PRIVATE, "not_order_party"),
        (BUYER, UNIT, "yes"),
        (actor("another", ("BUYER", ["abc-it"])), UNIT, "yes"),
        (SELLS_WIDGETS, UNIT, "yes"),
        (HOLDER, UNIT, "not_order_party"),
        (KEEPER, UNIT, "not_order_party"),
    ],
)
def test_who_may_call_off(by, order, answer):
    assert said(policy.may_cancel(by, order=order, on=ON)) == answer


@pytest.mark.parametrize(
    ("by", "order", "answer"),
    [
        (NOBODY, PRIVATE, "no_actor"),
        (MAYA, PRIVATE, "yes"),
        (SELLER, PRIVATE, "yes"),
        (SELLS_WIDGETS, PRIVATE, "not_running_party"),
        (BUYER, PRIVATE, "not_running_party"),
        (HOLDER, PRIVATE, "not_running_party"),
        (KEEPER, PRIVATE, "not_running_party"),
        (BUYER, UNIT, "yes"),
        (actor("another", ("BUYER", ["abc-it"])), UNIT, "yes"),
        (actor("ines"), UNIT, "not_running_party"),  # who placed it, and buys for the department no more
        (HOLDER, UNIT, "not_running_party"),
        (SYSTEM, UNIT, "yes"),
    ],
)
def test_who_may_end_or_change_what_runs(by, order, answer):
    assert said(policy.may_end_running(by, order=order, on=ON)) == answer


@pytest.mark.parametrize(
    ("by", "company", "answer"),
    [
        (NOBODY, None, "no_actor"),
        (NOBODY, "abc", "no_actor"),
        (SYSTEM, None, "yes"),
        (SYSTEM, "abc", "yes"),
        (KEEPER, "abc", "yes"),
        (KEEPER, "xyz", "not_biller"),
        (KEEPER, None, "not_biller"),
        (actor("luca", ("CONTROLLER", None)), None, "not_biller"),  # of everything at once the house alone
        (actor("luca", ("CONTROLLER", ["abc"]), until=ON), "abc", "not_biller"),
        (SELLER, "abc", "not_biller"),
        (MAYA, "abc", "not_biller"),
    ],
)
def test_who_may_charge_what_runs(by, company, answer):
    assert said(policy.may_bill(by, company=company, on=ON)) == answer


@pytest.mark.parametrize(
    ("by", "order", "answer"),
    [
        (NOBODY, PRIVATE, "no_actor"),
        (MAYA, PRIVATE, "yes"),
        (SELLER, PRIVATE, "disposal_not_yours"),
        (actor("ines"), UNIT, "disposal_not_yours"),
        (SYSTEM, PRIVATE, "disposal_not_yours"),
    ],
)
def test_only_whoever_bought_for_herself_says_what_became_of_it(by, order, answer):
    assert said(policy.may_tell_disposal(by, order=order)) == answer


def test_everybody_sees_her_own_allowance_and_nobody_another_s():
    assert said(policy.may_see_allowance(MAYA, person="maya")) == "yes"
    assert said(policy.may_see_allowance(HOLDER, person="maya")) == "not_order_party"
    assert said(policy.may_see_allowance(NOBODY, person="maya")) == "no_actor"


def test_controllers_set_the_limits_of_their_companies():
    assert said(policy.may_set_limit(KEEPER, company="abc", on=ON)) == "yes"
    assert said(policy.may_set_limit(KEEPER, company="xyz", on=ON)) == "not_approver_for"
    assert said(policy.may_set_limit(HOLDER, company="abc", on=ON)) == "not_approver_for"
    assert said(policy.may_set_limit(NOBODY, company="abc", on=ON)) == "no_actor"


@pytest.mark.parametrize(
    ("by", "answer"),
    [
        (NOBODY, "no_actor"),
        (SELLER, "yes"),
        (actor("siti", ("DATA_ADMINISTRATOR", None)), "yes"),
        (SELLS_WIDGETS, "not_seller_for"),
        (MAYA, "not_seller_for"),
        (BUYS_ALL, "not_seller_for"),
    ],
)
def test_who_may_see_what_was_agreed_with_others(by, answer):
    assert said(policy.may_see_all_terms(by, supplier="abc", on=ON)) == answer


KEYS = {
    code: key for key, code in enumerate(["maya", "ines", "henk", "tor", "ratna", "luca", "abc", "abc-it", "xyz"], 1)
}


def sharing(way):
    """The cost centres whose shares lead to an order by this way."""
    ((name, found),) = way.children
    (centres,) = found.query.where.children
    assert (name, found.model) == ("pk__in", OrderShare)
    return sorted(centres.rhs)


@pytest.mark.django_db
def test_each_way_of_seeing_an_order_is_one_party_in_one_place():
    assert policy.orders_visible_by(MAYA, keys=KEYS, on=ON) == (Q(person_id=1), Q(customer_id=1))
    assert policy.orders_visible_by(SELLER, keys=KEYS, on=ON) == (Q(person_id=4), Q(customer_id=4), Q(supplier_id=7))
    *held, shared = policy.orders_visible_by(HOLDER, keys=KEYS, on=ON)
    assert sharing(shared) == [7, 8]
    assert tuple(held) == (
        Q(person_id=3),
        Q(customer_id=3),
        Q(customer_id=7) & policy._NOT_PRIVATE,
        Q(customer_id=8) & policy._NOT_PRIVATE,
        Q(cost_centre_id=7),
        Q(cost_centre_id=8),
    )
    assert policy.orders_visible_by(NOBODY, keys=KEYS, on=ON) == ()
    assert policy.orders_visible_by(KEEPER, keys=KEYS, on=ON) == (Q(person_id=6), Q(customer_id=6))


@pytest.mark.django_db
def test_whoever_buys_and_holds_the_budget_of_a_unit_looks_at_it_once():
    both = actor("ines", ("BUYER", ["abc-it"]), ("BUDGET_HOLDER", ["abc-it", "nowhere"]))
    seen = policy.orders_visible_by(both, keys=KEYS, on=ON)
    assert seen[2:-1] == (Q(customer_id=8) & policy._NOT_PRIVATE, Q(cost_centre_id=8))
    assert sharing(seen[-1]) == [8]


@pytest.mark.django_db
def test_more_parties_than_can_be_looked_at_one_by_one_are_looked_at_in_one_go():
    many = {f"u{number:02}": 100 + number for number in range(41)}
    seller = actor("tor", ("SELLER", list(many)))
    assert policy.orders_visible_by(seller, keys=KEYS | many, on=ON)[2:] == (Q(supplier_id__in=sorted(many.values())),)
    fewer = actor("tor", ("SELLER", list(many)[:40]))
    assert len(policy.orders_visible_by(fewer, keys=KEYS | many, on=ON)) == 42


@pytest.mark.django_db
def test_a_role_over_everything_is_one_way_and_never_to_a_private_purchase():
    assert policy.orders_visible_by(BUYS_ALL, keys=KEYS, on=ON)[2:] == (
        Q(customer_id__isnull=False) & policy._NOT_PRIVATE,
    )


PAYS = actor("pia", ("PAYROLL_OFFICER", ["abc"]))


@pytest.mark.parametrize(
    ("by", "person", "rejected", "answer"),
    [
        (NOBODY, "maya", False, "no_actor"),
        (PAYS, "maya", False, "yes"),
        (PAYS, "maya", True, "pay_line_rejected"),
        (PAYS, "pia", False, "not_payroll_officer"),
        (KEEPER, "maya", False, "not_payroll_officer"),
    ],
)
def test_who_may_say_that_payroll_could_not_take_a_line(by, person, rejected, answer):
    asked = {"company": "abc", "person": person, "rejected": rejected}
    assert said(policy.may_reject_pay_line(by, **asked, on=ON)) == answer
