"""Answers: a refusal always says why."""

import pytest

from inward.core.terms import Reason
from inward.kit.policy import ALLOWED, Answer, NotThere, Refused, allowed, refusal, require

CLOSED = Reason.of("hive_closed", hive="h-1")
TIRED = Reason.of("bees_tired")


def test_a_refusal_stops_the_act_with_all_its_reasons() -> None:
    with pytest.raises(Refused) as caught:
        require(refusal(CLOSED, TIRED))

    assert caught.value.reasons == (CLOSED, TIRED)
    assert str(caught.value) == "hive_closed, bees_tired"


def test_what_is_allowed_goes_on() -> None:
    require(ALLOWED)
    require(allowed(CLOSED))

    assert ALLOWED
    assert allowed(CLOSED).reasons == (CLOSED,)
    assert not refusal(CLOSED)


def test_a_refusal_without_a_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="why"):
        refusal()
    with pytest.raises(ValueError, match="why"):
        Answer(allowed=False)


def test_not_there_is_no_refusal() -> None:
    assert not issubclass(NotThere, Refused)
