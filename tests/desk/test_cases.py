"""A case from the question to its end, as both sides live it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from tests.builders import HOUSE, nothing_written
from tests.cast import HENK, INES, JONAS, LUCA, MAYA, NORA, TOR
from tests.desk.asked import MONDAY, acts, asked, given_desk, kept, later, seen
from tests.desk.promised import given_hours, given_standard

from inward.core.promises import ClockState, Measure
from inward.core.terms import Refusal
from inward.desk import cases, operations
from inward.desk.announcements import CaseAssigned, CaseClosed, CaseMentioned, CaseOpened, CaseSolved, CaseWritten
from inward.desk.casewords import CaseState, HandingOut, Impact, Side, Turn, Urgency
from inward.desk.models import Case, CaseEvent, CaseMessage
from inward.desk.operations import Ask, CaseMoved, Upload
from inward.desk.vocabulary import HoldReason, Priority
from inward.kit.models import AuditRow
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import savepoint
from inward.parties import operations as parties


def refused(act, **values):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.reason.code


def clocks(house, case, at):
    return {run.measure: run.state for run in seen(house, TOR, case, at=at).runs}


# --- the way of a case ------------------------------------------------------------------------------------------------


def test_somebody_asks_is_answered_and_says_that_it_is_solved(house):
    given_desk(house)
    case = asked(house, MAYA)
    view = seen(house, MAYA, case)
    assert (view.row.state, view.row.turn, view.row.owner) == (CaseState.NEW, Turn.SERVICE, None)
    assert (view.row.due_measure, view.row.due_at) == (Measure.RESPOND, datetime(2026, 11, 30, 14, 0, tzinfo=UTC))
    assert (view.promise.code, view.row.standing_kind.value) == ("help", "staff")
    operations.answer(by=house.actor(TOR), at=later(minutes=20), case=case, text="Switch it off and on.")
    view = seen(house, MAYA, case, at=later(minutes=20))
    assert (view.row.state, view.row.owner.code, view.row.under_way) == (CaseState.OPEN, TOR.code, True)
    assert [(each.side, each.text) for each in view.thread] == [
        (Side.CUSTOMER, "The till does not start."),
        (Side.SERVICE, "Switch it off and on."),
    ]
    operations.solve(by=house.actor(TOR), at=later(minutes=40), case=case, words="It runs again.")
    assert seen(house, MAYA, case, at=later(hours=1)).row.turn is Turn.CUSTOMER
    operations.confirm(by=house.actor(MAYA), at=later(hours=1), case=case, solved=True, words="Thanks")
    row = seen(house, MAYA, case, at=later(hours=1)).row
    assert (row.state, row.turn, row.solved, row.under_way) == (CaseState.CLOSED, Turn.NOBODY, True, False)
    assert clocks(house, case, later(hours=1)) == {Measure.RESPOND: ClockState.KEPT, Measure.RESOLVE: ClockState.KEPT}
    assert acts(case) == ["OPENED", "TAKEN", "ANSWERED", "ANSWERED", "RESOLVED", "CONFIRMED", "CLOSED"]
    assert (kept(case).due_at, kept(case).due_measure, kept(case).solved_words) == (None, "", "Thanks")
    assert len(announced(CaseOpened)) == len(announced(CaseSolved)) == len(announced(CaseClosed)) == 1
    assert [(told.side, told.by) for told in announced(CaseWritten)] == [("SERVICE", TOR.code)]


def test_the_list_of_the_service_has_what_is_due_first_at_the_top(house):
    given_desk(house)
    slow = asked(house, MAYA)
    fast = asked(house, MAYA, at=later(minutes=5), text="Another one", impact=Impact.MANY, urgency=Urgency.NOW)
    rows = cases.served(viewer=house.actor(INES), at=MONDAY, params={}, under_way=True).rows
    assert [(row.reference, row.priority) for row in rows] == [(fast, Priority.URGENT), (slow, Priority.NORMAL)]
    assert cases.served(viewer=house.actor(MAYA), at=MONDAY, params={}).rows == ()
    mine = cases.asked(viewer=house.actor(MAYA), at=MONDAY, params={}).rows
    assert [row.reference for row in mine] == [fast, slow]
    assert cases.count_served(viewer=house.actor(TOR), at=MONDAY) == (2, False)
    assert cases.count_served(viewer=house.actor(TOR), at=MONDAY, owner="") == (2, False)
    assert cases.count_served(viewer=house.actor(TOR), at=MONDAY, owner=TOR.code) == (0, False)
    assert cases.count_served(viewer=house.actor(MAYA), at=MONDAY) == (0, False)


def test_words_and_numbers_find_cases_for_those_who_serve_and_those_who_asked(house):
    given_desk(house)
    case = asked(house, MAYA)
    other = asked(house, JONAS, text="My chair is broken")
    operations.note_down(by=house.actor(TOR), at=later(minutes=1), case=case, text="Surely the transformer")

    def found(who, text, ask=cases.served):
        return [row.reference for row in ask(viewer=house.actor(who), at=later(hours=1), params={"text": text}).rows]

    assert found(TOR, "till") == found(TOR, "transformer") == found(TOR, f"#{kept(case).number}") == [case]
    assert found(MAYA, "TILL", cases.asked) == found(MAYA, str(kept(case).number), cases.asked) == [case]
    assert found(MAYA, "transformer", cases.asked) == found(MAYA, "chair", cases.asked) == []
    assert found(MAYA, "till") == []
    assert found(JONAS, "chair", cases.asked) == [other]


def test_what_waits_for_whoever_asked_stands_still_and_goes_on_when_she_writes(house):
    given_desk(house)
    case = asked(house, MAYA)
    operations.pause(by=house.actor(TOR), at=later(hours=1), case=case, reason=HoldReason.CUSTOMER, words="Which till?")
    view = seen(house, MAYA, case, at=later(hours=2))
    assert (view.row.state, view.row.turn, view.thread[-1].text) == (CaseState.WAITING, Turn.CUSTOMER, "Which till?")
    # It stands still for sixteen hours of work at most, so it is due even if she never answers.
    assert view.row.due_at == datetime(2026, 12, 7, 11, 0, tzinfo=UTC)
    assert [row.reference for row in cases.waits_for_me(viewer=house.actor(MAYA), at=later(hours=2))] == [case]
    assert cases.waits_for_me(viewer=house.actor(TOR), at=later(hours=2)) == ()
    operations.write(by=house.actor(MAYA), at=later(hours=3), case=case, text="The left one.")
    row = seen(house, TOR, case, at=later(hours=3)).row
    assert (row.state, row.turn, row.waits_for) == (CaseState.OPEN, Turn.SERVICE, None)
    assert row.due_at == datetime(
        2026, 12, 3, 10, 0, tzinfo=UTC
    )  # three dates, and the hour it stood still; the other was lunch
    assert acts(case) == ["OPENED", "TAKEN", "ANSWERED", "PAUSED", "ASKED", "RESUMED"]


def test_what_waited_waits_no_longer_when_it_is_handed_over_and_its_clock_runs(house):
    given_desk(house)
    operations.set_queue(by=HOUSE, at=MONDAY, code="second", supplier="abc-it", name="Second line")
    case, tor = asked(house, MAYA), house.actor(TOR)
    operations.pause(by=tor, at=later(hours=1), case=case, reason=HoldReason.CUSTOMER, words="Which till?")
    operations.hand_over(by=tor, at=later(hours=3), case=case, queue="second", words="Hers is the left one")
    row = seen(house, TOR, case, at=later(hours=3)).row
    assert (row.state, row.turn, row.waits_for) == (CaseState.NEW, Turn.SERVICE, None)
    assert row.due_at == datetime(2026, 12, 3, 10, 0, tzinfo=UTC)  # as if she had answered then
    assert acts(case) == ["OPENED", "TAKEN", "ANSWERED", "PAUSED", "RESUMED", "HANDED_OVER"]


def test_what_waits_for_an_agreed_day_goes_on_by_itself_on_that_day(house):
    given_desk(house)
    case = asked(house, MAYA)
    tor, day = house.actor(TOR), date(2026, 12, 3)
    operations.pause(by=tor, at=later(hours=1), case=case, reason=HoldReason.AGREED_DAY, until=day, words="New part")
    assert [each.note for each in seen(house, TOR, case).thread] == [False, True]
    assert operations.go_on(by=HOUSE, at=later(days=2)) == 0
    assert operations.go_on(by=HOUSE, at=later(days=3)) == 1
    assert (kept(case).state, kept(case).until) == ("OPEN", None)
    assert operations.go_on(by=HOUSE, at=later(days=3)) == 0


def test_a_case_waits_once_for_one_reason(house):
    given_desk(house)
    case, tor = asked(house, MAYA), house.actor(TOR)
    act, at = operations.pause, later(hours=1)
    assert refused(act, by=tor, at=at, case=case, reason=HoldReason.CUSTOMER, words=" ") == "words_missing"
    assert refused(act, by=tor, at=at, case=case, reason=HoldReason.AGREED_DAY) == "case_wait_day"
    assert refused(act, by=tor, at=at, case=case, reason=HoldReason.AGREED_DAY, until=at.date()) == "case_wait_day"
    assert refused(act, by=tor, at=at, case=case, reason=HoldReason.SUPPLIER, until=date(2027, 1, 1)) == "case_wait_day"
    assert refused(operations.resume, by=tor, at=at, case=case) == "case_waits_not"
    act(by=tor, at=at, case=case, reason=HoldReason.SUPPLIER)
    assert refused(act, by=tor, at=at, case=case, reason=HoldReason.APPROVAL) == "case_waits_already"
    assert seen(house, MAYA, case, at=at).row.turn is Turn.OTHERS
    operations.resume(by=tor, at=at, case=case)
    assert kept(case).state == "OPEN"


def test_a_question_nobody_took_on_is_new_again_when_it_goes_on(house):
    given_desk(house)
    case = asked(house, MAYA)
    operations.pause(by=HOUSE, at=later(hours=1), case=case, reason=HoldReason.CUSTOMER, words="Which till?")
    assert kept(case).owner_id is None
    operations.write(by=house.actor(MAYA), at=later(hours=2), case=case, text="The left one.")
    assert kept(case).state == "NEW"


# --- its end ------------------------------------------------------------------------------------------------------------


def solved(house, **more):
    case = asked(house, MAYA, **more)
    operations.solve(by=house.actor(TOR), at=later(hours=1), case=case, words="Done.")
    return case


def test_no_opens_it_again_with_its_clock(house):
    given_desk(house)
    case, maya = solved(house), house.actor(MAYA)
    assert refused(operations.confirm, by=maya, at=later(hours=2), case=case, solved=False) == "words_missing"
    operations.confirm(by=maya, at=later(hours=2), case=case, solved=False, words="It stopped again.")
    view = seen(house, MAYA, case, at=later(hours=2))
    assert (view.row.state, view.row.solved, view.solved_words) == (CaseState.OPEN, None, "It stopped again.")
    assert view.thread[-1].text == "It stopped again."
    assert view.row.due_at == datetime(
        2026, 12, 3, 10, 0, tzinfo=UTC
    )  # the hour in which it was called solved is not counted
    assert refused(operations.confirm, by=maya, at=later(hours=3), case=case, solved=True) == "case_not_solved"


def test_silence_closes_it_after_its_days_and_for_some_more_it_opens_again(house):
    given_desk(house)
    case = solved(house)
    assert operations.go_on(by=HOUSE, at=later(days=5)) == 0
    assert operations.go_on(by=HOUSE, at=later(days=7)) == 0  # Monday to Monday: five working days
    assert operations.go_on(by=HOUSE, at=later(days=8)) == 1
    assert (kept(case).state, kept(case).solved) == ("CLOSED", None)
    assert operations.go_on(by=HOUSE, at=later(days=8)) == 0
    maya = house.actor(MAYA)
    assert refused(operations.write, by=maya, at=later(days=9), case=case, text="Again!") == "case_is_over"
    operations.write(by=maya, at=later(days=9), case=case, text="Again!", again=True)
    assert (kept(case).state, kept(case).closed_at) == ("OPEN", None)


def test_what_was_closed_too_long_ago_is_asked_anew_and_linked(house):
    given_desk(house, reopen_within=2)
    case, maya = solved(house), house.actor(MAYA)
    operations.confirm(by=maya, at=later(hours=2), case=case, solved=True)
    late = later(days=3)
    assert refused(operations.write, by=maya, at=late, case=case, text="Again!", again=True) == "case_over_for_good"
    fresh = asked(house, MAYA, at=late, text="Again!", follows=case)
    (link,) = seen(house, MAYA, fresh, at=late).links
    assert (link.row.reference, link.out, link.kind.value) == (case, True, "FOLLOWS")
    with pytest.raises(NotThere):
        asked(house, JONAS, follows=case)


def test_the_service_opens_again_what_it_called_solved_too_early(house):
    given_desk(house)
    case = solved(house)
    operations.open_again(by=house.actor(TOR), at=later(hours=2), case=case, words="Not yet")
    assert kept(case).state == "OPEN"
    operations.pause(by=house.actor(TOR), at=later(hours=2), case=case, reason=HoldReason.SUPPLIER)
    operations.assign(by=house.actor(TOR), at=later(hours=2), case=case, owner=INES.code)
    assert kept(case).state == "WAITING"  # who has it does not let it go on
    assert (
        refused(operations.open_again, by=house.actor(TOR), at=later(hours=3), case=case, words="x")
        == "case_over_for_good"
    )


def test_whoever_asked_asks_no_longer_and_clocks_end_without_a_verdict(house):
    given_desk(house)
    case = asked(house, MAYA)
    operations.withdraw(by=house.actor(MAYA), at=later(hours=9), case=case, words="Found it")
    assert seen(house, MAYA, case, at=later(hours=9)).row.state is CaseState.WITHDRAWN
    assert clocks(house, case, later(hours=10)) == {
        Measure.RESPOND: ClockState.MISSED,
        Measure.RESOLVE: ClockState.DROPPED,
    }
    quiet = asked(house, MAYA, text="Other")
    operations.withdraw(by=house.actor(MAYA), at=later(hours=1), case=quiet)
    assert CaseMessage.objects.filter(case__reference=quiet).count() == 1
    assert refused(operations.withdraw, by=house.actor(MAYA), at=later(hours=2), case=quiet) == "case_is_over"


def test_what_is_over_is_not_worked_on(house):
    given_desk(house)
    case, tor, at = solved(house), house.actor(TOR), later(hours=2)
    for act, more in (
        (operations.answer, {"text": "x"}),
        (operations.assign, {"owner": TOR.code}),
        (operations.solve, {"words": "x"}),
        (operations.pause, {"reason": HoldReason.SUPPLIER}),
        (operations.weigh, {"impact": Impact.MANY, "urgency": Urgency.NOW}),
        (operations.hand_over, {"queue": "it", "words": "x"}),
        (operations.promise_anew, {"words": "x"}),
    ):
        assert refused(act, by=tor, at=at, case=case, **more) == "case_is_over"
    operations.note_down(by=tor, at=at, case=case, text="A note is always possible")


def test_what_goes_on_by_itself_does_so_once_though_somebody_was_first(house, monkeypatch):
    given_desk(house)
    case = solved(house)
    stale = [kept(case)]
    operations.confirm(by=house.actor(MAYA), at=later(hours=2), case=case, solved=False, words="No")
    monkeypatch.setattr("inward.desk.operations.handling._solved_cases", lambda: stale)
    stale[0].queue  # noqa: B018 - read before it is looked at
    operations.go_on(by=HOUSE, at=later(days=30))
    assert kept(case).state == "OPEN"


def test_what_waits_is_solved_as_it_is(house):
    given_desk(house)
    case = asked(house, MAYA)
    operations.pause(by=house.actor(TOR), at=later(hours=1), case=case, reason=HoldReason.SUPPLIER)
    operations.solve(by=house.actor(TOR), at=later(hours=2), case=case, words="It came")
    assert acts(case)[-3:] == ["RESUMED", "ANSWERED", "RESOLVED"]


def test_a_case_handed_to_another_department_goes_on_with_its_promise_on_their_calendar(house):
    given_desk(house)
    operations.set_queue(by=HOUSE, at=MONDAY, code="second", supplier="abc-it", name="Second line")
    operations.set_queue(by=HOUSE, at=MONDAY, code="group", supplier="jkl-it", name="Group IT")
    case, tor = asked(house, MAYA), house.actor(TOR)
    operations.hand_over(by=tor, at=later(minutes=5), case=case, queue="second", words="Too hard for me")
    assert acts(case) == ["OPENED", "HANDED_OVER"]
    given_hours("jkl", zone="Asia/Jakarta")
    operations.hand_over(by=tor, at=later(minutes=10), case=case, queue="group", words="Too hard for us")
    assert acts(case)[-2:] == ["HANDED_OVER", "MOVED"]
    assert (kept(case).owner_id, kept(case).due_at) == (
        None,
        datetime(2026, 12, 1, 5, 0, tzinfo=UTC),
    )  # noon in Jakarta
    with pytest.raises(NotThere):
        seen(house, TOR, case)
    assert [each.text for each in seen(house, MAYA, case).thread] == ["The till does not start."]


# --- whose it is ---------------------------------------------------------------------------------------------------------


def test_a_case_goes_from_one_to_another_and_back_to_everybody(house):
    given_desk(house)
    case, tor = asked(house, MAYA), house.actor(TOR)
    operations.assign(by=tor, at=later(minutes=1), case=case, owner=TOR.code)
    assert (kept(case).state, acts(case)[-1]) == ("OPEN", "TAKEN")
    operations.assign(by=tor, at=later(minutes=2), case=case, owner=TOR.code)
    operations.assign(by=tor, at=later(minutes=3), case=case, owner=INES.code)
    assert (kept(case).state, acts(case)[-1]) == ("NEW", "HANDED_OVER")
    assert [(told.owner, told.by) for told in announced(CaseAssigned)] == [(INES.code, TOR.code)]
    operations.assign(by=tor, at=later(minutes=4), case=case, owner=INES.code)
    assert len(announced(CaseAssigned)) == 1
    operations.answer(by=house.actor(INES), at=later(minutes=5), case=case, text="I look.")
    assert kept(case).state == "OPEN"
    operations.answer(by=tor, at=later(minutes=6), case=case, text="I help her.")
    assert seen(house, TOR, case).row.owner.code == INES.code
    operations.assign(by=tor, at=later(minutes=7), case=case, owner=None)
    assert (kept(case).state, kept(case).owner_id) == ("NEW", None)
    assert len(announced(CaseAssigned)) == 1
    for unfit in (MAYA.code, HENK.code, "nobody"):
        assert refused(operations.assign, by=tor, at=later(minutes=8), case=case, owner=unfit) == "case_owner_unfit"


def test_two_at_once_the_second_is_told_what_the_first_did(house):
    given_desk(house)
    case = asked(house, MAYA)
    saw = seen(house, TOR, case).row.version
    operations.assign(by=house.actor(TOR), at=later(minutes=1), case=case, owner=TOR.code, seen=saw)
    with nothing_written(), pytest.raises(CaseMoved) as caught:
        operations.assign(by=house.actor(INES), at=later(minutes=2), case=case, owner=INES.code, seen=saw)
    assert dict(caught.value.reason.facts) == {"state": "OPEN"}
    operations.answer(by=house.actor(INES), at=later(minutes=3), case=case, text="A message is never refused for that.")


def test_nobody_handles_her_own_case_nor_what_was_asked_for_her(house):
    given_desk(house)
    own = asked(house, TOR)
    with nothing_written(), pytest.raises(Refused) as caught:
        operations.answer(by=house.actor(TOR), at=later(hours=1), case=own, text="Done")
    assert [reason.code for reason in caught.value.reasons] == ["own_case_not_handled"]
    assert not seen(house, TOR, own).serving
    assert [row.reference for row in cases.served(viewer=house.actor(TOR), at=MONDAY, params={}).rows] == []
    assert (
        refused(operations.assign, by=house.actor(INES), at=later(hours=1), case=own, owner=TOR.code)
        == "case_owner_unfit"
    )


def test_only_those_of_the_service_handle_and_only_who_asked_speaks_for_it(house):
    given_desk(house)
    case = asked(house, MAYA)
    with pytest.raises(Refused):
        operations.answer(by=house.actor(MAYA), at=later(hours=1), case=case, text="x")
    with pytest.raises(Refused):
        operations.write(by=house.actor(TOR), at=later(hours=1), case=case, text="x")
    for stranger in (JONAS, HENK, NORA, LUCA):
        for act in (operations.answer, operations.write, operations.note_down):
            with pytest.raises(NotThere):
                act(by=house.actor(stranger), at=later(hours=1), case=case, text="x")
        with pytest.raises(NotThere):
            seen(house, stranger, case)
        with pytest.raises(NotThere):
            cases.state_of(viewer=house.actor(stranger), at=MONDAY, reference=case)
    assert acts(case) == ["OPENED"]


def test_a_queue_gives_in_turn_or_to_whoever_has_the_fewest_and_passes_over_who_is_away_or_asked(house):
    given_desk(house, handing_out=HandingOut.IN_TURN)
    owners = [
        seen(house, MAYA, asked(house, MAYA, text=f"No. {n}", at=later(minutes=n))).row.owner.code for n in range(3)
    ]
    assert owners == [INES.code, TOR.code, INES.code]
    assert seen(house, INES, asked(house, INES)).row.owner.code == TOR.code
    operations.set_queue(
        by=HOUSE, at=MONDAY, code="it", supplier="abc-it", name="IT", handing_out=HandingOut.LEAST_LOAD
    )
    first = asked(house, MAYA, text="Least", at=later(minutes=9))
    assert seen(house, MAYA, first).row.owner.code in (INES.code, TOR.code)
    parties.note_absence(by=HOUSE, at=MONDAY, person=INES.code, valid_from=MONDAY.date(), valid_until=date(2026, 12, 9))
    parties.note_absence(by=HOUSE, at=MONDAY, person=TOR.code, valid_from=MONDAY.date(), valid_until=date(2026, 12, 9))
    assert seen(house, MAYA, asked(house, MAYA, text="All away")).row.owner is None


# --- how urgent, which promise, how it is called ---------------------------------------------------------------------


def test_priority_follows_from_impact_and_urgency_and_changes_what_is_due(house):
    given_desk(house)
    case = asked(house, MAYA)
    operations.weigh(by=house.actor(TOR), at=later(minutes=10), case=case, impact=Impact.MANY, urgency=Urgency.NOW)
    assert (kept(case).priority, kept(case).due_at) == ("URGENT", later(minutes=30))
    assert acts(case)[-1] == "REPRIORITISED"
    operations.weigh(by=house.actor(TOR), at=later(minutes=11), case=case, impact=Impact.MANY, urgency=Urgency.NOW)
    assert acts(case).count("REPRIORITISED") == 1


def test_the_version_promised_is_kept_until_somebody_says_otherwise(house):
    given_desk(house)
    case = asked(house, MAYA)
    tor = house.actor(TOR)
    assert (
        refused(operations.promise_anew, by=tor, at=later(minutes=1), case=case, words="x") == "nothing_else_promised"
    )
    fast = {"targets": {"RESPOND": {"": {"minutes": 30}}}}
    given_standard(terms=fast, valid_from=MONDAY.date(), name="Faster")
    assert kept(case).due_at == later(hours=5)
    operations.promise_anew(by=tor, at=later(minutes=5), case=case, words="Agreed with Maya")
    view = seen(house, TOR, case, at=later(minutes=5))
    assert (view.promise.name, view.row.due_at) == ("Faster", later(minutes=30))
    assert [each.text for each in view.thread if each.note] == ["Agreed with Maya"]


def test_where_nothing_is_promised_a_case_has_no_clock(house):
    given_desk(house, standard=False)
    case = asked(house, MAYA)
    assert (seen(house, MAYA, case).runs, kept(case).due_at, seen(house, MAYA, case).promise) == ((), None, None)
    operations.answer(by=house.actor(TOR), at=later(hours=1), case=case, text="Hello")
    assert (
        refused(operations.promise_anew, by=house.actor(TOR), at=later(hours=1), case=case, words="x")
        == "nothing_else_promised"
    )
    assert [
        row.reference for row in cases.served(viewer=house.actor(TOR), at=MONDAY, params={}, under_way=True).rows
    ] == [case]


def test_a_case_is_called_otherwise_and_found_so(house):
    given_desk(house)
    case = asked(house, MAYA)
    operations.rename(by=house.actor(TOR), at=later(hours=1), case=case, subject="  Till 3\nis dead ")
    assert kept(case).subject == "Till 3 is dead"
    found = cases.served(viewer=house.actor(TOR), at=MONDAY, params={"text": "dead"}).rows
    assert [row.reference for row in found] == [case]
    for unfit in ("", "x" * 201):
        assert (
            refused(operations.rename, by=house.actor(TOR), at=MONDAY, case=case, subject=unfit) == "case_subject_unfit"
        )


# --- who reads along, notes, files, time ---------------------------------------------------------------------------------


def test_notes_are_read_by_the_service_alone_and_tell_whoever_is_named(house):
    given_desk(house)
    case, tor = asked(house, MAYA), house.actor(TOR)
    operations.note_down(
        by=tor, at=later(minutes=1), case=case, text=f"@{INES.code} knows; @{MAYA.code} and @{TOR.code} are not told"
    )
    assert [each.note for each in seen(house, TOR, case).thread] == [False, True]
    assert [each.note for each in seen(house, MAYA, case).thread] == [False]
    assert [told.mentioned for told in announced(CaseMentioned)] == [INES.code]
    assert cases.state_of(viewer=house.actor(MAYA), at=MONDAY, reference=case) != cases.state_of(
        viewer=tor, at=MONDAY, reference=case
    )
    assert acts(case)[-1] == "NOTED"
    assert kept(case).due_measure == "RESPOND"  # a note is no answer


def test_a_file_is_read_by_whoever_reads_its_message(house):
    given_desk(house)
    case = asked(house, MAYA, uploads=[Upload("till.txt", b"it says E7")])
    operations.note_down(
        by=house.actor(TOR), at=MONDAY, case=case, text="See", uploads=[Upload("secret.txt", b"other")]
    )
    (public, hidden) = (each.files[0] for each in seen(house, TOR, case).thread)
    assert (public.name, public.media_type, public.size) == ("till.txt", "text/plain", 10)
    get = cases.file
    assert get(viewer=house.actor(MAYA), at=MONDAY, reference=case, file=public.reference).name == "till.txt"
    assert get(viewer=house.actor(TOR), at=MONDAY, reference=case, file=hidden.reference).name == "secret.txt"
    for who, file in ((MAYA, hidden.reference), (JONAS, public.reference), (MAYA, "nothing")):
        with pytest.raises(NotThere):
            get(viewer=house.actor(who), at=MONDAY, reference=case, file=file)
    many = [Upload(f"{n}.txt", b"x") for n in range(11)]
    assert (
        refused(operations.write, by=house.actor(MAYA), at=MONDAY, case=case, text="x", uploads=many)
        == "too_many_files"
    )
    evil = [Upload("page.html", b"<html><script>alert(1)</script>")]
    assert refused(operations.write, by=house.actor(MAYA), at=MONDAY, case=case, text="x", uploads=evil).startswith(
        "file_"
    )


def test_who_follows_reads_what_both_sides_read_and_says_nothing_for_them(house):
    given_desk(house)
    case, jonas = asked(house, MAYA), house.actor(JONAS)
    operations.watch(by=house.actor(MAYA), at=MONDAY, case=case, person=JONAS.code)
    operations.watch(by=house.actor(TOR), at=MONDAY, case=case, person=JONAS.code)
    assert acts(case).count("WATCHED") == 1
    assert [each.code for each in seen(house, JONAS, case).watchers] == [JONAS.code]
    with pytest.raises(Refused):
        operations.watch(by=jonas, at=MONDAY, case=case, person=HENK.code)
    with pytest.raises(Refused):
        operations.write(by=jonas, at=MONDAY, case=case, text="x")
    assert refused(operations.watch, by=house.actor(MAYA), at=MONDAY, case=case, person="abc") == "watcher_unfit"
    operations.unwatch(by=jonas, at=MONDAY, case=case, person=JONAS.code)
    with pytest.raises(NotThere):
        seen(house, JONAS, case)
    for nobody in (JONAS.code, "nobody"):
        with pytest.raises(NotThere):
            operations.unwatch(by=house.actor(MAYA), at=MONDAY, case=case, person=nobody)


def test_what_is_new_since_one_looked_is_marked_and_reading_is_no_act(house):
    given_desk(house)
    case, maya = asked(house, MAYA), house.actor(MAYA)
    operations.mark_read(by=maya, at=MONDAY, case=case)
    audited = AuditRow.objects.count()
    operations.answer(by=house.actor(TOR), at=later(hours=1), case=case, text="Hello")
    assert [each.fresh for each in seen(house, MAYA, case).thread] == [False, True]
    operations.mark_read(by=maya, at=later(hours=1), case=case)
    assert [each.fresh for each in seen(house, MAYA, case).thread] == [False, False]
    assert AuditRow.objects.count() == audited + 1
    with pytest.raises(NotThere):
        operations.mark_read(by=house.actor(JONAS), at=MONDAY, case=case)
    operations.mark_read(by=HOUSE, at=MONDAY, case=case)


def test_time_is_noted_for_the_service_alone(house):
    given_desk(house)
    case, tor = asked(house, MAYA), house.actor(TOR)
    operations.spend(by=tor, at=later(hours=1), case=case, minutes=25, words="on the phone")
    operations.spend(by=tor, at=later(days=1), case=case, minutes=5, on=MONDAY.date())
    assert (seen(house, TOR, case).minutes, seen(house, MAYA, case).minutes) == (30, 0)
    for minutes, on in ((0, None), (1441, None), (5, date(2027, 1, 1))):
        assert refused(operations.spend, by=tor, at=MONDAY, case=case, minutes=minutes, on=on) == "minutes_unfit"
    assert refused(operations.spend, by=tor, at=MONDAY, case=case, minutes=1, words="x" * 201) == "text_too_long"


# --- what it withstands ------------------------------------------------------------------------------------------------


def test_the_same_submission_twice_is_one_case(house):
    given_desk(house)
    by, ask = house.actor(MAYA), Ask(queue="it", text="Hello")
    first = operations.open_case(by=by, at=MONDAY, key="k", ask=ask)
    again = operations.open_case(by=by, at=later(minutes=1), key="k", ask=ask)
    assert (again.reference, again.number, first.again, again.again) == (first.reference, first.number, False, True)
    assert Case.objects.count() == CaseMessage.objects.count() == len(announced(CaseOpened)) == 1
    with pytest.raises(Refused):
        operations.open_case(by=by, at=MONDAY, key="k", ask=Ask(queue="it", text="Other"))


def test_an_event_is_never_changed_or_removed(house):
    given_desk(house)
    asked(house, MAYA)
    for act in (lambda: CaseEvent.objects.update(act="TAKEN"), lambda: CaseEvent.objects.all().delete()):
        with pytest.raises(IntegrityError), savepoint():
            act()
    assert CaseEvent.objects.get().act == "OPENED"


def test_a_clock_that_stands_behind_moves_nothing_back(house):
    given_desk(house)
    case = asked(house, MAYA)
    operations.answer(by=house.actor(TOR), at=MONDAY - timedelta(hours=3), case=case, text="Early bird")
    assert list(CaseEvent.objects.values_list("at", flat=True).distinct()) == [MONDAY]


def test_nothing_written_and_too_much_is_refused(house):
    given_desk(house)
    case = asked(house, MAYA)
    for text, code in (("", "words_missing"), (" \0\r\n", "words_missing"), ("x" * 20_001, "text_too_long")):
        assert refused(operations.write, by=house.actor(MAYA), at=MONDAY, case=case, text=text) == code
    too_long = {"by": house.actor(MAYA), "at": MONDAY, "case": case, "solved": True, "words": "x" * 1001}
    assert refused(operations.confirm, **too_long) == "text_too_long"


def test_only_the_house_itself_closes_what_is_silent(house):
    for actor in (TOR, MAYA):
        with pytest.raises(Refused):
            operations.go_on(by=house.actor(actor), at=MONDAY)
