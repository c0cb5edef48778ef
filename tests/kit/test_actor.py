"""Who acts: roles hold over parties and for a time; nobody holds anything."""

from datetime import date

import pytest

from inward.core.terms import Period
from inward.kit.actor import NOBODY, Actor, Grant

ON = date(2026, 3, 2)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
PAST = Period(date(2025, 1, 1), date(2026, 3, 2))


def ada(*grants: Grant, acting_for: str | None = None) -> Actor:
    return Actor(user=7, person="p-ada", acting_for=acting_for, grants=grants, subject="s-ada")


def test_a_role_holds_over_the_parties_it_reaches_and_no_others() -> None:
    actor = ada(Grant("BUYER", "kitchen", frozenset({"kitchen", "bakery"}), YEAR))

    assert actor.holds("BUYER", over="bakery", on=ON)
    assert actor.holds("BUYER", over=None, on=ON)
    assert not actor.holds("BUYER", over="garage", on=ON)
    assert not actor.holds("SELLER", over="bakery", on=ON)
    assert not actor.holds("SELLER", over=None, on=ON)


def test_a_role_is_gone_on_the_day_its_period_ends() -> None:
    actor = ada(Grant("BUYER", "kitchen", frozenset({"kitchen"}), PAST))

    assert actor.holds("BUYER", over="kitchen", on=date(2026, 3, 1))
    assert not actor.holds("BUYER", over="kitchen", on=ON)
    assert not actor.holds("BUYER", over=None, on=ON)
    assert actor.parties("BUYER", ON) == frozenset()


def test_a_role_over_the_whole_house_reaches_everybody() -> None:
    actor = ada(Grant("AUDITOR", "*", None, YEAR), Grant("AUDITOR", "kitchen", frozenset({"kitchen"}), YEAR))

    assert actor.holds("AUDITOR", over="garage", on=ON)
    assert actor.parties("AUDITOR", ON) is None


def test_parties_are_those_of_every_grant_of_the_role_that_holds_on_the_day() -> None:
    actor = ada(
        Grant("BUYER", "kitchen", frozenset({"kitchen", "bakery"}), YEAR),
        Grant("BUYER", "garage", frozenset({"garage"}), YEAR),
        Grant("BUYER", "attic", frozenset({"attic"}), PAST),
        Grant("SELLER", "cellar", frozenset({"cellar"}), YEAR),
    )

    assert actor.parties("BUYER", ON) == frozenset({"kitchen", "bakery", "garage"})
    assert actor.parties("CONTROLLER", ON) == frozenset()


def test_somebody_buys_for_herself_unless_she_acts_for_another() -> None:
    assert ada().customer == "p-ada"
    assert ada(acting_for="kitchen").customer == "kitchen"
    assert NOBODY.customer is None


def test_nobody_holds_nothing_whatever_the_grants_say() -> None:
    forged = Actor(user=None, person=None, acting_for="kitchen", grants=(Grant("BUYER", "*", None, YEAR),))

    for actor in (NOBODY, forged):
        assert actor.nobody
        assert not actor.is_system
        assert not actor.holds("BUYER", over="kitchen", on=ON)
        assert not actor.holds("BUYER", over=None, on=ON)
        assert actor.parties("BUYER", ON) == frozenset()


def test_the_house_itself_acts_under_a_name_and_holds_every_role() -> None:
    actor = Actor.system("nightly")

    assert actor.subject == "system:nightly"
    assert (actor.user, actor.person, actor.customer, actor.via) == (None, None, None, "worker")
    assert actor.is_system
    assert not actor.nobody
    assert actor.holds("CONTROLLER", over="kitchen", on=ON)
    assert actor.parties("CONTROLLER", ON) is None
    assert Actor.system("load", via="cli").via == "cli"


def test_the_house_needs_a_name_to_act() -> None:
    with pytest.raises(ValueError, match="name"):
        Actor.system("")


@pytest.mark.parametrize(("user", "person"), [(7, None), (None, "p-ada"), (7, "p-ada")])
def test_a_person_whose_subject_looks_like_the_house_is_not_the_house(user: int | None, person: str | None) -> None:
    actor = Actor(user=user, person=person, acting_for=None, grants=(), subject="system:nightly")

    assert not actor.is_system
    assert not actor.nobody
    assert not actor.holds("CONTROLLER", over="kitchen", on=ON)
    assert actor.parties("CONTROLLER", ON) == frozenset()
