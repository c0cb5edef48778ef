"""Somebody buys for her household under a scheme that lets it in: whoever belongs to it on the day, and nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.pricing.conftest import ON, book, by_rule, listed, scheme, staff_rule, world

from inward.core.classification import Household, Kind, Person, Tie, WorkKind, World
from inward.core.pricing import Alike, Basis, Fixed, Level, PriceRule, Scope, Used, Wanted, home_of, quote
from inward.core.pricing.eligibility import HER_OWN
from inward.core.pricing.reading import scheme as read_scheme
from inward.core.terms import Fields, Period, Refusal, UnitPrice

DAY = timedelta(days=1)
MACHINE = [Wanted("machine", 1)]
SPOUSES = frozenset({Tie.SPOUSE, Tie.PARTNER})


def house(*homes):
    made = world()
    return World.of(
        companies=made.companies,
        holdings=made.holdings,
        units=made.units,
        people=[*made.people, Person("sam"), Person("kim")],
        work_relationships=made.work_relationships,
        households=homes,
    )


def home(member="sam", tie=Tie.SPOUSE, since=None, until=None, person="maya", number=1):
    return Household(f"h-{member}-{number}", person, member, tie, Period(since, until))


def prices(*more, **terms):
    return book(listed(), staff_rule(), *more, schemes=[scheme(**{"household": SPOUSES} | terms)])


def asked(found, made, member="sam", on=ON, lines=MACHINE, used=()):
    whom = None if member is None else home_of(made, "maya", member, on)
    return quote(world=made, book=found, supplier="abc", customer="maya", on=on, lines=lines, used=used, home=whom)


def staff(found, made, member="sam", on=ON):
    return by_rule(asked(found, made, member, on).lines[0])["staff"]


def test_for_whom_the_scheme_names_it_costs_what_it_costs_herself():
    made = house(home())
    assert staff(prices(), made) == staff(prices(), made, None) == ("won", "rule_won")
    assert asked(prices(), made).total == asked(prices(), made, None).total


@pytest.mark.parametrize(
    ("terms", "tie", "why"),
    [
        ({"household": frozenset()}, Tie.SPOUSE, "scheme_not_for_household"),
        ({}, Tie.CHILD, "scheme_for_other_ties"),
        ({"work_kinds": frozenset({WorkKind.RETIREE})}, Tie.SPOUSE, "scheme_for_other_work"),
    ],
)
def test_where_it_does_not_the_ordinary_price_holds_and_she_alone_reads_why(terms, tie, why):
    made, found = house(home(tie=tie)), prices(**terms)
    assert staff(found, made) == ("not_applicable", why)
    assert [part.basis for part in asked(found, made).lines[0].parts] == [Basis.LIST]
    assert why in HER_OWN or why == "scheme_for_other_work"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (ON - DAY, ("not_applicable", "scheme_household_not_yet")),
        (ON, ("won", "rule_won")),
        (ON + 9 * DAY, ("won", "rule_won")),
        (ON + 10 * DAY, ("not_applicable", "scheme_household_over")),
    ],
)
def test_from_her_first_day_in_the_household_to_her_last(on, expected):
    made = house(home(since=ON, until=ON + 10 * DAY))
    assert staff(prices(), made, on=on) == expected
    (line,) = asked(prices(), made, on=on).lines
    why = next(each.why for each in line.trace if each.rule == "staff")
    assert not {"sam", "since", "until"} & {*why.facts, *map(str, why.facts.values())}


def test_of_several_times_the_one_of_the_day_counts_else_the_last_that_ended_else_the_next():
    first, second = home(until=ON - 20 * DAY), home(since=ON - 10 * DAY, until=ON, number=2)
    third = home(since=ON + 10 * DAY, number=3)
    made = house(first, second, third)
    days = {ON - 30 * DAY: first, ON - 15 * DAY: first, ON - DAY: second, ON + DAY: second, ON + 20 * DAY: third}
    assert {day: home_of(made, "maya", "sam", day) for day in days} == days
    assert home_of(house(third, home(since=ON + 90 * DAY, number=4)), "maya", "sam", ON) == third


@pytest.mark.parametrize("member", ["kim", "nora", "maya", "ghost"])
def test_whoever_was_never_of_it_is_refused_alike_whoever_she_is(member):
    made = house(home(), home("kim", person="dina"))
    with pytest.raises(Refusal) as found:
        home_of(made, "maya", member, ON)
    assert (found.value.reason.code, dict(found.value.reason.facts), found.value.where) == (
        "not_of_household",
        {},
        "beneficiary",
    )


def test_all_of_a_household_draw_on_one_allowance():
    made = house(home(), home("kim", Tie.PARTNER))
    found = prices(allowance_money=None, allowance_units=1)
    used = [Used("staff", "2026", None, 1)]
    assert asked(found, made).allowances[0].units == 1
    for member in ("sam", "kim", None):
        assert by_rule(asked(found, made, member, used=used).lines[0])["staff"] == (
            "not_applicable",
            "allowance_used_up",
        )


@pytest.mark.parametrize(
    ("scope", "for_sam"),
    [
        (Scope(party="maya"), "rule_for_oneself_alone"),
        (Scope(frozenset({Kind.STAFF})), "rule_for_oneself_alone"),
        (Scope(), "rule_won"),
    ],
)
def test_what_was_agreed_with_her_is_for_herself_alone_and_what_everybody_has_is_for_all(scope, for_sam):
    agreed = PriceRule("agreed", Level.AGREEMENT, "abc", Fixed(UnitPrice.of("1.00", "EUR")), scope=scope)
    made, found = house(home()), prices(agreed)
    assert by_rule(asked(found, made, None).lines[0])["agreed"][0] == "won"
    assert by_rule(asked(found, made).lines[0])["agreed"][1] == for_sam


def test_many_dealings_tell_herself_and_her_household_apart():
    made, found = house(home(), home("kim", Tie.CHILD)), prices()
    alike = Alike(made, found)
    for member in (None, "sam", "kim", None):
        whom = None if member is None else home_of(made, "maya", member, ON)
        (line,) = alike.lines(supplier="abc", customer="maya", on=ON, wanted=MACHINE, home=whom)
        assert line.gross == asked(found, made, member).total


def test_the_ties_are_read_as_files_say_them():
    row = {"id": "staff", "supplier": "abc", "household": ["SPOUSE", "CHILD"]}
    assert read_scheme(Fields(row)).household == frozenset({Tie.SPOUSE, Tie.CHILD})
    assert replace(read_scheme(Fields(row)), household=frozenset()) == read_scheme(Fields(row | {"household": []}))
