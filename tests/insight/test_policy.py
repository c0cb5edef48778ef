"""Who may ask what would be: those who look after everything; no actor is a refusal."""

import pytest
from tests.builders import HOUSE, ON

from inward.insight import policy
from inward.kit.actor import NOBODY


@pytest.mark.parametrize("answer", [policy.may_suppose(NOBODY, on=ON), policy.may_look_again(NOBODY)])
def test_nobody_is_refused(answer):
    assert not answer
    assert [reason.code for reason in answer.reasons] == ["no_actor"]


def test_the_house_looks_again():
    assert policy.may_look_again(HOUSE)
