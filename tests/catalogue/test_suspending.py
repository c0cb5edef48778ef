"""Who is suspended from a scheme pays the ordinary price, is told and heard; another upholds it, or it ends by itself."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_actor, given_role, nothing_written
from tests.cast import HENK, INES, MAYA, RATNA, SITI, TOR
from tests.shop import given_the_house

from inward.catalogue import operations, policy, reactions, suspending
from inward.catalogue.announcements import SuspensionChanged
from inward.catalogue.models import SchemeHearing, SchemeSuspension
from inward.catalogue.vocabulary import HearingStep
from inward.core.pricing import Wanted
from inward.core.terms import Money, Refusal
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused
from inward.parties.announcements import PersonErased
from inward.parties.models import Party
from inward.trade import queries as trade

STAFF, ORDINARY = Money.of("90.75", "EUR"), Money.of("121.00", "EUR")
WHY = "Twelve machines were offered for sale."
DAY = timedelta(days=1)


@pytest.fixture
def house(db):
    return given_the_house()


@pytest.fixture
def other(house):
    """A second data administrator of everything."""
    return given_actor("second", ("DATA_ADMINISTRATOR", None))


def suspended(house, by=SITI, at=AT, person=MAYA, **more):
    given = {"scheme": "abc-staff", "person": person.code, "since": ON, "days": 14, "why": WHY} | more
    return operations.suspend_from_scheme(by=house.actor(by), at=at, **given)


def price(house, part=MAYA, at=AT):
    return trade.quote_for(viewer=house.actor(part), at=at, lines=[Wanted("coffee-machine", 1)]).quote


def refused(code, act):
    with nothing_written(), pytest.raises((Refusal, Refused)) as found:
        act()
    reasons = found.value.reasons if isinstance(found.value, Refused) else (found.value.reason,)
    assert [reason.code for reason in reasons] == [code]


def codes(quote):
    return {each.why.code for line in quote.lines for each in line.trace}


def test_from_that_day_she_pays_the_ordinary_price_and_only_she_reads_why(house):
    before = house.order(MAYA, ("coffee-machine", 1), key="before")
    suspended(house)
    mine = price(house)
    assert (mine.total, "scheme_suspended" in codes(mine)) == (ORDINARY, True)
    assert price(house, INES).total == STAFF
    after = house.order(MAYA, ("coffee-machine", 1), key="after").reference
    served = trade.order(viewer=house.actor(TOR), at=AT, reference=after)
    assert {each.why.code for line in served.lines for each in line.quoted.trace} == {"rule_won"}
    assert trade.order(viewer=house.actor(MAYA), at=AT, reference=before.reference).row.total == STAFF
    assert trade.allowances(viewer=house.actor(MAYA), at=AT) == ()


def test_one_that_begins_later_changes_nothing_before(house):
    suspended(house, since=ON + DAY)
    assert (price(house).total, price(house, at=AT + DAY).total) == (STAFF, ORDINARY)


def test_she_reads_every_step_and_answers_while_the_hearing_lasts(house, other):
    reference = suspended(house)
    operations.answer_suspension(by=house.actor(MAYA), at=AT + DAY, suspension=reference, words=" They were presents. ")
    (mine,) = suspending.own(viewer=house.actor(MAYA), at=AT + DAY)
    assert [(step.kind, step.who.code, step.words) for step in mine.steps] == [
        (HearingStep.SUSPENDED, SITI.code, WHY),
        (HearingStep.ANSWERED, MAYA.code, "They were presents."),
    ]
    assert (mine.answered, mine.answer_by, mine.until) == (True, ON + 14 * DAY, ON + 29 * DAY)
    assert price(house, at=AT + DAY).total == ORDINARY
    operations.uphold_suspension(
        by=other, at=AT + 2 * DAY, suspension=reference, why="Five were sold.", valid_until=ON + 60 * DAY
    )
    assert price(house, at=AT + 59 * DAY).total == ORDINARY
    assert price(house, at=AT + 60 * DAY).total == STAFF
    assert [told.step for told in announced(SuspensionChanged)] == ["SUSPENDED", "ANSWERED", "UPHELD"]


def test_without_an_answer_it_is_upheld_only_after_the_hearing(house, other):
    reference = suspended(house)
    uphold = {"by": other, "suspension": reference, "why": "No answer came."}
    refused("hearing_open", lambda: operations.uphold_suspension(at=AT + 14 * DAY, **uphold))
    operations.uphold_suspension(at=AT + 15 * DAY, **uphold)
    assert SchemeSuspension.objects.get().until is None
    assert price(house, at=AT + 400 * DAY).total == ORDINARY


def test_what_nobody_upholds_ends_by_itself(house, other):
    reference = suspended(house)
    assert price(house, at=AT + 28 * DAY).total == ORDINARY
    assert price(house, at=AT + 29 * DAY).total == STAFF
    found = suspending.suspension(viewer=other, at=AT, reference=reference)
    assert (found.lapsed_on(ON + 28 * DAY), found.lapsed_on(ON + 29 * DAY)) == (False, True)
    for act in (operations.uphold_suspension, operations.lift_suspension):
        refused(
            "suspension_decided", lambda act=act: act(by=other, at=AT + 29 * DAY, suspension=reference, why="Late.")
        )


def test_it_is_lifted_at_any_time_also_by_whoever_began_it_and_after_it_was_upheld(house, other):
    reference = suspended(house)
    operations.lift_suspension(by=house.actor(SITI), at=AT + DAY, suspension=reference, why="A mistake.")
    assert price(house, at=AT + DAY).total == STAFF
    again = suspended(house, at=AT + DAY, since=ON + DAY)
    operations.uphold_suspension(by=other, at=AT + 16 * DAY, suspension=again, why="No answer came.")
    operations.lift_suspension(by=other, at=AT + 90 * DAY, suspension=again, why="Long enough.")
    assert price(house, at=AT + 89 * DAY).total == ORDINARY
    assert price(house, at=AT + 90 * DAY).total == STAFF
    refused(
        "suspension_decided",
        lambda: operations.lift_suspension(by=other, at=AT + 91 * DAY, suspension=again, why="Again."),
    )


def test_one_lifted_before_it_began_holds_on_no_day_and_hinders_no_other(house):
    reference = suspended(house, since=ON + 5 * DAY)
    operations.lift_suspension(by=house.actor(SITI), at=AT, suspension=reference, why="A mistake.")
    assert price(house, at=AT + 6 * DAY).total == STAFF
    (mine,) = suspending.own(viewer=house.actor(MAYA), at=AT)
    assert (mine.began, mine.period.until) == (False, None)
    assert suspended(house, since=ON + 5 * DAY) != reference


def test_nobody_suspends_herself_decides_about_herself_or_upholds_what_she_began(house, other):
    refused("suspension_of_oneself", lambda: suspended(house, person=SITI))
    reference = suspended(house)
    uphold = {"at": AT + 20 * DAY, "suspension": reference, "why": "So be it."}
    refused("suspension_needs_another", lambda: operations.uphold_suspension(by=house.actor(SITI), **uphold))
    given_role(house.users[MAYA.code], "DATA_ADMINISTRATOR")
    hers = house.actor(MAYA)
    refused("suspension_of_oneself", lambda: operations.uphold_suspension(by=hers, **uphold))
    refused("suspension_of_oneself", lambda: operations.lift_suspension(by=hers, **uphold))
    assert not policy.may_answer_suspension(other, person=MAYA.code).allowed
    assert [reason.code for reason in policy.may_answer_suspension(NOBODY, person=MAYA.code).reasons] == ["no_actor"]


def test_others_find_nothing_of_it(house):
    reference = suspended(house)
    for part in (HENK, TOR, RATNA):
        with pytest.raises(Refused):
            suspending.suspensions(viewer=house.actor(part), at=AT, params={})
        with pytest.raises(NotThere):
            suspending.suspension(viewer=house.actor(part), at=AT, reference=reference)
        with nothing_written(), pytest.raises(NotThere):
            operations.answer_suspension(by=house.actor(part), at=AT, suspension=reference, words="I was not there.")
        assert suspending.own(viewer=house.actor(part), at=AT) == ()
        with nothing_written(), pytest.raises(Refused):
            suspended(house, by=part, person=INES)
    assert suspending.own(viewer=NOBODY, at=AT) == ()
    with pytest.raises(NotThere):
        suspending.own_one(viewer=NOBODY, at=AT, reference=reference)
    rows = suspending.suspensions(viewer=house.actor(SITI), at=AT, params={"text": MAYA.code}).rows
    assert [(row.reference, row.steps) for row in rows] == [(reference, ())]
    assert suspending.suspensions(viewer=house.actor(SITI), at=AT, params={"text": "nobody"}).rows == ()
    keeper = given_actor("abc-keeper", ("DATA_ADMINISTRATOR", "abc"))
    assert [row.reference for row in suspending.suspensions(viewer=keeper, at=AT, params={}).rows] == [reference]


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("suspension_in_past", {"since": ON - DAY}),
        ("suspension_days", {"days": 0}),
        ("suspension_days", {"days": 91}),
        ("suspension_reason_missing", {"why": " \r\n "}),
        ("suspension_text_too_long", {"why": "x" * 2001}),
    ],
)
def test_a_suspension_says_why_from_which_day_and_how_long_it_is_heard(house, code, more):
    refused(code, lambda: suspended(house, **more))


def test_there_is_one_at_a_time_of_a_person_and_a_scheme(house):
    suspended(house)
    refused("suspension_runs", lambda: suspended(house, since=ON + 3 * DAY))
    suspended(house, person=INES)
    assert suspended(house, since=ON + 29 * DAY)
    assert SchemeSuspension.objects.count() == 3


def test_what_is_not_there_is_suspended_from_nothing(house):
    for more in ({"scheme": "ghost"}, {"person": TOR.__class__("ghost", "", "", "abc")}):
        with nothing_written(), pytest.raises(NotThere):
            suspended(house, **more)


def test_an_answer_after_the_hearing_and_a_last_day_in_the_past_are_refused(house, other):
    reference = suspended(house)
    hers = {"by": house.actor(MAYA), "suspension": reference}
    refused("hearing_over", lambda: operations.answer_suspension(at=AT + 15 * DAY, words="Late.", **hers))
    refused("suspension_reason_missing", lambda: operations.answer_suspension(at=AT, words="", **hers))
    uphold = {"by": other, "at": AT + 15 * DAY, "suspension": reference, "why": "No answer."}
    refused("suspension_last_day", lambda: operations.uphold_suspension(valid_until=ON + 15 * DAY, **uphold))
    operations.uphold_suspension(**uphold)
    refused("suspension_decided", lambda: operations.answer_suspension(at=AT + 1 * DAY, words="But!", **hers))
    later = suspended(house, person=INES, since=ON + 40 * DAY)
    early = uphold | {"suspension": later, "at": AT + 20 * DAY}
    refused("suspension_last_day", lambda: operations.uphold_suspension(valid_until=ON + 40 * DAY, **early))


def test_the_audit_names_neither_her_nor_why(house):
    reference = suspended(house)
    row = AuditRow.objects.get(thing=f"suspension {reference}")
    assert (row.act, row.facts) == ("catalogue.suspend_from_scheme", {"step": "SUSPENDED", "scheme": "abc-staff"})


def test_what_was_said_goes_with_her_name(house):
    reference = suspended(house)
    party = Party.objects.get(code=MAYA.code)
    told = PersonErased(party.id, "s-key")
    reactions.forget_words(told, at=AT)
    assert list(SchemeHearing.objects.values_list("words", flat=True)) == [""]
    with nothing_written():
        reactions.forget_words(told, at=AT)
    assert suspending.suspension(viewer=house.actor(SITI), at=AT, reference=reference).steps[0].words == ""


def test_by_the_program_itself_it_is_nobody_in_particular(house):
    reference = operations.suspend_from_scheme(
        by=HOUSE, at=AT, scheme="abc-staff", person=MAYA.code, since=ON, days=14, why=WHY
    )
    assert suspending.suspension(viewer=house.actor(SITI), at=AT, reference=reference).steps[0].who is None
