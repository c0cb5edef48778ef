"""Departments buy from one another: help that is free shows its cost; nothing leaves the legal entity."""

from tests.builders import AT, HOUSE
from tests.cast import INES

from inward.core.classification import Kind
from inward.core.pricing import Wanted
from inward.core.terms import Money
from inward.ledger import queries as books
from inward.trade import queries


def eur(amount):
    return Money.of(amount, "EUR")


def test_free_help_costs_the_department_nothing_and_shows_what_it_cost_the_house(house):
    buyer = house.actor(INES, acting_for="abc-purchasing")
    quoted = queries.quote_for(viewer=buyer, at=AT, lines=[Wanted("help-hour", 3)]).quote
    (line,) = quoted.lines
    assert quoted.standing.kind is Kind.DEPARTMENT
    assert (line.ordinary, quoted.total) == (eur("195.00"), eur("0.00"))
    assert line.cost == eur("126.00")


def test_what_is_free_is_absorbed_by_who_gives_it_and_stays_in_the_company(house):
    done = house.order(INES, ("help-hour", 3), customer="abc-purchasing")
    entries = books.entries_of(viewer=HOUSE, at=AT, reference=done.reference)
    assert {entry.company.code for entry in entries} == {"abc"}
    assert sum(line.amount.minor for entry in entries for line in entry.lines) == 0
    assert {line.cost_centre.code for entry in entries for line in entry.lines if line.cost_centre} == {"abc-it"}
