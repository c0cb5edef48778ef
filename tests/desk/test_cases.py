"""A case from the question to its end, as both sides live it."""

from tests.cast import INES, MAYA, TOR
from tests.desk.asked import MONDAY, acts, asked, given_desk, kept, later, seen

from inward.core.promises import ClockState, Measure
from inward.desk import cases, operations
from inward.desk.casewords import CaseState, Side, Turn


def test_somebody_asks_is_answered_and_says_that_it_is_solved(house):
    given_desk(house)
    case = asked(house, MAYA)
    view = seen(house, MAYA, case)
    assert (view.row.state, view.row.turn, view.row.owner) == (CaseState.NEW, Turn.SERVICE, None)
    assert view.row.due_measure is Measure.RESPOND
    operations.answer(by=house.actor(TOR), at=later(minutes=20), case=case, text="Switch it off and on.")
    view = seen(house, MAYA, case, at=later(minutes=20))
    assert (view.row.state, view.row.owner.code) == (CaseState.OPEN, TOR.code)
    assert [(each.side, each.text) for each in view.thread] == [
        (Side.CUSTOMER, "The till does not start."),
        (Side.SERVICE, "Switch it off and on."),
    ]
    operations.solve(by=house.actor(TOR), at=later(minutes=40), case=case, words="It runs again.")
    assert seen(house, MAYA, case, at=later(hours=1)).row.turn is Turn.CUSTOMER
    operations.confirm(by=house.actor(MAYA), at=later(hours=1), case=case, solved=True, words="Thanks")
    row = seen(house, MAYA, case, at=later(hours=1)).row
    assert (row.state, row.turn, row.solved) == (CaseState.CLOSED, Turn.NOBODY, True)
    states = {run.measure: run.state for run in seen(house, TOR, case, at=later(hours=1)).runs}
    assert states == {Measure.RESPOND: ClockState.KEPT, Measure.RESOLVE: ClockState.KEPT}
    assert acts(case) == ["OPENED", "TAKEN", "ANSWERED", "ANSWERED", "RESOLVED", "CONFIRMED", "CLOSED"]
    assert kept(case).due_at is None


def test_the_list_of_the_service_has_what_is_due_first_at_the_top(house):
    given_desk(house)
    first, second = asked(house, MAYA), asked(house, MAYA, at=later(minutes=5), text="Another one")
    rows = cases.served(viewer=house.actor(INES), at=MONDAY, params={}, under_way=True).rows
    assert [row.reference for row in rows] == [first, second]
    assert cases.served(viewer=house.actor(MAYA), at=MONDAY, params={}).rows == ()
    assert [row.reference for row in cases.asked(viewer=house.actor(MAYA), at=MONDAY, params={}).rows] == [
        second,
        first,
    ]
    found = cases.served(viewer=house.actor(TOR), at=MONDAY, params={"text": "till"}).rows
    assert [row.reference for row in found] == [first]
