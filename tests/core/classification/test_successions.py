"""A company that has gone up in another stands where that one stands, from its day on."""

from datetime import date
from fractions import Fraction

import pytest

from inward.core.classification import (
    Company,
    Holding,
    Kind,
    Person,
    Succession,
    Supposed,
    Unit,
    WorkKind,
    WorkRelationship,
    World,
    changed_days,
    classify,
    compare,
    flips,
    suppose,
)
from inward.core.terms import Period, Refusal

DAY = date(2026, 7, 1)
EVE = date(2026, 6, 30)


def world(*successions):
    companies = [Company(code) for code in ("top", "a", "b", "c", "out")]
    holdings = [
        Holding("a", "top", "a", Fraction(1), Period()),
        Holding("b", "top", "b", Fraction(1), Period(None, DAY)),
        Holding("c", "top", "c", Fraction(1), Period()),
    ]
    return World.of(companies=companies, holdings=holdings, successions=successions)


def kinds(given, on):
    return [classify(supplier="b", customer=other, world=given, on=on).kind for other in ("a", "b", "c", "out")]


def test_it_stands_where_the_other_stands_from_its_day_on():
    given = world(Succession("b", "a", DAY))
    assert kinds(given, EVE) == [Kind.AFFILIATE, Kind.SELF, Kind.AFFILIATE, Kind.OUTSIDE]
    assert kinds(given, DAY) == [Kind.DEPARTMENT, Kind.SELF, Kind.AFFILIATE, Kind.OUTSIDE]
    assert kinds(world(), DAY) == [Kind.OUTSIDE, Kind.SELF, Kind.OUTSIDE, Kind.OUTSIDE]
    found = classify(supplier="c", customer="b", world=given, on=DAY)
    assert [ground.code for ground in found.grounds] == ["succeeded", "holds", "holds"]
    assert (found.supplier_company, found.customer_company) == ("c", "a")


def test_of_several_the_latest_holds_and_a_circle_ends():
    given = world(Succession("b", "a", DAY), Succession("b", "c", date(2026, 8, 1)), Succession("c", "b", DAY))
    assert given.stands_for("b", DAY) == "a"
    assert given.stands_for("b", date(2026, 8, 1)) == "c"
    assert given.stands_for("c", DAY) == "a"
    assert world(Succession("a", "b", DAY), Succession("b", "a", DAY)).stands_for("a", DAY) == "b"
    assert given.stands_for("b", EVE) == "b"


@pytest.mark.parametrize(
    ("wrong", "where"), [(Succession("b", "x", DAY), "into"), (Succession("x", "a", DAY), "company")]
)
def test_nobody_goes_up_in_what_nobody_knows(wrong, where):
    with pytest.raises(Refusal) as refused:
        world(wrong)
    assert (refused.value.reason.code, refused.value.where) == ("id_unknown", f"successions[0].{where}")


def test_it_is_supposed_as_other_facts_are():
    supposed = Supposed(successions=(Succession("b", "a", DAY),))
    after = suppose(world(), supposed | Supposed())
    assert after.successions == supposed.successions
    assert changed_days(world(), after) == (DAY,)
    assert kinds(after, DAY) == kinds(world(Succession("b", "a", DAY)), DAY)
    (turned,) = compare(world(), after).companies
    assert (turned.period, turned.outside) == (Period(DAY), 0)
    assert set(turned.named_inside) == {("a", "b"), ("b", "c"), ("b", "top")}


def test_whoever_and_whatever_still_belongs_to_it_by_the_records_is_inside_where_it_stands():
    """A file of personnel goes on naming the merged company: whoever is hired there, and a unit of it, are the other's."""
    forever = Period()
    given = World.of(
        companies=[Company(code) for code in ("a", "b", "out")],
        people=[Person("eva"), Person("old")],
        units=[Unit("b-it", "b")],
        work_relationships=[
            WorkRelationship("w", "eva", "b", WorkKind.FULL_TIME, forever),
            WorkRelationship("w-old", "old", "b", WorkKind.FULL_TIME, Period(None, EVE)),
        ],
        successions=[Succession("b", "a", DAY)],
    )

    def found(supplier, customer, on=DAY):
        standing = classify(supplier=supplier, customer=customer, world=given, on=on)
        return standing.kind, [ground.code for ground in standing.grounds]

    assert found("a", "eva") == (Kind.STAFF, ["succeeded", "works_for"])
    assert found("b", "eva") == (Kind.STAFF, ["succeeded", "works_for"])
    assert found("a", "b-it") == (Kind.DEPARTMENT, ["succeeded", "unit_of"])
    assert [found("a", party, EVE)[0] for party in ("eva", "b-it")] == [Kind.OUTSIDE, Kind.OUTSIDE]
    assert [found("out", party)[0] for party in ("eva", "b-it")] == [Kind.OUTSIDE, Kind.OUTSIDE]
    turns = flips(supplier="a", customer="eva", world=given, on=DAY)
    assert [turn.code for turn in turns] == ["flips_if_work_ends"]
    miss = classify(supplier="a", customer="old", world=given, on=DAY).nearest_miss
    assert (miss.code, miss.facts["company"]) == ("work_relationship_ended", "b")
    without = suppose(given, Supposed(work_relationships={"w": None}))
    turned = compare(given, without).people
    assert [(each.person, each.companies) for each in turned if each.period.start == DAY] == [("eva", ("a", "b"))]
