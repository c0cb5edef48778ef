"""That somebody's work ends is her own affair: she reads why there is no staff price any more, whoever serves her does not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON
from tests.cast import HENK, MAYA, SITI, TOR
from tests.shop import eur, given_the_house

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.classification import Verdict, WorkState
from inward.core.pricing import Cost, Limit, Span, Wanted
from inward.core.pricing.revising import CostFrom
from inward.core.terms import Money, Period
from inward.kit.policy import NotThere
from inward.parties import operations as parties
from inward.parties import queries as known
from inward.trade import queries, trying

CLOSED = "scheme_closed_before_leaving"


@pytest.fixture
def house(db):
    found = given_the_house()
    scheme = replace(price_book().schemes["abc-staff"], period=Period(), leaving_days=30)
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=scheme, valid_from=date(ON.year, 1, 1))
    (work,) = known.world().work[MAYA.code]
    parties.end_work(by=HOUSE, at=AT, work=work.id, valid_until=ON + timedelta(days=10))
    return found


def codes(lines):
    return {each.why.code for line in lines for each in line.trace}


def test_she_reads_that_the_scheme_is_closed_and_whoever_serves_her_does_not(house):
    asked = queries.quote_for(viewer=house.actor(MAYA), at=AT, lines=[Wanted("coffee-machine", 1)])
    assert (asked.quote.total, CLOSED in codes(asked.quote.lines)) == (Money.of("121.00", "EUR"), True)
    reference = house.order(MAYA, ("coffee-machine", 1)).reference
    hers = queries.order(viewer=house.actor(MAYA), at=AT, reference=reference)
    served = queries.order(viewer=house.actor(TOR), at=AT, reference=reference)
    assert CLOSED in codes(line.quoted for line in hers.lines)
    assert codes(line.quoted for line in served.lines) == {"rule_won"}


def test_a_price_that_is_tried_on_her_does_not_tell_that_her_work_ends(house):
    asked = trying.asked(known.world(), price_book(), offering="coffee-machine", customer=MAYA.code, quantity=1, on=ON)
    assert codes([asked.line]) == {"rule_won"}


def test_a_change_is_tried_on_somebody_who_stays_rather_than_on_whoever_has_worked_longest(house):
    (work,) = known.world().work[HENK.code]
    change = CostFrom(Cost("coffee-machine", eur("70"), Period(ON, None)))

    def employee():
        found = trying.buyers(known.world(), price_book(), change, supplier="abc", on=ON)
        return dict(found)[trying.Buyer.STAFF]

    assert employee() == HENK.code
    parties.end_work(by=HOUSE, at=AT, work=work.id, valid_until=ON + timedelta(days=10))
    assert employee() not in (HENK.code, MAYA.code)


def test_when_she_bought_before_is_read_by_nobody_else(house):
    limit = Limit("window", Span.ROLLING, units=1, days=30)
    catalogue.set_scheme_limit(by=HOUSE, at=AT, scheme="abc-staff", limit=limit, valid_from=date(ON.year, 1, 1))
    house.order(HENK, ("coffee-machine", 1))
    reference = house.order(HENK, ("coffee-machine", 1), key="again").reference

    def why(viewer):
        found = queries.order(viewer=house.actor(viewer), at=AT, reference=reference)
        (told,) = (t.why for line in found.lines for t in line.quoted.trace if t.why.code == "limit_reached_rolling")
        return dict(told.facts)

    hers = why(HENK)
    assert hers["next_on"] == ON + timedelta(days=30)
    assert why(TOR) == {name: fact for name, fact in hers.items() if name != "next_on"}


def test_a_colleague_who_stays_buys_as_before(house):
    assert house.order(TOR, ("coffee-machine", 1)).total == Money.of("90.75", "EUR")


def test_her_manager_and_those_who_approve_or_administer_are_shown_nothing_of_what_she_buys(house):
    """Who leads, who holds the budget and who looks after the records: her order is as good as not there for them."""
    reference = house.order(MAYA, ("coffee-machine", 1)).reference
    for part in (HENK, SITI):
        viewer = house.actor(part)
        assert queries.orders(viewer=viewer, at=AT).rows == ()
        with pytest.raises(NotThere):
            queries.order(viewer=viewer, at=AT, reference=reference)


CLOSED_IN_STATE = "scheme_closed_in_state"


@pytest.fixture
def on_leave(db):
    """Maya is in unpaid leave, and the scheme of her employer is closed in it."""
    found = given_the_house()
    scheme = replace(price_book().schemes["abc-staff"], period=Period(), closed_in=frozenset(WorkState))
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=scheme, valid_from=date(ON.year, 1, 1))
    state = {"person": MAYA.code, "company": "abc", "state": WorkState.UNPAID_LEAVE}
    parties.note_work_state(by=HOUSE, at=AT, **state, valid_from=ON, valid_until=ON + timedelta(days=1))
    return found


def test_unpaid_leave_stops_the_staff_price_that_same_day_and_only_she_reads_why(on_leave):
    asked = queries.quote_for(viewer=on_leave.actor(MAYA), at=AT, lines=[Wanted("coffee-machine", 1)])
    assert (asked.quote.total, CLOSED_IN_STATE in codes(asked.quote.lines)) == (Money.of("121.00", "EUR"), True)
    assert asked.quote.standing.verdict is Verdict.INTERNAL
    reference = on_leave.order(MAYA, ("coffee-machine", 1)).reference
    served = queries.order(viewer=on_leave.actor(TOR), at=AT, reference=reference)
    assert codes(line.quoted for line in served.lines) == {"rule_won"}
    back = queries.quote_for(
        viewer=on_leave.actor(MAYA), at=AT + timedelta(days=1), lines=[Wanted("coffee-machine", 1)]
    )
    assert back.quote.total == Money.of("90.75", "EUR")
