"""The rungs: which kind of dealing it is, from one's own hand to the outside."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.classification.worlds import COMPANIES, DAYS, days, parties, plainly_together, worlds

from inward.core.classification import (
    STRICT_MAJORITY,
    Company,
    Definition,
    Holding,
    Kind,
    Operator,
    Person,
    Unit,
    Verdict,
    WorkKind,
    WorkRelationship,
    World,
    decide,
)
from inward.core.terms import Period, Refusal

ON = date(2026, 6, 30)
SOLD = Period(None, date(2026, 7, 1))


def work(id: str, person: str, company: str, kind: WorkKind = WorkKind.FULL_TIME) -> WorkRelationship:
    return WorkRelationship(id, person, company, kind)


JKL = World.of(
    companies=[Company(code) for code in ("jkl", "abc", "xyz", "northwind", "half")],
    holdings=[
        Holding("h1", "jkl", "abc", Fraction(1)),
        Holding("h2", "jkl", "xyz", Fraction(60, 100), SOLD),
        Holding("h3", "jkl", "half", Fraction(1, 2)),
    ],
    units=[
        Unit("abc-it", "abc"),
        Unit("abc-sales", "abc"),
        Unit("xyz-it", "xyz"),
        Unit("mover", "abc", period=Period(date(2026, 1, 1), date(2026, 6, 1))),
        Unit("mover", "northwind", period=Period(date(2026, 6, 1), date(2027, 1, 1))),
    ],
    people=[Person(code) for code in ("kari", "ola", "per", "ina", "nils", "two", "out", "mixed")],
    work_relationships=[
        work("w1", "kari", "abc"),
        work("w2", "ola", "abc", WorkKind.PART_TIME),
        work("w3", "per", "xyz", WorkKind.DIRECTOR),
        work("w4", "ina", "abc", WorkKind.CONTRACTOR),
        work("w5", "two", "xyz"),
        work("w6", "two", "abc"),
        work("w7", "out", "northwind"),
        work("w8", "mixed", "abc", WorkKind.RETIREE),
        work("w9", "mixed", "northwind"),
    ],
)


def rung(supplier: str, customer: str, on: date = ON, definition: Definition = STRICT_MAJORITY) -> Kind:
    return decide(supplier=supplier, customer=customer, world=JKL, on=on, definition=definition).kind


@pytest.mark.parametrize(
    ("supplier", "customer", "kind"),
    [
        ("abc", "abc", Kind.SELF),
        ("kari", "kari", Kind.SELF),
        ("nils", "nils", Kind.SELF),
        ("abc-it", "abc-it", Kind.SAME_UNIT),
        ("abc-it", "abc-sales", Kind.DEPARTMENT),
        ("abc-it", "abc", Kind.DEPARTMENT),
        ("abc", "kari", Kind.STAFF),
        ("abc-it", "kari", Kind.STAFF),
        ("kari", "ola", Kind.STAFF),
        ("xyz", "kari", Kind.GROUP_STAFF),
        ("jkl", "per", Kind.GROUP_STAFF),
        ("kari", "per", Kind.GROUP_STAFF),
        ("abc", "xyz", Kind.AFFILIATE),
        ("jkl", "abc", Kind.AFFILIATE),
        ("abc-it", "xyz-it", Kind.AFFILIATE),
        ("abc", "ina", Kind.STAKEHOLDER),
        ("xyz", "ina", Kind.STAKEHOLDER),
        ("kari", "ina", Kind.STAKEHOLDER),
        ("abc", "northwind", Kind.OUTSIDE),
        ("abc", "half", Kind.OUTSIDE),
        ("abc", "nils", Kind.OUTSIDE),
        ("abc", "out", Kind.OUTSIDE),
        ("nils", "ola", Kind.OUTSIDE),
        ("mover", "abc", Kind.OUTSIDE),
    ],
)
def test_each_pair_stands_on_its_rung_from_either_end(supplier: str, customer: str, kind: Kind) -> None:
    assert (rung(supplier, customer), rung(customer, supplier)) == (kind, kind)


def test_only_the_outside_rung_is_external() -> None:
    verdicts = {
        kind: decide(supplier=one, customer=other, world=JKL, on=ON).verdict
        for one, other, kind in [
            ("abc", "abc", Kind.SELF),
            ("abc", "ina", Kind.STAKEHOLDER),
            ("abc", "out", Kind.OUTSIDE),
        ]
    }

    assert verdicts == {
        Kind.SELF: Verdict.INTERNAL,
        Kind.STAKEHOLDER: Verdict.INTERNAL,
        Kind.OUTSIDE: Verdict.EXTERNAL,
    }


def test_the_day_of_the_sale_is_outside_and_the_day_before_is_not() -> None:
    assert rung("abc", "xyz", date(2026, 6, 30)) is Kind.AFFILIATE
    assert rung("abc", "xyz", date(2026, 7, 1)) is Kind.OUTSIDE


def test_of_several_work_relationships_the_best_rung_wins() -> None:
    assert rung("abc", "two") is Kind.STAFF
    assert rung("xyz", "two") is Kind.STAFF
    assert rung("jkl", "two") is Kind.GROUP_STAFF
    assert decide(supplier="jkl", customer="two", world=JKL, on=ON).customer.work == work("w5", "two", "xyz")
    assert rung("abc", "mixed") is Kind.STAKEHOLDER
    assert rung("northwind", "mixed") is Kind.STAFF


def test_a_unit_stands_for_its_company_of_the_day() -> None:
    assert rung("mover", "abc", date(2026, 5, 31)) is Kind.DEPARTMENT
    assert rung("mover", "northwind", date(2026, 6, 1)) is Kind.DEPARTMENT


@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2027, 1, 1)])
def test_a_unit_that_does_not_exist_on_the_day_is_refused_not_called_external(on: date) -> None:
    with pytest.raises(Refusal) as refused:
        rung("abc", "mover", on)

    assert (refused.value.reason.code, refused.value.where) == ("unit_not_open", "customer")
    assert refused.value.reason.facts == {
        "unit": "mover",
        "on": on,
        "since": date(2026, 1, 1),
        "until": date(2027, 1, 1),
    }


def test_a_party_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        rung("ghost", "abc")

    assert (refused.value.reason.code, refused.value.where) == ("party_unknown", "supplier")


def test_a_definition_says_which_work_counts() -> None:
    strict = Definition(id="own", staff_kinds=frozenset({WorkKind.FULL_TIME}), stakeholder_kinds=frozenset())

    assert rung("abc", "kari", definition=strict) is Kind.STAFF
    assert rung("abc", "ola", definition=strict) is Kind.OUTSIDE
    assert rung("abc", "ina", definition=strict) is Kind.OUTSIDE


def test_where_half_is_enough_a_company_stands_with_each_of_its_halves() -> None:
    half = Definition(id="half", operator=Operator.AT_LEAST)

    assert rung("abc", "half", definition=half) is Kind.AFFILIATE
    assert rung("abc", "half") is Kind.OUTSIDE


def test_a_natural_person_on_top_makes_a_group_only_by_definition() -> None:
    family = World.of(
        companies=[Company("inn"), Company("farm")],
        people=[Person("eva")],
        holdings=[Holding("1", "eva", "inn", Fraction(1)), Holding("2", "eva", "farm", Fraction(3, 4))],
    )
    by_owner = Definition(id="by_owner", natural_persons_as_parents=True)

    assert decide(supplier="inn", customer="farm", world=family, on=ON).kind is Kind.OUTSIDE
    assert decide(supplier="inn", customer="farm", world=family, on=ON, definition=by_owner).kind is Kind.AFFILIATE


@given(world=worlds(), on=days)
def test_companies_stand_together_exactly_as_the_definition_says(world: World, on: date) -> None:
    held = [h for h in world.holdings if on in h.period and h.owner not in world.person]

    for a in COMPANIES[:3]:
        for b in COMPANIES[3:]:
            together = decide(supplier=a, customer=b, world=world, on=on).kind is Kind.AFFILIATE
            assert together == plainly_together(held, a, b)


@given(world=worlds(), drawn=st.data())
def test_nothing_changes_between_two_days_on_which_no_fact_does(world: World, drawn: st.DataObject) -> None:
    one, other = drawn.draw(st.sampled_from(parties(world))), drawn.draw(st.sampled_from(parties(world)))
    facts = [*world.holdings, *world.units, *world.work_relationships]
    changes = {day for fact in facts for day in (fact.period.start, fact.period.until)}

    for day in DAYS:
        if day not in changes:
            before = decide(supplier=one, customer=other, world=world, on=day - timedelta(days=1))
            assert decide(supplier=one, customer=other, world=world, on=day) == before
