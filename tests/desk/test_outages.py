"""An outage gathers its cases under one banner, one message and one closing; nothing confidential, nothing of others."""

import pytest
from tests.builders import AT, HOUSE, given_role
from tests.cast import INES, JONAS, LUCA, MAYA, TOR
from tests.desk.asked import MONDAY, acts, asked, given_desk, given_personnel, kept, later, seen

from inward.core.terms import Refusal
from inward.desk import operations, things
from inward.desk.casewords import CaseKind, CaseState, Side, Turn
from inward.desk.models import CaseLink
from inward.kit.policy import NotThere, Refused


def outage(house, *, who=TOR, key="down", queue="it", banner="The tills are down. We are on it."):
    said = {"queue": queue, "subject": "Tills down", "banner": banner}
    return operations.open_outage(by=house.actor(who), at=MONDAY, key=key, **said)


def gather(house, cause, *cases, who=TOR, at=MONDAY):
    return operations.gather(by=house.actor(who), at=at, outage=cause, case=cases)


def refusal(act, *values, **more):
    with pytest.raises(Refusal) as refused:
        act(*values, **more)
    return refused.value.reason.code, refused.value.where


def test_cases_are_gathered_written_to_once_and_solved_together(house):
    given_desk(house)
    one, two = asked(house, MAYA), asked(house, JONAS)
    cause = outage(house)
    assert outage(house) == cause
    view = seen(house, TOR, cause)
    assert (view.row.kind, view.row.priority.value, view.row.customer.code) == (CaseKind.OUTAGE, "URGENT", "abc-it")
    assert gather(house, cause, one, two) == 2
    assert gather(house, cause, one) == 0
    assert [row.reference for row in things.gathered(viewer=house.actor(TOR), at=MONDAY, reference=cause)] == [one, two]
    told = operations.tell_gathered(by=house.actor(TOR), at=later(minutes=5), outage=cause, text="At noon they run.")
    assert told == 2
    for who, case in ((MAYA, one), (JONAS, two)):
        assert seen(house, who, case).thread[-1].text == "At noon they run."
        assert kept(case).owner.code == TOR.code
    operations.write(by=house.actor(MAYA), at=later(minutes=6), case=one, text="Thanks")
    left = operations.solve_outage(by=house.actor(TOR), at=later(minutes=9), outage=cause, words="They run.")
    assert left == ()
    assert {kept(each).state for each in (cause, one, two)} == {"SOLVED"}
    assert seen(house, JONAS, two, at=later(hours=1)).row.turn is Turn.CUSTOMER
    assert acts(two) == ["OPENED", "LINKED", "TAKEN", "ANSWERED", "ANSWERED", "RESOLVED"]


def test_the_banner_is_shown_while_it_is_open_and_said_otherwise(house):
    given_desk(house)
    cause = outage(house)
    assert [(each.words, each.queue.code) for each in things.banners()] == [("The tills are down. We are on it.", "it")]
    operations.say_banner(by=house.actor(TOR), at=later(minutes=1), case=cause, banner="Noon.")
    (banner,) = things.banners(supplier="abc-it")
    assert (banner.words, banner.supplier.code, banner.reference) == ("Noon.", "abc-it", cause)
    assert things.banners(supplier="abc") == ()
    operations.solve_outage(by=house.actor(TOR), at=later(minutes=9), outage=cause, words="They run.")
    assert things.banners() == ()
    assert refusal(operations.say_banner, by=house.actor(TOR), at=later(hours=1), case=cause, banner="x")[0] == (
        "case_is_over"
    )


def test_what_is_blocked_stays_open_and_is_named(house):
    given_desk(house)
    one, two, three = asked(house, MAYA), asked(house, JONAS), asked(house, MAYA, key="third")
    operations.set_queue(by=HOUSE, at=AT, code="second", supplier="abc-it", name="Second line")
    operations.add_task(by=house.actor(TOR), at=MONDAY, case=two, title="Swap it", blocks=True)
    tor = house.actor(TOR)
    operations.ask_others(by=tor, at=MONDAY, case=three, queue="second", subject="Part", text="Please")
    cause = outage(house)
    gather(house, cause, one, two, three)
    left = operations.solve_outage(by=tor, at=later(minutes=9), outage=cause, words="They run.")
    assert set(left) == {two, three}
    assert [kept(each).state for each in (one, two)] == ["SOLVED", CaseState.NEW.value]


def test_no_confidential_case_is_gathered_and_none_is_an_outage(house):
    given_desk(house)
    given_personnel(house)
    hidden = asked(house, MAYA, queue="hr")
    cause = outage(house)
    assert refusal(gather, house, cause, hidden) == ("case_stays_confidential", "case")
    assert refusal(outage, house, key="hr", queue="hr") == ("case_stays_confidential", "queue")
    assert not CaseLink.objects.exists()


def test_all_are_gathered_or_none_and_never_twice_nor_what_is_over(house, monkeypatch):
    given_desk(house)
    one, over = asked(house, MAYA), asked(house, JONAS)
    operations.withdraw(by=house.actor(JONAS), at=MONDAY, case=over)
    cause, other = outage(house), outage(house, key="other")
    assert refusal(gather, house, cause, one, over) == ("case_is_over", "case")
    assert acts(one) == ["OPENED"]
    gather(house, cause, one)
    assert refusal(gather, house, other, one) == ("outage_gathers_once", "case")
    assert refusal(gather, house, cause, other) == ("outage_gathers_once", "case")
    monkeypatch.setattr("inward.desk.operations.outages.GATHERED_MAX", 1)
    assert refusal(gather, house, cause, asked(house, MAYA, key="more"))[0] == "outage_gathers_many"


def test_who_does_not_handle_a_case_gathers_and_solves_nothing_of_it(house):
    given_desk(house)
    one = asked(house, TOR)  # his own
    cause = outage(house)
    with pytest.raises(Refused):
        gather(house, cause, one)
    gather(house, cause, one, who=INES)
    assert operations.tell_gathered(by=house.actor(TOR), at=MONDAY, outage=cause, text="Soon.") == 0
    operations.solve_outage(by=house.actor(TOR), at=later(minutes=1), outage=cause, words="Runs.")
    assert kept(one).state == "NEW"
    with pytest.raises(Refused):
        outage(house, who=LUCA, key="luca")
    for act, values in (
        (operations.gather, {"outage": one, "case": []}),
        (operations.tell_gathered, {"outage": one, "text": "x"}),
        (operations.solve_outage, {"outage": "nothing", "words": "x"}),
        (operations.open_outage, {"key": "q", "queue": "nothing", "subject": "x", "banner": "x"}),
    ):
        with pytest.raises(NotThere):
            act(by=house.actor(INES), at=MONDAY, **values)
    with pytest.raises(NotThere):
        things.gathered(viewer=house.actor(LUCA), at=MONDAY, reference=cause)
    assert refusal(outage, house, key="long", banner="b" * 1001) == ("text_too_long", "banner")
    assert seen(house, INES, one).thread[0].side is Side.CUSTOMER
    given_role(house.users[LUCA.code], "CASE_HANDLER", "abc-it")
    assert outage(house, who=LUCA, key="luca") != cause
