"""Rules and cases out of JSON: what is read, and what is refused with its place."""

import copy
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from tests.core.benefit.conftest import money

from inward.core.benefit import (
    Accounts,
    Basis,
    Beneficiary,
    By,
    Cap,
    Employee,
    Exempts,
    GroupTest,
    Law,
    Offer,
    Over,
    Per,
    PriceShare,
    Purchase,
    Return,
    Rule,
    Source,
    Status,
    Tier,
)
from inward.core.benefit.proving import check_examples, reckoned
from inward.core.benefit.reading import case, rules
from inward.core.terms import Fields, Money, Period, Rate, Refusal

RULE = {
    "id": "main",
    "rank": 10,
    "covers": ["goods", "Meal coupon"],
    "value": ["average price", "COST"],
    "exempts": "within limits",
    "limits": [{"per": "year", "over": "excess", "amount": "100"}],
    "title": "Act on things",
    "paragraph": "s. 1",
    "url": "https://example.org/act",
    "example": {
        "year": 2026,
        "purchases": [{"on": "2026-01-02", "average_price": "120", "paid": 10}],
        "taxable": "10",
        "exempt": "100",
    },
}
DOCUMENT = {"jurisdiction": "xx", "currency": "EUR", "authority": "Revenue", "rules": [RULE]}


def document(**change):
    return {**copy.deepcopy(DOCUMENT), "rules": [{**copy.deepcopy(RULE), **change}]}


def read(given=None):
    return tuple(rules(Fields.of(DOCUMENT if given is None else given)))


def refused(given):
    with pytest.raises(Refusal) as found:
        read(given)
    return found.value.reason.code, found.value.where


def law(**change):
    return Law.of(read(document(**change)))


def read_case(**given):
    return case(Fields.of(given), law(requires=["sold"], unless=["cash"]))


def case_refused(**given):
    with pytest.raises(Refusal) as found:
        read_case(**given)
    return found.value.reason.code, found.value.where


def test_a_rule_is_read_with_its_source():
    (found,) = read()
    assert found == Rule(
        jurisdiction="XX",
        id="main",
        rank=10,
        covers=frozenset({"goods", "meal_coupon"}),
        bases=(Basis.AVERAGE_PRICE, Basis.COST),
        exempts=Exempts.WITHIN_LIMITS,
        source=Source("Revenue", "Act on things", "s. 1", "https://example.org/act", ""),
        currency="EUR",
        limits=(Cap(Per.YEAR, Over.EXCESS, (Tier(money(100)),)),),
    )


def test_everything_a_rule_may_say_is_read():
    (found,) = read(
        {"year_starts": "04-06"}
        | document(
            limits=[
                {"percent_of_price": "12.5"},
                {"percent_of_price": "gross_profit"},
                {"per": "month", "over": "all", "by": "employment", "tiers": [{"amount": 5, "if": "Vip"}], "borrows": "x"},
            ],
            beneficiaries=["employee", "dependent child"],
            statuses=["board-member"],
            requires=["open_to_all"],
            unless=["cash"],
            group_test={"highly_paid_above": {"2025": "160000", "2024": {"amount": "155000", "currency": "EUR"}}},
            valid_from="2025-01-01",
            last_day="2025-12-31",
            authority="Court",
            confidence="high",
        )
    )  # fmt: skip
    assert found.limits == (
        PriceShare(Rate(Fraction(1, 8))),
        PriceShare(None),
        Cap(Per.MONTH, Over.ALL, (Tier(money(5), "vip"),), By.EMPLOYMENT, "x"),
    )
    assert found.beneficiaries == {Beneficiary.EMPLOYEE, Beneficiary.DEPENDENT_CHILD}
    assert (found.statuses, found.requires, found.unless) == ({Status.BOARD_MEMBER}, ("open_to_all",), ("cash",))
    assert found.group_test == GroupTest(((2024, money(155000)), (2025, money(160000))))
    assert found.group_test.threshold(2023) is None
    assert found.period == Period(date(2025, 1, 1), date(2026, 1, 1))
    assert (found.year_starts, found.source.authority, found.source.confidence) == ((4, 6), "Court", "high")


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"jurisdiction": "Norway"}, "country_not_usable", "jurisdiction"),
        ({"currency": "euro"}, "not_a_currency", "currency"),
        ({"year_starts": "02-29"}, "not_a_day", "year_starts"),
        ({"year_starts": "spring"}, "not_a_day", "year_starts"),
        ({"rules": []}, "field_missing", "rules"),
        ({"ruels": []}, "field_unknown", "ruels"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_with_the_place(change, code, where):
    assert refused(DOCUMENT | change) == (code, where)


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"id": "1 rule"}, "code_not_usable", "rules[0].id"),
        ({"id": ""}, "field_missing", "rules[0].id"),
        ({"covers": []}, "field_missing", "rules[0].covers"),
        ({"covers": ["Ærend"]}, "code_not_usable", "rules[0].covers[0]"),
        ({"value": []}, "field_missing", "rules[0].value"),
        ({"value": ["guess"]}, "not_one_of", "rules[0].value[0]"),
        ({"exempts": "some"}, "not_one_of", "rules[0].exempts"),
        ({"title": ""}, "field_missing", "rules[0].title"),
        ({"limit": []}, "field_unknown", "rules[0].limit"),
        ({"limits": [{"per": "year", "over": "excess"}]}, "field_missing", "rules[0].limits[0].amount"),
        (
            {"limits": [{"per": "year", "over": "excess", "amount": 1, "tiers": [{"amount": 1}]}]},
            "given_twice",
            "rules[0].limits[0].amount",
        ),
        ({"limits": [{"per": "year", "over": "all", "amount": "1.001"}]}, "amount_too_fine", "rules[0].limits[0].amount"),
        ({"limits": [{"percent_of_price": "101"}]}, "percent_out_of_bounds", "rules[0].limits[0].percent_of_price"),
        ({"group_test": {"highly_paid_above": {"MMXXV": 1}}}, "field_unknown", "rules[0].group_test.highly_paid_above.MMXXV"),
        ({"group_test": {}}, "not_an_object", "rules[0].group_test.highly_paid_above"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_read_is_refused_with_the_place(change, code, where):
    assert refused(document(**change)) == (code, where)


def test_a_rule_on_nobodys_word_is_refused():
    assert refused({**document(), "authority": ""}) == ("field_missing", "rules[0].authority")


def test_a_case_is_read():
    found = read_case(
        purchases=[
            {"on": "2026-02-03", "cost": "12.50", "kind": "MEAL COUPON", "facts": ["Sold"]},
            {"id": "x", "at": "2026-02-03T23:30:00-05:00", "price": {"amount": 7, "currency": "NOK"}, "paid": 5, "pieces": 2,
             "employer": "abc", "line_of_business": "shops", "for": "spouse", "facts": {"cash": True, "sold": False}},
        ],
        returns=[{"purchase": "x", "on": "2026-02-04"}, {"purchase": "x", "on": "2026-02-05", "pieces": 2}],
        employee={"status": "retired", "facts": ["cash"], "pay_before": 100, "highly_paid": "no"},
        accounts=[{"year": 2025, "gross_profit_percent": 20}, {"year": 2024, "employer": "abc", "line_of_business": "shops", "sales": 4, "cost": 3}],
        offers=[{"percent": "20"}, {"percent": 35, "highly_paid_only": "yes", "kind": "Meal coupon"}],
    )  # fmt: skip
    one, two = found.purchases
    assert one == Purchase(
        "1", date(2026, 2, 3), {Basis.COST: money("12.50")}, money(0), "meal_coupon", facts=frozenset({"sold"})
    )
    assert two == Purchase(
        "x",
        date(2026, 2, 3),
        {Basis.PRICE: Money.of("7", "NOK")},
        money(5),
        at=datetime(2026, 2, 4, 4, 30, tzinfo=UTC),
        pieces=2,
        employer="abc",
        line_of_business="shops",
        beneficiary=Beneficiary.SPOUSE,
        facts=frozenset({"cash"}),
    )
    assert found.returns == (Return("x", date(2026, 2, 4), 1), Return("x", date(2026, 2, 5), 2))
    assert found.employee == Employee(Status.RETIRED, frozenset({"cash"}), money(100), highly_paid=False)
    assert found.accounts == (Accounts(2025, Rate.percent(20)), Accounts(2024, Rate.percent(25), "abc", "shops"))
    assert found.offers == (
        Offer(Rate.percent(20)),
        Offer(Rate.percent(35), highly_paid_only=True, kind="meal_coupon"),
    )


def test_a_case_may_say_nothing_but_purchases_and_a_day_may_stand_beside_a_time():
    found = read_case(purchases=[{"at": "2026-02-03T23:30:00+00:00", "on": "2026-02-04", "cost": 1}], employee={})
    assert (found.employee, found.accounts, found.offers) == (Employee(), (), ())
    assert found.purchases[0].on == date(2026, 2, 4)
    assert read_case().purchases == ()


@pytest.mark.parametrize(
    ("purchase", "code", "where"),
    [
        ({"cost": 1}, "field_missing", "purchases[0].on"),
        ({"at": "noon", "cost": 1}, "not_a_moment", "purchases[0].at"),
        ({"at": "2026-02-03T12:00:00", "cost": 1}, "not_a_moment", "purchases[0].at"),
        ({"on": "2026-02-03", "kind": "luck"}, "not_one_of", "purchases[0].kind"),
        ({"on": "2026-02-03", "facts": ["tired"]}, "not_one_of", "purchases[0].facts[0]"),
        ({"on": "2026-02-03", "facts": {"tired": False}}, "not_one_of", "purchases[0].facts.tired"),
        ({"on": "2026-02-03", "prise": 1}, "field_unknown", "purchases[0].prise"),
        ({"on": "2026-02-03", "price": "much"}, "not_a_number", "purchases[0].price"),
        ({"on": "2026-02-03", "price": {"amount": 1, "currency": "?"}}, "not_a_currency", "purchases[0].price.currency"),
    ],
)  # fmt: skip
def test_a_purchase_that_cannot_be_read_is_refused_with_the_place(purchase, code, where):
    assert case_refused(purchases=[purchase]) == (code, where)


def test_a_rule_whose_example_comes_out_is_taken():
    found = law()
    check_examples(found)
    done = reckoned(found, found.rules[0])
    assert (done.taxable, done.exempt, done.found_taxable, done.found_exempt) == (
        money(10),
        money(100),
        money(10),
        money(100),
    )


def example_refused(**change):
    with pytest.raises(Refusal) as found:
        check_examples(law(**change))
    return found.value.reason.code, found.value.where


def test_a_rule_without_an_example_or_with_a_wrong_one_is_refused_by_name():
    assert example_refused(example=None) == ("benefit_example_missing", "rule main")
    assert example_refused(example=RULE["example"] | {"taxable": "11"}) == ("benefit_example_differs", "rule main")
    assert example_refused(example=RULE["example"] | {"exempt": "99"}) == ("benefit_example_differs", "rule main")
    assert example_refused(example=RULE["example"] | {"why": "so"}) == ("field_unknown", "rule main.example.why")
    assert refused(document(example="none")) == ("not_an_object", "rules[0].example")
