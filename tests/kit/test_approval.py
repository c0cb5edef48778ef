"""Approval: enough of those asked, step by step, one no ends it, and never the one who asked."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inward.core.terms import Refusal
from inward.kit.approval import Approval, ApprovalState, Decision, Step, ask

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def step(needed: int, *who: str, **deputies: set[str]) -> Step:
    return Step(needed, frozenset(who), tuple((name, frozenset(names)) for name, names in deputies.items()))


def agree(approval: Approval, *people: str) -> Approval:
    for person in people:
        approval = approval.decided_by(person, approved=True, at=AT)
    return approval


def refused(code: str, approval: Approval, person: str, *, approved: bool = True, reason: str = "") -> None:
    with pytest.raises(Refusal) as caught:
        approval.decided_by(person, approved=approved, at=AT, reason=reason)
    assert caught.value.reason.code == code


def test_one_of_many_is_enough_when_one_is_needed() -> None:
    asked = ask(requester="ola", steps=(step(1, "bea", "cyd"),))

    assert asked.state is ApprovalState.AWAITING
    assert asked.who_may_decide == {"bea", "cyd"}
    assert agree(asked, "cyd").state is ApprovalState.APPROVED
    assert agree(asked, "cyd").who_may_decide == frozenset()
    assert asked.state is ApprovalState.AWAITING  # the value itself has not changed


def test_two_of_three_must_agree_and_none_counts_twice() -> None:
    asked = ask(requester="ola", steps=(step(2, "bea", "cyd", "dan"),))
    once = agree(asked, "bea")

    assert once.state is ApprovalState.AWAITING
    assert once.who_may_decide == {"cyd", "dan"}
    refused("not_asked_to_decide", once, "bea")
    assert agree(once, "dan").state is ApprovalState.APPROVED


def test_the_second_step_waits_for_the_first() -> None:
    asked = ask(requester="ola", steps=(step(1, "bea"), step(1, "eve")))

    refused("not_asked_to_decide", asked, "eve")
    first = agree(asked, "bea")
    assert first.state is ApprovalState.AWAITING
    assert first.who_may_decide == {"eve"}
    assert agree(first, "eve").state is ApprovalState.APPROVED


def test_one_no_ends_it_and_says_why() -> None:
    asked = ask(requester="ola", steps=(step(2, "bea", "cyd", "dan"), step(1, "eve")))
    declined = agree(asked, "bea").decided_by("cyd", approved=False, at=AT, reason="too dear")

    assert declined.state is ApprovalState.DECLINED
    assert declined.current is None
    assert declined.steps[0].decided[-1] == Decision("cyd", "cyd", approved=False, at=AT, reason="too dear")
    refused("approval_over", declined, "dan")


def test_a_no_without_a_reason_is_not_taken() -> None:
    asked = ask(requester="ola", steps=(step(1, "bea"),))

    refused("decline_without_reason", asked, "bea", approved=False, reason="  ")


def test_whoever_asked_never_decides_not_even_as_a_deputy() -> None:
    asked = ask(requester="ola", steps=(step(1, "ola", "bea", bea={"ola"}),))

    refused("own_request_not_decided", asked, "ola")
    assert asked.who_may_decide == {"bea"}


def test_nobody_decides_in_the_stead_of_whoever_asked() -> None:
    asked = ask(requester="ola", steps=(step(1, "ola", "bea", ola={"cyd"}),))

    refused("not_asked_to_decide", asked, "cyd")
    assert asked.who_may_decide == {"bea"}


def test_a_step_that_could_never_pass_is_refused_when_it_is_asked() -> None:
    for steps in ((step(1, "ola"),), (step(2, "ola", "bea"),), (step(1, "bea"), step(1, "ola", ola={"bea"}))):
        with pytest.raises(Refusal) as caught:
            ask(requester="ola", steps=steps)
        assert caught.value.reason.code == "nobody_to_approve"


def test_a_deputy_speaks_once_in_the_stead_of_one() -> None:
    asked = ask(requester="ola", steps=(step(2, "bea", "cyd", bea={"dep"}, cyd={"dep"}),))
    once = agree(asked, "dep")

    assert once.steps[0].decided[0].instead_of == "bea"
    assert once.who_may_decide == {"cyd"}
    refused("not_asked_to_decide", once, "dep")  # one person is one voice
    refused("not_asked_to_decide", once, "bea")  # her deputy has spoken
    assert agree(once, "cyd").state is ApprovalState.APPROVED


def test_somebody_asked_speaks_for_herself_before_she_stands_in_for_another() -> None:
    asked = ask(requester="ola", steps=(step(2, "bea", "cyd", "dan", bea={"cyd"}),))

    assert agree(asked, "cyd").steps[0].decided[0].instead_of == "cyd"


def test_nothing_to_approve_is_approved() -> None:
    assert ask(requester="ola", steps=()).state is ApprovalState.APPROVED


@pytest.mark.parametrize("needed", [0, 3])
def test_a_step_needs_between_one_and_all(needed: int) -> None:
    with pytest.raises(ValueError, match="between one and all"):
        step(needed, "bea", "cyd")


def test_only_those_asked_have_deputies() -> None:
    with pytest.raises(ValueError, match="deputies"):
        step(1, "bea", cyd={"dan"})


PEOPLE = ("bea", "cyd", "dan", "eve")


@given(
    st.lists(st.tuples(st.integers(1, 3), st.sets(st.sampled_from(PEOPLE), min_size=3)), min_size=1, max_size=3),
    st.lists(st.tuples(st.sampled_from((*PEOPLE, "ola", "out")), st.booleans()), max_size=12),
)
def test_whatever_is_said_the_json_comes_back_equal_and_the_requester_is_never_heard(
    shapes: list[tuple[int, set[str]]], words: list[tuple[str, bool]]
) -> None:
    steps = tuple(step(needed, *who, **{min(who): {"dep", "ola"}}) for needed, who in shapes)
    approval = ask(requester="ola", steps=steps)
    for person, approved in words:
        heard = person in approval.who_may_decide
        try:
            approval = approval.decided_by(person, approved=approved, at=AT, reason="because")
        except Refusal:
            assert not heard
        else:
            assert heard

    assert Approval.from_plain(json.loads(json.dumps(approval.plain()))) == approval
    assert all(said.by != "ola" for each in approval.steps for said in each.decided)
    assert all(len(each.decided) <= each.needed for each in approval.steps)
