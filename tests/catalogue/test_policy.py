"""Who may change what is offered, and who sees what it costs."""

from dataclasses import replace
from datetime import date

import pytest

from inward.catalogue import policy
from inward.core.terms import Period
from inward.kit.actor import NOBODY, Actor, Grant

ON = date(2026, 11, 24)
EVER = Period(None, None)


def holder(role, *parties):
    reach = frozenset(parties) if parties else None
    return Actor(user=1, person="p", acting_for=None, grants=(Grant(role, "x", reach, EVER),))


def codes(answer):
    return [reason.code for reason in answer.reasons]


def test_prices_of_a_supplier_are_changed_by_its_own_data_administrators():
    assert policy.may_price(holder("DATA_ADMINISTRATOR", "abc"), supplier="abc", on=ON).allowed
    assert policy.may_price(holder("DATA_ADMINISTRATOR"), supplier="abc", on=ON).allowed
    for other in (holder("DATA_ADMINISTRATOR", "xyz"), holder("SELLER", "abc"), holder("CONTROLLER", "abc")):
        assert codes(policy.may_price(other, supplier="abc", on=ON)) == ["not_catalogue_keeper"]
    assert codes(policy.may_price(NOBODY, supplier="abc", on=ON)) == ["no_actor"]


def test_what_concerns_every_supplier_needs_a_keeper_of_all():
    assert policy.may_arrange(holder("DATA_ADMINISTRATOR"), on=ON).allowed
    assert codes(policy.may_arrange(holder("DATA_ADMINISTRATOR", "abc"), on=ON)) == ["not_catalogue_keeper_of_all"]
    assert codes(policy.may_arrange(NOBODY, on=ON)) == ["no_actor"]


def test_the_shop_is_open_to_everybody_who_is_signed_in():
    assert policy.may_see_catalogue(holder("BUYER", "kestrel")).allowed
    assert codes(policy.may_see_catalogue(NOBODY)) == ["no_actor"]


@pytest.mark.parametrize("role", ["DATA_ADMINISTRATOR", "CONTROLLER", "SELLER"])
def test_costs_are_seen_by_those_who_keep_count_or_serve(role):
    assert policy.costs_visible_to(holder(role, "abc"), on=ON) == {"abc"}
    assert policy.costs_visible_to(holder(role), on=ON) is None


def test_buyers_see_no_costs():
    assert policy.costs_visible_to(holder("BUYER", "abc"), on=ON) == frozenset()
    assert policy.costs_visible_to(NOBODY, on=ON) == frozenset()


def test_whoever_looks_after_some_supplier_looks_after_what_is_offered():
    assert policy.may_price_something(holder("DATA_ADMINISTRATOR", "abc"), on=ON).allowed
    assert policy.may_price_something(holder("DATA_ADMINISTRATOR"), on=ON).allowed
    assert codes(policy.may_price_something(holder("SELLER", "abc"), on=ON)) == ["not_catalogue_keeper_of_any"]
    assert codes(policy.may_price_something(NOBODY, on=ON)) == ["no_actor"]
    assert policy.priced_by(NOBODY, on=ON) == frozenset()
    assert policy.priced_by(holder("DATA_ADMINISTRATOR", "abc"), on=ON) == {"abc"}


def test_a_suspension_is_for_keepers_of_the_prices_never_about_oneself_and_upheld_by_another():
    keeper = replace(holder("DATA_ADMINISTRATOR", "abc"), subject="s-keeper")
    about = {"supplier": "abc", "person": "maya", "on": ON}
    assert policy.may_suspend(keeper, **about).allowed
    assert codes(policy.may_suspend(keeper, **about | {"person": "p"})) == ["suspension_of_oneself"]
    assert codes(policy.may_suspend(NOBODY, **about)) == ["no_actor"]
    assert codes(policy.may_suspend(holder("SELLER", "abc"), **about)) == ["not_catalogue_keeper"]
    assert policy.may_uphold(keeper, begun_by="s-other", **about).allowed
    assert codes(policy.may_uphold(keeper, begun_by="s-keeper", **about)) == ["suspension_needs_another"]
    assert codes(policy.may_uphold(NOBODY, begun_by="", **about)) == ["no_actor"]


def test_only_whoever_is_suspended_answers():
    assert policy.may_answer_suspension(holder("SELLER", "abc"), person="p").allowed
    assert codes(policy.may_answer_suspension(holder("SELLER", "abc"), person="maya")) == [
        "suspension_answer_not_yours"
    ]
    assert codes(policy.may_answer_suspension(NOBODY, person="maya")) == ["no_actor"]
