"""S10: the spouse of a shop assistant buys as the house allows families to, for as long as they are one, and nobody reads whose.

The coffee machine is 121.00 with tax; families pay a tenth less (108.90). Maya works for ABC; Erik works for nobody.
"""

from datetime import timedelta
from fractions import Fraction

import pytest
from tests.builders import (
    AT,
    HOUSE,
    ON,
    actor,
    given_household,
    given_household_rule,
    given_person,
    given_role,
    given_user,
)
from tests.cast import HENK, MAYA, TOR
from tests.shop import EVER, given_the_house

from inward.catalogue import operations as catalogue
from inward.core.classification import Kind
from inward.core.pricing import Level, PercentOff, PriceRule, Scope, Wanted
from inward.core.terms import Money, Rate
from inward.parties import explaining
from inward.parties import operations as parties
from inward.parties.vocabulary import Purpose
from inward.trade import operations as trade
from inward.trade import queries

LINES = [Wanted("coffee-machine", 1)]
NEXT_YEAR = AT + timedelta(days=60)


@pytest.fixture
def house(db):
    made = given_the_house()
    given_person("erik", "Erik Lund")
    scope = Scope(frozenset({Kind.STAKEHOLDER}))
    rule = PriceRule("family", Level.AGREEMENT, "abc", PercentOff(Rate(Fraction(1, 10))), scope=scope, period=EVER)
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    made.users["erik"] = given_user("erik", person="erik")
    return made


def eur(amount):
    return Money.of(amount, "EUR")


def asked(house, at=AT):
    return queries.quote_for(viewer=actor(house.users["erik"], at=at), at=at, lines=LINES).quote


def at_home(house):
    given_household_rule()
    given_role(house.users[HENK.code], "HOUSEHOLD_KEEPER", "abc")
    return given_household(MAYA.code, "erik")


def test_without_a_household_he_is_anybody(house):
    quote = asked(house)
    assert (quote.standing.kind, quote.total) == (Kind.OUTSIDE, eur("121.00"))
    given_household_rule()
    assert asked(house).total == eur("121.00")


def test_as_her_spouse_he_pays_a_tenth_less_until_the_day_they_part_and_what_he_bought_keeps_its_price(house):
    home = at_home(house)
    quote = asked(house)
    assert (quote.standing.kind, quote.total) == (Kind.STAKEHOLDER, eur("108.90"))
    erik = actor(house.users["erik"])
    done = trade.place_order(by=erik, at=AT, lines=LINES, expected=quote.total, key="first")
    parties.end_household(by=erik, at=AT, household=home, valid_until=ON + timedelta(days=1))
    assert asked(house).total == eur("108.90")
    assert asked(house, AT + timedelta(days=1)).total == eur("121.00")
    order = queries.order(viewer=erik, at=NEXT_YEAR, reference=done.reference)
    assert (order.row.total, order.standing.kind) == (eur("108.90"), Kind.STAKEHOLDER)


def test_when_she_leaves_the_company_he_pays_what_everybody_pays(house):
    at_home(house)
    parties.end_work(by=HOUSE, at=AT, work="maya-lund-abc", valid_until=ON)
    assert asked(house).total == eur("121.00")


def test_neither_the_order_nor_the_shop_that_serves_it_nor_a_question_tells_whose_spouse_he_is(house):
    at_home(house)
    erik = actor(house.users["erik"])
    done = trade.place_order(by=erik, at=AT, lines=LINES, expected=eur("108.90"), key="first")
    for viewer in (erik, house.actor(TOR)):
        order = queries.order(viewer=viewer, at=AT, reference=done.reference)
        assert [ground.code for ground in order.standing.grounds] == ["household_unnamed"]
        assert MAYA.name not in repr(order)
    rule = explaining.queries.world().definition_on(ON)

    def told(viewer, purpose=Purpose.PRICE):
        return explaining.explained(
            viewer=viewer, at=AT, supplier="abc", customer="erik", on=ON, definition=rule, purpose=purpose
        )

    assert MAYA.name in repr(told(erik))
    assert MAYA.name not in repr(told(house.actor(TOR)))
    assert told(erik, None).standing.kind is Kind.OUTSIDE


def ordered(house):
    erik = actor(house.users["erik"])
    placed = trade.place_order(by=erik, at=AT, lines=LINES, expected=asked(house).total, key="first")
    return queries.order(viewer=erik, at=AT, reference=placed.reference)


def test_a_household_declared_for_prices_alone_is_nothing_to_the_books_though_both_have_one_rule(house):
    given_household_rule(Purpose.PRICE, Purpose.BOOKS)
    given_household(MAYA.code, "erik", purposes=(Purpose.PRICE,))
    order = ordered(house)
    assert (order.row.kind, order.row.total) == (Kind.STAKEHOLDER, eur("108.90"))
    assert (order.books_kind, order.books_definition) == (Kind.OUTSIDE, "near")


def test_a_household_declared_for_the_books_alone_lowers_no_price(house):
    given_household_rule(Purpose.PRICE, Purpose.BOOKS)
    given_household(MAYA.code, "erik", purposes=(Purpose.BOOKS,))
    order = ordered(house)
    assert (order.row.kind, order.row.total) == (Kind.OUTSIDE, eur("121.00"))
    assert order.books_kind is Kind.STAKEHOLDER


def test_a_household_declared_for_both_is_one_to_both(house):
    given_household_rule(Purpose.PRICE, Purpose.BOOKS)
    given_household(MAYA.code, "erik", purposes=(Purpose.PRICE, Purpose.BOOKS))
    order = ordered(house)
    assert (order.row.kind, order.books_kind) == (Kind.STAKEHOLDER, Kind.STAKEHOLDER)
