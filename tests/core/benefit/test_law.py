"""Rules that cannot all be true do not come in, and the refusal names them."""

from datetime import date

import pytest
from tests.core.benefit.conftest import cap, law, rule, share

from inward.core.benefit import By, Exempts, Law, Over, Per, Tier
from inward.core.benefit.rules import Cap
from inward.core.terms import Money, Period, Refusal


def refused(*rules):
    with pytest.raises(Refusal) as found:
        Law.of(rules)
    return found.value.reason.code, dict(found.value.reason.items)


def test_no_rules_are_no_law():
    assert refused() == ("benefit_law_empty", {})


def test_two_versions_of_a_rule_on_one_day_are_refused_by_name_and_day():
    first = rule("cap", cap(), period=Period(date(2025, 1, 1), date(2027, 1, 1)))
    second = rule("cap", cap(200), period=Period(date(2026, 7, 1)))
    code, facts = refused(second, first)
    assert code == "benefit_rules_overlap"
    assert facts == {"rule": "cap", "other": "cap", "since": date(2026, 7, 1), "until": date(2027, 1, 1)}


def test_versions_that_follow_each_other_are_one_law_whatever_their_order():
    first = rule("cap", cap(), period=Period(date(2025, 1, 1), date(2026, 7, 1)))
    second = rule("cap", cap(200), period=Period(date(2026, 7, 1)))
    assert law(second, first) == law(first, second)
    assert law(first, second).on("cap", date(2026, 6, 30)) == first
    assert law(first, second).on("cap", date(2026, 7, 1)) == second
    assert law(first, second).on("cap", date(2024, 12, 31)) is None


def test_two_rules_of_one_rank_for_one_kind_are_refused():
    assert refused(rule("one", cap()), rule("two", cap()))[0] == "benefit_rules_overlap"


def test_rules_of_one_rank_for_other_kinds_or_of_another_rank_stand_side_by_side():
    found = law(rule("one", cap()), rule("two", cap(), covers=("gift",)), rule("three", rank=90))
    assert [each.id for each in found.rules] == ["one", "two", "three"]
    assert found.kinds == ("gift", "goods")


@pytest.mark.parametrize(
    "other", [{"jurisdiction": "YY"}, {"currency": "NOK"}, {"year_starts": (4, 6)}], ids=lambda given: next(iter(given))
)
def test_the_rules_of_a_law_share_country_currency_and_tax_year(other):
    assert refused(rule("one", cap()), rule("two", rank=90, **other))[0] == "benefit_rules_of_two_countries"


def test_limits_are_said_where_they_exempt_and_only_there():
    assert refused(rule("one", exempts=Exempts.WITHIN_LIMITS))[0] == "benefit_limits_and_exempts_differ"
    assert refused(rule("one", cap(), exempts=Exempts.EVERYTHING))[0] == "benefit_limits_and_exempts_differ"


def test_a_cap_without_amount_or_below_zero_is_refused():
    assert refused(rule("one", Cap(Per.YEAR, Over.EXCESS, ())))[0] == "benefit_cap_unfit"
    below = Cap(Per.YEAR, Over.EXCESS, (Tier(Money(-1, "EUR")),))
    assert refused(rule("one", below))[0] == "benefit_cap_unfit"


@pytest.mark.parametrize(
    ("borrower", "lender"),
    [
        (cap(borrows="nobody"), cap()),
        (cap(borrows="gifts", over=Over.ALL), cap()),
        (cap(borrows="gifts"), cap(per=Per.MONTH)),
        (cap(borrows="gifts"), cap(by=By.EMPLOYMENT)),
        (cap(borrows="gifts"), cap(borrows="main")),
        (cap(borrows="gifts"), share()),
    ],
    ids=["unknown", "cliff", "month", "employment", "borrows itself", "no cap"],
)
def test_a_cap_borrows_only_from_one_that_is_there_and_counted_alike(borrower, lender):
    lent = rule("gifts", lender, covers=("gift",))
    assert refused(rule("main", borrower), lent)[0] == "benefit_cap_cannot_borrow"


def test_a_tax_year_begins_on_its_day():
    britain = law(rule("one", cap(), year_starts=(4, 6)))
    assert britain.year(2025) == Period(date(2025, 4, 6), date(2026, 4, 6))
    assert [britain.year_of(day) for day in (date(2026, 4, 5), date(2026, 4, 6))] == [2025, 2026]


def test_a_rule_tells_which_facts_it_asks_about():
    tiers = (Tier(Money(100, "EUR"), "parent"), Tier(Money(50, "EUR")))
    found = rule("one", share(), Cap(Per.YEAR, Over.ALL, tiers), requires=("sold",), unless=("cash",))
    assert law(found).facts == ("cash", "parent", "sold")
    assert [place for place, _ in found.caps] == [1]
