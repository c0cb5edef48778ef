"""S10: temporary, full-time, contractor, shareholder, and team-mates who depend on one another. Each has the standing of her work or of
what she holds, on the day; a designer who is late makes the sender of a mail late, and both know it before it happens.

The coffee machine is 121.00 with tax. Staff pay a quarter less (90.75); whoever is inside by policy, a tenth less (108.90).
"""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, ON, actor, given_holding, given_person, given_user, given_work
from tests.cast import INES, JONAS, MAYA, TOR
from tests.desk.asked import MONDAY, asked, given_desk, later, seen
from tests.shop import EVER, given_the_house

from inward.catalogue import operations as catalogue
from inward.core.classification import Kind, WorkKind
from inward.core.pricing import Level, PercentOff, PriceRule, Scope, Wanted
from inward.core.terms import Rate, Refusal
from inward.desk import operations as desk
from inward.desk.announcements import TaskWaits
from inward.desk.casewords import TaskState
from inward.kit.outbox import announced
from inward.parties import operations as parties
from inward.parties.vocabulary import Purpose
from inward.trade import queries

LINES = [Wanted("coffee-machine", 1)]
LAST_DAY = ON + timedelta(days=20)


@pytest.fixture
def house(db):
    """Tia works at ABC for a while, Carl under a contract, Anna for an agency that hires her out; Sven holds 12 % of it."""
    made = given_the_house()
    for code, kind, until in (
        ("tia", WorkKind.TEMPORARY, LAST_DAY),
        ("carl", WorkKind.CONTRACTOR, None),
        ("anna", WorkKind.AGENCY, None),
        ("sven", None, None),
    ):
        given_person(code)
        made.users[code] = given_user(code, person=code)
        if kind is not None:
            given_work(code, "abc", kind=kind, valid_until=until)
    given_holding("sven", "abc", 12)
    scope = Scope(frozenset({Kind.STAKEHOLDER}))
    off = PercentOff(Rate(Fraction(1, 10)))
    rule = PriceRule("near", Level.AGREEMENT, "abc", off, scope=scope, period=EVER)
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    return made


def pays(house, code, at=AT):
    """What somebody is to ABC, and what the coffee machine costs her."""
    quote = queries.quote_for(viewer=actor(house.users[code], at=at), at=at, lines=LINES).quote
    return quote.standing.kind, str(quote.total)


def test_each_pays_as_her_work_makes_her_and_from_the_day_it_ends_as_anybody(house):
    assert pays(house, MAYA.code) == (Kind.STAFF, "90.75 EUR")
    assert pays(house, "tia") == (Kind.STAFF, "90.75 EUR")
    assert pays(house, "carl") == (
        Kind.STAKEHOLDER,
        "108.90 EUR",
    )  # inside by policy: no staff scheme, a price of his own
    assert pays(house, "anna") == (Kind.OUTSIDE, "121.00 EUR")  # her employer is the agency
    assert pays(house, "tia", AT + timedelta(days=19))[0] is Kind.STAFF
    assert pays(house, "tia", AT + timedelta(days=20)) == (Kind.OUTSIDE, "121.00 EUR")


def test_a_shareholder_is_inside_only_where_the_inside_rule_says_from_how_much_on_and_while_he_holds_it(house):
    assert pays(house, "sven") == (Kind.OUTSIDE, "121.00 EUR")
    body = {"shareholder_threshold": "10"}
    parties.keep_definition(by=HOUSE, at=AT, code="holders", name="With holders", body=body, valid_from=ON)
    parties.choose_definition(by=HOUSE, at=AT, purpose=Purpose.PRICE, definition="holders", valid_from=ON)
    assert pays(house, "sven") == (Kind.STAKEHOLDER, "108.90 EUR")
    assert pays(house, MAYA.code) == (Kind.STAFF, "90.75 EUR")
    parties.change_holding(by=HOUSE, at=AT, holding="sven-abc", votes=Fraction(8, 100), valid_from=LAST_DAY)
    assert pays(house, "sven", AT + timedelta(days=19))[0] is Kind.STAKEHOLDER
    assert pays(house, "sven", AT + timedelta(days=20)) == (Kind.OUTSIDE, "121.00 EUR")


def test_a_designer_who_is_late_makes_the_sender_late_and_both_know_it_before_it_happens(house):
    given_desk(house, standard=False)
    tor = house.actor(TOR)
    tomorrow, thursday = date(2026, 12, 1), date(2026, 12, 3)
    letter, picture = asked(house, MAYA, text="Send the mail"), asked(house, MAYA, text="Design the mail")

    def task(case, title, owner):
        return desk.add_task(by=tor, at=MONDAY, case=case, title=title, owner=owner.code, due_on=tomorrow, blocks=True)

    designed, sent = task(picture, "Design", INES), task(letter, "Send", JONAS)
    desk.wait_for(by=tor, at=MONDAY, case=letter, task=sent, other=designed)

    desk.give_task(by=tor, at=later(hours=2), case=picture, task=designed, owner=INES.code, due_on=thursday)

    told = [(each.task_owner, each.what) for each in announced(TaskWaits)]
    assert told == [  # on Monday, before anything is late
        (INES.code, "AWAITED"),
        (JONAS.code, "DUE_BEFORE"),
        (INES.code, "DUE_AFTER"),
    ]
    (view,) = seen(house, TOR, letter, at=later(hours=3)).tasks
    assert (view.owner.code, view.due_on) == (JONAS.code, tomorrow)
    assert (view.waits_for.owner.code, view.waits_for.title, view.waits_for.due_on) == (INES.code, "Design", thursday)
    (other,) = seen(house, TOR, picture, at=later(hours=3)).tasks
    assert [each.code for each in other.awaited_by] == [JONAS.code]
    assert (view.waits_past_day, other.needed_by) == (True, tomorrow)
    with pytest.raises(Refusal):  # the mail is not called sent before it is designed
        desk.end_task(by=tor, at=later(hours=4), case=letter, task=sent, state=TaskState.DONE)

    desk.end_task(by=tor, at=later(days=3), case=picture, task=designed, state=TaskState.DONE)
    desk.end_task(by=tor, at=later(days=3, hours=1), case=letter, task=sent, state=TaskState.DONE)
    assert [(each.task_owner, each.what) for each in announced(TaskWaits)][3:] == [(JONAS.code, "DONE")]
    (view,) = seen(house, TOR, letter, at=later(days=4)).tasks
    assert (view.ended_at.date() - tomorrow).days == 2  # both were two days late, and whose delay it was is told
    assert (view.waits_for.state, view.waits_for.owner.code) == (TaskState.DONE, INES.code)
    desk.solve(by=tor, at=later(days=4), case=letter, words="It is sent.")
