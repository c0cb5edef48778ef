"""What became known late: the dealings it is about are listed, what was decided of them never changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    actor,
    committed,
    given_household,
    given_household_rule,
    given_person,
    given_user,
)
from tests.cast import INES, MAYA, SITI
from tests.shop import given_the_house
from tests.web.office.test_office import saved
from tests.web.reading import words

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.classification import STRICT_MAJORITY, Kind, Tie, WorkState
from inward.core.pricing import Wanted
from inward.core.terms import Money, Reason, Refusal
from inward.insight import late, operations, reactions
from inward.insight.models import LateDealing
from inward.insight.vocabulary import LateState
from inward.kit import clock, worker
from inward.kit.policy import NotThere, Refused
from inward.parties import operations as parties
from inward.parties.announcements import OwnershipRecorded, PowersChanged, SharesChanged, UnitClosed, WorldImported
from inward.parties.models import Holding, WorkRelationship
from inward.parties.vocabulary import Purpose
from inward.trade import queries as trade
from inward.trade.models import Order
from inward.trade.operations import place_order

pytestmark = pytest.mark.django_db(transaction=True)
WEEK_LATER = AT + timedelta(days=7)


@pytest.fixture
def house(transactional_db):
    with committed(), clock.shifted(WEEK_LATER):
        made = given_the_house()
        made.order(INES, ("widget-a", 10), customer="abc")
        made.order(MAYA, ("coffee-machine", 1))
        work_off()
        yield made


def work_off():
    while worker.drain():
        pass


def eur(amount):
    return Money.of(amount, "EUR")


def share():
    return Holding.objects.get(owner__code="jkl", owned__code="xyz", known_until=None)


def sold(until):
    """A week after the order somebody learns when the share was sold."""
    parties.end_holding(by=HOUSE, at=WEEK_LATER, holding=share().code, valid_until=until)
    work_off()


def listed(house, **params):
    return late.late(viewer=house.actor(SITI), at=WEEK_LATER, params=params).rows


def test_a_sale_that_becomes_known_late_lists_the_order_and_leaves_it_as_it_was(house):
    order = Order.objects.get(customer__code="abc")
    before = trade.order(viewer=house.actor(INES, acting_for="abc"), at=WEEK_LATER, reference=order.reference)
    sold(ON)
    (row,) = listed(house)
    assert (row.number, row.supplier, row.customer) == (str(order.number), "xyz", "abc")
    assert (row.kind_then, row.kind_now) == (Kind.AFFILIATE, Kind.OUTSIDE)
    assert (row.total_then, row.total_now) == (eur("43.56"), eur("60.50"))
    assert row.cause == Reason.of("late_share", company="xyz", since=ON, known=WEEK_LATER.date())
    assert (row.state, row.note) == (LateState.OPEN, "")
    after = trade.order(viewer=house.actor(INES, acting_for="abc"), at=WEEK_LATER, reference=order.reference)
    assert after == before


def test_a_sale_after_the_order_lists_nothing(house):
    sold(ON + timedelta(days=1))
    assert listed(house) == ()


def choose(definition, since, purpose=Purpose.PRICE):
    parties.choose_definition(by=HOUSE, at=WEEK_LATER, purpose=purpose, definition=definition, valid_from=since)
    work_off()


def test_a_rule_chosen_for_past_days_lists_what_it_would_have_decided_otherwise(house):
    choose("no_konsern", LONG_AGO)
    assert listed(house) == ()  # control of more than half of the votes: the same
    keep_and_choose(75, ON)
    (row,) = listed(house)
    assert (row.customer, row.kind_then, row.kind_now) == ("abc", Kind.AFFILIATE, Kind.OUTSIDE)
    assert row.cause == Reason.of("late_rule", since=ON, known=WEEK_LATER.date())
    keep(40, ON)  # what was chosen says otherwise: the verdict is again what it was
    assert listed(house) == ()


def test_a_rule_for_days_to_come_or_of_another_purpose_or_that_nobody_chose_lists_nothing(house, monkeypatch):
    monkeypatch.setattr(operations, "look_again", pytest.fail)
    keep(75)
    choose("own", WEEK_LATER.date() + timedelta(days=1))
    choose("own", ON, Purpose.DISCLOSURE)


def test_a_rule_chosen_for_the_books_lists_what_would_be_posted_otherwise_at_the_same_price(house):
    keep(75)
    choose("own", ON, Purpose.BOOKS)
    (row,) = listed(house)
    assert (row.kind_then, row.kind_now, row.books_then, row.books_now) == (
        *(Kind.AFFILIATE, Kind.AFFILIATE),
        *(Kind.AFFILIATE, Kind.OUTSIDE),
    )
    assert (row.total_then, row.total_now) == (eur("43.56"), eur("43.56"))
    assert row.cause == Reason.of("late_rule", since=ON, known=WEEK_LATER.date())
    page = words(house.browser(SITI).get(f"/office/late-dealings/{row.id}/"))
    assert "It would be paid and posted as" in page
    keep(40, ON)  # the rule of the books says otherwise: all is as it was decided
    assert listed(house) == ()


def test_a_rule_that_always_held_is_told_without_a_day(house):
    keep(75)
    choose("own", None)
    (row,) = listed(house)
    assert row.cause == Reason.of("late_rule", since=None, known=WEEK_LATER.date())


def keep(percent, since=None):
    body = {**STRICT_MAJORITY.as_json(), "threshold": f"{percent}"}
    parties.keep_definition(by=HOUSE, at=WEEK_LATER, code="own", name="Own", body=body, valid_from=since)
    work_off()


def keep_and_choose(percent, since):
    keep(percent)
    choose("own", since)


def test_a_sale_that_is_still_to_come_lists_nothing(house):
    sold(WEEK_LATER.date() + timedelta(days=30))
    assert listed(house) == ()


def test_an_order_that_was_taxed_and_by_now_is_within_a_tax_group_is_listed_though_its_kind_is_the_same(house):
    parties.choose_definition(by=HOUSE, at=WEEK_LATER, purpose=Purpose.TAX, definition="strict_majority")
    sold(ON + timedelta(days=1))
    (row,) = listed(house)
    assert (row.kind_then, row.kind_now, row.customer) == (Kind.AFFILIATE, Kind.AFFILIATE, "abc")
    assert (row.total_then, row.total_now) == (eur("43.56"), eur("36.00"))


def test_what_turns_out_as_it_was_decided_leaves_the_list_unless_somebody_has_decided_on_it(house):
    sold(ON)
    (row,) = listed(house)
    operations.decide_late(by=house.actor(SITI), at=WEEK_LATER, key=row.id, state=LateState.TO_DO, note="Credit it.")
    sold(ON + timedelta(days=2))
    (kept,) = listed(house)
    assert (kept.id, kept.state, kept.note) == (row.id, LateState.TO_DO, "Credit it.")
    LateDealing.objects.update(state=LateState.OPEN.value)
    sold(ON + timedelta(days=3))
    assert listed(house) == ()


def test_work_that_had_ended_before_lists_her_purchase_without_name_and_number(house):
    work = WorkRelationship.objects.get(person__code="maya-lund", known_until=None)
    parties.end_work(by=HOUSE, at=WEEK_LATER, work=work.code, valid_until=ON)
    work_off()
    (row,) = listed(house)
    assert (row.number, row.customer, row.supplier) == ("", "", "abc")
    assert (row.kind_then, row.kind_now, row.total_now) == (Kind.STAFF, Kind.OUTSIDE, eur("121.00"))
    assert row.cause.code == "late_work"


def test_unpaid_leave_that_becomes_known_late_lists_the_purchase_by_its_price_alone(house):
    scheme = replace(price_book().schemes["abc-staff"], closed_in=frozenset({WorkState.UNPAID_LEAVE}))
    catalogue.change_scheme(by=HOUSE, at=WEEK_LATER, scheme=scheme, valid_from=ON)
    work_off()
    assert listed(house) == ()
    state = {"person": MAYA.code, "company": "abc", "state": WorkState.UNPAID_LEAVE}
    parties.note_work_state(by=HOUSE, at=WEEK_LATER, **state, valid_from=ON)
    work_off()
    (row,) = listed(house)
    assert (row.number, row.customer, row.kind_then, row.kind_now) == ("", "", Kind.STAFF, Kind.STAFF)
    assert (row.total_then, row.total_now, row.cause.code) == (eur("90.75"), eur("121.00"), "late_work")
    assert "UNPAID_LEAVE" not in str(LateDealing.objects.values_list("cause", flat=True).get())
    later = WEEK_LATER + timedelta(hours=1)
    with clock.shifted(later):
        parties.take_back_work_state(by=HOUSE, at=later, **state, valid_from=ON)
        work_off()
    assert listed(house) == ()


def test_leave_that_closes_no_scheme_lists_nothing(house):
    parties.note_work_state(
        by=HOUSE, at=WEEK_LATER, person=MAYA.code, company="abc", state=WorkState.UNPAID_LEAVE, valid_from=ON
    )
    work_off()
    assert listed(house) == ()


def test_looking_again_twice_lists_once_and_keeps_what_was_found_first(house):
    sold(ON)
    (row,) = listed(house)
    again = {"by": HOUSE, "at": WEEK_LATER + timedelta(days=1), "since": ON, "cause": Reason.of("late_file", known=ON)}
    assert operations.look_again(**again, companies=None) == 1
    assert listed(house) == (row,)
    assert operations.look_again(**again, companies=("fjord",)) == 0
    assert operations.look_again(**again | {"since": ON + timedelta(days=1)}, companies=None) == 0


def test_a_unit_that_moved_and_a_file_are_reasons_to_look_again(house):
    parties.end_holding(by=HOUSE, at=WEEK_LATER, holding=share().code, valid_until=ON)
    reactions.unit_closed(UnitClosed("abc-shops", "abc", (ON + timedelta(days=1)).isoformat()), at=WEEK_LATER)
    assert listed(house) == ()
    reactions.unit_closed(UnitClosed("abc-shops", "abc", "2099-01-01"), at=WEEK_LATER)
    assert listed(house) == ()
    reactions.shares_changed(SharesChanged("xyz", (ON + timedelta(days=1)).isoformat()), at=WEEK_LATER)
    reactions.powers_changed(PowersChanged("xyz", "2099-01-01"), at=WEEK_LATER)
    assert listed(house) == ()
    reactions.powers_changed(PowersChanged("xyz", ""), at=WEEK_LATER)
    assert [each.cause.code for each in listed(house)] == ["late_share"]
    LateDealing.objects.all().delete()
    reactions.ownership_recorded(OwnershipRecorded("gleif", 3), at=WEEK_LATER)
    assert [each.cause.code for each in listed(house)] == ["late_file"]
    LateDealing.objects.all().delete()
    reactions.file_loaded(WorldImported(3), at=WEEK_LATER)
    (row,) = listed(house)
    assert row.cause == Reason.of("late_file", known=WEEK_LATER.date())


def test_only_those_who_may_ask_decide_and_never_without_a_word(house):
    sold(ON)
    (row,) = listed(house)
    decided = {"at": WEEK_LATER, "key": row.id, "state": LateState.LEFT, "note": "Small."}
    with pytest.raises(Refused):
        operations.decide_late(by=house.actor(INES), **decided)
    with pytest.raises(Refusal) as refused:
        operations.decide_late(by=house.actor(SITI), **decided | {"note": "  "})
    assert refused.value.reason.code == "late_note_missing"
    with pytest.raises(NotThere):
        operations.decide_late(by=house.actor(SITI), **decided | {"key": 1})
    with pytest.raises(Refused):
        late.late(viewer=house.actor(INES), at=WEEK_LATER, params={})
    with pytest.raises(NotThere):
        late.one(viewer=house.actor(SITI), at=WEEK_LATER, key=1)
    with pytest.raises(Refused):
        operations.look_again(by=house.actor(SITI), at=AT, since=ON, cause=row.cause, companies=None)
    assert late.one(viewer=house.actor(SITI), at=WEEK_LATER, key=row.id).state is LateState.OPEN
    operations.decide_late(by=house.actor(SITI), **decided)
    assert [each.state for each in listed(house, state="LEFT")] == [LateState.LEFT]
    assert listed(house, state="OPEN") == ()


def test_the_office_lists_them_and_keeps_what_is_said(house):
    sold(ON)
    (row,) = listed(house)
    client = house.browser(SITI)
    told = words(client.get("/office/late-dealings/"))
    assert "ABC Retail" in told
    assert "not looked at" in told
    page = saved(client, f"/office/late-dealings/{row.id}/do/decide/", state="LEFT", note="Too small to correct.")
    assert "Too small to correct." in words(page)
    assert "XYZ Widgets became known that is another one from 24 November 2026 on." in words(page)
    assert house.browser(INES).get("/office/late-dealings/").status_code == 404


def test_a_household_that_becomes_known_late_lists_what_its_member_bought_and_never_whose_it_is(house):
    given_household_rule()
    work_off()
    given_person("erik", "Erik Lund")
    user = given_user("erik", person="erik")
    wanted = [Wanted("coffee-machine", 1)]
    by = actor(user, at=AT)
    total = trade.quote_for(viewer=by, at=AT, lines=wanted).quote.total
    place_order(by=by, at=AT, lines=wanted, expected=total, key="erik")
    home = given_household(MAYA.code, "erik")
    work_off()
    cause = Reason.of("late_household", known=AT.date())
    assert [(row.number, row.kind_then, row.kind_now, row.cause) for row in listed(house)] == [
        ("", Kind.OUTSIDE, Kind.STAKEHOLDER, cause)  # what is private is not numbered here
    ]
    parties.correct_household(
        by=HOUSE, at=AT, household=home, tie=Tie.CHILD, purposes=[Purpose.PRICE], valid_from=ON + timedelta(days=3)
    )
    work_off()
    assert listed(house) == ()
    again = given_household(MAYA.code, "erik", valid_from=LONG_AGO, valid_until=ON)
    parties.take_back_household(by=HOUSE, at=AT, household=again)
    work_off()
    assert listed(house) == ()


def test_work_that_ends_late_lists_what_the_household_bought_as_well(house):
    given_household_rule()
    given_person("erik", "Erik Lund")
    home = given_household(MAYA.code, "erik")
    work_off()
    by, wanted = actor(given_user("erik", person="erik"), at=AT), [Wanted("coffee-machine", 1)]
    total = trade.quote_for(viewer=by, at=AT, lines=wanted).quote.total
    place_order(by=by, at=AT, lines=wanted, expected=total, key="erik")
    assert listed(house) == ()
    parties.end_work(by=HOUSE, at=WEEK_LATER, work="maya-lund-abc", valid_until=ON)
    work_off()
    assert sorted(row.cause.code for row in listed(house)) == ["late_household", "late_work"]
    parties.end_household(by=HOUSE, at=WEEK_LATER, household=home, valid_until=ON)
    work_off()
    assert len(listed(house)) == 2
