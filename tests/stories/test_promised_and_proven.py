"""S14: what is promised is published, the version promised is kept, "why is it due then" is told to both sides, and a procedure's
steps are proven before anything is called solved.
"""

from datetime import UTC, date, datetime

import pytest
from tests.builders import HOUSE
from tests.cast import INES, MAYA, TOR
from tests.desk.asked import MONDAY, asked, given_desk, later, seen
from tests.desk.promised import given_standard
from tests.desk.stepped import PDF, do, given_procedure, given_request, run

from inward.core.promises import told
from inward.core.terms import Refusal
from inward.desk import operations, queries
from inward.desk.casewords import CaseState
from inward.desk.steps import StepState
from inward.kit.policy import NotThere


def solving(view):
    (found,) = [each for each in view.runs if each.measure.value == "RESOLVE"]
    return found


def test_the_version_promised_is_kept_when_another_is_promised_the_next_day(house):
    given_desk(house)
    before = asked(house, MAYA, text="The till does not start.")
    tuesday = date(2026, 12, 1)
    given_standard(terms={"targets": {"RESOLVE": {"": {"minutes": 60}}}}, valid_from=tuesday)
    after = asked(house, MAYA, text="The scanner does not start.", at=later(days=1))

    now = later(days=1, minutes=30)
    old, new = seen(house, MAYA, before, at=now), seen(house, MAYA, after, at=now)
    assert (old.promise.period.start, solving(old).due.at) == (None, datetime(2026, 12, 3, 9, 0, tzinfo=UTC))
    assert (new.promise.period.start, solving(new).due.at) == (tuesday, later(days=1, hours=1))
    versions = queries.versions(viewer=HOUSE, at=now, code="help")
    assert [each.period.start for each in versions if each.known_until is None] == [None, tuesday]  # both can be read


def test_both_sides_read_why_it_is_due_then_in_the_same_lines(house):
    given_desk(house)
    case = asked(house, MAYA, at=MONDAY)
    now = later(hours=3)
    hers, theirs = (solving(seen(house, who, case, at=now)) for who in (MAYA, TOR))
    assert told(hers) == told(theirs)
    assert [line.code for line in told(hers)][-1] == "promise_due"


def test_nothing_is_called_solved_before_its_steps_are_proven(house):
    given_desk(house)
    given_request()
    given_procedure()
    case = asked(house, MAYA, queue="", request_type="laptop", answers={"old": "NO"}, text="")
    with pytest.raises(Refusal) as refused:
        operations.solve(by=house.actor(TOR), at=MONDAY, case=case, words="It is yours.")
    assert refused.value.reason.code == "case_blocked_by_steps"
    for evidence, code in (("13.5", "step_value_outside"), ("eleven", "step_wants_number")):
        with pytest.raises(Refusal) as refused:
            do(house, TOR, case, "cells", at=MONDAY, evidence=evidence)
        assert refused.value.reason.code == code
    do(house, TOR, case, "cells", at=later(minutes=10), evidence="11.9")
    do(house, TOR, case, "seal", at=later(minutes=15), uploads=[PDF])
    do(house, TOR, case, "hand", at=later(minutes=18))
    with pytest.raises(Refusal) as refused:
        operations.sign_step(by=house.actor(TOR), at=later(minutes=19), case=case, procedure="laptop-out", step="hand")
    assert refused.value.reason.code == "step_signed_by_another"
    operations.sign_step(by=house.actor(INES), at=later(minutes=20), case=case, procedure="laptop-out", step="hand")
    operations.solve(by=house.actor(TOR), at=later(minutes=30), case=case, words="It is yours.")
    proven = {each.step.id: each.state for each in run(house, TOR, case, at=later(minutes=30)).steps}
    assert proven == {
        "wipe": None,
        "cells": StepState.DONE,
        "swap": None,
        "seal": StepState.DONE,
        "hand": StepState.DONE,
    }
    assert seen(house, MAYA, case, at=later(minutes=30)).row.state is CaseState.SOLVED
    with pytest.raises(NotThere):
        run(house, MAYA, case, at=later(minutes=30))  # how it was done is the service's
