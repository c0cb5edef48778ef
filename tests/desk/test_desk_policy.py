"""Who says what is promised: the data administrators of the company; and no actor is a refusal."""

from datetime import date

from tests.builders import HOUSE

from inward.core.terms import Period
from inward.desk import policy
from inward.kit.actor import NOBODY, Actor, Grant

ON = date(2026, 11, 24)


def keeper(*parties):
    reach = frozenset(parties) if parties else None
    grant = Grant("DATA_ADMINISTRATOR", "x", reach, Period(None, None))
    return Actor(user=1, person="p", acting_for=None, grants=(grant,))


def test_promises_are_said_by_the_data_administrators_of_the_company():
    assert policy.may_promise(keeper("abc"), company="abc", on=ON)
    assert not policy.may_promise(keeper("abc"), company="xyz", on=ON)
    assert not policy.may_promise(NOBODY, company="abc", on=ON)


def test_promises_are_listed_to_those_who_look_after_them():
    assert policy.standards_kept_by(keeper("abc", "abc-it"), on=ON) == {"abc", "abc-it"}
    assert policy.standards_kept_by(keeper(), on=ON) is None
    assert policy.standards_kept_by(NOBODY, on=ON) == frozenset()
    assert not policy.may_keep_letters(NOBODY, on=ON)


def test_nobody_serves_and_a_program_without_a_person_asks_for_what_its_departments_buy():
    assert policy.cases_served_by(NOBODY, keys={"abc-it": 7}, near=(), on=ON) == ()
    assert policy.cases_asked_by(NOBODY, keys={"abc-it": 7}, on=ON) == ()
    buys = Grant("BUYER", "x", frozenset({"abc-it", "gone"}), Period(None, None))
    program = Actor(user=1, person=None, acting_for=None, grants=(buys,))
    (way,) = policy.cases_asked_by(program, keys={"abc-it": 7}, on=ON)
    assert "('customer_id', 7)" in str(way)


def test_the_house_itself_sees_every_case_by_one_way_whatever_it_serves():
    (way,) = policy.cases_served_by(HOUSE, keys={}, near=(), on=ON)
    assert way.deconstruct()[1:] == ((("pk__isnull", False),), {})
