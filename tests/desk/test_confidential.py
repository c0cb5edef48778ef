"""What is confidential: nobody else learns that it exists, and who stands too near never handles it."""

from datetime import date

import pytest
from tests.builders import AT, HOUSE, given_household, given_household_rule, given_role, nothing_written
from tests.cast import HENK, INES, JONAS, MAYA, SITI, TOR
from tests.desk.asked import MONDAY, asked, given_desk, given_personnel, kept, later, seen

from inward.core.terms import Refusal
from inward.desk import cases, near, operations, policy
from inward.desk.casewords import HandingOut, LinkKind
from inward.desk.models import CaseConcern
from inward.desk.operations import Ask
from inward.kit.actor import NOBODY
from inward.kit.models import SearchEntry
from inward.kit.policy import NotThere, Refused
from inward.parties import operations as parties
from inward.parties.vocabulary import Purpose

ON = MONDAY.date()


def lists(house, who):
    return [row.reference for row in cases.served(viewer=house.actor(who), at=MONDAY, params={}).rows]


def given_head(place, person):
    parties.name_head(by=HOUSE, at=AT, place=place, person=person.code, valid_from=date(2023, 1, 1))


def refused(act, **values):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.reason.code


def test_only_those_whose_role_is_over_that_very_department_know_of_it(house):
    given_personnel(house)
    given_role(house.users[SITI.code], "CASE_HANDLER")
    case = asked(house, MAYA, queue="hr", text="About my pay")
    assert lists(house, TOR) == [case]
    assert (
        lists(house, INES) == lists(house, SITI) == lists(house, HENK) == []
    )  # over the company, over everything, none
    assert cases.count_served(viewer=house.actor(TOR), at=MONDAY) == (1, False)
    assert cases.count_served(viewer=house.actor(INES), at=MONDAY) == (0, False)
    assert SearchEntry.objects.filter(kind="case").count() == 0
    for who in (INES, SITI):
        with pytest.raises(NotThere):
            seen(house, who, case)
        with pytest.raises(NotThere):
            operations.answer(by=house.actor(who), at=MONDAY, case=case, text="x")
    assert seen(house, TOR, case).serving
    assert [each.code for each in seen(house, TOR, case).concerned] == [MAYA.code]
    assert seen(house, MAYA, case).concerned == ()
    assert HOUSE.is_system
    assert policy.serves_confidential(HOUSE, supplier="abc-purchasing", on=ON)


def test_whoever_it_is_about_and_whoever_leads_her_does_not_see_it(house):
    given_personnel(house)
    about_tor = asked(house, MAYA, queue="hr", text="My manager shouts", concerned=[TOR.code])
    assert lists(house, TOR) == []
    with pytest.raises(NotThere):
        seen(house, TOR, about_tor)
    own = asked(house, JONAS, queue="hr", text="My contract")
    assert lists(house, TOR) == [own]
    given_head("abc-shop-harbour", TOR)  # now he leads Jonas
    assert lists(house, TOR) == []
    parties.end_head(by=HOUSE, at=AT, place="abc-shop-harbour", valid_until=ON)
    assert lists(house, TOR) == [own]


def test_near_is_who_leads_who_is_led_and_who_lives_together(house):
    assert near.near_to(MAYA.code, on=ON) == {MAYA.code}
    given_head("abc-shop-centre", TOR)
    given_head("abc-shops", HENK)
    given_head("abc", INES)
    assert near.near_to(MAYA.code, on=ON) == {MAYA.code, TOR.code, HENK.code, INES.code}
    assert near.near_to(TOR.code, on=ON) == {MAYA.code, TOR.code, HENK.code, INES.code}
    assert near.near_to(HENK.code, on=ON) == {HENK.code, MAYA.code, TOR.code, JONAS.code, INES.code}
    given_household_rule(Purpose.PROMISE)
    given_household(SITI.code, MAYA.code, purposes=(Purpose.PROMISE,))
    assert near.near_to(SITI.code, on=ON) == {SITI.code, MAYA.code}
    assert SITI.code in near.near_to(MAYA.code, on=ON)


def test_near_keeps_no_more_than_it_may(house, monkeypatch):
    monkeypatch.setattr(near, "_AT_ONCE", 1)
    assert near.near_to(MAYA.code, on=ON) == {MAYA.code}
    assert near.near_to(JONAS.code, on=ON) == {JONAS.code}
    assert near.near_to(MAYA.code, on=ON) == {MAYA.code}


def test_a_case_handed_to_a_confidential_queue_is_found_by_nobody_else_and_never_comes_back(house):
    given_desk(house)
    given_personnel(house)
    case = asked(house, MAYA, text="Somebody reads my mail")
    assert SearchEntry.objects.filter(kind="case").count() == 1
    operations.hand_over(by=house.actor(TOR), at=later(hours=1), case=case, queue="hr", words="This is for personnel")
    assert (kept(case).confidential, kept(case).state, kept(case).owner_id) == (True, "NEW", None)
    assert SearchEntry.objects.filter(kind="case").count() == 0
    assert lists(house, INES) == []
    assert CaseConcern.objects.get().case.reference == case
    back = {"by": house.actor(TOR), "at": later(hours=2), "case": case, "words": "back"}
    assert refused(operations.hand_over, queue="it", **back) == "case_stays_confidential"
    assert refused(operations.hand_over, queue="hr", **back) == "queue_is_the_same"
    with pytest.raises(NotThere):
        operations.hand_over(queue="nothing", **back)


def test_what_was_joined_goes_along_and_no_follower_link_or_history_tells_of_it_any_more(house):
    given_desk(house)
    given_personnel(house)
    tor = {"by": house.actor(TOR), "at": later(hours=1)}
    case, joined = asked(house, MAYA, text="Somebody reads my mail"), asked(house, JONAS, text="Mine too")
    linked = asked(house, SITI, text="The printer")
    operations.join(**tor, case=joined, into=case)
    operations.watch(**tor, case=case, person=HENK.code)
    operations.link(**tor, case=linked, other=case, kind=LinkKind.RELATED)
    assert [row.reference for row in (seen(house, who, case).row for who in (JONAS, HENK))] == [case, case]
    operations.hand_over(**tor, case=case, queue="hr", words="This is for personnel")
    assert [(kept(each).queue.code, kept(each).confidential) for each in (case, joined)] == [("hr", True), ("hr", True)]
    assert SearchEntry.objects.filter(kind="case").count() == 1
    about = {(row.case.reference, row.person.code) for row in CaseConcern.objects.all()}
    assert about == {(each, who.code) for each in (case, joined) for who in (MAYA, JONAS)}
    for who, hidden in ((INES, (case, joined)), (HENK, (case, joined)), (JONAS, (case,))):
        for each in hidden:
            with pytest.raises(NotThere):
                seen(house, who, each)
    assert seen(house, JONAS, joined).joined_to is None
    assert [fact for each in seen(house, JONAS, joined).happened for fact in each.facts if fact == "into"] == []
    told = {who.code: [each.act.value for each in seen(house, who, linked).happened] for who in (TOR, INES)}
    assert told == {TOR.code: ["OPENED", "LINKED"], INES.code: ["OPENED"]}


def test_nothing_about_a_confidential_case_reaches_other_departments_or_followers(house):
    given_desk(house)
    given_personnel(house)
    case, tor = asked(house, MAYA, queue="hr", text="About my pay"), house.actor(TOR)
    open_case = asked(house, MAYA)
    assert refused(operations.watch, by=tor, at=MONDAY, case=case, person=JONAS.code) == "nobody_follows_confidential"
    assert (
        refused(operations.ask_others, by=tor, at=MONDAY, case=case, queue="it", subject="Mail", text="x")
        == "case_stays_confidential"
    )
    for one, other in ((case, open_case), (open_case, case)):
        assert refused(operations.join, by=tor, at=MONDAY, case=one, into=other) == "case_stays_confidential"
    of_jonas = asked(house, JONAS, queue="hr", text="Mine")
    assert refused(operations.join, by=tor, at=MONDAY, case=of_jonas, into=case) == "cases_of_two_customers"
    second = asked(house, MAYA, queue="hr", text="About my pay again", concerned=[INES.code])
    operations.join(by=tor, at=later(hours=1), case=second, into=case)
    assert sorted(each.code for each in seen(house, TOR, case).concerned) == [INES.code, MAYA.code]
    assert seen(house, TOR, case).watchers == ()
    operations.link(by=tor, at=later(hours=1), case=open_case, other=case, kind=LinkKind.RELATED)
    assert len(seen(house, TOR, open_case).links) == 1
    assert seen(house, INES, open_case).links == ()


def test_from_one_confidential_queue_to_another_it_stays_about_whom_it_is(house):
    given_desk(house)
    given_personnel(house)
    operations.set_queue(by=HOUSE, at=AT, code="law", supplier="abc-purchasing", name="Law", confidential=True)
    case, tor = asked(house, MAYA, queue="hr", text="About my pay", concerned=[INES.code]), house.actor(TOR)
    operations.hand_over(by=tor, at=later(hours=1), case=case, queue="law", words="For lawyers")
    assert sorted(each.code for each in seen(house, TOR, case).concerned) == [INES.code, MAYA.code]
    outside = operations.open_case(
        by=tor, at=MONDAY, key="o", ask=Ask(queue="it", text="They called", customer="kestrel")
    ).reference
    operations.hand_over(by=tor, at=later(hours=1), case=outside, queue="law", words="For lawyers")
    assert seen(house, TOR, outside).concerned == ()


def test_who_is_concerned_is_a_person_known_here(house):
    given_personnel(house)
    by = house.actor(MAYA)
    for concerned in (["abc"], ["nobody"], [f"p{n}" for n in range(21)]):
        ask = Ask(queue="hr", text="x", concerned=concerned)
        assert refused(operations.open_case, by=by, at=MONDAY, key="k", ask=ask) == "concerned_unfit"


def test_a_confidential_case_is_given_to_nobody_who_stands_near(house):
    given_personnel(house)
    operations.set_queue(
        by=HOUSE, at=AT, code="hr", supplier="abc-purchasing", name="Personnel", confidential=True,
        handing_out=HandingOut.IN_TURN,
    )  # fmt: skip
    free = asked(house, MAYA, queue="hr", text="About my pay")
    assert seen(house, MAYA, free).row.owner.code == TOR.code
    about = asked(house, MAYA, queue="hr", text="About Tor", concerned=[TOR.code])
    assert seen(house, MAYA, about).row.owner is None


def test_a_department_s_confidential_question_is_read_by_whoever_asked_it_alone(house):
    given_personnel(house)
    by = house.actor(INES, acting_for="abc-purchasing")
    case = operations.open_case(by=by, at=MONDAY, key="k", ask=Ask(queue="hr", text="A raise for us")).reference
    assert seen(house, INES, case).may_speak
    with pytest.raises(NotThere):
        seen(house, HENK, case)


@pytest.mark.parametrize("part", ["cases_visible_by", "cases_served_by"])
def test_nobody_sees_nothing(part):
    assert getattr(policy, part)(NOBODY, keys={}, near=(), on=ON) == ()


def test_nobody_asks_handles_speaks_keeps_or_runs():
    case = policy.CaseParties(None, "abc", "abc-it")
    assert policy.cases_asked_by(NOBODY, keys={}, on=ON) == ()
    assert policy.served_by(NOBODY, on=ON) == policy.queues_kept_by(NOBODY, on=ON) == frozenset()
    answers = (
        policy.may_ask(NOBODY, customer="abc", supplier="abc-it", employers=(), on=ON),
        policy.may_handle(NOBODY, case=case, on=ON),
        policy.may_speak(NOBODY, case=case, on=ON),
        policy.may_keep_queue(NOBODY, supplier="abc-it", company="abc", on=ON),
        policy.may_run_desk(NOBODY),
    )
    assert [answer.reasons[0].code for answer in answers] == ["no_actor"] * 5


def test_whoever_looks_after_queues_and_serves_somebody_is_told(house):
    given_desk(house)
    tor, siti = house.actor(TOR), house.actor(SITI)
    assert policy.serves_somebody(tor, on=ON)
    assert not policy.serves_somebody(house.actor(MAYA), on=ON)
    assert policy.serves_somebody(HOUSE, on=ON)
    assert policy.queues_kept_by(siti, on=ON) is None
    assert policy.queues_kept_by(tor, on=ON) == frozenset()
    assert policy.served_by(tor, on=ON) == {"abc-it"}


def test_a_buyer_for_everything_reads_what_departments_asked_and_nobody_s_own(house):
    given_desk(house)
    given_role(house.users[HENK.code], "BUYER")
    own = asked(house, MAYA)
    by = house.actor(INES, acting_for="abc-purchasing")
    unit = operations.open_case(by=by, at=MONDAY, key="k", ask=Ask(queue="it", text="Our printer")).reference
    rows = cases.asked(viewer=house.actor(HENK), at=MONDAY, params={}).rows
    assert [row.reference for row in rows] == [unit]
    assert seen(house, HENK, unit).may_speak
    with pytest.raises(NotThere):
        seen(house, HENK, own)


def test_whoever_is_not_named_as_handler_is_refused_with_the_reason(house):
    given_desk(house)
    case = asked(house, MAYA)
    with pytest.raises(Refused) as caught:
        operations.note_down(by=house.actor(MAYA), at=MONDAY, case=case, text="x")
    assert [reason.code for reason in caught.value.reasons] == ["not_case_handler"]
