"""That somebody's work ends is her own affair: she reads why there is no staff price any more, whoever serves her does not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON
from tests.cast import MAYA, TOR
from tests.shop import given_the_house

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.classification import Verdict, WorkState
from inward.core.pricing import Wanted
from inward.core.terms import Money, Period
from inward.parties import operations as parties
from inward.parties import queries as known
from inward.trade import queries

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


def test_a_colleague_who_stays_buys_as_before(house):
    assert house.order(TOR, ("coffee-machine", 1)).total == Money.of("90.75", "EUR")


def test_her_manager_and_those_who_approve_or_administer_are_shown_nothing_of_what_she_buys(house):
    """Who leads, who holds the budget and who looks after the records: her order is as good as not there for them."""
    from tests.cast import HENK, SITI

    from inward.kit.policy import NotThere

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
