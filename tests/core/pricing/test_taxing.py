"""Who is one tax group with whom: companies of one country that the rule chosen for tax puts together, and nobody else."""

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.core.pricing.conftest import ON, book, eur, item, listed, money, rule, world

from inward.core.classification import (
    DEFINITIONS,
    STRICT_MAJORITY,
    Company,
    ControlRight,
    Definition,
    Holding,
    Kind,
    Person,
    RightKind,
    World,
    classify,
)
from inward.core.pricing import (
    Alike,
    Fixed,
    Level,
    Scope,
    Target,
    TargetKind,
    TaxMinimum,
    TaxRate,
    TaxScope,
    Wanted,
    quote,
    tax_group,
    tax_scope,
)
from inward.core.terms import Period, Rate, Refusal
from inward.core.terms.period import ALWAYS

FOUR_FIFTHS = Definition(id="four-fifths", threshold=Fraction(4, 5))
GROUPED = [(ALWAYS, STRICT_MAJORITY)]
TAXED = (TaxRate("abc", "standard", Rate.percent(21)), TaxRate("xyz", "standard", Rate.percent(25)))


def here(for_tax=GROUPED, **countries):
    made = world()
    companies = [replace(each, country=countries.get(each.id, "")) for each in made.companies]
    parts = {name: getattr(made, name) for name in ("holdings", "units", "people", "work_relationships")}
    return World.of(companies=companies, **parts, for_tax=for_tax)


def sold(made, customer="xyz", *, includes_tax=False, taxes=TAXED, more=()):
    prices = book(listed("121.00", tax=includes_tax), *more, offerings=[item(tax_code="standard")], taxes=taxes)
    return quote(world=made, book=prices, supplier="abc", customer=customer, on=ON, lines=[Wanted("machine", 1)])


def test_between_the_companies_of_a_tax_group_no_tax_is_charged_and_the_grounds_say_why():
    found = sold(here())
    assert (found.net, found.tax, found.total) == (money("121.00"), money("0.00"), money("121.00"))
    assert (found.tax_scope, found.tax_group) == (TaxScope.TAX_GROUP, found.standing)
    assert [ground.facts["id"] for ground in found.tax_group.grounds] == ["h1", "h2"]


def test_where_no_rule_was_chosen_for_tax_every_sale_is_taxed_as_before():
    found = sold(here(for_tax=()))
    assert (found.tax, found.total) == (money("25.41"), money("146.41"))
    assert (found.tax_scope, found.tax_group) == (TaxScope.NO_RULE, None)


def test_a_price_with_tax_in_it_loses_the_tax_within_a_tax_group():
    (line,) = sold(here(), includes_tax=True).lines
    assert (line.ordinary, line.price, line.net, line.tax, line.includes_tax) == (
        money("100.00"), money("100.00"), money("100.00"), money("0.00"), False,
    )  # fmt: skip


def test_a_transfer_price_with_tax_in_it_loses_the_tax_too():
    transfer = rule(
        "sister", Level.RATE, Fixed(eur("60.50"), includes_tax=True), scope=Scope(frozenset({Kind.AFFILIATE}))
    )
    (line,) = sold(here(), includes_tax=True, more=[transfer]).lines
    assert (line.price, line.net, line.tax, line.saving) == (
        money("50.00"), money("50.00"), money("0.00"), money("50.00"),
    )  # fmt: skip


def test_a_company_without_a_tax_rate_sells_within_its_tax_group_and_to_nobody_else():
    assert sold(here(), taxes=()).total == money("121.00")
    with pytest.raises(Refusal) as caught:
        sold(here(), customer="cafe", taxes=())
    assert caught.value.reason.code == "tax_rate_missing"


@pytest.mark.parametrize(("customer", "scope"), [
    ("xyz-buy", TaxScope.TAX_GROUP),
    ("abc-it", TaxScope.ONE_COMPANY),
    ("cafe", TaxScope.APART),
    ("maya", TaxScope.PERSON),
    ("dina", TaxScope.PERSON),
    ("nora", TaxScope.PERSON),
])  # fmt: skip
def test_departments_are_of_the_tax_group_and_people_never(customer, scope):
    found = sold(here(), customer=customer)
    assert found.tax_scope is scope
    assert bool(found.tax) is scope.taxed
    assert (found.tax_group is not None) is (scope is TaxScope.TAX_GROUP)


def test_a_person_who_sells_is_of_no_tax_group_either():
    made = here()
    asked = {"world": made, "kind": Kind.STAFF, "companies": ("abc", "xyz"), "customer": "xyz", "on": ON}
    assert tax_scope(**asked, supplier="maya") is TaxScope.PERSON
    assert tax_scope(**asked) is TaxScope.TAX_GROUP


@pytest.mark.parametrize(("countries", "scope"), [
    ({"abc": "NL", "xyz": "NL"}, TaxScope.TAX_GROUP),
    ({"abc": "NL"}, TaxScope.TAX_GROUP),
    ({"abc": "NL", "xyz": "DE"}, TaxScope.ABROAD),
])  # fmt: skip
def test_a_tax_group_ends_at_the_border_where_both_countries_are_known(countries, scope):
    assert sold(here(**countries)).tax_scope is scope


def test_the_rule_for_tax_decides_and_not_that_for_prices():
    found = sold(here(for_tax=[(ALWAYS, FOUR_FIFTHS)]))
    assert (found.standing.kind, found.tax_scope, found.tax) == (Kind.AFFILIATE, TaxScope.APART, money("25.41"))


def test_a_tax_group_of_companies_that_prices_count_as_strangers_pays_the_list_price_without_tax():
    made = here().with_rules(usual=[(ALWAYS, FOUR_FIFTHS)])
    found = sold(made)
    assert (found.standing.kind, found.tax_group.kind, found.tax) == (Kind.OUTSIDE, Kind.AFFILIATE, money("0.00"))
    assert found.tax_group.definition == "strict_majority"
    assert tax_group(made, found.standing, ON) == found.tax_group


def test_what_is_not_known_is_taxed():
    made = World.of(
        companies=[Company("abc"), Company("xyz")],
        control_rights=[ControlRight("r", "xyz", RightKind.UNKNOWN_PARENT, None)],
        for_tax=GROUPED,
    )
    assert sold(made).tax_scope is TaxScope.APART


def test_the_rule_of_the_day_decides():
    first = Period(ON.replace(day=5), None)
    assert sold(here(for_tax=[(first, STRICT_MAJORITY)])).tax_scope is TaxScope.NO_RULE


def test_staff_of_the_tax_group_pay_the_lowest_base_as_ever():
    least = (TaxRate("abc", "standard", Rate.percent(21), staff_minimum=TaxMinimum.ORDINARY),)
    assert sold(here(), customer="maya", taxes=least).tax == sold(here(for_tax=()), customer="maya", taxes=least).tax


def test_dealings_asked_together_tell_the_customers_of_a_tax_group_from_others():
    """JKL holds both by a majority, and XYZ alone stands abroad: alike for prices, apart for tax."""
    made = World.of(
        companies=[
            Company("abc", country="NL"),
            Company("xyz", country="NL"),
            Company("far", country="DE"),
            Company("jkl"),
        ],
        holdings=[Holding(f"h-{each}", "jkl", each, Fraction(1)) for each in ("abc", "xyz", "far")],
        people=[Person("p")],
        for_tax=GROUPED,
    )
    prices = book(listed("100.00"), offerings=[item(tax_code="standard")], taxes=TAXED)
    alike, found = Alike(made, prices), {}
    for customer in ("xyz", "far"):
        standing = classify(supplier="abc", customer=customer, world=made, on=ON)
        (line,) = alike.lines(
            supplier="abc", customer=customer, standing=standing, on=ON, wanted=[Wanted("machine", 1)]
        )
        found[customer] = line.tax
    assert found == {"xyz": money("0.00"), "far": money("21.00")}


def test_two_in_the_hands_of_one_person_are_a_vat_group_as_united_kingdom_law_has_it():
    """VATA 1994, s. 43A(1)(b): one person, whether a body corporate or an individual, controls all of them."""
    made = World.of(
        companies=[Company("abc"), Company("xyz")],
        people=[Person("eva")],
        holdings=[Holding("1", "eva", "abc", Fraction(1)), Holding("2", "eva", "xyz", Fraction(3, 5))],
    )
    assert sold(made.with_rules(for_tax=[(ALWAYS, DEFINITIONS["vat_group"])])).tax_scope is TaxScope.TAX_GROUP
    assert sold(made.with_rules(for_tax=GROUPED)).tax_scope is TaxScope.APART


def test_a_target_of_everything_is_untaxed_line_by_line():
    everything = listed("10.00", target=Target(TargetKind.ALL))
    prices = book(everything, offerings=[item(tax_code="standard"), item("tea", tax_code="")], taxes=TAXED)
    wanted = [Wanted("machine", 1), Wanted("tea", 1)]
    found = quote(world=here(), book=prices, supplier="abc", customer="xyz", on=ON, lines=wanted)
    assert [line.tax for line in found.lines] == [money("0.00"), money("0.00")]
