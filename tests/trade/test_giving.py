"""Unused allowance goes to a colleague or the household as the scheme says, once, and never more than is one's own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_household, given_household_rule, nothing_written
from tests.cast import DEWI, INES, JONAS, MAYA, NORA, RATNA, TOR
from tests.shop import given_the_house
from tests.trade.test_benefit import euro, ordered

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.pricing import GivenTo
from inward.core.terms import Money, Period, Refusal
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.trade import giving, operations, queries
from inward.trade.models import AllowanceGift, AllowanceUse

ALL, HUNDRED = frozenset(GivenTo), euro("100.00")


def scheme(**more):
    found = replace(price_book().schemes["abc-staff"], period=Period(), **more)
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=found, valid_from=date(ON.year, 1, 1))


@pytest.fixture
def house(db):
    made = given_the_house()
    scheme(given_to=frozenset({GivenTo.COLLEAGUE}))
    return made


def give(house, to=INES, money=HUNDRED, part=MAYA, at=AT, units=0, of="abc-staff"):
    operations.give_allowance(by=house.actor(part), at=at, scheme=of, to=to.code, money=money, units=units)


def left(house, part=MAYA, at=AT):
    (allowance,) = queries.allowances(viewer=house.actor(part), at=at)
    return allowance.money_left


def refused(code, act):
    with nothing_written(), pytest.raises(Refusal) as found:
        act()
    assert found.value.reason.code == code


def test_what_is_given_is_drawn_by_one_and_raises_the_other_s_year(house):
    give(house)
    assert (left(house), left(house, INES)) == (euro("500.00"), euro("700.00"))
    assert left(house, INES, AT + timedelta(days=60)) == euro("600.00")
    (mine,), (hers,) = (giving.gifts(viewer=house.actor(part)) for part in (MAYA, INES))
    assert (mine.mine, mine.other.code, hers.mine, hers.other.code) == (True, INES.code, False, MAYA.code)
    assert (mine.money, mine.units, mine.period) == (euro("100.00"), 0, "2026")
    row = AuditRow.objects.get(act="trade.give_allowance")
    assert (row.facts, INES.code in row.thing) == ({"scheme": "abc-staff", "money": 10000, "units": 0}, False)


def test_the_receiver_buys_with_it(house):
    give(house, money=euro("90.75"))
    assert ordered(house, INES, 7).total_minor == 7 * 90_75
    assert left(house, INES) == euro("55.50")


def test_only_what_is_one_s_own_and_unused_is_given(house):
    ordered(house, count=4)  # 363.00 of 600.00
    refused("allowance_gift_too_much", lambda: give(house, money=euro("237.01")))
    give(house, money=euro("237.00"))
    give(house, MAYA, euro("50.00"), part=INES)
    refused("allowance_gift_too_much", lambda: give(house, money=euro("0.01")))
    assert left(house) == euro("50.00")


def test_somebody_who_draws_at_the_same_moment_leaves_nothing_to_give(house, monkeypatch):
    before = giving.may_get

    def meanwhile(*args):
        AllowanceUse.objects.create(
            person_id=house_key(MAYA), scheme="abc-staff", period="2026", currency="EUR", used_minor=60000
        )
        return before(*args)

    monkeypatch.setattr(giving, "may_get", meanwhile)
    with pytest.raises(Refusal) as found:
        give(house)
    assert (found.value.reason.code, AllowanceGift.objects.count()) == ("allowance_gift_too_much", 0)


def house_key(part):
    from inward.parties import queries as parties

    return parties.keys()[part.code]


@pytest.mark.parametrize("to", [MAYA, NORA, RATNA, DEWI, JONAS])
def test_whom_the_scheme_does_not_name_gets_nothing_and_nobody_reads_why(house, to):
    scheme(given_to=frozenset({GivenTo.COLLEAGUE}), tenure_months=6)
    refused("allowance_not_for_them", lambda: give(house, to))


def test_nobody_and_nothing_is_given(house):
    refused("allowance_not_for_them", lambda: give(house, replace(INES, code="ghost")))
    with nothing_written(), pytest.raises(NotThere):
        give(house, of="ghost")
    for by in (NOBODY, HOUSE):
        with nothing_written(), pytest.raises(Refused):
            operations.give_allowance(by=by, at=AT, scheme="abc-staff", to=INES.code, money=euro("1"))
    assert (giving.gifts(viewer=NOBODY), giving.givable(viewer=NOBODY, at=AT)) == ((), ())


@pytest.mark.parametrize(
    ("money", "units", "code"),
    [
        (None, 0, "allowance_gift_empty"),
        (euro("0"), 0, "allowance_gift_empty"),
        (euro("-1"), 0, "allowance_gift_empty"),
        (euro("1"), -1, "allowance_gift_empty"),
        (None, 1, "allowance_not_in_pieces"),
        (Money.of("1", "NOK"), 0, "allowance_not_in_money"),
    ],
)
def test_what_is_given_is_something_the_allowance_counts(house, money, units, code):
    refused(code, lambda: give(house, money=money, units=units))


def test_an_allowance_in_pieces_is_given_in_pieces(house):
    scheme(given_to=ALL, allowance_money=None, allowance_units=5)
    ordered(house, count=2)
    assert [(each.money, each.units) for each in giving.givable(viewer=house.actor(MAYA), at=AT)] == [(None, 3)]
    refused("allowance_not_in_money", lambda: give(house))
    refused("allowance_gift_too_much", lambda: give(house, money=None, units=4))
    give(house, money=None, units=3)
    views = {part: queries.allowances(viewer=house.actor(part), at=AT)[0].units_left for part in (MAYA, INES)}
    assert views == {MAYA: 0, INES: 8}


def test_a_scheme_that_names_nobody_lets_nobody_give(house):
    scheme(given_to=frozenset())
    refused("allowance_not_given", lambda: give(house))
    assert giving.givable(viewer=house.actor(MAYA), at=AT) == ()
    refused("allowance_not_given", lambda: give(house, part=NORA))


def test_to_the_household_alone(house):
    scheme(given_to=frozenset({GivenTo.HOUSEHOLD}))
    refused("allowance_not_for_them", lambda: give(house))
    given_household_rule()
    given_household(MAYA.code, INES.code)
    give(house)
    give(house, MAYA, euro("5.00"), part=INES)
    refused("allowance_not_for_them", lambda: give(house, TOR))
    assert giving.givable(viewer=house.actor(MAYA), at=AT)[0].money == euro("500.00")


def test_money_of_a_currency_that_the_allowance_had_is_no_allowance_any_more(house):
    give(house)
    AllowanceUse.objects.update(currency="NOK")
    scheme(given_to=ALL)
    assert giving.own_left(MAYA.code, price_book().scheme_on("abc-staff", ON), ON).money == euro("600.00")
