"""The statement: exact figures for every shape of rule, and what is refused rather than guessed."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from tests.core.benefit.conftest import ON, bought, cap, case, law, money, rule, share, told

from inward.core.benefit import (
    Accounts,
    Basis,
    Beneficiary,
    By,
    Employee,
    Exempts,
    GroupTest,
    Offer,
    Over,
    Per,
    Return,
    Status,
    Tier,
    statement,
)
from inward.core.benefit.rules import Cap
from inward.core.terms import Money, Period, Rate, Refusal


def refused(law_, *purchases, **more):
    with pytest.raises(Refusal) as found:
        told(law_, *purchases, **more)
    return found.value.reason.code, found.value.where


def why(law_, *purchases, **more):
    found = statement(law=law_, year=2026, case=case(*purchases, **more))
    return {line.purchase: [reason.code for reason in line.why] for line in found.lines}


# A cap


def test_at_the_cap_nothing_is_taxable_and_a_cent_more_is_taxed_alone():
    assert told(law(), bought(price="100.00")) == {"a": ("100.00", "0.00")}
    assert told(law(), bought(price="100.01")) == {"a": ("100.00", "0.01")}
    assert why(law(), bought(price="100.01"), bought("b", 1)) == {
        "a": ["benefit_above_cap"],
        "b": ["benefit_above_cap"],
    }


def test_who_bought_first_used_the_cap_whatever_the_order_of_entry():
    early, late = bought("z", 80, date(2026, 1, 5)), bought("a", 80, date(2026, 2, 5))
    assert told(law(), late, early) == {"z": ("80.00", "0.00"), "a": ("20.00", "60.00")}


def test_on_one_day_those_without_a_time_come_first_then_by_time_then_by_id():
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    noon = bought("a", 40, at=at.replace(hour=12))
    found = told(law(), noon, bought("c", 40, at=at), bought("b", 40, at=at), bought("z", 40))
    assert list(found) == ["z", "b", "c", "a"]
    assert found["c"] == ("20.00", "20.00")


def test_what_was_paid_counts_and_paying_more_than_the_value_is_no_benefit():
    assert told(law(), bought(price=60, paid=45)) == {"a": ("15.00", "0.00")}
    assert told(law(), bought(price=60, paid=70)) == {"a": ("0.00", "0.00")}
    assert why(law(), bought(price=60, paid=60)) == {"a": ["benefit_none"]}


def test_each_month_has_its_own_cap():
    monthly = law(rule("main", cap(per=Per.MONTH)))
    days = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28))
    found = told(monthly, *(bought(f"p{day.month}{day.day}", 80, day) for day in days))
    assert found == {"p131": ("80.00", "0.00"), "p21": ("80.00", "0.00"), "p228": ("20.00", "60.00")}


def test_two_employments_have_two_caps_and_one_person_has_one():
    purchases = (bought("a", 80, employer="abc"), bought("b", 80, employer="xyz"))
    each = law(rule("main", cap(by=By.EMPLOYMENT)))
    assert told(each, *purchases) == {"a": ("80.00", "0.00"), "b": ("80.00", "0.00")}
    assert told(law(), *purchases) == {"a": ("80.00", "0.00"), "b": ("20.00", "60.00")}


def test_the_first_tier_that_fits_is_the_amount_and_without_one_there_is_no_cap():
    tiers = (Tier(money(200), "parent"), Tier(money(100)))
    found = law(rule("main", Cap(Per.YEAR, Over.EXCESS, tiers)))
    assert told(found, bought(price=150)) == {"a": ("100.00", "50.00")}
    parent = Employee(facts=frozenset({"parent"}))
    assert told(found, bought(price=150), employee=parent) == {"a": ("150.00", "0.00")}
    only_parents = law(rule("main", cap(fact="parent")))
    assert told(only_parents, bought(price=150)) == {"a": ("150.00", "0.00")}
    assert told(only_parents, bought(price=150), employee=parent) == {"a": ("100.00", "50.00")}


def test_a_new_version_in_the_year_goes_on_counting_where_the_old_one_was():
    july = date(2026, 7, 1)
    versions = law(rule("main", cap(100), period=Period(None, july)), rule("main", cap(150), period=Period(july)))
    purchases = (bought("a", 90, date(2026, 6, 30)), bought("b", 90, july))
    assert told(versions, *purchases) == {"a": ("90.00", "0.00"), "b": ("60.00", "30.00")}
    found = statement(law=versions, year=2026, case=case(*purchases))
    assert [(total.rule.period.start, total.taxable.amount) for total in found.by_rule] == [
        (None, "0.00"),
        (july, "30.00"),
    ]
    assert [room.amount for room in found.rooms] == [money(100), money(150)]


def test_what_is_left_of_a_cap_that_a_new_version_keeps_is_told_once():
    july = date(2026, 7, 1)
    versions = law(rule("main", cap(100), period=Period(None, july)), rule("main", cap(100), period=Period(july)))
    purchases = (bought("a", 50, date(2026, 6, 30)), bought("b", 30, july))
    found = statement(law=versions, year=2026, case=case(*purchases))
    assert [len(total.rooms) for total in found.by_rule] == [1, 1]
    assert [(room.used, room.left) for room in found.rooms] == [(money(80), money(20))]


# Borrowing


def lending(**more):
    return law(rule("main", cap(100, borrows="gifts", **more)), rule("gifts", cap(50, **more), covers=("gift",)))


def test_what_is_unused_of_another_cap_is_used_after_ones_own():
    assert told(lending(), bought(price=160)) == {"a": ("150.00", "10.00")}
    found = statement(law=lending(), year=2026, case=case(bought(price=130)))
    (room,) = found.by_rule[0].rooms
    assert (room.used.amount, room.lent.amount, room.left.amount) == ("100.00", "0.00", "20.00")


def test_what_was_lent_is_gone_for_the_lender_and_what_it_used_cannot_be_lent():
    gift = bought("gift", 40, date(2026, 5, 1), kind="gift")
    assert told(lending(), bought(price=120), gift) == {"a": ("120.00", "0.00"), "gift": ("30.00", "10.00")}
    later = bought(price=120, on=date(2026, 6, 1))
    assert told(lending(), gift, later) == {"gift": ("40.00", "0.00"), "a": ("110.00", "10.00")}


def test_nothing_is_borrowed_from_a_cap_that_is_not_for_this_person_or_does_not_hold_yet():
    not_hers = law(rule("main", cap(borrows="gifts")), rule("gifts", cap(50, fact="vip"), covers=("gift",)))
    assert told(not_hers, bought(price=120)) == {"a": ("100.00", "20.00")}
    later = rule("gifts", cap(50), covers=("gift",), period=Period(date(2026, 7, 1)))
    assert told(law(rule("main", cap(borrows="gifts")), later), bought(price=120)) == {"a": ("100.00", "20.00")}


# Cliffs


def cliff(amount=100, **more):
    return law(rule("main", cap(amount, over=Over.ALL, **more)))


def test_a_cent_over_a_cliff_makes_the_whole_year_taxable():
    at, over = (bought("a", 60), bought("b", 40)), (bought("a", 60), bought("b", "40.01"))
    assert told(cliff(), *at) == {"a": ("60.00", "0.00"), "b": ("40.00", "0.00")}
    assert told(cliff(), *over) == {"a": ("0.00", "60.00"), "b": ("0.00", "40.01")}
    assert why(cliff(), *over, bought("c", 5, paid=5)) == {
        "a": ["benefit_cliff_passed"],
        "b": ["benefit_cliff_passed"],
        "c": ["benefit_none"],
    }


def test_a_cliff_stays_passed_whatever_is_bought_after_it_and_leaves_no_room():
    found = statement(law=cliff(), year=2026, case=case(bought("a", 60), bought("b", 60), bought("c", 1)))
    (room,) = found.by_rule[0].rooms
    assert (found.taxable, room.passed, room.used, room.left) == (money(121), True, money(121), money(0))


def test_a_cliff_of_one_month_leaves_the_others_alone():
    found = told(cliff(per=Per.MONTH), bought("a", 101, date(2026, 1, 2)), bought("b", 100, date(2026, 2, 2)))
    assert found == {"a": ("0.00", "101.00"), "b": ("100.00", "0.00")}


def test_a_cliff_for_each_thing_taxes_that_thing_alone():
    each = law(rule("main", cap(50, per=Per.PURCHASE, over=Over.ALL)))
    assert told(each, bought("a", 50), bought("b", "50.01")) == {"a": ("50.00", "0.00"), "b": ("0.00", "50.01")}


def test_a_cap_for_each_thing_may_tax_only_what_is_above_it():
    each = law(rule("main", cap(50, per=Per.PURCHASE)))
    assert told(each, bought("a", 70), bought("b", 70)) == {"a": ("50.00", "20.00"), "b": ("50.00", "20.00")}


def test_what_does_not_fit_is_taxed_whole_and_takes_nothing_of_the_cap():
    whole = law(rule("main", cap(over=Over.PURCHASE)))
    found = told(whole, bought("a", 90), bought("b", 11), bought("c", 10))
    assert found == {"a": ("90.00", "0.00"), "b": ("0.00", "11.00"), "c": ("10.00", "0.00")}


def test_the_first_limit_that_holds_back_is_the_reason_and_later_ones_count_what_is_left():
    two = law(rule("main", cap(50, per=Per.PURCHASE, over=Over.PURCHASE), cap(60, over=Over.PURCHASE)))
    found = why(two, bought("a", 51), bought("b", 40), bought("c", 30))
    assert found == {"a": ["benefit_does_not_fit"], "b": ["benefit_all_exempt"], "c": ["benefit_does_not_fit"]}


# A share of the price


def test_a_share_of_the_price_is_exempt_to_the_cent():
    assert told(law(rule("main", share(20))), bought(price="99.99", paid=70)) == {"a": ("20.00", "9.99")}
    assert told(law(rule("main", share(20))), bought(price="99.99", paid=80)) == {"a": ("19.99", "0.00")}
    assert why(law(rule("main", share(20))), bought(price=100, paid=70)) == {"a": ["benefit_above_share"]}


def test_a_share_of_the_price_needs_the_price_also_where_the_value_is_another():
    at_cost = law(rule("main", share(20), bases=(Basis.COST,)))
    both = {Basis.COST: money(50), Basis.PRICE: money(100)}
    assert told(at_cost, bought(values=both)) == {"a": ("20.00", "30.00")}
    assert refused(at_cost, bought(values={Basis.COST: money(50)})) == ("benefit_value_missing", "a")


def test_the_share_comes_from_last_years_accounts_of_that_employer_and_line():
    found = law(rule("main", share(None)))
    accounts = (Accounts(2025, Rate.percent(10), "abc", "shops"), Accounts(2025, Rate.percent(30), "abc", "phones"))
    phone = bought(price=100, paid=60, employer="abc", line_of_business="phones")
    assert told(found, phone, accounts=accounts) == {"a": ("30.00", "10.00")}
    assert refused(found, bought(price=100), accounts=accounts) == ("benefit_accounts_missing", "a")
    assert refused(found, phone, accounts=(Accounts(2026, Rate.percent(30), "abc", "phones"),))[0] == (
        "benefit_accounts_missing"
    )


def test_the_gross_profit_percentage_is_profit_over_sales_and_a_loss_is_nothing():
    found = Accounts.of_sales(year=2025, sales=money(300), cost=money(200), employer="abc", line_of_business="shops")
    assert found == Accounts(2025, Rate(Fraction(1, 3)), "abc", "shops")
    assert Accounts.of_sales(year=2025, sales=money(300), cost=money(400)).gross_profit == Rate.percent(0)
    with pytest.raises(Refusal) as without:
        Accounts.of_sales(year=2025, sales=money(0), cost=money(0))
    assert without.value.reason.code == "benefit_accounts_without_sales"


# Values


def test_the_first_value_of_the_rule_that_is_known_counts():
    found = law(rule("main", bases=(Basis.AVERAGE_PRICE, Basis.COST)))
    assert told(found, bought(values={Basis.COST: money(40), Basis.PRICE: money(90)})) == {"a": ("0.00", "40.00")}
    both = {Basis.COST: money(40), Basis.AVERAGE_PRICE: money(70)}
    assert told(found, bought(values=both)) == {"a": ("0.00", "70.00")}
    assert refused(found, bought(price=90)) == ("benefit_value_missing", "a")


def test_a_rule_may_exempt_everything_or_nothing():
    everything = law(rule("main", exempts=Exempts.EVERYTHING))
    assert told(everything, bought(price=9000)) == {"a": ("9000.00", "0.00")}
    assert why(everything, bought()) == {"a": ["benefit_all_exempt"]}
    assert why(law(rule("main")), bought()) == {"a": ["benefit_nothing_exempt"]}


# Whom a rule is for


def two(**more):
    return law(rule("main", exempts=Exempts.EVERYTHING, **more), rule("rest", rank=90))


@pytest.mark.parametrize(
    ("asks", "fits", "employee", "unfit", "reason"),
    [
        ({"beneficiaries": frozenset({Beneficiary.EMPLOYEE})}, {}, Employee(), {"beneficiary": Beneficiary.FRIEND}, "benefit_not_for_beneficiary"),
        ({"requires": ("sold",)}, {"facts": frozenset({"sold"})}, Employee(), {}, "benefit_fact_required"),
        ({"unless": ("cash",)}, {}, Employee(), {"facts": frozenset({"cash"})}, "benefit_fact_excludes"),
    ],
)  # fmt: skip
def test_the_first_rule_that_fits_decides_and_why_the_others_do_not_is_said(asks, fits, employee, unfit, reason):
    assert why(two(**asks), bought(**fits), employee=employee) == {"a": ["benefit_all_exempt"]}
    assert why(two(**asks), bought(**unfit), employee=employee) == {"a": [reason, "benefit_nothing_exempt"]}


def test_a_rule_for_employees_is_not_for_those_who_only_hold_shares():
    found = two(statuses=frozenset({Status.EMPLOYED}))
    assert why(found, bought()) == {"a": ["benefit_all_exempt"]}
    holder = Employee(status=Status.SHAREHOLDER)
    assert why(found, bought(), employee=holder) == {"a": ["benefit_not_for_status", "benefit_nothing_exempt"]}


def test_where_no_rule_is_known_nothing_is_guessed():
    assert refused(law(), bought(kind="gift")) == ("benefit_rule_missing", "a")
    begun = law(rule("main", cap(), period=Period(date(2026, 7, 1))))
    assert refused(begun, bought(on=date(2026, 6, 30))) == ("benefit_rule_missing", "a")


# The test of the whole group


def favoured():
    return law(rule("main", share(20), group_test=GroupTest(((2025, money(160000)),))))


OFFERS = (Offer(Rate.percent(20)), Offer(Rate.percent(35), highly_paid_only=True))


def test_highly_paid_people_lose_all_of_it_where_offers_favour_them():
    high, low = Employee(pay_before=money("160000.01")), Employee(pay_before=money(160000))
    purchase = bought(price=100, paid=65)
    assert told(favoured(), purchase, employee=high, offers=OFFERS) == {"a": ("0.00", "35.00")}
    assert why(favoured(), purchase, employee=high, offers=OFFERS) == {"a": ["benefit_group_test"]}
    assert told(favoured(), purchase, employee=low, offers=OFFERS) == {"a": ("20.00", "15.00")}


def test_offers_that_favour_nobody_or_another_kind_leave_everybody_the_exemption():
    high, purchase = Employee(highly_paid=True), bought(price=100, paid=65)
    same = (Offer(Rate.percent(35)), Offer(Rate.percent(35), highly_paid_only=True))
    other = (Offer(Rate.percent(35), highly_paid_only=True, kind="services"),)
    for offers in ((), same, other):
        assert told(favoured(), purchase, employee=high, offers=offers) == {"a": ("20.00", "15.00")}


def test_what_was_said_outright_goes_before_the_pay():
    said = Employee(pay_before=money(1), highly_paid=True)
    assert told(favoured(), bought(price=100, paid=65), employee=said, offers=OFFERS) == {"a": ("0.00", "35.00")}


def test_the_group_test_needs_the_pay_and_the_amount_of_the_year_before():
    purchase = bought(price=100, paid=65)
    assert refused(favoured(), purchase, offers=OFFERS) == ("benefit_pay_missing", "a")
    later = bought(price=100, paid=65, on=date(2027, 3, 2))
    high = Employee(pay_before=money(200000))
    assert refused(favoured(), later, year=2027, employee=high, offers=OFFERS) == ("benefit_threshold_missing", "a")


# Years and returns


def test_a_purchase_counts_in_its_own_tax_year_alone():
    purchases = (bought("a", 90, date(2025, 12, 31)), bought("b", 90, date(2026, 1, 1)))
    assert told(law(), *purchases, year=2026) == {"b": ("90.00", "0.00")}
    assert told(law(), *purchases, year=2025) == {"a": ("90.00", "0.00")}


def test_a_return_gives_the_cap_back_to_what_was_bought_after():
    purchases = (bought("a", 80, date(2026, 1, 5)), bought("b", 80, date(2026, 2, 5)))
    back = (Return("a", date(2026, 3, 1), 1),)
    assert told(law(), *purchases, returns=back, as_of=date(2026, 2, 28))["b"] == ("20.00", "60.00")
    assert told(law(), *purchases, returns=back, as_of=date(2026, 3, 1)) == {"b": ("80.00", "0.00")}
    assert told(law(), *purchases, returns=back) == {"b": ("80.00", "0.00")}
    assert told(law(), *purchases, as_of=date(2026, 1, 31)) == {"a": ("80.00", "0.00")}


def test_of_several_pieces_the_share_that_was_kept_counts():
    three = bought(price=100, paid=10, pieces=3)
    assert told(law(), three, returns=(Return("a", ON, 1),)) == {"a": ("60.00", "0.00")}
    found = statement(law=law(), year=2026, case=case(three, returns=(Return("a", ON, 2),)))
    assert (found.lines[0].value, found.lines[0].paid) == (money("33.33"), money("3.33"))


@pytest.mark.parametrize(
    ("back", "code"),
    [
        (Return("x", ON, 1), "benefit_return_of_nothing"),
        (Return("a", date(2026, 3, 1), 1), "benefit_return_unfit"),
        (Return("a", ON, 0), "benefit_return_unfit"),
        (Return("a", ON, 3), "benefit_return_too_much"),
    ],
)
def test_nothing_comes_back_that_was_not_bought_before(back, code):
    assert refused(law(), bought(pieces=2), returns=(back,))[0] == code


def test_input_that_cannot_be_is_refused_with_its_purchase():
    assert refused(law(), bought(), bought()) == ("id_twice", "a")
    assert refused(law(), bought(pieces=0)) == ("quantity_below_one", "a")
    assert refused(law(), bought(values={Basis.PRICE: Money(-1, "EUR")})) == ("benefit_amount_negative", "a")
    assert refused(law(), bought(values={Basis.PRICE: money(1, "NOK")})) == ("benefit_currency", "a")


def test_a_statement_of_nothing_is_nothing():
    found = statement(law=law(), year=2026, case=case())
    assert (found.lines, found.by_rule, found.taxable, found.exempt) == ((), (), money(0), money(0))
