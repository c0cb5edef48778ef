"""What was asked by phone and is solved already is opened, solved and closed once, also when that broke off in between."""

import pytest
from tests.builders import AT
from tests.cast import INES, MAYA, TOR
from tests.desk.asked import acts, given_desk, given_personnel, kept

from inward.core.terms import Refusal
from inward.desk import operations
from inward.desk.casewords import CaseState, Channel
from inward.desk.models import Case, TimeSpent
from inward.desk.operations import Ask
from inward.kit.policy import NotThere, Refused

CALL = {"queue": "it", "text": "How do I print?", "customer": MAYA.code, "channel": Channel.PHONE}


def taken_down(house, who=TOR, *, key="a", words="Told her.", minutes=2, **more):
    ask = Ask(**{**CALL, **more})
    return operations.take_down(by=house.actor(who), at=AT, key=key, ask=ask, words=words, minutes=minutes)


def test_it_is_closed_with_what_was_said_and_twice_it_is_one(house):
    given_desk(house)
    first, again = taken_down(house), taken_down(house)
    assert (first.reference, again.again) == (again.reference, True)
    assert acts(first.reference) == ["OPENED", "TAKEN", "ANSWERED", "RESOLVED", "CONFIRMED", "CLOSED", "SPENT"]
    assert (kept(first.reference).state, kept(first.reference).solved) == (CaseState.CLOSED.value, True)
    assert TimeSpent.objects.count() == 1


def test_one_that_was_opened_only_is_closed_when_it_is_sent_again(house):
    given_desk(house)
    opened = operations.open_case(by=house.actor(TOR), at=AT, key="a", ask=Ask(**CALL))
    assert taken_down(house).reference == opened.reference
    assert kept(opened.reference).state == CaseState.CLOSED.value


def test_nothing_is_opened_for_who_does_not_serve_for_her_own_without_words_or_for_nobody(house):
    given_desk(house)
    given_personnel(house)
    for who, more, raised in (
        (MAYA, {}, Refused),
        (TOR, {"customer": TOR.code}, Refused),
        (TOR, {"words": " "}, Refusal),
        (TOR, {"minutes": 24 * 60 + 1}, Refusal),
        (TOR, {"minutes": -1}, Refusal),
        (TOR, {"customer": "nobody-known"}, NotThere),
        (TOR, {"customer": None}, NotThere),
        (INES, {"queue": "hr"}, Refused),
        (TOR, {"queue": "nowhere"}, NotThere),
    ):
        with pytest.raises(raised):
            taken_down(house, who, **more)
    assert Case.objects.count() == 0


def test_without_minutes_no_time_is_noted(house):
    given_desk(house)
    ask = Ask(**CALL)
    made = operations.take_down(by=house.actor(TOR), at=AT, key="n", ask=ask, words="Told her.")
    assert acts(made.reference)[-1] == "CLOSED"
    assert TimeSpent.objects.count() == 0
