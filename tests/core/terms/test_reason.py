"""Reasons are equal when they say the same, and a refusal carries one."""

import pickle
from types import MappingProxyType

import pytest

from inward.core.terms import Rate, Reason, Refusal


def test_the_order_in_which_facts_are_given_does_not_matter() -> None:
    one, other = Reason.of("holds", owner="jkl", owned="abc"), Reason.of("holds", owned="abc", owner="jkl")

    assert one == other
    assert hash(one) == hash(other)
    assert one.facts == {"owner": "jkl", "owned": "abc"}
    assert one != Reason.of("holds", owner="jkl")


def test_facts_cannot_be_changed_from_outside() -> None:
    facts = Reason.of("holds", owner="jkl").facts

    assert isinstance(facts, MappingProxyType)
    with pytest.raises(TypeError):
        facts["owner"] = "abc"  # type: ignore[index]


def test_a_refusal_says_its_reason_and_its_place() -> None:
    refusal = Refusal(Reason.of("too_much", percent=Rate.percent(101)), where="holdings[1].percent")

    assert str(refusal) == "too_much at holdings[1].percent(percent=101 %)"
    assert str(Refusal(Reason.of("id_missing"))) == "id_missing()"


def test_a_refusal_survives_the_way_between_two_processes() -> None:
    sent = Refusal(Reason.of("too_much", percent=Rate.percent(101)), where="holdings[1]")

    received = pickle.loads(pickle.dumps(sent))

    assert (received.reason, received.where) == (sent.reason, sent.where)
