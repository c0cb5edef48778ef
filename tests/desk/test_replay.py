"""Whatever is done to cases in whatever order: what the row says is what a replay of its events says, and what was missed stays missed."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import HOUSE
from tests.cast import INES, JONAS, MAYA, TOR
from tests.desk.asked import MONDAY, asked, given_desk, kept
from tests.desk.promised import given_standard

from inward.core.terms import Refusal
from inward.desk import clocks, operations
from inward.desk.casewords import UNDER_WAY, CaseState, Impact, Urgency
from inward.desk.models import Case, CaseEvent
from inward.desk.vocabulary import HoldReason
from inward.kit.policy import NotThere, Refused
from inward.kit.rehearsing import rehearsed
from inward.kit.transaction import savepoint

ACTS = {
    "answer": lambda house, case, other: operations.answer(**by(house, TOR, case), text="x"),
    "write": lambda house, case, other: operations.write(**by(house, MAYA, case), text="x", again=True),
    "take": lambda house, case, other: operations.assign(**by(house, TOR, case), owner=TOR.code),
    "give": lambda house, case, other: operations.assign(**by(house, TOR, case), owner=INES.code),
    "wait": lambda house, case, other: operations.pause(**by(house, TOR, case), reason=HoldReason.CUSTOMER, words="?"),
    "hold": lambda house, case, other: operations.pause(**by(house, TOR, case), reason=HoldReason.SUPPLIER),
    "resume": lambda house, case, other: operations.resume(**by(house, TOR, case)),
    "urgent": lambda house, case, other: operations.weigh(
        **by(house, TOR, case), impact=Impact.MANY, urgency=Urgency.NOW
    ),
    "slow": lambda house, case, other: operations.weigh(
        **by(house, TOR, case), impact=Impact.ONE, urgency=Urgency.LATER
    ),
    "solve": lambda house, case, other: operations.solve(**by(house, TOR, case), words="x"),
    "no": lambda house, case, other: operations.confirm(**by(house, MAYA, case), solved=False, words="x"),
    "second": lambda house, case, other: operations.hand_over(**by(house, TOR, case), queue="second", words="x"),
    "first": lambda house, case, other: operations.hand_over(**by(house, TOR, case), queue="it", words="x"),
    "join": lambda house, case, other: operations.join(**by(house, TOR, other), into=case),
    "note": lambda house, case, other: operations.note_down(**by(house, TOR, case), text="x"),
    "anew": lambda house, case, other: operations.promise_anew(**by(house, TOR, case), words="x"),
    "withdraw": lambda house, case, other: operations.withdraw(**by(house, MAYA, case)),
}
_now = {"at": MONDAY}


def by(house, who, case):
    return {"by": house.actor(who), "at": _now["at"], "case": case}


def said_by_row(case):
    found = kept(case)
    return found.due_at, found.due_measure, found.missed


def replayed(case):
    due = clocks.due_next(clocks.runs(CaseEvent.objects.filter(case=kept(case)).order_by("id"), now=_now["at"]))
    return due.at, "" if due.measure is None else due.measure.value, due.missed


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(1, 40)), max_size=9))
def test_the_row_says_what_a_replay_says_after_any_acts(house, steps):
    rehearsed(lambda: _play(house, steps))


def _play(house, steps):
    _now["at"] = MONDAY
    given_desk(house)
    operations.set_queue(by=HOUSE, at=MONDAY, code="second", supplier="abc-it", name="Second line")
    case, other = asked(house, MAYA), asked(house, JONAS, text="Other", at=MONDAY - timedelta(hours=2))
    given_standard(terms={"targets": {"RESPOND": {"": {"minutes": 90}}}}, valid_from=MONDAY.date())
    missed = set()
    for name, hours in steps:
        _now["at"] += timedelta(hours=hours)
        try:
            with savepoint():
                ACTS[name](house, case, other)
        except (Refusal, Refused, NotThere):
            continue
        assert said_by_row(case) == replayed(case)
        runs = clocks.runs(CaseEvent.objects.filter(case=kept(case)).order_by("id"), now=_now["at"])
        found = {(run.measure, run.started) for run in runs if run.state.value == "MISSED"}
        assert missed <= found or "join" in dict(steps)  # joining may start a clock earlier, never make a miss undone
        missed = found
        if CaseState(kept(case).state) not in UNDER_WAY:
            assert kept(case).due_at is None
    assert Case.objects.count() == 2
