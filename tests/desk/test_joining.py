"""Cases and other cases: joining keeps the earliest clock, parting copies it, parts of others are waited for."""

import pytest
from tests.builders import AT, HOUSE, given_role, nothing_written
from tests.cast import INES, JONAS, LUCA, MAYA, TOR
from tests.desk.asked import MONDAY, acts, asked, given_desk, given_personnel, kept, later, seen

from inward.core.promises import ClockState, Measure
from inward.core.terms import Refusal
from inward.desk import cases, operations
from inward.desk.announcements import CaseClosed
from inward.desk.casewords import CaseState, LinkKind
from inward.desk.models import Case, CaseMessage
from inward.desk.operations import Upload
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused


def refused(act, **values):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.reason.code


def test_what_is_joined_goes_on_in_one_thread_with_the_earlier_clock(house):
    given_desk(house)
    first, second = asked(house, MAYA), asked(house, JONAS, at=later(hours=1), text="No till here either")
    tor = house.actor(TOR)
    operations.note_down(by=tor, at=later(hours=1), case=first, text="A note")
    operations.join(by=tor, at=later(hours=2), case=first, into=second)
    assert (kept(first).state, kept(first).joined_to_id, acts(first)[-2:]) == (
        "JOINED",
        kept(second).pk,
        ["JOINED", "WITHDRAWN"],
    )
    view = seen(house, TOR, second)
    assert [(each.text, each.joined_from) for each in view.thread] == [
        ("The till does not start.", kept(first).number),
        ("No till here either", None),
        ("A note", kept(first).number),
    ]
    assert view.row.due_at == later(hours=5)  # as of the first
    assert [each.code for each in view.watchers] == [MAYA.code]
    assert [each.text for each in seen(house, MAYA, second).thread] == [
        "The till does not start.",
        "No till here either",
    ]
    assert seen(house, MAYA, first).joined_to.reference == second
    assert [(told.how, told.person) for told in announced(CaseClosed)] == [("JOINED", MAYA.code)]
    assert refused(operations.join, by=tor, at=later(hours=3), case=first, into=second) == "case_is_over"


def test_what_was_joined_before_goes_along(house):
    given_desk(house)
    one, two, three = (asked(house, MAYA, text=f"No. {n}") for n in range(3))
    tor = house.actor(TOR)
    operations.join(by=tor, at=later(hours=1), case=one, into=two)
    operations.join(by=tor, at=later(hours=2), case=two, into=three)
    assert {each.text for each in seen(house, TOR, three).thread} == {"No. 0", "No. 1", "No. 2"}
    assert kept(three).watchers.count() == 0  # all three are hers


def test_what_was_parted_and_joined_again_counts_as_written_last_though_it_stands_before_others(house):
    given_desk(house)
    case, other, tor = asked(house, MAYA), asked(house, MAYA, text="And this"), house.actor(TOR)
    operations.answer(by=tor, at=later(hours=1), case=case, text="Look")
    (message,) = seen(house, TOR, other).thread
    part = operations.part(by=tor, at=later(hours=2), case=other, messages=[message.key], subject="This")
    operations.join(by=tor, at=later(hours=3), case=part, into=case)
    view = seen(house, TOR, case, at=later(hours=3))
    assert [each.text for each in view.thread] == ["The till does not start.", "And this", "Look"]
    assert view.last_message == view.thread[1].key
    now = cases.state_of(viewer=tor, at=later(hours=3), reference=case)
    assert now == (view.row.version, view.last_message)  # the page is true: nothing was written since


def test_a_case_is_joined_by_those_who_handle_both_and_to_another_one(house):
    given_desk(house)
    operations.set_queue(by=HOUSE, at=AT, code="shop", supplier="abc-shops", name="Shops")
    case, other = asked(house, MAYA), asked(house, MAYA, queue="shop", text="Shelf")
    assert refused(operations.join, by=house.actor(TOR), at=MONDAY, case=case, into=case) == "case_joined_to_itself"
    with pytest.raises(NotThere):
        operations.join(by=house.actor(TOR), at=MONDAY, case=case, into=other)
    with pytest.raises(Refused):
        operations.join(by=house.actor(MAYA), at=MONDAY, case=case, into=other)
    assert Case.objects.filter(state="JOINED").count() == 0


def test_a_part_of_a_case_becomes_one_of_its_own_with_a_copy_of_its_clock(house):
    given_desk(house)
    case = asked(house, MAYA)
    maya, tor = house.actor(MAYA), house.actor(TOR)
    operations.answer(by=tor, at=later(hours=1), case=case, text="I come")
    extra = operations.write(
        by=maya, at=later(hours=2), case=case, text="And my chair", uploads=[Upload("c.txt", b"chair")]
    )
    fresh = operations.part(by=tor, at=later(hours=3), case=case, messages=[extra], subject="Chair")
    view = seen(house, MAYA, fresh, at=later(hours=3))
    assert (view.row.subject, view.row.opened_at, view.row.state, view.row.owner.code) == (
        "Chair",
        MONDAY,
        CaseState.OPEN,
        TOR.code,
    )
    assert [(each.text, each.files[0].name) for each in view.thread] == [("And my chair", "c.txt")]
    assert {run.measure: run.state for run in view.runs}[Measure.RESPOND] is ClockState.KEPT
    assert view.row.due_at == seen(house, MAYA, case).row.due_at
    assert [(link.kind, link.row.reference) for link in view.links] == [(LinkKind.PARTED_FROM, case)]
    assert acts(case)[-1] == "PARTED"
    for messages in ((), (extra, 1), (CaseMessage.objects.get(case__reference=fresh).pk,)):
        act = {"by": tor, "at": later(hours=4), "case": case, "messages": messages, "subject": "x"}
        assert refused(operations.part, **act) == "messages_unfit"
    operations.solve(by=tor, at=later(hours=5), case=case, words="Done")
    over = {"by": tor, "at": later(hours=6), "case": case, "messages": [extra], "subject": "x"}
    assert refused(operations.part, **over) == "case_is_over"


def test_cases_are_linked_and_unlinked_once(house):
    given_desk(house)
    case, other, tor = asked(house, MAYA), asked(house, JONAS), house.actor(TOR)
    for _ in range(2):
        operations.link(by=tor, at=MONDAY, case=case, other=other, kind=LinkKind.DUPLICATE)
    assert acts(case) == ["OPENED", "LINKED"]
    (link,) = seen(house, TOR, other).links
    assert (link.out, link.row.reference) == (False, case)
    assert seen(house, MAYA, case).links == ()  # she does not see the other one
    assert (
        refused(operations.link, by=tor, at=MONDAY, case=case, other=case, kind=LinkKind.RELATED)
        == "case_joined_to_itself"
    )
    with pytest.raises(NotThere):
        operations.link(by=tor, at=MONDAY, case=case, other="nothing", kind=LinkKind.RELATED)
    operations.unlink(by=tor, at=MONDAY, case=case, other=other, kind=LinkKind.DUPLICATE)
    with pytest.raises(NotThere):
        operations.unlink(by=tor, at=MONDAY, case=case, other=other, kind=LinkKind.DUPLICATE)
    assert seen(house, TOR, case).links == ()


def test_another_department_does_a_part_with_a_promise_of_its_own_and_is_waited_for(house):
    given_desk(house)
    operations.set_queue(by=HOUSE, at=AT, code="shop", supplier="abc-shops", name="Shops")
    case, tor = asked(house, MAYA), house.actor(TOR)
    part = operations.ask_others(
        by=tor, at=later(hours=1), case=case, queue="shop", subject="Cable", text="Please lay one"
    )
    view = seen(house, TOR, part, at=later(hours=1))
    assert (view.row.customer.code, view.row.person.code, view.row.supplier.code) == ("abc-it", TOR.code, "abc-shops")
    assert view.row.standing_kind.value == "department"
    assert (view.parent.reference, [row.reference for row in seen(house, TOR, case).children]) == (case, [part])
    assert seen(house, MAYA, case).children == ()  # how it is done is not hers to read
    with pytest.raises(NotThere):
        seen(house, MAYA, part)
    assert refused(operations.solve, by=tor, at=later(hours=2), case=case, words="Done") == "case_blocked"
    operations.withdraw(by=tor, at=later(hours=2), case=part)
    operations.solve(by=tor, at=later(hours=3), case=case, words="Done")
    more = {"by": tor, "at": later(hours=4), "case": case, "subject": "x", "text": "x"}
    assert refused(operations.ask_others, queue="shop", **more) == "case_is_over"
    other = asked(house, JONAS)
    with pytest.raises(NotThere):
        operations.ask_others(queue="nothing", **{**more, "case": other})


def test_a_part_of_a_confidential_case_is_about_the_same_people_and_hidden_from_them_and_who_is_near(house):
    given_desk(house)
    given_personnel(house)
    operations.set_queue(by=HOUSE, at=AT, code="law", supplier="abc-shops", name="Law", confidential=True)
    for who in (INES, LUCA):
        given_role(house.users[who.code], "CASE_HANDLER", "abc-shops")
    case = asked(house, MAYA, queue="hr", text="How she treats me", concerned=(INES.code,))
    part = operations.ask_others(
        by=house.actor(TOR), at=MONDAY, case=case, queue="law", subject="May she?", text="May she do that?"
    )
    assert seen(house, LUCA, part).row.reference == part
    with pytest.raises(NotThere):
        seen(house, INES, part)


def test_a_case_has_no_more_parts_than_it_may(house, monkeypatch):
    given_desk(house)
    monkeypatch.setattr("inward.desk.operations.joining.PARTS_MAX", 0)
    act = {"by": house.actor(TOR), "at": MONDAY, "case": asked(house, MAYA), "queue": "it", "subject": "x", "text": "x"}
    assert refused(operations.ask_others, **act) == "too_many_parts"
