"""Replies and macros in one press, all or nothing; rules of a queue within what their keeper could do; circles stop with a note."""

import pytest
from tests.builders import AT, HOUSE, given_role
from tests.cast import INES, LUCA, MAYA, SITI, TOR
from tests.desk.asked import MONDAY, acts, asked, given_desk, given_personnel, kept, later, seen
from tests.desk.stepped import given_request

from inward.core.classification import Verdict
from inward.core.terms import Refusal
from inward.desk import acts as written_acts
from inward.desk import cases, macros, operations, rulereactions
from inward.desk.announcements import CaseAssigned, CaseMissed, CaseOpened, CaseWeighed, CaseWritten
from inward.desk.casewords import CaseState, Impact, RuleWhen, Side, Urgency
from inward.desk.models import CaseEvent, RuleRun
from inward.desk.operations.doing import RULES
from inward.kit.models import AuditRow
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused

REPLY = "Dear {name}, about {number} “{subject}”: due {due}. {handler}"
DESK = RULES


def given_queues(house):
    given_desk(house)
    operations.set_queue(by=HOUSE, at=AT, code="second", supplier="abc-it", name="Second line")


def given_macro(code="hello", given=({"act": "ANSWER", "text": REPLY},), *, by=HOUSE, queue="it", name="Say hello"):
    operations.set_macro(by=by, at=AT, code=code, queue=queue, name=name, given=list(given))


def given_rule(
    code="note", *, given=({"act": "NOTE", "text": "Seen."},), by=HOUSE, when=RuleWhen.OPENED, keeper=TOR, **more
):
    said = {"queue": "it", "name": code.title(), "keeper": None if keeper is None else keeper.code} | more
    operations.set_rule(by=by, at=AT, code=code, when=when, given=list(given), **said)


def run(case, when=RuleWhen.OPENED, *, at=MONDAY):
    return operations.run_rules(by=DESK, at=at, case=case, when=when)


def press(house, case, macro="hello", *, who=TOR, at=MONDAY, **more):
    operations.do_macro(by=house.actor(who), at=at, case=case, macro=macro, **more)


def texts(house, case, *, who=TOR):
    return [(each.side, each.note, each.text) for each in seen(house, who, case).thread]


def refusal(act, **values):
    with pytest.raises(Refusal) as refused:
        act(**values)
    return refused.value.reason.code, refused.value.where


# --- macros -------------------------------------------------------------------------------------------------------------


def test_a_reply_fills_its_places_once_and_never_reads_what_was_filled_in(house):
    given_queues(house)
    given_macro()
    case = asked(house, MAYA, text="Broken", subject="The till says {due} and {name}")
    press(house, case, at=later(minutes=5))
    number = kept(case).number
    words = f"Dear Maya Lund, about {number} “The till says {{due}} and {{name}}”: due 2026-11-30 15:00. Tor Bergli"
    assert texts(house, case)[-1] == (Side.SERVICE, False, words)
    assert kept(case).state == CaseState.OPEN.value


def test_where_nothing_is_due_nothing_is_filled_in(house):
    given_desk(house, standard=False)
    given_macro()
    case = asked(house, MAYA, subject="Till")
    press(house, case)
    assert "due ." in texts(house, case)[-1][2]


def test_a_macro_does_all_of_its_acts_or_none(house):
    given_queues(house)
    given_macro(
        "all",
        [
            {"act": "WEIGH", "impact": "MANY", "urgency": "NOW"},
            {"act": "NOTE", "text": "All tills."},
            {"act": "WATCH", "person": LUCA.code},
            {"act": "ASSIGN"},
            {"act": "SOLVE", "text": "Done, {name}."},
        ],
    )
    given_macro("stuck", [{"act": "NOTE", "text": "Before."}, {"act": "ASSIGN", "person": LUCA.code}])
    case = asked(house, MAYA)
    assert refusal(press, house=house, case=case, macro="stuck") == ("case_owner_unfit", "owner")
    assert acts(case) == ["OPENED"]
    assert len(texts(house, case)) == 1
    press(house, case, "all", at=later(minutes=1))
    assert (kept(case).state, kept(case).priority) == ("SOLVED", "URGENT")
    assert acts(case) == ["OPENED", "REPRIORITISED", "NOTED", "WATCHED", "TAKEN", "ANSWERED", "RESOLVED"]
    given_macro("away", [{"act": "HAND_OVER", "queue": "second", "text": "Yours."}])
    other = asked(house, MAYA, key="other", at=later(minutes=2))
    press(house, other, "away", at=later(minutes=3))
    assert kept(other).queue.code == "second"
    assert AuditRow.objects.filter(act="desk.do_macro").count() == 2


def test_a_macro_of_another_queue_or_closed_is_not_there_and_who_may_not_handle_does_none(house):
    given_queues(house)
    given_macro()
    given_macro("second", queue="second")
    case = asked(house, MAYA)
    with pytest.raises(NotThere):
        press(house, case, "second")
    with pytest.raises(Refused):
        press(house, case, who=MAYA)
    operations.close_macro(by=HOUSE, at=AT, code="hello")
    for code in ("hello", "nothing"):
        with pytest.raises(NotThere):
            press(house, case, code)
        with pytest.raises(NotThere):
            operations.close_macro(by=HOUSE, at=AT, code=code)
    operations.withdraw(by=house.actor(MAYA), at=later(minutes=1), case=case)
    given_macro()
    assert refusal(press, house=house, case=case, at=later(minutes=2))[0] == "case_is_over"


def test_whoever_handles_a_case_reads_its_macros(house):
    given_queues(house)
    given_macro()
    case = asked(house, MAYA)
    (row,) = macros.for_case(viewer=house.actor(TOR), at=MONDAY, reference=case)
    assert (row.code, row.queue.code, row.acts[0].text) == ("hello", "it", REPLY)
    with pytest.raises(NotThere):
        macros.for_case(viewer=house.actor(MAYA), at=MONDAY, reference=case)
    assert [each.code for each in macros.macros(viewer=house.actor(TOR), at=MONDAY, params={}).rows] == ["hello"]
    assert macros.macros(viewer=house.actor(MAYA), at=MONDAY, params={}).rows == ()
    assert macros.macro(viewer=house.actor(SITI), at=MONDAY, code="hello").name == "Say hello"
    with pytest.raises(NotThere):
        macros.macro(viewer=house.actor(MAYA), at=MONDAY, code="hello")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], ("acts_many", "acts")),
        ([{"act": "NOTE", "text": "x"}] * 11, ("acts_many", "acts")),
        ([{"act": "MACRO", "macro": "hello"}], ("act_not_here", "acts[0].act")),
        ([{"act": "NOTE", "text": "{secret}"}], ("place_unknown", "acts[0].text")),
        ([{"act": "NOTE", "text": "{name.password}"}], ("place_unknown", "acts[0].text")),
        ([{"act": "NOTE", "text": "t" * 10_001}], ("text_too_long", "acts[0].text")),
        ([{"act": "NOTE"}], ("field_missing", "acts[0].text")),
        ([{"act": "NOTE", "text": "x", "person": "y"}], ("field_unknown", "acts[0].person")),
        ([{"act": "ASSIGN", "person": "abc"}], ("task_owner_unfit", "acts[0].person")),
        ([{"act": "HAND_OVER", "queue": "it", "text": "x"}], ("queue_is_the_same", "acts[0].queue")),
        ([{"act": "SING"}], ("not_one_of", "acts[0].act")),
    ],
)
def test_acts_that_cannot_be_done_are_refused_with_their_place(house, given, told):
    given_queues(house)
    assert refusal(given_macro, given=given) == told


def test_acts_read_as_they_were_kept():
    given = [
        {"act": "WEIGH", "impact": "MANY", "urgency": "NOW"},
        {"act": "ASSIGN"},
        {"act": "HAND_OVER", "queue": "second", "text": "Yours."},
    ]
    read = written_acts.read_acts(given)
    assert written_acts.as_json(read) == given
    assert written_acts.filled("{name}{other}", {"name": "{other}"}) == "{other}{other}"


def test_only_who_keeps_a_queue_says_macros_and_rules(house):
    given_queues(house)
    given_macro()
    given_rule()
    tor = house.actor(TOR)
    for act, values in (
        (given_macro, {"by": tor}),
        (given_rule, {"by": tor}),
        (operations.close_macro, {"by": tor, "at": AT, "code": "hello"}),
        (operations.close_rule, {"by": tor, "at": AT, "code": "note"}),
    ):
        with pytest.raises(Refused):
            act(**values)
    for act, values in (
        (given_macro, {"queue": "nothing"}),
        (given_rule, {"queue": "nothing"}),
        (given_macro, {"given": [{"act": "HAND_OVER", "queue": "nothing", "text": "x"}]}),
        (operations.close_rule, {"by": HOUSE, "at": AT, "code": "nothing"}),
    ):
        with pytest.raises(NotThere):
            act(**values)
    assert refusal(given_macro, queue="second") == ("queue_code_of_another", "code")
    assert refusal(given_rule, queue="second") == ("queue_code_of_another", "code")
    assert refusal(given_macro, name="") == ("field_missing", "name")


# --- rules --------------------------------------------------------------------------------------------------------------


def test_a_rule_does_what_it_says_to_the_cases_it_is_for(house):
    given_queues(house)
    given_request()
    given_macro("quiet", [{"act": "NOTE", "text": "By {handler} for {name}."}])
    given_rule(
        given=[{"act": "ASSIGN", "person": TOR.code}, {"act": "MACRO", "macro": "quiet"}],
        conditions={"requests": ["laptop"], "priorities": ["NORMAL"], "standing": "internal", "words": ["LAPTOP"]},
    )
    case = asked(house, MAYA, queue="", request_type="laptop", answers={"old": "NO"}, text="")
    other = asked(house, MAYA)
    assert (run(case), run(other)) == (1, 0)
    assert kept(case).owner.code == TOR.code
    assert texts(house, case)[-1] == (Side.HOUSE, True, "By IT help for Maya Lund.")
    assert acts(other) == ["OPENED"]
    assert run(case, RuleWhen.MOVED) == 0
    operations.close_rule(by=HOUSE, at=AT, code="note")
    assert run(case) == 0
    assert AuditRow.objects.filter(act="desk.rule", thing=case).count() == 1


def test_what_a_rule_writes_to_whoever_asked_moves_no_clock_and_takes_nothing_on(house):
    given_queues(house)
    given_rule(given=[{"act": "ANSWER", "text": "We have it, {name}."}])
    case = asked(house, MAYA)
    before = kept(case).due_at
    assert run(case) == 1
    assert texts(house, case, who=MAYA)[-1] == (Side.HOUSE, False, "We have it, Maya Lund.")
    assert (kept(case).due_at, kept(case).state, kept(case).owner) == (before, "NEW", None)
    assert acts(case) == ["OPENED", "RULE_ACTED"]
    assert [each.act.value for each in seen(house, MAYA, case).happened] == ["OPENED"]


def test_a_rule_reaches_no_further_than_its_keeper(house):
    given_queues(house)
    given_rule(keeper=LUCA)  # who handles nothing there
    case = asked(house, MAYA)
    assert run(case) == 0
    assert (acts(case), RuleRun.objects.get().outcome) == (["OPENED"], "not_case_handler")
    given_rule(keeper=TOR)
    own = asked(house, TOR, key="own")
    assert run(own) == 0
    given_rule(keeper=MAYA)
    assert run(asked(house, INES, key="no role")) == 0
    counted = macros.outcomes(viewer=house.actor(SITI), at=MONDAY, code="note", since=AT.date())
    assert counted == {"not_case_handler": 2, "own_case_not_handled": 1}


def test_a_rule_of_a_confidential_queue_is_done_only_for_who_may_handle_it(house):
    given_desk(house)
    given_personnel(house)
    given_rule(queue="hr", keeper=INES)  # her role is over the company
    case = asked(house, MAYA, queue="hr")
    assert run(case) == 0
    given_rule(queue="hr", keeper=TOR)
    assert run(case) == 1
    told = {
        who: macros.outcomes(viewer=house.actor(who), at=MONDAY, code="note", since=AT.date()) for who in (TOR, SITI)
    }
    assert told == {TOR: {"not_case_handler": 1, "": 1}, SITI: {}}


def test_a_rule_that_is_refused_does_nothing_and_others_go_on(house):
    given_queues(house)
    given_rule("first", given=[{"act": "NOTE", "text": "x"}, {"act": "ASSIGN", "person": LUCA.code}], position=1)
    given_rule("second", position=2)
    case = asked(house, MAYA)
    assert run(case) == 1
    assert list(RuleRun.objects.order_by("id").values_list("rule__code", "outcome")) == [
        ("first", "case_owner_unfit"),
        ("second", ""),
    ]
    assert [text for _, note, text in texts(house, case) if note] == ["Seen."]
    operations.close_queue(by=HOUSE, at=AT, code="second")
    given_rule("second", given=[{"act": "NOTE", "text": "y"}])


def test_a_rule_that_hands_over_to_what_was_closed_is_noted(house):
    given_queues(house)
    given_rule(given=[{"act": "HAND_OVER", "queue": "second", "text": "Yours."}])
    operations.close_queue(by=HOUSE, at=AT, code="second")
    case = asked(house, MAYA)
    assert run(case) == 0
    assert RuleRun.objects.get().outcome == "not_there"


def test_a_macro_that_was_said_otherwise_meanwhile_is_not_done_by_a_rule(house):
    given_queues(house)
    given_macro("quiet", [{"act": "NOTE", "text": "x"}])
    given_rule(given=[{"act": "MACRO", "macro": "quiet"}])
    given_macro("quiet", [{"act": "SOLVE", "text": "x"}])
    case = asked(house, MAYA)
    assert run(case) == 0
    assert (RuleRun.objects.get().outcome, kept(case).state) == ("macro_unknown", "NEW")


def test_rules_in_a_circle_stop_with_a_note_and_go_on_after_a_person_acts(house):
    given_queues(house)
    given_role(house.users[TOR.code], "SERVICE_OWNER", "abc-it")
    there = {"act": "HAND_OVER", "queue": "second", "text": "Yours."}
    given_rule("there", given=[there], when=RuleWhen.MOVED)
    given_rule("back", given=[there | {"queue": "it"}], when=RuleWhen.MOVED, queue="second")
    case = asked(house, MAYA)
    operations.hand_over(by=house.actor(TOR), at=MONDAY, case=case, queue="second", words="Yours.")
    done = [run(case, RuleWhen.MOVED) for _ in range(14)]
    assert done == [1] * 10 + [0] * 4
    notes = [text for side, note, text in texts(house, case) if note and side is Side.HOUSE]
    assert notes == [
        "The rule “Back” was stopped: rules acted 10 times here without a person in between. They go on after a person acts."
    ]
    assert acts(case).count("RULES_STOPPED") == 1
    assert set(RuleRun.objects.filter(outcome="rules_stopped").values_list("rule__code", flat=True)) == {"back"}
    operations.note_down(by=house.actor(TOR), at=later(minutes=1), case=case, text="I look.")
    assert run(case, RuleWhen.MOVED, at=later(minutes=2)) == 1


def test_rules_are_looked_at_by_what_the_desk_announces(house):
    given_queues(house)
    for when in RuleWhen:
        given_rule(when.value, when=when, given=[{"act": "NOTE", "text": when.value}])
    case = asked(house, MAYA)
    rulereactions.opened(announced(CaseOpened)[-1], at=MONDAY)
    operations.write(by=house.actor(MAYA), at=later(minutes=1), case=case, text="More.")
    rulereactions.written(announced(CaseWritten)[-1], at=later(minutes=1))
    operations.answer(by=house.actor(TOR), at=later(minutes=2), case=case, text="Yes.")
    rulereactions.written(announced(CaseWritten)[-1], at=later(minutes=2))  # the service’s
    operations.assign(by=house.actor(TOR), at=later(minutes=3), case=case, owner=INES.code)
    rulereactions.moved(announced(CaseAssigned)[-1], at=later(minutes=3))  # somebody has it
    operations.weigh(by=house.actor(TOR), at=later(minutes=4), case=case, impact=Impact.MANY, urgency=Urgency.NOW)
    rulereactions.weighed(announced(CaseWeighed)[-1], at=later(minutes=4))
    operations.hand_over(by=house.actor(TOR), at=later(minutes=5), case=case, queue="second", words="x")
    operations.hand_over(by=house.actor(TOR), at=later(minutes=6), case=case, queue="it", words="x")
    rulereactions.moved(announced(CaseAssigned)[-1], at=later(minutes=7))
    operations.tell_late(by=DESK, at=later(days=9))
    rulereactions.missed(announced(CaseMissed)[-1], at=later(days=9))
    notes = [text for side, note, text in texts(house, case) if note and side is Side.HOUSE]
    assert notes == ["OPENED", "WRITTEN", "PRIORITY", "MOVED", "MISSED"]


def test_a_rule_does_nothing_to_what_is_over_or_elsewhere_and_only_the_house_runs_them(house):
    given_queues(house)
    given_rule()
    case = asked(house, MAYA)
    operations.withdraw(by=house.actor(MAYA), at=later(minutes=1), case=case)
    assert run(case, at=later(minutes=2)) == 0
    assert not RuleRun.objects.exists()
    with pytest.raises(Refused):
        operations.run_rules(by=house.actor(TOR), at=MONDAY, case=case, when=RuleWhen.OPENED)
    with pytest.raises(NotThere):
        operations.run_rules(by=DESK, at=MONDAY, case="nothing", when=RuleWhen.OPENED)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"given": [{"act": "SOLVE", "text": "x"}]}, ("act_not_here", "acts[0].act")),
        ({"given": [{"act": "ASSIGN"}]}, ("field_missing", "acts[0].person")),
        ({"given": [{"act": "MACRO", "macro": "nothing"}]}, ("macro_unknown", "acts")),
        ({"given": [{"act": "MACRO", "macro": "mine"}]}, ("macro_unknown", "acts")),
        ({"keeper": None}, ("rule_keeper_unfit", "keeper")),
        ({"conditions": {"requests": ["nothing"]}}, ("rule_requests", "conditions.requests")),
        ({"conditions": {"words": [" "]}}, ("text_too_long", "conditions.words")),
        ({"conditions": {"words": ["w"] * 21}}, ("text_too_long", "conditions.words")),
        ({"conditions": {"priorities": ["PINK"]}}, ("not_one_of", "conditions.priorities[0]")),
        ({"conditions": {"moon": "full"}}, ("field_unknown", "conditions.moon")),
    ],
)
def test_a_rule_that_cannot_be_is_refused(house, change, told):
    given_queues(house)
    given_macro("mine", [{"act": "ASSIGN"}])
    assert refusal(given_rule, **change) == told


def test_a_queue_has_so_many_rules_and_they_are_listed(house, monkeypatch):
    given_queues(house)
    monkeypatch.setattr("inward.desk.operations.doing.RULES_MAX", 2)
    given_rule("one", by=house.actor(SITI), keeper=None)  # she keeps it who says it
    given_rule("two")
    given_rule("two")
    assert refusal(given_rule, code="three")[0] == "rules_many"
    rows = macros.rules(viewer=house.actor(TOR), at=MONDAY, params={}).rows
    assert [(row.code, row.keeper.code, row.when) for row in rows] == [
        ("one", SITI.code, RuleWhen.OPENED),
        ("two", TOR.code, RuleWhen.OPENED),
    ]
    assert macros.rule(viewer=house.actor(TOR), at=MONDAY, code="one").conditions == macros.Conditions()
    with pytest.raises(NotThere):
        macros.rule(viewer=house.actor(MAYA), at=MONDAY, code="one")
    assert macros.read_conditions({"standing": "external"}).standing is Verdict.EXTERNAL
    assert cases.served(viewer=house.actor(TOR), at=MONDAY, params={}).rows == ()
    assert not CaseEvent.objects.exists()
