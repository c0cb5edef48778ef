"""Who is suspended from a scheme pays as everybody does, on these days, and nobody else is touched."""

from datetime import date

import pytest
from tests.core.pricing.conftest import ON, asked, book, by_rule, listed, scheme, staff_rule, work, world

from inward.core.classification import classify
from inward.core.pricing import Alike, Suspension, Wanted
from inward.core.pricing.eligibility import HER_OWN
from inward.core.pricing.revising import PriceEnds, revised
from inward.core.terms import Period
from inward.trade.programmes import opened

MARCH = Period(date(2026, 3, 2), date(2026, 4, 1))
EVER = Period(None, None)
BARRED = ("not_applicable", "scheme_suspended")
WON = ("won", "rule_won")
HOUSE = world(work("gry"), work("tor"))
MACHINE = [Wanted("machine", 1)]


def barred(*suspensions):
    return book(listed(), staff_rule(), schemes=[scheme()], suspensions=suspensions)


def outcome(prices, person="gry", on=ON, house=HOUSE):
    return by_rule(asked(prices, person, house=house, on=on).lines[0])["staff"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 3, 1), WON), (date(2026, 3, 2), BARRED), (date(2026, 3, 31), BARRED), (date(2026, 4, 1), WON)],
)
def test_from_the_first_day_to_the_last_the_ordinary_price_holds(day, expected):
    assert outcome(barred(Suspension("staff", "gry", MARCH)), on=day) == expected


def test_nobody_else_is_touched_and_no_other_scheme():
    assert outcome(barred(Suspension("staff", "tor", EVER))) == WON
    assert outcome(barred(Suspension("another", "gry", EVER))) == WON


def test_the_order_in_which_they_are_given_never_matters_and_that_it_is_so_is_hers_to_read():
    one, other = Suspension("staff", "gry", MARCH), Suspension("staff", "tor", MARCH)
    assert barred(one, other).suspensions == barred(other, one).suspensions == (one, other)
    assert "scheme_suspended" in HER_OWN


def test_whose_work_does_not_earn_the_scheme_reads_that_and_not_that_she_is_suspended():
    left = world(work("gry", "xyz"))
    prices = book(
        listed(),
        staff_rule(),
        schemes=[scheme(employers=frozenset({"abc"}))],
        suspensions=[Suspension("staff", "gry", EVER)],
    )
    assert outcome(prices, house=left) == ("not_applicable", "scheme_of_other_employers")


def test_two_alike_but_for_a_suspension_are_not_asked_the_same():
    prices = Alike(HOUSE, barred(Suspension("staff", "gry", EVER)))
    totals = {}
    for person in ("tor", "gry"):
        standing = classify(supplier="abc", customer=person, world=HOUSE, on=ON, definition=HOUSE.definition_on(ON))
        (line,) = prices.lines(supplier="abc", customer=person, standing=standing, on=ON, wanted=MACHINE)
        totals[person] = line.net.minor
    assert totals == {"tor": 75_00, "gry": 100_00}


def test_a_book_that_is_tried_otherwise_keeps_who_is_suspended():
    closed = Suspension("staff", "gry", EVER)
    assert revised(barred(closed), PriceEnds("staff", date(2027, 1, 1))).suspensions == (closed,)
    assert opened(barred(closed), "staff").suspensions == (closed,)
